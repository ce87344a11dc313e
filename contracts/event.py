"""The envelope: how a fact is named, stamped, written as a CloudEvent and read back."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from cattrs.preconf.json import make_converter

PREFIX = "dk.samskab."
MOST_BYTES = 64 * 1024
"""A letter is at most this large, envelope included: what every CloudEvents intermediary must forward."""

plain = make_converter()
"""Turns our frozen values into plain JSON and back; fields that it does not know are ignored."""
plain.register_unstructure_hook(UUID, str)
plain.register_structure_hook(UUID, lambda value, _: value if isinstance(value, UUID) else UUID(value))
plain.register_unstructure_hook(date, lambda value: value.isoformat())
plain.register_structure_hook(date, lambda value, _: value if isinstance(value, date) else date.fromisoformat(value))
plain.register_unstructure_hook(datetime, lambda value: value.isoformat())
plain.register_structure_hook(datetime, lambda value, _: value if isinstance(value, datetime) else datetime.fromisoformat(value))


class Unreadable(Exception):
    """These bytes are no letter of ours. The message names what is wrong, never what they say."""


class Event:
    """Base of all facts. A subclass is a frozen dataclass with a `kind` such as `idea.published`."""

    kind: ClassVar[str]
    known: ClassVar[dict[str, type["Event"]]] = {}

    def __init_subclass__(cls) -> None:
        Event.known[cls.kind] = cls

    @classmethod
    def thing(cls) -> str:
        """What the fact is about, by its glossary name: the part of the kind before the dot."""
        return cls.kind.partition(".")[0]

    @classmethod
    def teller(cls) -> str:
        """The service that tells it: the module of `contracts` that it stands in."""
        return cls.__module__.rpartition(".")[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """One fact on its way: what happened to which thing, as its how-manieth, in which association, when, and why."""

    id: UUID
    association_id: UUID
    kind: str
    source: str
    subject: UUID
    sequence: int
    at: datetime
    data: dict[str, Any] = field(repr=False)
    trace: str | None = None
    correlation: UUID | None = None
    cause: UUID | None = None
    replay: bool = False

    @property
    def thing(self) -> str:
        """What the letter is about: `idea`, `charter`, ..."""
        return self.kind.partition(".")[0]

    def event(self) -> Event:
        """The typed fact; raises `Unreadable` when a field is missing or of the wrong type."""
        try:
            return plain.structure(self.data, Event.known[self.kind])
        except Exception as wrong:  # noqa: BLE001  cattrs raises groups of whatever went wrong
            raise Unreadable(f"{self.kind} does not have the form that was agreed ({type(wrong).__name__})") from None

    def to_bytes(self) -> bytes:
        """Structured CloudEvents 1.0 JSON: the same bytes in outbox, queue and webhook."""
        head = {
            "specversion": "1.0",
            "id": str(self.id),
            "source": f"/services/{self.source}",
            "type": PREFIX + self.kind,
            "subject": str(self.subject),
            "time": self.at.isoformat(),
            "datacontenttype": "application/json",
            "tenantid": str(self.association_id),
            "sequence": f"{self.sequence:020d}",
            "partitionkey": str(self.subject),
            "traceparent": self.trace,
            "correlationid": self.correlation and str(self.correlation),
            "causationid": self.cause and str(self.cause),
            "replay": self.replay or None,
        }
        body = {key: value for key, value in head.items() if value is not None} | {"data": self.data}
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()

    @classmethod
    def from_bytes(cls, body: bytes) -> Self:
        """Read a letter; attributes that this version does not know are ignored. Raises `Unreadable`."""
        if len(body) > MOST_BYTES:
            raise Unreadable(f"larger than {MOST_BYTES} bytes")
        try:
            raw = json.loads(body)
            return cls(
                id=UUID(raw["id"]),
                association_id=UUID(raw["tenantid"]),
                kind=_after(PREFIX, raw["type"]),
                source=_after("/services/", raw["source"]),
                subject=UUID(raw["subject"]),
                sequence=int(raw["sequence"]),
                at=datetime.fromisoformat(raw["time"]),
                data=dict(raw["data"]),
                trace=raw.get("traceparent"),
                correlation=UUID(raw["correlationid"]) if "correlationid" in raw else None,
                cause=UUID(raw["causationid"]) if "causationid" in raw else None,
                replay=bool(raw.get("replay", False)),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as wrong:
            raise Unreadable(f"not a letter of ours ({type(wrong).__name__})") from None


def _after(prefix: str, text: str) -> str:
    if not text.startswith(prefix):
        raise ValueError(prefix)
    return text.removeprefix(prefix)
