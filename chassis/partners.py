"""What a partner's program gets of a service: reads that are opened to it, a scope each, and of the answers named fields."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, g, request

from chassis import problems
from chassis.identity import Identity
from chassis.refusal import No

NOT_FOR_PARTNERS = No(
    "not-for-partners",
    "Det er ikke åbnet for integrationer.",
    "This is not open to partners. What is, docs/integrating.md says.",
)
NOT_GRANTED = No(
    "not-granted",
    "Foreningen har ikke givet adgang til {needed}.",
    "The association has not granted {needed}. Its administrator can, on the page Integrationer.",
)
READS = {"GET", "HEAD"}
SCOPE = "open_to_partners_with"

View = TypeVar("View", bound=Callable[..., Any])


def open_to_partners(scope: str, *fields: str) -> Callable[[View], View]:
    """Open a route to partners that were granted this scope. Of its answer, or of each thing in a list, these fields leave.

    What is not opened is closed, and what is not named stays: a new route or a new field is nobody's until somebody decides.
    """

    def opened(view: View) -> View:
        @wraps(view)
        def asked(*place: Any, **named: Any) -> Any:
            answer = view(*place, **named)
            return _cut(answer, fields) if fields and cast(Identity, g.who).partner else answer

        setattr(asked, SCOPE, scope)
        return cast(View, asked)

    return opened


def refused(who: Identity, view: Callable[..., Any] | None) -> Response | None:
    """The no that a partner meets at this route, if any; a person meets none here."""
    if not who.partner or view is None:
        return None
    scope = getattr(view, SCOPE, None)
    if scope is None or request.method not in READS:
        return problems.problem(403, NOT_FOR_PARTNERS)
    return None if scope in who.scopes else problems.problem(403, NOT_GRANTED, {"needed": scope})


def _cut(answer: Mapping[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    if "items" not in answer or "items" in fields:
        return _named(answer, fields)
    return _named(answer, ("next_cursor",)) | {"items": [_named(each, fields) for each in answer["items"]]}


def _named(thing: Mapping[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: thing[name] for name in fields if name in thing}
