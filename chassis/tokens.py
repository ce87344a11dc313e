"""The gateway's word on who is asking: a signed token for one service, good for a minute, with the person's standing inside."""

import time
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

from chassis.identity import Duty, Identity, Mandate

ISSUER = "samskab-gateway"
ALGORITHM = "Ed25519"
GOOD_FOR = 60
LEEWAY = 30
REMEMBERED = 10_000


class Forged(Exception):
    """The token is missing, stale, for somebody else, or not signed by the gateway. Which of these is nobody's business."""


class Signer:
    """Signs tokens with the gateway's private key."""

    def __init__(self, key: OKPKey) -> None:
        self.key = key

    def sign(self, who: Identity, *, audience: str) -> str:
        """A token for one service."""
        now = int(time.time())  # tokens live by the wall, not by the clock that tests and the demonstration set
        claims = {"iss": ISSUER, "aud": audience, "iat": now, "exp": now + GOOD_FOR, **_claims(who)}
        return jwt.encode({"alg": ALGORITHM, "kid": self.key.kid}, claims, self.key, algorithms=[ALGORITHM])


class Verifier:
    """Verifies tokens for one service, and remembers those it has verified until they expire."""

    def __init__(self, keys: KeySet, audience: str) -> None:
        self.keys, self.audience = keys, audience
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
        expires, who = self.known.get(token, (0.0, None))
        if who is not None and time.time() < expires:
            return who
        try:
            claims = jwt.decode(token, self.keys, algorithms=[ALGORITHM]).claims
            self.registry.validate(claims)
            who = _identity(claims)
        except (JoseError, ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise Forged from wrong
        if len(self.known) >= REMEMBERED:
            self.known.clear()
        self.known[token] = (float(claims["exp"]), who)
        return who


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
