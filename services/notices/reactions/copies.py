"""Remembering what others tell: who is on paper, and who belongs to which circle."""

from uuid import UUID, uuid5

from chassis.work import Work
from contracts.circle import Whom
from contracts.decisions import TaskPlanned, TaskRevised
from contracts.ideas import CommentWithdrawn, CommentWritten, EndorsementGiven, EndorsementWithdrawn
from contracts.people import InterestJoined, InterestLeft, MandateRegistered, PersonChanged, PersonRegistered, PolicySet
from services.notices.store import copies


def keep_policy(work: Work, heard: PolicySet) -> None:
    """Remember how many days ahead the association calls to a meeting."""
    copies.keep_policy(work, heard.policy.notice_days)


def keep_person(work: Work, heard: PersonRegistered | PersonChanged) -> None:
    """Remember whether somebody must have letters."""
    copies.keep_person(work, heard.person_id, paper=heard.on_paper)


def keep_mandate(work: Work, heard: MandateRegistered) -> None:
    """Remember who sits in which body."""
    copies.keep_mandate(work, heard)


def join_interested(work: Work, heard: InterestJoined) -> None:
    """Whoever is on the interest list is told of new groups."""
    copies.belongs(work, Whom.INTERESTED, work.who.association_id, heard.person_id, by=heard.person_id)


def leave_interested(work: Work, heard: InterestLeft) -> None:
    """And whoever left it is not."""
    copies.belongs_no_more(work, by=heard.person_id)


def join_endorsers(work: Work, heard: EndorsementGiven) -> None:
    """Whoever stands behind an idea is told what becomes of it, also when it goes on as part of another."""
    by = _endorsement(heard.idea_id, heard.person_id)
    copies.belongs(work, Whom.ENDORSERS, heard.idea_id, heard.person_id, by=by)


def leave_endorsers(work: Work, heard: EndorsementWithdrawn) -> None:
    """Whoever no longer does is not."""
    copies.belongs_no_more(work, by=_endorsement(heard.idea_id, heard.person_id))


def join_commenters(work: Work, heard: CommentWritten) -> None:
    """Whoever said something about an idea is told what becomes of it."""
    copies.belongs(work, Whom.COMMENTERS, heard.idea_id, heard.author_id, by=heard.comment_id)


def leave_commenters(work: Work, heard: CommentWithdrawn) -> None:
    """Whoever took it back is not."""
    copies.belongs_no_more(work, by=heard.comment_id)


def keep_owner(work: Work, heard: TaskPlanned | TaskRevised) -> None:
    """Remember whose task it is."""
    copies.belongs_no_more(work, by=heard.task_id)
    if heard.owner_id is not None:
        copies.belongs(work, Whom.OWNER, heard.task_id, heard.owner_id, by=heard.task_id)


def _endorsement(idea_id: UUID, person_id: UUID) -> UUID:
    """One person stands behind one idea once."""
    return uuid5(idea_id, str(person_id))
