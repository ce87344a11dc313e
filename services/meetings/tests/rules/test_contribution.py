"""The rules of contributions, asked directly."""

from dataclasses import replace
from uuid import uuid4

import pytest

from chassis.identity import Identity
from chassis.refusal import NotAllowed, NotFound, Refused
from services.meetings.rules import contribution
from services.meetings.rules.contribution import Kind
from services.meetings.tests.kit import (
    ANNA,
    BO,
    CIRCLE,
    FACILITATOR,
    HERE,
    OUTSIDER,
    STARTS,
)
from tests.kit import secretary


def a_contribution(who: Identity = ANNA) -> contribution.Contribution:
    return contribution.give(id=uuid4(), who=who, circle=CIRCLE, kind=Kind.CONCERN, text="Larm", meeting_id=None, now=STARTS)[0]


def test_only_members_contribute_and_staff_may_write_it_down_for_them() -> None:
    with pytest.raises(NotAllowed):
        a_contribution(OUTSIDER)
    staff = uuid4()
    assert a_contribution(replace(ANNA, act=staff)).written_by == staff


@pytest.mark.invariant(35)
@pytest.mark.parametrize("reason", ["", " "])
def test_a_contribution_is_not_left_out_without_a_reason(reason: str) -> None:
    with pytest.raises(Refused, match="answer-needed"):
        a_contribution().answer(who=FACILITATOR, reason=reason)


@pytest.mark.invariant(35)
def test_a_contribution_is_withdrawn_by_its_giver_alone() -> None:
    assert a_contribution().withdraw(who=ANNA)[0].state is contribution.State.WITHDRAWN
    for somebody in (BO, FACILITATOR, secretary(HERE)):
        with pytest.raises(NotAllowed):
            a_contribution().withdraw(who=somebody)


def test_a_contribution_feeds_only_a_recommendation_that_is_there() -> None:
    with pytest.raises(NotFound):
        a_contribution().trace(who=FACILITATOR, circle=CIRCLE, recommendation_id=uuid4(), known=False)
