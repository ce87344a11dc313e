"""What decisions do when something is told: one function for each event heard."""

from datetime import date
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.dialects.postgresql import insert

from chassis import answered
from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import plain
from contracts.groups import AmendmentProposed, CharterAmended, CharterCameIntoForce, CharterProposed, RevocationAsked
from contracts.meetings import ProposalSubmitted
from contracts.people import BodyRegistered, DayTurned, DepartmentRegistered, MandateRegistered, PolicySet
from services.decisions.rules import docket_item, review, survey, task
from services.decisions.rules.docket_item import ProposalText, State
from services.decisions.store.replies import replies_to
from services.decisions.store.tables import (
    DOCKET,
    REVIEWS,
    SURVEYS,
    TASKS,
    bodies,
    charters,
    departments,
    docket,
    mandates,
    policies,
    reviews,
    surveys,
    tasks,
)


def keep_policy(work: Work, heard: PolicySet) -> None:
    """Remember what the association has decided about quorum and tied votes."""
    _keep(work, policies, {}, {"version": heard.version, "policy": plain.unstructure(heard.policy)})


def keep_department(work: Work, heard: DepartmentRegistered) -> None:
    """Remember which departments there are."""
    _keep(work, departments, {"department_id": heard.department_id}, {"name": heard.name, "closed": heard.closed})


def keep_body(work: Work, heard: BodyRegistered) -> None:
    """Remember which bodies there are."""
    facts = {"body": heard.body, "name": heard.name, "department_id": heard.department_id}
    _keep(work, bodies, {"body_id": heard.body_id}, facts)


def keep_mandate(work: Work, heard: MandateRegistered) -> None:
    """Remember who sits where, from when to when."""
    facts = {
        "body_id": heard.body_id,
        "person_id": heard.person_id,
        "seat": heard.seat,
        "resident": heard.resident,
        "starts": heard.starts,
        "ends": heard.ends,
    }
    _keep(work, mandates, {"mandate_id": heard.mandate_id}, facts)


def keep_charter(work: Work, heard: CharterCameIntoForce | CharterAmended) -> None:
    """Remember by when its proposal is to be decided; an older edition that arrives late changes nothing."""
    row = insert(charters).values(
        association_id=work.who.association_id,
        charter_id=heard.charter_id,
        edition=heard.edition,
        group_id=heard.group_id,
        body_id=heard.body_id,
        idea_id=heard.idea_id,
        decision_by=heard.text.decision_by,
    )
    newer = {name: row.excluded[name] for name in ("edition", "group_id", "body_id", "idea_id", "decision_by")}
    key = ["association_id", "charter_id"]
    work.execute(row.on_conflict_do_update(index_elements=key, set_=newer, where=charters.c.edition <= row.excluded.edition))


def lay_charter(work: Work, heard: CharterProposed) -> None:
    """Put the charter on the docket of the body that is to commission the group; each edition once."""
    if DOCKET.find(work, docket_item.id_of(heard.charter_id, heard.edition)) is not None:
        return
    laid, told = docket_item.lay_charter(
        who=work.who,
        charter_id=heard.charter_id,
        edition=heard.edition,
        body_id=heard.body_id,
        text=heard.text,
        idea_id=heard.idea_id,
        now=work.now,
    )
    DOCKET.put(work, laid, told)


def lay_amendment(work: Work, heard: AmendmentProposed) -> None:
    """Put an amendment on the docket of the body whose charter it amends; each attempt once."""
    if DOCKET.find(work, docket_item.id_of(heard.amendment_id, heard.attempt)) is not None:
        return
    laid, told = docket_item.lay_amendment(
        who=work.who,
        amendment_id=heard.amendment_id,
        attempt=heard.attempt,
        charter_id=heard.charter_id,
        group_id=heard.group_id,
        body_id=heard.body_id,
        text=heard.text,
        changed=heard.changed,
        why=heard.reason,
        idea_id=heard.idea_id,
        now=work.now,
    )
    DOCKET.put(work, laid, told)


def lay_revocation(work: Work, heard: RevocationAsked) -> None:
    """Put on the docket that the body is asked to take a charter back; each time once."""
    if DOCKET.find(work, docket_item.revocation_id_of(heard.charter_id, heard.number)) is not None:
        return
    laid, told = docket_item.lay_revocation(
        who=work.who,
        charter_id=heard.charter_id,
        number=heard.number,
        group_id=heard.group_id,
        body_id=heard.body_id,
        title=heard.title,
        why=heard.reason,
        due=heard.due,
        now=work.now,
    )
    DOCKET.put(work, laid, told)


def lay_proposal(work: Work, heard: ProposalSubmitted) -> None:
    """Put the proposal on the docket of the body that commissioned the group; each edition once."""
    if DOCKET.find(work, docket_item.id_of(heard.proposal_id, heard.edition)) is not None:
        return
    charter = work.execute(select(charters).where(charters.c.charter_id == heard.charter_id)).one_or_none()
    if charter is None:
        raise NotFound(NOT_FOUND)
    laid, told = docket_item.lay_proposal(
        who=work.who,
        proposal_id=heard.proposal_id,
        edition=heard.edition,
        body_id=heard.body_id,
        charter_id=heard.charter_id,
        group_id=heard.group_id,
        idea_id=charter.idea_id,
        text=ProposalText(
            title=heard.title, summary=heard.summary, recommendations=heard.recommendations, dissents=heard.dissents
        ),
        members=heard.members,
        decision_by=charter.decision_by,
        now=work.now,
    )
    DOCKET.put(work, laid, told)


def do_what_is_due(work: Work, heard: DayTurned) -> None:
    """A day has begun: say what is late, which reviews have come round, and close the surveys that are over."""
    answered.forget(work)
    _mark_undecided(work, heard.day)
    _mark_late_tasks(work, heard.day)
    _call_to_reviews(work, heard.day)
    _close_surveys(work, heard.day)


def _mark_undecided(work: Work, day: date) -> None:
    waiting = (docket.c.state.in_([State.LAID, State.UNDER_DECISION]), docket.c.due < day, ~docket.c.overdue)
    for id in work.execute(select(docket.c.id).where(*waiting)).scalars().all():
        overdue, told = DOCKET.get(work, id).fall_due(who=work.who, day=day)
        DOCKET.put(work, overdue, told)


def _mark_late_tasks(work: Work, day: date) -> None:
    late = (tasks.c.state.not_in([task.State.DONE, task.State.STOPPED]), tasks.c.due < day, ~tasks.c.overdue)
    for id in work.execute(select(tasks.c.id).where(*late)).scalars().all():
        overdue, told = TASKS.get(work, id).fall_due(who=work.who, day=day)
        TASKS.put(work, overdue, told)


def _call_to_reviews(work: Work, day: date) -> None:
    come = select(reviews.c.id).where(reviews.c.state == review.State.AWAITED, reviews.c.day <= day)
    for id in work.execute(come).scalars().all():
        due, told = REVIEWS.get(work, id).fall_due(who=work.who, day=day)
        REVIEWS.put(work, due, told)


def _close_surveys(work: Work, day: date) -> None:
    over = select(surveys.c.id).where(surveys.c.state == survey.State.OPEN, surveys.c.closes_on < day)
    for id in work.execute(over).scalars().all():
        found = SURVEYS.get(work, id)
        closed, told = found.close(who=work.who, day=day, replies=replies_to(work, id))
        SURVEYS.put(work, closed, told)


def _keep(work: Work, table: Table, key: dict[str, Any], facts: dict[str, Any]) -> None:
    row = insert(table).values(association_id=work.who.association_id, **key, **facts)
    work.execute(row.on_conflict_do_update(index_elements=["association_id", *key], set_=facts))
