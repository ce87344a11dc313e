"""The rules of ideas and endorsements, asked directly."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from chassis.identity import Duty, Identity
from chassis.refusal import NotAllowed, Refused
from contracts.ideas import EndorsementGiven, IdeaOverdue, IdeaPublished
from services.ideas.rules import endorsement, idea
from services.ideas.rules.idea import Idea, Origin, State
from tests.kit import person, secretary

HERE, HOME = uuid4(), uuid4()
RESIDENT = person(HERE, lives_in=[HOME])
MODERATOR = person(HERE, duties=frozenset({Duty.MODERATOR}))
HOUSE = Identity(association_id=HERE)
NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)


def an_idea(state: State = State.PUBLISHED, **more: object) -> Idea:
    made, _ = idea.submit(
        id=uuid4(), who=RESIDENT, origin=Origin.RESIDENT, title="Bænke", text="I gården", departments=(), now=NOW
    )
    return replace(made, state=state, **more)


@pytest.mark.invariant(7)
@pytest.mark.parametrize(
    ("who", "origin"),
    [
        (RESIDENT, Origin.RESIDENT),
        (person(HERE, sits_in=[uuid4()]), Origin.ORGANISATION_BOARD),
        (secretary(HERE), Origin.ADMINISTRATION),
    ],
)
def test_residents_board_members_and_staff_submit_ideas_and_the_origin_is_kept(who: Identity, origin: Origin) -> None:
    made, _ = idea.submit(id=uuid4(), who=who, origin=origin, title="t", text="t", departments=(), now=NOW)

    assert made.origin is origin
    assert made.publish(who=MODERATOR, today=date(2026, 2, 2), answer_days=60)[0].origin is origin


@pytest.mark.invariant(7)
def test_nobody_submits_an_idea_as_something_else_than_they_are() -> None:
    with pytest.raises(NotAllowed):
        idea.submit(id=uuid4(), who=RESIDENT, origin=Origin.ORGANISATION_BOARD, title="t", text="t", departments=(), now=NOW)


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


@pytest.mark.invariant(9)
@pytest.mark.parametrize("answer", ["decline", "park"])
@pytest.mark.parametrize("reason", ["", "   "])
def test_no_idea_is_declined_or_parked_without_a_reason(answer: str, reason: str) -> None:
    with pytest.raises(Refused, match="reason-needed"):
        getattr(an_idea(), answer)(who=secretary(HERE), reason=reason)


def test_a_resident_cannot_answer_an_idea() -> None:
    with pytest.raises(NotAllowed):
        an_idea().decline(who=RESIDENT, reason="Nej")


def test_only_its_author_withdraws_an_idea() -> None:
    assert an_idea().withdraw(who=RESIDENT)[0].state is State.WITHDRAWN
    with pytest.raises(NotAllowed):
        an_idea().withdraw(who=secretary(HERE))


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


def test_an_idea_that_is_not_published_cannot_be_endorsed() -> None:
    with pytest.raises(Refused, match="idea-not-open"):
        give(RESIDENT, uuid4(), published=False)


def test_an_endorsement_counts_for_where_the_person_lives() -> None:
    given, _ = give(RESIDENT, uuid4())

    assert given.departments == (HOME,)
