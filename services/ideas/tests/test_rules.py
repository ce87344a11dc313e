"""The rules of ideas, endorsements and comments, asked directly."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from chassis.identity import Duty, Identity
from chassis.refusal import NotAllowed, Refused
from contracts.ideas import (
    Circle,
    EndorsementCarried,
    EndorsementGiven,
    IdeaMerged,
    IdeaOverdue,
    IdeaPublished,
    IdeaSetToWork,
    IdeaSubmitted,
)
from contracts.people import BodyKind
from services.ideas.rules import comment, endorsement, idea
from services.ideas.rules.idea import Idea, State
from services.ideas.rules.origin import Origin
from tests.kit import person, secretary

HERE, HOME, BOARD = uuid4(), uuid4(), uuid4()
RESIDENT = person(HERE, lives_in=[HOME])
NEIGHBOUR = person(HERE, lives_in=[HOME])
BOARD_MEMBER = person(HERE, lives_in=[HOME], sits_in=[BOARD])
MODERATOR = person(HERE, duties=frozenset({Duty.MODERATOR}))
SECRETARY = secretary(HERE)
HOUSE = Identity(association_id=HERE)
NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)


def drafted(who: Identity = RESIDENT, **more: object) -> Idea:
    given = {"origin": Origin.RESIDENT, "sits_in": frozenset(), "title": "Bænke", "text": "I gården"} | more
    return idea.draft(id=uuid4(), who=who, departments=(), now=NOW, **given)[0]


def an_idea(state: State = State.PUBLISHED, **more: object) -> Idea:
    return replace(drafted(), state=state, submitted_at=NOW, **more)


@pytest.mark.invariant(7)
@pytest.mark.parametrize(
    ("who", "sits_in", "origin"),
    [
        (RESIDENT, set(), Origin.RESIDENT),
        (BOARD_MEMBER, {BodyKind.DEPARTMENT_BOARD}, Origin.DEPARTMENT_BOARD),
        (BOARD_MEMBER, {BodyKind.ORGANISATION_BOARD}, Origin.ORGANISATION_BOARD),
        (SECRETARY, set(), Origin.ADMINISTRATION),
    ],
)
def test_residents_board_members_and_staff_submit_ideas_and_the_origin_is_kept(
    who: Identity, sits_in: set[BodyKind], origin: Origin
) -> None:
    made = drafted(who, origin=origin, sits_in=sits_in)
    edited, _ = made.edit(who=who, title="Bænke og borde", text="I gården", departments=(HOME,))
    submitted, told = edited.submit(who=who, now=NOW)

    assert submitted.publish(who=MODERATOR, today=date(2026, 2, 2), answer_days=60)[0].origin is origin
    assert isinstance(told, IdeaSubmitted)
    assert told.origin == origin


@pytest.mark.invariant(7)
@pytest.mark.parametrize(
    ("who", "sits_in", "origin"),
    [
        (RESIDENT, set(), Origin.ORGANISATION_BOARD),
        (RESIDENT, set(), Origin.ADMINISTRATION),
        (BOARD_MEMBER, {BodyKind.DEPARTMENT_BOARD}, Origin.ORGANISATION_BOARD),
        (BOARD_MEMBER, {BodyKind.ORGANISATION_BOARD}, Origin.DEPARTMENT_BOARD),
        (SECRETARY, set(), Origin.RESIDENT),
        (HOUSE, set(), Origin.RESIDENT),
    ],
)
def test_nobody_submits_an_idea_as_something_else_than_they_are(who: Identity, sits_in: set[BodyKind], origin: Origin) -> None:
    with pytest.raises(NotAllowed):
        drafted(who, origin=origin, sits_in=sits_in)


@pytest.mark.parametrize(("title", "text"), [("", "I gården"), ("Bænke", " "), ("", "")])
def test_a_draft_may_be_unfinished_but_is_submitted_only_when_whole(title: str, text: str) -> None:
    unfinished = drafted(title=title, text=text)

    with pytest.raises(Refused, match="idea-not-whole"):
        unfinished.submit(who=RESIDENT, now=NOW)


def test_a_draft_is_its_authors_alone() -> None:
    made = drafted()

    for other in (NEIGHBOUR, SECRETARY, HOUSE):
        with pytest.raises(NotAllowed):
            made.edit(who=other, title="x", text="x", departments=())
        with pytest.raises(NotAllowed):
            made.discard(who=other)
        assert not idea.may_see(state=made.state, author_id=made.author_id, who=other)
    assert idea.may_see(state=made.state, author_id=made.author_id, who=RESIDENT)


def test_nothing_that_was_written_is_kept_of_a_draft_that_is_deleted() -> None:
    gone, _ = drafted().discard(who=RESIDENT)

    assert (gone.title, gone.text, gone.departments) == ("", "", ())
    assert not idea.may_see(state=gone.state, author_id=gone.author_id, who=RESIDENT)


def test_who_wrote_it_down_for_somebody_on_paper_is_recorded() -> None:
    staff = uuid4()
    on_paper = replace(RESIDENT, act=staff)
    assert on_paper.person_id

    assert drafted(on_paper).written_down_by == staff
    assert drafted(on_paper).author_id == RESIDENT.person_id
    given, _ = endorsement.of(uuid4(), on_paper.person_id).give(who=on_paper, author_id=uuid4(), published=True)
    assert given.written_down_by == staff
    said, _ = comment.write(id=uuid4(), who=on_paper, idea_id=uuid4(), text="Ja", open=True, now=NOW)
    assert said.written_down_by == staff


@pytest.mark.invariant(10)
def test_a_published_idea_is_owed_an_answer_within_the_deadline() -> None:
    published, told = an_idea(State.SUBMITTED).publish(who=MODERATOR, today=date(2026, 2, 1), answer_days=60)

    assert published.answer_by == date(2026, 4, 2)
    assert isinstance(told, IdeaPublished)


@pytest.mark.invariant(10)
def test_an_idea_is_overdue_only_when_the_last_day_is_over() -> None:
    waiting = an_idea(answer_by=date(2026, 4, 2))

    with pytest.raises(Refused):
        waiting.fall_due(who=HOUSE, day=date(2026, 4, 2))
    late, told = waiting.fall_due(who=HOUSE, day=date(2026, 4, 3))
    assert late.overdue
    assert isinstance(told, IdeaOverdue)


@pytest.mark.invariant(10)
@pytest.mark.parametrize("answer", ["decline", "park", "take_up"])
def test_an_answer_ends_the_deadline(answer: str) -> None:
    late = an_idea(answer_by=date(2026, 4, 2), overdue=True)
    more = {"endorsers": 1, "in_departments": 1} if answer == "take_up" else {}

    answered, _ = getattr(late, answer)(who=SECRETARY, reason="Derfor", **more)

    assert (answered.answer_by, answered.overdue) == (None, False)


REASONED = ["decline", "park", "take_up", "merge", "hide", "reject", "withdraw"]


def answer(what: str, asked: Idea, who: Identity, reason: str) -> tuple[Idea, object]:
    more = {
        "take_up": {"endorsers": 3, "in_departments": 2},
        "merge": {"into_id": uuid4(), "into_state": State.PUBLISHED},
    }.get(what, {})
    return getattr(asked, what)(who=who, reason=reason, **more)


@pytest.mark.invariant(9)
@pytest.mark.parametrize("what", REASONED)
@pytest.mark.parametrize("reason", ["", "   "])
def test_no_idea_is_answered_hidden_or_taken_back_without_a_reason(what: str, reason: str) -> None:
    asked = an_idea(State.SUBMITTED if what == "reject" else State.PUBLISHED)

    with pytest.raises(Refused, match="reason-needed"):
        answer(what, asked, RESIDENT if what == "withdraw" else SECRETARY, reason)


@pytest.mark.invariant(9)
@pytest.mark.parametrize("what", REASONED)
def test_every_answer_tells_author_reason_and_who_is_to_be_told(what: str) -> None:
    asked = an_idea(State.SUBMITTED if what == "reject" else State.PUBLISHED)

    answered, told = answer(what, asked, RESIDENT if what == "withdraw" else SECRETARY, " Derfor ")

    assert (told.author_id, told.reason, answered.reason) == (asked.author_id, "Derfor", "Derfor")
    assert told.circle is (Circle.AUTHOR if what in {"hide", "reject"} else Circle.IDEA)


def test_an_idea_that_nobody_has_seen_is_taken_back_without_a_reason() -> None:
    assert an_idea(State.SUBMITTED).withdraw(who=RESIDENT)[0].state is State.WITHDRAWN


@pytest.mark.parametrize("what", ["decline", "park", "take_up"])
def test_a_resident_cannot_answer_an_idea_but_a_board_member_can(what: str) -> None:
    with pytest.raises(NotAllowed):
        answer(what, an_idea(), RESIDENT, "Nej")
    with pytest.raises(NotAllowed):
        answer(what, an_idea(), person(HERE, sits_in=[BOARD], seat="alternate"), "Nej")
    assert answer(what, an_idea(), BOARD_MEMBER, "Ja")


@pytest.mark.parametrize("what", ["hide", "merge"])
def test_a_board_member_does_not_moderate(what: str) -> None:
    with pytest.raises(NotAllowed):
        answer(what, an_idea(), BOARD_MEMBER, "Nej")
    assert answer(what, an_idea(), MODERATOR, "Ja")


def test_only_its_author_withdraws_an_idea() -> None:
    assert an_idea().withdraw(who=RESIDENT, reason="Det er løst")[0].state is State.WITHDRAWN
    with pytest.raises(NotAllowed):
        an_idea().withdraw(who=SECRETARY, reason="Det er løst")


@pytest.mark.invariant(10)
def test_a_hidden_idea_that_is_shown_again_is_owed_an_answer_anew() -> None:
    hidden, _ = an_idea(answer_by=date(2026, 2, 3)).hide(who=MODERATOR, reason="Navngiver en nabo")
    shown, _ = hidden.show(who=MODERATOR, today=date(2026, 3, 1), answer_days=60)

    assert (shown.state, shown.answer_by, shown.reason) == (State.PUBLISHED, date(2026, 4, 30), "")


def test_an_idea_taken_up_by_people_keeps_their_reason_when_its_charter_comes_into_force() -> None:
    taken, _ = an_idea().take_up(who=BOARD_MEMBER, reason="Det haster", endorsers=4, in_departments=2)
    at_work, told = taken.set_to_work(who=HOUSE, charter_id=BOARD)

    assert (at_work.state, at_work.reason, at_work.charter_id) == (State.TAKEN_UP, "Det haster", BOARD)
    assert isinstance(told, IdeaSetToWork)


@pytest.mark.parametrize("what", ["decline", "park"])
def test_what_was_taken_up_may_still_wait_or_be_declined_until_a_charter_is_in_force(what: str) -> None:
    assert answer(what, an_idea(State.TAKEN_UP), SECRETARY, "Der er ikke penge")
    with pytest.raises(Refused, match="idea-already-at-work"):
        answer(what, an_idea(State.TAKEN_UP, charter_id=BOARD), SECRETARY, "Der er ikke penge")


@pytest.mark.invariant(11)
@pytest.mark.parametrize("state", [state for state in State if state not in idea.ALIVE])
def test_an_idea_is_merged_only_into_one_that_is_alive_so_that_there_are_no_chains(state: State) -> None:
    with pytest.raises(Refused, match="merge-elsewhere"):
        an_idea().merge(who=MODERATOR, reason="Det samme", into_id=uuid4(), into_state=state)


@pytest.mark.invariant(11)
def test_an_idea_is_not_merged_into_itself() -> None:
    asked = an_idea()

    with pytest.raises(Refused, match="merge-elsewhere"):
        asked.merge(who=MODERATOR, reason="Det samme", into_id=asked.id, into_state=State.PUBLISHED)


def test_a_merged_idea_says_what_it_is_part_of() -> None:
    into = uuid4()
    merged, told = an_idea().merge(who=MODERATOR, reason="Det samme", into_id=into, into_state=State.PARKED)

    assert (merged.state, merged.merged_into) == (State.MERGED, into)
    assert isinstance(told, IdeaMerged)
    assert told.into_id == into


def test_comments_are_closed_and_opened_once_each() -> None:
    closed, _ = an_idea().close_comments(who=MODERATOR)

    with pytest.raises(Refused):
        closed.close_comments(who=MODERATOR)
    assert not closed.open_comments(who=MODERATOR)[0].comments_closed
    with pytest.raises(NotAllowed):
        an_idea().close_comments(who=RESIDENT)


def test_nobody_is_offered_what_the_idea_would_refuse() -> None:
    offered = idea.open_moves(an_idea(), SECRETARY)
    at_work = idea.open_moves(an_idea(State.TAKEN_UP, charter_id=BOARD, comments_closed=True), SECRETARY)

    assert "close_comments" in offered
    assert "open_comments" not in offered
    assert at_work == ["open_comments"]


def give(who: Identity, author_id: UUID, *, published: bool = True) -> tuple[endorsement.Endorsement, object]:
    assert who.person_id
    return endorsement.of(uuid4(), who.person_id).give(who=who, author_id=author_id, published=published)


@pytest.mark.invariant(8)
def test_nobody_endorses_twice() -> None:
    given, told = give(RESIDENT, uuid4())

    assert isinstance(told, EndorsementGiven)
    with pytest.raises(Refused, match="already-endorsed"):
        given.give(who=RESIDENT, author_id=uuid4(), published=True)


@pytest.mark.invariant(8)
def test_an_endorsement_can_be_undone_and_given_again() -> None:
    given, _ = give(RESIDENT, uuid4())
    undone, _ = given.withdraw(who=RESIDENT)

    again, _ = undone.give(who=RESIDENT, author_id=uuid4(), published=True)
    assert again.state is endorsement.State.GIVEN


@pytest.mark.invariant(8)
def test_the_author_is_not_counted_as_an_endorser() -> None:
    assert RESIDENT.person_id
    with pytest.raises(Refused, match="not-your-own-idea"):
        give(RESIDENT, RESIDENT.person_id)


@pytest.mark.invariant(8)
def test_the_author_is_not_counted_after_a_merge_either() -> None:
    assert RESIDENT.person_id
    given, _ = give(RESIDENT, uuid4())

    with pytest.raises(Refused, match="not-your-own-idea"):
        endorsement.of(uuid4(), RESIDENT.person_id).receive(who=HOUSE, author_id=RESIDENT.person_id, carried=given)


def test_an_idea_that_is_not_published_cannot_be_endorsed() -> None:
    with pytest.raises(Refused, match="idea-not-open"):
        give(RESIDENT, uuid4(), published=False)


def test_an_endorsement_counts_for_where_the_person_lives() -> None:
    given, _ = give(RESIDENT, uuid4())

    assert given.departments == (HOME,)


@pytest.mark.invariant(11)
def test_an_endorsement_is_carried_with_the_standing_that_counted_when_it_was_given() -> None:
    assert RESIDENT.person_id
    given, _ = give(RESIDENT, uuid4())
    into = uuid4()
    carried, told = given.carry(who=HOUSE, into_id=into)
    received, counted = endorsement.of(into, RESIDENT.person_id).receive(who=HOUSE, author_id=uuid4(), carried=given)

    assert carried.state is endorsement.State.CARRIED
    assert isinstance(told, EndorsementCarried)
    assert (received.departments, received.carried_from) == ((HOME,), given.idea_id)
    assert isinstance(counted, EndorsementGiven)
    with pytest.raises(NotAllowed):
        given.carry(who=RESIDENT, into_id=into)


def a_comment(who: Identity = RESIDENT) -> comment.Comment:
    return comment.write(id=uuid4(), who=who, idea_id=uuid4(), text="God ide", open=True, now=NOW)[0]


def test_nobody_comments_on_an_idea_that_is_closed_for_comments() -> None:
    with pytest.raises(Refused, match="comments-closed"):
        comment.write(id=uuid4(), who=RESIDENT, idea_id=uuid4(), text="God ide", open=False, now=NOW)


@pytest.mark.parametrize("state", list(State))
def test_an_idea_is_open_for_comments_while_something_may_become_of_it(state: State) -> None:
    alive = state in {State.PUBLISHED, State.PARKED, State.TAKEN_UP}

    assert idea.open_for_comments(state=state, closed=False, outcome=None) is alive
    assert not idea.open_for_comments(state=state, closed=True, outcome=None)
    assert not idea.open_for_comments(state=state, closed=False, outcome="adopted")


def test_somebody_who_is_nothing_in_the_association_does_not_comment() -> None:
    with pytest.raises(NotAllowed):
        a_comment(person(HERE))
    with pytest.raises(NotAllowed):
        a_comment(HOUSE)


def test_a_comment_is_hidden_only_by_a_moderator_and_with_a_reason() -> None:
    with pytest.raises(Refused, match="reason-needed"):
        a_comment().hide(who=MODERATOR, reason=" ")
    for other in (RESIDENT, BOARD_MEMBER):
        with pytest.raises(NotAllowed):
            a_comment().hide(who=other, reason="Nej")
    hidden, told = a_comment().hide(who=MODERATOR, reason="Taler grimt om en nabo")
    assert (hidden.state, told.reason) == (comment.State.HIDDEN, "Taler grimt om en nabo")
    assert hidden.show(who=MODERATOR)[0].state is comment.State.SHOWN


def test_nothing_that_was_said_is_kept_of_a_comment_that_its_author_takes_back() -> None:
    withdrawn, _ = a_comment().withdraw(who=RESIDENT)

    assert withdrawn.text == ""
    with pytest.raises(NotAllowed):
        a_comment().withdraw(who=SECRETARY)
