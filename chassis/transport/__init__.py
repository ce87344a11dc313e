"""How letters travel between services: one small port, two ways to keep it (`in_process`, `rabbitmq`)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event as Flag
from typing import Protocol
from uuid import UUID

Store = Callable[[Sequence[bytes]], None]
"""Stores bodies for good, or raises; what it returned from is never delivered again on purpose."""

Topic = tuple[str, str]
"""What a consumer asks for: a service, and a kind or `thing.*`."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a transport needs to know of a letter: its id, where it goes, and bytes that it does not look into.

    With an audience it goes to that one consumer, whatever others asked for.
    """

    id: UUID
    service: str
    kind: str
    body: bytes
    audience: str = ""


class Lost(Exception):
    """The transport is not there, or went away; try again later."""


def nothing() -> None:
    """What is done meanwhile, unless somebody says otherwise."""


class Transport(Protocol):
    """At least once: a parcel is confirmed when every listener's queue has it, and a delivery is settled when it is stored."""

    def publish(self, parcels: Sequence[Parcel], meanwhile: Callable[[], None] = nothing) -> set[UUID]:
        """Send, and return the ids that are confirmed; the others were refused or found no queue. Raises `Lost`.

        `meanwhile` is called once while the word on them is awaited, where that takes time at all.
        """

    def listen(self, consumer: str, topics: Sequence[Topic], store: Store, stopping: Flag) -> None:
        """Hand what arrives to `store` until `stopping` is set. Raises `Lost`."""

    def close(self) -> None:
        """Give up the connection for publishing, if there is one."""
