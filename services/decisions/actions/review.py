"""What people do to look at what has come of a decision."""

from datetime import date
from uuid import UUID

from chassis.refusal import Refused
from chassis.work import Work
from services.decisions.rules import review
from services.decisions.rules.decision import Decision, State
from services.decisions.rules.review import Review
from services.decisions.store.tables import DECISIONS, REVIEWS


def plan_review(work: Work, decision_id: UUID, *, day: date) -> Review:
    """On this day somebody looks at what has come of the decision."""
    decided = DECISIONS.get(work, decision_id)
    if day <= work.today:
        raise Refused(review.DAY_PAST)
    return review_on(work, decided, day)


def hold_review(work: Work, id: UUID, *, found: str, next_day: date | None) -> Review:
    """What was found is written down; if there is a next time, it comes round by itself.

    The decision is held first, here as where a review is planned, so that two never wait for each other.
    """
    decided = DECISIONS.get(work, REVIEWS.see(work, id).decision_id)
    held, told = REVIEWS.get(work, id).hold(who=work.who, found=found, next_day=next_day, today=work.today)
    kept = REVIEWS.put(work, held, told)
    if next_day is not None:
        review_on(work, decided, next_day)
    return kept


def review_on(work: Work, decided: Decision, day: date) -> Review:
    """A review on that day, of the decision that somebody holds."""
    planned, told = review.plan(
        who=work.who,
        decision_id=decided.original_id,
        body_id=decided.body_id,
        published=decided.state is not State.PREPARED,
        day=day,
        taken=REVIEWS.find(work, review.id_of(decided.original_id, day)) is not None,
        circles=decided.circles,
    )
    return REVIEWS.put(work, planned, told)
