"""What may leave the house: of each kind of fact the fields that a partner may be given, and why the other kinds stay."""

from datetime import datetime
from functools import cache
from typing import Any, get_type_hints
from uuid import UUID

from contracts import decisions, groups, ideas, meetings, partners, people  # noqa: F401  whoever asks here knows them all
from contracts.event import PREFIX, Event, plain

TO_ALL: dict[str, tuple[str, ...]] = {
    "idea.published": ("idea_id", "title", "departments", "answer_by"),
    "idea.hidden": ("idea_id",),
    "idea.shown": ("idea_id",),
    "idea.withdrawn": ("idea_id",),
    "idea.declined": ("idea_id", "reason"),
    "idea.parked": ("idea_id", "reason"),
    "idea.returned": ("idea_id",),
    "idea.taken_up": ("idea_id", "charter_id", "reason", "endorsers", "in_departments"),
    "idea.set_to_work": ("idea_id", "charter_id"),
    "idea.merged": ("idea_id", "into_id"),
    "idea.overdue": ("idea_id", "answer_by", "day"),
    "idea.concluded": ("idea_id", "decision_id", "outcome"),
    "idea.comments_closed": ("idea_id",),
    "idea.comments_opened": ("idea_id",),
    "endorsement.given": ("idea_id",),
    "endorsement.withdrawn": ("idea_id",),
    "comment.written": ("comment_id", "idea_id"),
    "comment.hidden": ("comment_id", "idea_id"),
    "comment.shown": ("comment_id", "idea_id"),
    "comment.withdrawn": ("comment_id", "idea_id"),
    "charter.came_into_force": ("charter_id", "group_id", "body_id", "edition", "meetings_min", "meetings_max", "idea_id"),
    "charter.amended": ("charter_id", "group_id", "body_id", "edition", "meetings_min", "meetings_max", "changed", "idea_id"),
    "charter.revoked": ("charter_id", "group_id"),
    "group.opened": ("group_id", "charter_id"),
    "group.amended": ("group_id", "edition"),
    "group.closed_for_sign_up": ("group_id",),
    "group.formed": ("group_id", "charter_id"),
    "group.started": ("group_id",),
    "group.fell_still": ("group_id", "since"),
    "group.stirred": ("group_id",),
    "group.handed_over": ("group_id", "proposal_id"),
    "group.resumed": ("group_id",),
    "group.decided": ("group_id", "decision_id", "outcome"),
    "group.closed": ("group_id",),
    "group.dissolved": ("group_id",),
    "group.taken_over": ("group_id", "body_id"),
    "group.role_vacated": ("group_id", "role"),
    "group.role_filled": ("group_id", "role"),
    "draw.announced": ("draw_id", "group_id", "commitment"),
    "draw.held": ("draw_id", "group_id", "seed", "commitment", "selected", "reserves"),
    "meeting.planned": ("meeting_id", "group_id"),
    "meeting.convened": ("meeting_id", "group_id", "starts", "ends", "place", "interpreter", "child_care", "accessibility"),
    "meeting.changed": ("meeting_id", "group_id", "starts", "ends", "place", "interpreter", "child_care", "accessibility"),
    "meeting.cancelled": ("meeting_id", "group_id", "starts"),
    "meeting.held": ("meeting_id", "group_id", "starts", "ends", "present", "guests", "members"),
    "minutes.published": ("minutes_id", "meeting_id", "group_id", "revision", "hash"),
    "minutes.corrected": ("minutes_id", "meeting_id", "group_id", "revision", "hash"),
    "proposal.submitted": ("proposal_id", "group_id", "charter_id", "body_id", "edition", "title"),
    "proposal.returned": ("proposal_id", "group_id"),
    "proposal.decided": ("proposal_id", "group_id"),
    "decision.published": (("decision_id", "charter_id", "group_id", "proposal_id", "outcome", "reason", "idea_id", "codes")),
    "decision.corrected": ("decision_id", "corrects", "group_id", "proposal_id", "outcome"),
    "decision.superseded": ("decision_id", "by_decision_id"),
    "task.planned": ("task_id", "decision_id", "due"),
    "task.revised": ("task_id", "decision_id", "due"),
    "task.blocked": ("task_id", "decision_id", "department_id"),
    "task.approved": ("task_id", "decision_id", "department_id"),
    "task.not_approved": ("task_id", "decision_id", "department_id"),
    "task.started": ("task_id", "decision_id"),
    "task.reported": ("task_id", "decision_id", "percent"),
    "task.done": ("task_id", "decision_id"),
    "task.stopped": ("task_id", "decision_id"),
    "task.overdue": ("task_id", "decision_id", "due"),
    "review.planned": ("review_id", "decision_id", "day"),
    "review.due": ("review_id", "decision_id", "day"),
    "review.held": ("review_id", "decision_id", "next_day"),
    "round.published": ("round_id", "decisions"),
    "body.registered": ("body_id", "body", "name", "department_id"),
    "department.registered": ("department_id", "number", "name", "closed"),
}
"""What an association can grant: facts that everybody there may know, without persons. No field leaves that is not named here."""

TO_ONE: dict[str, tuple[str, ...]] = {"grant.tested": ("grant_id",)}
"""What leaves to the one partner that it is about, and need not be granted."""

LEAVES = TO_ALL | TO_ONE

NOT_PUBLIC_YET = "what is being written is its writer's, the group's or the board's until it is published"
THE_GROUPS = "what a group works with is the group's own"
A_PERSONS = "it says what one person did, wants or answered"
THE_BODYS = "a docket is its body's own; what it decided is told when it is published"
OUR_OWN = "it is the house's own business, and nobody outside can use it"


def _all_about(kind: str) -> str:
    """`idea.*` for `idea.published`."""
    return f"{kind.partition('.')[0]}.*"


_STAYS = {
    NOT_PUBLIC_YET: """
        idea.drafted idea.edited idea.discarded idea.submitted idea.rejected
        charter.drafted charter.edited charter.proposed charter.returned
        minutes.drafted minutes.edited minutes.sent_for_comments minutes.commented minutes.approved minutes.redacted
        proposal.drafted proposal.edited proposal.consent_asked proposal.consent_given proposal.reopened
        decision.prepared round.opened round.gathered round.left_out round.begun round.went_on round.given_up
    """,
    THE_GROUPS: """
        meeting.agenda_prepared meeting.amended meeting.time_agreed meeting.minutes_overdue date_poll.*
        contribution.* theme.* shared_understanding.* leadership_act.* anonymous_round.* recommendation.*
    """,
    THE_BODYS: "charter.rejected charter.revocation_asked charter.taken_over charter.upheld amendment.* docket_item.*",
    A_PERSONS: """
        endorsement.carried sign_up.* answer.* calendar.* survey.* survey_answer.*
        person.* mandate.* interest.* letter.*
    """,
    OUR_OWN: "policy.* day.* template.* grant.given grant.changed grant.revoked credential.*",
}

STAYS: dict[str, str] = {
    kind: reason
    for reason, words in _STAYS.items()
    for kind in Event.known
    if kind in words.split() or _all_about(kind) in words.split()
}
"""The kinds that never leave, each with the reason."""

THINGS = tuple(dict.fromkeys(kind.partition(".")[0] for kind in TO_ALL))
"""What an association can grant as a whole: all that leaves about ideas, about groups, ..."""


def named(words: tuple[str, ...]) -> frozenset[str]:
    """The kinds that these words stand for: `idea.published` is one, `idea.*` all that leave about ideas; any other is none."""
    return frozenset(kind for kind in TO_ALL if kind in words or _all_about(kind) in words)


def cut(event: Event) -> dict[str, Any]:
    """Of a fact what may leave; what is not named stays."""
    hints = _hints(event.kind)
    return {name: plain.unstructure(getattr(event, name), hints[name]) for name in LEAVES[event.kind]}


@cache
def _hints(kind: str) -> dict[str, Any]:
    return get_type_hints(Event.known[kind])


def cloud_event(
    *,
    id: UUID,
    association_id: UUID,
    kind: str,
    source: str,
    subject: UUID,
    sequence: int,
    at: datetime,
    data: dict[str, Any],
    schemas: str,
) -> dict[str, Any]:
    """A fact as a partner gets it: CloudEvents 1.0. `schemas` is the address under which the forms of `data` are kept."""
    return {
        "specversion": "1.0",
        "id": str(id),
        "source": f"/services/{source}",
        "type": PREFIX + kind,
        "subject": str(subject),
        "time": at.isoformat(),
        "datacontenttype": "application/json",
        **({"dataschema": f"{schemas}/{PREFIX}{kind}.json"} if schemas else {}),
        "tenantid": str(association_id),
        "sequence": f"{sequence:020d}",
        "partitionkey": str(subject),
        "data": data,
    }
