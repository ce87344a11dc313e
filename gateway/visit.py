"""One request at the front door: whose door it is, who is asking, and how they ask the services."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from flask import Request, current_app, g, json, request

from chassis.identity import Identity
from chassis.refusal import No
from gateway import acts
from gateway import map as where
from gateway.auth import Auth
from gateway.limits import Counter
from gateway.mail import Mail
from gateway.services import Answer, Away, Services
from gateway.settings import GatewaySettings
from gateway.standing import Door, Standing, inside

COOKIE = "samskab_session"
A_PAGE, MOST_READ = 100, 1_000
AN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


NOT_ON_PAPER = No(
    "not-on-paper",
    "Kun en sekretær kan skrive noget ned for andre, og kun for dem, der får besked på papir.",
    "Only a secretary writes something down for others, and only for those who are reached on paper.",
)


class NotSignedIn(Exception):
    """Somebody unknown asks for something that needs a name."""


class SaidNo(Exception):
    """A service said no; `problem` is its answer (RFC 9457)."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {problem.get('slug')}")
        self.status, self.problem = status, problem


@dataclass(frozen=True)
class Gateway:
    """The parts that every request needs, made once."""

    settings: GatewaySettings
    services: Services
    standing: Standing
    auth: Auth
    mail: Mail
    counter: Counter


def gateway() -> Gateway:
    """The parts."""
    return cast(Gateway, current_app.extensions["gateway"])


class Visit:
    """Somebody at the door of an association."""

    def __init__(self, door: Door, request: Request) -> None:
        self.door, self.request = door, request
        self.names: dict[str, str] = {}
        self.partial = False
        self.nobody_to_ask: Away | None = None

    @property
    def secret(self) -> str | None:
        """What a partner's program shows. Pages know no programs, and a program has no session."""
        scheme, _, secret = self.request.headers.get("Authorization", "").partition(" ")
        return secret.strip() if scheme == "Bearer" and self.request.path.startswith(f"{where.PREFIX}/") else None

    @property
    def session(self) -> str | None:
        """The session that the browser names."""
        return self.request.cookies.get(COOKIE) or None

    @cached_property
    def who(self) -> Identity | None:
        """Who is asking; None: somebody we do not know."""
        if self.secret is not None:
            return gateway().standing.partner(self.door.association_id, self.secret)
        if self.session is None:
            return None
        if self.nobody_to_ask:
            raise self.nobody_to_ask
        try:
            return self._known(self.session)
        except Away as away:  # and who waited for that once does not wait again
            self.nobody_to_ask = away
            raise

    def _known(self, session: str) -> Identity | None:
        person_id = gateway().auth.person(self.door.association_id, session)
        return None if person_id is None else gateway().standing.who(self.door.association_id, person_id)

    @property
    def caller(self) -> str | None:
        """Who asks, as far as limits go; None: somebody we do not know."""
        return None if self.who is None else f"person {self.who.person_id}"

    def must_be_known(self) -> Identity:
        """Who is asking. Raises `NotSignedIn`."""
        if self.who is None:
            raise NotSignedIn
        return self.who

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        content: bytes | Iterable[bytes] | None = None,
        acts_for: str | None = None,
    ) -> Answer | None:
        """The answer of whatever service a path of the API belongs to, not yet read; None: nobody's path.

        `acts_for` is the person on paper for whom staff ask. Raises `SaidNo` where they may not.
        """
        who = self.must_be_known() if acts_for is None else self._acting(acts_for)
        path, _, query = path.partition("?")
        found = where.service_for(path)
        if found is None:
            return None
        service, its_path = found
        signed = inside(gateway().standing.token(who, service)) | {"X-Public-URL": gateway().settings.public_url.rstrip("/")}
        asked = f"{its_path}?{query}" if query else its_path
        with acts.noted(gateway().auth.store, self.must_be_known(), who, method, path) as note:
            answer = gateway().services.ask(service, method, asked, headers={**headers, **signed}, content=content)
            note(answer.status_code)
        return answer

    def get(self, path: str, **query: Any) -> Any:
        """What is there. Raises `SaidNo`."""
        asked = {name: value for name, value in query.items() if value is not None}
        return self.ask("GET", f"{path}?{urlencode(asked)}" if asked else path)

    def find(self, path: str, **query: Any) -> Any:
        """What is there, or None where it is not, or not for me, or its service is away: then the page is shown in part."""
        try:
            return self.get(path, **query)
        except Away:
            self.partial = True
            return None
        except SaidNo as no:
            if no.status in {403, 404}:
                return None
            raise

    def items(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """The things of a list; none where the list is not for me."""
        return list((self.find(path, **query) or {}).get("items", []))

    def every(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """The things of a list that is hardly ever long, page after page; what lies beyond the first thousand is left out."""
        found: list[dict[str, Any]] = []
        page: Any = {"next_cursor": ""}
        while page and (cursor := page.get("next_cursor")) is not None and len(found) < MOST_READ:
            page = self.find(path, limit=A_PAGE, cursor=cursor or None, **query)
            found += (page or {}).get("items", [])
        return found

    def _acting(self, for_person: str) -> Identity:
        """The person on paper, with whoever is signed in as the one who acts for them."""
        staff = self.must_be_known()
        acting = gateway().standing.acting(staff, UUID(for_person)) if AN_ID.fullmatch(for_person) else None
        if acting is None:
            raise SaidNo(403, {"slug": NOT_ON_PAPER.slug, "title": NOT_ON_PAPER.da, "status": 403})
        return acting

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        key: str | None = None,
        acts_for: str | None = None,
        seen: str | None = None,
    ) -> Any:
        """What is answered, as Danish speakers read it; `seen` is the version that was read. Raises `SaidNo`, `Away`."""
        headers = {"Accept": "application/json", "Accept-Language": "da"}
        if key:
            headers["Idempotency-Key"] = key
        if seen:
            headers["If-Match"] = f'"{seen}"'
        content = None if body is None else json.dumps(body).encode()
        if content is not None:
            headers["Content-Type"] = "application/json"
        answer = self.send(method, path, headers=headers, content=content, acts_for=acts_for)
        if answer is None:
            raise SaidNo(404, {"slug": "not-found", "title": "Det findes ikke her."})
        return _read(answer)

    def learn_names(self, *things: Any) -> None:
        """Learn what all the persons in these things are called, in one question."""
        wanted = sorted({str(id) for thing in things for id in _persons(thing) if AN_ID.fullmatch(str(id))} - self.names.keys())
        for start in range(0, len(wanted), 100):
            answer = self.ask("POST", "/names", {"ids": wanted[start : start + 100]})
            self.names |= answer.get("names", {})

    def name(self, id: str | UUID | None) -> str:
        """What somebody is called."""
        return self.names.get(str(id), "En person") if id else ""

    @property
    def front(self) -> str:
        """Where the world finds this association. Never what the request says its host is: that anybody can write."""
        public = gateway().settings.public_url.rstrip("/")
        return f"{public.partition('://')[0]}://{self.door.host}" if self.door.host else f"{public}/{self.door.slug}"

    @cached_property
    def departments(self) -> dict[str, str]:
        """The association's departments by id."""
        return {each["id"]: each["name"] for each in self.every("/departments")}

    @cached_property
    def bodies(self) -> dict[str, dict[str, Any]]:
        """The association's bodies by id."""
        return {each["id"]: each for each in self.every("/bodies")}

    def body_name(self, id: str | None) -> str:
        """What a body is called."""
        return str(self.bodies.get(str(id), {}).get("name", "Bestyrelsen"))


def visit() -> Visit:
    """The visit that this request is."""
    if "visit" not in g:
        g.visit = Visit(g.door, request)
    return cast(Visit, g.visit)


PERSONS = {"present", "members", "alternates", "recused", "double_roles", "roster", "consented"} | {"answered", "silent"}
"""Lists of persons, as the services call them; a single person ends in one of these: """

A_PERSON = {
    "author_id",
    "person_id",
    "sponsor_id",
    "facilitator_id",
    "chair_id",
    "owner_id",
    "drafted_by",
    "given_by",
    "taken_by",
    "sent_by",
}


def _persons(thing: Any) -> Iterable[str]:
    """The ids of persons named anywhere in a thing."""
    if isinstance(thing, Mapping):
        for key, value in thing.items():
            if key in A_PERSON and isinstance(value, str):
                yield value
            elif key in PERSONS and isinstance(value, list):
                yield from (each for each in value if isinstance(each, str))
            yield from _persons(value)
    elif isinstance(thing, list):
        for each in thing:
            yield from _persons(each)


def _read(answer: Answer) -> Any:
    try:
        whole = answer.read()
    finally:
        answer.close()
    said = _json(whole)
    if answer.status_code >= 500:
        raise Away(f"{answer.status_code}")
    if answer.status_code >= 400:
        raise SaidNo(answer.status_code, said if isinstance(said, dict) else {})
    return said


def _json(whole: bytes) -> Any:
    try:
        return json.loads(whole) if whole else {}
    except ValueError:
        return {}
