"""Finds letters that count as sent and lie in no inbox, as after a restore, and sends them again."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fnmatch import fnmatchcase
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, text

from deploy.command.reach import Reach
from deploy.services import SERVICES

LOOK_BACK = timedelta(days=14)
"""Letters are kept longer than this in every inbox: one that is missing there was never stored."""

AT_ONCE = 5_000
SENT = text("""
    select association_id, id, kind, audience from outbox
    where state = 'sent' and sent_at > (select max(sent_at) from outbox) - cast(:back as interval)
      and (cast(:here as uuid) is null or association_id = :here)
""")
MISSING = text("""
    select s.id from unnest(cast(:associations as uuid[]), cast(:ids as uuid[])) as s (association_id, id)
    where not exists (select from inbox i where i.association_id = s.association_id and i.id = s.id)
""")
AGAIN = text("update outbox set state = 'waiting', due = now() where id = any(:ids) and state = 'sent'")


def send_again_what_is_missing(reach: Reach, here: UUID | None = None) -> int:
    """Compare every outbox with the inboxes of those who listen; return how many letters will be sent again.

    Whoever has a letter already changes nothing when it comes once more.
    """
    found = 0
    for teller in SERVICES:
        with reach.seeing_all(teller.name) as connection:
            missing = {id for letters in _sent(connection, here) for id in _missing(reach, teller.name, letters)}
            connection.execute(AGAIN, {"ids": sorted(missing)})
        found += len(missing)
    return found


def _sent(connection: Connection, here: UUID | None) -> Iterator[Sequence[Any]]:
    """What counts as sent, a few thousand at a time."""
    asked = connection.execute(SENT, {"here": here, "back": LOOK_BACK}, execution_options={"stream_results": True})
    yield from asked.partitions(AT_ONCE)


def _missing(reach: Reach, teller: str, letters: Sequence[Any]) -> Iterator[UUID]:
    for consumer in SERVICES:
        kinds = [kind for service, kind in consumer.topics if service == teller]
        meant = [
            letter
            for letter in letters
            if letter.audience in ("", consumer.name) and any(fnmatchcase(letter.kind, kind) for kind in kinds)
        ]
        if meant:
            asked = {"associations": [letter.association_id for letter in meant], "ids": [letter.id for letter in meant]}
            with reach.seeing_all(consumer.name) as connection:
                yield from connection.execute(MISSING, asked).scalars().all()
