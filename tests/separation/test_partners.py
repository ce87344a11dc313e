"""Partners after the story: whatever is opened to them, and the whole feed, shows nobody, and nothing that is not public."""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import jsonschema
import pytest
from sqlalchemy import create_engine, make_url, text

from chassis.identity import Identity
from chassis.partners import opened_to
from chassis.service import Service
from contracts.described import schemas
from contracts.outside import THINGS, TO_ALL
from contracts.partners import Scope
from deploy.demo.story import ASSOCIATION_ID
from deploy.services import SERVICES
from services.partners.rules.grant import EVENTS
from services.partners.tests.kit import Place, Program
from tests.conftest import Told
from tests.separation.test_routes import body_for, ids_of

each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
AN_ID, NUMBER, ANY = re.compile(r"<uuid:\w+>"), re.compile(r"<int:\w+>"), re.compile(r"<(?:any\()?(\w+)[^>]*>")
NOTHING_TO_READ = {"partners", "notices"}
"""The services that open nothing to partners but the feed."""

EVERYTHING = frozenset({EVENTS, *(scope.value for scope in Scope)})


def a_partner(association_id: UUID = ASSOCIATION_ID, scopes: frozenset[str] = EVERYTHING) -> Identity:
    """A program that was granted whatever can be granted."""
    return Identity(association_id=association_id, person_id=uuid4(), credential=uuid4(), scopes=scopes)


def rows(admin_url: str, service: str, query: str) -> set[str]:
    """What a query finds in Stjernelund, past all policies."""
    engine = create_engine(make_url(admin_url).set(database=service))
    with engine.connect() as connection:
        found = {str(value) for row in connection.execute(text(query), {"here": ASSOCIATION_ID}) for value in row if value}
    engine.dispose()
    return found


def nobodys(admin_url: str) -> set[str]:
    """What no partner may ever see: who somebody is, and what a group or a body keeps to itself."""
    persons = rows(admin_url, "people", "select id, name, email, external_id || '@' from persons where association_id = :here")
    brought = rows(admin_url, "meetings", "select text from contributions where association_id = :here")
    staff = rows(admin_url, "decisions", "select message from decisions where association_id = :here and length(message) > 20")
    assert len(persons) > 20
    assert brought
    return {word for word in persons | brought | staff if len(word) > 4}


def opened(told: Told, service: Service) -> Iterator[tuple[str, Any]]:
    """Every route, with its view."""
    app = told.hall.apps[service.name]
    for rule in app.url_map.iter_rules():
        for method in sorted(rule.methods & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield f"{method} {rule.rule}", app.view_functions[rule.endpoint]


def asked(told: Told, service: Service, who: Identity, route: str, view: Any, id: object) -> Any:
    """What a program is answered on a route, with an id in every place."""
    method, _, path = route.partition(" ")
    path = ANY.sub(r"\1", NUMBER.sub("1", AN_ID.sub(str(id), path)))
    token = told.hall.signer.sign(who, audience=service.name)
    client = told.hall.apps[service.name].test_client()
    return client.open(path, method=method, json=body_for(view), headers={"Authorization": f"Bearer {token}"})


@each_service
def test_a_route_that_is_not_opened_is_closed_to_partners(told: Told, service: Service) -> None:
    for route, view in opened(told, service):
        if any(word in route for word in ("/healthz", "/readyz", "/static")):
            continue
        answer = asked(told, service, a_partner(), route, view, uuid4())
        if (to := opened_to(view)) is None or not route.startswith("GET"):
            assert (answer.status_code, answer.json["slug"]) == (403, "not-for-partners"), route
        else:
            assert (answer.status_code in {200, 404}) or to.scope == EVENTS, route  # the feed asks its grant anew


@each_service
def test_an_opened_route_asks_for_its_scope(told: Told, service: Service) -> None:
    for route, view in opened(told, service):
        if (to := opened_to(view)) and route.startswith("GET"):
            assert to.scope in EVERYTHING, route
            answer = asked(told, service, a_partner(scopes=EVERYTHING - {to.scope}), route, view, uuid4())
            assert (answer.status_code, answer.json["facts"]) == (403, {"needed": to.scope}), route


@each_service
def test_an_opened_route_shows_nobody_and_nothing_that_is_not_public(told: Told, admin_url: str, service: Service) -> None:
    hidden, shown = nobodys(admin_url), 0
    for route, view in opened(told, service):
        if (to := opened_to(view)) and to.scope != EVENTS and route.startswith("GET"):
            for id in ids_of(admin_url, service) if "<" in route else [None]:
                answer = asked(told, service, a_partner(), route, view, id)
                assert answer.status_code in {200, 404}, f"{route} {answer.text}"
                shown += answer.status_code == 200
                said = json.dumps(answer.json, ensure_ascii=False)
                assert not [word for word in hidden if word in said], f"{route}: {said[:500]}"
                assert answer.status_code == 404 or "{}" not in said, f"{route} shows things without anything in them"

    assert shown or service.name in NOTHING_TO_READ


@pytest.mark.invariant(1)
@each_service
def test_a_neighbours_partner_is_shown_nothing_of_ours(told: Told, admin_url: str, service: Service) -> None:
    ours = {str(id) for id in ids_of(admin_url, service)}
    for route, view in opened(told, service):
        if (to := opened_to(view)) and to.scope != EVENTS and route.startswith("GET"):
            for id in ids_of(admin_url, service) if "<" in route else [None]:
                answer = asked(told, service, a_partner(uuid4()), route, view, id)
                assert answer.status_code in {200, 404}, route
                assert not [one for one in ours if one in answer.text], route


def test_the_feed_of_the_whole_story_is_in_form_in_order_and_shows_nobody(told: Told, admin_url: str) -> None:
    place, hidden = Place(told.hall, ASSOCIATION_ID), nobodys(admin_url)
    program = place.reader(place.grant(*(f"{thing}.*" for thing in THINGS)))
    events = list(everything(program))
    said, forms = json.dumps(events, ensure_ascii=False), schemas()

    assert not [word for word in hidden if word in said]
    assert {event["type"] for event in events} >= {f"dk.samskab.{kind}" for kind in USUAL}
    last: dict[tuple[str, str], str] = {}
    for event in events:
        jsonschema.validate(event["data"], forms[event["type"]], cls=jsonschema.Draft202012Validator)
        thing = event["type"].split(".")[2], event["subject"]
        assert event["sequence"] > last.get(thing, ""), thing
        last[thing] = event["sequence"]


def test_everything_public_that_was_told_is_in_the_feed(told: Told, admin_url: str) -> None:
    program = (place := Place(told.hall, ASSOCIATION_ID)).reader(place.grant(*(f"{thing}.*" for thing in THINGS)))
    fed = {event["id"] for event in everything(program)}
    for service in SERVICES:
        query = f"select id from outbox where association_id = :here and audience = '' and kind in ({QUOTED})"
        assert rows(admin_url, service.name, query) <= fed, service.name


def everything(program: Program) -> Iterator[dict[str, Any]]:
    """Page after page."""
    while page := program.read():
        yield from page


USUAL = ("idea.published", "endorsement.given", "charter.came_into_force", "group.formed", "meeting.held")
USUAL += ("minutes.published", "proposal.submitted", "decision.published", "task.done", "department.registered")
QUOTED = ", ".join(f"'{kind}'" for kind in TO_ALL)
