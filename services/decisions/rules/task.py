"""The life of a task: what was decided is carried out, or stopped with a reason, in the open.

planned --start--> in_progress              its owner, a secretary or the body's chair
planned --block--> blocked                  a secretary or the chair: a department's meeting must approve first
blocked --block--> blocked                  the same, for one more department
blocked --approve--> planned                the same: a department meeting said yes, and the task may start there
planned --approve--> planned                the same, for one more department
in_progress --approve--> in_progress        the same, for one more department
blocked --await_more--> blocked             the same: a department meeting said no, the others are awaited
planned --await_more--> planned             the same
in_progress --await_more--> in_progress     the same
in_progress --finish--> done                its owner, a secretary or the chair
planned --revise--> planned                 a secretary or the chair: other words, another owner, day or weight
blocked --revise--> blocked                 the same
in_progress --revise--> in_progress         the same
in_progress --report--> in_progress         its owner, a secretary or the chair: how far it has come
planned --fall_due--> planned               the house, once, when its day has passed
blocked --fall_due--> blocked               the same
in_progress --fall_due--> in_progress       the same
planned --stop--> stopped                   its owner, a secretary or the chair, with a reason
blocked --stop--> stopped                   the same
in_progress --stop--> stopped               the same
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life, the_house
from chassis.refusal import NOT_ALLOWED, NOT_NOW, No, NotAllowed, Refused
from contracts.circle import Circle, Whom
from contracts.decisions import (
    TaskApproved,
    TaskBlocked,
    TaskDone,
    TaskNotApproved,
    TaskOverdue,
    TaskPlanned,
    TaskReported,
    TaskRevised,
    TaskStarted,
    TaskStopped,
)
from contracts.event import Event
from contracts.meetings import Recommendation, RentEffect
from services.decisions.rules.ballot import speaks_for
from services.decisions.rules.docket_item import REASON_NEEDED


class State(StrEnum):
    """Where a task is in its life."""

    PLANNED = "planned"
    BLOCKED = "blocked"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    STOPPED = "stopped"


NOT_PUBLISHED = No(
    "task-decision-not-published",
    "Beslutningen skal være offentliggjort, før den kan iværksættes.",
    "The decision must be published before it can be carried out.",
)
DEPARTMENTS_NEEDED = No(
    "task-departments-needed",
    "Anbefalingen skal godkendes på afdelingsmøder. Skriv, hvilke afdelinger det gælder.",
    "The recommendation needs the approval of department meetings. Name the departments.",
)
AWAITS_MEETING = No(
    "task-awaits-department-meeting",
    "Opgaven afventer afdelingsmødet og kan ikke begynde, før mindst ét afdelingsmøde har sagt ja.",
    "The task waits for the department meeting and cannot start before at least one has said yes.",
)
NOT_ASKED = No(
    "task-department-not-asked",
    "Den afdeling er ikke blandt dem, opgaven afventer.",
    "That department is not among those that the task waits for.",
)
ALREADY_ASKED = No("task-department-already-asked", "Den afdeling er allerede med.", "That department is already among them.")
ALREADY_STARTABLE = No(
    "task-may-already-start",
    "Et afdelingsmøde har allerede sagt ja. Lav en ny opgave til den nye afdeling.",
    "A department meeting has already said yes. Make a task of its own for the new department.",
)
ALREADY_APPROVED = No(
    "task-department-already-approved",
    "Afdelingsmødet har allerede sagt ja.",
    "The department meeting has already said yes.",
)
MEETING_IN_FUTURE = No(
    "task-meeting-in-future", "Afdelingsmødet ligger i fremtiden.", "The department meeting lies in the future."
)
BALLOT_QUESTION = No(
    "task-ballot-question",
    "Huslejen stiger mere end 15 %. Skriv, om der blev krævet urafstemning (almenboligloven § 37, stk. 3).",
    "The rent rises by more than 15 %. Say whether a ballot was demanded (almenboligloven § 37, stk. 3).",
)
BALLOT_NOT_HELD = No(
    "task-ballot-not-held",
    "Der er krævet urafstemning. Den skal være holdt, før godkendelsen gælder.",
    "A ballot was demanded. It must be held before the approval counts.",
)


REPORT_OUT_OF_BOUNDS = No(
    "task-report-out-of-bounds",
    "Skriv et tal fra 0 til 99. Er alt gjort, så marker opgaven som gennemført.",
    "Give a number from 0 to 99. When all is done, say that the task is finished.",
)
ALL = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """A department meeting's answer; `approved` is None until it has answered."""

    department_id: UUID
    approved: bool | None = None
    meeting_day: date | None = None
    note: str = ""
    ballot_asked: bool | None = None
    ballot_held: bool | None = None


def _leads(task: Task, who: Identity) -> bool:
    return speaks_for(task.body_id, who)


def _carries_out(task: Task, who: Identity) -> bool:
    return _leads(task, who) or (who.person_id is not None and who.person_id == task.owner_id)


LIFE = Life.drawn(
    __doc__,
    start=_carries_out,
    block=_leads,
    approve=_leads,
    await_more=_leads,
    finish=_carries_out,
    revise=_leads,
    report=_carries_out,
    fall_due=the_house,
    stop=_carries_out,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A piece of what was decided, with an owner, a day and a weight; `rent_question` when the rent rises above 15 %.

    `circles` are those who were told of the decision: they hear when the task changes its state, and not of every edit.
    """

    id: UUID
    decision_id: UUID
    body_id: UUID
    title: str
    recommendation_id: UUID | None
    owner: str
    owner_id: UUID | None
    due: date
    weight: int
    departments: tuple[Approval, ...]
    rent_question: bool
    state: State
    percent: int = 0
    note: str = ""
    overdue: bool = False
    circles: tuple[Circle, ...] = ()
    reason: str = ""
    version: int = 0

    def start(self, *, who: Identity) -> tuple[Task, Event]:
        """The work begins; never before a department meeting has said yes where one must (almenboligloven § 37)."""
        if self.state is State.BLOCKED and _carries_out(self, who):
            raise Refused(AWAITS_MEETING)
        state = State(LIFE.step(self, "start", who))
        told = TaskStarted(task_id=self.id, decision_id=self.decision_id, circles=self._told_of(state))
        return replace(self, state=state), told

    def block(self, *, who: Identity, department_id: UUID) -> tuple[Task, Event]:
        """It turns out that a department's meeting must approve first."""
        state = State(LIFE.step(self, "block", who))
        if any(asked.department_id == department_id for asked in self.departments):
            raise Refused(ALREADY_ASKED)
        if any(asked.approved for asked in self.departments):
            raise Refused(ALREADY_STARTABLE)
        blocked = replace(self, state=state, departments=(*self.departments, Approval(department_id=department_id)))
        return blocked, TaskBlocked(
            task_id=self.id, decision_id=self.decision_id, department_id=department_id, circles=self._told_of(state)
        )

    def approve(self, *, who: Identity, answer: Approval, today: date) -> tuple[Task, Event]:
        """A department meeting said yes; the task may start there."""
        state = State(LIFE.step(self, "approve", who))
        if self.rent_question and answer.ballot_asked is None:
            raise Refused(BALLOT_QUESTION)
        if answer.ballot_asked and not answer.ballot_held:
            raise Refused(BALLOT_NOT_HELD)
        approved = replace(self, state=state, departments=self._answered(replace(answer, approved=True), today))
        return approved, TaskApproved(
            task_id=self.id, decision_id=self.decision_id, department_id=answer.department_id, circles=self._told_of(state)
        )

    def await_more(self, *, who: Identity, answer: Approval, today: date) -> tuple[Task, Event]:
        """A department meeting said no; the task is not carried out there unless a later meeting says yes."""
        state = State(LIFE.step(self, "await_more", who))
        declined = replace(self, state=state, departments=self._answered(replace(answer, approved=False), today))
        return declined, TaskNotApproved(
            task_id=self.id, decision_id=self.decision_id, department_id=answer.department_id, circles=self._told_of(state)
        )

    def finish(self, *, who: Identity) -> tuple[Task, Event]:
        """It is carried out."""
        state = State(LIFE.step(self, "finish", who))
        told = TaskDone(task_id=self.id, decision_id=self.decision_id, circles=self._told_of(state))
        return replace(self, state=state, percent=100), told

    def revise(
        self, *, who: Identity, title: str, owner: str, owner_id: UUID | None, due: date, weight: int
    ) -> tuple[Task, Event]:
        """It is put differently. A task that has fallen due and gets a later day falls due again when that has passed."""
        state = State(LIFE.step(self, "revise", who))
        overdue = self.overdue and due <= self.due
        revised = replace(self, state=state, title=title, owner=owner, owner_id=owner_id, due=due, weight=weight, overdue=overdue)
        return revised, TaskRevised(task_id=self.id, decision_id=self.decision_id, due=due, owner_id=owner_id)

    def report(self, *, who: Identity, percent: int, note: str) -> tuple[Task, Event]:
        """It has come so far; 100 percent is said by finishing it."""
        state = State(LIFE.step(self, "report", who))
        if not 0 <= percent < ALL:
            raise Refused(REPORT_OUT_OF_BOUNDS)
        told = TaskReported(task_id=self.id, decision_id=self.decision_id, percent=percent)
        return replace(self, state=state, percent=percent, note=note.strip()), told

    def fall_due(self, *, who: Identity, day: date) -> tuple[Task, Event]:
        """It is not carried out by its day, which runs until its end; its owner and the body's chair are to be reminded."""
        state = State(LIFE.step(self, "fall_due", who))
        if self.overdue or day <= self.due:
            raise Refused(NOT_NOW)
        remind = (Circle(whom=Whom.OWNER, of=self.id), Circle(whom=Whom.CHAIR, of=self.body_id))
        told = TaskOverdue(task_id=self.id, decision_id=self.decision_id, due=self.due, circles=remind)
        return replace(self, state=state, overdue=True), told

    def stop(self, *, who: Identity, reason: str) -> tuple[Task, Event]:
        """It will not be carried out, and everybody can read why."""
        state = State(LIFE.step(self, "stop", who))
        if not reason.strip():
            raise Refused(REASON_NEEDED)
        told = TaskStopped(task_id=self.id, decision_id=self.decision_id, circles=self._told_of(state))
        return replace(self, state=state, reason=reason.strip()), told

    def _told_of(self, state: State) -> tuple[Circle, ...]:
        """Whoever heard of the decision hears when the task has another state than before."""
        return () if state is self.state else self.circles

    def _answered(self, answer: Approval, today: date) -> tuple[Approval, ...]:
        if answer.meeting_day is None or answer.meeting_day > today:
            raise Refused(MEETING_IN_FUTURE)
        before = next((asked for asked in self.departments if asked.department_id == answer.department_id), None)
        if before is None:
            raise Refused(NOT_ASKED)
        if before.approved:
            raise Refused(ALREADY_APPROVED)
        return tuple(answer if asked is before else asked for asked in self.departments)


def plan(
    *,
    id: UUID,
    who: Identity,
    decision_id: UUID,
    body_id: UUID,
    published: bool,
    recommendation: Recommendation | None,
    title: str,
    owner: str,
    owner_id: UUID | None,
    due: date,
    weight: int,
    departments: tuple[UUID, ...],
    circles: tuple[Circle, ...] = (),
) -> tuple[Task, Event]:
    """A task of a published decision, whatever its outcome. It waits from the start where department meetings must approve."""
    if not speaks_for(body_id, who):
        raise NotAllowed(NOT_ALLOWED)
    if not published:
        raise Refused(NOT_PUBLISHED)
    rent_question = recommendation is not None and recommendation.rent is RentEffect.ABOVE_15
    if recommendation and (recommendation.needs_department_meeting or rent_question) and not departments:
        raise Refused(DEPARTMENTS_NEEDED)
    task = Task(
        id=id,
        decision_id=decision_id,
        body_id=body_id,
        title=title,
        recommendation_id=recommendation.id if recommendation else None,
        owner=owner,
        owner_id=owner_id,
        due=due,
        weight=weight,
        departments=tuple(Approval(department_id=department_id) for department_id in dict.fromkeys(departments)),
        rent_question=rent_question,
        state=State.BLOCKED if departments else State.PLANNED,
        circles=circles,
    )
    return task, TaskPlanned(task_id=id, decision_id=decision_id, due=due, owner_id=owner_id)


def as_it_stands(task: Task) -> Event:
    """Whose task it is and by when, for whoever is told anew."""
    return TaskRevised(task_id=task.id, decision_id=task.decision_id, due=task.due, owner_id=task.owner_id)
