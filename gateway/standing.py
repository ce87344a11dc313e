"""Who somebody is: doors and standing as people knows them, remembered for half a minute, and the signed token made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import json
from joserfc.jwk import OKPKey

from chassis.identity import Duty, Identity, Mandate
from chassis.keys import Key
from chassis.telemetry import request_id, trace
from chassis.tokens import Signer
from gateway.remembered import Remembered
from gateway.services import Away, Services

NOBODYS = UUID(int=0)
"""Doors are asked for before it is known whose they are."""


@dataclass(frozen=True, kw_only=True)
class Door:
    """An association's way in: by its slug in our address, or by a host name of its own."""

    association_id: UUID
    slug: str
    name: str
    host: str | None = None
    statement_url: str | None = None


class Standing:
    """Asks people, and of partners' programs partners, as the house."""

    def __init__(self, services: Services, key: OKPKey | Key) -> None:
        self.services, self.signer = services, Signer(key)
        self.doors: Remembered[Door | None] = Remembered()
        self.standing: Remembered[Identity | None] = Remembered()
        self.tokens: Remembered[str] = Remembered()
        self.partners: Remembered[Identity | None] = Remembered()
        self.policies: Remembered[Mapping[str, Any]] = Remembered()

    def door(self, name: str, *, host: bool = False) -> Door | None:
        """The door with this slug or this host name, if there is one. Raises `Away`."""
        return self.doors.get((name, host), lambda: self._door(name, host))

    def all_doors(self) -> list[Door]:
        """Every door, for the demonstration's front page."""
        return [_door(raw) for raw in (self.ask_people(NOBODYS, "GET", "/doors") or {}).get("items", [])]

    def who(self, association_id: UUID, person_id: UUID) -> Identity | None:
        """Somebody with what they may do there; None when people knows nobody of that id."""
        return self.standing.get((association_id, person_id), lambda: self._who(association_id, person_id))

    def partner(self, association_id: UUID, secret: str) -> Identity | None:
        """A partner's program by the secret that it shows; only its hash goes further. None: it opens nothing."""
        hash = sha256(secret.encode("utf-8", "replace")).hexdigest()
        return self.partners.get((association_id, hash), lambda: self._partner(association_id, hash))

    def policy(self, association_id: UUID) -> Mapping[str, Any]:
        """What an association has decided about its own practice; nothing while nobody can be asked."""
        return self.policies.get(association_id, lambda: self._policy(association_id))

    def acting(self, staff: Identity, person_id: UUID) -> Identity | None:
        """Somebody on paper for whom this member of staff may act, as people says; None where they may not."""
        raw = self.ask_people(staff.association_id, "GET", f"/standing/{person_id}/on_paper/{staff.person_id}")
        return None if raw is None else replace(_identity(staff.association_id, person_id, raw), act=staff.person_id)

    def persons_at(self, association_id: UUID, address: str) -> list[UUID]:
        """Who can be reached at an address."""
        found = self.ask_people(association_id, "POST", "/sign_in", {"email": address})
        return [UUID(id) for id in (found or {}).get("person_ids", [])]

    def workplaces(self, address: str) -> list[Door]:
        """The associations in which somebody with this address is employed."""
        found = self.ask_people(NOBODYS, "POST", "/workplaces", {"email": address})
        return [_door(raw) for raw in (found or {}).get("items", [])]

    def names(self, association_id: UUID, ids: list[UUID]) -> dict[str, str]:
        """What some persons want to be called."""
        found = self.ask_people(association_id, "POST", "/names", {"ids": [str(id) for id in ids]})
        return dict((found or {}).get("names", {}))

    def token(self, who: Identity, service: str) -> str:
        """The gateway's word to one service on who is asking."""
        return self.tokens.get((who, service, self.signer.kid), lambda: self.signer.sign(who, audience=service))

    def ask_people(self, association_id: UUID, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """What people answers the house; None for what is not there. Raises `Away`."""
        return self._ask("people", association_id, method, path, body)

    def _ask(self, service: str, association_id: UUID, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        headers = inside(self.token(Identity(association_id=association_id), service))
        content = None if body is None else json.dumps(body).encode()
        if content is not None:
            headers["Content-Type"] = "application/json"
        answer = self.services.ask(service, method, path, headers=headers, content=content)
        try:
            whole = answer.read()
        finally:
            answer.close()
        if answer.status_code in {404, 422}:
            return None
        if answer.status_code >= 400:
            raise Away(f"{service}: {answer.status_code}")
        return json.loads(whole) if whole else None

    def _door(self, name: str, host: bool) -> Door | None:
        raw = self.ask_people(NOBODYS, "GET", f"/doors/{quote(name, safe='')}")
        return None if raw is None or (raw["slug"] == name) == host else _door(raw, host=name if host else None)

    def _policy(self, association_id: UUID) -> Mapping[str, Any]:
        try:
            found: Mapping[str, Any] = (self.ask_people(association_id, "GET", "/association") or {}).get("policy", {})
        except Away:
            return {}
        return found

    def _who(self, association_id: UUID, person_id: UUID) -> Identity | None:
        raw = self.ask_people(association_id, "GET", f"/standing/{person_id}")
        return None if raw is None else _identity(association_id, person_id, raw)

    def _partner(self, association_id: UUID, hash: str) -> Identity | None:
        raw = self._ask("partners", association_id, "POST", "/opens", {"hash": hash})
        if raw is None:
            return None
        return Identity(
            association_id=association_id,
            person_id=UUID(raw["grant_id"]),
            credential=UUID(raw["credential_id"]),
            scopes=frozenset(raw["scopes"]),
        )


def inside(token: str) -> dict[str, str]:
    """The headers that the gateway itself sets on whatever it asks."""
    headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    if request := request_id():
        headers["X-Request-ID"] = str(request)
    if traced := trace():
        headers["traceparent"] = traced
    return headers


def _door(raw: Mapping[str, Any], host: str | None = None) -> Door:
    return Door(
        association_id=UUID(raw["association_id"]),
        slug=raw["slug"],
        name=raw["name"],
        host=host,
        statement_url=raw.get("statement_url"),
    )


def _identity(association_id: UUID, person_id: UUID, raw: Mapping[str, Any]) -> Identity:
    return Identity(
        association_id=association_id,
        person_id=person_id,
        departments=frozenset(map(UUID, raw["departments"])),
        mandates=frozenset(Mandate(body_id=UUID(each["body_id"]), seat=each["seat"]) for each in raw["mandates"]),
        duties=frozenset(map(Duty, raw["duties"])),
        employee=bool(raw["employee"]),
    )
