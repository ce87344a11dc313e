"""Letters over RabbitMQ: a topic exchange per publisher, a quorum queue per consumer, every letter confirmed and mandatory."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event as Flag
from typing import Any
from uuid import UUID

import pika
from pika.exceptions import AMQPError, NackError, UnroutableError

from chassis.transport import Lost, Parcel, Store

MOST_AT_ONCE = 100
LOOK_UP = 0.5
"""Seconds between two looks at whether to stop, while nothing arrives."""


class RabbitMQ:
    """One connection for publishing, made when first used; each listener makes its own. One thread may use each."""

    def __init__(self, url: str) -> None:
        self.parameters = pika.URLParameters(url)
        self.parameters.heartbeat = 10
        self.parameters.blocked_connection_timeout = 60
        self.parameters.socket_timeout = 10
        self.connection: pika.BlockingConnection | None = None
        self.channel: Any = None

    def publish(self, parcels: Sequence[Parcel]) -> set[UUID]:
        """Publish one by one, each confirmed by the broker; one that is returned or refused stays unconfirmed."""
        confirmed = set()
        try:
            channel = self._publishing({parcel.service for parcel in parcels})
            for parcel in parcels:
                try:
                    channel.basic_publish(
                        exchange_of(parcel.service), parcel.kind, parcel.body, _properties(parcel), mandatory=True
                    )
                    confirmed.add(parcel.id)
                except (UnroutableError, NackError):
                    continue
        except (AMQPError, OSError) as gone:
            self.close()
            raise Lost(f"RabbitMQ is not there ({type(gone).__name__})") from gone
        return confirmed

    def listen(self, consumer: str, topics: Sequence[tuple[str, str]], store: Store, stopping: Flag) -> None:
        """Take what lies ready, store it, acknowledge it in one go; a broker that cancels the consumer is a lost broker."""
        try:
            with self._connected() as connection:
                channel = connection.channel()
                _declare(channel, consumer, topics)
                channel.basic_qos(prefetch_count=MOST_AT_ONCE)
                self._take(channel, queue_of(consumer), store, stopping)
        except (AMQPError, OSError) as gone:
            raise Lost(f"RabbitMQ is not there ({type(gone).__name__})") from gone

    def close(self) -> None:
        """Close the publishing connection; the next publish makes a new one."""
        connection, self.connection, self.channel = self.connection, None, None
        if connection is not None and connection.is_open:
            try:
                connection.close()
            except (AMQPError, OSError):
                return  # it was gone already, which is what we wanted

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

    def _publishing(self, services: set[str]) -> Any:
        if self.connection is None or not self.connection.is_open:
            self.connection = pika.BlockingConnection(self.parameters)
            self.channel = self.connection.channel()
            self.channel.confirm_delivery()
            for service in services:
                self.channel.exchange_declare(exchange_of(service), "topic", durable=True)
        return self.channel

    @contextmanager
    def _connected(self) -> Iterator[pika.BlockingConnection]:
        connection = pika.BlockingConnection(self.parameters)
        try:
            yield connection
        finally:
            if connection.is_open:
                connection.close()


def exchange_of(service: str) -> str:
    """The exchange that only this service publishes to."""
    return f"{service}.events"


def queue_of(consumer: str) -> str:
    """The one queue of a consumer."""
    return f"{consumer}.inbox"


def _declare(channel: Any, consumer: str, topics: Sequence[tuple[str, str]]) -> None:
    channel.queue_declare(queue_of(consumer), durable=True, arguments={"x-queue-type": "quorum"})
    for service, kind in topics:
        channel.exchange_declare(exchange_of(service), "topic", durable=True)
        channel.queue_bind(queue_of(consumer), exchange_of(service), kind)


def _properties(parcel: Parcel) -> pika.BasicProperties:
    return pika.BasicProperties(
        content_type="application/cloudevents+json",
        delivery_mode=2,
        message_id=str(parcel.id),
        type=parcel.kind,
        app_id=parcel.service,
    )
