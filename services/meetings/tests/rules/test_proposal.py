"""The rules of the proposal, asked directly."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.identity import Identity
from chassis.refusal import NotAllowed, Refused
from contracts.meetings import CostClass, ProposalSubmitted, Recommendation, RentEffect
from services.meetings.rules import proposal
from services.meetings.rules.circle import Circle
from services.meetings.rules.proposal import Proposal
from services.meetings.tests.kit import (
    ANNA,
    BO,
    CHARLOTTE,
    CIRCLE,
    DORTE,
    FACILITATOR,
    HERE,
    HOUSE,
    OUTSIDER,
    SPONSOR,
    a_circle,
)
from tests.kit import secretary


def a_point(**more: Any) -> Recommendation:
    usual = {"text": "Ét system", "responsible": "Driften", "cost": CostClass.LOW, "rent": RentEffect.NONE, "question": 0}
    return Recommendation(id=uuid4(), **(usual | more))


def a_draft(*points: Recommendation) -> Proposal:
    made, _ = proposal.draft(id=uuid4(), who=ANNA, circle=CIRCLE, title="Lokaler", summary="")
    return replace(made, recommendations=points or (a_point(),), version=3)


def asked() -> Proposal:
    return a_draft().ask_consent(who=FACILITATOR, circle=CIRCLE)[0]


def consented(*silent: Identity) -> Proposal:
    found = asked()
    for who in (ANNA, BO, CHARLOTTE, DORTE):
        if who not in silent:
            found, _ = found.consent(who=who, dissent="Jeg er uenig i punkt 1." if who is BO else "")
    return found


def submit(found: Proposal, who: Identity = ANNA, held: int = 3, left: tuple[UUID, ...] = (), circle: Circle = CIRCLE) -> Any:
    return found.submit(who=who, circle=circle, held=held, open_contributions=left)


@pytest.mark.invariant(36)
def test_consent_is_not_asked_for_a_proposal_without_a_recommendation() -> None:
    with pytest.raises(Refused, match="no-recommendation"):
        replace(a_draft(), recommendations=()).ask_consent(who=ANNA, circle=CIRCLE)


@pytest.mark.invariant(36)
@pytest.mark.parametrize("question", [-1, 2])
def test_every_recommendation_answers_a_question_of_the_charter(question: int) -> None:
    with pytest.raises(Refused, match="unknown-question"):
        a_draft(a_point(question=question)).ask_consent(who=ANNA, circle=CIRCLE)


@pytest.mark.invariant(37)
def test_nothing_is_submitted_before_all_have_answered() -> None:
    with pytest.raises(Refused, match="consent-missing"):
        submit(consented(CHARLOTTE))


@pytest.mark.invariant(37)
def test_a_dissent_goes_along_word_for_word() -> None:
    _, told = submit(consented())

    assert isinstance(told, ProposalSubmitted)
    assert told.dissents == ("Jeg er uenig i punkt 1.",)
    assert set(told.members) == {who.person_id for who in (ANNA, BO, CHARLOTTE, DORTE)}


@pytest.mark.invariant(37)
@pytest.mark.parametrize("who", [FACILITATOR, SPONSOR, OUTSIDER, secretary(HERE)])
def test_only_the_group_submits(who: Identity) -> None:
    with pytest.raises(NotAllowed):
        submit(consented(), who=who)


def test_nobody_answers_twice_or_for_somebody_else() -> None:
    found = consented()

    with pytest.raises(Refused, match="already-consented"):
        found.consent(who=ANNA, dissent="")
    with pytest.raises(NotAllowed):
        asked().consent(who=FACILITATOR, dissent="")


def test_a_member_who_left_is_not_waited_for() -> None:
    smaller = a_circle(members=tuple(m for m in CIRCLE.members if m.person_id != CHARLOTTE.person_id))

    assert submit(consented(CHARLOTTE), circle=smaller)[0].state is proposal.State.SUBMITTED


@pytest.mark.invariant(39)
def test_an_employees_silence_holds_nothing_up() -> None:
    assert submit(consented(DORTE))[0].state is proposal.State.SUBMITTED


@pytest.mark.invariant(39)
def test_staff_neither_change_nor_reopen_the_text_once_consent_was_asked() -> None:
    for staff in (FACILITATOR, DORTE):
        with pytest.raises((NotAllowed, Refused)):
            asked().edit(who=staff, circle=CIRCLE, seen=3, title="x", summary="", recommendations=())
        with pytest.raises(NotAllowed):
            asked().reopen(who=staff)
    assert asked().reopen(who=ANNA)[0].consents == ()


@pytest.mark.invariant(29)
@pytest.mark.parametrize("held", [0, 1, 6])
def test_a_group_submits_after_as_many_meetings_as_its_charter_says(held: int) -> None:
    with pytest.raises(Refused, match="meetings-missing"):
        submit(consented(), held=held)


@pytest.mark.invariant(35)
def test_nothing_is_submitted_while_a_contribution_is_left() -> None:
    left = uuid4()
    with pytest.raises(Refused, match="contributions-left") as refused:
        submit(consented(), left=(left,))

    assert refused.value.facts["ids"] == [str(left)]


@pytest.mark.invariant(38)
def test_a_submitted_proposal_is_read_only_unless_it_comes_back() -> None:
    submitted, _ = submit(consented())
    with pytest.raises(Refused):
        submitted.edit(who=ANNA, circle=CIRCLE, seen=submitted.version, title="x", summary="", recommendations=())

    again, _ = submitted.be_returned(who=HOUSE, reason="Regn på driften.")
    assert (again.edition, again.returned_because, again.consents) == (2, "Regn på driften.", ())


def test_whoever_saw_an_older_version_overwrites_nothing() -> None:
    with pytest.raises(Refused, match="changed-meanwhile") as refused:
        a_draft().edit(who=BO, circle=CIRCLE, seen=2, title="x", summary="", recommendations=())

    assert refused.value.facts["version"] == 3
