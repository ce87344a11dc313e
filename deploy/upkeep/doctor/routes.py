"""What only the broker's management API can say: what each queue is bound to, and which rules it is under. Nothing is changed."""

import base64
import json
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import Request, urlopen

from chassis.service import Service
from chassis.transport.rabbitmq import bindings_of, queue_of
from deploy import secrets
from deploy.command.reach import Reach
from deploy.services import SERVICES
from deploy.upkeep.doctor.broker import LOAD, MISSING
from deploy.upkeep.doctor.finding import Finding, bad, note, well

AS_THEY_ARE = "disable_stats=true&enable_queue_totals=true"
"""Queues as they are now, and not as they were when the broker last counted."""

SIZE = "max-length-bytes"
"""Which may be chosen: a queue that is full at another size says no all the same."""


def routes(reach: Reach) -> Iterator[Finding]:
    """Each queue is bound to what its service listens to, and says no when it is full."""
    if reach.data:
        return
    url = reach.folder / f"{secrets.DOCTOR}.management_url"
    if not url.exists():
        yield note("routes", f"not checked: what queues are bound to and which rules they are under; {url.name} is missing")
        return
    try:
        for service in SERVICES:
            if service.topics:
                yield from _of(url.read_text(encoding="ascii"), service)
    except HTTPError as no:
        yield bad("routes", f"not checked: the broker's management API does not let the doctor in ({no.code})", LOAD)
    except (URLError, OSError):
        said = "not checked: what queues are bound to and which rules they are under"
        yield note("routes", f"{said}; the broker's management API cannot be reached from here")


def _of(url: str, service: Service) -> Iterator[Finding]:
    queue, name = f"/api/queues/{secrets.VHOST}/{queue_of(service.name)}", f"routes to {service.name}"
    try:
        found = {(each["source"], each["routing_key"]) for each in _ask(url, f"{queue}/bindings") if each["source"]}
        rules = _rules(url, queue_of(service.name))
    except HTTPError as no:
        if no.code != MISSING:
            raise
        return  # there is no queue, which is said elsewhere
    wanted = bindings_of(service.name, service.topics)
    if missing := sorted(f"{key} of {exchange}" for exchange, key in wanted - found):
        yield bad(name, f"its queue does not get {', '.join(missing)}", f"restart {service.name}-post, which binds it")
    if more := sorted(f"{key} of {exchange}" for exchange, key in found - wanted):
        yield note(name, f"its queue also gets {', '.join(more)}, which this version does not ask for")
    if not full_says_no(rules):
        yield bad(name, "its queue is not under the rule that lets a full one say no: letters could be dropped", LOAD)
    elif wanted <= found:
        yield well(name, "its queue is bound to all that it listens to, and says no when it is full")


def _rules(url: str, queue: str) -> dict[str, Any]:
    """What the queue is under, by the name that it says."""
    under = {each["name"]: each.get("policy") for each in _ask(url, f"/api/queues/{secrets.VHOST}?{AS_THEY_ARE}")}
    policies = {each["name"]: dict(each["definition"]) for each in _ask(url, f"/api/policies/{secrets.VHOST}")}
    return policies.get(under.get(queue), {})


def full_says_no(rules: dict[str, Any]) -> bool:
    """Whether these are our rules, of whatever size."""
    return SIZE in rules and rules | {SIZE: secrets.RULES[SIZE]} == secrets.RULES


def _ask(url: str, what: str) -> Any:
    where = urlsplit(url)
    word = base64.b64encode(f"{where.username}:{unquote(where.password or '')}".encode()).decode()
    asked = Request(f"{where.scheme}://{where.hostname}:{where.port}{what}", headers={"Authorization": f"Basic {word}"})  # noqa: S310  our own
    with urlopen(asked, timeout=5) as answer:  # noqa: S310
        return json.load(answer)
