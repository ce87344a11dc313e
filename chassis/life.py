"""A drawing of a life that is the law: a move that is not drawn is refused, whoever asks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from chassis.identity import Identity
from chassis.refusal import NOT_ALLOWED, NOT_NOW, NotAllowed, Refused

MOVE = re.compile(r"^ *(\w+) +--(\w+)--> +(\w+)(?: {2,}(.+))?$", re.M)


class Living(Protocol):
    """A thing with a state."""

    @property
    def state(self) -> Any: ...


Who = Callable[[Any, Identity], bool]


@dataclass(frozen=True)
class Move:
    """One arrow of a drawing."""

    before: str
    verb: str
    after: str
    by: str


@dataclass(frozen=True)
class Life:
    """The drawing of one kind of thing, and who may make each move.

    Read from the docstring of the rules file, one move a line:

        submitted --publish--> published    a moderator
    """

    moves: tuple[Move, ...]
    may: Mapping[str, Who]

    @classmethod
    def drawn(cls, drawing: str | None, **may: Who) -> "Life":
        """Read the drawing; every verb in it needs somebody who may, and nobody else is named."""
        moves = tuple(Move(before, verb, after, by or "") for before, verb, after, by in MOVE.findall(drawing or ""))
        if {move.verb for move in moves} != set(may):
            raise ValueError(f"drawn but nobody may, or the other way round: {sorted({m.verb for m in moves} ^ set(may))}")
        return cls(moves, may)

    def step(self, thing: Living, verb: str, who: Identity) -> str:
        """The state after the move. Raises `NotAllowed` (this person never) or `Refused` (not in this state)."""
        if not self.may[verb](thing, who):
            raise NotAllowed(NOT_ALLOWED)
        for move in self.moves:
            if (move.before, move.verb) == (thing.state, verb):
                return move.after
        raise Refused(NOT_NOW, state=str(thing.state), verb=verb)

    def open_to(self, thing: Living, who: Identity) -> list[str]:
        """The moves that this person can make now, as far as state and standing decide."""
        return [m.verb for m in self.moves if m.before == thing.state and self.may[m.verb](thing, who)]


def the_house(_: Any, who: Identity) -> bool:
    """Nobody but the house itself: a reaction to a letter."""
    return who.house
