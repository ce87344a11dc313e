"""Who waits for something new: a few of each credential and not too many in all, for each of them holds a thread."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from uuid import UUID

MOST = 4
EACH = 2


class TooMany(Exception):
    """This credential has as many waiting already as one may."""


class Waiting:
    """Places to wait in, in one process."""

    def __init__(self, most: int = MOST, each: int = EACH) -> None:
        self.most, self.each = most, each
        self.lock, self.now = Lock(), Counter[UUID]()

    @contextmanager
    def place(self, credential: UUID) -> Iterator[bool]:
        """Take a place: no when all are taken, and one is answered at once instead. Raises `TooMany`."""
        with self.lock:
            if self.now[credential] >= self.each:
                raise TooMany
            free = self.now.total() < self.most
            self.now[credential] += free
        try:
            yield free
        finally:
            with self.lock:
                self.now[credential] -= free
                if not self.now[credential]:
                    del self.now[credential]
