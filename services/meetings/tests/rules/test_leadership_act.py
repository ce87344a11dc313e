"""The rules of leadership acts, asked directly."""

from uuid import uuid4

import pytest

from chassis.identity import Identity
from chassis.refusal import NotAllowed, Refused
from contracts.meetings import Act
from services.meetings.rules import leadership_act as rule
from services.meetings.rules.leadership_act import About, LeadershipAct
from services.meetings.tests.kit import ANNA, CIRCLE, FACILITATOR, SPONSOR, STARTS, a_circle


def note(who: Identity = FACILITATOR, act: Act = Act.INVITE) -> LeadershipAct:
    return rule.note_act(id=uuid4(), who=who, circle=CIRCLE, act=act, note="", about=About(), now=STARTS)[0]


def test_there_are_ten_and_each_can_be_noted() -> None:
    assert len([note(act=act) for act in Act]) == 10


@pytest.mark.parametrize("who", [ANNA, SPONSOR])
def test_only_the_facilitator_notes_and_takes_back(who: Identity) -> None:
    with pytest.raises(NotAllowed):
        note(who)
    with pytest.raises(NotAllowed):
        note().take_back(who=who, circle=CIRCLE)
    assert rule.open_to(note(), CIRCLE, who) == []


def test_a_slip_is_taken_back_once() -> None:
    slip, _ = note().take_back(who=FACILITATOR, circle=CIRCLE)

    with pytest.raises(Refused, match="not-now"):
        slip.take_back(who=FACILITATOR, circle=CIRCLE)


@pytest.mark.invariant(51)
def test_nothing_is_noted_when_the_group_is_over() -> None:
    with pytest.raises(Refused, match="group-is-over"):
        rule.note_act(
            id=uuid4(), who=FACILITATOR, circle=a_circle(closed=True), act=Act.FRAME, note="", about=About(), now=STARTS
        )
