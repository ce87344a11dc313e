"""Two at once: the version of a thing goes out as its `ETag`, and whoever writes says with `If-Match` which one they saw."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Request, Response, g, request
from marshmallow import missing

from chassis.identity import Identity
from chassis.refusal import CHANGED_MEANWHILE, No, Stale
from chassis.shapes import Whole

TAG = re.compile(r'\s*(?:W/)?"(\d{1,9})(?:-[0-9a-f]{1,64})?"\s*')
"""Our own tags, also as a proxy that compresses hands them back: weak."""

NOT_HERE = No(
    "no-version-here",
    "Her kan man ikke bede om (If-Match), at noget står, som man så det. Intet er ændret.",
    "If-Match says nothing here: what was asked for does not change the thing at this address. Nothing was changed.",
)


@dataclass
class Seen:
    """What somebody saw before they wrote: of which thing, in which versions. `sent` are the fields that they send."""

    things: frozenset[UUID]
    versions: frozenset[int]
    sent: frozenset[str] = frozenset()
    met: bool = False

    def must_be(self, id: UUID, version: int, stands: Callable[[], Mapping[str, Any]]) -> None:
        """The thing is in a version that was seen. Raises `Stale` with what `stands` now in the fields that were sent.

        Asked when a thing is put back, after the rules said yes: whoever may not write learns nothing here.
        """
        if self.met or id not in self.things:
            return
        self.met = True
        if version not in self.versions:
            now = stands()
            raise Stale(CHANGED_MEANWHILE, version=version, now={name: now[name] for name in sorted(self.sent & now.keys())})

    def must_be_met(self) -> None:
        """Something was put back that could be compared. Raises `Stale`: what is asked for is never overlooked."""
        if not self.met:
            raise Stale(NOT_HERE)


class Version(Whole):
    """Which version was seen when writing: in the body, or where nothing is said there, what `If-Match` says."""

    def __init__(self, **more: Any) -> None:
        super().__init__(1, required=True, **more)

    def deserialize(self, value: Any, *where: Any, **more: Any) -> Any:
        """The version, from the one place or the other."""
        seen = asked(g.who) if value is missing else None
        if seen is None or len(seen.versions) != 1:
            return super().deserialize(value, *where, **more)
        seen.met = True  # the rules compare it
        return super().deserialize(next(iter(seen.versions)), *where, **more)


def asked(who: Identity) -> Seen | None:
    """What this request's `If-Match` says was seen; None: nothing, or anything (`*`)."""
    if "seen" not in g:
        g.seen = _asked(request, who)
    seen: Seen | None = g.seen
    return seen


def _asked(request: Request, who: Identity) -> Seen | None:
    given = request.headers.get("If-Match", "").strip()
    if not given or given == "*" or request.method == "GET":
        return None
    versions = frozenset(int(tag[1]) for each in given.split(",") if (tag := TAG.fullmatch(each)))
    named = {value for value in (request.view_args or {}).values() if isinstance(value, UUID)}
    things = named or {id for id in (who.association_id, who.person_id) if id}
    return Seen(frozenset(things), versions, _sent(request))


def _sent(request: Request) -> frozenset[str]:
    """The fields of the body; none where it cannot be read, which is somebody else's to say."""
    try:
        sent = request.get_json(silent=True) if request.is_json else None
    except RecursionError:
        sent = None
    return frozenset(sent) if isinstance(sent, dict) else frozenset()


def tag(said: Any, body: bytes) -> str | None:
    """The `ETag` of an answer that is one thing in its version; None for any other.

    It has two halves: the version, which `If-Match` looks at, and what this reader was shown of it, for `If-None-Match`.
    What I may do, or how many stand behind an idea, changes without a new version, and then nothing is as it was.
    """
    version = said.get("version") if isinstance(said, dict) else None
    return f"{version}-{hashlib.sha256(body).hexdigest()[:16]}" if isinstance(version, int) else None


def not_again(answer: Response) -> Response:
    """Whoever has this very answer already is told so (304), without it."""
    if request.method == "GET" and "ETag" in answer.headers and answer.status_code == 200:
        answer.make_conditional(request)
    return answer
