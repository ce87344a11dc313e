"""What may leave the house: somebody decided about every kind and every field, and no person goes along."""

import json
from dataclasses import fields
from typing import Any
from uuid import uuid4

import jsonschema
import pytest

from contracts import described
from contracts.event import PREFIX, Event, Letter, plain
from contracts.outside import LEAVES, STAYS, THINGS, TO_ALL, TO_ONE, cut, named
from gateway.pages.words import WORDS
from gateway.visit import A_PERSON, PERSONS
from services.partners.app import LISTENS
from tests.generate import HOUSE
from tests.lives import made

leaving = pytest.mark.parametrize("kind", LEAVES)


def test_somebody_decided_about_every_kind() -> None:
    assert set(LEAVES) | set(STAYS) == set(Event.known), "say in contracts/outside.py what may leave of it, or why it stays"
    assert not set(LEAVES) & set(STAYS)
    assert {event.kind for event in LISTENS} == {*LEAVES, "day.turned"}


@leaving
def test_what_leaves_is_there_and_names_nobody(kind: str) -> None:
    event = Event.known[kind]
    persons = A_PERSON | PERSONS | {"told", "leaders", "attended", "circles", "remind", "by", "message", "message_to_proposer"}

    assert set(LEAVES[kind]) <= {field.name for field in fields(event)}  # type: ignore[arg-type]
    counts = {field.name for field in fields(event) if field.type is int}  # type: ignore[arg-type]
    assert not (set(LEAVES[kind]) - counts) & persons


@leaving
def test_a_canary_in_any_other_field_stays_inside(kind: str) -> None:
    event, canary = made(Event.known[kind]), f"kanariefugl-{uuid4()}"
    for field in fields(event):
        if field.name not in LEAVES[kind]:
            object.__setattr__(event, field.name, (canary,))

    assert canary in str(event) or {field.name for field in fields(event)} == set(LEAVES[kind])
    assert canary not in json.dumps(cut(event))
    assert list(cut(event)) == list(LEAVES[kind])


@leaving
def test_what_leaves_has_the_form_that_is_described(kind: str) -> None:
    schema = described.schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    example = Letter.from_bytes((HOUSE / f"contracts/examples/{kind}.json").read_bytes())

    for event in (made(Event.known[kind]), example.event()):
        jsonschema.validate(cut(event), schema, cls=jsonschema.Draft202012Validator)
    assert schema["description"].endswith(".")


def test_a_field_with_an_inside_cannot_leave() -> None:
    with pytest.raises(TypeError, match="does not leave the house"):
        described.form(dict[str, str])


def test_words_that_grant_stand_for_kinds() -> None:
    assert named(("idea.published",)) == {"idea.published"}
    assert named(("idea.*", "group.opened")) == {*(kind for kind in TO_ALL if kind.startswith("idea.")), "group.opened"}
    assert named(("*", "idea", "idea.drafted", "person.*", "grant.*", "grant.tested")) == frozenset()
    assert set(TO_ONE) == {"grant.tested"}


def test_everything_that_can_be_granted_has_a_danish_word() -> None:
    assert set(WORDS["heard"]) == set(THINGS)


def test_the_asyncapi_document_holds_together() -> None:
    document = described.asyncapi()
    assert document["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= document["info"].keys()
    for ref in refs(document):
        assert found(document, ref) is not None, ref
    (operation,) = document["operations"].values()
    channel = found(document, operation["channel"]["$ref"])
    assert operation["action"] in {"send", "receive"}
    assert set(channel["messages"]) == {PREFIX + kind for kind in LEAVES}
    for message in document["components"]["messages"].values():
        jsonschema.Draft7Validator.check_schema({**message["payload"], "components": document["components"]})


@leaving
def test_an_event_is_a_message_of_the_document(kind: str) -> None:
    document = described.asyncapi()
    letter = Letter.from_bytes((HOUSE / f"contracts/examples/{kind}.json").read_bytes())
    told = json.loads(letter.to_bytes()) | {"data": cut(letter.event())}
    payload = document["components"]["messages"][PREFIX + kind]["payload"]

    jsonschema.validate(told, {**payload, "components": document["components"]}, cls=jsonschema.Draft7Validator)
    with pytest.raises(jsonschema.ValidationError):
        wrong = {**told, "type": "dk.samskab.other"}
        jsonschema.validate(wrong, {**payload, "components": document["components"]}, cls=jsonschema.Draft7Validator)
    assert plain.unstructure(letter.event())


def refs(part: Any) -> list[str]:
    """Everything that is pointed at."""
    if isinstance(part, dict):
        return [part["$ref"]] if "$ref" in part else [ref for inner in part.values() for ref in refs(inner)]
    return [ref for inner in part for ref in refs(inner)] if isinstance(part, list) else []


def found(document: Any, ref: str) -> Any:
    """What a reference points at."""
    for step in ref.removeprefix("#/").split("/"):
        document = document.get(step) if isinstance(document, dict) else None
    return document
