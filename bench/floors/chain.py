"""Floor from commit to effect: one process that is woken by the database, publishes, and applies what arrives in one step."""

import json
import time
from multiprocessing.connection import Connection
from threading import Event as Flag
from threading import Thread
from typing import Any

import pika
import psycopg

EXCHANGE, QUEUE, KEY = "floor.events", "floor.chain", "endorsement.given"
TELL = "insert into outbox (association_id, id, kind, body) values (%s, %s, %s, %s)"
WOKEN = "select pg_notify('chain', '')"
TAKE = "select association_id, id, body from outbox where state = 'waiting' order by association_id, id limit 100"
SENT = "update outbox set state = 'sent' where association_id = any(%s) and id = any(%s)"
ONCE = "insert into inbox (association_id, id, body, state) values (%s, %s, %s, 'done') on conflict do nothing"
EFFECT = "insert into effects (association_id, idea_id, person_id, at) values (%s, %s, %s, now())"


def tell(database: "psycopg.Connection[Any]", letter: dict[str, Any]) -> None:
    """Commit a letter, and wake who sends it."""
    with database.transaction():
        database.execute(TELL, [letter["tenantid"], letter["id"], KEY, json.dumps(letter).encode()])
        database.execute(WOKEN)


def run(amqp_url: str, database_url: str, line: Connection) -> None:
    """Send and apply until the other end of the line hangs up; told to `report`, say what was applied when."""
    applied: list[tuple[str, float]] = []
    ready = Flag()
    Thread(target=_apply, args=(amqp_url, database_url, applied, ready), daemon=True).start()
    ready.wait()
    Thread(target=_send, args=(amqp_url, database_url), daemon=True).start()
    line.send("ready")
    try:
        while line.recv():
            new = len(applied)
            line.send(applied[:new])
            del applied[:new]
    except EOFError:
        return


def _send(amqp_url: str, database_url: str) -> None:
    with (
        psycopg.connect(database_url, autocommit=True) as database,
        pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection,
    ):
        channel = connection.channel()
        channel.confirm_delivery()
        database.execute("listen chain")
        while True:
            _send_all(database, channel)
            for _ in database.notifies(timeout=1.0, stop_after=1):
                continue
            connection.process_data_events(0)


def _send_all(database: "psycopg.Connection[Any]", channel: Any) -> None:
    while letters := database.execute(TAKE).fetchall():
        for _, id, body in letters:
            properties = pika.BasicProperties(delivery_mode=2, message_id=str(id))
            channel.basic_publish(EXCHANGE, f"chain.{KEY}", body, properties, mandatory=True)
        database.execute("set synchronous_commit = off")  # a mark that is lost sends a letter twice, which is absorbed
        database.execute(SENT, [[row[0] for row in letters], [row[1] for row in letters]])


def _apply(amqp_url: str, database_url: str, applied: list[tuple[str, float]], ready: Flag) -> None:
    with psycopg.connect(database_url) as database, pika.BlockingConnection(pika.URLParameters(amqp_url)) as connection:
        channel = connection.channel()
        channel.exchange_declare(EXCHANGE, "topic", durable=True)
        channel.queue_declare(QUEUE, durable=True, arguments={"x-queue-type": "quorum"})
        channel.queue_bind(QUEUE, EXCHANGE, f"chain.{KEY}")
        channel.basic_qos(prefetch_count=100)
        here: list[str] = []
        ready.set()
        for method, _, body in channel.consume(QUEUE):
            letter = json.loads(body)
            if database.execute(ONCE, [letter["tenantid"], letter["id"], body]).rowcount:
                fact = letter["data"]
                database.execute(EFFECT, [letter["tenantid"], fact["idea_id"], fact["person_id"]])
                here.append(fact["idea_id"])
            if not channel.get_waiting_message_count():
                database.commit()
                now = time.monotonic()
                applied.extend((idea, now) for idea in here)
                here.clear()
                channel.basic_ack(method.delivery_tag, multiple=True)
