"""The rules of meetings, minutes, contributions, themes and proposals, asked directly."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.identity import Identity
from chassis.refusal import NotAllowed, NotFound, Refused
from contracts.groups import SeatCategory
from contracts.meetings import CostClass, MeetingHeld, MinutesOverdue, ProposalSubmitted, Recommendation, RentEffect
from services.meetings.rules import contribution, meeting, minutes, proposal, theme
from services.meetings.rules.circle import Circle, Member
from services.meetings.rules.contribution import Kind
from services.meetings.rules.meeting import Call, Meeting
from services.meetings.rules.minutes import Item
from services.meetings.rules.proposal import Proposal
from tests.kit import person, secretary

HERE = uuid4()
HOUSE = Identity(association_id=HERE)
FACILITATOR, SPONSOR = person(HERE, employee=True), person(HERE, sits_in=[uuid4()])
ANNA, BO, CHARLOTTE, DORTE = (person(HERE, lives_in=[uuid4()]) for _ in range(4))
OUTSIDER = person(HERE, lives_in=[uuid4()])
STARTS = datetime(2026, 4, 8, 15, 30, tzinfo=UTC)
TODAY = date(2026, 4, 1)
CALL = Call(starts=STARTS, ends=STARTS + timedelta(hours=2), place="Selskabslokalet")


def a_circle(**more: Any) -> Circle:
    members = (
        Member(person_id=ANNA.person_id, category=SeatCategory.RESIDENT),
        Member(person_id=BO.person_id, category=SeatCategory.RESIDENT),
        Member(person_id=CHARLOTTE.person_id, category=SeatCategory.DEPARTMENT_BOARD),
        Member(person_id=DORTE.person_id, category=SeatCategory.EMPLOYEE),
    )
    usual = {"formed": True, "members": members, "questions": 2, "fewest": 2, "most": 5}
    return Circle(
        group_id=UUID(int=1),
        charter_id=UUID(int=2),
        body_id=UUID(int=3),
        facilitator_id=FACILITATOR.person_id,
        sponsor_id=SPONSOR.person_id,
        **(usual | more),
    )


CIRCLE = a_circle()


def a_meeting(state: meeting.State = meeting.State.PLANNED, **more: Any) -> Meeting:
    made, _ = meeting.plan(id=uuid4(), who=HOUSE, circle=CIRCLE, day=date(2026, 4, 8), planned=0)
    return replace(made, state=state, **more)


def convene(
    found: Meeting, circle: Circle = CIRCLE, call: Call = CALL, today: date = TODAY, who: Identity = FACILITATOR
) -> Meeting:
    return found.convene(who=who, circle=circle, call=call, today=today, notice_days=7)[0]


def hold(present: list[Identity], now: datetime = STARTS, circle: Circle = CIRCLE) -> tuple[Meeting, object]:
    there = tuple(each.person_id for each in present)
    return convene(a_meeting()).hold(who=FACILITATOR, circle=circle, present=there, guests=0, now=now, minutes_days=28)


@pytest.mark.invariant(28)
def test_only_a_formed_group_is_convened() -> None:
    with pytest.raises(Refused, match="group-not-formed"):
        convene(a_meeting(), a_circle(formed=False))


@pytest.mark.invariant(51)
def test_a_group_that_is_over_meets_no_more_and_takes_no_contributions() -> None:
    over = a_circle(closed=True)

    with pytest.raises(Refused, match="group-is-over"):
        convene(a_meeting(), over)
    with pytest.raises(Refused, match="group-is-over"):
        contribution.give(id=uuid4(), who=ANNA, circle=over, kind=Kind.WISH, text="t", meeting_id=None, now=STARTS)


@pytest.mark.invariant(31)
def test_a_meeting_is_convened_a_week_ahead_or_not_at_all() -> None:
    assert convene(a_meeting(), today=date(2026, 4, 1)).state is meeting.State.CONVENED
    with pytest.raises(Refused, match="too-short-notice"):
        convene(a_meeting(), today=date(2026, 4, 2))


@pytest.mark.invariant(56)
def test_notice_is_counted_in_danish_days_across_the_change_of_clocks() -> None:
    midnight = Call(starts=datetime(2026, 3, 31, 22, 30, tzinfo=UTC), ends=datetime(2026, 4, 1, 0, tzinfo=UTC), place="x")

    assert convene(a_meeting(), call=midnight, today=date(2026, 3, 25)).day == date(2026, 4, 1)
    with pytest.raises(Refused, match="too-short-notice"):
        convene(a_meeting(), call=midnight, today=date(2026, 3, 26))


@pytest.mark.parametrize(
    ("call", "slug"),
    [(replace(CALL, ends=STARTS), "ends-before-start"), (replace(CALL, place=""), "meeting-nowhere")],
)
def test_a_meeting_needs_an_end_and_somewhere_to_be(call: Call, slug: str) -> None:
    with pytest.raises(Refused, match=slug):
        convene(a_meeting(), call=call)


def test_an_online_link_is_somewhere_to_be() -> None:
    assert convene(a_meeting(), call=replace(CALL, place="", online_link="https://mode.example/x")).call


@pytest.mark.parametrize("who", [ANNA, OUTSIDER])
def test_a_member_or_an_outsider_convenes_nobody(who: Identity) -> None:
    with pytest.raises(NotAllowed):
        convene(a_meeting(), who=who)


@pytest.mark.invariant(30)
def test_a_meeting_is_not_held_before_it_begins() -> None:
    with pytest.raises(Refused, match="meeting-not-begun"):
        hold([ANNA, BO], now=STARTS - timedelta(minutes=1))


@pytest.mark.invariant(30)
@pytest.mark.parametrize("present", [[ANNA], [CHARLOTTE, DORTE], []])
def test_a_meeting_needs_half_of_the_members_and_a_resident(present: list[Identity]) -> None:
    with pytest.raises(Refused, match="no-quorum"):
        hold(present)


@pytest.mark.invariant(30)
def test_the_same_person_twice_is_one_person() -> None:
    with pytest.raises(Refused, match="no-quorum"):
        hold([ANNA, ANNA])


def test_somebody_who_is_no_member_does_not_count_as_present() -> None:
    with pytest.raises(Refused, match="present-not-a-member"):
        hold([ANNA, BO, OUTSIDER])


def test_a_held_meeting_tells_how_many_were_there_and_when_its_minutes_are_due() -> None:
    held, told = hold([ANNA, CHARLOTTE])

    assert isinstance(told, MeetingHeld) and told.present == 2
    assert held.minutes_by == date(2026, 5, 6)


@pytest.mark.invariant(29)
def test_no_more_meetings_are_planned_than_the_charter_allows() -> None:
    assert meeting.plan(id=uuid4(), who=FACILITATOR, circle=CIRCLE, day=TODAY, planned=4)
    with pytest.raises(Refused, match="too-many-meetings"):
        meeting.plan(id=uuid4(), who=FACILITATOR, circle=CIRCLE, day=TODAY, planned=5)


def test_a_meeting_is_called_off_only_with_a_reason() -> None:
    with pytest.raises(Refused, match="reason-needed"):
        convene(a_meeting()).cancel(who=FACILITATOR, reason="  ")


@pytest.mark.invariant(33)
def test_minutes_are_late_only_after_their_last_day_and_that_is_said_once() -> None:
    held, _ = hold([ANNA, BO])

    with pytest.raises(Refused):
        held.miss_minutes(who=HOUSE, day=date(2026, 5, 6))
    late, told = held.miss_minutes(who=HOUSE, day=date(2026, 5, 7))
    assert isinstance(told, MinutesOverdue)
    with pytest.raises(Refused):
        late.miss_minutes(who=HOUSE, day=date(2026, 5, 8))


def some_minutes() -> minutes.Minutes:
    held, _ = hold([ANNA, BO])
    items = (Item(title="Booking", text="Vi talte om booking."), Item(title="En klage", text="Fru N.s sag", closed=True))
    return minutes.draft(id=uuid4(), who=FACILITATOR, of=held, items=items)[0]


@pytest.mark.invariant(33)
def test_the_public_minutes_show_a_closed_item_by_its_heading_only() -> None:
    public = some_minutes().public_items

    assert [(item.title, item.text) for item in public] == [("Booking", "Vi talte om booking."), ("En klage", "")]


def test_minutes_are_written_of_a_held_meeting_by_those_who_lead_it() -> None:
    held, _ = hold([ANNA, BO])

    with pytest.raises(Refused, match="meeting-not-held"):
        minutes.draft(id=uuid4(), who=FACILITATOR, of=convene(a_meeting()), items=(Item(title="x"),))
    with pytest.raises(NotAllowed):
        minutes.draft(id=uuid4(), who=ANNA, of=held, items=(Item(title="x"),))
    with pytest.raises(Refused, match="empty-minutes"):
        minutes.draft(id=uuid4(), who=FACILITATOR, of=held, items=())


def test_members_comment_on_minutes_and_others_do_not() -> None:
    sent, _ = some_minutes().send_for_comments(who=FACILITATOR)

    assert sent.comment(who=ANNA, circle=CIRCLE, text="Husk ...", now=STARTS)[0].comments[0].person_id == ANNA.person_id
    with pytest.raises(NotAllowed):
        sent.comment(who=OUTSIDER, circle=CIRCLE, text="x", now=STARTS)


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


def test_themes_are_named_by_those_who_take_part() -> None:
    assert theme.name_theme(id=uuid4(), who=BO, circle=CIRCLE, name="Booking")[0].name == "Booking"
    with pytest.raises(NotAllowed):
        theme.name_theme(id=uuid4(), who=OUTSIDER, circle=CIRCLE, name="Booking")


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
