"""The gateway's word on who is asking: a signed token for one service, good for a minute, with the person's standing inside."""

import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from chassis.identity import Duty, Identity, Mandate
from chassis.keys import Key, Keys, Watched

ISSUER = "samskab-gateway"
ALGORITHM = "Ed25519"
GOOD_FOR = 60
LEEWAY = 30
REMEMBERED = 10_000


class Forged(Exception):
    """The token is missing, stale, for somebody else, or not signed by the gateway. Which of these is nobody's business."""


class Signer:
    """Signs tokens with the gateway's private key: one that stays, or whichever is the key at the moment."""

    def __init__(self, key: OKPKey | Key) -> None:
        self.now = key if callable(key) else lambda: key

    @property
    def kid(self) -> str:
        """The name of the key at the moment."""
        return str(self.now().kid)

    def sign(self, who: Identity, *, audience: str) -> str:
        """A token for one service."""
        key = self.now()
        now = int(time.time())  # tokens live by the wall, not by the clock that tests and the demonstration set
        claims = {"iss": ISSUER, "aud": audience, "iat": now, "exp": now + GOOD_FOR, **_claims(who)}
        return jwt.encode({"alg": ALGORITHM, "kid": key.kid}, claims, key, algorithms=[ALGORITHM])


class Verifier:
    """Verifies tokens for one service, and remembers those it has verified until they expire or the keys are others.

    The keys are a set that stays, or whichever are the keys at the moment. A token that they do not fit is looked at once more
    when the keys have just changed: the gateway may sign with a new one before we have seen that there is one.
    """

    def __init__(self, keys: KeySet | Keys, audience: str) -> None:
        self.now, self.audience = keys if callable(keys) else lambda: keys, audience
        self.look = keys.look if isinstance(keys, Watched) else lambda: False
        self.known_by: KeySet | None = None
        self.registry = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": ISSUER},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            iat={"essential": True},
        )
        self.known: dict[str, tuple[float, Identity]] = {}

    def identity(self, token: str) -> Identity:
        """Who the token speaks for. Raises `Forged`."""
        keys = self.now()
        if keys is not self.known_by or len(self.known) >= REMEMBERED:
            self.known, self.known_by = {}, keys
        expires, who = self.known.get(token, (0.0, None))
        if who is not None and time.time() < expires:
            return who
        try:
            expires, who = self._read(token, keys)
        except Forged:
            if not self.look():
                raise
            expires, who = self._read(token, self.now())
        self.known[token] = (expires, who)
        return who

    def _read(self, token: str, keys: KeySet) -> tuple[float, Identity]:
        try:
            claims = jwt.decode(token, keys, algorithms=[ALGORITHM]).claims
            self.registry.validate(claims)
            return float(claims["exp"]), _identity(claims)
        except (JoseError, ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise Forged from wrong


def _claims(who: Identity) -> dict[str, Any]:
    return {
        "sub": str(who.person_id) if who.person_id else "house",
        "association": str(who.association_id),
        "departments": sorted(map(str, who.departments)),
        "mandates": sorted([str(m.body_id), m.seat] for m in who.mandates),
        "duties": sorted(who.duties),
        "employee": who.employee,
        **({"act": str(who.act)} if who.act else {}),
        **({"credential": str(who.credential), "scopes": sorted(who.scopes)} if who.credential else {}),
    }


def _identity(claims: Mapping[str, Any]) -> Identity:
    return Identity(
        association_id=UUID(claims["association"]),
        person_id=None if claims["sub"] == "house" else UUID(claims["sub"]),
        departments=frozenset(map(UUID, claims["departments"])),
        mandates=frozenset(Mandate(body_id=UUID(body), seat=seat) for body, seat in claims["mandates"]),
        duties=frozenset(map(Duty, claims["duties"])),
        employee=bool(claims["employee"]),
        act=UUID(claims["act"]) if "act" in claims else None,
        credential=UUID(claims["credential"]) if "credential" in claims else None,
        scopes=frozenset(map(str, claims.get("scopes", ()))),
    )
