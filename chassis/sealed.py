"""Seals what a caller keeps for us and hands back: nobody else reads it, makes one, or changes it."""

import json
from secrets import token_urlsafe
from typing import Any, Self

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

HEADER = {"alg": "dir", "enc": "A128CBC-HS256"}
"""JSON Web Encryption, compact. This content encryption has no limit on how often one key is used."""

ALGORITHMS = list(HEADER.values())
KEY_BYTES = 32
LONGEST = 2_000


class Broken(Exception):
    """It was not sealed by us, or is damaged. Which of these is nobody's business."""


class Sealer:
    """Seals with one key, which stays in the house."""

    def __init__(self, key: OctKey) -> None:
        self._key = key

    @classmethod
    def new(cls) -> Self:
        """With a key made now."""
        return cls.with_key(token_urlsafe(KEY_BYTES))

    @classmethod
    def with_key(cls, key: str) -> Self:
        """With a key as `key` wrote it."""
        return cls(OctKey.import_key({"kty": "oct", "k": key}))

    @property
    def key(self) -> str:
        """The key, to be kept among the secrets."""
        return str(self._key.as_dict(private=True)["k"])

    def seal(self, said: dict[str, Any]) -> str:
        """What is said, sealed: letters, digits, `-`, `_` and `.`."""
        return jwe.encrypt_compact(HEADER, json.dumps(said).encode(), self._key, algorithms=ALGORITHMS)

    def open(self, sealed: str) -> dict[str, Any]:
        """What was said. Raises `Broken`."""
        try:
            if len(sealed) > LONGEST:
                raise Broken
            said = json.loads(jwe.decrypt_compact(sealed, self._key, algorithms=ALGORITHMS).plaintext or b"")
            return dict(said)
        except (JoseError, ValueError, TypeError, KeyError) as wrong:
            raise Broken from wrong
