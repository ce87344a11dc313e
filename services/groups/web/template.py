"""How the world asks about templates: routes, and the shapes of what comes in."""

from typing import Any
from uuid import UUID

from chassis.answers import page_of
from chassis.paging import PageShape
from chassis.shapes import Line, Shape, Text
from chassis.web import Routes, work
from services.groups.actions import template as actions
from services.groups.queries import template as queries
from services.groups.web.says import PatternSays
from services.groups.web.shown.template import SharedTemplate, TemplateShown

routes = Routes("templates", __name__, description="Templates that charters are begun from")


class Kept(Shape):
    """What the template is called, and what it is good for."""

    title = Line(120, required=True)
    good_for = Text(500, least=0, load_default="")


class TemplateSays(PatternSays):
    """What a template says; a field that is not sent stays as it is."""

    title = Line(120)
    good_for = Text(500, least=0)


class Sharing(Shape):
    """Under which name others see it; none: under no name."""

    shown_as = Line(100, least=0, load_default="")


@routes.post("/charters/<uuid:id>/keep_as_template")
@routes.arguments(Kept)
@routes.response(201, TemplateShown)
def keep_charter(given: dict[str, Any], id: UUID) -> Any:
    """Keep what a charter says as a template."""
    with work() as w:
        return queries.template(w, actions.keep_charter(w, id, **given).id)


@routes.get("/templates")
@routes.arguments(PageShape, location="query")
@routes.response(200, page_of(TemplateShown))
def list_templates(asked: dict[str, Any]) -> Any:
    """Our templates, newest first."""
    with work() as w:
        return queries.templates_in(w, **asked)


@routes.get("/templates/<uuid:id>")
@routes.response(200, TemplateShown)
def see_template(id: UUID) -> Any:
    """One of them."""
    with work() as w:
        return queries.template(w, id)


@routes.put("/templates/<uuid:id>")
@routes.arguments(TemplateSays)
@routes.response(200, TemplateShown)
def revise_template(says: dict[str, Any], id: UUID) -> Any:
    """Write in it."""
    with work() as w:
        actions.revise_template(w, id, says)
        return queries.template(w, id)


@routes.post("/templates/<uuid:id>/share")
@routes.arguments(Sharing)
@routes.response(200, TemplateShown)
def share_template(given: dict[str, Any], id: UUID) -> Any:
    """Let other associations read a copy."""
    with work() as w:
        actions.share_template(w, id, **given)
        return queries.template(w, id)


@routes.post("/templates/<uuid:id>/unshare")
@routes.response(200, TemplateShown)
def unshare_template(id: UUID) -> Any:
    """Let nobody else read it any more."""
    with work() as w:
        actions.unshare_template(w, id)
        return queries.template(w, id)


@routes.post("/templates/<uuid:id>/discard")
@routes.response(204)
def discard_template(id: UUID) -> Any:
    """Keep it no longer."""
    with work() as w:
        actions.discard_template(w, id)


@routes.get("/shared_templates")
@routes.arguments(PageShape, location="query")
@routes.response(200, page_of(SharedTemplate))
def list_shared(asked: dict[str, Any]) -> Any:
    """What associations share, newest first."""
    with work() as w:
        return queries.shared_in(w, **asked)


@routes.get("/shared_templates/<uuid:id>")
@routes.response(200, SharedTemplate)
def see_shared(id: UUID) -> Any:
    """One that is shared."""
    with work() as w:
        return queries.shared_template(w, id)


@routes.post("/shared_templates/<uuid:id>/copy")
@routes.response(201, TemplateShown)
def copy_shared(id: UUID) -> Any:
    """Make it a template of ours."""
    with work() as w:
        return queries.template(w, actions.copy_shared(w, id).id)
