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
    return Recommendation(**({"id": uuid4(), "first_step": "Indhent tilbud."} | usual | more))


def a_draft() -> Proposal:
    made, _ = proposal.draft(id=uuid4(), who=ANNA, circle=CIRCLE, title="Lokaler", summary="")
    return replace(made, version=3)


def asked(*points: Recommendation, circle: Circle = CIRCLE) -> Proposal:
    return a_draft().ask_consent(who=ANNA, circle=circle, recommendations=points or (a_point(),))[0]


def consented(*silent: Identity) -> Proposal:
    found = asked()
    for who in (ANNA, BO, CHARLOTTE, DORTE):
        if who not in silent:
            found, _ = found.consent(who=who, circle=CIRCLE, dissent="Jeg er uenig i punkt 1." if who is BO else "")
    return found


def submit(
    found: Proposal,
    who: Identity = ANNA,
    held: int = 3,
    left: tuple[UUID, ...] = (),
    circle: Circle = CIRCLE,
    points: tuple[Recommendation, ...] = (),
    before: tuple[Recommendation, ...] = (),
) -> Any:
    points = points or (a_point(),)
    return found.submit(who=who, circle=circle, held=held, recommendations=points, before=before, open_contributions=left)


def without(somebody: Identity) -> Circle:
    return a_circle(members=tuple(member for member in CIRCLE.members if member.person_id != somebody.person_id))


@pytest.mark.invariant(36)
def test_consent_is_not_asked_for_a_proposal_without_a_recommendation() -> None:
    with pytest.raises(Refused, match="no-recommendation"):
        a_draft().ask_consent(who=ANNA, circle=CIRCLE, recommendations=())


@pytest.mark.invariant(36)
@pytest.mark.parametrize("question", [-1, 2])
def test_every_recommendation_answers_a_question_of_the_charter(question: int) -> None:
    with pytest.raises(Refused, match="unknown-question"):
        asked(a_point(question=question))


@pytest.mark.invariant(36)
def test_every_recommendation_has_a_first_step() -> None:
    with pytest.raises(Refused, match="no-first-step") as refused:
        asked(a_point(), a_point(first_step=" "))

    assert refused.value.facts["number"] == 2


def test_a_proposal_that_would_not_go_into_one_letter_is_refused_before_anybody_is_asked() -> None:
    with pytest.raises(Refused, match="proposal-too-long"):
        asked(*(a_point(text="ø" * 2000) for _ in range(12)))


def test_dissents_that_would_not_go_into_the_letter_are_given_back() -> None:
    found = asked()
    for who in (ANNA, BO):
        found, _ = found.consent(who=who, circle=CIRCLE, dissent="ø" * 3000)
    with pytest.raises(Refused, match="dissents-too-long") as refused:
        found.consent(who=CHARLOTTE, circle=CIRCLE, dissent="ø" * 3000)

    assert refused.value.facts["yours"] == "ø" * 3000
    assert found.consent(who=CHARLOTTE, circle=CIRCLE, dissent="")


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


@pytest.mark.invariant(37)
def test_nobody_answers_twice_or_for_somebody_else() -> None:
    found = consented()

    with pytest.raises(Refused, match="already-consented"):
        found.consent(who=ANNA, circle=CIRCLE, dissent="")
    with pytest.raises(NotAllowed):
        asked().consent(who=FACILITATOR, circle=CIRCLE, dissent="")


def test_staff_may_write_an_answer_down_for_somebody_on_paper_and_that_is_kept() -> None:
    staff = uuid4()
    answered, _ = asked().consent(who=replace(ANNA, act=staff), circle=CIRCLE, dissent="")

    assert [(each.person_id, each.written_by) for each in answered.consents] == [(ANNA.person_id, staff)]


@pytest.mark.invariant(37)
def test_a_member_who_left_during_the_round_is_still_asked_and_may_still_answer() -> None:
    smaller = without(CHARLOTTE)

    with pytest.raises(Refused, match="consent-missing"):
        submit(consented(CHARLOTTE), circle=smaller)
    answered, _ = consented(CHARLOTTE).consent(who=CHARLOTTE, circle=smaller, dissent="")
    assert submit(answered, circle=smaller)[0].state is proposal.State.SUBMITTED


@pytest.mark.invariant(37)
def test_somebody_who_joined_during_the_round_neither_answers_nor_submits() -> None:
    asked_before = asked(circle=without(BO))

    with pytest.raises(NotAllowed):
        asked_before.consent(who=BO, circle=CIRCLE, dissent="")
    with pytest.raises(NotAllowed):
        submit(consented(), who=OUTSIDER)
    with pytest.raises(NotAllowed):
        asked_before.reopen(who=BO, circle=CIRCLE)


def test_who_left_neither_submits_nor_reopens() -> None:
    smaller = without(CHARLOTTE)

    with pytest.raises(NotAllowed):
        submit(consented(), who=CHARLOTTE, circle=smaller)
    with pytest.raises(NotAllowed):
        consented().reopen(who=CHARLOTTE, circle=smaller)


@pytest.mark.invariant(39)
def test_an_employees_silence_holds_nothing_up() -> None:
    assert submit(consented(DORTE))[0].state is proposal.State.SUBMITTED


@pytest.mark.invariant(39)
def test_a_facilitator_with_a_seat_is_not_asked() -> None:
    seated = replace(CIRCLE, facilitator_id=DORTE.person_id)

    assert DORTE.person_id not in {member.person_id for member in asked(circle=seated).roster}
    with pytest.raises(NotAllowed):
        asked(circle=seated).consent(who=DORTE, circle=seated, dissent="Nej.")


@pytest.mark.invariant(39)
def test_staff_neither_change_nor_reopen_the_text_once_consent_was_asked() -> None:
    for staff in (FACILITATOR, DORTE):
        with pytest.raises((NotAllowed, Refused)):
            asked().edit(who=staff, circle=CIRCLE, seen=3, title="x", summary="")
        with pytest.raises(NotAllowed):
            asked().reopen(who=staff, circle=CIRCLE)
    assert asked().reopen(who=ANNA, circle=CIRCLE)[0].consents == ()


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
        submitted.edit(who=ANNA, circle=CIRCLE, seen=submitted.version, title="x", summary="")

    again, told = submitted.be_returned(who=HOUSE, reason="Regn på driften.")
    assert (again.edition, again.returned_because, again.consents) == (2, "Regn på driften.", ())
    assert set(told.members) == {who.person_id for who in (ANNA, BO, CHARLOTTE, DORTE)}


@pytest.mark.invariant(38)
def test_the_next_edition_tells_what_is_new_changed_and_gone() -> None:
    same, old, gone, new = (a_point() for _ in range(4))
    changed = replace(old, text="Noget andet")
    again = replace(consented(), edition=2)

    _, told = submit(again, points=(same, changed, new), before=(same, old, gone))
    assert (told.changed, told.taken_out) == ((changed.id, new.id), (gone.id,))


def test_whoever_saw_an_older_version_overwrites_nothing_and_gets_back_what_they_wrote() -> None:
    with pytest.raises(Refused, match="changed-meanwhile") as refused:
        a_draft().edit(who=BO, circle=CIRCLE, seen=2, title="x", summary="mit")

    assert refused.value.facts == {
        "version": 3,
        "now": {"title": "Lokaler", "summary": ""},
        "yours": {"title": "x", "summary": "mit"},
    }


def test_handing_over_is_offered_when_all_have_answered() -> None:
    assert proposal.open_to(consented(CHARLOTTE), CIRCLE, ANNA) == ["reopen"]
    assert proposal.open_to(consented(DORTE), CIRCLE, ANNA) == ["reopen", "submit"]
    assert proposal.open_to(consented(DORTE), CIRCLE, DORTE) == ["consent", "submit"]


def test_when_the_group_is_over_nobody_is_asked_or_answers() -> None:
    with pytest.raises(Refused, match="group-is-over"):
        asked().consent(who=ANNA, circle=a_circle(closed=True), dissent="")
    assert proposal.open_to(asked(), a_circle(closed=True), ANNA) == []
