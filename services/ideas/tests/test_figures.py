"""The figures: whatever people do and however often it is heard, each who stands behind an idea is counted once."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.identity import Identity
from chassis.refusal import Refused
from services.ideas.actions import endorsement
from services.ideas.actions import idea as actions
from services.ideas.rules.origin import Origin
from services.ideas.tests.kit import Place
from tests.kit import Hall

DEPARTMENTS = [uuid4(), uuid4()]
IDEAS, PEOPLE = 3, 5
STEPS = st.one_of(
    st.tuples(st.just("endorse"), st.integers(0, PEOPLE - 1), st.integers(0, IDEAS - 1)),
    st.tuples(st.just("endorse"), st.integers(0, PEOPLE - 1), st.integers(0, IDEAS - 1)),
    st.tuples(st.just("undo"), st.integers(0, PEOPLE - 1), st.integers(0, IDEAS - 1)),
    st.tuples(st.just("merge"), st.integers(0, IDEAS - 1), st.integers(0, IDEAS - 1)),
)


class Town:
    """Some ideas, each with an author, and people who endorse them; and beside it what should be counted."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.place = hall, Place(hall)
        self.people = [self.place.resident(DEPARTMENTS[n % 2]) for n in range(PEOPLE)]
        self.ideas: list[UUID] = []
        self.behind: list[set[int]] = [set() for _ in range(IDEAS)]
        self.merged: set[int] = set()
        for author in self.people[:IDEAS]:  # the first three are authors and endorse the others' ideas
            with hall.running["ideas"].begin(author) as work:
                made = actions.write_and_submit_idea(work, title="t", text="t", origin=Origin.RESIDENT, departments=())
            with hall.running["ideas"].begin(self.place.moderator) as work:
                self.ideas.append(actions.publish_idea(work, made.id).id)

    def endorse(self, who: int, idea: int) -> None:
        """Somebody endorses; the rules say whether they may."""
        if self._tried(self.people[who], lambda work: endorsement.endorse_idea(work, self.ideas[idea])):
            assert who != idea, "the author is not counted"
            self.behind[idea].add(who)

    def undo(self, who: int, idea: int) -> None:
        """Somebody takes it back."""
        if self._tried(self.people[who], lambda work: endorsement.withdraw_endorsement(work, self.ideas[idea])):
            self.behind[idea].remove(who)

    def merge(self, idea: int, into: int) -> None:
        """One becomes part of another, and whoever stood behind it stands behind that one."""
        ids = self.ideas
        if self._tried(
            self.place.moderator, lambda work: actions.merge_idea(work, ids[idea], into_id=ids[into], reason="Det samme")
        ):
            self.hall.settle()
            self.behind[into] |= self.behind[idea] - {into}
            self.behind[idea] = set()

    def _tried(self, who: Identity, act: object) -> bool:
        try:
            with self.hall.running["ideas"].begin(who) as work:
                act(work)  # type: ignore[operator]
        except Refused:
            return False
        return True

    def counted(self) -> Iterator[tuple[int, int, dict[str, int]]]:
        """What the figures say of each idea: endorsers, departments, and endorsers by department."""
        for id in self.ideas:
            seen = self.place.ask(self.place.secretary).get(f"/ideas/{id}").json
            yield seen["endorsers"], seen["in_departments"], {d["department_id"]: d["endorsers"] for d in seen["by_department"]}

    def expected(self) -> Iterator[tuple[int, int, dict[str, int]]]:
        """What they should say."""
        for behind in self.behind:
            by = {str(d): n for at, d in enumerate(DEPARTMENTS) if (n := sum(who % 2 == at for who in behind))}
            yield len(behind), len(by), by


@pytest.mark.invariant(8, 11)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=4, max_size=12))
def test_the_figures_are_those_who_stand_behind_each_idea_whatever_people_do(
    hall: Hall, steps: list[tuple[str, int, int]]
) -> None:
    town = Town(hall)

    for verb, one, other in steps:
        getattr(town, verb)(one, other)
    hall.settle()

    assert list(town.counted()) == list(town.expected())


@pytest.mark.invariant(53, 54)
def test_letters_heard_again_under_new_names_and_out_of_order_change_no_figure(hall: Hall) -> None:
    place = Place(hall)
    idea, bo, dina = place.published(), place.resident(DEPARTMENTS[0]), place.resident(DEPARTMENTS[1])
    for who, verb in [
        (bo, "endorse"),
        (dina, "endorse"),
        (bo, "withdraw_endorsement"),
        (bo, "endorse"),
        (dina, "withdraw_endorsement"),
    ]:
        place.do(who, idea, verb)
    before = place.see(idea)
    assert (before["endorsers"], before["in_departments"]) == (1, 1)

    with hall.running["ideas"].post_engine.begin() as connection:
        again = (
            "insert into inbox select association_id, gen_random_uuid(), kind, thing, subject, sequence, body, 'waiting', 0, due, null,"
            " stored_at, null from inbox where association_id = %s and thing = 'endorsement'"
        )
        connection.exec_driver_sql(again, (place.id,))

    assert place.see(idea) == before
