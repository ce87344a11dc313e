"""The feed: whole, in order, cut down to what may leave, and to those it was granted to."""

from datetime import timedelta
from threading import Event as Flag
from threading import Thread
from time import monotonic
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import text

from chassis import clock
from chassis.identity import Identity
from contracts.event import Letter, plain
from contracts.groups import GroupOpened
from contracts.ideas import EndorsementGiven, IdeaDrafted, IdeaEdited, IdeaPublished, IdeaSubmitted, IdeaTakenUp
from contracts.people import DayTurned
from services.partners.store import feed
from services.partners.tests.kit import Place, Program, good
from services.partners.web.waiting import TooMany, Waiting
from tests.kit import Hall


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


def published(title: str = "Bænke i gården") -> IdeaPublished:
    return IdeaPublished(idea_id=uuid4(), title=title, author_id=uuid4())


def opened() -> GroupOpened:
    return GroupOpened(group_id=uuid4(), charter_id=uuid4())


def test_what_was_granted_comes_in_the_order_in_which_it_was_told(place: Place) -> None:
    program = place.reader(place.grant("idea.*", "group.opened"))
    for event in (published("Et"), opened(), published("To")):
        place.tell(event)

    events = program.read()
    assert [event["data"].get("title") for event in events] == ["Et", None, "To"]
    assert program.read() == []


def test_an_event_is_a_cloudevent_of_what_may_leave(place: Place) -> None:
    program, event, thing = place.reader(place.grant("idea.published")), published(), uuid4()
    place.tell(event, subject=thing)

    answer = program.ask()
    assert answer.content_type == "application/cloudevents-batch+json"
    (told,) = answer.json
    assert told["data"] == {"idea_id": str(event.idea_id), "title": event.title, "departments": [], "answer_by": None}
    assert (told["type"], told["source"], told["specversion"]) == ("dk.samskab.idea.published", "/services/ideas", "1.0")
    assert (told["subject"], told["partitionkey"], told["tenantid"]) == (str(thing), str(thing), str(place.here))
    assert told["sequence"] == "00000000000000000001"
    assert not {"traceparent", "correlationid", "causationid"} & told.keys()
    assert str(event.author_id) not in answer.text


def test_what_is_not_granted_is_stepped_over_and_leaves_no_trace(place: Place) -> None:
    program = place.reader(place.grant("group.opened"))
    place.tell(published())
    place.tell(IdeaSubmitted(idea_id=uuid4(), author_id=uuid4(), origin="resident"))
    assert program.read() == []
    place.tell(opened())

    assert program.kinds() == ["group.opened"]
    assert "idea" not in (program.cursor or "")


def test_a_page_ends_where_the_next_begins(place: Place) -> None:
    program = place.reader(place.grant("idea.published", "group.opened"))
    for number in range(7):
        place.tell(published(str(number)) if number % 2 else opened())

    pages = [program.read(limit=3) for _ in range(4)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len({event["id"] for page in pages for event in page}) == 7


def test_one_may_begin_with_the_oldest_or_from_now_on(place: Place) -> None:
    grant = place.grant("idea.*")
    program = place.reader(grant)
    later = Program(place, grant, program.credential)
    place.tell(published("Før"))
    assert later.read(**{"from": "now"}) == []
    place.tell(published("Efter"))

    assert [event["data"]["title"] for event in later.read()] == ["Efter"]
    assert [event["data"]["title"] for event in program.read(**{"from": "oldest"})] == ["Før", "Efter"]


def test_types_sift_what_was_granted_with_or_without_their_prefix(place: Place) -> None:
    program = place.reader(place.grant("idea.*", "group.*"))
    place.tell(published())
    place.tell(opened())

    assert len(program.ask(types="dk.samskab.idea.published").json) == 1
    assert len(program.ask(types="group.*, idea.published").json) == 2
    wrong = program.ask(types="idea.invented")
    assert (wrong.status_code, wrong.json["fields"][0]["field"]) == (422, "types")


def test_asking_for_what_is_not_granted_is_said_and_not_silence(place: Place) -> None:
    no = place.reader(place.grant("idea.published")).ask(types="group.opened,idea.published")
    assert (no.status_code, no.json["slug"], no.json["facts"]["kinds"]) == (403, "kinds-not-granted", ["group.opened"])


def test_a_narrowed_grant_and_a_revoked_credential_count_at_once(place: Place) -> None:
    program = place.reader(place.grant("idea.*", "group.*"))
    place.tell(published())
    place.tell(opened())
    good(place.trusted.put(f"/grants/{program.grant['id']}", kinds=["group.*"]))
    assert program.kinds() == ["group.opened"]

    good(place.trusted.post(f"/credentials/{program.credential['id']}/revoke"))
    assert (program.ask().status_code, program.ask().json["slug"]) == (403, "credential-no-good")


def test_a_revoked_grant_and_an_expired_credential_read_nothing(place: Place, clock_back: None) -> None:
    revoked, short = place.reader(place.grant("idea.*")), place.grant("idea.*")
    expired = Program(place, short, place.credential(short, days=1))
    good(place.trusted.post(f"/grants/{revoked.grant['id']}/revoke"))
    clock.set_to(clock.now() + timedelta(days=2))

    assert revoked.ask().json["slug"] == expired.ask().json["slug"] == "credential-no-good"


def test_what_was_widened_is_heard_from_then_on(place: Place) -> None:
    program = place.reader(place.grant("group.*"))
    place.tell(published("Før"))
    program.read()
    good(place.trusted.put(f"/grants/{program.grant['id']}", kinds=["idea.*"]))
    place.tell(published("Efter"))

    assert [event["data"]["title"] for event in program.read()] == ["Efter"]


@pytest.mark.invariant(1)
def test_a_cursor_is_good_for_its_own_grant_only(place: Place) -> None:
    grant = place.grant("idea.*")
    program, neighbour = place.reader(grant), Place(place.hall)
    place.tell(published())
    program.read()
    assert Program(place, grant, place.credential(grant)).ask(cursor=program.cursor).status_code == 200  # a rotated credential

    others = (place.reader(place.grant("idea.*")), neighbour.reader(neighbour.grant("idea.*")))
    for cursor in (program.cursor, "x", "W10=", "a.b.c.d.e", (program.cursor or "")[:-4] + "AAAA"):
        for other in others:
            no = other.ask(cursor=cursor)
            assert (no.status_code, no.json["slug"]) == (400, "cursor-not-ours")


@pytest.mark.invariant(1)
def test_a_neighbours_partner_hears_nothing_of_ours(place: Place) -> None:
    neighbour = Place(place.hall)
    theirs = neighbour.reader(neighbour.grant("idea.*", "group.*"))
    place.tell(published())
    assert theirs.read() == []

    forged = Program(neighbour, theirs.grant, place.credential(place.grant("idea.*")))
    assert forged.ask().json["slug"] == "credential-no-good"


def test_a_person_has_no_feed(place: Place) -> None:
    assert place.trusted.get("/events").status_code == 404


def test_a_test_event_comes_to_the_one_who_is_tested(place: Place) -> None:
    tested, other = place.reader(place.grant("group.opened")), place.reader(place.grant("group.opened"))
    good(place.trusted.post(f"/grants/{tested.grant['id']}/test"))
    place.hall.settle()

    (event,) = tested.read()
    assert (event["type"], event["data"]) == ("dk.samskab.grant.tested", {"grant_id": tested.grant["id"]})
    assert other.read() == []


def test_how_things_stand_told_anew_is_no_news(place: Place) -> None:
    program, event, thing = place.reader(place.grant("idea.*")), published(), uuid4()
    with place.hall.running["ideas"].begin(Identity(association_id=place.here)) as work:
        work.tell_again(event, subject=thing, sequence=4, to="partners")
    place.hall.settle()
    assert program.read() == []

    place.tell(IdeaTakenUp(idea_id=event.idea_id, author_id=uuid4()), subject=thing, sequence=5)
    assert program.kinds() == ["idea.taken_up"]


def test_letters_that_come_in_the_wrong_order_are_fed_in_the_right_one(place: Place) -> None:
    program, idea = place.reader(place.grant("idea.*")), uuid4()
    taken_up = IdeaTakenUp(idea_id=idea, author_id=uuid4())
    drafted = IdeaDrafted(idea_id=idea, author_id=uuid4(), origin="resident")
    told = [drafted, IdeaEdited(idea_id=idea), published("Først"), taken_up]
    for sequence, event in reversed(list(enumerate(told, start=1))):
        assert program.read() == []
        place.tell(event, subject=idea, sequence=sequence)

    assert program.kinds() == ["idea.published", "idea.taken_up"]


def test_a_letter_that_comes_twice_is_fed_once(place: Place) -> None:
    program = place.reader(place.grant("endorsement.given"))
    place.tell(EndorsementGiven(idea_id=uuid4(), person_id=uuid4()))
    assert len(program.read()) == 1


def test_a_transaction_that_is_held_open_hides_nothing_from_a_reader(place: Place) -> None:
    """Whoever comes second waits for the first, so that a position that can be seen has no unseen one before it."""
    program, begin = place.reader(place.grant("idea.*")), place.hall.running["partners"].begin
    house, first_put, may_end = Identity(association_id=place.here), Flag(), Flag()

    def first() -> None:
        with begin(house) as work:
            feed.put(work, letter(place, published("Første")), {"title": "Første"})
            first_put.set()
            may_end.wait(20)

    def second() -> None:
        with begin(house) as work:
            feed.put(work, letter(place, published("Anden")), {"title": "Anden"})

    threads = [Thread(target=part) for part in (first, second)]
    threads[0].start()
    assert first_put.wait(20)
    threads[1].start()
    threads[1].join(0.3)
    assert threads[1].is_alive(), "the second does not wait for the first"
    assert program.read() == []
    may_end.set()
    for thread in threads:
        thread.join(20)

    assert [event["data"]["title"] for event in program.read()] == ["Første", "Anden"]


def test_a_transaction_that_is_undone_leaves_no_gap(place: Place) -> None:
    program, begin = place.reader(place.grant("idea.*")), place.hall.running["partners"].begin
    with pytest.raises(ZeroDivisionError), begin(Identity(association_id=place.here)) as work:
        feed.put(work, letter(place, published()), {})
        raise ZeroDivisionError
    place.tell(published())
    assert len(program.read()) == 1
    with begin(Identity(association_id=place.here)) as work:
        assert work.execute(text("select array_agg(position order by position) from feed")).scalar() == [1]


def test_thirty_days_are_kept_and_an_older_cursor_is_told_how_to_begin_again(place: Place, clock_back: None) -> None:
    grant = place.grant("idea.*")
    asleep = place.reader(grant)
    watching = Program(place, grant, asleep.credential)
    asleep.read()
    place.tell(published("Gammel"))
    clock.set_to(clock.now() + timedelta(days=20))
    place.tell(published("Nyere"))
    watching.read()
    clock.set_to(clock.now() + timedelta(days=11))
    place.tell(DayTurned(day=clock.day_of(clock.now())))

    gone = asleep.ask(cursor=asleep.cursor)
    assert (gone.status_code, gone.json["slug"], gone.json["facts"]) == (410, "cursor-too-old", {"kept_days": 30})
    assert [event["data"]["title"] for event in asleep.ask().json] == ["Nyere"]
    assert watching.read() == []


def test_a_partner_to_whom_nothing_happened_is_not_told_that_it_slept(place: Place, clock_back: None) -> None:
    program = place.reader(place.grant("group.*"))
    for _ in range(3):
        place.tell(published())
        program.read()
        clock.set_to(clock.now() + timedelta(days=15))
        place.tell(DayTurned(day=clock.day_of(clock.now())), sequence=1)
    place.tell(opened())

    assert program.kinds() == ["group.opened"]


def test_one_that_waits_is_answered_when_something_comes(place: Place) -> None:
    program = place.reader(place.grant("idea.*"))
    program.read()
    came: list[Any] = []
    waits = Thread(target=lambda: came.extend(program.kinds(timeout=20)))
    began = monotonic()
    waits.start()
    waits.join(0.6)
    assert waits.is_alive()
    place.tell(published())
    waits.join(20)

    assert came == ["idea.published"]
    assert monotonic() - began < 10


def test_one_that_waits_is_stopped_when_the_grant_is_revoked(place: Place) -> None:
    program = place.reader(place.grant("idea.*"))
    said: list[int] = []
    waits = Thread(target=lambda: said.append(program.ask(timeout=20).status_code))
    waits.start()
    waits.join(0.2)
    good(place.trusted.post(f"/grants/{program.grant['id']}/revoke"))
    waits.join(10)
    assert said == [403]


def test_waiting_in_vain_ends_with_nothing_and_a_cursor(place: Place) -> None:
    answer = place.reader(place.grant("idea.*")).ask(timeout=1)
    assert (answer.status_code, answer.json) == (200, [])
    assert answer.headers["Next-Cursor"]
    assert place.reader(place.grant("idea.*")).ask(timeout=21).status_code == 422


def test_a_few_of_each_credential_may_wait_and_not_too_many_in_all() -> None:
    waiting, one, other = Waiting(most=3, each=2), uuid4(), uuid4()
    with waiting.place(one) as first, waiting.place(one) as second, waiting.place(other) as third:
        assert (first, second, third) == (True, True, True)
        with pytest.raises(TooMany), waiting.place(one):
            pass
        with waiting.place(uuid4()) as fourth:
            assert not fourth, "it is answered at once"
    with waiting.place(one) as again:
        assert again
    assert not waiting.now


def test_a_third_that_waits_with_one_credential_is_told_when_to_come_again(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    from services.partners.web import feed as web

    monkeypatch.setattr(web, "waiting", Waiting(each=0))
    answer = place.reader(place.grant("idea.*")).ask(timeout=5)
    assert (answer.status_code, answer.json["slug"], answer.headers["Retry-After"]) == (429, "too-many-waiting", "20")


def test_a_page_costs_the_same_whatever_else_there_is(place: Place, admin_url: str) -> None:
    """A page of a rare kind among many others is read from its own index: nothing is read to be thrown away."""
    program = place.reader(place.grant("group.opened", "decision.published"))
    with place.hall.running["partners"].begin(Identity(association_id=place.here)) as work:
        work.execute(FILL, {"here": place.here})
        work.execute(text("update feeds set newest = 20000"))
    with psycopg.connect(admin_url.replace("/postgres", "/partners"), autocommit=True) as admin:
        admin.execute("analyze feed")  # as PostgreSQL does by itself some time after so many rows came
    with place.hall.running["partners"].begin(Identity(association_id=place.here)) as work:
        asked = {"association": place.here, "kinds": ["decision.published", "group.opened"], "grant": uuid4()}
        values = asked | {"after": 100, "newest": 20_000, "most": 100}
        plan = "\n".join(
            work.execute(text(f"explain (analyze, costs off, timing off, buffers off) {feed.PAGE.text}"), values).scalars()
        )

    assert "Seq Scan" not in plan, plan
    assert "feed_kind_ix" in plan, plan
    removed = [int(line.rpartition(":")[2]) for line in plan.splitlines() if "Rows Removed" in line]
    assert sum(removed) == 0, plan
    assert len(program.read()) == 100


FILL = text("""
    with counted as (insert into feeds (association_id, newest) values (:here, 0) on conflict do nothing)
    insert into feed (association_id, position, id, kind, source, subject, sequence, at, fed_at, data)
    select :here, n, gen_random_uuid(), case when n % 100 = 0 then 'group.opened' else 'endorsement.given' end, 'ideas',
        gen_random_uuid(), 1, now(), now(), '{}'
    from generate_series(1, 20000) as n
""")


def letter(place: Place, event: IdeaPublished) -> Letter:
    """A letter as the reader would hand it over."""
    return Letter(
        id=uuid4(),
        association_id=place.here,
        kind=event.kind,
        source="ideas",
        subject=event.idea_id,
        sequence=1,
        at=clock.now(),
        data=plain.unstructure(event),
    )
