"""The life of an anonymous round: a question that each member may answer once, and nobody ever sees who said what.

open --answer--> open      a member, once, in person
open --close--> closed     the facilitator
open --lapse--> closed     the house, when the group is over

What keeps it anonymous:

- A round is one thing. It knows who has answered and what was said, each as a set in an order of its own (by id, by alphabet):
  neither row, place, version nor moment belongs to one person. There is no row, no event and no time of one person's answer.
- The event of an answer names neither the person nor the text.
- Nobody is shown an answer before the round is closed, and then only if at least three answered; fewer are thrown away unread.
- When it closes, who answered is forgotten; only how many is kept.
- Nobody answers through staff: whoever wrote it down would know.

What remains: whoever can read the database *between* two answers (a live connection, the write-ahead log, a backup made
meanwhile, versions of the row that are not cleaned up yet) can compare before and after, and so see whose answer came with which
text. That takes the owner's access to the running database during the round; the tables as they are left do not say it.
Whoever knows a person's way of writing may recognise it, and where all said the same, all know what each one said.
More, and why not more: `docs/decisions/anonymous-rounds.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from chassis.identity import Identity
from chassis.life import Life, the_house
from chassis.refusal import No, NotAllowed, Refused
from contracts.event import Event
from contracts.meetings import AnonymousRoundAnswered, AnonymousRoundClosed, AnonymousRoundOpened
from services.meetings.rules.circle import Circle, somebody

FEWEST = 3
"""With fewer answers than this none is shown: among two, each would know the other's."""


class State(StrEnum):
    """Whether it still takes answers."""

    OPEN = "open"
    CLOSED = "closed"


ANSWERED_ALREADY = No("answered-already", "Du har allerede svaret i denne runde.", "You have already answered in this round.")
IN_PERSON = No(
    "in-person",
    "I en anonym runde svarer man selv. Ellers ville den, der skriver det ned, vide, hvem der sagde det.",
    "In an anonymous round one answers in person; whoever wrote it down would know who said it.",
)

LIFE = Life.drawn(__doc__, answer=somebody, close=somebody, lapse=the_house)


@dataclass(frozen=True, kw_only=True, slots=True)
class AnonymousRound:
    """A question, who has answered it (until it closes), and what was said. `count` is how many answered."""

    id: UUID
    group_id: UUID
    question: str
    opened_on: date
    answered: tuple[UUID, ...] = ()
    answers: tuple[str, ...] = ()
    count: int = 0
    state: State = State.OPEN
    version: int = 0

    @property
    def shown(self) -> tuple[str, ...]:
        """What may be read: nothing before it is closed."""
        return self.answers if self.state is State.CLOSED else ()

    def answer(self, *, who: Identity, circle: Circle, text: str) -> tuple[AnonymousRound, Event]:
        """A member answers. Both sets are put into their own order, so that neither says who came when."""
        state = State(LIFE.step(self, "answer", who))
        me = circle.member(who)
        circle.must_work()
        if who.act is not None:
            raise NotAllowed(IN_PERSON)
        if me.person_id in self.answered:
            raise Refused(ANSWERED_ALREADY)
        answered = tuple(sorted((*self.answered, me.person_id)))
        told = AnonymousRoundAnswered(anonymous_round_id=self.id, group_id=self.group_id)
        answers = tuple(sorted((*self.answers, text)))
        return replace(self, state=state, answered=answered, answers=answers, count=len(answers)), told

    def close(self, *, who: Identity, circle: Circle) -> tuple[AnonymousRound, Event]:
        """No more answers. Who answered is forgotten, and so is what was said if too few did."""
        state = State(LIFE.step(self, "close", who))
        circle.must_facilitate(who)
        return self._closed(state)

    def lapse(self, *, who: Identity) -> tuple[AnonymousRound, Event]:
        """The group is over before anybody closed it; nobody is remembered longer than that."""
        return self._closed(State(LIFE.step(self, "lapse", who)))

    def _closed(self, state: State) -> tuple[AnonymousRound, Event]:
        kept = self.answers if self.count >= FEWEST else ()
        told = AnonymousRoundClosed(anonymous_round_id=self.id, group_id=self.group_id, answers=self.count)
        return replace(self, state=state, answered=(), answers=kept), told


def open_round(*, id: UUID, who: Identity, circle: Circle, question: str, today: date) -> tuple[AnonymousRound, Event]:
    """The facilitator asks; all members are to be told."""
    circle.must_facilitate(who)
    circle.must_still_gather()
    made = AnonymousRound(id=id, group_id=circle.group_id, question=question, opened_on=today)
    return made, AnonymousRoundOpened(anonymous_round_id=id, group_id=circle.group_id)


def open_to(found: AnonymousRound, circle: Circle, who: Identity) -> list[str]:
    """What somebody can do with it now."""
    answers = circle.has(who.person_id) and who.person_id not in found.answered and not circle.closed
    can = {"answer": answers, "close": circle.facilitates(who)}
    return [verb for verb in LIFE.open_to(found, who) if can.get(verb)]
