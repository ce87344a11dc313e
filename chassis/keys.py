"""Keys that lie in files and are renewed while everybody works: a changed file is noticed within a second, without a restart."""

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey

LOOK_AGAIN = 1.0
T = TypeVar("T")
Key = Callable[[], OKPKey]
Keys = Callable[[], KeySet]


class Watched(Generic[T]):
    """What a file says now. While it cannot be read or understood, what it said last."""

    def __init__(self, path: Path, read: Callable[[str], T]) -> None:
        self.path, self.read = path, read
        self.looked, self.seen = time.monotonic(), _stamp(path)
        self.value = read(path.read_text(encoding="ascii"))

    def __call__(self) -> T:
        """What it says, at most a second old."""
        if time.monotonic() - self.looked >= LOOK_AGAIN:
            self.look()
        return self.value

    def look(self) -> bool:
        """Look now; whether it says something else than before."""
        self.looked = time.monotonic()
        with suppress(OSError, ValueError, JoseError):
            stamp = _stamp(self.path)
            if stamp != self.seen:
                self.value, self.seen = self.read(self.path.read_text(encoding="ascii")), stamp
                return True
        return False


def named(name: str, read: Callable[[str], T]) -> Callable[[], T]:
    """What the variable NAME holds, or, watched, the file that NAME_FILE names. Raises `KeyError` where there is neither."""
    if path := os.environ.get(f"{name}_FILE"):
        return Watched(Path(path), read)
    value = read(os.environ[name])
    return lambda: value


def private(written: str) -> OKPKey:
    """The key that the gateway signs with."""
    return OKPKey.import_key(json.loads(written))


def public(written: str) -> KeySet:
    """The keys that it may have signed with."""
    return KeySet.import_key_set(json.loads(written))


def _stamp(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size
