"""The letters that are to be sent, notice by notice, and those that were: for whoever sends them."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, text, tuple_

from chassis.paging import after, page
from chassis.refusal import NOT_ALLOWED, NOT_FOUND, NotAllowed, NotFound
from chassis.work import Work
from services.notices.rules.letter import LIFE, State, may_send
from services.notices.store.tables import LETTERS, letters, notices

HERE = notices.c.association_id == bindparam("association")
OPEN = select(notices).where(HERE, text("to_send > 0")).order_by(notices.c.send_by, notices.c.notice_id).limit(bindparam("most"))
OPEN_AFTER = OPEN.where(tuple_(notices.c.send_by, notices.c.notice_id) > tuple_(bindparam("day"), bindparam("after")))
DONE = (
    select(notices)
    .where(HERE, text("to_send = 0"))
    .order_by(notices.c.told_on.desc(), notices.c.notice_id.desc())
    .limit(bindparam("most"))
)
DONE_AFTER = DONE.where(tuple_(notices.c.told_on, notices.c.notice_id) < tuple_(bindparam("day"), bindparam("after")))
ONE = select(notices).where(HERE, notices.c.notice_id == bindparam("id"))
OF_NOTICE = (
    select(letters)
    .where(letters.c.association_id == bindparam("association"), letters.c.notice_id == bindparam("id"))
    .where(letters.c.id > bindparam("after"))
    .order_by(letters.c.id)
    .limit(bindparam("most"))
)
TO_SEND = OF_NOTICE.where(letters.c.state == State.TO_SEND)
FIRST = UUID(int=0)


def notices_to_send(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the notices with letters to send, the latest by their day first."""
    return _page(work, (OPEN, OPEN_AFTER), "send_by", limit, cursor)


def notices_done(work: Work, *, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of the notices of which no letter is left to send, newest first."""
    return _page(work, (DONE, DONE_AFTER), "told_on", limit, cursor)


def notice(work: Work, id: UUID) -> dict[str, Any]:
    """One notice, and how far its letters are."""
    row = work.execute(ONE, {"association": work.who.association_id, "id": id}).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    _must_send(work)
    return _notice(work, row)


def letters_of(work: Work, id: UUID, *, to_send: bool, limit: int, cursor: str | None) -> dict[str, Any]:
    """A page of a notice's letters: all, or those to send."""
    notice(work, id)
    (last,) = after(cursor, UUID) or (FIRST,)
    values = {"association": work.who.association_id, "id": id, "after": last, "most": limit + 1}
    rows = work.execute(TO_SEND if to_send else OF_NOTICE, values).all()
    return page(rows, limit, lambda row: (row.id,), lambda row: _letter(work, row))


def letter(work: Work, id: UUID) -> dict[str, Any]:
    """One letter."""
    row = work.execute(select(letters).where(letters.c.id == id)).one_or_none()
    if row is None:
        raise NotFound(NOT_FOUND)
    _must_send(work)
    return _letter(work, row)


def _must_send(work: Work) -> None:
    if not may_send(work.who):
        raise NotAllowed(NOT_ALLOWED)


def _page(work: Work, asked: tuple[Any, Any], day: str, limit: int, cursor: str | None) -> dict[str, Any]:
    _must_send(work)
    values: dict[str, Any] = {"association": work.who.association_id, "most": limit + 1}
    where = after(cursor, date.fromisoformat, UUID)
    if where:
        values |= dict(zip(("day", "after"), where, strict=True))
    rows = work.execute(asked[1 if where else 0], values).all()
    return page(rows, limit, lambda row: (getattr(row, day), row.notice_id), lambda row: _notice(work, row))


def _notice(work: Work, row: Any) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in ("kind", "about", "links", "told_on", "send_by", "answer_by")}
    counts = {name: getattr(row, name) for name in ("letters", "to_send", "sent")}
    late = row.to_send > 0 and row.send_by < work.today
    return {"id": row.notice_id, **told, **counts, "late": late, "may": ["send"] if row.to_send else []}


def _letter(work: Work, row: Any) -> dict[str, Any]:
    names = ("id", "notice_id", "person_id", "send_by", "written_at", "state", "sent_by", "sent_at")
    late = row.state == State.TO_SEND and row.send_by < work.today
    return {**{name: getattr(row, name) for name in names}, "late": late, "may": LIFE.open_to(LETTERS.made(row), work.who)}
