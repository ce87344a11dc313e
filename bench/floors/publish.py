"""Floor of the relay: bodies to a quorum queue, mandatory and persistent, in lists of 500, each list's confirms awaited."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import uuid4

import pika

LIST, PIECE = 500, 64 * 1024
EXCHANGE, QUEUE, KEY = "floor.events", "floor.inbox", "endorsement.given"


class Gathering(pika.SelectConnection):  # type: ignore[misc]  # pika carries no types
    """Writes frames in pieces of 64 KiB instead of one by one."""

    pieces: list[bytes]
    size = 0

    def _adapter_emit_data(self, data: bytes) -> None:
        if not self.size:
            self.pieces = []
        self.pieces.append(data)
        self.size += len(data)
        if self.size >= PIECE or not self.gathering:
            self.flush()

    gathering = False

    def flush(self) -> None:
        """Write what was gathered."""
        if self.size:
            self.size = 0
            super()._adapter_emit_data(b"".join(self.pieces))


class Publisher:
    """Connected once; `send` returns when the broker has everything."""

    def __init__(self, url: str) -> None:
        self.tag, self.awaited, self.refused, self.ready = 0, set[int](), 0, False
        self.connection = Gathering(pika.URLParameters(url), on_open_callback=self._opened)
        self.channel: Any = None
        while not self.ready:
            self.connection.ioloop.start()

    def send(self, bodies: Sequence[bytes], to: tuple[str, str] = (EXCHANGE, KEY)) -> int:
        """Publish all, list after list, to an exchange under a key; return how many were confirmed."""
        self.refused = 0
        for start in range(0, len(bodies), LIST):
            self.connection.ioloop.add_callback_threadsafe(partial(self._list, bodies[start : start + LIST], *to))
            self.connection.ioloop.start()
        return len(bodies) - self.refused

    def close(self) -> None:
        """End the connection."""
        self.connection.add_on_close_callback(lambda *_: self.connection.ioloop.stop())
        self.connection.close()
        self.connection.ioloop.start()

    def _opened(self, connection: Any) -> None:
        connection.channel(on_open_callback=self._declare)

    def _declare(self, channel: Any) -> None:
        self.channel = channel
        channel.add_on_return_callback(lambda *_: self._refuse())
        channel.exchange_declare(EXCHANGE, "topic", durable=True)
        channel.queue_declare(QUEUE, durable=True, arguments={"x-queue-type": "quorum"})
        channel.queue_bind(QUEUE, EXCHANGE, KEY)
        channel.confirm_delivery(self._confirmed, callback=lambda _: self._done())

    def _list(self, bodies: Sequence[bytes], exchange: str, key: str) -> None:
        self.connection.gathering = True
        for body in bodies:
            self.tag += 1
            self.awaited.add(self.tag)
            properties = pika.BasicProperties(delivery_mode=2, message_id=str(uuid4()))
            self.channel.basic_publish(exchange, key, body, properties, mandatory=True)
        self.connection.gathering = False
        self.connection.flush()

    def _confirmed(self, frame: Any) -> None:
        tag, multiple = frame.method.delivery_tag, frame.method.multiple
        told = {each for each in self.awaited if each <= tag} if multiple else {tag}
        if not isinstance(frame.method, pika.spec.Basic.Ack):
            self.refused += len(told)
        self.awaited -= told
        if not self.awaited:
            self._done()

    def _refuse(self) -> None:
        self.refused += 1

    def _done(self) -> None:
        self.ready = True
        self.connection.ioloop.stop()
