"""What people do with ideas: one function for each thing."""

from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.ideas.rules import endorsement, idea
from services.ideas.rules.endorsement import Endorsement
from services.ideas.rules.idea import Idea, Origin
from services.ideas.store import ENDORSEMENTS, IDEAS, departments, ideas, policies

ANSWER_DAYS = 60
"""Until the association has set its own."""


def submit_idea(work: Work, *, title: str, text: str, origin: Origin, concerns: tuple[UUID, ...]) -> Idea:
    """Somebody puts an idea to the association."""
    for department_id in concerns:
        _must_know(work, department_id)
    made, told = idea.submit(id=uuid7(), who=work.who, origin=origin, title=title, text=text, departments=concerns, now=work.now)
    return IDEAS.put(work, made, told)


def publish_idea(work: Work, id: UUID) -> Idea:
    """A moderator lets everybody read it."""
    published, told = IDEAS.get(work, id).publish(who=work.who, today=work.today, answer_days=_answer_days(work))
    return IDEAS.put(work, published, told)


def reject_idea(work: Work, id: UUID, *, reason: str) -> Idea:
    """A moderator does not publish it, and says why."""
    rejected, told = IDEAS.get(work, id).reject(who=work.who, reason=reason)
    return IDEAS.put(work, rejected, told)


def withdraw_idea(work: Work, id: UUID) -> Idea:
    """The author takes it back."""
    withdrawn, told = IDEAS.get(work, id).withdraw(who=work.who)
    return IDEAS.put(work, withdrawn, told)


def decline_idea(work: Work, id: UUID, *, reason: str) -> Idea:
    """The association answers no."""
    declined, told = IDEAS.get(work, id).decline(who=work.who, reason=reason)
    return IDEAS.put(work, declined, told)


def park_idea(work: Work, id: UUID, *, reason: str) -> Idea:
    """The association lets it wait."""
    parked, told = IDEAS.get(work, id).park(who=work.who, reason=reason)
    return IDEAS.put(work, parked, told)


def resume_idea(work: Work, id: UUID) -> Idea:
    """The association opens a parked idea again."""
    resumed, told = IDEAS.get(work, id).resume(who=work.who, today=work.today, answer_days=_answer_days(work))
    return IDEAS.put(work, resumed, told)


def endorse_idea(work: Work, id: UUID) -> Endorsement:
    """A neighbour stands behind it. The idea itself is only looked at, so that many can do this at once."""
    author_id, published = _open_for_endorsement(work, id)
    given, told = _mine(work, id).give(who=work.who, author_id=author_id, published=published)
    return ENDORSEMENTS.put(work, given, told)


def withdraw_endorsement(work: Work, id: UUID) -> Endorsement:
    """A neighbour no longer stands behind it, whatever has become of it."""
    _open_for_endorsement(work, id)
    withdrawn, told = _mine(work, id).withdraw(who=work.who)
    return ENDORSEMENTS.put(work, withdrawn, told)


def _mine(work: Work, idea_id: UUID) -> Endorsement:
    if work.who.person_id is None:
        raise NotFound(NOT_FOUND)
    mine = endorsement.of(idea_id, work.who.person_id)
    return ENDORSEMENTS.find(work, mine.id) or mine


def _open_for_endorsement(work: Work, id: UUID) -> tuple[UUID, bool]:
    shared = select(ideas.c.author_id, ideas.c.state).where(ideas.c.id == id).with_for_update(read=True)
    row = work.execute(shared).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    return row.author_id, row.state == idea.State.PUBLISHED


def _answer_days(work: Work) -> int:
    policy = work.execute(select(policies.c.policy)).scalar()
    return int(policy["answer_days"]) if policy else ANSWER_DAYS


def _must_know(work: Work, department_id: UUID) -> None:
    if work.execute(select(departments.c.name).where(departments.c.department_id == department_id)).scalar() is None:
        raise NotFound(NOT_FOUND)
