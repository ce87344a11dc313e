"""Every letter that was ever golden can be read, and says the same when it is written again."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from contracts.event import MOST_BYTES, Event, Letter, Unreadable, plain
from deploy.services import SERVICES

EXAMPLES = sorted((Path(__file__).parent.parent / "contracts/examples").glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_golden_letter_is_read_and_written_without_loss(path: Path) -> None:
    letter = Letter.from_bytes(path.read_bytes())

    assert holds(plain.unstructure(letter.event()), letter.data)
    assert json.loads(letter.to_bytes()) == json.loads(path.read_bytes())


def holds(now: Any, then: Any) -> bool:
    """Whether all that was said then is said now; what has been added since, also further in, is no loss."""
    if isinstance(then, dict):
        return isinstance(now, dict) and all(key in now and holds(now[key], value) for key, value in then.items())
    if isinstance(then, list):
        return isinstance(now, list) and len(now) == len(then) and all(map(holds, now, then))
    return bool(now == then)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_field_that_is_new_to_us_is_ignored(path: Path) -> None:
    raw = json.loads(path.read_bytes())
    raw["data"]["brought_by_tomorrow"] = {"a": 1}
    raw["newattribute"] = "x"

    letter = Letter.from_bytes(json.dumps(raw).encode())
    assert letter.event() == Letter.from_bytes(path.read_bytes()).event()


@pytest.mark.invariant(1)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_letter_names_exactly_one_association(path: Path) -> None:
    raw = json.loads(path.read_bytes())
    del raw["tenantid"]

    with pytest.raises(Unreadable):
        Letter.from_bytes(json.dumps(raw).encode())


@pytest.mark.parametrize("event", Event.known.values(), ids=lambda event: event.kind)
def test_no_letter_carries_names_or_contact_data(event: type[Event]) -> None:
    carried = {field.name for field in fields(event)}

    assert not carried & {"email", "phone", "mobile", "address", "person_name", "display_name", "cpr"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"id": 1}',
        b"[" * 10_000,
        b"{}" + b" " * MOST_BYTES,
        b'{"specversion":"1.0","id":"x"}',
    ],
)
def test_what_is_no_letter_is_unreadable_and_nothing_worse(body: bytes) -> None:
    with pytest.raises(Unreadable):
        Letter.from_bytes(body)


def test_every_event_that_is_listened_to_is_told_by_another_service_or_by_itself() -> None:
    names = {service.name for service in SERVICES}

    assert {event.teller() for service in SERVICES for event in service.listens} <= names
