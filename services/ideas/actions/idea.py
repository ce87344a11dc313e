"""What people do with an idea: write it, moderate it, answer it, merge it."""

from uuid import UUID

from uuid_utils.compat import uuid7

from chassis.refusal import NOT_FOUND, NotFound
from chassis.work import Work
from contracts.event import Event
from services.ideas.rules import idea
from services.ideas.rules.idea import Idea, may_see
from services.ideas.rules.origin import Origin
from services.ideas.store.copies import answer_days, must_know_departments, sits_in
from services.ideas.store.figures import figures
from services.ideas.store.ideas import put_idea
from services.ideas.store.tables import IDEAS
from services.ideas.store.vocabulary import learn_words


def draft_idea(work: Work, *, title: str, text: str, origin: Origin, departments: tuple[UUID, ...]) -> Idea:
    """Somebody begins to write an idea down, for themselves."""
    made, told = _draft(work, title=title, text=text, origin=origin, departments=departments)
    return put_idea(work, made, told)


def write_and_submit_idea(work: Work, *, title: str, text: str, origin: Origin, departments: tuple[UUID, ...]) -> Idea:
    """Somebody puts an idea to the association at once; that there was a draft in between concerns nobody."""
    made, _ = _draft(work, title=title, text=text, origin=origin, departments=departments)
    submitted, told = made.submit(who=work.who, now=work.now)
    return put_idea(work, submitted, told)


def edit_idea(work: Work, id: UUID, *, title: str, text: str, departments: tuple[UUID, ...]) -> Idea:
    """The author goes on writing."""
    taken = _take(work, id)
    edited, told = taken.edit(who=work.who, title=title, text=text, departments=departments)
    must_know_departments(work, departments)
    return put_idea(work, edited, told)


def submit_idea(work: Work, id: UUID) -> Idea:
    """The author puts the draft to the association."""
    submitted, told = _take(work, id).submit(who=work.who, now=work.now)
    return put_idea(work, submitted, told)


def discard_idea(work: Work, id: UUID) -> Idea:
    """The author deletes the draft."""
    discarded, told = _take(work, id).discard(who=work.who)
    return put_idea(work, discarded, told)


def publish_idea(work: Work, id: UUID) -> Idea:
    """A moderator lets everybody read it."""
    published, told = _take(work, id).publish(who=work.who, today=work.today, answer_days=answer_days(work))
    learn_words(work, published)
    return put_idea(work, published, told)


def reject_idea(work: Work, id: UUID, *, reason: str) -> Idea:
    """A moderator does not publish it, and says why."""
    rejected, told = _take(work, id).reject(who=work.who, reason=reason)
    return put_idea(work, rejected, told)


def withdraw_idea(work: Work, id: UUID, *, reason: str) -> Idea:
    """The author takes it back."""
    withdrawn, told = _take(work, id).withdraw(who=work.who, reason=reason)
    return put_idea(work, withdrawn, told)


def hide_idea(work: Work, id: UUID, *, reason: str) -> Idea:
    """A moderator takes it out of sight, and says why."""
    hidden, told = _take(work, id).hide(who=work.who, reason=reason)
    return put_idea(work, hidden, told)


def show_idea(work: Work, id: UUID) -> Idea:
    """A moderator lets everybody read it again."""
    shown, told = _take(work, id).show(who=work.who, today=work.today, answer_days=answer_days(work))
    return put_idea(work, shown, told)


def take_up_idea(work: Work, id: UUID, *, reason: str) -> Idea:
    """The association answers that it will work on it."""
    taken = _take(work, id)
    stand = figures(work, id) if taken.submitted_at else None
    endorsers, in_departments = (stand.endorsers, stand.in_departments) if stand else (0, 0)
    up, told = taken.take_up(who=work.who, reason=reason, endorsers=endorsers, in_departments=in_departments)
    return put_idea(work, up, told)


def decline_idea(work: Work, id: UUID, *, reason: str) -> Idea:
    """The association answers no."""
    declined, told = _take(work, id).decline(who=work.who, reason=reason)
    return put_idea(work, declined, told)


def park_idea(work: Work, id: UUID, *, reason: str) -> Idea:
    """The association lets it wait."""
    parked, told = _take(work, id).park(who=work.who, reason=reason)
    return put_idea(work, parked, told)


def resume_idea(work: Work, id: UUID) -> Idea:
    """The association opens a parked idea again."""
    resumed, told = _take(work, id).resume(who=work.who, today=work.today, answer_days=answer_days(work))
    return put_idea(work, resumed, told)


def merge_idea(work: Work, id: UUID, *, into_id: UUID, reason: str) -> Idea:
    """A moderator lets it go on as part of another. Both are taken out in one order, so that nobody waits in a circle."""
    taken = {each: _take(work, each) for each in sorted({id, into_id})}
    merged, told = taken[id].merge(who=work.who, reason=reason, into_id=into_id, into_state=taken[into_id].state)
    return put_idea(work, merged, told)


def close_comments(work: Work, id: UUID) -> Idea:
    """A moderator ends the conversation about it."""
    closed, told = _take(work, id).close_comments(who=work.who)
    return put_idea(work, closed, told)


def open_comments(work: Work, id: UUID) -> Idea:
    """A moderator lets people talk about it again."""
    opened, told = _take(work, id).open_comments(who=work.who)
    return put_idea(work, opened, told)


def _draft(work: Work, *, title: str, text: str, origin: Origin, departments: tuple[UUID, ...]) -> tuple[Idea, Event]:
    must_know_departments(work, departments)
    return idea.draft(
        id=uuid7(),
        who=work.who,
        sits_in=sits_in(work),
        origin=origin,
        title=title,
        text=text,
        departments=departments,
        now=work.now,
    )


def _take(work: Work, id: UUID) -> Idea:
    """Take out an idea that one may know of."""
    taken = IDEAS.get(work, id)
    if not may_see(state=taken.state, author_id=taken.author_id, who=work.who):
        raise NotFound(NOT_FOUND)
    return taken
