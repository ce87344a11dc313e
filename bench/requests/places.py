"""What is asked where: the same four things of the floor, of the service itself, and through the gateway."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from bench.requests import fill, floor
from bench.requests.driver import Asks
from bench.requests.fill import Visitor, named
from bench.requests.house import House
from deploy.services import SERVICES

IDEA = {
    "title": "Flere bænke ved legepladsen",
    "text": "Mange bliver gerne siddende, når børnene leger, men der er kun to bænke. Fire mere, to af dem i skygge, vil gøre "
    "pladsen til et sted, hvor naboer mødes. Jeg hjælper gerne med at stille dem op og med at holde dem.",
}
CASES = ("list", "submit", "endorse")
WRITES = {"submit", "endorse"}


@dataclass(frozen=True)
class Place:
    """Where something is asked. `front` and `behind` are the roots of the process trees that answer."""

    url: str
    asks: Callable[[str], Asks]
    behind: tuple[int, ...]
    front: tuple[int, ...] = ()
    undo: Callable[[], None] = lambda: None


def floor_of(house: House) -> Place:
    """The floor."""
    web, visitors = house.webs["floor"], house.visitors

    def asks(case: str) -> Asks:
        who = visitors if case != "page" else _at_home(house)
        headers = [house.floor_token(visitor) for visitor in who]
        return _page(f"/groups/{house.group_id}", headers) if case == "page" else _asks(case, who, headers, house.sizes.ideas)

    def undo() -> None:
        with house.sql(floor.DATABASE) as database:
            floor.undo(database, [visitor.person_id for visitor in visitors], house.sizes.endorsers)

    return Place(web.url, asks, (web.root,), undo=undo)


def service_of(house: House, database: str = "ideas", visitors: Sequence[Visitor] = (), ideas: int = 0) -> Place:
    """The service ideas, asked as the gateway asks it."""
    web, who = house.webs[database], visitors or house.visitors

    def asks(case: str) -> Asks:
        return _asks(case, who, [house.token(visitor, "ideas") for visitor in who], ideas or house.sizes.ideas)

    return Place(web.url, asks, (web.root,), undo=lambda: _undo(house, database, who))


def gateway_of(house: House) -> Place:
    """The front door, and the services behind it."""
    web, visitors = house.webs["gateway"], house.visitors
    behind = tuple(house.webs[service.name].root for service in SERVICES)

    def asks(case: str) -> Asks:
        who = visitors if case != "page" else _at_home(house)
        headers = [{"Cookie": f"samskab_session={visitor.session}", "X-Samskab": "1"} for visitor in who]
        if case == "page":
            return _page(f"/{who[0].slug}/grupper/{house.group_id}", headers)
        return _asks(case, who, headers, house.sizes.ideas, lambda visitor: f"/{visitor.slug}/api/v1")

    return Place(web.url, asks, behind, (web.root,), lambda: _undo(house, "ideas", visitors))


def idea_of(house: House, idea_id: UUID) -> Place:
    """One idea: `see` asks for it, `endorse` lets people stand behind it who never did."""
    web = house.webs["ideas"]
    crowd = [Visitor(house.template.association_id, "", 1_000_000 + n) for n in range(house.sizes.crowd)]

    def asks(case: str) -> Asks:
        if case == "see":
            return Asks("GET", [f"/ideas/{idea_id}"], [house.token(visitor, "ideas") for visitor in house.visitors[:1]])
        return Asks("POST", [f"/ideas/{idea_id}/endorse"], [house.token(visitor, "ideas") | NOTHING for visitor in crowd])

    return Place(web.url, asks, (web.root,), undo=lambda: _undo(house, "ideas", crowd))


def people_of(house: House, database: str, persons: int) -> Place:
    """The service people, as the gateway asks it: the standing of one, the names of twenty."""
    web, ids = house.webs[database], house.ids(house.sizes.associations)

    def asks(case: str) -> Asks:
        words = [house.word(house.nobody(id), "people") for id in ids]
        if case == "names":
            some = [str(named("person", ids[0], 1 + n * persons // 20)) for n in range(20)]
            return Asks("POST", ["/names"], words[:1], {"ids": some})
        spread = range(1, persons, max(persons // 500, 1))
        return Asks("GET", [f"/standing/{named('person', id, n)}" for n in spread for id in ids], words)

    return Place(web.url, asks, (web.root,))


NOTHING = {"Content-Length": "0"}


def _asks(
    case: str,
    visitors: Sequence[Visitor],
    headers: Sequence[dict[str, str]],
    ideas: int,
    before: Callable[[Visitor], str] = lambda _: "",
) -> Asks:
    if case == "list":
        return Asks("GET", [f"{before(visitor)}/ideas?limit=20" for visitor in visitors], headers)
    if case == "submit":
        return Asks("POST", [f"{before(visitor)}/ideas" for visitor in visitors], headers, IDEA)
    pairs = ((visitor, named("idea", visitor.association_id, n)) for n in range(1, ideas + 1) for visitor in visitors)
    return Asks("POST", [f"{before(visitor)}/ideas/{id}/endorse" for visitor, id in pairs], [h | NOTHING for h in headers])


def _page(path: str, headers: Sequence[dict[str, str]]) -> Asks:
    return Asks("GET", [path], headers)


def _at_home(house: House) -> list[Visitor]:
    """The visitors of the association that has a group."""
    return [visitor for visitor in house.visitors if visitor.association_id == house.template.association_id]


def _undo(house: House, database: str, visitors: Iterable[Visitor]) -> None:
    with house.sql(database) as connection:
        fill.undo(connection, [visitor.person_id for visitor in visitors])
