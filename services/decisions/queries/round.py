"""What a secretary can ask about rounds: what is in one, whom it will reach, and how far it has come."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_

from chassis.identity import Duty
from chassis.paging import after, page
from chassis.refusal import NOT_FOUND, No, NotFound
from chassis.work import Work
from contracts.circle import Whom
from services.decisions.queries.row import only
from services.decisions.rules import round as together
from services.decisions.rules.decision import Decision
from services.decisions.rules.round import Round
from services.decisions.store.copies import roster_on
from services.decisions.store.tables import DECISIONS, ROUNDS, decisions, rounds


def rounds_of(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of rounds, newest first, each with how far it has come; they are the secretaries'."""
    if not work.who.has(Duty.SECRETARY):
        return {"items": [], "next_cursor": None}
    asked = select(rounds)
    if where := after(cursor):
        asked = asked.where(tuple_(rounds.c.opened_at, rounds.c.id) < tuple_(*where))
    rows = work.execute(asked.order_by(rounds.c.opened_at.desc(), rounds.c.id.desc()).limit(limit + 1)).all()
    return page(rows, limit, lambda row: (row.opened_at, row.id), lambda row: _briefly(ROUNDS.made(row)))


def round(work: Work, id: UUID) -> dict[str, Any]:
    """One round: its decisions, whom they will reach, and what I can do with it."""
    row = work.execute(select(rounds).where(rounds.c.id == id)).one_or_none()
    if row is None or not work.who.has(Duty.SECRETARY):
        raise NotFound(NOT_FOUND)
    found = ROUNDS.made(row)
    ids = [entry.decision_id for entry in found.entries]
    rows = {row.id: row for row in work.execute(select(decisions).where(decisions.c.id.in_(ids)))}
    return _briefly(found) | {
        "version": found.version,
        "decisions": [_entry(entry, rows[entry.decision_id]) for entry in found.entries],
        "reach": _reach(work, [DECISIONS.made(row) for row in rows.values()]),
        "may": _moves(work, found),
    }


def _briefly(found: Round) -> dict[str, Any]:
    out = sum(entry.published for entry in found.entries)
    far = {"published": out, "of": len(found.entries), "refused": sum(bool(entry.refused) for entry in found.entries)}
    return {"id": found.id, "title": found.title, "opened_at": found.opened_at, "state": found.state, "progress": far}


def _entry(entry: together.Entry, row: Any) -> dict[str, Any]:
    no = No.known.get(entry.refused)
    shown = only(row, "title", "outcome", "body_id", "group_id", "corrects") | {"decision_id": row.id}
    return shown | {"published": entry.published, "refused": {"slug": no.slug, "da": no.da, "en": no.en} if no else None}


def _reach(work: Work, found: list[Decision]) -> list[dict[str, Any]]:
    """How many circles of each kind will be told, each once; how many people are in them is said where it is known here."""
    circles = {(circle.whom, circle.of) for decision in found for circle in decision.circles}
    members = {person_id for decision in found for person_id in decision.members}
    seated = {sitting.person_id for decision in found for sitting in roster_on(work, decision.body_id, work.today)}
    known = {Whom.MEMBERS: len(members), Whom.BOARD: len(seated)}
    numbers = {whom: sum(named is whom for named, _ in circles) for whom in Whom}
    return [{"whom": whom, "circles": number, "people": known.get(whom)} for whom, number in numbers.items() if number]


def _moves(work: Work, found: Round) -> list[str]:
    """To begin, to go on and to finish are one button: publish."""
    open_now = set(together.LIFE.open_to(found, work.who))
    publish = ["publish"] if open_now & {"begin", "go_on"} and found.entries else []
    leave = ["leave_out"] if "leave_out" in open_now and found.waiting else []
    untouched = not any(entry.published for entry in found.entries)
    return ["gather"] * ("gather" in open_now) + publish + leave + ["give_up"] * ("give_up" in open_now and untouched)
