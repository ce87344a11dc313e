"""What a secretary does to publish several decisions together: gather, look, publish; and go on where it stopped."""

from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from uuid_utils.compat import uuid7

from chassis.refusal import Refused
from chassis.work import Work
from services.decisions.actions.decision import publish_decision
from services.decisions.rules import decision
from services.decisions.rules import round as together
from services.decisions.rules.round import Round, State
from services.decisions.store.tables import DECISIONS, ROUNDS, in_a_round


def open_round(work: Work, *, title: str) -> Round:
    """Begin to gather."""
    opened, told = together.open_round(id=uuid7(), who=work.who, title=title, now=work.now)
    return ROUNDS.put(work, opened, told)


def gather_decision(work: Work, id: UUID, *, decision_id: UUID) -> Round:
    """One more decision is to be published with the others; no decision is in two rounds."""
    found, waiting = ROUNDS.get(work, id), DECISIONS.see(work, decision_id)
    gathered, told = found.gather(
        who=work.who,
        decision_id=decision_id,
        prepared=waiting.state is decision.State.PREPARED,
        elsewhere=not _took_place(work, id, decision_id),
    )
    return ROUNDS.put(work, gathered, told)


def leave_out_decision(work: Work, id: UUID, *, decision_id: UUID) -> Round:
    """It is published some other time."""
    left, told = ROUNDS.get(work, id).leave_out(who=work.who, decision_id=decision_id)
    work.execute(delete(in_a_round).where(in_a_round.c.round_id == id, in_a_round.c.decision_id == decision_id))
    return ROUNDS.put(work, left, told)


def give_up_round(work: Work, id: UUID) -> Round:
    """Nothing of it is published; its decisions are free for another round."""
    given_up, told = ROUNDS.get(work, id).give_up(who=work.who)
    work.execute(delete(in_a_round).where(in_a_round.c.round_id == id))
    return ROUNDS.put(work, given_up, told)


def begin_round(work: Work, id: UUID) -> tuple[UUID, ...]:
    """From here on it is published; whoever presses again goes on where it stopped. Returns what waits, in order."""
    found = ROUNDS.get(work, id)
    if found.state is not State.PUBLISHING:
        begun, told = found.begin(who=work.who)
        found = ROUNDS.put(work, begun, told)
    return found.waiting


def publish_next(work: Work, id: UUID, decision_id: UUID) -> None:
    """Publish one decision of the round, in a transaction of its own; one that is out already is not published again."""
    found = ROUNDS.get(work, id)
    if decision_id not in found.waiting:
        return
    went_on, told = found.go_on(who=work.who, decision_id=decision_id, refused=_published(work, decision_id))
    ROUNDS.put(work, went_on, told)


def finish_round(work: Work, id: UUID) -> None:
    """When all of it is out it is done; otherwise it can be gone on with."""
    found = ROUNDS.get(work, id)
    if found.state is State.PUBLISHING and not found.waiting:
        ROUNDS.put(work, *found.finish(who=work.who))


def _published(work: Work, decision_id: UUID) -> str:
    """Empty when the decision is out, else why it could not be published."""
    if DECISIONS.get(work, decision_id).state is not decision.State.PREPARED:
        return ""
    try:
        with work.attempt():
            publish_decision(work, decision_id)
    except Refused as no:
        return no.no.slug
    return ""


def _took_place(work: Work, round_id: UUID, decision_id: UUID) -> bool:
    row = insert(in_a_round).values(association_id=work.who.association_id, decision_id=decision_id, round_id=round_id)
    taken = row.on_conflict_do_nothing().returning(in_a_round.c.decision_id)
    return work.execute(taken).scalar() is not None
