"""The document of the API is valid, and speaks of every route there is and of no other."""

import json
import re
from datetime import date
from typing import Any

import jsonschema_rs
import pytest
from flask import Flask
from flask_smorest import Api
from openapi_spec_validator import OpenAPIV31SpecValidator
from sqlalchemy import MetaData

from chassis.answers import Answer, Id, Several, Words, items_of
from chassis.document import METHODS, described
from chassis.partners import open_to_partners, opened_to
from chassis.service import Service
from chassis.shapes import Shape, Text
from chassis.web import Routes
from deploy.openapi import document
from deploy.services import SERVICES
from gateway.document import whole
from gateway.map import PREFIX, public_path
from tests.api.fits import Said, Unlike, hold

DOCUMENT = document()
OF_THE_HOUSE = {
    "people": {"/doors", "/doors/{name}", "/associations", "/sign_in", "/workplaces"}
    | {"/standing/{id}", "/standing/{id}/on_paper/{staff_id}"},
    "partners": {"/opens"},
    "meetings": {"/calendars/{hash}"},
}
"""What the gateway itself asks the services, and lets nobody else ask."""


def routes_of(service: Any) -> set[tuple[str, str]]:
    """Every method and path that a service registers, asked of Flask itself."""
    return {
        (method.lower(), re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule))
        for rule, _ in views_of(service)
        for method in rule.methods or ()
        if rule.endpoint != "static" and method.lower() in METHODS
    }


def views_of(service: Any) -> list[tuple[Any, Any]]:
    """Every rule that a service registers, with its view."""
    app = Flask(service.name)
    for blueprint in service.routes:
        Flask.register_blueprint(app, blueprint)
    return [(rule, app.view_functions[rule.endpoint]) for rule in app.url_map.iter_rules()]


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    """Every method, path and operation of the document."""
    paths = DOCUMENT["paths"].items()
    return [(method, path, item[method]) for path, item in paths for method in METHODS if method in item]


def test_it_is_valid() -> None:
    OpenAPIV31SpecValidator(json.loads(json.dumps(DOCUMENT))).validate()


def test_it_speaks_of_every_route_and_of_no_other() -> None:
    there = set()
    for service in SERVICES:
        for method, path in routes_of(service):
            public = public_path(service.name, path)
            assert (public is None) == (path in OF_THE_HOUSE.get(service.name, set())), f"{path}: is it in gateway/map.py?"
            there |= {(method, PREFIX + public)} if public else set()

    assert {(method, path) for method, path, _ in operations()} == there


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_every_answer_that_succeeds_has_a_shape(service: Any) -> None:
    for path, item in described(service.name, service.routes)["paths"].items():
        for method in METHODS & item.keys():
            done = {status: answer for status, answer in item[method]["responses"].items() if status < "300"}
            assert done and all(answer.get("content") or status == "204" for status, answer in done.items()), f"{method} {path}"


def test_every_operation_is_told_in_words_and_has_a_name_of_its_own() -> None:
    names = [operation["operationId"] for _, _, operation in operations()]

    assert len(names) == len(set(names))
    assert all(operation["summary"].endswith(".") and operation["tags"] for _, _, operation in operations())
    assert all(schema.get("description") for schema in DOCUMENT["components"]["schemas"].values())
    assert {tag for _, _, operation in operations() for tag in operation["tags"]} == {tag["name"] for tag in DOCUMENT["tags"]}


def test_every_pattern_is_one_that_all_programs_read() -> None:
    written = json.dumps(DOCUMENT)
    patterns = set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', written))

    assert patterns
    for pattern in map(json.loads, patterns):
        assert not re.search(r"\\[AZz]|\(\?P|\(\?[ims]", pattern), pattern
        assert pattern.startswith("^") and pattern.endswith("$"), pattern
        jsonschema_rs.Draft202012Validator({"pattern": pattern})


def test_every_link_leads_to_an_operation_by_a_parameter_that_it_takes() -> None:
    items = {op["operationId"]: DOCUMENT["paths"][path] for _, path, op in operations()}
    links = [
        link for _, _, op in operations() for answer in op["responses"].values() for link in answer.get("links", {}).values()
    ]

    assert len(links) > 100
    for link in links:
        taken = {each["name"] for each in items[link["operationId"]]["parameters"]}
        assert set(link["parameters"]) <= taken, link


def test_an_answer_that_is_not_as_the_document_says_is_found() -> None:
    said = Said(described("things", [things()]))
    fits = {"id": "0b0b8a52-9a57-4f2b-9a3a-0c6f7f0f6d11", "name": "x"}

    said.must_fit("things.see_thing", "200", "application/json", json.dumps(fits).encode())
    for status, kind, body in [
        ("200", "application/json", {"id": fits["id"]}),
        ("200", "application/json", fits | {"id": "x"}),
        ("200", "application/json", fits | {"secret": 1}),
        ("200", "text/html", fits),
        ("202", "application/json", fits),
        ("404", "application/json", fits),
        ("404", "application/problem+json", fits),
    ]:
        with pytest.raises(Unlike):
            said.must_fit("things.see_thing", status, kind, json.dumps(body).encode())


def test_what_leaves_to_a_partner_is_told_by_scope_and_field_and_anything_else_is_found() -> None:
    said = whole({"ideas": described("ideas", [opened_things()])})
    seeing, listing = (said["paths"][f"{PREFIX}/{path}"]["get"] for path in ("ideas/{id}", "ideas"))

    assert seeing["security"] == listing["security"] == [{"session": []}, {"credential": ["ideas:read"]}]
    assert "ideas:read" in seeing["description"] and "name" in seeing["description"]
    assert said["paths"][f"{PREFIX}/ideas/told"]["get"]["security"] == [{"credential": ["events:read"]}]
    assert said["components"]["schemas"]["ideas.TwofoldForPartners"]["required"] == ["items", "name"]
    assert listing["responses"]["200"]["links"].keys() == {"ideas.see_twofold"}
    OpenAPIV31SpecValidator(json.loads(json.dumps(said))).validate()

    held, of_it = Said(described("ideas", [opened_things()])), {"name": "x", "items": ["x"]}
    for name, leaves, stays in [
        ("ideas.see_twofold", of_it, of_it | {"id": ID}),
        ("ideas.list_twofold", {"items": [of_it]}, {"items": [of_it | {"id": ID}]}),
    ]:
        held.must_fit(name, "200", "application/json", json.dumps(leaves).encode(), partner=True)
        held.must_fit(name, "200", "application/json", json.dumps(stays).encode())
        for body, partner in [(stays, True), (leaves, False)]:
            with pytest.raises(Unlike):
                held.must_fit(name, "200", "application/json", json.dumps(body).encode(), partner=partner)


def test_every_operation_that_is_open_to_partners_says_so_and_no_other_does() -> None:
    open_ = {
        f"{service.name}.{rule.endpoint.rpartition('.')[2]}": to.scope
        for service in SERVICES
        for rule, view in views_of(service)
        if "GET" in rule.methods and (to := opened_to(view))
    }
    said = {
        operation["operationId"]: each["credential"][0]
        for _, _, operation in operations()
        for each in operation.get("security", [])
        if "credential" in each
    }

    assert said == open_
    assert len(said) > 10


def test_the_feed_says_how_it_is_read() -> None:
    feed = DOCUMENT["paths"][f"{PREFIX}/events"]["get"]

    assert feed["responses"]["200"]["content"].keys() == {"application/cloudevents-batch+json"}
    assert feed["responses"]["200"]["headers"]["Next-Cursor"]["required"]
    assert {"400", "401", "403", "404", "410", "422", "429"} <= feed["responses"].keys()
    assert all(each["description"] for each in feed["parameters"] if "$ref" not in each)


def test_an_application_that_is_held_to_its_document_cannot_answer_otherwise() -> None:
    app, id = Flask("things"), "0b0b8a52-9a57-4f2b-9a3a-0c6f7f0f6d11"
    app.config.update(API_TITLE="things", API_VERSION="1", OPENAPI_VERSION="3.1.0")
    Api(app).register_blueprint(things())
    held = hold({"things": app}, [Service(name="things", tables=MetaData(), routes=[things()], listens={})])

    assert app.test_client().get(f"/ideas/{id}").json == {"id": id, "name": "x"}
    with pytest.raises(Unlike):
        app.test_client().get("/ideas")
    assert held["things"].seen == {("things.see_thing", "200"), ("things.see_any_thing", "200")}


def things() -> Routes:
    """Some routes of nobody's, one of them to be left."""
    routes = Routes("things", __name__, description="Things")

    class NewThing(Shape):
        """What a thing is called."""

        name = Text(10, required=True)

    class ThingShown(Answer):
        """A thing."""

        id = Id()
        name = Words()

    @routes.get("/ideas/<uuid:id>")
    @routes.response(200, ThingShown)
    def see_thing(id: Any) -> Any:
        """One thing."""
        return {"id": id, "name": "x"}

    @routes.get("/ideas")
    @routes.deprecated(since=SINCE, sunset=SUNSET, instead="/ideas/{id}")
    @routes.response(200, ThingShown)
    def see_any_thing() -> Any:
        """Some thing."""
        return {}

    @routes.post("/ideas")
    @routes.arguments(NewThing)
    @routes.response(201, ThingShown)
    def make_thing(new: Any) -> Any:
        """A new thing."""
        return new

    return routes


def opened_things() -> Routes:
    """Some routes that are opened to partners, one of them to them alone. A thing has items too, and is no list for that."""
    routes = Routes("things", __name__, description="Things")

    class Twofold(Answer):
        """A thing with items."""

        id = Id()
        name = Words()
        items = Several(Words())

    @routes.get("/ideas/<uuid:id>")
    @routes.response(200, Twofold)
    @open_to_partners("ideas:read", "name", "items")
    def see_twofold(id: Any) -> Any:
        """One thing."""

    @routes.get("/ideas")
    @routes.response(200, items_of(Twofold))
    @open_to_partners("ideas:read", "name", "items")
    def list_twofold() -> Any:
        """All things."""

    @routes.get("/ideas/told")
    @routes.response(200, Twofold)
    @open_to_partners("events:read", alone=True)
    def read_twofold() -> Any:
        """What happened to things."""

    return routes


ID = "0b0b8a52-9a57-4f2b-9a3a-0c6f7f0f6d11"
SINCE, SUNSET = date(2026, 3, 1), date(2027, 3, 1)


def test_what_is_deprecated_is_marked_with_when_it_goes_and_what_to_use() -> None:
    said = whole({"ideas": described("ideas", [things()])})["paths"][f"{PREFIX}/ideas"]["get"]

    assert said["deprecated"] is True
    assert said["x-sunset"] == "2027-03-01"
    assert "/ideas/{id}" in said["description"]
    assert {"Deprecation", "Sunset", "Link"} <= said["responses"]["200"]["headers"].keys()


def test_a_service_that_nobody_knew_is_taken_in_by_itself() -> None:
    said = whole({"ideas": described("ideas", [things()])})

    made = said["paths"][f"{PREFIX}/ideas"]["post"]
    assert made["responses"]["201"]["links"]["ideas.see_thing"]["parameters"] == {"id": "$response.body#/id"}
    assert {"401", "403", "404", "409", "422", "429", "400", "413"} <= made["responses"].keys()
    assert said["components"]["schemas"]["ideas.NewThing"]["properties"]["name"]["maxLength"] == 10
    OpenAPIV31SpecValidator(said).validate()
