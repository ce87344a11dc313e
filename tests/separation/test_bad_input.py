"""Whatever is sent to whichever route, the answer is clear: never a fault of ours, always a problem that names the field."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from marshmallow import Schema, fields

from chassis.identity import Identity
from chassis.service import Service
from deploy.services import SERVICES
from tests.kit import Hall
from tests.separation.test_partners import a_partner
from tests.separation.test_routes import body_for, filled, neighbour

each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)

NO_JSON = {
    "nothing": b"",
    "half": b'{"title": "Ha',
    "a list": b"[]",
    "a word": b'"ord"',
    "null": b"null",
    "no number": b'{"a": NaN}',
    "no letters": b'{"\xff\xfe": "\xc3"}',
    "too deep": b"[" * 100_000,
    "too deep inside": b'{"a":' * 60_000 + b"1" + b"}" * 60_000,
    "too many digits": b'{"a": ' + b"9" * 10_000 + b"}",
    "a megabyte": b'{"a": "' + b"x" * 1_000_000 + b'"}',
}
TYPES = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/json; charset=utf-7",
    "",
    "nonsense",
]
NONSENSE = [
    None, {}, [], [[]], {"a": {"b": []}}, True, -1, 1.5, 10**400, "", " ", "a\0b", "\ud800", "\udfff\ud800", "x" * 200_000,
    "2026-02-30", "9999-12-31T23:59:59.999999-23:59", "0001-01-01T00:00+14:00", "00000000-0000-0000-0000-00000000000g",
]  # fmt: skip
ALWAYS_WRONG = ["a\0b", "\ud800", "x" * 200_000]
QUERIES = [
    "limit=x",
    "limit=-1",
    "limit=999999999999",
    "cursor=x",
    "cursor=%00",
    "cursor=%ff",
    "cursor=W10",
    "nobody_knows=1",
    "from=x",
    "types=%00",
    "types=x",
    "types=" + "x" * 6_000,
    "timeout=x",
    "timeout=21",
    "%00=%ff",
]


HOUSE_ASKED = {"people", "partners"}
"""The services that the house itself asks."""


class Asking:
    """Somebody next door who may do everything there, the house itself where it is asked, and a partner's program where it is
    named; none of them can spoil anything here."""

    def __init__(self, hall: Hall, service: Service, *others: Identity) -> None:
        self.app, self.client = hall.apps[service.name], hall.apps[service.name].test_client()
        house = [Identity(association_id=uuid4())] if service.name in HOUSE_ASKED else []
        asking = [neighbour([]), *house, *others]
        self.headers = [{"Authorization": f"Bearer {hall.signer.sign(who, audience=service.name)}"} for who in asking]

    def routes(self) -> Iterator[tuple[str, str, Any]]:
        """Every way to ask: method, path with ids of nothing, and the view."""
        for rule in self.app.url_map.iter_rules():
            path = rule.rule
            for name in rule.arguments:
                path = path.replace(f"<uuid:{name}>", str(uuid4())).replace(f"<{name}>", "ord").replace(f"<string:{name}>", "ord")
            for method in sorted(rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
                yield method, path, self.app.view_functions[rule.endpoint]

    def bodies(self) -> Iterator[tuple[str, str, Schema]]:
        """Those that take a body, with its shape."""
        for method, path, view in self.routes():
            taken = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
            shape = next((each["schema"] for each in taken if each.get("in") == "json"), None)
            if shape is not None:
                yield method, path, shape if isinstance(shape, Schema) else shape()

    def ask(self, method: str, path: str, **how: Any) -> list[Any]:
        """What each is answered; no answer is a fault of ours, and every no is a problem."""
        answers = [open_(self.client, method, path, headers=headers, **how) for headers in self.headers]
        for answer in answers:
            said = f"{method} {path} {str(how)[:200]}: {answer.status_code} {answer.text[:300]}"
            assert answer.status_code < 500, said
            if answer.status_code >= 400:
                assert answer.content_type == "application/problem+json", said
                assert answer.json["title"], said
                assert answer.status_code != 422 or answer.json["fields"], said
        return answers


def open_(client: FlaskClient, method: str, path: str, **how: Any) -> Any:
    return client.open(path, method=method, **how)


def places(shape: Schema, body: dict[str, Any], at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a body where something can be put."""
    for name, field in shape.fields.items():
        yield (*at, name)
        nested = field.inner if isinstance(field, fields.List) else field
        if isinstance(nested, fields.Nested):
            step = (*at, name, 0) if isinstance(field, fields.List) else (*at, name)
            yield from places(nested.schema, {}, step)


def put(shape: Schema, place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """A body of the right form, but for this place."""
    body = everything(shape)
    here: Any = body
    for step in place[:-1]:
        here = here[step]
    here[place[-1]] = value
    return body


def everything(shape: Schema) -> dict[str, Any]:
    """A body with all that must be there, and every inside that may be."""
    body = filled(shape)
    for name, field in shape.fields.items():
        nested = field.inner if isinstance(field, fields.List) else field
        if isinstance(nested, fields.Nested):
            body[name] = [everything(nested.schema)] if isinstance(field, fields.List) else everything(nested.schema)
    return body


@each_service
def test_what_is_no_json_is_answered(hall: Hall, service: Service) -> None:
    asking = Asking(hall, service)
    for method, path, shape in asking.bodies():
        for name, body in NO_JSON.items():
            for answer in asking.ask(method, path, data=body, content_type="application/json"):
                assert answer.status_code >= 400 or name in {"nothing", "null"}, f"{method} {path}: {name}"
        for content_type in TYPES:
            asking.ask(method, path, data=json.dumps(filled(shape)), content_type=content_type)


@each_service
def test_a_field_that_nobody_knows_is_named(hall: Hall, service: Service) -> None:
    asking = Asking(hall, service)
    for method, path, shape in asking.bodies():
        for answer in asking.ask(method, path, json={**filled(shape), "nobody_knows": 1}):
            assert answer.status_code == 422, f"{method} {path}"
            assert {"field": "nobody_knows", "slug": "unknown"}.items() <= answer.json["fields"][0].items(), answer.text


@each_service
def test_nonsense_in_any_field_is_answered_with_the_name_of_the_field(hall: Hall, service: Service) -> None:
    asking = Asking(hall, service)
    for method, path, shape in asking.bodies():
        for place in places(shape, {}):
            for value in NONSENSE:
                for answer in asking.ask(
                    method, path, data=json.dumps(put(shape, place, value)), content_type="application/json"
                ):
                    assert answer.status_code in {404, 422} or value not in ALWAYS_WRONG, f"{method} {path} {place}"
                    if answer.status_code == 422 and answer.json["slug"] == "malformed":
                        named = ".".join(map(str, place))
                        assert any(each["field"].startswith(named) for each in answer.json["fields"]), (
                            f"{method} {path} {named} {str(value)[:50]!r}: {answer.text}"
                        )


@each_service
def test_nonsense_in_the_address_is_answered(hall: Hall, service: Service) -> None:
    asking = Asking(hall, service, a_partner(uuid4()))
    for method, path, view in asking.routes():
        if method == "GET":
            for query in QUERIES:
                asking.ask(method, f"{path}?{query}")
        for other in {"GET", "POST", "PUT", "PATCH", "DELETE", "BREW"} - {method}:
            asking.ask(other, path, json=body_for(view))
    for path in ("/%00", "/%ff", "/ideas/%00", "/..%2f..", "/" + "x" * 5_000, "/ideas/not-an-id"):
        assert all(answer.status_code == 404 for answer in asking.ask("GET", path)), path


@pytest.mark.parametrize(
    "file", [b"", b"\0", b"\xff\xfe;\0;", b";" * 100_000, b"Navn\n" * 10_000, b'"' * 999, b"Person-id;Navn\n\xd8\x00;x"]
)
def test_a_file_of_nonsense_is_answered(hall: Hall, file: bytes) -> None:
    asking = Asking(hall, next(service for service in SERVICES if service.name == "people"))
    for what in ("departments", "persons", "mandates", "nothing"):
        asking.ask("POST", f"/imports/{what}", data=file, content_type="text/csv")
