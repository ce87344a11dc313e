"""Floor of the reader: a hundred letters in one transaction; for each its effect, the letter that follows, and its own state."""

import json
from typing import Any

import psycopg
from uuid_utils import uuid7

from bench.floors.listener import TABLES as INBOX

LIST = 100
TABLES = (
    INBOX
    + """
    create table effects (association_id uuid, idea_id uuid, person_id uuid not null, at timestamptz not null,
        primary key (association_id, idea_id));
    create table outbox (association_id uuid, id uuid, kind text not null, body bytea not null,
        state text not null default 'waiting', primary key (association_id, id));
    create index outbox_waiting_ix on outbox (association_id, id) where state = 'waiting';
"""
)
TAKE = """
    select association_id, id, body from inbox where state = 'waiting' order by association_id, id limit %s for update skip locked
"""
EFFECT = "insert into effects (association_id, idea_id, person_id, at) values (%s, %s, %s, now())"
FOLLOWS = "insert into outbox (association_id, id, kind, body) values (%s, %s, %s, %s)"
DONE = "update inbox set state = 'done' where association_id = %s and id = %s"


def read(database: "psycopg.Connection[Any]") -> int:
    """Apply everything that waits; return how many letters that was."""
    read = 0
    while taken := database.execute(TAKE, [LIST]).fetchall():
        for association, id, body in taken:
            _react(database, association, id, json.loads(body))
        database.commit()
        read += len(taken)
    database.commit()
    return read


def _react(database: "psycopg.Connection[Any]", association: Any, id: Any, letter: dict[str, Any]) -> None:
    fact = letter["data"]
    database.execute(EFFECT, [association, fact["idea_id"], fact["person_id"]])
    follows = str(uuid7())
    told = letter | {
        "id": follows,
        "source": "/services/counter",
        "type": "dk.samskab.endorsement.withdrawn",
        "subject": follows,
        "partitionkey": follows,
        "causationid": letter["id"],
        "data": {"idea_id": fact["idea_id"], "person_id": fact["person_id"], "departments": []},
    }
    database.execute(FOLLOWS, [association, follows, "endorsement.withdrawn", json.dumps(told).encode()])
    database.execute(DONE, [association, id])
