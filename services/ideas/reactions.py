"""What ideas do when something is told: one function for each event heard."""

from typing import Any
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.dialects.postgresql import insert

from chassis.work import Work
from contracts.decisions import DecisionPublished
from contracts.event import plain
from contracts.groups import CharterCameIntoForce
from contracts.ideas import EndorsementGiven, EndorsementWithdrawn
from contracts.people import DayTurned, DepartmentRegistered, PolicySet
from services.ideas.rules.idea import LIFE
from services.ideas.store import IDEAS, breadth, departments, ideas, policies, standing


def keep_policy(work: Work, heard: PolicySet) -> None:
    """Remember what the association has decided about its own practice."""
    _keep(work, policies, {}, {"version": heard.version, "policy": plain.unstructure(heard.policy)})


def keep_department(work: Work, heard: DepartmentRegistered) -> None:
    """Remember which departments there are."""
    _keep(work, departments, {"department_id": heard.department_id}, {"name": heard.name})


def count_endorsement(work: Work, heard: EndorsementGiven) -> None:
    """One more stands behind the idea."""
    _count(work, heard.idea_id, heard.departments, 1)


def discount_endorsement(work: Work, heard: EndorsementWithdrawn) -> None:
    """One fewer stands behind the idea."""
    _count(work, heard.idea_id, heard.departments, -1)


def take_up_idea(work: Work, heard: CharterCameIntoForce) -> None:
    """The idea has become the task of a group. One that was declined or withdrawn meanwhile stays so."""
    if heard.idea_id is None:
        return
    idea = IDEAS.get(work, heard.idea_id)
    if "take_up" in LIFE.open_to(idea, work.who):
        taken, told = idea.take_up(who=work.who, charter_id=heard.charter_id)
        IDEAS.put(work, taken, told)


def conclude_idea(work: Work, heard: DecisionPublished) -> None:
    """What the idea led to is decided."""
    if heard.idea_id is None:
        return
    idea = IDEAS.get(work, heard.idea_id)
    if "conclude" in LIFE.open_to(idea, work.who):
        concluded, told = idea.conclude(who=work.who, decision_id=heard.decision_id, outcome=heard.outcome)
        IDEAS.put(work, concluded, told)


def mark_overdue(work: Work, heard: DayTurned) -> None:
    """Say of every idea that waits too long for its answer that it does."""
    due = select(ideas.c.id).where(ideas.c.state == "published", ideas.c.answer_by < heard.day, ~ideas.c.overdue)
    for id in work.execute(due).scalars().all():
        overdue, told = IDEAS.get(work, id).fall_due(who=work.who, day=heard.day)
        IDEAS.put(work, overdue, told)


def _count(work: Work, idea_id: UUID, lived_in: tuple[UUID, ...], change: int) -> None:
    _add(work, standing, {"idea_id": idea_id}, change)
    for department_id in lived_in:
        _add(work, breadth, {"idea_id": idea_id, "department_id": department_id}, change)


def _add(work: Work, table: Table, key: dict[str, Any], change: int) -> None:
    row = insert(table).values(association_id=work.who.association_id, endorsers=change, **key)
    work.execute(
        row.on_conflict_do_update(index_elements=["association_id", *key], set_={"endorsers": table.c.endorsers + change})
    )


def _keep(work: Work, table: Table, key: dict[str, Any], facts: dict[str, Any]) -> None:
    row = insert(table).values(association_id=work.who.association_id, **key, **facts)
    work.execute(row.on_conflict_do_update(index_elements=["association_id", *key], set_=facts))
