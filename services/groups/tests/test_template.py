"""What templates promise: no people, departments or days in them, and shared only while whoever shares them wants it."""

from dataclasses import fields, replace
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from chassis.refusal import NotAllowed, Refused
from contracts.groups import SeatCategory, SeatPlan, Target
from services.groups.rules import template
from services.groups.rules.template import Pattern, Template, pattern_of, wording_from
from services.groups.rules.wording import Wording
from services.groups.tests.kit import Place
from services.groups.tests.test_rules import MEMBER, NOW, RESIDENT, SECRETARY, WORDING
from tests.kit import Hall, secretary

NAMES_PEOPLE_PLACES_AND_DAYS = {
    *("title", "department_ids", "sign_up_until", "meetings", "handover", "decision_by", "more_meetings_reason"),
    *("sponsor_id", "facilitator_id", "facilitator_employed", "facilitator_hired"),
}
A = uuid4()


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


@pytest.fixture
def neighbour(hall: Hall) -> Place:
    return Place(hall)


def kept() -> Template:
    return template.keep(
        id=uuid4(), shared_id=uuid4(), who=SECRETARY, title="T", good_for="", pattern=pattern_of(WORDING), now=NOW
    )[0]


def shared(place: Place, **more: str) -> tuple[str, str]:
    """A template of a charter in force that is shared: its own id, and the one that others know."""
    made = place.template(place.proposed()["id"])
    opened = place.ask(place.secretary).post(f"/templates/{made['id']}/share", **more)
    assert opened.status_code == 200, opened.json
    title = made["title"]
    items = place.ask(place.secretary).get("/shared_templates", limit=100).json["items"]
    return made["id"], next(
        item["id"] for item in items if item["title"] == title and item["shown_as"] == more.get("shown_as", "")
    )


def test_a_template_says_what_a_charter_says_without_people_departments_and_days() -> None:
    assert {f.name for f in fields(Wording)} - {f.name for f in fields(Pattern)} == NAMES_PEOPLE_PLACES_AND_DAYS

    seats = (
        SeatPlan(category=SeatCategory.RESIDENT, places=2),
        SeatPlan(category=SeatCategory.RESIDENT, places=3, department_id=A),
    )
    targets = (Target(places=1, first_timers=True), Target(places=1, department_id=A))
    pattern = pattern_of(replace(WORDING, seats=seats, targets=targets))
    assert pattern.seats == (SeatPlan(category=SeatCategory.RESIDENT, places=5),)
    assert pattern.targets == targets[:1]


def test_a_charter_begun_from_a_template_says_what_it_says() -> None:
    begun = wording_from(pattern_of(WORDING), "Ny titel")

    assert (begun.title, begun.purpose, begun.meetings, begun.sponsor_id) == ("Ny titel", WORDING.purpose, (), None)


def test_a_template_has_something_to_begin_from() -> None:
    with pytest.raises(Refused, match="template-empty"):
        kept().revise(who=SECRETARY, title="T", good_for="", pattern=Pattern())


def test_whoever_writes_charters_keeps_templates_and_only_a_secretary_shares() -> None:
    says = {"title": "T", "good_for": "", "pattern": pattern_of(WORDING)}
    assert kept().revise(who=MEMBER, **says)[0].state is template.State.KEPT  # type: ignore[arg-type]
    opened, _ = kept().share(who=SECRETARY, shown_as="")

    for attempt in (
        lambda: kept().share(who=MEMBER, shown_as=""),
        lambda: opened.unshare(who=MEMBER),
        lambda: opened.revise(who=MEMBER, **says),  # type: ignore[arg-type]
        lambda: kept().discard(who=RESIDENT),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    with pytest.raises(Refused, match="not-now"):
        opened.discard(who=SECRETARY)  # taken back from others first


def test_a_template_is_kept_begun_from_revised_and_discarded(place: Place) -> None:
    made = place.template(place.proposed()["id"])
    asker = place.ask(place.member)
    assert (made["purpose"], "sponsor_id" in made, "meetings" in made) == ("Foreslå en fælles standard.", False, False)

    begun = asker.post("/charters", title="En ny", body_id=str(place.body), template_id=made["id"]).json
    assert (begun["title"], begun["purpose"], begun["meetings"]) == ("En ny", made["purpose"], [])
    assert asker.put(f"/templates/{made['id']}", good_for="Alt", purpose="Andet").json["purpose"] == "Andet"
    assert asker.put(f"/templates/{made['id']}", purpose="", questions=[]).json["slug"] == "template-empty"
    assert asker.put(f"/templates/{made['id']}", meetings=["2026-01-01"]).status_code == 422
    assert [each["id"] for each in asker.get("/templates").json["items"]] == [made["id"]]

    for verb in ("share", "discard"):
        assert place.ask(place.resident()).post(f"/templates/{made['id']}/{verb}").status_code == 403
    assert asker.post(f"/templates/{made['id']}/discard").status_code == 204
    for path in ("", "/share", "/unshare", "/discard"):
        method = asker.get if not path else asker.post
        assert method(f"/templates/{made['id']}{path}").status_code == 404
    assert asker.get("/templates").json["items"] == []


def test_residents_neither_keep_nor_copy_templates(place: Place, neighbour: Place) -> None:
    charter_id = place.proposed()["id"]
    _, id = shared(place, shown_as=str(uuid4()))

    assert place.ask(place.resident()).post(f"/charters/{charter_id}/keep_as_template", title="t").status_code == 403
    assert neighbour.ask(neighbour.resident()).post(f"/shared_templates/{id}/copy").status_code == 403


@pytest.mark.invariant(1)
def test_a_neighbour_reads_and_copies_what_is_shared_until_it_is_taken_back(place: Place, neighbour: Place) -> None:
    name = str(uuid4())
    own_id, id = shared(place, shown_as=name)
    reader = neighbour.ask(neighbour.secretary)

    seen = reader.get(f"/shared_templates/{id}").json
    assert (seen["shown_as"], seen["purpose"], seen["may"]) == (name, "Foreslå en fælles standard.", ["copy"])
    copy = reader.post(f"/shared_templates/{id}/copy").json
    assert (copy["state"], copy["purpose"], copy["shown_as"]) == ("kept", seen["purpose"], "")

    place.ask(place.secretary).put(f"/templates/{own_id}", purpose="Noget bedre")
    assert reader.get(f"/shared_templates/{id}").json["purpose"] == "Noget bedre"
    place.ask(place.secretary).post(f"/templates/{own_id}/unshare")
    assert reader.get(f"/shared_templates/{id}").status_code == 404
    assert reader.post(f"/shared_templates/{id}/copy").status_code == 404
    assert id not in reader.get("/shared_templates", limit=100).text
    assert reader.get(f"/templates/{copy['id']}").json["purpose"] == "Foreslå en fælles standard."


@pytest.mark.invariant(1)
def test_what_is_shared_tells_nothing_of_who_shares_it(place: Place, neighbour: Place) -> None:
    own_id, id = shared(place)
    seen = neighbour.ask(neighbour.secretary).get(f"/shared_templates/{id}")

    people = [who.person_id for who in (place.secretary, place.chair, place.member, place.facilitator)]
    for secret in (own_id, place.here, place.body, place.home, *people):
        assert str(secret) not in seen.text
    for path in (f"/templates/{id}", f"/templates/{own_id}"):
        assert neighbour.ask(neighbour.secretary).get(path).status_code == 404
    for verb in ("share", "unshare", "discard"):
        assert neighbour.ask(neighbour.secretary).post(f"/templates/{own_id}/{verb}").status_code == 404


@pytest.mark.invariant(1)
@pytest.mark.parametrize(
    "statement",
    [
        "update shared_templates set title = 'ours now' where id = :id",
        "delete from shared_templates where id = :id",
        "delete from shared_templates",
    ],
)
def test_only_whoever_shares_it_changes_it(place: Place, neighbour: Place, statement: str) -> None:
    _, id = shared(place, shown_as=str(uuid4()))
    with neighbour.hall.running["groups"].begin(secretary(neighbour.here)) as work:
        assert work.execute(text(statement), {"id": id} if ":id" in statement else {}).rowcount == 0

    assert place.ask(place.resident()).get(f"/shared_templates/{id}").json["title"] == "Klar besked"


@pytest.mark.invariant(1)
def test_the_database_lets_nobody_read_whose_it_is_or_share_in_anothers_name(place: Place, neighbour: Place) -> None:
    shared(place)
    begin = neighbour.hall.running["groups"].begin
    with pytest.raises(DBAPIError, match="permission denied"), begin(secretary(neighbour.here)) as work:
        work.execute(text("select association_id from shared_templates"))
    forged = "insert into shared_templates values (:id, :here, 't', '', '{}', '', now())"
    with pytest.raises(DBAPIError, match="row-level security"), begin(secretary(neighbour.here)) as work:
        work.execute(text(forged), {"id": uuid4(), "here": place.here})


@pytest.mark.invariant(1)
def test_without_its_fence_the_neighbour_could_change_it(place: Place, neighbour: Place, admin_url: str) -> None:
    _, id = shared(place)
    engine = create_engine(make_url(admin_url).set(database="groups"))
    with engine.connect() as connection:
        connection.exec_driver_sql("create policy hole on shared_templates to groups using (true)")
        connection.exec_driver_sql("set local role groups")
        connection.execute(text("select set_config('app.association_id', :here, true)"), {"here": str(neighbour.here)})
        gone = connection.execute(text("delete from shared_templates where id = :id"), {"id": id}).rowcount
        connection.rollback()
    engine.dispose()

    assert gone == 1, "the test that only its owner removes it could not fail"
