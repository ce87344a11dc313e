"""What a partner's program gets of a service: reads that are opened to it, a scope each, and of the answers named fields."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, g, request

from chassis import problems
from chassis.identity import Identity
from chassis.refusal import NOT_FOUND, No, NotFound

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
AHEAD = ("next_cursor",)
"""What leaves of a list itself."""

READS = {"GET", "HEAD"}
OPENED = "opened_to_partners"

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Opened:
    """To which partners a route is opened, which fields of its answer leave (none named: all), and whether to them alone."""

    scope: str
    fields: tuple[str, ...] = ()
    alone: bool = False


def open_to_partners(scope: str, *fields: str, alone: bool = False) -> Callable[[View], View]:
    """Open a route to partners that were granted this scope. Of its answer, or of each thing in a list, these fields leave.

    What is not opened is closed, and what is not named stays: a new route or a new field is nobody's until somebody decides.
    """
    to = Opened(scope, fields, alone)

    def opened(view: View) -> View:
        @wraps(view)
        def asked(*place: Any, **named: Any) -> Any:
            partner = cast(Identity, g.who).partner
            if alone and not partner:
                raise NotFound(NOT_FOUND)
            answer = view(*place, **named)
            return _cut(answer, fields) if fields and partner else answer

        setattr(asked, OPENED, to)
        return cast(View, asked)

    return opened


def opened_to(view: Any) -> Opened | None:
    """To which partners a route is opened, if to any."""
    return getattr(view, OPENED, None)


def are_of(names: Container[str], fields: tuple[str, ...]) -> bool:
    """Whether these are fields of an answer with these names. Of a list only `items` may be: they are each thing's."""
    return "items" not in names or any(field in names for field in fields if field != "items")


def refused(who: Identity, view: Callable[..., Any] | None) -> Response | None:
    """The no that a partner meets at this route, if any; a person meets none here."""
    if not who.partner or view is None:
        return None
    to = opened_to(view)
    if to is None or request.method not in READS:
        return problems.problem(403, NOT_FOR_PARTNERS)
    return None if to.scope in who.scopes else problems.problem(403, NOT_GRANTED, {"needed": to.scope})


def _cut(answer: Mapping[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    if are_of(answer, fields):
        return _named(answer, fields)
    return _named(answer, AHEAD) | {"items": [_named(each, fields) for each in answer["items"]]}


def _named(thing: Mapping[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return {name: thing[name] for name in fields if name in thing}
