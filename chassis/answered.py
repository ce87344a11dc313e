"""What was answered under an `Idempotency-Key`, kept for a day: asked again, it is answered the same and done once."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

from flask import Request, Response
from marshmallow import ValidationError
from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, PrimaryKeyConstraint, Table, Text, Uuid, text

from chassis import problems, seen
from chassis.identity import Identity
from chassis.refusal import No
from chassis.tables import moment
from chassis.work import Begin, Work

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
MOST_BYTES = 256 * 1024
"""Of an answer. One that is larger is not kept, only that it was given."""

LONGEST_KEY = 200
CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
HOUSE = UUID(int=0)

KEY_USED = No(
    "key-used-already",
    "Nøglen {key} er allerede brugt til noget andet: {route}. Intet er ændret. Brug en ny nøgle til hver ny handling.",
    "The key {key} was already used for something else: {route}. Nothing was changed. Use a new key for each new request.",
)
DONE_ALREADY = No(
    "done-already",
    "Det er allerede gjort. Svaret var for stort til at blive gemt: se, hvordan det står nu.",
    "It is done already. The answer was too large to be kept: look at how things stand now.",
)
TAKE = text("""
    insert into answered (association_id, person, key, route, fingerprint, kept_at)
    values (:association_id, :person, :key, :route, :fingerprint, :now)
    on conflict (association_id, person, key) do update
    set route = excluded.route, fingerprint = excluded.fingerprint, kept_at = excluded.kept_at, status = null, body = null
    where answered.kept_at <= :over
""")
"""A twin waits here until the first is through: its row is not to be passed before that."""

LOOK = text("""
    select route, fingerprint, status, body from answered
    where association_id = :association_id and person = :person and key = :key
""")
KEEP = text("""
    update answered set status = :status, body = :body where association_id = :association_id and person = :person and key = :key
""")
LET_GO = text("delete from answered where association_id = :association_id and person = :person and key = :key")
FORGET = text("delete from answered where association_id = :association_id and kept_at <= :over")

View = TypeVar("View", bound=Callable[..., Any])


def table(metadata: MetaData) -> Table:
    """The table of what was answered, which every service has."""
    return Table(
        "answered",
        metadata,
        Column("association_id", Uuid, nullable=False),
        Column("person", Uuid, nullable=False),
        Column("key", Text, nullable=False),
        Column("route", Text, nullable=False),
        Column("fingerprint", LargeBinary, nullable=False),
        Column("status", Integer),
        Column("body", LargeBinary),  # null: too large
        moment("kept_at"),
        PrimaryKeyConstraint("association_id", "person", "key"),
        Index("answered_kept_ix", "association_id", "kept_at"),
    )


def never_kept(view: View) -> View:
    """A route whose answers are never kept and whose keys are overlooked: a trace of the request would say too much."""
    view.never_kept = True  # type: ignore[attr-defined]
    return view


def key_of(request: Request, view: Callable[..., Any] | None) -> str | None:
    """The key under which this request is to be done once. Quotes around it, as in a structured field, do not belong to it."""
    given = request.headers.get(HEADER, "").strip()
    if not given or request.method not in CHANGES or view is None or getattr(view, "never_kept", False):
        return None
    key = given[1:-1] if len(given) > 1 and given[0] == given[-1] == '"' else given
    if not key or not key.isascii() or not key.isprintable():
        raise ValidationError({HEADER: ["unprintable" if key else "empty"]})
    if len(key) > LONGEST_KEY:
        raise ValidationError({HEADER: [f"too-long:{LONGEST_KEY}"]})
    return key


class Known(Exception):
    """The request was answered before; `answer` is what it is answered now."""

    def __init__(self, answer: Response) -> None:
        super().__init__(answer.status)
        self.answer = answer


class Once:
    """One request under its key. Its transaction stays open until its answer is kept, so that both are there or neither."""

    def __init__(self, key: str, request: Request, until_answered: ExitStack) -> None:
        self.key, self.request, self.until_answered = key, request, until_answered
        self.open: Work | None = None

    @contextmanager
    def work(self, begin: Begin, who: Identity) -> Iterator[Work]:
        """The request's one transaction, with the key written down first. Raises `Known`."""
        if self.open is None:
            self.open = self.until_answered.enter_context(begin(who))
            self._take(self.open)
        yield self.open

    def keep(self, answer: Response) -> None:
        """Keep the answer beside what was done; a refusal is not kept, so that it may be tried again."""
        if self.open is None:
            return
        if answer.status_code >= 400:
            self.open.execute(LET_GO, self._row(self.open))
            return
        body = answer.get_data()
        kept = {"status": answer.status_code, "body": body if len(body) <= MOST_BYTES else None}
        self.open.execute(KEEP, self._row(self.open) | kept)

    def _take(self, work: Work) -> None:
        row, route, print_ = self._row(work), self.request.full_path.rstrip("?"), self._fingerprint(work.who)
        said = {"route": route, "fingerprint": print_, "now": work.now, "over": work.now - KEPT}
        if work.execute(TAKE, row | said).rowcount == 1:
            return
        found = work.execute(LOOK, row).one()
        if (found.route, bytes(found.fingerprint)) != (route, print_):
            raise Known(problems.problem(422, KEY_USED, {"key": self.key, "route": found.route}))
        raise Known(_again(found))

    def _row(self, work: Work) -> dict[str, Any]:
        return {"association_id": work.who.association_id, "person": work.who.person_id or HOUSE, "key": self.key}

    def _fingerprint(self, who: Identity) -> bytes:
        """Of all that makes one request another: what is done, what is sent, and who acts for somebody on paper."""
        digest = hashlib.sha256(f"{self.request.method} {who.act or ''}\n".encode())
        digest.update(self.request.get_data())
        return digest.digest()


def forget(work: Work) -> None:
    """Forget what this association was answered more than a day ago."""
    work.execute(FORGET, {"association_id": work.who.association_id, "over": work.now - KEPT})


def _again(found: Any) -> Response:
    if found.body is None:
        return problems.problem(409, DONE_ALREADY)
    body = bytes(found.body)
    answer = Response(body, found.status, content_type="application/json")
    answer.headers["Idempotent-Replayed"] = "true"
    if tag := seen.tag(json.loads(body), body):
        answer.set_etag(tag)
    return answer
