"""Describes what leaves the house, for programs: a JSON Schema for each kind of event, and one AsyncAPI document for them all."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

from contracts.event import PREFIX, Event
from contracts.outside import LEAVES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
PLAIN: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    UUID: {"type": "string", "format": "uuid"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}
TEXT = {"type": "string"}
AN_ID = PLAIN[UUID]


def schemas() -> dict[str, dict[str, Any]]:
    """The form of `data`, by the type of the event."""
    return {f"{PREFIX}{kind}": schema(kind) for kind in sorted(LEAVES)}


def schema(kind: str) -> dict[str, Any]:
    """The form of one kind's `data`: the fields that leave. It is left open, for a field may be added."""
    event = Event.known[kind]
    hints, known = get_type_hints(event), {each.name: each for each in fields(event)}  # type: ignore[arg-type]
    always = [name for name in LEAVES[kind] if known[name].default is MISSING and known[name].default_factory is MISSING]
    return {
        "$schema": DIALECT,
        "$id": f"/schemas/{PREFIX}{kind}.json",
        "title": f"{PREFIX}{kind}",
        "description": _first_sentence(event.__doc__ or ""),
        "type": "object",
        "properties": {name: form(hints[name]) for name in LEAVES[kind]},
        "required": always,
    }


def form(hint: Any) -> dict[str, Any]:
    """The form of one value. The words of an enumeration are examples, for one may be added."""
    if hint in PLAIN:
        return dict(PLAIN[hint])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"type": "string", "examples": [word.value for word in hint]}
    inner = [each for each in get_args(hint) if each is not NoneType and each is not Ellipsis]
    if isinstance(hint, UnionType) and len(inner) == 1:
        found = form(inner[0])
        return found | {"type": [found["type"], "null"]}
    if get_origin(hint) is tuple and len(inner) == 1:
        return {"type": "array", "items": form(inner[0])}
    raise TypeError(f"{hint} does not leave the house: only plain values and lists of them do")


def asyncapi() -> dict[str, Any]:
    """All of it as AsyncAPI 3.0: one channel that is read by asking, and the messages that come."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Samskab",
            "version": "1",
            "description": "What happens in a housing association, for those it has let in. How to begin: docs/integrating.md.",
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/cloudevents+json",
        "servers": {
            "door": {
                "host": "{host}",
                "pathname": "/{association}",
                "protocol": "https",
                "description": "The door of one association.",
                "variables": {
                    "host": {"description": "Where Samskab is found.", "examples": ["samskab.example"]},
                    "association": {"description": "The association's word in the address.", "examples": ["stjernelund"]},
                },
                "security": [{"$ref": "#/components/securitySchemes/credential"}],
            }
        },
        "channels": {"events": _channel()},
        "operations": {
            "tellEvents": {
                "action": "send",
                "channel": {"$ref": "#/channels/events"},
                "summary": "Samskab tells; a partner asks for what is new, and waits a little when there is nothing.",
                "bindings": {"http": {"method": "GET", "query": _query(), "bindingVersion": "0.3.0"}},
            }
        },
        "components": {
            "securitySchemes": {"credential": {"type": "http", "scheme": "bearer"}},
            "messages": {f"{PREFIX}{kind}": _message(kind) for kind in sorted(LEAVES)},
            "schemas": {"envelope": _envelope()} | {name: _inside(found) for name, found in schemas().items()},
        },
    }


def _channel() -> dict[str, Any]:
    messages = {f"{PREFIX}{kind}": {"$ref": f"#/components/messages/{PREFIX}{kind}"} for kind in sorted(LEAVES)}
    return {
        "address": "/api/v1/events",
        "title": "The feed",
        "description": "An answer is a list of these messages (application/cloudevents-batch+json), in the order of the feed.",
        "messages": messages,
    }


def _message(kind: str) -> dict[str, Any]:
    name = PREFIX + kind
    data = {"properties": {"type": {"const": name}, "data": {"$ref": f"#/components/schemas/{name}"}}}
    return {
        "name": name,
        "summary": _first_sentence(Event.known[kind].__doc__ or ""),
        "contentType": "application/cloudevents+json",
        "payload": {"allOf": [{"$ref": "#/components/schemas/envelope"}, data]},
    }


def _envelope() -> dict[str, Any]:
    text = ("specversion", "source", "type", "datacontenttype")
    properties = dict.fromkeys(text, TEXT) | {"id": AN_ID, "subject": AN_ID, "tenantid": AN_ID, "partitionkey": AN_ID}
    properties |= {"time": {"type": "string", "format": "date-time"}, "dataschema": {"type": "string", "format": "uri"}}
    properties |= {"sequence": {"type": "string", "pattern": "^[0-9]{20}$"}, "data": {"type": "object"}}
    return {"type": "object", "properties": properties, "required": [name for name in properties if name != "dataschema"]}


def _query() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "cursor": TEXT | {"description": "Where the last answer ended: its header Next-Cursor."},
            "from": {"type": "string", "enum": ["oldest", "now"], "description": "Where to begin when there is no cursor."},
            "types": TEXT | {"description": "Only these, with commas between: dk.samskab.idea.published, or idea.*"},
            "limit": {"type": "integer", "minimum": 1, "maximum": 100},
            "timeout": {"type": "integer", "minimum": 0, "maximum": 20, "description": "Seconds to wait for something new."},
        },
    }


def _inside(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in found.items() if not name.startswith("$")}


def _first_sentence(text: str) -> str:
    words = " ".join(text.split())
    first, dot, _ = words.partition(". ")
    return first + "." if dot else words
