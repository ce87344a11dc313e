"""A log line says what happened and where, and nothing that anybody wrote: whichever library says it, whatever broke."""

import json
import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
import structlog
from psycopg.errors import UniqueViolation
from sqlalchemy.exc import IntegrityError

from chassis import spans, telemetry

CANARY = "Jytte Hansen, Søbakken 2"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """The lines so far, after the form of lines was set as a process sets it."""
    root, hook, before = logging.getLogger(), threading.excepthook, structlog.get_config()
    handlers, level = list(root.handlers), root.level
    telemetry.configure("ideas", "post")
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    telemetry.end()
    structlog.configure(**before)
    root.handlers, threading.excepthook = handlers, hook
    root.setLevel(level)


def test_a_line_names_its_time_its_service_and_what_it_belongs_to(said: Callable[[], list[dict[str, Any]]]) -> None:
    telemetry.begin(request=None, traceparent=None, association="a")
    structlog.get_logger().info("something happened", number=1)
    telemetry.end()
    structlog.get_logger().info("something else")

    first, second = said()
    assert {"time", "level", "service", "part", "request", "trace", "association"} <= first.keys()
    assert (first["service"], first["part"], first["event"]) == ("ideas", "post", "something happened")
    assert "request" not in second


@pytest.mark.parametrize(
    ("words", "filled", "event"),
    [
        ("Error handling request %s %s", ("GET", f"/{CANARY}"), "Error handling request %s %s"),
        (f"Invalid request from ip=127.0.0.1: {CANARY}", (), "Invalid request from ip"),
        ("Worker (pid:%s) was sent %s", (7, CANARY), "Worker (pid:%s) was sent %s"),
        (f"Failed to do '{CANARY}'", (), "Failed to do"),
        (f"Traceback\n{CANARY}", (), "Traceback"),
        (ValueError(CANARY), (), "ValueError"),
    ],
)
def test_a_library_says_its_own_words_and_numbers_only(
    said: Callable[[], list[dict[str, Any]]], words: object, filled: tuple[object, ...], event: str
) -> None:
    logging.getLogger("gunicorn.error").error(words, *filled)

    (line,) = said()
    assert (line["event"], line["library"], line["level"]) == (event, "gunicorn.error", "error")
    assert line.get("numbers", []) == [each for each in filled if isinstance(each, int)]
    assert CANARY not in json.dumps(line, ensure_ascii=False)


def fails_in_the_database() -> None:
    try:
        raise UniqueViolation(f"DETAIL: Key (name)=({CANARY}) exists")
    except UniqueViolation as why:
        raise IntegrityError(f"insert {CANARY}", {"name": CANARY}, why) from why


def test_a_failure_is_told_by_its_name_and_its_place(said: Callable[[], list[dict[str, Any]]]) -> None:
    try:
        fails_in_the_database()
    except IntegrityError:
        structlog.get_logger().exception("our mistake")

    (line,) = said()
    assert [each["failure"] for each in line["exception"]] == ["UniqueViolation 23505", "UniqueViolation 23505"]
    assert "fails_in_the_database" in line["exception"][0]["at"][-1]
    assert CANARY not in json.dumps(line, ensure_ascii=False)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_ends_by_a_failure_says_so_without_its_words(said: Callable[[], list[dict[str, Any]]]) -> None:
    threading.excepthook(threading.ExceptHookArgs((ValueError, ValueError(CANARY), None, threading.current_thread())))

    (line,) = said()
    assert (line["event"], line["exception"][0]["failure"]) == ("a thread ended", "ValueError")


@pytest.mark.parametrize("came", ["", CANARY, "00-" + "0" * 32 + "-" + "a" * 16 + "-01", "00-xyz"])
def test_a_trace_that_makes_no_sense_is_replaced(came: str) -> None:
    telemetry.begin(request=CANARY, traceparent=came)
    try:
        assert telemetry.TRACEPARENT.fullmatch(telemetry.trace() or "")
        assert telemetry.trace() != came
    finally:
        telemetry.end()


def test_a_trace_that_came_is_gone_on_with() -> None:
    trace, request = "0af7651916cd43dd8448eb211c80319c", uuid4()
    telemetry.begin(request=str(request), traceparent=f"00-{trace}-b7ad6b7169203331-01")
    try:
        said = telemetry.trace() or ""
        assert (said.split("-")[1], telemetry.request_id()) == (trace, request)
        assert "b7ad6b7169203331" not in said, "it is a step of its own"
    finally:
        telemetry.end()


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://x:4318/v1/traces"}, True),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x:4318", "OTEL_SDK_DISABLED": "true"}, False),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://x:4318", "OTEL_TRACES_EXPORTER": "none"}, False),
    ],
)
def test_spans_are_made_where_somebody_collects_them(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], wanted: bool
) -> None:
    for name in (
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "OTEL_SDK_DISABLED",
        "OTEL_TRACES_EXPORTER",
    ):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert spans.wanted() is wanted


def test_where_nobody_collects_nothing_is_imported() -> None:
    import subprocess
    import sys

    asked = "import sys, deploy.web, deploy.post, deploy.door; sys.exit(any(n.startswith('opentelemetry') for n in sys.modules))"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0
