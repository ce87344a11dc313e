"""Letters over HTTP and post: who must get one, when it is late, that it is marked, and that residents never see any of it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from chassis import clock
from contracts.circle import Circle, Whom
from contracts.decisions import TaskPlanned, TaskStarted
from contracts.groups import GroupOpened, MemberLeft, SeatAccepted, SeatCategory, SeatOffered, SignUpWithdrawn
from contracts.ideas import (
    CommentWithdrawn,
    CommentWritten,
    EndorsementGiven,
    EndorsementWithdrawn,
    IdeaDeclined,
    IdeaMerged,
    IdeaPublished,
)
from contracts.people import InterestJoined, MandateRegistered, PersonChanged, PersonGone, Policy, PolicySet, Seat
from services.notices.tests.kit import Place
from tests.kit import Hall, secretary


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


@pytest.mark.invariant(32)
def test_whoever_is_on_paper_gets_a_letter_and_nobody_else(place: Place) -> None:
    place.convened(place.anna, place.ellen, place.karl)

    (notice,) = place.notices()
    assert (notice["kind"], notice["letters"], notice["to_send"], notice["sent"]) == ("meeting.convened", 2, 2, 0)
    assert {each["person_id"] for each in place.letters(notice)} == {str(place.ellen), str(place.karl)}
    assert place.hall.parked(place.id) == []


@pytest.mark.invariant(32)
def test_a_call_is_to_be_out_by_the_last_day_of_the_associations_own_notice(place: Place) -> None:
    place.hear(PolicySet(version=1, policy=Policy(notice_days=10)), place.id)
    place.convened(place.ellen, days=30)

    assert place.notices()[0]["send_by"] == (clock.day_of(clock.now()) + timedelta(days=20)).isoformat()


def test_who_is_told_when_nobody_is_on_paper_needs_no_letter(place: Place) -> None:
    place.convened(place.anna)

    assert place.notices() == []


@pytest.mark.invariant(32)
def test_a_letter_is_marked_as_sent_by_whom_and_when_and_stays_visible(place: Place) -> None:
    place.convened(place.ellen)
    (notice,) = place.notices()
    (letter,) = place.letters(notice)
    assert letter["may"] == ["send"]

    sent = place.ask().post(f"/letters/{letter['id']}/send")
    assert (sent.status_code, sent.json["state"], sent.json["sent_by"]) == (200, "sent", str(place.secretary.person_id))
    assert sent.json["sent_at"] and sent.json["may"] == []
    assert place.notices() == []
    (done,) = place.notices(state="done")
    assert (done["id"], done["sent"], done["to_send"]) == (notice["id"], 1, 0)
    assert place.letters(done)[0]["state"] == "sent"
    assert place.ask().post(f"/letters/{letter['id']}/send").status_code == 409


@pytest.mark.invariant(32)
def test_all_letters_of_a_notice_are_marked_at_once_and_a_colleagues_mark_stays(place: Place) -> None:
    place.convened(place.ellen, place.karl)
    (notice,) = place.notices()
    ids = [each["id"] for each in place.letters(notice)]
    place.ask().post(f"/letters/{ids[0]}/send")

    marked = place.ask(secretary(place.id)).post(f"/notices/{notice['id']}/send", letters=ids)
    assert (marked.status_code, marked.json["to_send"], marked.json["sent"]) == (200, 0, 2)
    first = next(each for each in place.letters(notice) if each["id"] == ids[0])
    assert first["sent_by"] == str(place.secretary.person_id)


def test_a_letter_of_another_notice_is_not_marked_with_them(place: Place) -> None:
    place.convened(place.ellen)
    place.convened(place.karl)
    one, other = place.notices()
    ids = [each["id"] for notice in (one, other) for each in place.letters(notice)]

    assert place.ask().post(f"/notices/{one['id']}/send", letters=ids).status_code == 404
    assert [each["to_send"] for each in place.notices()] == [1, 1]
    assert place.ask().post(f"/notices/{one['id']}/send", letters=[]).status_code == 422
    assert place.ask().post(f"/notices/{one['id']}/send", letters=["x"]).status_code == 422


@pytest.mark.invariant(32)
def test_a_letter_about_a_cancelled_meeting_is_not_needed_and_the_cancellation_is(place: Place) -> None:
    meeting_id = place.convened(place.ellen)
    (called,) = place.notices()
    place.cancelled(meeting_id, place.ellen)

    assert [each["kind"] for each in place.notices()] == ["meeting.cancelled"]
    (letter,) = place.letters(called)
    assert letter["state"] == "lapsed"
    assert place.ask().post(f"/letters/{letter['id']}/send").status_code == 409


def test_a_moved_meeting_is_told_by_one_letter_instead_of_the_one_that_was_not_sent(place: Place) -> None:
    meeting_id = place.convened(place.ellen, place.karl)
    (called,) = place.notices()
    to_ellen = next(each for each in place.letters(called) if each["person_id"] == str(place.ellen))
    place.ask().post(f"/letters/{to_ellen['id']}/send")
    place.changed(meeting_id, place.ellen, place.karl)

    assert [(each["kind"], each["to_send"]) for each in place.notices()] == [("meeting.changed", 2)]
    assert {each["person_id"]: each["state"] for each in place.letters(called)} == {
        str(place.ellen): "sent",
        str(place.karl): "lapsed",
    }


def test_a_cancellation_that_overtakes_its_call_waits_for_it(place: Place) -> None:
    meeting_id = uuid4()
    place.cancelled(meeting_id, place.ellen, sequence=2)

    assert place.notices() == []


def test_nobody_writes_to_a_person_who_is_gone(place: Place) -> None:
    place.convened(place.ellen, place.karl)
    place.hear(PersonGone(person_id=place.ellen), place.ellen, 2)
    place.convened(place.ellen)

    assert [each["to_send"] for each in place.notices()] == [1]


@pytest.mark.invariant(32)
def test_who_goes_over_to_paper_gets_letters_from_then_on(place: Place) -> None:
    place.hear(PersonChanged(person_id=place.anna, on_paper=True), place.anna, 2)
    place.hear(PersonChanged(person_id=place.karl, on_paper=False), place.karl, 2)
    place.convened(place.anna, place.karl)

    assert [each["person_id"] for each in place.letters(place.notices()[0])] == [str(place.anna)]


def test_an_offer_that_was_answered_needs_no_letter(place: Place) -> None:
    today, sign_up_id = clock.day_of(clock.now()), uuid4()
    ids = {"sign_up_id": sign_up_id, "group_id": place.group, "person_id": place.ellen}
    place.hear(SeatOffered(**ids, answer_by=today + timedelta(days=7)), sign_up_id, 1)
    assert [each["kind"] for each in place.notices()] == ["sign_up.offered"]
    assert place.notices()[0]["answer_by"] == (today + timedelta(days=7)).isoformat()

    place.hear(SignUpWithdrawn(**ids), sign_up_id, 2)
    assert place.notices() == []


def test_who_leaves_the_group_needs_no_letter_about_its_meetings(place: Place) -> None:
    sign_up_id = uuid4()
    ids = {"sign_up_id": sign_up_id, "group_id": place.group, "person_id": place.ellen}
    place.hear(SeatAccepted(**ids, category=SeatCategory.RESIDENT), sign_up_id, 1)
    place.convened(place.ellen, place.karl)
    place.hear(MemberLeft(**ids), sign_up_id, 2)

    assert [each["to_send"] for each in place.notices()] == [1]


@pytest.mark.invariant(32)
def test_a_circle_is_written_to_whoever_belongs_to_it_then(place: Place) -> None:
    task_id, decision_id, body_id, sign_up_id = uuid4(), uuid4(), uuid4(), uuid4()
    today = clock.day_of(clock.now())
    place.hear(TaskPlanned(task_id=task_id, decision_id=decision_id, due=today, owner_id=place.anna), task_id, 1)
    ids = {"sign_up_id": sign_up_id, "group_id": place.group, "person_id": place.ellen}
    place.hear(SeatAccepted(**ids, category=SeatCategory.RESIDENT), sign_up_id, 1)
    seat = {"mandate_id": uuid4(), "body_id": body_id, "person_id": place.karl, "seat": Seat.MEMBER, "resident": True}
    place.hear(MandateRegistered(**seat, starts=today), seat["mandate_id"])
    circles = [
        Circle(whom=Whom.MEMBERS, of=place.group),
        Circle(whom=Whom.BOARD, of=body_id),
        Circle(whom=Whom.OWNER, of=task_id),
    ]
    place.hear(TaskStarted(task_id=task_id, decision_id=decision_id, circles=tuple(circles)), task_id, 2)

    assert written_to(place) == {place.ellen, place.karl}

    place.hear(TaskStarted(task_id=uuid4(), decision_id=decision_id, circles=(Circle(whom=Whom.CHAIR, of=body_id),)), uuid4())
    assert len(place.notices()) == 1, "a plain member is no chair"


@pytest.mark.invariant(11, 32)
def test_who_stood_behind_a_merged_idea_is_written_to_about_the_other_one(place: Place) -> None:
    merged, other, third = uuid4(), uuid4(), uuid4()
    place.on_paper(third)
    place.hear(IdeaPublished(idea_id=merged, title="Ja", author_id=place.karl), merged, 1)
    place.hear(EndorsementGiven(idea_id=merged, person_id=place.ellen), uuid4())
    place.hear(CommentWritten(comment_id=uuid4(), idea_id=merged, author_id=third), uuid4())
    place.hear(IdeaMerged(idea_id=merged, into_id=other, author_id=place.karl, reason="Det er den samme."), merged, 2)
    for each in place.notices():
        place.ask().post(f"/notices/{each['id']}/send", letters=[letter["id"] for letter in place.letters(each)])
    place.hear(IdeaDeclined(idea_id=other, author_id=place.anna, reason="Den er for dyr."), other, 1)

    assert written_to(place) == {place.ellen, place.karl, third}


def test_who_took_an_endorsement_or_a_comment_back_is_not_written_to(place: Place) -> None:
    idea_id, endorsement, comment = uuid4(), uuid4(), uuid4()
    place.hear(EndorsementGiven(idea_id=idea_id, person_id=place.ellen), endorsement, 1)
    place.hear(EndorsementWithdrawn(idea_id=idea_id, person_id=place.ellen), endorsement, 2)
    place.hear(CommentWritten(comment_id=comment, idea_id=idea_id, author_id=place.karl), comment, 1)
    place.hear(CommentWithdrawn(comment_id=comment, idea_id=idea_id, author_id=place.karl), comment, 2)
    place.hear(IdeaDeclined(idea_id=idea_id, author_id=place.anna, reason="Nej."), idea_id)

    assert place.notices() == []


def test_who_is_on_the_interest_list_is_invited_by_letter(place: Place) -> None:
    place.hear(InterestJoined(person_id=place.ellen), place.ellen)
    place.hear(GroupOpened(group_id=place.group, charter_id=uuid4()), place.group)

    assert written_to(place) == {place.ellen}


def test_however_many_are_on_paper_each_gets_one_letter(place: Place) -> None:
    many = [uuid4() for _ in range(120)]
    for each in many:
        place.on_paper(each)
    place.convened(*many)

    (notice,) = place.notices()
    assert (notice["letters"], notice["to_send"]) == (120, 120)
    seen, cursor = set(), None
    while True:
        asked = {"limit": 50, "state": "to_send"} | ({"cursor": cursor} if cursor else {})
        page = place.ask().get(f"/notices/{notice['id']}/letters", **asked).json
        seen |= {UUID(each["person_id"]) for each in page["items"]}
        if (cursor := page["next_cursor"]) is None:
            break
    assert seen == set(many)


def test_what_is_told_anew_writes_no_letter(place: Place) -> None:
    idea_id, charter_id = uuid4(), uuid4()
    with place.hall.running["ideas"].begin(secretary(place.id)) as work:
        told = IdeaPublished(idea_id=idea_id, title="Ja", author_id=place.ellen)
        work.tell_again(told, subject=idea_id, sequence=4, to="notices")
        group = GroupOpened(group_id=charter_id, charter_id=charter_id)
        work.tell_again(group, subject=charter_id, sequence=1, to="notices")
    place.hall.settle()
    assert place.notices() == []

    place.hear(IdeaDeclined(idea_id=idea_id, author_id=place.ellen, reason="Nej."), idea_id, 5)
    assert written_to(place) == {place.ellen}, "but whose idea it is was learnt"


def test_the_late_ones_stand_first_and_say_so(place: Place, clock_back: None) -> None:
    place.convened(place.ellen, days=40)
    place.convened(place.karl, days=9)
    now = clock.now()
    clock.set_to(now + timedelta(days=5))

    first, second = place.notices()
    assert (first["late"], second["late"]) == (True, False)
    pages = [place.ask().get("/notices", limit=1).json]
    pages.append(place.ask().get("/notices", limit=1, cursor=pages[0]["next_cursor"]).json)
    assert [page["items"][0]["id"] for page in pages] == [first["id"], second["id"]]
    assert place.ask().get("/notices", cursor="nonsense").status_code == 422


@pytest.mark.invariant(32)
def test_residents_boards_and_neighbours_see_no_letters(place: Place) -> None:
    place.convened(place.ellen)
    (notice,) = place.notices()
    (letter,) = place.letters(notice)
    paths = ("/notices", f"/notices/{notice['id']}", f"/notices/{notice['id']}/letters", f"/letters/{letter['id']}")

    for path in paths:
        assert place.ask(place.resident).get(path).status_code == 403, path
    for path in (f"/letters/{letter['id']}/send", f"/notices/{notice['id']}/send"):
        body = {"letters": [letter["id"]]} if "notices" in path else {}
        assert place.ask(place.resident).post(path, **body).status_code == 403, path
        assert place.ask(secretary(uuid4())).post(path, **body).status_code == 404, path
    assert place.ask(secretary(uuid4())).get("/notices").json == {"items": [], "next_cursor": None}
    assert [place.ask(secretary(uuid4())).get(path).status_code for path in paths[1:]] == [404, 404, 404]
    assert place.letters(notice)[0]["state"] == "to_send"


def written_to(place: Place) -> set[UUID]:
    """Everybody to whom a letter is still to be sent."""
    return {UUID(each["person_id"]) for notice in place.notices() for each in place.letters(notice, state="to_send")}
