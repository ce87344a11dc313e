"""What people do with a decision: publish it, and put a slip of the pen right."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import select
from uuid_utils.compat import uuid7

from chassis.work import Work
from contracts.decisions import Outcome
from services.decisions.actions.review import review_on
from services.decisions.rules import decision, survey
from services.decisions.rules.ballot import Ballot, recounted
from services.decisions.rules.decision import Correction, Decision
from services.decisions.rules.verdict import Point, Verdict
from services.decisions.store.copies import policy_of
from services.decisions.store.tables import DECISIONS, SURVEYS, charters, decisions

Changed = Mapping[str, Any]
"""What is to stand instead of what stands there, by field; what is not named stays."""
VOTES = ("votes_for", "votes_against", "abstained", "chair_votes_for")


def publish_decision(work: Work, id: UUID) -> Decision:
    """Everybody can read the decision; what it corrects, or an earlier one on the same proposal, stands back for it."""
    waiting = DECISIONS.get(work, id)
    earlier_id = waiting.corrects or _stands_before(work, waiting)
    published, told = waiting.publish(who=work.who, now=work.now, supersedes=earlier_id)
    if earlier_id is not None:
        earlier, news = DECISIONS.get(work, earlier_id).be_superseded(who=work.who, by_decision_id=id)
        DECISIONS.put(work, earlier, news)
    kept = DECISIONS.put(work, published, told)
    if kept.corrects is None:
        _begin_what_follows(work, kept)
    return kept


def correct_decision(work: Work, id: UUID, *, what: str, why: str, changed: Changed) -> Decision:
    """A new record, to be published, says what the published one should have said."""
    wrong = DECISIONS.get(work, id)
    right, told = decision.correct(
        wrong,
        id=uuid7(),
        who=work.who,
        verdict=_put_right(wrong, changed),
        ballot=_counted_again(wrong.ballot, changed),
        correction=Correction(what=what, why=why),
        now=work.now,
    )
    return DECISIONS.put(work, right, told)


def _begin_what_follows(work: Work, published: Decision) -> None:
    """The day to look at what came of it, and the questions to those who took part; a group that works on is not asked."""
    if published.review_on is not None:
        review_on(work, published, published.review_on)
    if published.outcome is Outcome.RETURNED or _asked_already(work, published):
        return
    opened, told = survey.open_survey(
        group_id=published.group_id,
        decision_id=published.id,
        title=published.title,
        members=published.members,
        days=policy_of(work).survey_days,
        now=work.now,
    )
    SURVEYS.put(work, opened, told)


def _asked_already(work: Work, published: Decision) -> bool:
    """Whether the group was asked before; of two decisions on one group's proposal that come out at once, one waits here."""
    work.execute(select(charters.c.charter_id).where(charters.c.charter_id == published.charter_id).with_for_update())
    return SURVEYS.find(work, survey.id_of(published.group_id)) is not None


def _put_right(wrong: Decision, changed: Changed) -> Verdict:
    said = {name: changed.get(name, getattr(wrong, name)) for name in ("reason", "codes", "message", "message_to_proposer")}
    conditions = tuple(changed.get("conditions", wrong.conditions))
    points = {point["recommendation_id"]: point for point in changed.get("points", ())}
    return Verdict(
        **(said | {"codes": tuple(said["codes"])}),
        outcome=wrong.outcome,
        conditions=conditions,
        points=tuple(_point(point, points.get(point.recommendation_id, {})) for point in wrong.points),
        review_on=wrong.review_on,
    )


def _point(wrong: Point, changed: Changed) -> Point:
    return replace(wrong, **{name: changed[name] for name in ("change", "reason", "code") if name in changed})


def _counted_again(ballot: Ballot, changed: Changed) -> Ballot:
    votes = {name: changed.get(name, getattr(ballot, name)) for name in VOTES}
    return recounted(ballot, **votes)


def _stands_before(work: Work, later: Decision) -> UUID | None:
    earlier = (decisions.c.proposal_id == later.proposal_id, decisions.c.edition < later.edition)
    published = select(decisions.c.id).where(*earlier, decisions.c.state == decision.State.PUBLISHED)
    found: UUID | None = work.execute(published.order_by(decisions.c.edition.desc())).scalars().first()
    return found
