"""What people do with their endorsement: give it, and take it back.

The idea itself is only looked at, so that many can do this at once.
"""

from uuid import UUID

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from services.ideas.rules import endorsement
from services.ideas.rules.endorsement import Endorsement
from services.ideas.rules.idea import State, may_see
from services.ideas.store.ideas import share_idea
from services.ideas.store.tables import ENDORSEMENTS


def endorse_idea(work: Work, id: UUID) -> Endorsement:
    """A neighbour stands behind it."""
    idea = share_idea(work, id)
    if not may_see(state=State(idea.state), author_id=idea.author_id, who=work.who):
        raise NotFound(NOT_FOUND)
    mine = _mine(work, id)
    given, told = mine.give(who=work.who, author_id=idea.author_id, published=idea.state == State.PUBLISHED)
    return ENDORSEMENTS.put(work, given, told)


def withdraw_endorsement(work: Work, id: UUID) -> Endorsement:
    """A neighbour no longer stands behind it, whatever has become of it."""
    share_idea(work, id)
    withdrawn, told = _mine(work, id).withdraw(who=work.who)
    return ENDORSEMENTS.put(work, withdrawn, told)


def _mine(work: Work, idea_id: UUID) -> Endorsement:
    if work.who.person_id is None:
        raise NotFound(NOT_FOUND)
    mine = endorsement.of(idea_id, work.who.person_id)
    return ENDORSEMENTS.find(work, mine.id) or mine
