"""Letters over RabbitMQ: a topic exchange per publisher, a quorum queue per consumer, every letter confirmed and mandatory."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event as Flag
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import UUID

import pika
from pika.exceptions import AMQPError

from chassis.transport import Lost, Parcel, Store, Topic, nothing
from chassis.transport.publisher import Publisher

MOST_AT_ONCE = 500
READ_AT_ONCE, READ_IN_A_ROW = 64 * 1024, 512 * 1024
"""Bytes. pika reads 4 KiB at a time, and each time another thread of ours may take the interpreter meanwhile."""

LOOK_UP = 0.5
"""Seconds between two looks at whether to stop, while nothing arrives."""

NEVER_DROPPED = 1_000_000
"""Deliveries after which a broker may drop a letter. Since 4.0 it does so after 20 unless told otherwise; attempts are counted
by the reader, and a listener that cannot store takes nothing."""

ARGUMENTS = {"x-queue-type": "quorum", "x-delivery-limit": NEVER_DROPPED}
"""How every queue is made."""


class RabbitMQ:
    """One connection for publishing, made when first used; each listener makes its own. One thread may use each."""

    def __init__(self, url: str) -> None:
        self.parameters = pika.URLParameters(_with_defaults(url))
        self.publisher: Publisher | None = None
        self.services: set[str] = set()

    def publish(self, parcels: Sequence[Parcel], meanwhile: Callable[[], None] = nothing) -> set[UUID]:
        """Publish them all and wait for the broker's word on each; one that is returned or refused stays unconfirmed."""
        confirmed: set[UUID] = set()
        try:
            confirmed = self._publishing({parcel.service for parcel in parcels}).publish(parcels, _route, meanwhile)
            return confirmed
        finally:
            if len(confirmed) < len(parcels):
                self.close()  # a channel that was told no by a full queue may go on saying no when the queue is not full any more

    def listen(self, consumer: str, topics: Sequence[Topic], store: Store, stopping: Flag) -> None:
        """Take what lies ready, store it, acknowledge it in one go; a broker that cancels the consumer is a lost broker."""
        try:
            with self._connected() as connection:
                channel = connection.channel()
                _declare(channel, consumer, topics)
                channel.basic_qos(prefetch_count=2 * MOST_AT_ONCE)  # one list comes while the last one is stored
                self._take(channel, queue_of(consumer), store, stopping)
        except (AMQPError, OSError) as gone:
            raise Lost(f"RabbitMQ is not there ({type(gone).__name__})") from gone

    def close(self) -> None:
        """Close the publishing connection; the next publish makes a new one."""
        publisher, self.publisher = self.publisher, None
        if publisher is not None:
            publisher.close()

    def _take(self, channel: Any, queue: str, store: Store, stopping: Flag) -> None:
        ready: list[bytes] = []
        last = 0
        for method, _, body in channel.consume(queue, inactivity_timeout=LOOK_UP):
            if method is not None:
                ready.append(body)
                last = method.delivery_tag
            if ready and (method is None or len(ready) >= MOST_AT_ONCE or not channel.get_waiting_message_count()):
                store(ready)
                channel.basic_ack(last, multiple=True)
                ready = []
            if stopping.is_set() and not ready:
                return
        raise Lost("the broker cancelled the consumer")

    def _publishing(self, services: set[str]) -> Publisher:
        if self.publisher is None or not self.publisher.open or not services <= self.services:
            self.close()
            self.services |= services
            self.publisher = Publisher(self.parameters, self._declare_exchanges)
        return self.publisher

    def _declare_exchanges(self, channel: Any) -> None:
        for service in sorted(self.services):
            channel.exchange_declare(exchange_of(service), "topic", durable=True)

    @contextmanager
    def _connected(self) -> Iterator[pika.BlockingConnection]:
        connection = pika.BlockingConnection(self.parameters)
        _read_large_pieces(connection)
        try:
            yield connection
        finally:
            if connection.is_open:
                connection.close()


def _with_defaults(url: str) -> str:
    """How patient the connection is, where the URL itself does not say: seconds between heartbeats, and while blocked."""
    said = dict(parse_qsl(urlsplit(url).query))
    patience = {"heartbeat": "10", "blocked_connection_timeout": "60", "socket_timeout": "10"} | said
    return urlunsplit(urlsplit(url)._replace(query=urlencode(patience)))


def _read_large_pieces(connection: Any) -> None:
    transport = connection._impl._transport
    transport._MAX_RECV_BYTES, transport._MAX_CONSUME_BYTES = READ_AT_ONCE, READ_IN_A_ROW


def exchange_of(service: str) -> str:
    """The exchange that only this service publishes to."""
    return f"{service}.events"


def queue_of(consumer: str) -> str:
    """The one queue of a consumer."""
    return f"{consumer}.inbox"


def bindings_of(consumer: str, topics: Sequence[Topic]) -> set[tuple[str, str]]:
    """From which exchanges, and under which keys, letters come into a consumer's queue."""
    return {(exchange_of(service), key) for service, kind in topics for key in (kind, f"{consumer}.again.#")}


def _declare(channel: Any, consumer: str, topics: Sequence[Topic]) -> None:
    channel.queue_declare(queue_of(consumer), durable=True, arguments=ARGUMENTS)
    for exchange in sorted({exchange_of(service) for service, _ in topics}):
        channel.exchange_declare(exchange, "topic", durable=True)
    for exchange, key in sorted(bindings_of(consumer, topics)):
        channel.queue_bind(queue_of(consumer), exchange, key)


def _route(parcel: Parcel) -> tuple[str, str, pika.BasicProperties]:
    key = f"{parcel.audience}.again.{parcel.kind}" if parcel.audience else parcel.kind
    properties = pika.BasicProperties(
        content_type="application/cloudevents+json",
        delivery_mode=2,
        message_id=str(parcel.id),
        type=parcel.kind,
        app_id=parcel.service,
    )
    return exchange_of(parcel.service), key, properties
