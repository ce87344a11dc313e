"""The API as the world sees it, in one document: what every service says of itself, and what the front door adds."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from gateway.map import PREFIX, public_path
from gateway.visit import COOKIE

KEPT = Path(__file__).parent / "openapi.json"
"""Made from the routes by `make docs`, and served as it stands."""

METHODS = {"get", "post", "put", "patch", "delete"}
AN_ID = re.compile(r"^/(?P<things>[a-z_]+)/\{(?P<id>[a-z_]+)\}$")
INFO = {
    "title": "Samskab",
    "version": "1",
    "summary": "Opgavegrupper in Denmark's non-profit housing associations: from a resident's idea to what is carried out.",
    "description": (
        "Whatever the pages can do, a program can do here, as the person who is signed in. A partner's program, let in by a key, "
        "reads what is marked with `credential`.\n\n"
        "**Growth.** Within `/api/v1`, answers grow by fields and enumerations by words: pass over what you do not know. "
        "Nothing is taken away or changes its meaning; what is to go is marked as deprecated, its answers carry `Deprecation` "
        "and `Sunset`, and it stays for at least twelve months.\n\n"
        "**Refusals** are problem details (RFC 9457): the `slug` is for programs and stays the same, the `title` is for people, "
        "in Danish, or in English with `Accept-Language: en`.\n\n"
        "**Lists** come a page at a time: send `next_cursor` back as `cursor`, and do not look into it.\n\n"
        "**Days and moments.** A day is a calendar day in Denmark; a deadline that is a day runs until 23.59 there. "
        "A moment bears its zone.\n\n"
        "**Texts.** Blanks around what is written are taken off. What looks like a CPR number is refused and never kept.\n\n"
        "**May.** A thing's `may` names what whoever asks can do with it now; each word ends the address that does it, "
        "but for `edit`, `revise` and the like, which are a `PUT`."
    ),
    "license": {"name": "MIT", "identifier": "MIT"},
}
SERVERS = [
    {
        "url": "/{association}",
        "description": "An association at the shared front door.",
        "variables": {"association": {"default": "stjernelund", "description": "The association's word in the address."}},
    },
    {"url": "/", "description": "An association that has a host name of its own."},
]
SESSION = {
    "type": "apiKey",
    "in": "cookie",
    "name": COOKIE,
    "description": "The session of a person who signed in by a one-time link.",
}
CREDENTIAL = {
    "type": "http",
    "scheme": "bearer",
    "description": (
        "The key of a partner's program, as an association gave it: good at that association's address, for what was granted. "
        "It changes nothing, and of most answers it gets some fields only; each operation that is open to it says which, "
        "and which scope it needs."
    ),
}
ACT_FOR = {
    "name": "X-Act-For",
    "in": "header",
    "description": "The person on paper for whom a secretary writes something down.",
    "schema": {"type": "string", "format": "uuid"},
}
LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "description": "`da` or `en`: the language of what is said to people; Danish where nothing is said.",
    "schema": {"type": "string", "examples": ["da", "en"]},
}
MEANT = {
    "name": "X-Samskab",
    "in": "header",
    "required": True,
    "description": "Says that a program means it; a page of somebody else's cannot say so.",
    "schema": {"type": "string", "enum": ["1"]},
}
REQUEST_ID = {
    "description": "The number of the request, to be named to whoever looks into what became of it.",
    "schema": {"type": "string", "format": "uuid"},
}
EVERY_REQUEST = {"ActFor": ACT_FOR, "Language": LANGUAGE}
"""What every request may carry; a header that all operations take is one line here."""

EVERY_CHANGE = {"Meant": MEANT}
"""What every request that changes something carries."""

EVERY_ANSWER = {"X-Request-ID": REQUEST_ID}
"""What every answer carries."""

WHEN_LEAVING = {
    "Deprecation": {"description": "Since when it is deprecated (RFC 9745).", "schema": {"type": "string"}},
    "Sunset": {"description": "Until when it is there (RFC 8594).", "schema": {"type": "string"}},
    "Link": {"description": "Where to read about it.", "schema": {"type": "string"}},
}
"""What the answers of an operation that is deprecated carry too."""


@cache
def kept() -> str:
    """The document as it is served."""
    return KEPT.read_text(encoding="utf-8")


def whole(services: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """All services' documents in one, with paths as the world calls them."""
    paths: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    responses: dict[str, Any] = {}
    tags: dict[str, Any] = {}
    for name, said in services.items():
        for path, item in said["paths"].items():
            if (public := public_path(name, path)) is not None:
                paths.setdefault(PREFIX + public, {}).update(_with_the_doors_own(item))
        schemas |= said["components"]["schemas"]
        responses |= said["components"]["responses"]
        tags |= {tag["name"]: tag for tag in reversed(said.get("tags", []))}
    for answer in responses.values():
        _carries(answer, EVERY_ANSWER)
    _link(paths, schemas)
    components = {
        "schemas": _used(schemas, paths, responses),
        "responses": responses,
        "parameters": EVERY_REQUEST | EVERY_CHANGE,
        "headers": EVERY_ANSWER | WHEN_LEAVING,
        "securitySchemes": {"session": SESSION, "credential": CREDENTIAL},
    }
    used = {tag for _, _, operation in operations(paths) for tag in operation["tags"]}
    return {
        "openapi": "3.1.0",
        "info": INFO,
        "servers": SERVERS,
        "security": [{"session": []}],
        "tags": [tags[name] for name in sorted(used)],
        "paths": dict(sorted(paths.items())),
        "components": components,
    }


def operations(paths: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every path, method and operation."""
    for path, item in paths.items():
        yield from ((path, method, operation) for method, operation in item.items() if method in METHODS)


def written(document: Mapping[str, Any]) -> str:
    """The document as text."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _with_the_doors_own(item: Mapping[str, Any]) -> dict[str, Any]:
    made = {key: dict(value) if key in METHODS else value for key, value in item.items()}
    for method, operation in made.items():
        if method in METHODS:
            named = [*EVERY_REQUEST, *(EVERY_CHANGE if method != "get" else ())]
            refs = [{"$ref": f"#/components/parameters/{name}"} for name in named]
            operation["parameters"] = [*operation.get("parameters", []), *refs]
            for answer in operation["responses"].values():
                _carries(answer, EVERY_ANSWER | (WHEN_LEAVING if operation.get("deprecated") else {}))
    return made


def _carries(answer: dict[str, Any], headers: Mapping[str, Any]) -> None:
    if "$ref" not in answer:
        refs = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
        answer["headers"] = {**answer.get("headers", {}), **refs}


def _link(paths: Mapping[str, Any], schemas: Mapping[str, Any]) -> None:
    """Tell where an id can be used: what is made or listed can be seen, and what is seen can be acted on."""
    for path, item in paths.items():
        found = AN_ID.match(path.removeprefix(PREFIX))
        seeing = item.get("get", {})
        shape = found and _shape(seeing)
        if not found or not shape or "id" not in schemas[shape]["properties"]:
            continue
        ours = re.compile(rf"{PREFIX}/{found['things']}/{{(?P<id>[a-z_]+)}}(/.*)?")
        for at, _, operation in operations(paths):
            for status in ("200", "201"):
                if operation is not seeing and _shape(operation, status) == shape:
                    _leads(operation, status, seeing, found["id"], "$response.body#/id")
            if operation is not seeing and (under := ours.fullmatch(at)):
                _leads(seeing, "200", operation, under["id"], "$response.body#/id")
        if listing := paths.get(f"{PREFIX}/{found['things']}", {}).get("get"):
            _leads(listing, "200", seeing, found["id"], "$response.body#/items/0/id")


def _leads(operation: dict[str, Any], status: str, to: Mapping[str, Any], parameter: str, where: str) -> None:
    links = operation["responses"][status].setdefault("links", {})
    links[to["operationId"]] = {"operationId": to["operationId"], "parameters": {parameter: where}}


def _shape(operation: Mapping[str, Any], status: str = "200") -> str | None:
    content = operation.get("responses", {}).get(status, {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    ref: str | None = schema.get("anyOf", [schema])[0].get("$ref")  # first what persons get, then what partners do
    return ref and ref.rpartition("/")[2]


def _used(schemas: Mapping[str, Any], *places: Any) -> dict[str, Any]:
    """The shapes that are spoken of, and those that they speak of."""
    used: dict[str, Any] = {}
    waiting = set(_refs(places))
    while waiting:
        name = waiting.pop()
        used[name] = schemas[name]
        waiting |= set(_refs(schemas[name])) - used.keys()
    return dict(sorted(used.items()))


def _refs(thing: Any) -> Iterator[str]:
    if isinstance(thing, Mapping):
        if (ref := str(thing.get("$ref", ""))).startswith("#/components/schemas/"):
            yield ref.rpartition("/")[2]
        thing = thing.values()
    elif not isinstance(thing, list | tuple):
        return
    for each in thing:
        yield from _refs(each)
