"""What the life of a group promises: it falls still and stirs, is dissolved with a reason, and its roles are left and filled."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis import clock
from chassis.identity import Identity
from chassis.refusal import NotAllowed, Refused
from contracts.groups import GroupDissolved, Role
from contracts.people import DayTurned, PersonGone, Policy, PolicySet, Seat
from services.groups.rules.group import Group, State
from services.groups.tests.kit import Place, today
from services.groups.tests.test_rules import CHAIR, FACILITATOR, HERE, HOUSE, MEMBER, MEMBERS, SECRETARY, a_group
from services.groups.tests.test_web import met
from tests.kit import Hall, person


@pytest.fixture
def place(hall: Hall) -> Place:
    return Place(hall)


@contextmanager
def later(days: int) -> Iterator[None]:
    """So many days from now."""
    try:
        clock.set_to(clock.now() + timedelta(days=days))
        yield
    finally:
        clock.set_to(None)


def day_turns(place: Place) -> None:
    place.hall.tell(place.here, DayTurned(day=today()), subject=uuid4())


def group(place: Place, id: str, who: Identity | None = None) -> dict[str, Any]:
    return dict(place.ask(who or place.resident()).get(f"/groups/{id}").json)


def fill(found: Group, role: Role, person_id: UUID, **more: Any) -> Group:
    facts: dict[str, Any] = {"who": CHAIR, "body": MEMBERS, "employed": True, "members": ()} | more
    return found.fill_role(role=role, person_id=person_id, **facts)[0]


# Roles


@pytest.mark.invariant(18)
def test_a_role_is_left_by_who_holds_it_by_who_composes_or_by_the_house() -> None:
    holder = person(HERE, person_id=FACILITATOR)
    for who in (holder, SECRETARY, MEMBER, HOUSE):
        left, told = a_group(State.ACTIVE).vacate_role(who=who, role=Role.FACILITATOR)
        assert (left.facilitator_id, told.person_id, left.state) == (None, FACILITATOR, "active")  # type: ignore[attr-defined]
    with pytest.raises(NotAllowed):
        a_group().vacate_role(who=holder, role=Role.SPONSOR)
    with pytest.raises(NotAllowed):
        a_group().vacate_role(who=person(HERE), role=Role.FACILITATOR)
    with pytest.raises(Refused, match="role-vacant"):
        replace(a_group(), sponsor_id=None).vacate_role(who=SECRETARY, role=Role.SPONSOR)


@pytest.mark.invariant(18)
def test_the_body_fills_a_vacant_role_by_the_rules_of_the_charter() -> None:
    (voting,) = MEMBERS
    without = replace(a_group(State.ACTIVE), sponsor_id=None)
    assert fill(without, Role.SPONSOR, voting).sponsor_id == voting
    for person_id, more, slug in (
        (uuid4(), {}, "sponsor-outside-body"),
        (FACILITATOR, {"body": frozenset({FACILITATOR})}, "sponsor-is-facilitator"),
    ):
        with pytest.raises(Refused, match=slug):
            fill(without, Role.SPONSOR, person_id, **more)
    with pytest.raises(Refused, match="facilitator-not-hired"):
        fill(replace(a_group(), facilitator_id=None), Role.FACILITATOR, uuid4(), employed=False)
    with pytest.raises(Refused, match="role-taken"):
        fill(a_group(), Role.FACILITATOR, uuid4())
    with pytest.raises(NotAllowed):
        fill(without, Role.SPONSOR, voting, who=MEMBER)


def test_a_facilitator_leaves_and_the_board_names_another(place: Place) -> None:
    id, other = place.formed(), str(uuid4())
    assert group(place, id)["vacant_roles"] == []
    assert place.ask(place.facilitator).post(f"/groups/{id}/vacate_role", role="facilitator").status_code == 200
    seen = group(place, id, place.chair)
    assert (seen["facilitator_id"], seen["vacant_roles"]) == (None, ["facilitator"])
    assert {"fill_role", "vacate_role"} <= set(seen["may"])

    named = {"role": "facilitator", "person_id": other, "employed": True}
    assert place.ask(place.member).post(f"/groups/{id}/fill_role", **named).status_code == 403
    assert place.ask(place.chair).post(f"/groups/{id}/fill_role", **named).json["facilitator_id"] == other
    again = place.ask(place.chair).post(f"/groups/{id}/fill_role", **named)
    assert (again.status_code, again.json["slug"]) == (409, "role-taken")
    assert place.ask(place.chair).post(f"/groups/{id}/fill_role", role="king", person_id=other).status_code == 422
    assert place.told(id)[-2:] == ["group.role_vacated", "group.role_filled"]
    assert place.amended(id)["facilitator_id"] == other, "an amendment begins with those who hold the roles"


@pytest.mark.invariant(18)
def test_an_amendment_leaves_those_in_their_roles_whom_it_does_not_replace(place: Place) -> None:
    id, other = place.group(), str(uuid4())
    made = place.amended(id)
    place.propose(made["id"])
    for role, who in (("facilitator", place.facilitator), ("sponsor", place.chair)):
        place.ask(who).post(f"/groups/{id}/vacate_role", role=role)
    place.ask(place.chair).post(f"/groups/{id}/fill_role", role="facilitator", person_id=other, employed=True)
    place.decide_amendment(made)

    seen = group(place, id)
    assert (seen["facilitator_id"], seen["vacant_roles"]) == (other, ["sponsor"])
    charter = place.ask(place.resident()).get(f"/charters/{made['charter_id']}").json
    assert (charter["edition"], charter["facilitator_id"], charter["facilitator_employed"]) == (2, other, True)


@pytest.mark.invariant(23)
def test_a_group_without_a_facilitator_is_not_formed(place: Place) -> None:
    id = place.group()
    place.joined(id, place.resident())
    place.joined(id, place.chair, "organisation_board")
    place.ask(place.member).post(f"/groups/{id}/close_sign_up")
    place.ask(place.member).post(f"/groups/{id}/vacate_role", role="facilitator")

    assert place.ask(place.member).post(f"/groups/{id}/form").json["slug"] == "facilitator-needed"


@pytest.mark.invariant(18)
def test_a_sponsor_whose_mandate_ended_a_week_ago_is_none(place: Place) -> None:
    sponsor = person(place.here, sits_in=[place.body])
    place.seat(sponsor, Seat.MEMBER, ends=today() + timedelta(days=30))
    id = place.group(sponsor_id=str(sponsor.person_id))
    for days, vacant in ((31, []), (37, []), (38, ["sponsor"])):
        with later(days):
            day_turns(place)
            assert group(place, id)["vacant_roles"] == vacant


@pytest.mark.invariant(6)
def test_somebody_who_is_gone_leads_no_group(place: Place) -> None:
    id = place.group()
    for who in (place.facilitator, place.chair):
        assert who.person_id
        place.hall.tell(place.here, PersonGone(person_id=who.person_id), subject=who.person_id)

    assert group(place, id)["vacant_roles"] == ["sponsor", "facilitator"]


# Standing still


@pytest.mark.invariant(52)
def test_a_group_that_has_not_met_for_ninety_days_is_seen_to_be_still_until_it_meets(place: Place) -> None:
    id = place.formed()
    with later(90):
        day_turns(place)
        assert group(place, id)["still_since"] is None
    with later(91):
        for _ in range(2):
            day_turns(place)
        assert group(place, id)["still_since"] == str(today() - timedelta(days=91))
        assert place.told(id)[-1] == "group.fell_still"
        place.hall.tell(place.here, met(id, days=0), subject=uuid4())
        assert (group(place, id)["still_since"], group(place, id)["state"]) == (None, "active")
    assert place.told(id)[-3:] == ["group.fell_still", "group.stirred", "group.started"]


@pytest.mark.invariant(52)
def test_how_long_a_group_may_be_still_is_the_associations_to_say(place: Place) -> None:
    place.hall.tell(place.here, PolicySet(version=2, policy=Policy(still_days=30)), subject=place.here)
    id = place.formed()
    with later(31):
        day_turns(place)
        assert group(place, id)["still_since"] == str(today() - timedelta(days=31))


@pytest.mark.invariant(52)
def test_a_group_that_does_not_meet_because_it_is_over_or_waits_for_the_board_is_not_still() -> None:
    late = {"last_met": None, "still_days": 90, "day": today() + timedelta(days=999), "members": ()}
    for state in (State.RECRUITING, State.PROPOSAL_SUBMITTED, State.DISSOLVED):
        with pytest.raises(Refused):
            a_group(state, at_work_since=today()).fall_still(who=HOUSE, **late)  # type: ignore[arg-type]


@pytest.mark.invariant(52)
def test_a_group_that_handed_over_is_still_no_more() -> None:
    still = a_group(State.ACTIVE, still_since=today())

    assert still.hand_over(who=HOUSE, proposal_id=uuid4(), edition=1)[0].still_since is None


# Being given up


@pytest.mark.invariant(52)
def test_a_dissolved_group_names_whom_to_tell() -> None:
    anna = uuid4()
    dissolved, told = a_group(State.ACTIVE, still_since=today()).dissolve(who=CHAIR, reason="Ingen tid", members=(anna,))

    assert isinstance(told, GroupDissolved)
    assert (told.members, dissolved.still_since) == ((anna,), None)
    with pytest.raises(Refused, match="reason-needed"):
        a_group(State.ACTIVE).dissolve(who=HOUSE, reason=" ")


def test_vacancies_are_seen(place: Place) -> None:
    id = place.group()
    place.joined(id, place.resident())
    seats = {seat["category"]: (seat["taken"], seat["places"]) for seat in group(place, id)["seats"]}

    assert seats == {"organisation_board": (0, 1), "resident": (1, 2)}
