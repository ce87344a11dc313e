"""Every list comes a page at a time: nothing skipped, nothing shown twice, and nobody's cursor opens anything."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from marshmallow import Schema
from sqlalchemy import event

from chassis.identity import Duty, Identity, Mandate
from chassis.service import Service
from deploy.demo.story import ASSOCIATION_ID
from deploy.services import SERVICES
from gateway.map import WHOLE
from tests.conftest import Told
from tests.separation.test_routes import ids_of, neighbour

each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)


def queries(view: Any) -> set[str]:
    """What a route takes in its query."""
    taken = getattr(view, "_apidoc", {}).get("arguments", {}).get("parameters", [])
    shape = next((each["schema"] for each in taken if each.get("in") == "query"), None)
    return set() if shape is None else set((shape if isinstance(shape, Schema) else shape()).fields)


SEEN: dict[str, list["Listed"]] = {}
"""The lists of each service, looked for once."""


@dataclass(frozen=True)
class Listed:
    """A list that somebody in the story can see: its route, its path, what it takes, who saw it, and what it says."""

    name: str
    path: str
    asks: set[str]
    who: dict[str, str]
    whole: dict[str, Any]


def lists(told: Told, admin_url: str, service: Service) -> list[Listed]:
    """Every list of a service, each as full as it can be seen."""
    if service.name not in SEEN:
        app, ids, asking = told.hall.apps[service.name], ids_of(admin_url, service), everybody(told, admin_url, service)
        rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods and not rule.rule.startswith("/static")]
        found = (_fullest(app, rule, ids, asking) for rule in rules)
        SEEN[service.name] = [each for each in found if each]
    return SEEN[service.name]


def everybody(told: Told, admin_url: str, service: Service) -> list[dict[str, str]]:
    """Those who may see most here: the secretary, the facilitator and a member, with every mandate and duty; and the house."""
    people = next(each for each in SERVICES if each.name == "people")
    may = {"duties": frozenset(Duty), "employee": True, "departments": frozenset()}
    seats = frozenset(Mandate(body_id=id, seat="chair") for id in ids_of(admin_url, people))
    ids = [told.world.visitor(name).get("/me")["id"] for name in ("camilla", "rasmus", "anna")]
    asking = [Identity(association_id=ASSOCIATION_ID, person_id=id, mandates=seats, **may) for id in ids]
    signed = [told.hall.signer.sign(who, audience=service.name) for who in [*asking, Identity(association_id=ASSOCIATION_ID)]]
    return [{"Authorization": f"Bearer {token}"} for token in signed]


def _fullest(app: Flask, rule: Any, ids: list[UUID], asking: list[dict[str, str]]) -> Listed | None:
    paths = [re.sub(r"<[^>]*>", str(id), rule.rule) for id in ids] if rule.arguments else [rule.rule]
    asks, best = queries(app.view_functions[rule.endpoint]), None
    for path, who in product(paths, asking):
        answer = app.test_client().get(path, headers=who)
        if answer.status_code != 200 or not _is_list(answer):
            continue
        if best is None or len(answer.json["items"]) > len(best.whole["items"]):
            best = Listed(re.sub(r"<[^>]*>", "<id>", rule.rule), path, asks, who, answer.json)
        if len(best.whole["items"]) > 1:
            break
    return best


def _is_list(answer: Any) -> bool:
    return bool(answer.is_json and isinstance(answer.json, dict) and "items" in answer.json and "id" not in answer.json)


@each_service
def test_every_list_is_paged_or_says_why_it_cannot_grow(told: Told, admin_url: str, service: Service) -> None:
    assert lists(told, admin_url, service)
    for each in lists(told, admin_url, service):
        if each.name in WHOLE:
            assert "next_cursor" not in each.whole, each.name
            continue
        assert {"limit", "cursor"} <= each.asks, f"{each.name} is neither paged nor named in gateway/map.py"
        assert "next_cursor" in each.whole, each.name
        items, paged = each.whole["items"], read_one_by_one(told.hall.apps[service.name], each)
        assert paged[: len(items)] == items, each.name
        assert len(paged) == len(items) or each.whole["next_cursor"], each.name


def read_one_by_one(app: Flask, listed: Listed) -> list[Any]:
    """The same list in pages of one, no further than a little beyond what was seen."""
    read: list[Any] = []
    asked: dict[str, Any] = {"limit": 1}
    while len(read) < len(listed.whole["items"]) + 3:
        answer = app.test_client().get(listed.path, headers=listed.who, query_string=asked)
        assert answer.status_code == 200, (listed.path, answer.text)
        read += answer.json["items"]
        asked["cursor"] = answer.json["next_cursor"]
        if asked["cursor"] is None:
            break
    return read


@each_service
def test_every_route_that_is_called_a_list_is_paged_or_named(told: Told, service: Service) -> None:
    app = told.hall.apps[service.name]
    for rule in app.url_map.iter_rules():
        if rule.endpoint.rpartition(".")[2].startswith("list_") and re.sub(r"<[^>]*>", "<id>", rule.rule) not in WHOLE:
            assert {"limit", "cursor"} <= queries(app.view_functions[rule.endpoint]), rule.rule


@pytest.mark.invariant(1)
@each_service
def test_a_cursor_from_next_door_opens_nothing(told: Told, admin_url: str, service: Service) -> None:
    client, ids = told.hall.apps[service.name].test_client(), {str(id) for id in ids_of(admin_url, service)}
    stranger = {"Authorization": f"Bearer {told.hall.signer.sign(neighbour([]), audience=service.name)}"}
    for each in lists(told, admin_url, service):
        if "cursor" not in each.asks or not each.whole["items"]:
            continue
        cursor = client.get(each.path, headers=each.who, query_string={"limit": 1}).json["next_cursor"]
        if cursor:
            answer = client.get(each.path, headers=stranger, query_string={"cursor": cursor})
            assert answer.status_code in {200, 403, 404}, each.path
            assert not [id for id in ids if id in answer.text], each.path


BY_INDEX = {
    "decisions": {"/decisions/<id>/tasks": "tasks_decision_ix", "/decisions/<id>/reviews": "reviews_decision_ix"},
    "meetings": {
        "/groups/<id>/contributions": "contributions_of_group_ix",
        "/groups/<id>/meetings": "meetings_of_group_ix",
        "/groups/<id>/leadership_acts": "leadership_acts_of_group_ix",
        "/groups/<id>/themes": "themes_of_group_ix",
    },
    "groups": {"/charters/<id>/editions": "editions_pk"},
}


@pytest.mark.parametrize("name", BY_INDEX)
def test_a_page_is_read_in_the_order_of_its_index(told: Told, admin_url: str, name: str) -> None:
    service = next(each for each in SERVICES if each.name == name)
    for each in lists(told, admin_url, service):
        if each.name in BY_INDEX[name]:
            plans = "\n".join(plans_of(told, name, each))
            assert BY_INDEX[name][each.name] in plans, f"{each.name}\n{plans}"


def plans_of(told: Told, name: str, listed: Listed) -> Iterator[str]:
    """How PostgreSQL goes about each statement with a limit that a request makes, were there enough rows to care."""
    engine, asked = told.hall.running[name].engine, []

    def note(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        asked.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    told.hall.apps[name].test_client().get(listed.path, headers=listed.who, query_string={"limit": 1})
    event.remove(engine, "before_cursor_execute", note)
    with told.hall.running[name].begin(Identity(association_id=ASSOCIATION_ID)) as work:
        work.connection.exec_driver_sql("set local enable_seqscan = off")
        work.connection.exec_driver_sql("set local enable_sort = off")
        work.connection.exec_driver_sql("set local enable_bitmapscan = off")
        for statement, values in asked:
            if "LIMIT" in statement:
                yield "\n".join(work.connection.exec_driver_sql(f"explain {statement}", values).scalars())
