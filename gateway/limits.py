"""How much anybody may ask for in a minute, so that nobody's flood becomes everybody's: each person, and each association in all.

Reads and writes are counted apart, over all processes: each takes tickets from the gateway's database by the handful and gives
them out by itself. So nobody ever gets more than the limit; what lies unused in other processes' hands may be missed, at most a
handful in each.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from uuid import UUID

import structlog
from flask import Response, g
from sqlalchemy.exc import SQLAlchemyError

from chassis.refusal import No
from gateway import store
from gateway.origin import SAFE
from gateway.store import Store

log = structlog.get_logger()

MINUTE = 60
BIGGEST_HANDFUL = 50
MOST_HANDS = 50_000
UNKNOWN = "unknown"
"""All who are not signed in, together: they take nothing from those who are."""

TOO_MANY = No(
    "too-many-requests",
    "Det går lidt for hurtigt. Vent {seconds} sekunder, og prøv igen. Intet er ændret.",
    "That is too many requests at once. Wait {seconds} seconds and try again. Nothing was changed.",
)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many requests in a minute: of one person, and of one association in all."""

    person_reads: int = 1_200
    person_writes: int = 600
    association_reads: int = 12_000
    association_writes: int = 3_000

    def as_decided(self, policy: Mapping[str, Any]) -> "Limits":
        """As the association's policy has it; never more in all than the installation gives."""
        return Limits(
            person_reads=policy.get("reads_a_minute") or self.person_reads,
            person_writes=policy.get("writes_a_minute") or self.person_writes,
            association_reads=min(policy.get("reads_a_minute_in_all") or self.association_reads, self.association_reads),
            association_writes=min(policy.get("writes_a_minute_in_all") or self.association_writes, self.association_writes),
        )

    def of(self, method: str) -> tuple[int, int]:
        """What one person, and all together, may do of this."""
        reads = method in SAFE
        return (self.person_reads, self.association_reads) if reads else (self.person_writes, self.association_writes)


@dataclass(frozen=True, kw_only=True)
class Left:
    """What is left of a limit in this minute. `over`: nothing, and this request was one too many."""

    name: str
    most: int
    remaining: int
    seconds: int
    over: bool = False


@dataclass
class Hand:
    """The tickets that this process holds for somebody in a minute."""

    minute: int
    tickets: int = 0
    not_taken: int = 0
    none_left: bool = False


class Counter:
    """Counts for one process. `now` are the seconds of the wall's clock, which all processes share."""

    def __init__(self, keeper: Store, now: Callable[[], float] = time.time) -> None:
        self.store, self.now = keeper, now
        self.hands: dict[tuple[UUID, str], Hand] = {}
        self.lock = Lock()

    def admit(self, association_id: UUID, caller: str | None, method: str, limits: Limits) -> list[Left]:
        """Count a request of somebody's and of all; of what is refused to one person the others are not charged."""
        mine, all_of_us = limits.of(method)
        kind = "reads" if method in SAFE else "writes"
        if caller is None:
            return [self.take(association_id, "association", f"{kind} of {UNKNOWN}", all_of_us)]
        own = self.take(association_id, "person", f"{kind} of {caller}", mine)
        return [own] if own.over else [own, self.take(association_id, "association", f"{kind} in all", all_of_us)]

    def take(self, association_id: UUID, name: str, whom: str, most: int) -> Left:
        """One ticket out of the hand; where it is empty, a handful out of the minute's tickets first."""
        now = self.now()
        minute, seconds = int(now // MINUTE), MINUTE - int(now % MINUTE)
        hand = self._hand((association_id, whom), minute)
        if hand.tickets < 1 and not hand.none_left:
            self._draw(association_id, whom, hand, most)
        with self.lock:
            over = hand.tickets < 1
            hand.tickets -= 0 if over else 1
            return Left(name=name, most=most, remaining=hand.tickets + hand.not_taken, seconds=seconds, over=over)

    def _hand(self, key: tuple[UUID, str], minute: int) -> Hand:
        with self.lock:
            hand = self.hands.get(key)
            if hand is None or hand.minute != minute:
                if len(self.hands) >= MOST_HANDS:
                    self.hands.clear()
                hand = self.hands[key] = Hand(minute)
            return hand

    def _draw(self, association_id: UUID, whom: str, hand: Hand, most: int) -> None:
        handful = max(1, min(BIGGEST_HANDFUL, most // 20))
        try:
            with self.store.of(association_id) as db:
                taken = store.take_tickets(db, association_id, whom, hand.minute, handful)
        except SQLAlchemyError as failure:  # a request never fails because it could not be counted
            log.warning("not counted", failure=type(failure).__name__)
            taken = handful
        with self.lock:
            given = max(0, min(handful, most - (taken - handful)))
            hand.tickets += given
            hand.not_taken = max(0, most - taken)
            hand.none_left = given == 0


@dataclass(frozen=True)
class Counted:
    """What this request left of each limit that it counts in."""

    left: list[Left] = field(default_factory=list)

    @property
    def over(self) -> Left | None:
        """The limit that it goes beyond."""
        return next((each for each in self.left if each.over), None)

    def says(self) -> dict[str, str]:
        """The headers that tell a program how it stands (draft-ietf-httpapi-ratelimit-headers)."""
        if not self.left:
            return {}
        return {
            "RateLimit-Policy": ", ".join(f'"{each.name}";q={each.most};w={MINUTE}' for each in self.left),
            "RateLimit": ", ".join(f'"{each.name}";r={each.remaining};t={each.seconds}' for each in self.left),
        } | ({"Retry-After": str(self.over.seconds)} if self.over else {})


def say(answer: Response) -> Response:
    """Every answer of the API says how much is left."""
    counted: Counted | None = g.get("counted")
    if counted is not None:
        answer.headers.update(counted.says())
    return answer
