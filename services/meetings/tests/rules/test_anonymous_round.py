"""The rules of anonymous rounds, asked directly."""

from dataclasses import replace
from itertools import permutations
from uuid import uuid4

import pytest

from chassis.identity import Identity
from chassis.refusal import NotAllowed, Refused
from contracts.event import plain
from services.meetings.rules import anonymous_round as rule
from services.meetings.rules.anonymous_round import AnonymousRound
from services.meetings.tests.kit import ANNA, BO, CHARLOTTE, CIRCLE, FACILITATOR, HOUSE, OUTSIDER, SPONSOR, TODAY, a_circle

SAID = {ANNA: "Jeg tør ikke komme om aftenen", BO: "Det er for dyrt", CHARLOTTE: "Ærligt: støjen"}


def opened() -> AnonymousRound:
    return rule.open_round(id=uuid4(), who=FACILITATOR, circle=CIRCLE, question="Hvad holder dig væk?", today=TODAY)[0]


def answered(*people: Identity) -> AnonymousRound:
    found = opened()
    for who in people:
        found, _ = found.answer(who=who, circle=CIRCLE, text=SAID[who])
    return found


def closed(*people: Identity) -> AnonymousRound:
    return answered(*people).close(who=FACILITATOR, circle=CIRCLE)[0]


@pytest.mark.parametrize("who", [ANNA, SPONSOR, OUTSIDER])
def test_only_the_facilitator_opens_and_closes(who: Identity) -> None:
    with pytest.raises(NotAllowed):
        rule.open_round(id=uuid4(), who=who, circle=CIRCLE, question="x", today=TODAY)
    with pytest.raises(NotAllowed):
        opened().close(who=who, circle=CIRCLE)


def test_each_member_answers_once_and_nobody_else_does() -> None:
    with pytest.raises(Refused, match="answered-already"):
        answered(ANNA).answer(who=ANNA, circle=CIRCLE, text="igen")
    for somebody in (FACILITATOR, OUTSIDER):
        with pytest.raises(NotAllowed):
            opened().answer(who=somebody, circle=CIRCLE, text="x")


def test_nobody_answers_through_staff_for_whoever_wrote_it_down_would_know() -> None:
    with pytest.raises(NotAllowed, match="in-person"):
        opened().answer(who=replace(ANNA, act=uuid4()), circle=CIRCLE, text="x")


def test_nothing_tells_in_which_order_people_came() -> None:
    rounds = {(found.answered, found.answers) for found in (answered(*order) for order in permutations(SAID))}

    assert len(rounds) == 1


def test_the_event_of_an_answer_names_neither_person_nor_text() -> None:
    _, told = opened().answer(who=ANNA, circle=CIRCLE, text=SAID[ANNA])

    assert set(plain.unstructure(told)) == {"anonymous_round_id", "group_id"}


def test_nothing_is_shown_before_the_round_is_closed() -> None:
    assert answered(*SAID).shown == ()
    assert set(closed(*SAID).shown) == set(SAID.values())


def test_fewer_than_three_answers_are_thrown_away_unread() -> None:
    found = closed(ANNA, BO)

    assert (found.shown, found.answers, found.count) == ((), (), 2)


def test_when_it_is_closed_nobody_knows_any_more_who_answered() -> None:
    assert closed(*SAID).answered == ()
    with pytest.raises(Refused, match="not-now"):
        closed(ANNA).answer(who=BO, circle=CIRCLE, text="x")


def test_a_round_that_nobody_closed_ends_with_the_group() -> None:
    lapsed, told = answered(*SAID).lapse(who=HOUSE)

    assert (lapsed.state, lapsed.answered, lapsed.count, told.answers) == (rule.State.CLOSED, (), 3, 3)
    with pytest.raises(NotAllowed):
        opened().lapse(who=FACILITATOR)


def test_what_one_may_do_is_told() -> None:
    assert rule.open_to(opened(), CIRCLE, ANNA) == ["answer"]
    assert rule.open_to(answered(ANNA), CIRCLE, ANNA) == []
    assert rule.open_to(opened(), CIRCLE, FACILITATOR) == ["close"]
    assert rule.open_to(opened(), a_circle(closed=True), ANNA) == []
