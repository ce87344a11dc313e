"""What changed in a charter, in words that people read: each field with what it said and what it says."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gateway.pages import dates, words

NOTHING = "Ikke skrevet"
DAYS = {"sign_up_until", "handover", "decision_by"}
CHOSEN = {"selection", "topic", "openness", "commitment"}
PEOPLE = {"sponsor_id", "facilitator_id"}


def in_words(visit: Any, changes: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The changes as a page shows them."""
    return [
        {
            "label": words.word("charter_field", each["field"]),
            "was": said(visit, each["field"], each["was"]),
            "now": said(visit, each["field"], each["now"]),
        }
        for each in changes
    ]


def between(before: Mapping[str, Any], after: Mapping[str, Any], fields: Iterable[str]) -> list[dict[str, Any]]:
    """The changes from one edition's text to another's."""
    return [{"field": field, "was": before[field], "now": after[field]} for field in fields]


def said(visit: Any, field: str, value: Any) -> str:
    """One value, as a person would say it."""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if value in (None, "", []):
        return NOTHING
    if field in LISTS:
        return "\n".join(LISTS[field](visit, each) for each in value)
    if field in DAYS:
        return dates.day(value)
    if field in CHOSEN:
        return words.word(field, value)
    if field in PEOPLE:
        return str(visit.name(value))
    return f"{value:,} kr.".replace(",", ".") if field == "budget_kroner" else str(value)


def seat(visit: Any, plan: Mapping[str, Any]) -> str:
    """`Beboere fra Lindehaven: 4`."""
    return f"{words.word('categories', plan['category'])}{_from(visit, plan)}: {plan['places']}"


def target(visit: Any, wanted: Mapping[str, Any]) -> str:
    """`Mindst 4 til beboere fra Stationsgården, der ikke har været med før`."""
    to = words.word("categories", wanted["category"]).lower() if wanted.get("category") else "folk"
    new = ", der ikke har været med før" if wanted.get("first_timers") else ""
    return f"Mindst {wanted['places']} til {to}{_from(visit, wanted)}{new}"


def _from(visit: Any, thing: Mapping[str, Any]) -> str:
    id = thing.get("department_id")
    return f" fra {visit.departments.get(id, 'en afdeling')}" if id else ""


def _department(visit: Any, id: str) -> str:
    return str(visit.departments.get(id, "En afdeling"))


def _as_it_is(_: Any, text: Any) -> str:
    return str(text)


LISTS: dict[str, Callable[[Any, Any], str]] = {
    "seats": seat,
    "targets": target,
    "meetings": lambda _, day: dates.day(day),
    "department_ids": _department,
    "questions": _as_it_is,
    "stakeholders": _as_it_is,
}
