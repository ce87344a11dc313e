"""What people do with templates: one function for each thing."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from services.groups.rules import template
from services.groups.rules.template import Pattern, State, Template, pattern_of
from services.groups.store import readable, shared
from services.groups.store.tables import TEMPLATES


def keep_charter(work: Work, charter_id: UUID, *, title: str, good_for: str) -> Template:
    """What a charter says is kept as a template, without people, departments and days."""
    return _keep(work, title, good_for, pattern_of(readable.charter(work, charter_id).wording))


def copy_shared(work: Work, id: UUID) -> Template:
    """What another association shares is copied; from now on it is ours to change."""
    found = shared.see(work, id)
    return _keep(work, found.title, found.good_for, plain.structure(found.pattern, Pattern))


def revise_template(work: Work, id: UUID, says: dict[str, Any]) -> Template:
    """The template says something else; what others read does too."""
    found = must_be_kept(work, id)
    named = {name: says.pop(name, getattr(found, name)) for name in ("title", "good_for")}
    revised, told = found.revise(who=work.who, **named, pattern=replace(found.pattern, **says))
    if revised.state is State.SHARED:
        shared.publish(work, revised)
    return TEMPLATES.put(work, revised, told)


def share_template(work: Work, id: UUID, *, shown_as: str) -> Template:
    """Others may read a copy of the template."""
    opened, told = must_be_kept(work, id).share(who=work.who, shown_as=shown_as)
    shared.publish(work, opened)
    return TEMPLATES.put(work, opened, told)


def unshare_template(work: Work, id: UUID) -> Template:
    """Others read it no more."""
    closed, told = must_be_kept(work, id).unshare(who=work.who)
    shared.take_back(work, closed)
    return TEMPLATES.put(work, closed, told)


def discard_template(work: Work, id: UUID) -> Template:
    """The template is no longer kept."""
    discarded, told = must_be_kept(work, id).discard(who=work.who)
    return TEMPLATES.put(work, discarded, told)


def must_be_kept(work: Work, id: UUID) -> Template:
    """The template, unless it was discarded. Raises `NotFound`."""
    found = TEMPLATES.get(work, id)
    if found.state is State.DISCARDED:
        raise NotFound(NOT_FOUND)
    return found


def _keep(work: Work, title: str, good_for: str, pattern: Pattern) -> Template:
    kept, told = template.keep(
        id=uuid7(), shared_id=uuid7(), who=work.who, title=title, good_for=good_for, pattern=pattern, now=work.now
    )
    return TEMPLATES.put(work, kept, told)
