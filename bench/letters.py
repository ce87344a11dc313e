"""Letters of 1,024 bytes, and putting them where a part of the post finds them."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from uuid_utils.compat import uuid7

from chassis import clock
from contracts.event import Letter, plain
from contracts.ideas import EndorsementGiven

BYTES = 1024
WAITING = "copy {} (association_id, id, kind, thing, subject, sequence, body, state, due{}) from stdin"


class Row(NamedTuple):
    """A letter as the boxes keep it."""

    association_id: UUID
    id: UUID
    kind: str
    thing: str
    subject: UUID
    sequence: int
    body: bytes


def letters(how_many: int, associations: int = 1) -> list[Row]:
    """Letters that say that somebody endorsed an idea, dealt out to so many associations in turn."""
    ids = [uuid7() for _ in range(associations)]
    return [_letter(ids[number % associations]) for number in range(how_many)]


def fill_outbox(connection: psycopg.Connection[Any], rows: Sequence[Row]) -> None:
    """Put them into an empty outbox."""
    _fill(connection, "outbox", rows, "")


def fill_inbox(connection: psycopg.Connection[Any], rows: Sequence[Row]) -> None:
    """Put them into an empty inbox."""
    _fill(connection, "inbox", rows, ", stored_at")


def _fill(connection: psycopg.Connection[Any], box: str, rows: Sequence[Row], more: str) -> None:
    now = clock.now()
    tail = ("waiting", now, now) if more else ("waiting", now)
    connection.execute(f"truncate {box}")
    with connection.cursor().copy(WAITING.format(box, more)) as copy:
        for row in rows:
            copy.write_row((*row, *tail))
    connection.execute(f"analyze {box}")


def _letter(association: UUID) -> Row:
    event = EndorsementGiven(idea_id=uuid7(), person_id=uuid7())
    letter = Letter(
        id=uuid7(),
        association_id=association,
        kind=event.kind,
        source=event.teller(),
        subject=uuid7(),
        sequence=1,
        at=clock.now(),
        data=plain.unstructure(event) | {"weight": ""},
        trace="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        correlation=uuid7(),
    )
    letter.data["weight"] = "x" * (BYTES - len(letter.to_bytes()))
    return Row(association, letter.id, letter.kind, letter.thing, letter.subject, 1, letter.to_bytes())
