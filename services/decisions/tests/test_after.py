"""The rules of what comes after a vote: corrections, rounds, reviews, surveys and what tasks tell, asked directly."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis.identity import Identity
from chassis.refusal import NotAllowed, Refused
from contracts.circle import Circle, Whom
from contracts.decisions import (
    DecisionCorrected,
    DecisionPublished,
    Reply,
    ReviewDue,
    ReviewHeld,
    SurveyAnswered,
    SurveyClosed,
    SurveyOpened,
    TaskOverdue,
    TaskReported,
    TaskRevised,
    TaskStarted,
    WouldStand,
)
from contracts.people import Policy
from services.decisions.rules import ballot as voting
from services.decisions.rules import decision, review, survey, survey_answer, task
from services.decisions.rules import round as together
from services.decisions.rules.decision import Correction, Decision
from services.decisions.rules.round import Round
from services.decisions.rules.survey import Survey
from services.decisions.rules.task import Approval, Task
from services.decisions.rules.verdict import Point, ReasonCode, Verdict
from services.decisions.tests.test_rules import (
    A_MEMBER,
    BACK,
    BOARD,
    CHAIR,
    CHANGED,
    EVERYBODY,
    HERE,
    HOUSE,
    LAID,
    MEETING,
    MEMBERS,
    NINE,
    NO,
    ONE,
    PROPOSAL,
    SECRETARY,
    THE_CHAIR,
    TODAY,
    TWO,
    VICE,
    YES,
    a_charter_item,
    a_proposal_item,
    a_task,
    points,
    prepare,
    votes,
)
from tests.kit import person

NOBODYS = [person(HERE), A_MEMBER, person(HERE, employee=True), person(HERE, sits_in=[uuid4()], seat="chair"), HOUSE]
GROUP = (MEMBERS[0], *(uuid4() for _ in range(5)))


# How a body votes


@pytest.mark.invariant(42)
def test_a_quorum_can_be_a_number_as_well_as_a_share_and_both_must_be_met() -> None:
    assert voting.needed(Policy(quorum_of_members=0.5, quorum_at_least=6), 9) == 6
    assert voting.needed(Policy(quorum_of_members=0.75, quorum_at_least=6), 9) == 7
    facts: dict[str, Any] = {"members": NINE, "recused": (), "laid_on": LAID.date(), "today": TODAY}

    with pytest.raises(Refused, match="ballot-not-quorate"):
        voting.held(votes(5, 0), policy=Policy(quorum_at_least=6), **facts)
    assert voting.held(votes(6, 0), policy=Policy(quorum_at_least=6), **facts).needed == 6


@pytest.mark.invariant(43)
def test_when_chair_and_vice_chair_are_both_recused_another_member_leads() -> None:
    facts: dict[str, Any] = {
        "members": NINE,
        "recused": (CHAIR, VICE),
        "laid_on": LAID.date(),
        "today": TODAY,
        "policy": Policy(),
    }
    present = tuple(MEMBERS)

    assert voting.held(votes(7, 0, present=present, chair_id=MEMBERS[0]), **facts).carried
    with pytest.raises(Refused, match="ballot-chair-not-chair"):
        voting.held(votes(7, 0, present=present, chair_id=uuid4()), **facts)
    with pytest.raises(Refused, match="ballot-chair-not-chair"):
        voting.held(votes(7, 0, present=present, chair_id=MEMBERS[0]), **(facts | {"recused": (CHAIR,)}))


@pytest.mark.invariant(42)
def test_who_sat_in_the_body_that_day_is_kept_with_the_vote() -> None:
    counted = voting.held(votes(8, 1), members=NINE, recused=(), policy=Policy(), laid_on=LAID.date(), today=TODAY)

    assert counted.members == NINE
    assert (counted.entitled, counted.needed) == (9, 5)


# Reasons


@pytest.mark.invariant(41)
@pytest.mark.parametrize(
    ("outcome", "codes", "fits"),
    [
        (YES, (), False),
        (YES, ("need", "ready"), True),
        (YES, ("need", "economy"), False),
        (CHANGED, ("need", "economy"), True),
        (CHANGED, ("economy",), True),
        (NO, ("law", "priority"), True),
        (NO, ("law", "need"), False),
        (BACK, ("technical",), True),
        (BACK, ("within_frame",), False),
    ],
)
def test_a_yes_has_reasons_for_it_and_a_no_reasons_against_it(outcome: Any, codes: tuple[str, ...], fits: bool) -> None:
    said = Verdict(
        outcome=outcome,
        reason="Fordi.",
        codes=tuple(ReasonCode(code) for code in codes),
        points=points(outcome, YES if outcome is CHANGED else outcome),
    )

    if fits:
        assert prepared(said).codes == said.codes
    else:
        with pytest.raises(Refused, match="decision-code"):
            prepared(said)


@pytest.mark.invariant(41)
def test_the_reason_of_a_point_fits_what_became_of_that_point() -> None:
    kept = Point(recommendation_id=ONE.id, outcome=YES, code=ReasonCode.READY)
    left = Point(recommendation_id=TWO.id, outcome=NO, code=ReasonCode.NEED)
    said = Verdict(outcome=CHANGED, reason="Fordi.", codes=(ReasonCode.NEED,), points=(kept, left))

    with pytest.raises(Refused, match="decision-code-against-outcome"):
        prepared(said)
    assert prepared(replace(said, points=(kept, replace(left, code=ReasonCode.ECONOMY)))).points[1].code is ReasonCode.ECONOMY


def test_the_day_to_look_at_it_again_is_after_the_meeting() -> None:
    said = Verdict(outcome=YES, reason="Fordi.", codes=(ReasonCode.NEED,), points=points(YES, YES), review_on=MEETING)

    with pytest.raises(Refused, match="decision-review-before-meeting"):
        prepared(said)
    assert prepared(replace(said, review_on=MEETING + timedelta(days=1))).review_on


def prepared(said: Verdict, **more: Any) -> Decision:
    facts: dict[str, Any] = {"body_id": BOARD, "proposal": PROPOSAL, "ballot": votes(9, 0), "recused": (), "members": GROUP}
    ids = {name: uuid4() for name in ("id", "docket_item_id", "charter_id", "group_id", "proposal_id", "idea_id")}
    return decision.prepare(who=SECRETARY, edition=1, verdict=said, now=LAID, **(ids | facts | more))[0]


def published(**more: Any) -> Decision:
    said = Verdict(outcome=YES, reason="Fordi.", codes=(ReasonCode.NEED,), points=points(YES, YES))
    ballot = replace(votes(9, 0), entitled=9, needed=5, carried=True)
    return prepared(said, **({"ballot": ballot} | more)).publish(who=SECRETARY, now=LAID, supersedes=None)[0]


# Who is told


@pytest.mark.invariant(47)
def test_what_is_published_names_every_circle_that_is_to_be_told() -> None:
    waiting = prepared(Verdict(outcome=YES, reason="Fordi.", codes=(ReasonCode.NEED,), points=points(YES, YES)))

    _, told = waiting.publish(who=SECRETARY, now=LAID, supersedes=None)

    assert isinstance(told, DecisionPublished)
    assert waiting.idea_id
    assert set(told.circles) == {
        Circle(whom=Whom.AUTHOR, of=waiting.idea_id),
        Circle(whom=Whom.ENDORSERS, of=waiting.idea_id),
        Circle(whom=Whom.NOT_SELECTED, of=waiting.group_id),
        Circle(whom=Whom.MEMBERS, of=waiting.group_id),
        Circle(whom=Whom.BOARD, of=BOARD),
    }


@pytest.mark.invariant(47)
def test_without_an_idea_nobody_is_told_as_its_author() -> None:
    whom = {circle.whom for circle in prepare().circles}

    assert whom == {Whom.NOT_SELECTED, Whom.MEMBERS, Whom.BOARD}


@pytest.mark.invariant(48)
def test_an_overdue_matter_names_the_chair_and_the_group_that_waits() -> None:
    proposal = a_proposal_item()
    _, told = proposal.fall_due(who=HOUSE, day=date(2026, 10, 28))
    _, of_charter = a_charter_item().fall_due(who=HOUSE, day=date(2026, 10, 28))

    assert proposal.group_id
    assert told.remind == (Circle(whom=Whom.CHAIR, of=BOARD), Circle(whom=Whom.MEMBERS, of=proposal.group_id))  # type: ignore[attr-defined]
    assert of_charter.remind == (Circle(whom=Whom.CHAIR, of=BOARD),)  # type: ignore[attr-defined]


# A correction


def correct(
    wrong: Decision, *, who: Identity = SECRETARY, what: str = "Beløbet", why: str = "En tastefejl", **said: Any
) -> Decision:
    verdict = Verdict(
        **{
            "outcome": wrong.outcome,
            "reason": wrong.reason,
            "codes": wrong.codes,
            "points": wrong.points,
            "conditions": wrong.conditions,
            **said,
        }
    )
    return decision.correct(
        wrong, id=uuid4(), who=who, verdict=verdict, ballot=wrong.ballot, correction=Correction(what=what, why=why), now=LAID
    )[0]


@pytest.mark.invariant(46)
def test_a_correction_is_a_new_record_that_says_what_and_why_and_the_old_one_is_not_touched() -> None:
    wrong = published()
    right = correct(wrong, reason="135.000 kr. af dispositionsfonden.")

    assert (right.state, right.version, right.corrects, right.original_id) == ("prepared", 0, wrong.id, wrong.id)
    assert right.correction == Correction(what="Beløbet", why="En tastefejl")
    out, told = right.publish(who=THE_CHAIR, now=LAID, supersedes=wrong.id)
    assert isinstance(told, DecisionCorrected)
    assert (told.corrects, told.circles) == (wrong.id, wrong.circles)
    again = correct(out, reason="135.500 kr.")
    assert (again.corrects, again.original_id) == (out.id, wrong.id)


@pytest.mark.invariant(46)
def test_a_correction_changes_no_outcome_and_is_of_something() -> None:
    wrong = published()

    with pytest.raises(Refused, match="correction-changes-outcome"):
        correct(wrong, outcome=CHANGED, points=points(YES, NO))
    with pytest.raises(Refused, match="correction-of-nothing"):
        correct(wrong)
    for blank in ({"what": " "}, {"why": ""}):
        with pytest.raises(Refused, match="correction-needs-words"):
            correct(wrong, reason="Andet", **blank)


@pytest.mark.invariant(46)
def test_only_what_is_published_is_corrected_and_only_by_who_speaks_for_the_body() -> None:
    wrong = published()

    for who in NOBODYS:
        with pytest.raises(NotAllowed):
            correct(wrong, who=who, reason="Andet")
    with pytest.raises(Refused, match="ballot-recused-took-part"):
        correct(replace(wrong, recused=(CHAIR,)), who=THE_CHAIR, reason="Andet")
    for state in (decision.State.PREPARED, decision.State.SUPERSEDED):
        with pytest.raises(Refused, match="not-now"):
            correct(replace(wrong, state=state), reason="Andet")


@pytest.mark.invariant(46)
@pytest.mark.parametrize(
    ("was", "now", "fits"),
    [((8, 1, 0), (7, 2, 0), True), ((8, 1, 0), (4, 5, 0), False), ((8, 1, 0), (4, 4, 1), False), ((4, 4, 1), (3, 3, 3), True)],
)
def test_votes_are_put_right_as_long_as_they_came_to_the_same(
    was: tuple[int, int, int],
    now: tuple[int, int, int],
    fits: bool,
) -> None:
    ballot = replace(votes(*was, present=EVERYBODY), carried=was[0] >= was[1], chair_votes_for=True)
    counts = dict(zip(("votes_for", "votes_against", "abstained"), now, strict=True))

    if fits:
        assert voting.recounted(ballot, **counts, chair_votes_for=True).votes_for == now[0]
    else:
        with pytest.raises(Refused, match="ballot-outcome-against-votes"):
            voting.recounted(ballot, **counts, chair_votes_for=True)
    with pytest.raises(Refused, match="ballot-does-not-add-up"):
        voting.recounted(ballot, votes_for=9, votes_against=1, abstained=0, chair_votes_for=None)


# A round


def a_round(*ids: UUID) -> Round:
    made, _ = together.open_round(id=uuid4(), who=SECRETARY, title="Juni", now=LAID)
    for id in ids:
        made, _ = made.gather(who=SECRETARY, decision_id=id, prepared=True, elsewhere=False)
    return made


@pytest.mark.parametrize("who", [*NOBODYS, THE_CHAIR, replace(SECRETARY, act=uuid4())])
def test_a_round_is_a_secretarys(who: Identity) -> None:
    with pytest.raises(NotAllowed):
        together.open_round(id=uuid4(), who=who, title="Juni", now=LAID)
    with pytest.raises(NotAllowed):
        a_round(uuid4()).begin(who=who)


def test_only_a_prepared_decision_is_gathered_and_into_one_round() -> None:
    one = uuid4()

    with pytest.raises(Refused, match="round-decision-not-prepared"):
        a_round().gather(who=SECRETARY, decision_id=one, prepared=False, elsewhere=False)
    with pytest.raises(Refused, match="round-already-in-one"):
        a_round().gather(who=SECRETARY, decision_id=one, prepared=True, elsewhere=True)
    with pytest.raises(Refused, match="round-already-in-one"):
        a_round(one).gather(who=SECRETARY, decision_id=one, prepared=True, elsewhere=False)
    with pytest.raises(Refused, match="round-full"):
        a_round(*(uuid4() for _ in range(together.MOST + 1)))


@pytest.mark.invariant(47)
def test_a_round_remembers_what_is_out_and_is_done_when_all_is() -> None:
    one, two = uuid4(), uuid4()
    with pytest.raises(Refused, match="round-empty"):
        a_round().begin(who=SECRETARY)
    begun, _ = a_round(one, two).begin(who=SECRETARY)

    begun, _ = begun.go_on(who=SECRETARY, decision_id=one, refused="")
    begun, _ = begun.go_on(who=SECRETARY, decision_id=two, refused="not-now")
    assert begun.waiting == (two,)
    with pytest.raises(Refused, match="round-not-all-published"):
        begun.finish(who=SECRETARY)
    with pytest.raises(Refused, match="round-already-published"):
        begun.go_on(who=SECRETARY, decision_id=one, refused="")
    with pytest.raises(Refused, match="round-already-published"):
        begun.leave_out(who=SECRETARY, decision_id=one)
    with pytest.raises(Refused, match="round-already-published"):
        begun.give_up(who=SECRETARY)
    done, told = begun.leave_out(who=SECRETARY, decision_id=two)[0].finish(who=SECRETARY)
    assert (done.state, told.decisions) == ("published", (one,))  # type: ignore[attr-defined]


def test_what_is_not_in_a_round_is_neither_left_out_nor_published_by_it() -> None:
    begun, _ = a_round(uuid4()).begin(who=SECRETARY)

    with pytest.raises(Refused, match="round-not-in-it"):
        begun.leave_out(who=SECRETARY, decision_id=uuid4())
    with pytest.raises(Refused, match="round-not-in-it"):
        begun.go_on(who=SECRETARY, decision_id=uuid4(), refused="")


# What tasks tell

SUPPORTERS = Circle(whom=Whom.ENDORSERS, of=uuid4())


def a_told_task(**more: Any) -> Task:
    return replace(a_task(), circles=(SUPPORTERS,), **more)


@pytest.mark.invariant(50)
def test_supporters_hear_when_a_task_changes_its_state_and_not_of_edits() -> None:
    planned = a_told_task()
    started, began = planned.start(who=SECRETARY)
    _, edited = started.revise(who=SECRETARY, title="t", owner="o", owner_id=None, due=date(2027, 1, 1), weight=2)
    _, reported = started.report(who=SECRETARY, percent=40, note="")
    _, done = started.finish(who=SECRETARY)
    _, stopped = started.stop(who=SECRETARY, reason="For dyrt")

    assert isinstance(began, TaskStarted)
    assert (began.circles, done.circles, stopped.circles) == ((SUPPORTERS,),) * 3  # type: ignore[attr-defined]
    assert isinstance(edited, TaskRevised)
    assert isinstance(reported, TaskReported)
    assert not hasattr(edited, "circles")
    assert not hasattr(reported, "circles")


def test_one_more_department_is_no_new_state() -> None:
    north, south = uuid4(), uuid4()
    blocked, first = a_told_task().block(who=SECRETARY, department_id=north)
    both, second = blocked.block(who=SECRETARY, department_id=south)
    yes = Approval(department_id=north, meeting_day=MEETING)
    _, freed = both.approve(who=SECRETARY, answer=yes, today=TODAY)

    assert first.circles == freed.circles == (SUPPORTERS,)  # type: ignore[attr-defined]
    assert second.circles == ()  # type: ignore[attr-defined]


@pytest.mark.parametrize("state", [task.State.PLANNED, task.State.BLOCKED, task.State.IN_PROGRESS])
def test_a_task_is_late_once_and_its_owner_and_the_chair_are_reminded(state: task.State) -> None:
    open_task = a_told_task(state=state)

    with pytest.raises(Refused):
        open_task.fall_due(who=HOUSE, day=open_task.due)
    late, told = open_task.fall_due(who=HOUSE, day=open_task.due + timedelta(days=1))
    assert isinstance(told, TaskOverdue)
    assert told.circles == (Circle(whom=Whom.OWNER, of=open_task.id), Circle(whom=Whom.CHAIR, of=BOARD))
    assert (late.overdue, late.state) == (True, state)
    with pytest.raises(Refused):
        late.fall_due(who=HOUSE, day=open_task.due + timedelta(days=2))


def test_a_late_task_that_gets_a_later_day_can_be_late_again() -> None:
    late = a_told_task(overdue=True)
    facts: dict[str, Any] = {"who": SECRETARY, "title": "t", "owner": "o", "owner_id": None, "weight": 0}

    assert late.revise(**facts, due=late.due)[0].overdue
    assert not late.revise(**facts, due=late.due + timedelta(days=1))[0].overdue


def test_its_owner_reports_on_a_task_but_does_not_move_its_day() -> None:
    owner = person(HERE)
    mine = a_told_task(state=task.State.IN_PROGRESS, owner_id=owner.person_id)

    reported, _ = mine.report(who=owner, percent=99, note="Næsten")
    assert (reported.percent, reported.note) == (99, "Næsten")
    with pytest.raises(NotAllowed):
        mine.revise(who=owner, title="t", owner="o", owner_id=None, due=date(2030, 1, 1), weight=1)
    for number in (-1, 100):
        with pytest.raises(Refused, match="task-report-out-of-bounds"):
            mine.report(who=owner, percent=number, note="")


# A review

DECIDED = published()


def a_review(who: Identity = SECRETARY, **more: Any) -> review.Review:
    facts: dict[str, Any] = {"decision_id": DECIDED.id, "body_id": BOARD, "published": True, "day": TODAY, "taken": False}
    return review.plan(who=who, circles=DECIDED.circles, **(facts | more))[0]


def test_a_review_comes_round_on_its_day_and_calls_the_board_and_the_group() -> None:
    planned = a_review(day=date(2027, 3, 1))

    with pytest.raises(Refused):
        planned.fall_due(who=HOUSE, day=date(2027, 2, 28))
    due, told = planned.fall_due(who=HOUSE, day=date(2027, 3, 1))
    assert isinstance(told, ReviewDue)
    assert {circle.whom for circle in told.circles} == {Whom.BOARD, Whom.MEMBERS}
    with pytest.raises(Refused):
        due.fall_due(who=HOUSE, day=date(2027, 3, 2))


@pytest.mark.parametrize("state", [review.State.AWAITED, review.State.DUE])
def test_what_was_found_is_written_down_and_everybody_who_was_told_is_told(state: review.State) -> None:
    waiting = replace(a_review(), state=state)

    with pytest.raises(Refused, match="review-found-needed"):
        waiting.hold(who=SECRETARY, found=" ", next_day=None, today=TODAY)
    with pytest.raises(Refused, match="review-day-past"):
        waiting.hold(who=SECRETARY, found="Det virker", next_day=TODAY, today=TODAY)
    held, told = waiting.hold(who=THE_CHAIR, found="Det virker", next_day=TODAY + timedelta(days=90), today=TODAY)
    assert isinstance(told, ReviewHeld)
    assert told.circles == DECIDED.circles
    assert (held.found, held.held_on, held.next_day) == ("Det virker", TODAY, TODAY + timedelta(days=90))


def test_reviews_are_the_bodys_and_of_published_decisions_once_a_day() -> None:
    for who in NOBODYS:
        with pytest.raises(NotAllowed):
            a_review(who)
        with pytest.raises(NotAllowed):
            a_review().hold(who=who, found="Det virker", next_day=None, today=TODAY)
    with pytest.raises(Refused, match="review-decision-not-published"):
        a_review(published=False)
    with pytest.raises(Refused, match="review-already-planned"):
        a_review(taken=True)


# The closing survey

REPLY = Reply(heard=4, influence=3, trust_board=5, fairness=4, ownership=2, would_recommend=True, would_stand=WouldStand.MAYBE)


def a_survey() -> Survey:
    return survey.open_survey(group_id=uuid4(), decision_id=uuid4(), title="t", members=GROUP, days=28, now=LAID)[0]


def test_a_survey_is_open_for_its_days_and_calls_the_members_alone() -> None:
    asked, told = survey.open_survey(group_id=uuid4(), decision_id=uuid4(), title="t", members=GROUP, days=28, now=LAID)

    assert isinstance(told, SurveyOpened)
    assert (told.closes_on, told.circles) == (date(2026, 6, 29), (Circle(whom=Whom.MEMBERS, of=asked.group_id),))
    with pytest.raises(Refused):
        asked.close(who=HOUSE, day=date(2026, 6, 29), replies=())
    with pytest.raises(NotAllowed):
        asked.close(who=SECRETARY, day=date(2026, 6, 30), replies=())


@pytest.mark.parametrize(("answered", "shown"), [(0, 0), (4, 0), (5, 5), (6, 6)])
def test_counts_are_shown_from_five_answers_on(answered: int, shown: int) -> None:
    closed, told = a_survey().close(who=HOUSE, day=date(2026, 6, 30), replies=(REPLY,) * answered)

    assert isinstance(told, SurveyClosed)
    assert (told.asked, told.answered, told.counts) == (6, answered, closed.counts)
    assert [(each.answer, each.number) for each in closed.counts if each.question == "heard"] == [("4", shown)] * bool(shown)
    assert [each.answer for each in closed.counts if each.question == "would_recommend"] == ["yes"] * bool(shown)


def answer(who: Identity, **more: Any) -> tuple[survey_answer.SurveyAnswer, Any]:
    assert who.person_id
    mine = survey_answer.of(uuid4(), uuid4(), who.person_id)
    return mine.give(who=who, **({"asked": True, "open": True, "reply": REPLY, "research": False} | more))


def test_a_member_answers_once_and_may_change_it_while_it_is_open() -> None:
    given, _ = answer(A_MEMBER)

    with pytest.raises(Refused, match="not-now"):
        given.give(who=A_MEMBER, asked=True, open=True, reply=REPLY, research=False)
    changed, _ = given.change(who=A_MEMBER, asked=True, open=True, reply=replace(REPLY, heard=1), research=False)
    assert changed.reply
    assert (changed.id, changed.reply.heard) == (given.id, 1)
    with pytest.raises(Refused, match="survey-closed"):
        given.change(who=A_MEMBER, asked=True, open=False, reply=REPLY, research=False)
    with pytest.raises(NotAllowed):
        given.change(who=SECRETARY, asked=True, open=True, reply=REPLY, research=False)
    with pytest.raises(NotAllowed, match="survey-not-asked"):
        answer(person(HERE), asked=False)


@pytest.mark.invariant(55)
def test_who_answered_what_leaves_the_house_with_consent_to_research_alone() -> None:
    _, without = answer(A_MEMBER)
    given, told = answer(A_MEMBER, research=True)
    _, taken_back = given.change(who=A_MEMBER, asked=True, open=True, reply=REPLY, research=False)

    assert isinstance(told, SurveyAnswered)
    assert (told.person_id, told.reply) == (A_MEMBER.person_id, REPLY)
    for event in (without, taken_back):
        assert (event.person_id, event.reply) == (None, None)  # type: ignore[attr-defined]


def test_who_wrote_down_an_answer_on_paper_is_kept() -> None:
    clerk = uuid4()

    assert answer(replace(A_MEMBER, act=clerk))[0].taken_by == clerk
    assert answer(A_MEMBER)[0].taken_by is None


def test_the_names_of_the_questions_are_those_that_are_counted() -> None:
    asked = {"heard", "influence", "trust_board", "fairness", "ownership", "would_recommend", "would_stand"}

    assert {count.question for count in survey.counted([REPLY] * 5)} == asked
