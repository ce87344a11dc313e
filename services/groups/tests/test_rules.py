"""What the rules of charters, groups and sign-ups promise."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from chassis.identity import Identity
from chassis.refusal import NotAllowed, Refused
from contracts.groups import (
    CharterCameIntoForce,
    CharterProposed,
    GroupDissolved,
    GroupFormed,
    MemberLeft,
    ReserveListed,
    SeatAccepted,
    SeatCategory,
    SeatOffered,
    SeatPlan,
    Topic,
)
from contracts.people import BodyKind, Policy
from services.groups.rules import charter, group, sign_up
from services.groups.rules.charter import Charter
from services.groups.rules.consent import Consent
from services.groups.rules.group import Circle, Group
from services.groups.rules.lack import missing
from services.groups.rules.seat import Standing, fits, standing_of, vacant
from services.groups.rules.sign_up import Application, SignUp
from services.groups.rules.wording import Selection, Wording, finished, revised
from tests.kit import person, secretary

HERE, BODY, HOME = uuid4(), uuid4(), uuid4()
HOUSE = Identity(association_id=HERE)
SECRETARY = secretary(HERE)
MEMBER = person(HERE, sits_in=[BODY])
CHAIR = person(HERE, sits_in=[BODY], seat="chair")
ALTERNATE = person(HERE, sits_in=[BODY], seat="alternate")
OUTSIDER = person(HERE, sits_in=[uuid4()])
RESIDENT = person(HERE, lives_in=[HOME])
FACILITATOR = uuid4()
NOW = datetime(2026, 2, 24, 12, tzinfo=UTC)
TODAY = date(2026, 2, 24)
assert MEMBER.person_id
MEMBERS = frozenset({MEMBER.person_id})
WORDING = Wording(
    title="Bedre kommunikation under renoveringer",
    background="Beboerne får besked for sent.",
    purpose="Foreslå en fælles standard.",
    frames="Højst 60.000 kr. om året.",
    questions=("Hvad varsler vi, hvornår og hvordan?",),
    not_up_for_change="Hvad der renoveres.",
    stakeholders=("Beboere i de afdelinger, der skal renoveres",),
    topic=Topic.RENOVATION,
    openness=4,
    facilitator_hours=40,
    seats=(
        SeatPlan(category=SeatCategory.RESIDENT, places=6),
        SeatPlan(category=SeatCategory.DEPARTMENT_BOARD, places=2),
        SeatPlan(category=SeatCategory.ORGANISATION_BOARD, places=2),
        SeatPlan(category=SeatCategory.EMPLOYEE, places=2),
    ),
    sign_up_until=date(2026, 3, 15),
    meetings=(date(2026, 3, 24), date(2026, 4, 14), date(2026, 5, 5), date(2026, 5, 26)),
    handover=date(2026, 6, 9),
    decision_by=date(2026, 6, 23),
    sponsor_id=MEMBER.person_id,
    facilitator_id=FACILITATOR,
    facilitator_employed=True,
)


def drafted(who: Identity = MEMBER, **more: Any) -> Charter:
    facts = {"body": BodyKind.ORGANISATION_BOARD, "body_department": None, "department_ids": None, "idea_id": None} | more
    return charter.draft(id=uuid4(), who=who, title="Kort titel", body_id=BODY, now=NOW, **facts)[0]


def written(state: charter.State = charter.State.DRAFT, **says: Any) -> Charter:
    return replace(drafted(), wording=replace(WORDING, **says), state=state)


def propose(draft: Charter, who: Identity = MEMBER, **facts: Any) -> tuple[Charter, Any]:
    return draft.propose(who=who, **({"policy": Policy(), "members": MEMBERS, "today": TODAY} | facts))


def lacks(**says: Any) -> set[tuple[str, str]]:
    found = missing(replace(WORDING, **says), policy=Policy(), members=MEMBERS, today=TODAY)
    return {(lack.field, lack.no.slug) for lack in found}


def a_group(state: group.State = group.State.SELECTING, **more: Any) -> Group:
    opened, _ = group.open_group(
        id=uuid4(), who=HOUSE, charter_id=uuid4(), body_id=BODY, idea_id=None, text=finished(WORDING), now=NOW
    )
    return replace(opened, state=state, **more)


def form(found: Group, **facts: Any) -> tuple[Group, Any]:
    circle = Circle(**({"residents_without_office": 1, "body_members": 1, "unanswered": 0} | facts.pop("circle", {})))
    return found.form(who=MEMBER, **({"charter_in_force": True, "circle": circle, "today": TODAY} | facts))


def signed_up(who: Identity = RESIDENT, **facts: Any) -> SignUp:
    usual = {
        "group_id": uuid4(),
        "body_id": BODY,
        "open_now": True,
        "categories": frozenset({SeatCategory.RESIDENT}),
        "standing": Standing(departments=(HOME,)),
        "signed_up": False,
    }
    wrote = {"category": SeatCategory.RESIDENT, "brings": "Jeg har boet i en renovering.", "first_time": True}
    says = Application(**(wrote | {name: facts.pop(name) for name in Application.__slots__ if name in facts}))
    return sign_up.apply(id=uuid4(), who=who, now=NOW, today=TODAY, says=says, **(usual | facts))[0]


def in_state(state: sign_up.State, **more: Any) -> SignUp:
    return replace(signed_up(), state=state, **more)


def offer(found: SignUp, who: Identity = MEMBER, **facts: Any) -> tuple[SignUp, Any]:
    usual = {"today": TODAY, "offer_days": 7, "vacant": 1, "group_over": False, "their_turn": True, "household_seated": False}
    return found.offer(who=who, **(usual | facts))


# The charter


@pytest.mark.invariant(12)
@pytest.mark.parametrize("field", ["background", "purpose", "frames", "not_up_for_change"])
def test_a_charter_is_not_proposed_while_a_text_is_missing(field: str) -> None:
    with pytest.raises(Refused, match="charter-incomplete") as no:
        propose(written(**{field: ""}))

    assert no.value.facts["missing"] == [{"field": field, "slug": "fill-in"}]


@pytest.mark.invariant(12)
@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("questions", ()),
        ("stakeholders", ()),
        ("topic", None),
        ("openness", None),
        ("facilitator_hours", None),
        ("seats", ()),
        ("meetings", ()),
        ("sign_up_until", None),
        ("handover", None),
        ("decision_by", None),
    ],
)
def test_a_charter_is_not_proposed_without_a_timetable_a_question_and_a_circle(field: str, empty: object) -> None:
    assert {name for name, _ in lacks(**{field: empty})} == {field}


@pytest.mark.invariant(12)
def test_an_empty_charter_is_told_all_that_it_lacks_at_once() -> None:
    with pytest.raises(Refused) as no:
        propose(drafted())

    assert {lack["field"] for lack in no.value.facts["missing"]} == {
        *("background", "purpose", "frames", "not_up_for_change", "questions", "seats", "meetings"),
        *("sign_up_until", "handover", "decision_by", "sponsor_id", "facilitator_id", "facilitator_hours"),
        *("stakeholders", "topic", "openness"),
    }


@pytest.mark.invariant(12)
def test_a_complete_charter_is_proposed_with_all_that_it_says() -> None:
    proposed, told = propose(written())

    assert proposed.state is charter.State.PROPOSED
    assert isinstance(told, CharterProposed)
    assert (told.edition, told.text.meetings, told.text.selection) == (1, WORDING.meetings, Selection.BOARD_SELECTION)


@pytest.mark.parametrize(
    ("who", "may"), [(SECRETARY, True), (MEMBER, True), (ALTERNATE, False), (OUTSIDER, False), (RESIDENT, False)]
)
def test_a_secretary_or_a_voting_member_of_the_body_writes_the_charter(who: Identity, may: bool) -> None:
    if may:
        assert drafted(who).drafted_by == who.person_id
        assert written().edit(who=who, wording=WORDING)[0].wording == WORDING
        return
    for attempt in (lambda: drafted(who), lambda: written().edit(who=who, wording=WORDING), lambda: propose(written(), who)):
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.invariant(13)
@pytest.mark.parametrize("body", [BodyKind.SUPREME_AUTHORITY, BodyKind.DEPARTMENT_MEETING])
def test_only_an_organisation_board_or_a_department_board_commissions_a_group(body: BodyKind) -> None:
    with pytest.raises(Refused, match="body-cannot-commission"):
        drafted(body=body)


@pytest.mark.invariant(13)
def test_a_department_board_commissions_for_its_own_department_only() -> None:
    board = {"body": BodyKind.DEPARTMENT_BOARD, "body_department": HOME}

    assert drafted(**board).wording.department_ids == (HOME,)
    assert drafted(**board, department_ids=(HOME,)).wording.department_ids == (HOME,)
    for others in ((), (uuid4(),), (HOME, uuid4())):
        with pytest.raises(Refused, match="own-department-only"):
            drafted(**board, department_ids=others)


@pytest.mark.invariant(13)
@pytest.mark.parametrize("verb", ["come_into_force", "be_returned", "be_rejected"])
def test_nobody_but_the_house_passes_on_what_the_body_decided(verb: str) -> None:
    facts: dict[str, Any] = {"policy": Policy(), "policy_version": 1} if verb == "come_into_force" else {"reason": "Nej"}

    for who in (SECRETARY, CHAIR):
        with pytest.raises(NotAllowed):
            getattr(written(charter.State.PROPOSED), verb)(who=who, **facts)


@pytest.mark.invariant(14)
def test_the_organisation_board_commissions_for_a_department_that_has_no_board() -> None:
    assert drafted(department_ids=(HOME,)).wording.department_ids == (HOME,)


@pytest.mark.invariant(16)
@pytest.mark.parametrize("who", [SECRETARY, MEMBER, CHAIR])
def test_a_charter_in_force_is_never_changed(who: Identity) -> None:
    with pytest.raises(Refused, match="charter-in-force"):
        written(charter.State.IN_FORCE).edit(who=who, wording=WORDING)


@pytest.mark.parametrize("state", [charter.State.PROPOSED, charter.State.REJECTED])
def test_what_lies_before_the_body_is_not_changed(state: charter.State) -> None:
    with pytest.raises(Refused, match="not-now"):
        written(state).edit(who=MEMBER, wording=WORDING)


def test_a_returned_charter_is_proposed_again_as_the_next_edition() -> None:
    returned, _ = written(charter.State.PROPOSED).be_returned(who=HOUSE, reason="Skriv om økonomien")
    assert returned.reason == "Skriv om økonomien"

    again, told = propose(returned)
    assert (again.edition, told.edition, again.reason) == (2, 2, "")


@pytest.mark.invariant(17)
def test_the_body_decides_after_the_last_planned_meeting() -> None:
    last = WORDING.meetings[-1]

    assert lacks(decision_by=last, handover=last) == {("decision_by", "decision-after-meetings")}
    assert lacks(decision_by=last + timedelta(days=1), handover=last) == set()
    assert lacks(decision_by=date(2026, 6, 8)) == {("decision_by", "decision-after-handover")}


@pytest.mark.parametrize(
    ("says", "lack"),
    [
        ({"sign_up_until": date(2026, 3, 24)}, ("sign_up_until", "sign-up-before-meetings")),
        ({"sign_up_until": date(2026, 2, 23)}, ("sign_up_until", "sign-up-date-past")),
        ({"meetings": (date(2026, 4, 14), date(2026, 3, 24))}, ("meetings", "meetings-order")),
        ({"meetings": (date(2026, 4, 14), date(2026, 4, 14))}, ("meetings", "meetings-order")),
        ({"handover": date(2026, 5, 25)}, ("handover", "handover-after-meetings")),
    ],
)
def test_the_dates_of_a_charter_follow_each_other(says: dict[str, Any], lack: tuple[str, str]) -> None:
    assert lacks(**says) == {lack}


def test_the_last_day_of_sign_up_may_be_today() -> None:
    assert lacks(sign_up_until=TODAY) == set()


@pytest.mark.invariant(18)
def test_the_sponsor_is_a_voting_member_of_the_body() -> None:
    assert lacks(sponsor_id=uuid4()) == {("sponsor_id", "sponsor-outside-body")}


@pytest.mark.invariant(18)
def test_the_facilitator_is_employed_or_hired() -> None:
    assert lacks(facilitator_employed=False) == {("facilitator_id", "facilitator-not-hired")}


@pytest.mark.invariant(18)
def test_nobody_is_sponsor_and_facilitator_at_once() -> None:
    assert lacks(facilitator_id=MEMBER.person_id) == {("facilitator_id", "sponsor-is-facilitator")}


@pytest.mark.invariant(18)
def test_that_the_last_facilitator_was_hired_says_nothing_about_the_next() -> None:
    assert not revised(WORDING, {"facilitator_id": uuid4()}).facilitator_employed
    assert revised(WORDING, {"facilitator_id": uuid4(), "facilitator_employed": True}).facilitator_employed
    assert revised(WORDING, {"facilitator_id": FACILITATOR}).facilitator_employed


@pytest.mark.invariant(19)
@pytest.mark.parametrize(("meetings", "fine"), [(1, False), (2, True), (5, True), (6, False)])
def test_the_number_of_meetings_lies_within_the_policy(meetings: int, fine: bool) -> None:
    days = tuple(date(2026, 4, 1) + timedelta(days=n) for n in range(meetings))

    assert lacks(meetings=days) == (set() if fine else {("meetings", "meetings-count")})


@pytest.mark.invariant(19)
def test_the_policy_in_force_is_kept_with_the_charter() -> None:
    adopted, told = written(charter.State.PROPOSED).come_into_force(
        who=HOUSE, policy=Policy(meetings_min=3, meetings_max=4), policy_version=7
    )

    assert (adopted.policy_version, adopted.meetings_min, adopted.meetings_max) == (7, 3, 4)
    assert isinstance(told, CharterCameIntoForce)
    assert (told.meetings_min, told.meetings_max, told.group_id) == (3, 4, adopted.group_id)


@pytest.mark.invariant(24)
def test_residents_have_more_than_half_of_the_seats_or_the_charter_says_why_not() -> None:
    half = (SeatPlan(category=SeatCategory.RESIDENT, places=2), SeatPlan(category=SeatCategory.EMPLOYEE, places=2))

    assert lacks(seats=half) == {("minority_reason", "resident-majority")}
    assert lacks(seats=half, minority_reason="Det handler om driftens egne vaner.") == set()
    assert lacks(seats=(half[0], SeatPlan(category=SeatCategory.EMPLOYEE, places=1))) == set()


@pytest.mark.invariant(24)
def test_members_of_department_boards_count_as_residents() -> None:
    categories = (SeatCategory.RESIDENT, SeatCategory.DEPARTMENT_BOARD, SeatCategory.ORGANISATION_BOARD)

    assert lacks(seats=tuple(SeatPlan(category=category, places=1) for category in categories)) == set()


def test_a_category_stands_once() -> None:
    assert ("seats", "category-twice") in lacks(seats=(SeatPlan(category=SeatCategory.RESIDENT, places=2),) * 2)


# The group


@pytest.mark.invariant(20)
def test_no_group_without_a_charter_in_force() -> None:
    with pytest.raises(Refused, match="charter-not-in-force"):
        form(a_group(), charter_in_force=False)
    with pytest.raises(NotAllowed):
        group.open_group(
            id=uuid4(), who=SECRETARY, charter_id=uuid4(), body_id=BODY, idea_id=None, text=finished(WORDING), now=NOW
        )


@pytest.mark.invariant(20)
def test_one_charter_sets_up_one_group() -> None:
    one = written()

    assert one.group_id == replace(one, edition=2).group_id
    assert one.group_id != written().group_id


@pytest.mark.invariant(23)
@pytest.mark.parametrize(
    ("absent", "slug"), [("residents_without_office", "resident-needed"), ("body_members", "body-member-needed")]
)
def test_a_group_is_formed_only_with_a_resident_and_a_member_of_the_body(absent: str, slug: str) -> None:
    with pytest.raises(Refused, match=slug):
        form(a_group(), circle={absent: 0})


@pytest.mark.invariant(23)
def test_a_group_is_formed_only_with_a_facilitator() -> None:
    with pytest.raises(Refused, match="facilitator-needed"):
        form(a_group(facilitator_id=None))


@pytest.mark.invariant(23)
def test_a_group_with_everybody_it_needs_is_formed() -> None:
    formed, told = form(a_group())

    assert (formed.state, formed.formed_on) == (group.State.FORMED, TODAY)
    assert isinstance(told, GroupFormed)


@pytest.mark.invariant(25)
def test_a_group_is_not_formed_while_an_applicant_has_no_answer() -> None:
    with pytest.raises(Refused, match="applicants-unanswered") as no:
        form(a_group(), circle={"unanswered": 3})

    assert no.value.facts == {"unanswered": 3}


@pytest.mark.invariant(25)
@pytest.mark.parametrize("state", [group.State.RECRUITING, group.State.SELECTING])
def test_no_meeting_starts_a_group_that_is_not_formed(state: group.State) -> None:
    with pytest.raises(Refused, match="not-now"):
        a_group(state).start(who=HOUSE)


@pytest.mark.invariant(51)
def test_a_decided_group_closes_and_does_nothing_more() -> None:
    handed, _ = a_group(group.State.ACTIVE).hand_over(who=HOUSE, proposal_id=uuid4(), edition=1)
    decided, _ = handed.decide(who=HOUSE, decision_id=uuid4(), outcome="adopted")
    closed, _ = decided.close(who=HOUSE)

    assert (closed.state, closed.over) == (group.State.CLOSED, True)
    for again in (lambda: closed.start(who=HOUSE), lambda: closed.dissolve(who=CHAIR, reason="For sent")):
        with pytest.raises(Refused, match="not-now"):
            again()


def test_a_proposal_that_is_sent_back_puts_the_group_to_work_again() -> None:
    handed, _ = a_group(group.State.ACTIVE).hand_over(who=HOUSE, proposal_id=uuid4(), edition=1)
    decision_id = uuid4()
    resumed, _ = handed.resume(who=HOUSE, today=TODAY, decision_id=decision_id)

    assert resumed.state is group.State.ACTIVE
    for other in (1, 3):
        with pytest.raises(Refused, match="not-now"):
            resumed.hand_over(who=HOUSE, proposal_id=uuid4(), edition=other)
    again, _ = resumed.hand_over(who=HOUSE, proposal_id=uuid4(), edition=2)
    with pytest.raises(Refused):
        again.resume(who=HOUSE, today=TODAY, decision_id=decision_id)


@pytest.mark.invariant(52)
@pytest.mark.parametrize("reason", ["", "  "])
def test_a_group_is_not_dissolved_without_a_reason(reason: str) -> None:
    with pytest.raises(Refused, match="reason-needed"):
        a_group().dissolve(who=CHAIR, reason=reason)


@pytest.mark.invariant(52)
@pytest.mark.parametrize(("who", "may"), [(SECRETARY, True), (CHAIR, True), (MEMBER, False), (RESIDENT, False)])
def test_a_secretary_or_the_chair_of_the_body_dissolves_a_group(who: Identity, may: bool) -> None:
    if may:
        assert isinstance(a_group().dissolve(who=who, reason="Ingen tid")[1], GroupDissolved)
        return
    with pytest.raises(NotAllowed):
        a_group().dissolve(who=who, reason="Ingen tid")


@pytest.mark.invariant(52)
def test_a_group_that_has_not_met_for_ninety_days_falls_still_once() -> None:
    formed, _ = form(a_group())
    late = {"who": HOUSE, "last_met": None, "still_days": 90, "members": ()}

    for soon in (
        {"day": TODAY + timedelta(days=90)},
        {"day": TODAY + timedelta(days=91), "last_met": TODAY + timedelta(days=1)},
    ):
        with pytest.raises(Refused, match="not-now"):
            formed.fall_still(**late | soon)
    still, told = formed.fall_still(**late | {"day": TODAY + timedelta(days=91)})
    assert (still.still_since, told.since) == (TODAY, TODAY)
    with pytest.raises(Refused, match="not-now"):
        still.fall_still(**late | {"day": TODAY + timedelta(days=200)})
    with pytest.raises(Refused, match="not-now"):
        still.stir(who=HOUSE, met=TODAY)  # a meeting that is heard of late
    assert still.stir(who=HOUSE, met=TODAY + timedelta(days=92))[0].still_since is None


# Seats and sign-ups


@pytest.mark.parametrize(
    ("category", "standing", "fine"),
    [
        (SeatCategory.RESIDENT, Standing(departments=(HOME,)), True),
        (SeatCategory.RESIDENT, Standing(employee=True), False),
        (SeatCategory.DEPARTMENT_BOARD, Standing(boards=frozenset({BodyKind.DEPARTMENT_BOARD})), True),
        (SeatCategory.DEPARTMENT_BOARD, Standing(boards=frozenset({BodyKind.ORGANISATION_BOARD})), False),
        (SeatCategory.ORGANISATION_BOARD, Standing(boards=frozenset({BodyKind.ORGANISATION_BOARD})), True),
        (SeatCategory.ORGANISATION_BOARD, Standing(departments=(HOME,)), False),
        (SeatCategory.EMPLOYEE, Standing(employee=True), True),
        (SeatCategory.EMPLOYEE, Standing(departments=(HOME,)), False),
        (SeatCategory.EXTERNAL, Standing(), True),
    ],
)
def test_a_seat_is_for_those_who_are_what_it_says(category: SeatCategory, standing: Standing, fine: bool) -> None:
    assert fits(category, standing) is fine


def test_an_alternate_holds_no_office_and_an_unknown_body_counts_as_a_board() -> None:
    assert not standing_of(ALTERNATE, body_id=BODY, kinds={BODY: BodyKind.ORGANISATION_BOARD}).has_board_office
    assert standing_of(MEMBER, body_id=BODY, kinds={}).has_board_office
    assert not standing_of(MEMBER, body_id=BODY, kinds={BODY: BodyKind.SUPREME_AUTHORITY}).has_board_office


@pytest.mark.invariant(27)
def test_people_sign_up_themselves_and_nobody_is_signed_up_by_the_house() -> None:
    assert signed_up().person_id == RESIDENT.person_id
    assert signed_up().state is sign_up.State.APPLIED
    with pytest.raises(NotAllowed):
        signed_up(HOUSE)


@pytest.mark.parametrize(
    ("facts", "slug"),
    [
        ({"open_now": False}, "sign-up-closed"),
        ({"signed_up": True}, "already-signed-up"),
        ({"category": SeatCategory.EXTERNAL}, "no-such-seat"),
        ({"standing": Standing(employee=True)}, "not-your-category"),
    ],
)
def test_an_application_that_cannot_be_is_refused(facts: dict[str, Any], slug: str) -> None:
    with pytest.raises(Refused, match=slug):
        signed_up(**facts)


def test_the_last_day_of_sign_up_is_included() -> None:
    recruiting = a_group(group.State.RECRUITING)

    assert group.open_for_sign_up(recruiting, today=date(2026, 3, 15))
    assert not group.open_for_sign_up(recruiting, today=date(2026, 3, 16))
    assert not group.open_for_sign_up(a_group(group.State.SELECTING), today=TODAY)


@pytest.mark.invariant(21)
@pytest.mark.parametrize("who", [SECRETARY, CHAIR, person(HERE, lives_in=[HOME]), HOUSE])
@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_nobody_answers_an_offer_for_somebody_else(who: Identity, answer: str) -> None:
    facts: dict[str, Any] = {"today": TODAY} | ({"group_over": False} if answer == "accept" else {})

    with pytest.raises(NotAllowed):
        getattr(offer(signed_up())[0], answer)(who=who, **facts)


@pytest.mark.invariant(21)
@pytest.mark.parametrize("state", [s for s in sign_up.State if s is not sign_up.State.OFFERED])
def test_nobody_becomes_a_member_without_an_offer(state: sign_up.State) -> None:
    with pytest.raises(Refused, match="not-now"):
        in_state(state).accept(who=RESIDENT, today=TODAY, group_over=False)


@pytest.mark.invariant(21)
def test_staff_write_down_a_yes_on_paper_only_with_a_note_of_how_it_was_given() -> None:
    staff = uuid4()
    on_paper = replace(RESIDENT, act=staff)
    offered, _ = offer(signed_up())

    with pytest.raises(Refused, match="consent-note-needed"):
        offered.accept(who=on_paper, today=TODAY, group_over=False, consent_note=" ")
    accepted, told = offered.accept(who=on_paper, today=TODAY, group_over=False, consent_note="Brev af 1. marts")
    assert accepted.consents == (Consent(move="accept", note="Brev af 1. marts", taken_by=staff, on=TODAY),)
    assert isinstance(told, SeatAccepted)


@pytest.mark.invariant(21)
def test_an_offer_is_good_until_the_end_of_its_last_day() -> None:
    offered, told = offer(signed_up())
    last = TODAY + timedelta(days=7)
    assert isinstance(told, SeatOffered)
    assert told.answer_by == last

    assert offered.accept(who=RESIDENT, today=last, group_over=False)[0].state is sign_up.State.ACCEPTED
    with pytest.raises(Refused, match="offer-expired"):
        offered.accept(who=RESIDENT, today=last + timedelta(days=1), group_over=False)
    with pytest.raises(Refused, match="not-now"):
        offered.expire(who=HOUSE, day=last)
    assert offered.expire(who=HOUSE, day=last + timedelta(days=1))[0].state is sign_up.State.EXPIRED


@pytest.mark.invariant(22)
def test_no_place_is_offered_that_is_taken_or_on_offer() -> None:
    assert [vacant(places=2, taken=taken, offered=offered) for taken, offered in ((0, 0), (1, 0), (1, 1), (2, 1))] == [2, 1, 0, 0]
    with pytest.raises(Refused, match="no-place-left"):
        offer(signed_up(), vacant=0)


@pytest.mark.invariant(22)
def test_whoever_misses_the_last_place_is_a_reserve() -> None:
    missed, told = offer(signed_up())[0].miss(who=HOUSE)

    assert (missed.state, missed.answer_by) == (sign_up.State.RESERVE, None)
    assert isinstance(told, ReserveListed)
    with pytest.raises(NotAllowed):
        offer(signed_up())[0].miss(who=RESIDENT)


@pytest.mark.parametrize(
    ("who", "may"), [(SECRETARY, True), (MEMBER, True), (ALTERNATE, False), (OUTSIDER, False), (RESIDENT, False)]
)
def test_the_commissioning_body_or_a_secretary_composes_the_group(who: Identity, may: bool) -> None:
    moves = (
        lambda: offer(signed_up(), who),
        lambda: signed_up().reserve(who=who, their_turn=True),
        lambda: signed_up().not_select(who=who, reason="Nej"),
    )
    for move in moves:
        if may:
            move()
            continue
        with pytest.raises(NotAllowed):
            move()


@pytest.mark.invariant(25)
@pytest.mark.parametrize("reason", ["", "  "])
def test_nobody_is_passed_over_without_a_reason(reason: str) -> None:
    with pytest.raises(Refused, match="reason-needed"):
        signed_up().not_select(who=MEMBER, reason=reason)


@pytest.mark.invariant(26)
def test_the_house_offers_a_vacant_seat_to_a_reserve() -> None:
    offered, _ = offer(in_state(sign_up.State.RESERVE), HOUSE)

    assert offered.state is sign_up.State.OFFERED


@pytest.mark.invariant(26)
def test_a_seat_goes_to_the_reserve_list_until_the_last_meeting() -> None:
    active = a_group(group.State.ACTIVE)
    last = WORDING.meetings[-1]

    assert group.refills(active, today=last)
    assert not group.refills(active, today=last + timedelta(days=1))
    assert not group.refills(a_group(group.State.DISSOLVED), today=last)


@pytest.mark.invariant(16)
def test_a_member_leaves_without_giving_a_reason() -> None:
    left, told = in_state(sign_up.State.ACCEPTED).leave(who=RESIDENT, today=TODAY)

    assert left.state is sign_up.State.LEFT
    assert isinstance(told, MemberLeft)
    with pytest.raises(NotAllowed):
        in_state(sign_up.State.ACCEPTED).leave(who=SECRETARY, today=TODAY)


@pytest.mark.parametrize("state", [sign_up.State.APPLIED, sign_up.State.RESERVE])
def test_only_the_applicant_withdraws(state: sign_up.State) -> None:
    assert in_state(state).withdraw(who=RESIDENT, today=TODAY)[0].state is sign_up.State.WITHDRAWN
    with pytest.raises(NotAllowed):
        in_state(state).withdraw(who=SECRETARY, today=TODAY)


@pytest.mark.invariant(51)
def test_nobody_joins_a_group_that_is_over() -> None:
    with pytest.raises(Refused, match="group-over"):
        offer(signed_up(), group_over=True)
    with pytest.raises(Refused, match="group-over"):
        offer(signed_up())[0].accept(who=RESIDENT, today=TODAY, group_over=True)


@pytest.mark.invariant(21)
@pytest.mark.parametrize("move", ["withdraw", "decline", "leave"])
def test_staff_note_how_a_person_on_paper_said_whatever_they_say(move: str) -> None:
    on_paper = replace(RESIDENT, act=uuid4())
    state = {"withdraw": "applied", "decline": "offered", "leave": "accepted"}[move]
    found = in_state(sign_up.State(state))

    with pytest.raises(Refused, match="consent-note-needed"):
        getattr(found, move)(who=on_paper, today=TODAY)
    kept, _ = getattr(found, move)(who=on_paper, today=TODAY, consent_note="Sagde det i telefonen i dag")
    assert [(consent.move, consent.taken_by) for consent in kept.consents] == [(move, on_paper.act)]


@pytest.mark.invariant(21)
def test_staff_sign_somebody_up_on_paper_only_with_a_note_of_how_they_asked() -> None:
    on_paper = replace(RESIDENT, act=uuid4())

    with pytest.raises(Refused, match="consent-note-needed"):
        signed_up(on_paper)
    kept = signed_up(on_paper, consent_note="Afleverede en seddel")
    assert (kept.person_id, [consent.move for consent in kept.consents]) == (RESIDENT.person_id, ["apply"])


def test_of_an_address_only_this_is_kept_whether_another_is_the_same() -> None:
    group_id = uuid4()
    kept = signed_up(group_id=group_id, address="Lindealle 14, 2. tv.").household

    assert kept == signed_up(group_id=group_id, address=" lindealle 14 2.tv ").household
    assert kept != signed_up(group_id=group_id, address="Lindealle 14, 2. th.").household
    assert kept != signed_up(address="Lindealle 14, 2. tv.").household, "nothing links two groups"
    assert "linde" not in kept.lower()
    assert signed_up(address=" ").household == ""


def test_a_household_that_has_a_seat_is_offered_no_second_one() -> None:
    with pytest.raises(Refused, match="household-has-a-seat"):
        offer(signed_up(), household_seated=True)


def test_where_the_charter_leaves_nobody_to_choose_nobody_is_offered_a_seat_out_of_turn() -> None:
    with pytest.raises(Refused, match="not-their-turn"):
        offer(signed_up(), their_turn=False)
    with pytest.raises(Refused, match="not-their-turn"):
        signed_up().reserve(who=MEMBER, their_turn=False)
