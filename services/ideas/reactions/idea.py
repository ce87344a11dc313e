"""What becomes of an idea when others have done something, and when a day has begun.

Nothing here grows: what there may be many of is done a portion at a time, and what is told of one portion leads to the next.
"""

from datetime import date

from sqlalchemy import bindparam, select, text

from chassis import answered
from chassis.work import Work
from contracts.decisions import DecisionPublished
from contracts.groups import CharterCameIntoForce
from contracts.ideas import IdeaOverdue
from contracts.people import DayTurned
from services.ideas.rules.idea import LIFE
from services.ideas.store.ideas import put_idea, take_surviving
from services.ideas.store.tables import IDEAS, ideas

PORTION = 50
DUE = (
    select(ideas.c.id)
    .where(
        ideas.c.association_id == bindparam("association"),
        text("state = 'published' and not overdue"),  # word for word, as its index says it
        ideas.c.answer_by < bindparam("day"),
    )
    .order_by(ideas.c.answer_by)
    .limit(PORTION)
)


def set_idea_to_work(work: Work, heard: CharterCameIntoForce) -> None:
    """The idea, or the one it is part of now, has become the task of a group. One declined or withdrawn meanwhile stays so."""
    if heard.idea_id is None:
        return
    idea = take_surviving(work, heard.idea_id)
    if "set_to_work" in LIFE.open_to(idea, work.who) and idea.charter_id != heard.charter_id:
        at_work, told = idea.set_to_work(who=work.who, charter_id=heard.charter_id)
        put_idea(work, at_work, told)


def conclude_idea(work: Work, heard: DecisionPublished) -> None:
    """What the idea led to is decided."""
    if heard.idea_id is None:
        return
    idea = take_surviving(work, heard.idea_id)
    if "conclude" in LIFE.open_to(idea, work.who):
        concluded, told = idea.conclude(who=work.who, decision_id=heard.decision_id, outcome=heard.outcome)
        put_idea(work, concluded, told)


def mark_overdue(work: Work, heard: DayTurned) -> None:
    """Say of the ideas that wait too long for their answer that they do."""
    answered.forget(work)
    _mark_some(work, heard.day)


def mark_more_overdue(work: Work, heard: IdeaOverdue) -> None:
    """Go on with those that are left."""
    if heard.day is not None:
        _mark_some(work, heard.day)


def _mark_some(work: Work, day: date) -> None:
    due = work.execute(DUE, {"association": work.who.association_id, "day": day}).scalars().all()
    for id in sorted(due):
        idea = IDEAS.get(work, id)
        if "fall_due" in LIFE.open_to(idea, work.who) and not idea.overdue:
            overdue, told = idea.fall_due(who=work.who, day=day)
            put_idea(work, overdue, told)
