"""Whatever is linked, answered, withdrawn, reworded or taken out, in whatever order: nothing that was brought is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.identity import Identity
from chassis.refusal import Refused
from chassis.work import Work
from contracts.meetings import CostClass, RentEffect
from services.meetings.actions import contribution, proposal, recommendation, theme
from services.meetings.rules.contribution import Kind
from services.meetings.rules.recommendation import Wording
from services.meetings.store import proposal as kept
from services.meetings.store.tables import RECOMMENDATIONS
from services.meetings.tests.works import Works

BROUGHT, POINTS = 3, 2
WORDING = Wording(
    text="Ét system", responsible="Driften", cost=CostClass.LOW, rent=RentEffect.NONE, question=0, first_step="Indhent tilbud."
)
MOVES = st.one_of(
    st.tuples(st.just("trace"), st.integers(0, BROUGHT - 1), st.integers(0, POINTS)),
    st.tuples(st.sampled_from(["gather", "answer", "withdraw", "reword"]), st.integers(0, BROUGHT - 1), st.just(0)),
    st.tuples(st.sampled_from(["take_out", "edit"]), st.just(0), st.integers(1, POINTS)),
)


class Undone(Exception):
    """Ends a transaction in which we only wanted to see what happens."""


class Table:
    """One group's contributions and proposal, moved by the real actions; beside it, what ought to have become of each."""

    def __init__(self, works: Works, work: Work) -> None:
        self.works, self.work = works, work
        self.proposal = proposal.draft_proposal(self.by(works.anna), works.group_id, title="Lokaler", summary="").id
        self.points = [
            recommendation.write_recommendation(self.by(works.anna), self.proposal, wording=WORDING).id for _ in range(POINTS + 1)
        ]
        self.standing = set(self.points)
        self.theme = theme.name_theme(self.by(works.anna), works.group_id, name="Nøgler").id
        self.brought = [self._bring(number) for number in range(BROUGHT)]
        self.fate: dict[UUID, Any] = dict.fromkeys(self.brought, "waits")

    def by(self, who: Identity) -> Work:
        """The same transaction, on behalf of somebody."""
        return replace(self.work, who=who)

    def make(self, verb: str, which: int, point: int) -> None:
        """One move by whoever makes such moves; what is refused changes nothing."""
        id, point_id = self.brought[which], self.points[point]
        try:
            with self.work.attempt():
                getattr(self, verb)(id, point_id)
        except Refused:
            return

    def trace(self, id: UUID, point: UUID) -> None:
        contribution.trace_contribution(self.by(self.works.facilitator), id, recommendation_id=point)
        self.fate[id] = point

    def gather(self, id: UUID, _: UUID) -> None:
        contribution.gather_contribution(self.by(self.works.facilitator), id, theme_id=self.theme)

    def answer(self, id: UUID, _: UUID) -> None:
        contribution.answer_contribution(self.by(self.works.facilitator), id, reason="Uden for rammen.")
        self.fate[id] = "answered"

    def withdraw(self, id: UUID, _: UUID) -> None:
        contribution.withdraw_contribution(self.by(self.works.anna), id)
        self.fate[id] = "withdrawn"

    def reword(self, id: UUID, _: UUID) -> None:
        contribution.edit_contribution(self.by(self.works.anna), id, kind=Kind.IDEA, text="Sagt på en anden måde")

    def edit(self, _: UUID, point: UUID) -> None:
        seen = RECOMMENDATIONS.see(self.work, point).version
        recommendation.edit_recommendation(self.by(self.works.bo), point, seen=seen, wording=WORDING)

    def take_out(self, _: UUID, point: UUID) -> None:
        seen = RECOMMENDATIONS.see(self.work, point).version
        recommendation.take_out_recommendation(self.by(self.works.bo), point, seen=seen)
        self.standing.discard(point)
        self.fate |= {id: "waits" for id, fate in self.fate.items() if fate == point}

    def left(self) -> set[str]:
        """What ought to be neither traced, answered nor withdrawn."""
        return {str(id) for id, fate in self.fate.items() if fate == "waits"}

    def refused(self) -> set[str]:
        """What a submission is refused for now; nothing when it would be accepted. It is tried and undone."""
        try:
            with self.work.attempt():
                for step in (proposal.ask_consent, *(self._consent(who) for who in (self.works.anna, self.works.bo))):
                    step(self.by(self.works.anna), self.proposal)
                proposal.submit_proposal(self.by(self.works.anna), self.proposal)
                raise Undone
        except Undone:
            return set()
        except Refused as refused:
            assert refused.no.slug == "contributions-left", refused
            return set(refused.facts["ids"])

    def _consent(self, who: Identity) -> Any:
        return lambda _, which: proposal.consent_to_proposal(self.by(who), which, dissent="")

    def _bring(self, number: int) -> UUID:
        anna = self.by(self.works.anna)
        return contribution.give_contribution(anna, self.works.group_id, kind=Kind.WISH, text=f"{number}", meeting_id=None).id

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What happens here did not happen."""
        fate, standing = dict(self.fate), set(self.standing)
        try:
            with self.work.attempt():
                yield
                raise Undone
        except Undone:
            self.fate, self.standing = fate, standing


@pytest.mark.invariant(35)
def test_a_proposal_is_refused_exactly_while_something_that_was_brought_is_left(works: Works) -> None:
    works.meet(0), works.meet(1)
    with works.hall.running["meetings"].begin(works.anna) as work:
        table = Table(works, work)

        @given(st.lists(MOVES, max_size=8))
        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
        def tried(moves: list[tuple[str, int, int]]) -> None:
            with table.undone():
                for move in moves:
                    table.make(*move)
                assert table.refused() == table.left()
                assert {point.id for point in kept.standing(work, table.proposal)} == table.standing

        tried()
