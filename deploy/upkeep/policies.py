"""What an association can decide about its own practice: each policy by name, what it may be, and how it is written."""

from enum import Enum
from typing import Any

from marshmallow import ValidationError, fields

from chassis.identity import Identity
from chassis.shapes import Choice, Whole, Yes
from contracts.event import plain
from contracts.people import Policy
from deploy.command.reach import Reach
from deploy.upkeep.errand import CannotDo
from services.people.actions import by_people
from services.people.store import ASSOCIATIONS
from services.people.web.people import PolicyShape

FIELDS: dict[str, fields.Field[Any]] = PolicyShape().fields
NAMES = frozenset(FIELDS)
YES = {"yes": True, "no": False}
NONE = "none"


def allowed(name: str) -> str:
    """What a policy may be, in words."""
    field = FIELDS[name]
    if isinstance(field, Yes):
        return "yes or no"
    if isinstance(field, Choice):
        return " or ".join(str(word.value) for word in field.enum)
    bounds: Any = field.validators[0]
    what = "a whole number" if isinstance(field, Whole) else "a number"
    or_none = f", or {NONE}" if field.allow_none else ""
    return f"{what} {'from' if bounds.min_inclusive else 'above'} {bounds.min} to {bounds.max}{or_none}"


def read(name: str, written: str) -> Any:
    """The value that is meant. Raises `CannotDo`, which names the policy and what it may be."""
    if name not in NAMES:
        raise CannotDo(f"{name} is no policy; there are {', '.join(sorted(NAMES))}")
    try:
        return FIELDS[name].deserialize(_typed(FIELDS[name], written.strip()))
    except (ValidationError, KeyError, ValueError):
        raise CannotDo(f"{name} must be {allowed(name)}") from None


def _typed(field: fields.Field[Any], written: str) -> Any:
    """What the same answer would be in JSON, where a number is no text. Raises `KeyError`, `ValueError`."""
    if field.allow_none and written.lower() == NONE:
        return None
    if isinstance(field, Choice):
        return written
    return YES[written.lower()] if isinstance(field, Yes) else int(written) if isinstance(field, Whole) else float(written)


def of(reach: Reach, association: Identity) -> Policy:
    """The policy in force."""
    with reach.begin("people")(association) as work:
        return ASSOCIATIONS.see(work, work.who.association_id).policy


def configure(reach: Reach, association: Identity, chosen: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Set some policies and leave the others; return name, before and after of those that changed. Raises `Refused`."""
    with reach.begin("people")(association) as work:
        before = ASSOCIATIONS.get(work, work.who.association_id).policy
        after = plain.structure(plain.unstructure(before) | chosen, Policy)
        if before == after:
            return []
        by_people.set_policy(work, after)
    changed = [name for name in sorted(NAMES) if getattr(before, name) != getattr(after, name)]
    return [(name, shown(getattr(before, name)), shown(getattr(after, name))) for name in changed]


def shown(value: Any) -> str:
    """A value as one would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return NONE
    return str(value.value if isinstance(value, Enum) else value)
