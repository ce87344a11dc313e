"""The house at work, seen from outside: every process well or saying why not, what it counts, what it logs, one trace through all."""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pika
import psycopg
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import make_url

from chassis import clock
from chassis.service import THREADS
from contracts.event import Letter, plain
from contracts.people import DepartmentRegistered
from deploy.bundled import bundled
from deploy.demo.play import house
from deploy.demo.world import SAME_ORIGIN, StoryStopped, World
from deploy.services import SERVICES
from tests.eyes import canaries
from tests.eyes.canaries import Canaries
from tests.eyes.collector import Collector, collector
from tests.eyes.queries import metrics_in, queries
from tests.servers.full import Full, full_run, until

WEBS = ["gateway", *(service.name for service in SERVICES)]
POSTS = [f"{service.name}-post" for service in SERVICES]


@dataclass
class Seen:
    """A house in which something has happened, and who looks at it."""

    full: Full
    world: World
    spans: Collector
    canaries: Canaries
    amqp_url: str
    idea: str = ""

    def ask(self, service: str, statement: str, *values: object) -> None:
        """Do something to a database, as its administrator."""
        url = make_url(self.full.admin_url).set(database=service, drivername="postgresql")
        with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as admin:
            admin.execute(statement, values or None)  # type: ignore[call-overload]

    def numbers(self, name: str) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
        """What a process has counted."""
        families = text_string_to_metric_families(self.full.look(name)[1])
        return {(each.name, frozenset(each.labels.items())): each.value for family in families for each in family.samples}

    def not_ready(self, name: str) -> Any:
        """What a process says that it misses, if it is not ready."""
        status, said = self.full.look(name, "readyz")
        return json.loads(said) if status == 503 else None

    def lines(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What all processes logged, line by line."""
        for path in self.full.logs:
            for line in path.read_text().splitlines():
                yield path.stem, json.loads(line)


@pytest.fixture(scope="module")
def seen(amqp_url: str) -> Iterator[Seen]:
    with tempfile.TemporaryDirectory(prefix="samskab-eyes-", ignore_cleanup_errors=True) as name, collector() as spans:
        place = Path(name)
        place.chmod(0o755)
        asked = {"LOG_LEVEL": "info", "WEB_CONCURRENCY": "2", "OTEL_BSP_SCHEDULE_DELAY": "200"}
        asked["OTEL_EXPORTER_OTLP_ENDPOINT"] = spans.url
        with bundled(place / "postgres", durable=False) as url, full_run(url, amqp_url, place / "full", **asked) as full:
            people = httpx2.Client(base_url=full.people_url, timeout=30)
            world = replace(full.world(), slug=canaries.SLUG, house=house(people, full.key, canaries.SLUG))
            made = Seen(full, world, spans, Canaries(), amqp_url)
            made.canaries.learn_secrets(place / "full")
            live(made)
            yield made


def live(seen: Seen) -> None:
    """An association moves in; somebody has an idea, which is published and endorsed."""
    world = seen.world
    world.house(
        "POST", "/associations", json={"slug": canaries.SLUG, "name": "Burforeningen", "cvr": "99999039", "lbf_number": "9909"}
    )
    for what in ("departments", "persons"):
        csv = {"content": canaries.FILES[what].encode(), "headers": {"Content-Type": "text/csv"}}
        assert world.house("POST", f"/imports/{what}", **csv)["problems"] == []
    world.settle()
    made = world.visitor("kanarius").post("/ideas", title=canaries.TITLE, text=canaries.TEXT)
    seen.idea = made["id"]
    world.visitor("vogter").post(f"/ideas/{seen.idea}/publish")
    world.visitor("sanger").post(f"/ideas/{seen.idea}/endorse")
    world.visitor("sanger").post(f"/ideas/{seen.idea}/comments", text=canaries.TEXT)
    world.settle()


@contextmanager
def no_database(seen: Seen, service: str) -> Iterator[None]:
    seen.ask("postgres", f"alter database {service} with allow_connections false")
    seen.ask("postgres", "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", service)
    try:
        yield
    finally:
        seen.ask("postgres", f"alter database {service} with allow_connections true")


@pytest.mark.parametrize("name", [*WEBS, *POSTS])
def test_every_process_says_that_it_lives_and_is_ready(seen: Seen, name: str) -> None:
    assert json.loads(seen.full.look(name, "healthz")[1]) == {"status": "alive"}
    assert json.loads(seen.full.look(name, "readyz")[1]) == {"status": "ready"}


@pytest.mark.parametrize("path", ["/metrics", f"/{canaries.SLUG}/metrics", f"/{canaries.SLUG}/api/v1/metrics", "/api/v1/metrics"])
def test_what_is_counted_is_not_seen_from_the_street(seen: Seen, path: str) -> None:
    answer = seen.world.visitor("vogter").client.get(path)
    assert answer.status_code == 404
    assert "samskab_" not in answer.text


def test_requests_are_counted_by_route_and_by_no_id(seen: Seen) -> None:
    asked = {("method", "POST"), ("route", "/ideas/<uuid:id>/endorse"), ("service", "ideas")}
    counted = seen.numbers("ideas")
    assert counted["samskab_http_requests_total", frozenset(asked | {("status", "200")})] == 1
    assert counted["samskab_http_request_seconds_count", frozenset(asked)] == 1
    assert counted["samskab_database_connections_most", frozenset({("service", "ideas"), ("pool", "web")})] == 2 * (
        THREADS + 1 + 4
    )

    for name in (*WEBS, *POSTS):
        said = seen.full.look(name)[1]
        assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", said), "no id is a label"
        assert canaries.SLUG not in said


def test_each_worker_gives_the_numbers_of_all(seen: Seen) -> None:
    client, before = httpx2.Client(base_url=seen.full.gateway_url), counted(seen, "gateway", "/healthz")
    for _ in range(40):
        client.get("/healthz", headers={"Connection": "close"})
    counts = {counted(seen, "gateway", "/healthz") for _ in range(8)}
    assert counts == {before + 40}, "whoever answers says the same"


def counted(seen: Seen, service: str, route: str) -> float:
    return sum(
        value
        for (name, labels), value in seen.numbers(service).items()
        if name == "samskab_http_requests_total" and ("route", route) in labels
    )


def test_every_metric_that_alerts_and_dashboards_ask_for_is_there(seen: Seen) -> None:
    asked = {metric for _, query in queries() for metric in metrics_in(query)} - {"up"}  # which Prometheus itself adds
    there: set[str] = set()
    for name in (*WEBS, *POSTS):
        for metric, kind in re.findall(r"^# TYPE (\w+) (\w+)$", seen.full.look(name)[1], re.MULTILINE):
            there |= {f"{metric}_{part}" for part in ("bucket", "sum", "count")} if kind == "histogram" else {metric}
    assert len(asked) > 12
    assert asked <= there


def test_one_trace_leads_from_the_street_to_the_last_reaction(seen: Seen) -> None:
    trace = seen.spans.trace_with(
        ("gateway web", "POST /api/v1/<path:rest>"),
        ("ideas web", "POST /ideas/<uuid:id>/endorse"),
        ("ideas post", "publish endorsement.given"),
        ("ideas post", "react endorsement.given"),
    )
    ids = {span.id: span for span in trace}
    begun = [span for span in trace if not span.after]
    assert [span.by for span in begun] == ["gateway web"]
    assert all(span.after in ids for span in trace if span.after), "every other step comes after one of the same trace"


def test_a_fact_is_followed_into_other_services(seen: Seen) -> None:
    trace = seen.spans.trace_with(
        ("people web", "POST /imports/<any(departments, persons, mandates):what>"),
        ("people post", "publish department.registered"),
        ("ideas post", "react department.registered"),
        ("groups post", "react department.registered"),
    )
    assert not [word for word in seen.canaries.words if word in str(trace)]


def test_every_line_says_when_how_grave_and_where_it_belongs(seen: Seen) -> None:
    answered = 0
    for where, line in seen.lines():
        assert {"time", "level", "service", "part", "event"} <= line.keys(), line
        assert f"{line['service']}{'-post' if line['part'] == 'post' else ''}" == where
        if line["event"] == "answered" and "route" in line:
            answered += 1
            assert {"request", "trace", "method", "status", "milliseconds"} <= line.keys(), line
            if "<uuid:id>" in line["route"]:
                assert "association" in line, line
    assert answered > 20


def test_a_process_without_its_database_says_so_and_is_asked_for_nothing(seen: Seen) -> None:
    with no_database(seen, "ideas"):
        said = until(lambda: seen.not_ready("ideas"), "ideas is not ready")
        assert (said["status"], list(said["why"])) == ("not ready", ["database"])
        assert seen.full.look("ideas", "healthz")[0] == 200
        well = frozenset({("service", "ideas"), ("part", "web"), ("what", "database")})
        until(lambda: seen.numbers("ideas")["samskab_well", well] == 0, "it is counted")
        until(lambda: seen.full.look("ideas-post", "readyz")[0] == 503, "the post of ideas is not ready")
        assert seen.world.visitor("sanger").ask("POST", f"/ideas/{seen.idea}/endorse").status_code == 503
    until(lambda: seen.full.look("ideas", "readyz")[0] == 200, "ideas is ready again")
    until(lambda: json.loads(seen.full.look("ideas-post", "readyz")[1])["status"] == "ready", "its post is well again")


def test_a_post_without_its_broker_is_degraded_and_not_unready(seen: Seen) -> None:
    with seen.full.another_post("ideas", amqp_url="amqp://nobody:here@127.0.0.1:1/") as look:
        until(lambda: json.loads(look("readyz")[1])["status"] == "degraded", "it says that something is missing")
        status, said = look("readyz")
    assert status == 200
    assert json.loads(said)["why"]["post"].startswith("listen: RabbitMQ is not there")


def test_no_log_line_of_any_process_repeats_what_people_are_called_or_wrote(seen: Seen) -> None:
    misbehave(seen)
    lines = list(seen.lines())
    assert {"our mistake", "letters parked", "letters retry", "database away"} <= {line["event"] for _, line in lines}, (
        "it was tried"
    )
    assert seen.canaries.seen_in(seen.full.logs) == []


def misbehave(seen: Seen) -> None:
    """Everything that can go wrong, with somebody's data in it."""
    world, door = seen.world, httpx2.Client(base_url=f"{seen.full.gateway_url}/{canaries.SLUG}", headers=SAME_ORIGIN)
    kanarius = world.visitor("kanarius")
    seen.canaries.words.update(kanarius.client.cookies.values())
    door.post("/log-ind", data={"email": canaries.STRANGER})
    link = door.get("/demo/post", params={"to": f"kanarius@{canaries.SLUG}.example"}).text
    secrets = re.findall(r"/log-ind/([A-Za-z0-9_-]{20,})", link)
    assert secrets
    seen.canaries.words.update(secrets)
    for secret in secrets:
        door.get(f"/log-ind/{secret}")
        door.post(f"/log-ind/{secret}x", data={"person": canaries.NAME})
    wrong_input(seen, kanarius)
    forced_errors(seen, kanarius)
    lost_letters(seen)
    for url in (seen.full.gateway_url, seen.full.people_url):
        canaries.shout_at(url, *canaries.nonsense())
    world.settle()


def wrong_input(seen: Seen, somebody: Any) -> None:
    somebody.ask("POST", "/ideas", {"title": canaries.TITLE * 50, "text": [canaries.TEXT]})
    somebody.ask("POST", f"/ideas/{canaries.TITLE}/endorse", {"reason": canaries.REASON})
    somebody.ask("GET", f"/ideas?q={canaries.TITLE}&cursor={canaries.TITLE}")
    somebody.ask("POST", f"/ideas/{seen.idea}/decline", {"reason": canaries.REASON})
    somebody.client.post(f"/{canaries.SLUG}/ideer/ny", data={"title": "", "text": canaries.TEXT}, headers=SAME_ORIGIN)
    somebody.client.get(f"/{canaries.SLUG}/kalender/{canaries.TITLE}.ics")
    csv = {"content": canaries.FILES["wrong"].encode(), "headers": {"Content-Type": "text/csv"}}
    with pytest.raises(StoryStopped):
        seen.world.house("POST", "/imports/persons", **csv)
    forged = {"Authorization": f"Bearer {canaries.TITLE}", "X-Request-ID": canaries.TITLE, "traceparent": canaries.TITLE}
    httpx2.get(f"{seen.full.people_url}/me", headers=forged)


def forced_errors(seen: Seen, somebody: Any) -> None:
    """The database itself refuses, and says with what."""
    seen.ask("ideas", f"alter table ideas add constraint broken check (title not like '%%{canaries.TITLE}%%') not valid")
    assert somebody.ask("POST", "/ideas", {"title": canaries.TITLE, "text": canaries.TEXT}).status_code == 500
    seen.ask("ideas", "alter table ideas drop constraint broken")
    seen.ask("people", f"alter table persons add constraint broken check (name not like '%%{canaries.NAME[:8]}%%') not valid")
    csv = {"content": canaries.FILES["persons"].replace("9001", "9003").encode(), "headers": {"Content-Type": "text/csv"}}
    with pytest.raises(StoryStopped, match="500"):
        seen.world.house("POST", "/imports/persons", **csv)
    seen.ask("people", "alter table persons drop constraint broken")


def lost_letters(seen: Seen) -> None:
    """Letters that are none, that have the wrong form, and that cannot be applied."""
    here = uuid4()
    letter = Letter(
        id=uuid4(),
        association_id=here,
        kind="department.registered",
        source="people",
        subject=uuid4(),
        sequence=1,
        at=clock.now(),
        data=plain.unstructure(DepartmentRegistered(department_id=uuid4(), number="7", name=canaries.STREET)),
    )
    raw = json.loads(letter.to_bytes())
    wrong = raw | {"id": str(uuid4()), "data": {"department_id": canaries.NAME, "name": canaries.STREET}}
    seen.ask("ideas", f"alter table departments add constraint broken check (name <> '{canaries.STREET}') not valid")
    with pika.BlockingConnection(pika.URLParameters(seen.amqp_url)) as connection:
        channel = connection.channel()
        for body in (json.dumps(raw), json.dumps(wrong), json.dumps(wrong | {"subject": canaries.TEXT}), canaries.TEXT):
            channel.basic_publish("people.events", "department.registered", body.encode())

    def noticed() -> bool:
        said = next(path for path in seen.full.logs if path.name == "ideas-post.log").read_text()
        return "letters parked" in said and "letters retry" in said

    until(noticed, "the letters are parked and retried")
    seen.ask("ideas", "alter table departments drop constraint broken")
