"""The rules of contributions, asked directly."""

from dataclasses import replace
from uuid import uuid4

import pytest

from chassis.identity import Identity
from chassis.refusal import NotAllowed, NotFound, Refused
from contracts.groups import SeatCategory
from services.meetings.rules import contribution
from services.meetings.rules.contribution import Kind
from services.meetings.tests.kit import (
    ANNA,
    BO,
    CIRCLE,
    DORTE,
    FACILITATOR,
    HERE,
    OUTSIDER,
    STARTS,
    a_circle,
)
from tests.kit import secretary


def a_contribution(who: Identity = ANNA) -> contribution.Contribution:
    return contribution.give(id=uuid4(), who=who, circle=CIRCLE, kind=Kind.CONCERN, text="Larm", meeting_id=None, now=STARTS)[0]


def traced(who: Identity = ANNA) -> contribution.Contribution:
    return a_contribution(who).trace(who=FACILITATOR, circle=CIRCLE, recommendation_id=uuid4(), known=True)[0]


def test_only_members_contribute_and_staff_may_write_it_down_for_them() -> None:
    with pytest.raises(NotAllowed):
        a_contribution(OUTSIDER)
    staff = uuid4()
    written = a_contribution(replace(ANNA, act=staff))
    assert (written.given_by, written.written_by) == (ANNA.person_id, staff)


def test_a_contribution_keeps_in_which_capacity_its_giver_sat_there() -> None:
    assert [a_contribution(who).category for who in (ANNA, DORTE)] == [SeatCategory.RESIDENT, SeatCategory.EMPLOYEE]


@pytest.mark.invariant(35)
@pytest.mark.parametrize("reason", ["", " "])
def test_a_contribution_is_not_left_out_without_a_reason(reason: str) -> None:
    with pytest.raises(Refused, match="answer-needed"):
        a_contribution().answer(who=FACILITATOR, circle=CIRCLE, reason=reason)


@pytest.mark.invariant(35)
def test_a_contribution_is_withdrawn_by_its_giver_alone() -> None:
    assert a_contribution().withdraw(who=ANNA, circle=CIRCLE)[0].state is contribution.State.WITHDRAWN
    for somebody in (BO, FACILITATOR, secretary(HERE)):
        with pytest.raises(NotAllowed):
            a_contribution().withdraw(who=somebody, circle=CIRCLE)


@pytest.mark.invariant(35)
def test_a_contribution_is_reworded_by_its_giver_alone_and_only_while_nothing_is_built_on_it() -> None:
    edited, _ = a_contribution().edit(who=ANNA, circle=CIRCLE, kind=Kind.IDEA, text="Gummi på stolene")
    assert (edited.kind, edited.text, edited.given_by) == (Kind.IDEA, "Gummi på stolene", ANNA.person_id)

    for somebody in (BO, FACILITATOR):
        with pytest.raises(NotAllowed):
            a_contribution().edit(who=somebody, circle=CIRCLE, kind=Kind.IDEA, text="x")
    with pytest.raises(Refused, match="not-now"):
        traced().edit(who=ANNA, circle=CIRCLE, kind=Kind.IDEA, text="x")


def test_a_contribution_feeds_only_a_recommendation_that_is_there() -> None:
    with pytest.raises(NotFound):
        a_contribution().trace(who=FACILITATOR, circle=CIRCLE, recommendation_id=uuid4(), known=False)


@pytest.mark.parametrize("who", [ANNA, OUTSIDER])
def test_only_who_leads_the_group_gathers_traces_and_answers(who: Identity) -> None:
    given = a_contribution()

    with pytest.raises(NotAllowed):
        given.gather(who=who, circle=CIRCLE, theme_id=uuid4())
    with pytest.raises(NotAllowed):
        given.trace(who=who, circle=CIRCLE, recommendation_id=uuid4(), known=True)
    with pytest.raises(NotAllowed):
        given.answer(who=who, circle=CIRCLE, reason="Uden for rammen.")
    assert contribution.open_to(given, CIRCLE, BO) == []
    assert contribution.open_to(given, CIRCLE, ANNA) == ["edit", "withdraw"]


@pytest.mark.invariant(35)
def test_a_contribution_whose_recommendation_is_gone_waits_again_under_its_theme() -> None:
    theme_id = uuid4()
    gathered, _ = traced().gather(who=FACILITATOR, circle=CIRCLE, theme_id=theme_id)
    let_go, _ = gathered.let_go(who=ANNA)

    assert (let_go.state, let_go.theme_id, let_go.recommendation_id) == (contribution.State.GIVEN, theme_id, None)
    assert let_go.withdraw(who=ANNA, circle=CIRCLE)


def test_an_answered_contribution_can_be_taken_in_after_all() -> None:
    answered, _ = a_contribution().answer(who=FACILITATOR, circle=CIRCLE, reason="Uden for rammen.")
    after_all, _ = answered.trace(who=FACILITATOR, circle=CIRCLE, recommendation_id=uuid4(), known=True)

    assert (after_all.state, after_all.reason) == (contribution.State.TRACED, "")


@pytest.mark.invariant(38)
def test_once_the_body_has_the_proposal_nothing_is_brought_or_moved() -> None:
    over = a_circle(handed_over=True)
    given = a_contribution()

    for move in (
        lambda: contribution.give(id=uuid4(), who=ANNA, circle=over, kind=Kind.WISH, text="t", meeting_id=None, now=STARTS),
        lambda: given.edit(who=ANNA, circle=over, kind=Kind.WISH, text="t"),
        lambda: given.withdraw(who=ANNA, circle=over),
        lambda: given.gather(who=FACILITATOR, circle=over, theme_id=uuid4()),
        lambda: given.trace(who=FACILITATOR, circle=over, recommendation_id=uuid4(), known=True),
        lambda: given.answer(who=FACILITATOR, circle=over, reason="x"),
    ):
        with pytest.raises(Refused, match="handed-over"):
            move()
    assert contribution.open_to(given, over, ANNA) == []
