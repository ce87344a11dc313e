"""The rules of the docket, of decisions and of tasks, asked directly."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chassis.identity import Duty, Identity
from chassis.refusal import NotAllowed, Refused
from contracts.decisions import (
    CharterDecided,
    DecisionPublished,
    DocketItemOverdue,
    MemberRecused,
    Outcome,
    ReasonCode,
    TaskNotApproved,
)
from contracts.groups import CharterText, SeatCategory, SeatPlan
from contracts.meetings import CostClass, Recommendation, RentEffect
from contracts.people import Policy, Seat, TieBreak
from services.decisions.rules import ballot as voting
from services.decisions.rules import decision, docket_item, task
from services.decisions.rules.ballot import Ballot, Roster, Sitting, roster
from services.decisions.rules.decision import Decision
from services.decisions.rules.docket_item import DocketItem, Matter, ProposalText, Recusal, State
from services.decisions.rules.task import Approval, Task
from services.decisions.rules.verdict import Point, Verdict
from tests.kit import person, secretary

HERE, BOARD = uuid4(), uuid4()
HOUSE = Identity(association_id=HERE)
LAID = datetime(2026, 6, 1, 12, tzinfo=UTC)
MEETING, TODAY = date(2026, 6, 23), date(2026, 6, 24)
CHAIR, VICE, MEMBERS, ALTERNATE = uuid4(), uuid4(), [uuid4() for _ in range(7)], uuid4()
NINE = roster([(CHAIR, Seat.CHAIR), (VICE, Seat.VICE_CHAIR), *((m, Seat.MEMBER) for m in MEMBERS), (ALTERNATE, Seat.ALTERNATE)])
EVERYBODY = (CHAIR, VICE, *MEMBERS)
THE_CHAIR = person(HERE, sits_in=[BOARD], seat="chair", person_id=CHAIR)
A_MEMBER = person(HERE, sits_in=[BOARD], person_id=MEMBERS[0])
SECRETARY = secretary(HERE)

TEXT = CharterText(
    title="Beboerlokaler",
    background="De står tomme.",
    purpose="At de bliver brugt.",
    frames="150.000 kr.",
    questions=("Hvordan?",),
    not_up_for_change="Huslejen",
    seats=(SeatPlan(category=SeatCategory.RESIDENT, places=8),),
    sign_up_until=date(2026, 6, 20),
    meetings=(date(2026, 8, 20), date(2026, 9, 20)),
    handover=date(2026, 10, 1),
    decision_by=date(2026, 10, 27),
    sponsor_id=MEMBERS[0],
    facilitator_id=uuid4(),
)


def a_recommendation(**more: Any) -> Recommendation:
    usual = {"text": "Ét bookingsystem", "responsible": "Driften", "cost": CostClass.LOW, "rent": RentEffect.NONE, "question": 0}
    return Recommendation(**{"id": uuid4(), **usual, **more})


ONE, TWO = a_recommendation(), a_recommendation()
PROPOSAL = ProposalText(title="Brug lokalerne", summary="To forslag", recommendations=(ONE, TWO))


def a_charter_item(**more: Any) -> DocketItem:
    laid, _ = docket_item.lay_charter(who=HOUSE, charter_id=uuid4(), edition=1, body_id=BOARD, text=TEXT, idea_id=None, now=LAID)
    return replace(laid, **more)


def a_proposal_item(state: State = State.UNDER_DECISION, *, members: tuple[UUID, ...] = (), **more: Any) -> DocketItem:
    laid, _ = docket_item.lay_proposal(
        who=HOUSE,
        proposal_id=uuid4(),
        edition=1,
        body_id=BOARD,
        charter_id=uuid4(),
        group_id=uuid4(),
        idea_id=None,
        text=PROPOSAL,
        members=members,
        decision_by=date(2026, 10, 27),
        now=LAID,
    )
    return replace(laid, state=state, **more)


def votes(yes: int, no: int, none: int = 0, *, present: tuple[UUID, ...] = (), **more: Any) -> Ballot:
    facts = {"meeting_day": MEETING, "chair_id": CHAIR, "present": present or EVERYBODY[: yes + no + none]}
    return Ballot(**{**facts, "votes_for": yes, "votes_against": no, "abstained": none, **more})


def decide_charter(
    item: DocketItem | None = None,
    ballot: Ballot | None = None,
    *,
    who: Identity = SECRETARY,
    outcome: Outcome = Outcome.ADOPTED,
    reason: str = "",
    members: Roster = NINE,
    policy: Policy | None = None,
) -> tuple[DocketItem, Any]:
    return (item or a_charter_item()).decide_charter(
        who=who,
        outcome=outcome,
        ballot=ballot or votes(8, 1),
        members=members,
        policy=policy or Policy(),
        today=TODAY,
        reason=reason,
    )


def decide_proposal(item: DocketItem, ballot: Ballot | None = None, *, who: Identity = SECRETARY, **more: Any) -> DocketItem:
    usual = {"outcome": Outcome.ADOPTED, "members": NINE, "policy": Policy(), "today": TODAY, "decision_id": uuid4()}
    return item.decide_proposal(who=who, ballot=ballot or votes(8, 1), **{**usual, **more})[0]


def points(*outcomes: Outcome, change: str = "Tre dage om ugen") -> tuple[Point, ...]:
    return tuple(
        Point(recommendation_id=asked.id, outcome=outcome, change=change if outcome is Outcome.ADOPTED_WITH_CHANGES else "")
        for asked, outcome in zip((ONE, TWO), outcomes, strict=False)
    )


YES, CHANGED, NO, BACK = Outcome.ADOPTED, Outcome.ADOPTED_WITH_CHANGES, Outcome.REJECTED, Outcome.RETURNED


def prepare(
    outcome: Outcome = YES,
    answers: tuple[Point, ...] | None = None,
    *,
    reason: str = "Det er godt.",
    who: Identity = SECRETARY,
    ballot: Ballot | None = None,
    members: tuple[UUID, ...] = (),
) -> Decision:
    codes = (ReasonCode.NEED,) if outcome in {YES, CHANGED} else (ReasonCode.ECONOMY,)
    verdict = Verdict(outcome=outcome, reason=reason, codes=codes, points=points(YES, YES) if answers is None else answers)
    return decision.prepare(
        id=uuid4(),
        who=who,
        docket_item_id=uuid4(),
        body_id=BOARD,
        charter_id=uuid4(),
        group_id=uuid4(),
        proposal_id=uuid4(),
        idea_id=None,
        edition=1,
        proposal=PROPOSAL,
        verdict=verdict,
        ballot=ballot or votes(9, 0),
        recused=(),
        members=members,
        now=LAID,
    )[0]


# The docket


@pytest.mark.invariant(40)
@pytest.mark.parametrize(
    "who",
    [
        person(HERE),
        A_MEMBER,
        person(HERE, lives_in=[uuid4()]),
        person(HERE, employee=True),
        person(HERE, employee=True, duties=frozenset({Duty.MODERATOR})),
        person(HERE, sits_in=[uuid4()], seat="chair"),
        replace(THE_CHAIR, act=uuid4()),
        HOUSE,
    ],
    ids=[
        "stranger",
        "plain member",
        "resident",
        "staff",
        "moderator",
        "chair of another body",
        "staff acting for the chair",
        "house",
    ],
)
def test_nobody_but_the_bodys_chair_or_a_secretary_records_what_it_decided(who: Identity) -> None:
    with pytest.raises(NotAllowed):
        decide_charter(who=who)
    with pytest.raises(NotAllowed):
        decide_proposal(a_proposal_item(), who=who)
    with pytest.raises(NotAllowed):
        prepare(who=who)


@pytest.mark.invariant(13)
@pytest.mark.parametrize("who", [THE_CHAIR, person(HERE, sits_in=[BOARD], seat="vice_chair"), SECRETARY])
def test_the_commissioning_body_adopts_a_charter_through_its_chair_or_a_secretary(who: Identity) -> None:
    decided, told = decide_charter(who=who)

    assert decided.state is State.DECIDED
    assert isinstance(told, CharterDecided)
    assert (told.outcome, told.edition, told.meeting_day) == (YES, 1, MEETING)


@pytest.mark.invariant(13)
def test_another_bodys_members_have_no_vote() -> None:
    strangers = roster([(uuid4(), Seat.MEMBER), (CHAIR, Seat.CHAIR)])

    with pytest.raises(Refused, match="ballot-not-entitled"):
        decide_charter(members=strangers)


@pytest.mark.invariant(14)
def test_the_organisation_board_decides_where_a_department_has_no_board() -> None:
    organisation_board = uuid4()
    item = a_charter_item(recusals=(Recusal(person_id=uuid4()),))

    taken, _ = item.take_over(who=SECRETARY, vacant=True, organisation_board_id=organisation_board)
    assert (taken.body_id, taken.recusals) == (organisation_board, ())
    with pytest.raises(Refused, match="docket-board-has-members"):
        item.take_over(who=SECRETARY, vacant=False, organisation_board_id=organisation_board)
    with pytest.raises(NotAllowed):
        item.take_over(who=THE_CHAIR, vacant=True, organisation_board_id=organisation_board)


@pytest.mark.invariant(15)
def test_an_adoption_is_kept_with_body_day_agenda_item_members_present_and_votes() -> None:
    decided, _ = decide_charter(ballot=votes(6, 1, 1))

    assert decided.body_id == BOARD
    assert decided.ballot
    assert (decided.ballot.meeting_day, decided.ballot.agenda_item) == (MEETING, "decision")
    assert set(decided.ballot.present) == set(EVERYBODY[:8])
    assert (decided.ballot.votes_for, decided.ballot.votes_against, decided.ballot.abstained) == (6, 1, 1)
    assert (decided.ballot.chair_id, decided.ballot.entitled, decided.ballot.carried) == (CHAIR, 9, True)


@pytest.mark.invariant(15)
@pytest.mark.parametrize(("day", "slug"), [(date(2026, 6, 25), "ballot-in-future"), (date(2026, 5, 31), "ballot-before-docket")])
def test_a_meeting_is_neither_in_the_future_nor_before_the_matter_was_laid(day: date, slug: str) -> None:
    with pytest.raises(Refused, match=slug):
        decide_charter(ballot=votes(9, 0, meeting_day=day))


def test_the_day_that_a_matter_was_laid_and_today_are_days_it_can_be_decided_on() -> None:
    for day in (date(2026, 6, 1), TODAY):
        assert decide_charter(ballot=votes(9, 0, meeting_day=day))[0].state is State.DECIDED


@pytest.mark.invariant(40)
def test_the_approving_chair_must_have_been_chair_or_vice_chair_on_the_day() -> None:
    with pytest.raises(Refused, match="ballot-chair-not-chair"):
        decide_charter(ballot=votes(9, 0, chair_id=MEMBERS[0]))
    with pytest.raises(Refused, match="ballot-chair-not-chair"):
        decide_charter(ballot=votes(9, 0, chair_id=uuid4()))
    assert decide_charter(ballot=votes(9, 0, chair_id=VICE))[0].state is State.DECIDED


@pytest.mark.parametrize("outcome", [BACK, NO])
def test_a_charter_is_not_returned_or_rejected_without_a_reason(outcome: Outcome) -> None:
    ballot = votes(9, 0) if outcome is BACK else votes(0, 9)

    with pytest.raises(Refused, match="reason-needed"):
        decide_charter(outcome=outcome, ballot=ballot, reason="  ")
    assert decide_charter(outcome=outcome, ballot=ballot, reason="Skriv formålet")[0].reason == "Skriv formålet"


def test_a_charter_is_not_changed_by_the_body() -> None:
    with pytest.raises(Refused, match="docket-charter-as-a-whole"):
        decide_charter(outcome=CHANGED, reason="Lidt andet")


def test_a_charter_is_not_decided_as_a_proposal_nor_the_other_way_round() -> None:
    with pytest.raises(Refused, match="docket-not-a-charter"):
        decide_charter(a_proposal_item())
    with pytest.raises(Refused, match="docket-not-a-proposal"):
        decide_proposal(a_charter_item(state=State.UNDER_DECISION))
    assert "decide_charter" not in docket_item.LIFE.open_to(a_proposal_item(), SECRETARY)


def test_a_proposal_is_presented_before_it_is_decided() -> None:
    laid = a_proposal_item(State.LAID)

    with pytest.raises(Refused, match="not-now"):
        decide_proposal(laid)
    presented, _ = laid.present(who=A_MEMBER)
    assert decide_proposal(presented).state is State.DECIDED


def test_nothing_is_decided_twice() -> None:
    decided, _ = decide_charter()

    with pytest.raises(Refused, match="not-now"):
        decide_charter(decided)


def recommended(item: DocketItem, who: Identity = SECRETARY, *, text: str = "Sig ja", today: date = MEETING) -> DocketItem:
    return item.recommend(who=who, outcome=YES, text=text, today=today)[0]


def test_what_staff_recommend_is_written_by_staff_and_kept_apart() -> None:
    item, clerk = a_proposal_item(State.LAID), person(HERE, employee=True)

    for stranger in (A_MEMBER, THE_CHAIR, person(HERE), replace(SECRETARY, act=uuid4()), HOUSE):
        with pytest.raises(NotAllowed):
            recommended(item, stranger)
    with pytest.raises(Refused, match="reason-needed"):
        recommended(item, text=" ")
    written = recommended(recommended(item), clerk, text="Sig hellere ja")
    assert written.staff_recommendation
    assert (written.staff_recommendation.text, written.staff_recommendation.by) == ("Sig hellere ja", clerk.person_id)
    assert (written.reason, written.outcome) == ("", None)


def test_what_staff_recommend_is_written_before_the_body_decides() -> None:
    decided = decide_proposal(a_proposal_item())

    with pytest.raises(Refused, match="not-now"):
        recommended(decided)


def test_whether_the_recommendation_was_followed_can_be_read() -> None:
    written = recommended(a_proposal_item()).staff_recommendation
    late = recommended(a_proposal_item(), today=TODAY).staff_recommendation

    assert written
    assert late
    assert written.followed(YES, MEETING) is True
    assert written.followed(NO, MEETING) is False
    assert written.followed(None, None) is None
    assert late.followed(YES, MEETING) is None, "written after the meeting, it was no recommendation to it"


@pytest.mark.parametrize("who", [person(HERE), person(HERE, sits_in=[BOARD], seat="alternate"), person(HERE, employee=True)])
def test_a_matter_is_presented_by_a_secretary_or_a_member_with_a_vote(who: Identity) -> None:
    with pytest.raises(NotAllowed):
        a_proposal_item(State.LAID).present(who=who)


def test_only_the_house_lays_a_matter() -> None:
    with pytest.raises(NotAllowed):
        docket_item.lay_charter(who=SECRETARY, charter_id=uuid4(), edition=1, body_id=BOARD, text=TEXT, idea_id=None, now=LAID)


def test_a_new_edition_is_a_matter_of_its_own() -> None:
    charter_id = uuid4()

    assert docket_item.id_of(charter_id, 1) == docket_item.id_of(charter_id, 1)
    assert docket_item.id_of(charter_id, 1) != docket_item.id_of(charter_id, 2)


@pytest.mark.invariant(48)
def test_a_charter_is_due_when_sign_up_ends_and_a_proposal_when_the_charter_says() -> None:
    assert a_charter_item().due == TEXT.sign_up_until
    assert a_proposal_item().due == TEXT.decision_by


@pytest.mark.invariant(48)
@pytest.mark.parametrize("state", [State.LAID, State.UNDER_DECISION])
def test_a_matter_is_overdue_once_when_its_last_day_is_over(state: State) -> None:
    item = a_proposal_item(state)

    with pytest.raises(Refused):
        item.fall_due(who=HOUSE, day=item.due)
    late, told = item.fall_due(who=HOUSE, day=date(2026, 10, 28))
    assert (late.overdue, late.state) == (True, state)
    assert isinstance(told, DocketItemOverdue)
    assert told.group_id == item.group_id
    with pytest.raises(Refused):
        late.fall_due(who=HOUSE, day=date(2026, 10, 29))


@pytest.mark.invariant(48)
def test_what_is_decided_does_not_fall_due() -> None:
    with pytest.raises(Refused):
        a_proposal_item(State.DECIDED).fall_due(who=HOUSE, day=date(2027, 1, 1))


# Recusal


@pytest.mark.invariant(43)
def test_a_member_declares_a_conflict_for_themself_and_a_secretary_records_it_for_others() -> None:
    item = a_proposal_item()

    recused, told = item.recuse(who=A_MEMBER, person_id=MEMBERS[0], sits=True, reason="")
    assert isinstance(told, MemberRecused)
    assert recused.recused == (MEMBERS[0],)
    with pytest.raises(NotAllowed):
        item.recuse(who=A_MEMBER, person_id=MEMBERS[1], sits=True, reason="")
    recorded, _ = recused.recuse(who=SECRETARY, person_id=MEMBERS[1], sits=True, reason="Ansat hos en ladeoperatør")
    assert recorded.recused == (MEMBERS[0], MEMBERS[1])


def test_nobody_is_recused_twice_or_without_a_seat() -> None:
    recused, _ = a_proposal_item().recuse(who=A_MEMBER, person_id=MEMBERS[0], sits=True, reason="")

    with pytest.raises(Refused, match="docket-already-recused"):
        recused.recuse(who=A_MEMBER, person_id=MEMBERS[0], sits=True, reason="")
    with pytest.raises(Refused, match="docket-not-in-the-body"):
        recused.recuse(who=SECRETARY, person_id=uuid4(), sits=False, reason="")
    with pytest.raises(NotAllowed):
        stranger = person(HERE)
        assert stranger.person_id
        recused.recuse(who=stranger, person_id=stranger.person_id, sits=False, reason="")


@pytest.mark.invariant(43)
def test_a_recused_member_is_not_present_does_not_approve_and_does_not_record() -> None:
    without_member = a_proposal_item(recusals=(Recusal(person_id=MEMBERS[0]),))
    without_chair = a_proposal_item(recusals=(Recusal(person_id=CHAIR),))

    with pytest.raises(Refused, match="ballot-recused-took-part"):
        decide_proposal(without_member, votes(9, 0))
    with pytest.raises(Refused, match="ballot-recused-took-part"):
        decide_proposal(without_chair, votes(8, 0, present=EVERYBODY[1:]))
    with pytest.raises(Refused, match="ballot-recused-took-part"):
        decide_proposal(without_chair, votes(8, 0, present=EVERYBODY[1:], chair_id=VICE), who=THE_CHAIR)
    assert decide_proposal(without_chair, votes(8, 0, present=EVERYBODY[1:], chair_id=VICE)).state is State.DECIDED


@pytest.mark.invariant(42)
def test_recused_members_do_not_count_in_the_quorum_base() -> None:
    item = a_proposal_item(recusals=(Recusal(person_id=MEMBERS[5]), Recusal(person_id=MEMBERS[6])))
    four = votes(4, 0)

    decided = decide_proposal(item, four)
    assert decided.ballot
    assert decided.ballot.entitled == 7
    with pytest.raises(Refused, match="ballot-not-quorate"):
        decide_proposal(a_proposal_item(), four)


# Quorum and votes


@pytest.mark.invariant(42)
@given(
    of=some.integers(1, 40),
    share=some.sampled_from([0.07, 0.25, 1 / 3, 5 / 6, 0.5, 0.6, 2 / 3, 0.75, 1.0]),
    here=some.integers(1, 40),
)
def test_a_body_decides_only_when_enough_of_those_entitled_are_present(of: int, share: float, here: int) -> None:
    here = min(here, of)
    members = tuple(Sitting(person_id=uuid4(), seat=Seat.MEMBER if n else Seat.CHAIR) for n in range(of))
    present = tuple(sitting.person_id for sitting in members[:here])
    ballot = votes(here, 0, present=present, chair_id=members[0].person_id)
    facts: dict[str, Any] = {"members": members, "recused": (), "laid_on": LAID.date(), "today": TODAY}
    policy = Policy(quorum_of_members=share)

    enough = here + 1e-9 >= share * of
    if enough:
        assert voting.held(ballot, policy=policy, **facts).entitled == of
    else:
        with pytest.raises(Refused, match="ballot-not-quorate"):
            voting.held(ballot, policy=policy, **facts)


@pytest.mark.invariant(42)
@given(yes=some.integers(0, 12), no=some.integers(0, 12), none=some.integers(0, 12))
def test_votes_add_up_to_those_present_and_entitled(yes: int, no: int, none: int) -> None:
    present = EVERYBODY[:7]

    if yes + no + none != 7:
        with pytest.raises(Refused, match="ballot-does-not-add-up"):
            decide_charter(ballot=votes(yes, no, none, present=present))
    else:
        outcome, reason = (YES, "") if yes > no else (NO, "Nej")
        ballot = votes(yes, no, none, present=present, chair_votes_for=False)
        assert decide_charter(ballot=ballot, outcome=outcome, reason=reason)[0].state is State.DECIDED


@pytest.mark.invariant(42)
@given(
    yes=some.integers(0, 4),
    no=some.integers(0, 4),
    outcome=some.sampled_from(Outcome),
    tie=some.sampled_from(TieBreak),
    chair=some.booleans(),
)
def test_the_outcome_is_what_the_votes_gave(yes: int, no: int, outcome: Outcome, tie: TieBreak, chair: bool) -> None:
    ballot = votes(yes, no, 9 - yes - no, chair_votes_for=chair)
    carried = yes > no or (yes == no > 0 and tie is TieBreak.CHAIR and chair)

    if carried == (outcome is not NO):
        assert decide_proposal(a_proposal_item(), ballot, outcome=outcome, policy=Policy(tie_break=tie)).outcome is outcome
    else:
        with pytest.raises(Refused, match="ballot-outcome-against-votes"):
            decide_proposal(a_proposal_item(), ballot, outcome=outcome, policy=Policy(tie_break=tie))


@pytest.mark.invariant(42)
def test_at_a_tie_the_chair_says_how_they_voted_and_a_chair_who_is_away_breaks_no_tie() -> None:
    with pytest.raises(Refused, match="ballot-chairs-vote-needed"):
        decide_charter(ballot=votes(4, 4))
    away = votes(3, 3, present=(VICE, *MEMBERS[:5]), chair_votes_for=True)
    with pytest.raises(Refused, match="ballot-outcome-against-votes"):
        decide_charter(ballot=away)
    assert decide_charter(ballot=away, outcome=NO, reason="Stemmerne stod lige")[0].outcome is NO


@pytest.mark.invariant(42)
def test_the_chair_or_the_vice_chair_is_present_where_the_policy_wants_it() -> None:
    without = votes(7, 0, present=tuple(MEMBERS))

    with pytest.raises(Refused, match="ballot-chair-missing"):
        decide_charter(ballot=without)
    assert decide_charter(ballot=without, policy=Policy(quorum_needs_chair=False))[0].state is State.DECIDED
    assert decide_charter(ballot=votes(8, 0, present=(VICE, *MEMBERS)))[0].state is State.DECIDED


@pytest.mark.invariant(42)
def test_an_alternate_counts_only_when_standing_in_for_an_absent_member() -> None:
    all_but_one = (*EVERYBODY[:8], ALTERNATE)

    with pytest.raises(Refused, match="ballot-not-entitled"):
        decide_charter(ballot=votes(9, 0, present=all_but_one))
    assert decide_charter(ballot=votes(9, 0, present=all_but_one, alternates=(ALTERNATE,)))[0].state is State.DECIDED
    with pytest.raises(Refused, match="ballot-too-many-alternates"):
        decide_charter(ballot=votes(10, 0, present=(*EVERYBODY, ALTERNATE), alternates=(ALTERNATE,)))
    with pytest.raises(Refused, match="ballot-not-entitled"):
        decide_charter(ballot=votes(8, 0, alternates=(uuid4(),)))


@pytest.mark.invariant(42)
def test_nobody_is_counted_twice() -> None:
    with pytest.raises(Refused, match="ballot-does-not-add-up"):
        decide_charter(ballot=votes(9, 0, present=(*EVERYBODY[:8], CHAIR)))


def test_whoever_has_two_seats_in_a_body_sits_in_the_first_of_them() -> None:
    assert roster([(CHAIR, Seat.ALTERNATE), (CHAIR, Seat.CHAIR), (CHAIR, Seat.MEMBER)]) == (
        Sitting(person_id=CHAIR, seat=Seat.CHAIR),
    )


def test_a_share_of_the_members_is_reckoned_without_binary_errors() -> None:
    assert voting.needed(Policy(quorum_of_members=0.07), 100) == 7
    assert voting.needed(Policy(quorum_of_members=5 / 6), 6) == 5
    assert voting.needed(Policy(quorum_of_members=0.5), 9) == 5
    assert voting.needed(Policy(quorum_of_members=0.0), 9) == 1


# The decision


@pytest.mark.invariant(41)
@pytest.mark.parametrize("reason", ["", "   "])
@pytest.mark.parametrize("outcome", list(Outcome))
def test_no_decision_is_without_a_reason(outcome: Outcome, reason: str) -> None:
    with pytest.raises(Refused, match="reason-needed"):
        prepare(outcome, points(outcome, outcome), reason=reason)


FITTING = [
    (YES, (YES, YES)),
    (NO, (NO, NO)),
    (CHANGED, (CHANGED, YES)),
    (CHANGED, (YES, NO)),
    (CHANGED, (CHANGED, CHANGED)),
    (CHANGED, (YES, BACK)),
    (BACK, ()),
    (BACK, (BACK, YES)),
]


@pytest.mark.invariant(41)
@given(outcome=some.sampled_from(Outcome), one=some.sampled_from(Outcome), two=some.sampled_from(Outcome))
def test_the_answers_to_the_recommendations_fit_the_outcome_as_a_whole(outcome: Outcome, one: Outcome, two: Outcome) -> None:
    fitting = {(whole, frozenset(parts)) for whole, parts in FITTING} | {
        (CHANGED, frozenset({CHANGED, NO})),
        (CHANGED, frozenset({CHANGED, BACK})),
        *((BACK, frozenset({BACK, other})) for other in Outcome),
    }

    if (outcome, frozenset({one, two})) in fitting:
        assert prepare(outcome, points(one, two)).outcome is outcome
    else:
        with pytest.raises(Refused, match="decision-points-against-outcome"):
            prepare(outcome, points(one, two))


@pytest.mark.invariant(41)
@pytest.mark.parametrize(("outcome", "parts"), FITTING)
def test_a_consistent_decision_is_prepared(outcome: Outcome, parts: tuple[Outcome, ...]) -> None:
    made = prepare(outcome, points(*parts))

    assert (made.state, made.outcome, len(made.points)) == (decision.State.PREPARED, outcome, len(parts))


@pytest.mark.invariant(41)
def test_each_change_is_written_down() -> None:
    with pytest.raises(Refused, match="decision-change-needed"):
        prepare(CHANGED, points(CHANGED, YES, change=" "))


@pytest.mark.invariant(41)
def test_each_recommendation_gets_exactly_one_answer() -> None:
    both = points(YES, YES)
    stranger = Point(recommendation_id=uuid4(), outcome=YES)

    for wrong in ((), both[:1], (*both, both[0]), (*both, stranger), (both[0], stranger)):
        with pytest.raises(Refused, match="decision-points-do-not-match"):
            prepare(YES, wrong)


@pytest.mark.invariant(44)
def test_a_member_who_sat_in_the_group_votes_and_the_double_role_is_shown() -> None:
    group = (MEMBERS[0], uuid4())
    decided = decide_proposal(a_proposal_item(members=group))
    assert decided.ballot
    made = prepare(ballot=decided.ballot, members=decided.members)

    assert MEMBERS[0] in decided.ballot.present
    assert made.double_roles == (MEMBERS[0],)


def test_what_is_prepared_is_published_once_and_tells_those_who_took_part() -> None:
    made = prepare(members=(MEMBERS[0],))
    published, told = made.publish(who=THE_CHAIR, now=LAID, supersedes=None)

    assert isinstance(told, DecisionPublished)
    assert (told.outcome, told.reason, told.members) == (YES, made.reason, (MEMBERS[0],))
    with pytest.raises(Refused):
        published.publish(who=SECRETARY, now=LAID, supersedes=None)
    with pytest.raises(NotAllowed):
        made.publish(who=A_MEMBER, now=LAID, supersedes=None)


@pytest.mark.invariant(46)
def test_a_later_decision_supersedes_and_is_linked_and_nothing_else_changes() -> None:
    published, _ = prepare().publish(who=SECRETARY, now=LAID, supersedes=None)
    later = uuid4()
    old, _ = published.be_superseded(who=SECRETARY, by_decision_id=later)

    assert replace(old, state=published.state, superseded_by=None) == published
    assert old.superseded_by == later
    assert decision.LIFE.open_to(old, SECRETARY) == []


# The task

NORTH, SOUTH = uuid4(), uuid4()
WORKS = a_recommendation(needs_department_meeting=True)
DEAR = a_recommendation(rent=RentEffect.ABOVE_15)


def a_task(recommendation: Recommendation | None = None, *departments: UUID, **more: Any) -> Task:
    facts = {"title": "Køb system", "owner": "Driftschefen", "owner_id": None, "due": date(2026, 12, 1), "weight": 1}
    usual: dict[str, Any] = {
        "id": uuid4(),
        "who": SECRETARY,
        "decision_id": uuid4(),
        "body_id": BOARD,
        "published": True,
        **facts,
    }
    return task.plan(**{**usual, **more}, recommendation=recommendation, departments=departments)[0]


def yes(department_id: UUID, **more: Any) -> Approval:
    return Approval(**{"department_id": department_id, "approved": True, "meeting_day": MEETING, **more})


def no(department_id: UUID) -> Approval:
    return Approval(department_id=department_id, approved=False, meeting_day=MEETING)


def test_a_task_is_planned_started_and_finished() -> None:
    planned = a_task()
    started, _ = planned.start(who=SECRETARY)
    done, _ = started.finish(who=THE_CHAIR)

    assert (planned.state, started.state, done.state) == (task.State.PLANNED, task.State.IN_PROGRESS, task.State.DONE)


@pytest.mark.parametrize("who", [person(HERE), A_MEMBER, person(HERE, employee=True), HOUSE])
def test_tasks_are_made_by_a_secretary_or_the_chair(who: Identity) -> None:
    with pytest.raises(NotAllowed):
        a_task(who=who)
    with pytest.raises(NotAllowed):
        a_task().start(who=who)


def test_its_owner_carries_a_task_out_but_does_not_say_what_a_department_meeting_answered() -> None:
    owner = person(HERE)
    mine = a_task(WORKS, NORTH, owner_id=owner.person_id)

    with pytest.raises(NotAllowed):
        mine.approve(who=owner, answer=yes(NORTH), today=TODAY)
    approved, _ = mine.approve(who=SECRETARY, answer=yes(NORTH), today=TODAY)
    assert approved.start(who=owner)[0].state is task.State.IN_PROGRESS


def test_nothing_is_carried_out_before_the_decision_is_published() -> None:
    with pytest.raises(Refused, match="task-decision-not-published"):
        a_task(published=False)


@pytest.mark.invariant(45)
@pytest.mark.parametrize("recommendation", [WORKS, DEAR])
def test_works_in_departments_name_the_departments_and_wait_for_their_meetings(recommendation: Recommendation) -> None:
    with pytest.raises(Refused, match="task-departments-needed"):
        a_task(recommendation)
    waiting = a_task(recommendation, NORTH, SOUTH, NORTH)
    assert waiting.state is task.State.BLOCKED
    assert [asked.department_id for asked in waiting.departments] == [NORTH, SOUTH]
    with pytest.raises(Refused, match="task-awaits-department-meeting"):
        waiting.start(who=SECRETARY)


@pytest.mark.invariant(45)
def test_a_task_may_start_when_one_department_has_said_yes_and_the_others_are_shown_as_they_are() -> None:
    waiting = a_task(WORKS, NORTH, SOUTH)
    declined, told = waiting.await_more(who=SECRETARY, answer=no(NORTH), today=TODAY)
    assert isinstance(told, TaskNotApproved)
    assert declined.state is task.State.BLOCKED

    approved, _ = declined.approve(who=SECRETARY, answer=yes(SOUTH), today=TODAY)
    assert approved.state is task.State.PLANNED
    assert [(asked.department_id, asked.approved) for asked in approved.departments] == [(NORTH, False), (SOUTH, True)]


@pytest.mark.invariant(45)
def test_departments_that_answer_later_change_nothing_that_is_under_way() -> None:
    waiting = a_task(WORKS, NORTH, SOUTH)
    started, _ = waiting.approve(who=SECRETARY, answer=yes(NORTH), today=TODAY)[0].start(who=SECRETARY)

    assert started.approve(who=SECRETARY, answer=yes(SOUTH), today=TODAY)[0].state is task.State.IN_PROGRESS
    assert started.await_more(who=SECRETARY, answer=no(SOUTH), today=TODAY)[0].state is task.State.IN_PROGRESS


@pytest.mark.invariant(45)
def test_a_departments_answer_is_from_a_meeting_that_was_held_and_a_yes_stands() -> None:
    waiting = a_task(WORKS, NORTH)

    with pytest.raises(Refused, match="task-meeting-in-future"):
        waiting.approve(who=SECRETARY, answer=yes(NORTH, meeting_day=date(2026, 6, 25)), today=TODAY)
    with pytest.raises(Refused, match="task-department-not-asked"):
        waiting.approve(who=SECRETARY, answer=yes(SOUTH), today=TODAY)
    declined, _ = waiting.await_more(who=SECRETARY, answer=no(NORTH), today=TODAY)
    approved, _ = declined.approve(who=SECRETARY, answer=yes(NORTH), today=TODAY)
    with pytest.raises(Refused, match="task-department-already-approved"):
        approved.await_more(who=SECRETARY, answer=no(NORTH), today=TODAY)


@pytest.mark.invariant(45)
def test_a_rent_rise_above_15_percent_asks_whether_a_ballot_was_demanded_and_held() -> None:
    waiting = a_task(DEAR, NORTH)

    with pytest.raises(Refused, match="task-ballot-question"):
        waiting.approve(who=SECRETARY, answer=yes(NORTH), today=TODAY)
    with pytest.raises(Refused, match="task-ballot-not-held"):
        waiting.approve(who=SECRETARY, answer=yes(NORTH, ballot_asked=True), today=TODAY)
    for answer in (yes(NORTH, ballot_asked=False), yes(NORTH, ballot_asked=True, ballot_held=True)):
        assert waiting.approve(who=SECRETARY, answer=answer, today=TODAY)[0].state is task.State.PLANNED


@pytest.mark.invariant(45)
def test_a_department_can_be_added_until_one_has_said_yes() -> None:
    blocked, _ = a_task().block(who=SECRETARY, department_id=NORTH)
    assert blocked.state is task.State.BLOCKED

    with pytest.raises(Refused, match="task-department-already-asked"):
        blocked.block(who=SECRETARY, department_id=NORTH)
    both, _ = blocked.block(who=SECRETARY, department_id=SOUTH)
    approved, _ = both.approve(who=SECRETARY, answer=yes(NORTH), today=TODAY)
    with pytest.raises(Refused, match="task-may-already-start"):
        approved.block(who=SECRETARY, department_id=uuid4())


@pytest.mark.invariant(50)
@pytest.mark.parametrize("state", [task.State.PLANNED, task.State.BLOCKED, task.State.IN_PROGRESS])
def test_no_task_is_stopped_without_a_reason(state: task.State) -> None:
    open_task = replace(a_task(), state=state)

    with pytest.raises(Refused, match="reason-needed"):
        open_task.stop(who=SECRETARY, reason=" ")
    assert open_task.stop(who=SECRETARY, reason="For dyrt")[0].reason == "For dyrt"


def test_the_docket_knows_two_kinds_of_matter() -> None:
    assert (a_charter_item().matter, a_proposal_item().matter) == (Matter.CHARTER, Matter.PROPOSAL)
