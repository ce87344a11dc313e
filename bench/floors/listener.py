"""Floor of the listener: what lies ready is stored in one statement and acknowledged, in one word, after the commit."""

import json
from typing import Any

import pika
import psycopg

TABLES = """
    create table inbox (association_id uuid, id uuid, body bytea not null, state text not null default 'waiting',
        primary key (association_id, id));
    create index inbox_waiting_ix on inbox (association_id, id) where state = 'waiting';
"""
STORE = """
    insert into inbox (association_id, id, body) select * from unnest(%s::uuid[], %s::uuid[], %s::bytea[]) on conflict do nothing
"""
MOST = 500


def listen(amqp_url: str, database_url: str, queue: str, how_many: int) -> None:
    """Store and acknowledge so many letters."""
    with psycopg.connect(database_url) as database, pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        channel = connection.channel()
        channel.basic_qos(prefetch_count=2 * MOST)
        ready: list[bytes] = []
        stored = 0
        for method, _, body in channel.consume(queue):
            ready.append(body)
            if len(ready) >= MOST or not channel.get_waiting_message_count():
                _store(database, ready)
                channel.basic_ack(method.delivery_tag, multiple=True)
                stored, ready = stored + len(ready), []
                if stored >= how_many:
                    break


def _store(database: "psycopg.Connection[Any]", bodies: list[bytes]) -> None:
    heads = [json.loads(body) for body in bodies]
    database.execute(STORE, [[head["tenantid"] for head in heads], [head["id"] for head in heads], bodies])
    database.commit()
