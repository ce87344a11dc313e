"""A connection to RabbitMQ that only publishes: many letters on their way at once, each one's confirm awaited."""

from collections.abc import Callable, Sequence
from functools import partial
from threading import Event as Flag
from threading import Thread
from typing import Any
from uuid import UUID

import pika
from pika.exceptions import AMQPError

from chassis.transport import Lost, Parcel

Route = Callable[[Parcel], tuple[str, str, pika.BasicProperties]]
DEADLINE = 30.0
"""Seconds until a list of letters must be confirmed; after that the connection is given up and all of it counts as unsent."""


PIECE = 64 * 1024
"""Bytes that are written at once."""


class Gathered(pika.SelectConnection):  # type: ignore[misc]  # pika carries no types
    """Writes the frames of many letters in large pieces: pika's own way is a system call for each of a letter's three."""

    def __init__(self, *words: Any, **more: Any) -> None:
        self.gathering, self.size = False, 0
        self.pieces: list[bytes] = []
        super().__init__(*words, **more)

    def gather(self, write: Callable[[], None]) -> None:
        """Whatever `write` sends goes out together, a piece as soon as it is full: the broker begins while we go on."""
        self.gathering = True
        try:
            write()
        finally:
            self.gathering = False
        self._flush()

    def _adapter_emit_data(self, data: bytes) -> None:
        self.pieces.append(data)
        self.size += len(data)
        if not self.gathering or self.size >= PIECE:
            self._flush()

    def _flush(self) -> None:
        pieces, self.pieces, self.size = self.pieces, [], 0
        if pieces:
            super()._adapter_emit_data(b"".join(pieces))


class Batch:
    """Letters that were handed to the broker, until the broker has said of each what became of it."""

    def __init__(self, parcels: Sequence[Parcel]) -> None:
        self.parcels = parcels
        self.awaited: dict[int, UUID] = {}
        self.returned: set[str] = set()
        self.confirmed: set[UUID] = set()
        self.done, self.failure = Flag(), ""

    def settle(self, tag: int, multiple: bool, *, confirmed: bool) -> None:
        """The broker has it, or says no; `multiple` says the same of all before it."""
        tags = [each for each in self.awaited if each <= tag] if multiple else [tag]
        for each in tags:
            id = self.awaited.pop(each, None)
            if id is not None and confirmed and str(id) not in self.returned:
                self.confirmed.add(id)
        if not self.awaited:
            self.done.set()

    def fail(self, why: str) -> None:
        """The connection is gone: what was not confirmed may or may not have arrived."""
        self.failure = why
        self.done.set()


class Publisher:
    """Connects in a thread of its own, which keeps the heart beating while nothing is sent. Make it after any fork."""

    def __init__(self, parameters: pika.connection.Parameters, declare: Callable[[Any], None]) -> None:
        self.declare, self.blocked = declare, False
        self.ready, self.batch = Flag(), Batch([])
        self.tag, self.why = 0, ""
        self.channel: Any = None
        self.connection = Gathered(
            parameters,
            on_open_callback=lambda connection: connection.channel(on_open_callback=self._opened),
            on_open_error_callback=lambda _, error: self._gone(error),
            on_close_callback=lambda _, reason: self._gone(reason),
        )
        self.connection.add_on_connection_blocked_callback(lambda *_: self._block(True))
        self.connection.add_on_connection_unblocked_callback(lambda *_: self._block(False))
        self.thread = Thread(target=self._run, name="publisher", daemon=True)
        self.thread.start()

    def publish(self, parcels: Sequence[Parcel], route: Route, meanwhile: Callable[[], None]) -> set[UUID]:
        """Send all, wait for all; return the ids that are confirmed. Raises `Lost`."""
        if not self.ready.wait(DEADLINE) or self.why:
            raise Lost(f"RabbitMQ is not there ({self.why or 'no answer'})")
        batch = Batch(parcels)
        self._soon(partial(self._send, batch, route))
        meanwhile()
        if not batch.done.wait(DEADLINE):
            raise Lost("RabbitMQ does not confirm" + (": it takes no letters now (blocked)" if self.blocked else ""))
        if batch.failure:
            raise Lost(f"RabbitMQ is not there ({batch.failure})")
        return batch.confirmed

    @property
    def open(self) -> bool:
        """Whether it is worth another try."""
        return not self.why

    def close(self) -> None:
        """End the connection and its thread; one that is stuck ends when its heart stops."""
        if self.thread.is_alive():
            self._soon(self._close)
            self.thread.join(5)
        if not self.thread.is_alive():
            self.connection.ioloop.close()

    def _run(self) -> None:
        try:
            self.connection.ioloop.start()
        except Exception as failure:  # noqa: BLE001  whatever ends the loop ends the connection
            self._gone(failure)

    def _soon(self, action: Callable[[], None]) -> None:
        self.connection.ioloop.add_callback_threadsafe(action)

    def _opened(self, channel: Any) -> None:
        self.channel = channel
        channel.add_on_close_callback(lambda _, reason: self._gone(reason))
        channel.add_on_return_callback(lambda _, __, properties, ___: self.batch.returned.add(properties.message_id))
        self.declare(channel)
        channel.confirm_delivery(self._confirmed, callback=lambda _: self.ready.set())

    def _send(self, batch: Batch, route: Route) -> None:
        self.batch = batch

        def write() -> None:
            for parcel in batch.parcels:
                self.tag += 1
                batch.awaited[self.tag] = parcel.id
                exchange, key, properties = route(parcel)
                self.channel.basic_publish(exchange, key, parcel.body, properties, mandatory=True)

        try:
            self.connection.gather(write)
        except AMQPError as failure:
            self._gone(failure)

    def _confirmed(self, frame: Any) -> None:
        method = frame.method
        self.batch.settle(method.delivery_tag, method.multiple, confirmed=isinstance(method, pika.spec.Basic.Ack))

    def _block(self, blocked: bool) -> None:
        self.blocked = blocked

    def _gone(self, reason: Any) -> None:
        self.why = self.why or type(reason).__name__
        self.batch.fail(self.why)
        self.ready.set()
        self._close()

    def _close(self) -> None:
        if self.connection.is_open:
            self.connection.close()  # which calls `_gone` when it is closed
        elif not self.connection.is_closing:
            self.connection.ioloop.stop()
