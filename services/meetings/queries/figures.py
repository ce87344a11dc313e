"""How far a group brings different wishes together, in figures: plain reads, no names.

A contribution that was taken back does not count. The definitions are those of the research on integrative leadership that the
product follows: what was brought, by how many, how evenly, and how much of it can be found again in what was proposed.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import select

from chassis.refusal import NotAllowed
from chassis.work import Work
from services.meetings.queries.contribution import circle_now
from services.meetings.queries.leadership_act import counts_of
from services.meetings.queries.shared_understanding import understanding_of
from services.meetings.queries.theme import themes_of
from services.meetings.rules import shared_understanding
from services.meetings.rules.circle import MEMBERS_ONLY
from services.meetings.rules.contribution import State
from services.meetings.store import proposal as kept
from services.meetings.store.tables import contributions


def figures_of(work: Work, group_id: UUID) -> dict[str, Any]:
    """The group's own while it works; everybody's once the body has the proposal."""
    circle = circle_now(work, group_id)
    if not (circle.takes_part(work.who) or circle.handed_over):
        raise NotAllowed(MEMBERS_ONLY)
    brought = _brought(work, group_id)
    proposal = kept.of_group(work, group_id)
    points = [point.id for point in kept.standing(work, proposal.id)] if proposal else []
    members = [member.person_id for member in circle.members]
    per_member = Counter(each.given_by for each in brought)
    themes = themes_of(work, group_id)
    return {
        "group_id": group_id,
        "contributions_n": len(brought),
        "contributors_share": share(sum(id in per_member for id in members), len(members)),
        "contribution_gini": gini([per_member[id] for id in members]),
        "themes_n": len(themes),
        "theme_diversity": share(sum(len(theme["categories"]) >= 2 for theme in themes), len(themes)),
        "integration_rate": share(sum(each.state == State.TRACED for each in brought), len(brought)),
        "answered_rate": share(sum(each.state in {State.TRACED, State.ANSWERED} for each in brought), len(brought)),
        "recommendations_n": len(points),
        "cross_role_integration": share(len(_fed_by_several(brought) & set(points)), len(points)),
        **_understood(work, group_id),
        "acts_n_by_type": counts_of(work, group_id),
        "dissent_n": len(proposal.dissents) if proposal else 0,
        "editions_n": proposal.edition if proposal else 0,
    }


def share(part: int, whole: int) -> float | None:
    """A share from 0 to 1; None of nothing."""
    return round(part / whole, 3) if whole else None


def gini(counts: Iterable[int]) -> float | None:
    """How unevenly: 0 when all brought as much, towards 1 when one brought everything; None when nothing was brought."""
    ordered = sorted(counts)
    total, size = sum(ordered), len(ordered)
    if not total:
        return None
    weighted = sum(place * each for place, each in enumerate(ordered, start=1))
    return round(2 * weighted / (size * total) - (size + 1) / size, 3)


def _brought(work: Work, group_id: UUID) -> list[Any]:
    table = contributions
    asked = select(table.c.given_by, table.c.category, table.c.state, table.c.recommendation_id)
    return list(work.execute(asked.where(table.c.group_id == group_id, table.c.state != State.WITHDRAWN)))


def _fed_by_several(brought: list[Any]) -> set[UUID]:
    """The recommendations that are fed from at least two capacities."""
    pairs = {(each.recommendation_id, each.category) for each in brought if each.state == State.TRACED}
    return {id for id, categories in Counter(id for id, _ in pairs).items() if categories >= 2}


def _understood(work: Work, group_id: UUID) -> dict[str, Any]:
    found = understanding_of(work, group_id)
    return {
        "shared_understanding_version_n": found.edition if found else 0,
        "shared_understanding_agreement": shared_understanding.mean(found.agreements) if found else None,
    }
