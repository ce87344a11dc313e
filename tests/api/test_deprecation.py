"""A route that is to be left says so in each of its answers."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask_smorest import Api

from chassis.deprecation import TooSoon
from chassis.problems import refused
from chassis.refusal import NOT_FOUND, NotFound, Refused
from chassis.web import Routes
from gateway.proxy import GOES_OUT


def app_with(**leaving: Any) -> Flask:
    """An application with one route to be left, one that refuses too, and one that stays."""
    app = Flask("things")
    app.config.update(API_TITLE="things", API_VERSION="1", OPENAPI_VERSION="3.1.0")
    app.register_error_handler(Refused, refused)
    routes = Routes("things", __name__)

    @routes.get("/old")
    @routes.deprecated(instead="/new", **leaving)
    @routes.response(200)
    def see_old() -> Any:
        return {}

    @routes.get("/gone")
    @routes.deprecated(instead="/new", **leaving)
    @routes.response(200)
    def see_gone() -> Any:
        raise NotFound(NOT_FOUND)

    @routes.get("/new")
    @routes.response(200)
    def see_new() -> Any:
        return {}

    Api(app).register_blueprint(routes)
    return app


@pytest.mark.parametrize(("path", "status"), [("/old", 200), ("/gone", 404)])
def test_it_says_since_when_and_until_when_and_where_to_read_about_it(path: str, status: int) -> None:
    answer = app_with(since=date(2026, 9, 1), sunset=date(2027, 9, 1)).test_client().get(path)

    assert answer.status_code == status
    assert answer.headers["Deprecation"] == "@1788220800"
    assert answer.headers["Sunset"] == "Wed, 01 Sep 2027 00:00:00 GMT"
    assert answer.headers["Link"] == '</openapi.html#promises>; rel="deprecation"; type="text/html"'
    assert {"deprecation", "sunset", "link"} <= GOES_OUT


def test_other_routes_say_nothing_of_it() -> None:
    answer = app_with(since=date(2026, 9, 1), sunset=date(2027, 9, 1)).test_client().get("/new")

    assert not {"Deprecation", "Sunset", "Link"} & set(answer.headers.keys())


def test_nobody_is_given_less_time_than_was_promised() -> None:
    with pytest.raises(TooSoon):
        app_with(since=date(2026, 9, 1), sunset=date(2027, 8, 1))
