"""How a partner's program reads the feed: a page at a time, waiting a little when there is nothing new."""

from enum import StrEnum
from threading import Event as Flag
from time import monotonic
from typing import Any, cast
from uuid import UUID

from flask import Response, current_app, json, request
from marshmallow import ValidationError, fields

from chassis import problems
from chassis.partners import open_to_partners
from chassis.refusal import No
from chassis.sealed import Broken, Sealer
from chassis.shapes import Choice, Line, Shape, Whole
from chassis.web import Routes, who, work
from contracts.event import PREFIX
from contracts.outside import TO_ONE, cloud_event, named
from services.partners.queries import feed as queries
from services.partners.queries.feed import Forgotten, Page, TakenBack
from services.partners.rules.grant import EVENTS
from services.partners.web.shown.feed import EventTold
from services.partners.web.waiting import TooMany, Waiting

routes = Routes("events", __name__, description="What happened, for partners' programs")

BATCH = "application/cloudevents-batch+json"
LOOK_AGAIN = 0.5
"""Seconds between two looks of one that waits."""

MOST = 100
LONGEST = 20
NOT_OURS = No(
    "cursor-not-ours",
    "Markøren passer ikke til denne nøgle.",
    "This cursor was not given to this grant. Send back what the header Next-Cursor said, unchanged.",
)
TOO_OLD = No(
    "cursor-too-old",
    "Det, der kom efter markøren, er ældre end 30 dage og gemmes ikke mere. Begynd forfra uden markør.",
    "What came after this cursor is older than 30 days and is not kept. Begin again without a cursor: from=oldest for all that "
    "is kept, from=now for what comes; how things stand now, the API says.",
)
TAKEN_BACK = No(
    "cursor-taken-back",
    "Det, markøren peger på, findes ikke mere: foreningens data er bragt tilbage til et tidligere tidspunkt. "
    "Begynd forfra uden markør.",
    "What this cursor points at is gone: the association was restored to an earlier moment, and what you heard after it may not "
    "hold any more. Read anew how things stand from the API, and begin again without a cursor.",
)
TOO_MANY = No(
    "too-many-waiting",
    "Nøglen har allerede flere forespørgsler, der venter.",
    "This credential has several requests waiting already. One is enough: it is answered as soon as there is something.",
)
waiting = Waiting()


class Begin(StrEnum):
    """Where one begins who has no cursor."""

    OLDEST = "oldest"
    NOW = "now"


TYPES = {
    "description": "Only these of what was granted, with commas between; `group.*` is all about groups.",
    "examples": [f"{PREFIX}idea.published,group.*"],
}
NEXT = {
    "Next-Cursor": {
        "description": "Where this page ends. Send it back as `cursor`, unchanged, and keep it with what came before it.",
        "required": True,
        "schema": {"type": "string"},
    }
}


class EventsAsked(Shape):
    """Which page of the feed."""

    cursor = fields.String(load_default=None, allow_none=True, metadata={"description": "Where the last answer ended."})
    begin = Choice(Begin, data_key="from", load_default=Begin.OLDEST, metadata={"description": "Where to begin with no cursor."})
    types = Line(5_000, least=0, load_default="", metadata=TYPES)
    limit = Whole(1, MOST, load_default=MOST, metadata={"description": "At most so many events."})
    timeout = Whole(0, LONGEST, load_default=0, metadata={"description": "Seconds to wait when there is nothing new."})


@routes.get("/events")
@routes.arguments(EventsAsked, location="query")
@routes.response(200, EventTold(many=True), content_type=BATCH, headers=NEXT)
@routes.refuses(400, "The cursor was not given to this grant, or is not whole.")
@routes.refuses(
    410, "What came after the cursor is not kept any more, or what it points at was taken back: begin again without one."
)
@open_to_partners(EVENTS, alone=True)
def read_events(asked: dict[str, Any]) -> Any:
    """The next events, in the order of the feed; the header Next-Cursor says where to go on.

    With nothing new it waits for as long as timeout says, and answers as soon as something comes; an empty list: nothing did.
    One request that waits is enough for a program: when two of a key wait, a third is refused with 429.
    An event may come again: know it by its source and id.
    """
    try:
        found = _found(_after(asked["cursor"]), asked)
    except Broken:
        return problems.problem(400, NOT_OURS)
    except Forgotten:
        return problems.problem(410, TOO_OLD, {"kept_days": 30})
    except TakenBack:
        return problems.problem(410, TAKEN_BACK)
    except TooMany:
        answer = problems.problem(429, TOO_MANY)
        answer.headers["Retry-After"] = str(LONGEST)
        return answer
    return _batch(found)


def _found(after: int | None, asked: dict[str, Any]) -> Page:
    """What there is, or what comes while one may wait. No transaction is open meanwhile."""
    types = _kinds(asked["types"])
    found = _look(after, asked, types)
    if found.facts or not asked["timeout"]:
        return found
    with waiting.place(cast(UUID, who().credential)) as may_wait:
        until, pause = monotonic() + asked["timeout"], Flag()
        while may_wait and not found.facts and (left := until - monotonic()) > 0:
            pause.wait(min(LOOK_AGAIN, left))
            found = _look(found.ends, asked, types)
    return found


def _look(after: int | None, asked: dict[str, Any], types: frozenset[str]) -> Page:
    with work() as w:
        return queries.page(w, after=after, begin_now=asked["begin"] is Begin.NOW, types=types, most=asked["limit"])


def _batch(found: Page) -> Response:
    schemas = f"{url}/schemas" if (url := request.headers.get("X-Public-URL")) else ""
    association = who().association_id
    told = [
        cloud_event(
            id=fact.id,
            association_id=association,
            kind=fact.kind,
            source=fact.source,
            subject=fact.subject,
            sequence=fact.sequence,
            at=fact.at,
            data=fact.data,
            schemas=schemas,
        )
        for fact in found.facts
    ]
    return Response(json.dumps(told), content_type=BATCH, headers={"Next-Cursor": _cursor(found.ends)})


def _cursor(position: int) -> str:
    return _sealer().seal({"association": str(who().association_id), "grant": str(who().person_id), "after": position})


def _after(cursor: str | None) -> int | None:
    """The position in a cursor. Raises `Broken` when it is not this grant's."""
    if not cursor:
        return None
    said = _sealer().open(cursor)
    if said != {"association": str(who().association_id), "grant": str(who().person_id), "after": said.get("after")}:
        raise Broken
    return int(said["after"])


def _kinds(types: str) -> frozenset[str]:
    """The kinds that are asked for, written with or without what all types begin with."""
    asked = [word.strip().removeprefix(PREFIX) for word in types.split(",") if word.strip()]
    unknown = [word for word in asked if not named((word,)) and word not in TO_ONE]
    if unknown:
        raise ValidationError({"types": ["not-one-of:see /asyncapi.json"]})
    return named(tuple(asked)) | (TO_ONE.keys() & set(asked))


def _sealer() -> Sealer:
    return cast(Sealer, current_app.extensions["sealer"])
