"""What becomes of endorsements: they are counted, and carried along when their idea is merged into another.

However many there are, they are carried a portion at a time; what is told of one portion leads to the next.
"""

from uuid import UUID

from sqlalchemy import bindparam, select

from chassis.work import Work
from contracts.ideas import EndorsementCarried, EndorsementGiven, EndorsementWithdrawn, IdeaMerged
from services.ideas.rules import endorsement
from services.ideas.rules.endorsement import State
from services.ideas.store.figures import fold
from services.ideas.store.ideas import share_surviving
from services.ideas.store.tables import ENDORSEMENTS, endorsements

PORTION = 50
LEFT = (
    select(endorsements.c.id)
    .where(
        endorsements.c.association_id == bindparam("association"),
        endorsements.c.idea_id == bindparam("idea"),
        endorsements.c.state == State.GIVEN,
    )
    .order_by(endorsements.c.person_id)
    .limit(PORTION)
)


def count_endorsement(work: Work, heard: EndorsementGiven) -> None:
    """One more stands behind the idea."""
    fold(work, endorsement.of(heard.idea_id, heard.person_id).id)


def discount_endorsement(work: Work, heard: EndorsementWithdrawn) -> None:
    """One fewer stands behind the idea."""
    fold(work, endorsement.of(heard.idea_id, heard.person_id).id)


def carry_endorsements(work: Work, heard: IdeaMerged) -> None:
    """Whoever stood behind the merged idea stands behind the one it is part of now."""
    _carry_some(work, heard.idea_id)


def carry_more_endorsements(work: Work, heard: EndorsementCarried) -> None:
    """One was carried: it counts there and no longer here. Go on with those that are left."""
    fold(work, endorsement.of(heard.idea_id, heard.person_id).id)
    _carry_some(work, heard.idea_id)


def _carry_some(work: Work, idea_id: UUID) -> None:
    left = work.execute(LEFT, {"association": work.who.association_id, "idea": idea_id}).scalars().all()
    if not left:
        return
    into = share_surviving(work, idea_id)
    for id in left:
        given = ENDORSEMENTS.get(work, id)
        if given.state is State.GIVEN:
            carried, told = given.carry(who=work.who, into_id=into.id)
            ENDORSEMENTS.put(work, carried, told)
            _receive(work, given, into_id=into.id, author_id=into.author_id)


def _receive(work: Work, given: endorsement.Endorsement, *, into_id: UUID, author_id: UUID) -> None:
    """Once each: whoever stands behind the other idea already, or had it, is not counted again."""
    there = endorsement.of(into_id, given.person_id)
    there = ENDORSEMENTS.find(work, there.id) or there
    if there.state is State.WITHDRAWN and given.person_id != author_id:
        received, told = there.receive(who=work.who, author_id=author_id, carried=given)
        ENDORSEMENTS.put(work, received, told)
