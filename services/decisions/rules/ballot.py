"""How a body decides: who sits in it on a day, when it is quorate, and whether a vote was carried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import ceil
from uuid import UUID

from chassis.identity import Duty, Identity
from chassis.refusal import No, Refused
from contracts.decisions import Outcome
from contracts.people import Policy, Seat, TieBreak

BY_RANK = tuple(Seat)
"""Chair, vice-chair, member, alternate: whoever has two seats in one body sits in the first of them."""

BALLOT_IN_FUTURE = No("ballot-in-future", "Mødet ligger i fremtiden.", "The meeting lies in the future.")
BALLOT_TOO_EARLY = No(
    "ballot-before-docket",
    "Sagen kom på dagsordenen den {laid_on}; den kan ikke være besluttet før.",
    "The matter came on the docket on {laid_on}; it cannot have been decided before that.",
)
CHAIR_UNKNOWN = No(
    "ballot-chair-not-chair",
    "Den, der har godkendt beslutningen, var ikke formand eller næstformand på mødedagen.",
    "Whoever approved the decision was neither chair nor vice-chair on the day of the meeting.",
)
NOT_ENTITLED = No(
    "ballot-not-entitled",
    "{count} af de fremmødte havde ingen stemme i organet på mødedagen. En suppleant tæller kun, når suppleanten er trådt ind.",
    "{count} of those present had no vote in the body on the day of the meeting. An alternate counts only when standing in.",
)
RECUSED_TOOK_PART = No(
    "ballot-recused-took-part",
    "Et inhabilt medlem deltager hverken i drøftelsen eller i afstemningen.",
    "A recused member takes part neither in the discussion nor in the vote.",
)
NOBODY_TO_STAND_IN_FOR = No(
    "ballot-too-many-alternates",
    "Der er {alternates} suppleanter, men kun {absent} fraværende medlemmer at træde ind for.",
    "There are {alternates} alternates, but only {absent} absent members to stand in for.",
)
NOT_QUORATE = No(
    "ballot-not-quorate",
    "Organet er ikke beslutningsdygtigt: {present} er til stede, og der skal være mindst {needed}.",
    "The body is not quorate: {present} are present, and at least {needed} are needed.",
)
CHAIR_MISSING = No(
    "ballot-chair-missing",
    "Formanden eller næstformanden skal være til stede.",
    "The chair or the vice-chair must be present.",
)
VOTES_DO_NOT_ADD_UP = No(
    "ballot-does-not-add-up",
    "Stemmerne giver {votes}, men der var {present} til stede med stemme.",
    "The votes make {votes}, but {present} were present with a vote.",
)
CHAIRS_VOTE_NEEDED = No(
    "ballot-chairs-vote-needed",
    "Stemmerne står lige. Skriv, hvad formanden stemte.",
    "The votes are tied. Say how the chair voted.",
)
OUTCOME_AGAINST_VOTES = No(
    "ballot-outcome-against-votes",
    "Resultatet passer ikke til stemmerne: {votes_for} for og {votes_against} imod.",
    "The outcome does not fit the votes: {votes_for} for and {votes_against} against.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """A person's seat in the body on a certain day."""

    person_id: UUID
    seat: Seat

    @property
    def voting(self) -> bool:
        """Whether the seat has a vote of its own."""
        return self.seat is not Seat.ALTERNATE

    @property
    def leads(self) -> bool:
        """Whether it is the chair or the vice-chair."""
        return self.seat in {Seat.CHAIR, Seat.VICE_CHAIR}


Roster = tuple[Sitting, ...]
"""Everybody who sits in the body on a day, once each."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ballot:
    """What happened when the body decided. `members` (who sat in it that day), `entitled`, `needed` and `carried` are found by
    `held`, under the policy of that day, and are never reckoned anew: a mandate that is put right later changes no vote.

    `agenda_item` is the B of the agenda codes B, D and O: nothing is decided under a point for discussion or information.
    """

    meeting_day: date
    chair_id: UUID
    present: tuple[UUID, ...]
    votes_for: int
    votes_against: int
    abstained: int
    alternates: tuple[UUID, ...] = ()
    chair_votes_for: bool | None = None
    agenda_item: str = "decision"
    members: Roster = ()
    entitled: int = 0
    needed: int = 0
    carried: bool = False


def speaks_for(body_id: UUID, who: Identity) -> bool:
    """Whether the person may record what the body decided: its chair or vice-chair, or a secretary.

    Nobody does that on somebody else's behalf (`act`): a body's word is not a form on paper.
    """
    return who.act is None and (who.chairs(body_id) or who.has(Duty.SECRETARY))


def roster(seats: Iterable[tuple[UUID, Seat]]) -> Roster:
    """Everybody who sits in the body, once each, in the first of their seats."""
    best: dict[UUID, Seat] = {}
    for person_id, seat in seats:
        best[person_id] = min(seat, best.get(person_id, seat), key=BY_RANK.index)
    by_rank = sorted(best, key=lambda person_id: (BY_RANK.index(best[person_id]), person_id))
    return tuple(Sitting(person_id=person_id, seat=best[person_id]) for person_id in by_rank)


def entitled(members: Roster, recused: tuple[UUID, ...]) -> int:
    """How many could vote: whoever has a seat with a vote and is not recused."""
    return sum(1 for sitting in members if sitting.voting and sitting.person_id not in recused)


def needed(policy: Policy, of: int) -> int:
    """How many must be present: the policy's share and its number, both; never nobody.

    Rounded before it is raised, so that 0.07 of 100 is 7, and 5/6 of 6 is 5.
    """
    return max(1, policy.quorum_at_least, ceil(round(Decimal(str(policy.quorum_of_members)) * of, 9)))


def leaders(members: Roster, recused: tuple[UUID, ...]) -> set[UUID]:
    """Who may lead the meeting in this matter: chair and vice-chair; when both are recused, any other member with a vote."""
    able = [sitting for sitting in members if sitting.voting and sitting.person_id not in recused]
    return {sitting.person_id for sitting in able if sitting.leads} or {
        sitting.person_id for sitting in able if any(s.leads for s in members)
    }


def held(ballot: Ballot, *, members: Roster, recused: tuple[UUID, ...], policy: Policy, laid_on: date, today: date) -> Ballot:
    """The ballot as it counts, or a refusal that says what is wrong with it."""
    _on_a_possible_day(ballot, laid_on, today)
    ballot = replace(ballot, present=tuple(sorted(set(ballot.present))), alternates=tuple(sorted(set(ballot.alternates))))
    base = entitled(members, recused)
    _by_the_right_people(ballot, members, recused, base)
    _quorate(ballot, members, recused, policy, base)
    _adds_up(ballot)
    enough = needed(policy, base)
    return replace(ballot, members=members, entitled=base, needed=enough, carried=_carried(ballot, policy.tie_break))


def recounted(ballot: Ballot, *, votes_for: int, votes_against: int, abstained: int, chair_votes_for: bool | None) -> Ballot:
    """The same ballot with the votes written right. What the vote came to is not a slip of the pen, and stays."""
    again = replace(
        ballot, votes_for=votes_for, votes_against=votes_against, abstained=abstained, chair_votes_for=chair_votes_for
    )
    _adds_up(again)
    tied, was_tied = votes_for == votes_against, ballot.votes_for == ballot.votes_against
    same_chair = chair_votes_for == ballot.chair_votes_for
    if (was_tied and same_chair) if tied else (votes_for > votes_against) == ballot.carried:
        return again
    raise Refused(OUTCOME_AGAINST_VOTES, votes_for=votes_for, votes_against=votes_against)


def fits(outcome: Outcome, ballot: Ballot) -> None:
    """Refuse an outcome that the votes did not give. To send back is a decision too, and needs the votes for it."""
    if (outcome is not Outcome.REJECTED) != ballot.carried:
        raise Refused(OUTCOME_AGAINST_VOTES, votes_for=ballot.votes_for, votes_against=ballot.votes_against)


def _on_a_possible_day(ballot: Ballot, laid_on: date, today: date) -> None:
    if ballot.meeting_day > today:
        raise Refused(BALLOT_IN_FUTURE)
    if ballot.meeting_day < laid_on:
        raise Refused(BALLOT_TOO_EARLY, laid_on=laid_on)


def _by_the_right_people(ballot: Ballot, members: Roster, recused: tuple[UUID, ...], base: int) -> None:
    present = set(ballot.present)
    if present & set(recused) or ballot.chair_id in recused:
        raise Refused(RECUSED_TOOK_PART)
    if ballot.chair_id not in leaders(members, recused):
        raise Refused(CHAIR_UNKNOWN)
    voting = {sitting.person_id for sitting in members if sitting.voting}
    standing_in = present & set(ballot.alternates) & {sitting.person_id for sitting in members if not sitting.voting}
    if strangers := (present | set(ballot.alternates)) - voting - standing_in:
        raise Refused(NOT_ENTITLED, count=len(strangers))
    absent = base - len(present & voting)
    if len(standing_in) > absent:
        raise Refused(NOBODY_TO_STAND_IN_FOR, alternates=len(standing_in), absent=absent)


def _quorate(ballot: Ballot, members: Roster, recused: tuple[UUID, ...], policy: Policy, base: int) -> None:
    if len(ballot.present) < needed(policy, base):
        raise Refused(NOT_QUORATE, present=len(ballot.present), needed=needed(policy, base))
    if policy.quorum_needs_chair and leaders(members, recused).isdisjoint(ballot.present):
        raise Refused(CHAIR_MISSING)


def _adds_up(ballot: Ballot) -> None:
    votes = ballot.votes_for + ballot.votes_against + ballot.abstained
    if votes != len(ballot.present):
        raise Refused(VOTES_DO_NOT_ADD_UP, votes=votes, present=len(ballot.present))


def _carried(ballot: Ballot, tie_break: TieBreak) -> bool:
    """More for than against. A tie goes as the chair voted where that is the policy; otherwise it falls."""
    if ballot.votes_for != ballot.votes_against:
        return ballot.votes_for > ballot.votes_against
    if tie_break is TieBreak.FALLS or ballot.chair_id not in ballot.present or ballot.votes_for == 0:
        return False
    if ballot.chair_votes_for is None:
        raise Refused(CHAIRS_VOTE_NEEDED)
    return ballot.chair_votes_for
