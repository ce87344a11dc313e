"""What people do with a draw: announce it, try it out, hold it; and fill the seats in the order of applying."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from uuid_utils.compat import uuid7

from chassis.refusal import Refused
from chassis.work import Work
from contracts.event import plain
from services.groups.rules import draw
from services.groups.rules.draw import ALREADY_ANNOUNCED, Draw, draw_of
from services.groups.rules.group import Group
from services.groups.rules.lot import Fallen, drawn_order, fall
from services.groups.rules.sign_up import SignUp
from services.groups.store import copies, pools, seats
from services.groups.store.tables import DRAWS, GROUPS, SIGN_UPS, draws, share_group, test_draws


def announce(work: Work, group_id: UUID) -> Draw:
    """Lots will be drawn: the seed is chosen now, and its hash is public from now on."""
    group = share_group(work, group_id)
    made, told = draw.announce(
        who=work.who,
        group_id=group_id,
        body_id=group.body_id,
        group=group.state,
        selection=group.selection,
        announced=work.execute(select(draws.c.id).where(draws.c.id == draw_of(group_id))).scalar() is not None,
        seed=secrets.token_hex(32),
        now=work.now,
    )
    try:
        return DRAWS.put(work, made, told)
    except IntegrityError:  # somebody else announced it a moment before
        raise Refused(ALREADY_ANNOUNCED) from None


def hold(work: Work, group_id: UUID, *, shortfall_reason: str = "") -> Draw:
    """The lots are drawn: seats are offered to those who are selected, the others are reserves in the drawn order."""
    found = DRAWS.get(work, draw_of(group_id))
    draw.must_compose(work.who, GROUPS.see(work, group_id).body_id)
    group = seats.hold(work, group_id)
    people = pools.hold_applicants(work, group)
    found = replace(found, body_id=group.body_id)  # another body may have taken the group over since
    there = pools.pool(work, group, people.values())
    held, told = found.hold(
        who=work.who,
        group=group.state,
        terms=draw.terms_of(group, pools.vacant_plans(work, group, there)),
        pool=there,
        shortfall_reason=shortfall_reason,
        now=work.now,
    )
    kept = DRAWS.put(work, held, told)
    order = [one.sign_up_id for one in drawn_order(kept.seed, there.entrants)]
    _give_out(work, group, people, order, kept.fallen or Fallen(selected=(), reserves=()))
    return kept


def try_out(work: Work, group_id: UUID) -> dict[str, Any]:
    """A test draw, kept with who ran it: nobody is offered anything and nobody is told."""
    group = GROUPS.see(work, group_id)
    draw.must_be_ready(who=work.who, body_id=group.body_id, group=group.state, selection=group.selection, trying=True)
    there = pools.pool(work, group, pools.applicants(work, group))
    terms, seed = draw.terms_of(group, pools.vacant_plans(work, group, there)), secrets.token_hex(32)
    kept = {
        "association_id": work.who.association_id,
        "id": uuid7(),
        "group_id": group_id,
        "run_by": work.who.person_id,
        "run_at": work.now,
        "seed": seed,
        "terms": plain.unstructure(terms),
        "pool": plain.unstructure(there),
        "fallen": plain.unstructure(draw.cast_lots(seed, terms, there)),
    }
    work.execute(insert(test_draws), kept)
    return kept


def fill(work: Work, group_id: UUID) -> Group:
    """The seats go to whoever applied first, as the charter says; the others are reserves in the same order."""
    group = GROUPS.see(work, group_id)
    draw.must_go_in_order(who=work.who, body_id=group.body_id, group=group.state, selection=group.selection)
    group = seats.hold(work, group_id)
    people = pools.hold_applicants(work, group)
    there = pools.pool(work, group, people.values())
    terms = draw.terms_of(group, pools.vacant_plans(work, group, there))
    _give_out(work, group, people, list(people), fall(there.entrants, terms, there.seated))
    return group


def _give_out(work: Work, group: Group, people: Mapping[UUID, SignUp], order: list[UUID], fallen: Fallen) -> None:
    """Everybody's answer, in the order in which the lots fell."""
    days, selected = copies.policy(work).policy.offer_days, set(fallen.selected)
    for line, id in enumerate(order, start=1):
        found = replace(people[id], body_id=group.body_id)  # another body may have taken the group over since
        if id in selected:
            made, told = found.offer(
                who=work.who,
                today=work.today,
                offer_days=days,
                vacant=1,
                group_over=group.over,
                their_turn=True,
                household_seated=False,
                line=line,
            )
        else:
            made, told = found.reserve(who=work.who, their_turn=True, line=line)
        SIGN_UPS.put(work, made, told)
