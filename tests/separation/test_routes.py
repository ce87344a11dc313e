"""Every route of every service, asked by a neighbour who has every duty and knows every id."""

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from marshmallow import Schema, fields
from sqlalchemy import create_engine, make_url, text

from chassis import shapes
from chassis.identity import Duty, Identity, Mandate
from chassis.service import Service
from deploy.demo.story import ASSOCIATION_ID
from deploy.services import SERVICES
from tests.conftest import Told

each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)


@pytest.mark.invariant(1)
@each_service
def test_a_neighbours_ids_are_answered_not_found_on_every_route(told: Told, admin_url: str, service: Service) -> None:
    ids, before = ids_of(admin_url, service), checksum(admin_url, service)
    client, headers = told.hall.apps[service.name].test_client(), {}
    asked = 0
    for who in (neighbour(ids), Identity(association_id=uuid4())):  # a person who may do everything, and the house itself
        headers = {"Authorization": f"Bearer {told.hall.signer.sign(who, audience=service.name)}"}
        for method, rule, body in routes(told, service):
            for id in ids:
                path = rule.replace("<ID>", str(id))
                answer = client.open(path, method=method, json=body, headers=headers)
                assert answer.status_code == 404 or nothing_there(answer), (
                    f"{method} {path}: {answer.status_code} {answer.text[:300]}"
                )
                asked += 1

    assert asked or service.name == "people"
    assert checksum(admin_url, service) == before


@pytest.mark.invariant(1)
@each_service
def test_a_list_shows_nothing_of_a_neighbours(told: Told, admin_url: str, service: Service) -> None:
    ids = {str(id) for id in ids_of(admin_url, service)}
    client = told.hall.apps[service.name].test_client()
    headers = {"Authorization": f"Bearer {told.hall.signer.sign(neighbour([]), audience=service.name)}"}
    for rule in told.hall.apps[service.name].url_map.iter_rules():
        if "GET" in rule.methods and not rule.arguments and rule.rule not in {"/healthz", "/readyz"}:
            answer = client.get(rule.rule, headers=headers)
            assert answer.status_code in {200, 404}, rule
            assert not [id for id in ids if id in answer.text], rule


@each_service
def test_nobody_is_answered_without_a_token(told: Told, service: Service) -> None:
    client = told.hall.apps[service.name].test_client()
    other = next(each.name for each in SERVICES if each is not service)
    stolen = told.hall.signer.sign(neighbour([]), audience=other)
    for headers in (
        {},
        {"Authorization": "Bearer x"},
        {"Authorization": f"Bearer {stolen}"},
        {"X-Association": str(ASSOCIATION_ID)},
    ):
        for rule in told.hall.apps[service.name].url_map.iter_rules():
            if rule.rule not in {"/healthz", "/readyz"} and not rule.rule.startswith("/static"):
                path = rule.rule.replace("<uuid:", "<").split("<")[0].rstrip("/") or "/"
                assert client.open(path, method="GET", headers=headers).status_code == 401, rule


def nothing_there(answer: Any) -> bool:
    """A list of a thing that is not there may also be empty."""
    return bool(answer.status_code == 200 and answer.json in ({"items": []}, {"items": [], "next_cursor": None}))


def neighbour(ids: list[UUID]) -> Identity:
    """Somebody next door with every duty, a chair in every body that the gateway could have been fooled into."""
    return Identity(
        association_id=uuid4(),
        person_id=ids[0] if ids else uuid4(),
        departments=frozenset({uuid4()}),
        mandates=frozenset(Mandate(body_id=id, seat="chair") for id in ids),
        duties=frozenset(Duty),
        employee=True,
    )


def routes(told: Told, service: Service) -> Iterator[tuple[str, str, Any]]:
    """Every route that takes an id, with a body that has the right form."""
    app = told.hall.apps[service.name]
    for rule in app.url_map.iter_rules():
        if any(type(converter).__name__ == "UUIDConverter" for converter in rule._converters.values()):
            for method in sorted(rule.methods & {"GET", "POST", "PUT", "DELETE", "PATCH"}):
                path = rule.rule
                for name in rule.arguments:
                    path = path.replace(f"<uuid:{name}>", "<ID>").replace(f"<int:{name}>", "1")
                yield method, path, body_for(app.view_functions[rule.endpoint])


def body_for(view: Any) -> Any:
    """A body of the form that the route asks for."""
    taken = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
    shape = next((each["schema"] for each in taken if each.get("in") == "json"), None)
    return None if shape is None else filled(shape if isinstance(shape, Schema) else shape())


def filled(shape: Schema) -> dict[str, Any]:
    """What must be filled in, filled in."""
    return {name: value_for(field) for name, field in shape.fields.items() if field.required}


def value_for(field: fields.Field) -> Any:
    """Something that the field takes."""
    if isinstance(field, fields.Enum):
        return next(iter(field.enum)).value
    if isinstance(field, fields.List):
        return [value_for(field.inner)] * 2  # where there must be any, there may have to be several
    if isinstance(field, fields.Nested):
        return filled(field.schema)
    if isinstance(field, shapes.Whole):
        return max(1, field.validators[0].min)
    return next(value for kind, value in SAMPLES if isinstance(field, kind))


SAMPLES = [
    (shapes.Id, str(uuid4())),
    (shapes.Day, "2026-03-24"),
    (shapes.Moment, "2026-03-24T17:00+01:00"),
    (shapes.Yes, True),
    (fields.String, "ord"),
]


def ids_of(admin_url: str, service: Service) -> list[UUID]:
    """Two of every kind of thing in Stjernelund, and all that they speak of."""
    engine, found = create_engine(make_url(admin_url).set(database=service.name)), set()
    with engine.connect() as connection:
        for name, table in service.tables.tables.items():
            columns = [c.name for c in table.columns if c.name == "id" or c.name.endswith("_id")]
            if (
                name in {"outbox", "inbox", "heard", "in_hand", "unreadable", "doors", "closed"}
                or "association_id" not in columns
            ):
                continue
            for column in set(columns) - {"association_id", "external_id"}:
                query = text(
                    f"select distinct {column} from {name} where association_id = :here and {column} is not null limit 2"
                )
                found |= set(connection.execute(query, {"here": ASSOCIATION_ID}).scalars())
    engine.dispose()
    return sorted(found)


def checksum(admin_url: str, service: Service) -> str:
    """Of every row of Stjernelund."""
    engine, digest = create_engine(make_url(admin_url).set(database=service.name)), hashlib.sha256()
    with engine.connect() as connection:
        for name, table in sorted(service.tables.tables.items()):
            if "association_id" in table.columns:
                query = text(f"select md5(t::text) from {name} t where association_id = :here order by 1")
                digest.update("".join(connection.execute(query, {"here": ASSOCIATION_ID}).scalars()).encode())
    engine.dispose()
    return digest.hexdigest()
