"""Lists of ideas: sorted and sifted as asked, a page at a time; each read is backed by an index, however much there is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from chassis.identity import Identity
from contracts.people import DepartmentRegistered
from services.ideas.queries import comment, idea, listing
from services.ideas.queries.listing import Sort
from services.ideas.reactions import endorsement as carrying
from services.ideas.reactions import idea as becoming
from services.ideas.tests.kit import HOME, Place
from tests.kit import Asker, Hall, person


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


def listed(asker: Asker, **asked: Any) -> list[str]:
    """All pages of a list, two at a time, by title."""
    titles, cursor = [], None
    while True:
        page = asker.get("/ideas", limit=2, **asked, **({"cursor": cursor} if cursor else {})).json
        titles += [each["title"] for each in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return titles


def test_the_most_pressing_come_first_by_endorsers_or_by_breadth_and_pages_neither_skip_nor_repeat(place: Place) -> None:
    there, far = uuid4(), uuid4()
    behind = {"ingen": [], "mange": [HOME] * 4, "bred": [HOME, there, far], "få": [HOME], "to": [HOME, there]}
    for title, homes in behind.items():
        made = place.published(title)
        for home in homes:
            place.do(place.resident(home), made, "endorse")
    place.hall.settle()
    bo = place.ask(place.resident())

    assert listed(bo) == list(behind)[::-1]
    assert listed(bo, sort="oldest") == list(behind)
    assert listed(bo, sort="endorsers") == ["mange", "bred", "to", "få", "ingen"]
    assert listed(bo, sort="breadth") == ["bred", "to", "mange", "få", "ingen"]


def test_ideas_in_several_states_stand_in_one_list_in_order(place: Place) -> None:
    made = {title: place.published(title) for title in ("åben", "i bero", "afvist", "taget op", "skjult")}
    for title, verb in [("i bero", "park"), ("afvist", "decline"), ("taget op", "take_up"), ("skjult", "hide")]:
        place.do(place.secretary, made[title], verb, reason="Derfor")
    bo = place.ask(place.resident())

    assert listed(bo) == ["taget op", "afvist", "i bero", "åben"]
    assert listed(bo, state="parked") == ["i bero"]
    assert listed(bo, state="hidden") == []
    assert listed(place.ask(place.moderator), state="hidden") == ["skjult"]


def test_the_queue_is_for_moderators(place: Place) -> None:
    place.submitted("venter")

    assert listed(place.ask(place.moderator), state="submitted", sort="oldest") == ["venter"]
    assert listed(place.ask(place.author), state="submitted") == []
    assert listed(place.ask(place.moderator), state="draft") == []


def test_lists_are_sifted_by_department_origin_and_words(place: Place) -> None:
    for id, name in ((HOME, "Lindehaven"), (there := uuid4(), "Søbakken")):
        place.hall.tell(place.id, DepartmentRegistered(department_id=id, number="5", name=name), subject=id)
    place.published("Bænke i Lindehaven", "Så kan man sidde ude.", departments=[str(HOME)])
    place.published("Cykelparkering", "De flyder på Søbakken.", departments=[str(there)])
    place.published("Cykler til udlån", "For alle.", by=place.secretary, origin="administration")
    bo = place.ask(place.resident())

    assert listed(bo, department=str(HOME)) == ["Cykler til udlån", "Bænke i Lindehaven"]
    assert listed(bo, origin="administration") == ["Cykler til udlån"]
    assert listed(bo, q="CYKLER") == ["Cykler til udlån"]
    assert listed(bo, q="siddende bænk") == ["Bænke i Lindehaven"]
    assert listed(bo, q="bænkene", department=str(there)) == []
    assert listed(bo, q="og i på") == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"sort": "loudest"}, "sort"),
        ({"origin": "moon"}, "origin"),
        ({"department": "nej"}, "department"),
        ({"limit": 0}, "limit"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"cursor": "WzFd"}, "cursor"),
    ],
)
def test_what_cannot_be_asked_is_named_by_field(place: Place, asked: dict[str, Any], field: str) -> None:
    answer = place.ask(place.author).get("/ideas", **asked)

    assert (answer.status_code, answer.json["fields"][0]["field"]) == (422, field)


def test_a_cursor_of_one_order_is_not_taken_for_another(place: Place) -> None:
    for n in range(3):
        place.published(f"Ide {n}")
    place.hall.settle()
    bo = place.ask(place.resident())
    cursors = {sort: bo.get("/ideas", limit=1, sort=sort).json["next_cursor"] for sort in ("newest", "endorsers", "breadth")}

    for sort in cursors:
        for of, cursor in cursors.items():
            assert bo.get("/ideas", sort=sort, cursor=cursor).status_code == (200 if of == sort else 422)


def test_ideas_like_what_somebody_writes_are_shown_with_the_likest_first(place: Place) -> None:
    place.published("Øget brug af beboerlokaler", "Lokalerne står tomme på hverdage, og det er svært at booke dem.")
    place.published("Bænke i gården", "Så kan man sidde.")
    place.published("Ladestandere til elbiler", "Vi vil gerne kunne lade hjemme.")
    place.submitted("Beboerlokaler skal være gratis", "Ingen skal betale for beboerlokalet.")
    bo = place.ask(place.resident())

    def like(text: str, **more: Any) -> list[str]:
        return [each["title"] for each in bo.get("/ideas/similar", text=text, **more).json["items"]]

    assert like("Lettere booking af beboerlokalet: det burde være let at booke vores lokaler") == ["Øget brug af beboerlokaler"]
    assert like("bænk") == ["Bænke i gården"]
    assert like("Flere hunde i gården") == []  # one word in common among several says nothing
    assert like("og i på") == like("") == []
    [found] = bo.get("/ideas/similar", text="bænk").json["items"]
    assert like("bænk", besides=found["id"]) == []
    assert bo.get("/ideas/similar", text="a" * 1001).status_code == 422
    place.do(place.moderator, found, "hide", reason="Nej")
    assert like("bænk") == []


def test_a_neighbour_association_is_like_nothing_here(place: Place, hall: Hall) -> None:
    place.published("Bænke i gården", "Så kan man sidde.")

    assert hall.ask("ideas", person(uuid4(), lives_in=[HOME])).get("/ideas/similar", text="bænke i gården").json == {"items": []}


@pytest.fixture(scope="module")
def many(hall: Hall, admin_url: str) -> tuple[Identity, UUID]:
    """An association with thousands of ideas, endorsements and comments, others beside it, and somebody who asks; and an idea."""
    here = uuid4()
    engine = create_engine(make_url(admin_url).set(database="ideas"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for association in (here, uuid4(), uuid4()):
            for statement in FILL:
                connection.execute(text(statement), {"a": association})
        connection.execute(text("analyze"))
        any_idea = connection.execute(
            text("select idea_id from standing where association_id = :a limit 1"), {"a": here}
        ).scalar_one()
    engine.dispose()
    return person(here, lives_in=[HOME]), any_idea


FILL = (
    """insert into ideas (association_id, id, version, author_id, origin, title, text, departments, written_at, submitted_at, state,
         answer_by, overdue, reason, comments_closed)
       select :a, gen_random_uuid(), 1, gen_random_uuid(), 'resident', 'Ide ' || n, 'Tekst', '[]', now(), now() - n * interval '1 hour',
         (array['published', 'published', 'parked', 'declined', 'taken_up'])[1 + n % 5], date '2026-01-01' + n, false, '', false
       from generate_series(1, 3000) n""",
    """insert into standing (association_id, idea_id, state, origin, departments, submitted_at, endorsers, in_departments)
       select association_id, id, state, origin, departments, submitted_at, (random() * 500)::int, (random() * 9)::int
       from ideas where association_id = :a""",
    """insert into breadth (association_id, idea_id, department_id, endorsers)
       select association_id, id, gen_random_uuid(), 1 from ideas, generate_series(1, 3) where association_id = :a""",
    """insert into words (association_id, word, idea_id, in_title)
       select association_id, word, id, true from ideas, unnest(array['ide', md5(title), left(md5(title), 2)]) word
       where association_id = :a on conflict do nothing""",
    """insert into endorsements (association_id, id, version, idea_id, person_id, departments, state)
       select :a, gen_random_uuid(), 1, (select id from ideas where association_id = :a order by id limit 1), gen_random_uuid(),
         '[]', 'given' from generate_series(1, 3000)""",
    """insert into endorsements (association_id, id, version, idea_id, person_id, departments, state)
       select :a, gen_random_uuid(), 1, id, gen_random_uuid(), '[]', 'given' from ideas where association_id = :a""",
    """insert into comments (association_id, id, version, idea_id, author_id, text, written_at, state, reason)
       select :a, gen_random_uuid(), 1, id, author_id, 'Ja', now(), 'shown', '' from ideas where association_id = :a""",
)
LISTS = {f"{sort} {states}": (sort, states) for sort in Sort for states in ("published", "published,parked,declined,taken_up")}
ELSE = {
    "similar": (idea.SIMILAR, {"text": "ide ide2", "besides": None, "most": 5}, {"words_pk", "ideas_pk"}),
    "found by words": (
        listing.ORDERS[Sort.ENDORSERS].statements[True],
        {"stems": ["ide", "ab"], "states": ["published"], "after_0": 2**31 - 1, "after_1": listing.HIGHEST}
        | {"origin": None, "department": None, "most": 21},
        {"words_pk"},
    ),
    "circle": (idea.CIRCLE, {"after": idea.NOBODY, "most": 21}, {"endorsements_of_idea_ix", "comments_by_person_ix"}),
    "comments": (comment.OF_IDEA, {"most": 21}, {"comments_of_idea_ix"}),
    "one": (idea.ONE, {}, {"ideas_pk", "breadth_pk", "ideas_merged_ix"}),
    "mine": (idea.MINE, {"most": 21}, {"ideas_of_author_ix"}),
    "overdue": (becoming.DUE, {"day": datetime(2026, 1, 3, tzinfo=UTC).date()}, {"ideas_due_ix"}),
    "to be carried": (carrying.LEFT, {}, {"endorsements_of_idea_ix"}),
}


def plan(hall: Hall, who: Identity, statement: Any, values: dict[str, Any]) -> list[dict[str, Any]]:
    """The nodes of the plan by which the service's own role, under its policies, reads this."""
    with hall.running["ideas"].begin(who) as work:
        compiled = statement.compile(dialect=work.connection.dialect)
        said = work.connection.exec_driver_sql(
            f"explain (analyze, format json) {compiled}", compiled.construct_params(values)
        ).scalar_one()
    return list(nodes(said[0]["Plan"]))


def nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A node and those below it."""
    yield node
    for each in node.get("Plans", []):
        yield from nodes(each)


def must_use(found: list[dict[str, Any]], indexes: set[str]) -> None:
    """These indexes are used, no table is read from end to end, and little is looked at."""
    assert [node["Relation Name"] for node in found if node["Node Type"] == "Seq Scan"] == []
    assert indexes <= {node["Index Name"] for node in found if "Index Name" in node}


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_read_in_the_order_of_an_index_and_no_further_than_its_page(
    hall: Hall, many: tuple[Identity, UUID], name: str
) -> None:
    sort, states = LISTS[name]
    order = listing.ORDERS[sort]
    values = {f"after_{n}": value for n, value in enumerate(order.begins)} | {
        "association": many[0].association_id,
        "person": many[0].person_id,
        "states": states.split(","),
        "origin": "resident",
        "department": str(HOME),
        "most": 21,
    }

    found = plan(hall, many[0], order.statements[False], values)

    index = {Sort.ENDORSERS: "standing_endorsers_ix", Sort.BREADTH: "standing_breadth_ix"}.get(sort, "standing_newest_ix")
    must_use(found, {index, "ideas_pk"})
    assert all(node["Actual Rows"] <= 21 for node in found if node.get("Relation Name") == "standing")


@pytest.mark.parametrize("name", ELSE)
def test_every_other_read_is_backed_by_an_index(hall: Hall, many: tuple[Identity, UUID], name: str) -> None:
    statement, values, indexes = ELSE[name]
    common = {"association": many[0].association_id, "person": many[0].person_id, "id": many[1], "idea": many[1]}
    named = statement.compile().params.keys()

    must_use(plan(hall, many[0], statement, {key: v for key, v in (common | values).items() if key in named}), indexes)


def test_a_row_of_a_list_says_the_same_by_place_as_by_name(hall: Hall, many: tuple[Identity, UUID]) -> None:
    order = listing.ORDERS[Sort.NEWEST]
    values = {"association": many[0].association_id, "person": many[0].person_id, "states": ["published"], "most": 3}
    values |= {f"after_{n}": value for n, value in enumerate(order.begins)} | {"origin": None, "department": None}
    with hall.running["ideas"].begin(many[0]) as work:
        rows = work.execute(order.statements[False], values).all()

    assert len(rows) == 3
    assert [listing.listed(row) for row in rows] == [listing.shown(row) for row in rows]
