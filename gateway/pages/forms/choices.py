"""What can be chosen in a form: persons, departments, words."""

from collections.abc import Iterable, Iterator
from typing import Any

from gateway.pages import words

Pairs = list[tuple[str, str]]
MOST_PAGES = 20


def of(kind: str) -> Pairs:
    """All words of one kind."""
    return list(words.WORDS[kind].items())


def first(pairs: Pairs) -> str | None:
    """What is chosen before anybody chooses."""
    return pairs[0][0] if pairs else None


def departments(visit: Any, _: Any) -> Pairs:
    """The association's departments."""
    return sorted(visit.departments.items(), key=lambda pair: str(pair[1]))


def bodies(visit: Any, _: Any) -> Pairs:
    """The bodies that set up groups: those one sits in, or all for who writes for them."""
    mine = {str(mandate.body_id) for mandate in visit.must_be_known().mandates if mandate.voting}
    boards = {id: body for id, body in visit.bodies.items() if str(body.get("kind", "")).endswith("_board")}
    chosen = {id: body for id, body in boards.items() if id in mine} if not visit.must_be_known().duties else boards
    largest_first = sorted(chosen.items(), key=lambda pair: (pair[1].get("kind") != "organisation_board", str(pair[1]["name"])))
    return [(id, str(body["name"])) for id, body in largest_first]


def people(visit: Any, ids: Iterable[str]) -> Pairs:
    """Persons by name."""
    wanted = list(dict.fromkeys(ids))
    visit.learn_names({"members": wanted})
    return sorted(((id, visit.name(id)) for id in wanted), key=lambda pair: str(pair[1]))


def roster(visit: Any, item: Any) -> Pairs:
    """Who sits in the body that decides, and has not recused themselves."""
    recused = set(item.get("recused", []))
    return people(visit, (each["person_id"] for each in item.get("roster", []) if each["person_id"] not in recused))


def voters(visit: Any, item: Any) -> Pairs:
    """The same without alternates."""
    seated = [each for each in item.get("roster", []) if each["seat"] != "alternate"]
    return roster(visit, {**item, "roster": seated})


def alternates(visit: Any, item: Any) -> Pairs:
    """The alternates of the body."""
    return roster(visit, {**item, "roster": [each for each in item.get("roster", []) if each["seat"] == "alternate"]})


def chairs(visit: Any, item: Any) -> Pairs:
    """Who may lead the meeting: the chair and the vice-chair first, then the others."""
    leads = [each["person_id"] for each in item.get("roster", []) if each["seat"] in {"chair", "vice_chair"}]
    first, rest = people(visit, leads), voters(visit, item)
    return first + [pair for pair in rest if pair not in first]


def in_body(visit: Any, body_id: str | None) -> Pairs:
    """Who sits in a body with a vote."""
    found = visit.bodies.get(str(body_id), {})
    return people(visit, (each["person_id"] for each in found.get("members", []) if each["seat"] != "alternate"))


def on_paper(visit: Any, _: Any) -> Pairs:
    """Who is reached on paper, by name, as far as one may look them up."""
    return sorted(
        ((each["id"], str(each["display_name"])) for each in _everybody(visit) if each["contact"] == "paper"), key=_name
    )


def employees(visit: Any, charter: Any) -> Pairs:
    """Who is employed, by name, as far as one may look them up; and who was chosen already."""
    found = people(visit, [charter["facilitator_id"]] if charter.get("facilitator_id") else [])
    found += [(each["id"], str(each["display_name"])) for each in _everybody(visit) if each.get("employee")]
    return sorted(set(found), key=_name)


def _everybody(visit: Any) -> Iterator[dict[str, Any]]:
    cursor = None
    for _page in range(MOST_PAGES):
        page = visit.find("/persons", limit=100, cursor=cursor) or {}
        yield from page.get("items", [])
        cursor = page.get("next_cursor")
        if cursor is None:
            return


def _name(pair: tuple[str, str]) -> str:
    return pair[1]
