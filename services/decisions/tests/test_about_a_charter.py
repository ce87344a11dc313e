"""What the docket promises about charters that are to be amended or taken back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from chassis import clock
from chassis.refusal import NotAllowed, Refused
from contracts.decisions import AmendmentDecided, Outcome, RevocationDecided
from contracts.groups import AmendmentProposed, CharterAmended, RevocationAsked
from services.decisions.rules import docket_item
from services.decisions.rules.docket_item import DocketItem, Matter
from services.decisions.tests.kit import Board, a_text, today
from services.decisions.tests.test_rules import A_MEMBER, BOARD, HOUSE, LAID, SECRETARY, TEXT, THE_CHAIR, decide_charter, votes
from tests.kit import Hall


def an_amendment(**more: Any) -> DocketItem:
    ids = {"amendment_id": uuid4(), "charter_id": uuid4(), "group_id": uuid4(), "body_id": BOARD}
    facts: dict[str, Any] = ids | {"attempt": 2, "text": TEXT, "changed": ("purpose",), "why": "Ny viden", "idea_id": None}
    return docket_item.lay_amendment(**{"who": HOUSE, "now": LAID} | facts | more)[0]


def a_revocation(**more: Any) -> DocketItem:
    ids = {"charter_id": uuid4(), "group_id": uuid4(), "body_id": BOARD}
    facts: dict[str, Any] = ids | {"number": 1, "title": "T", "why": "Opgaven er løst", "due": TEXT.decision_by}
    return docket_item.lay_revocation(**{"who": HOUSE, "now": LAID} | facts | more)[0]


@pytest.mark.invariant(13)
@pytest.mark.invariant(40)
def test_nobody_but_the_house_lays_an_amendment_or_a_revocation() -> None:
    for lay in (an_amendment, a_revocation):
        with pytest.raises(NotAllowed):
            lay(who=SECRETARY)


@pytest.mark.invariant(13)
@pytest.mark.invariant(15)
def test_an_amendment_is_decided_on_like_a_charter_and_its_attempt_is_told() -> None:
    item = an_amendment()
    decided, told = decide_charter(item, who=THE_CHAIR)

    assert isinstance(told, AmendmentDecided)
    assert (told.amendment_id, told.charter_id, told.attempt) == (item.amendment_id, item.charter_id, 2)
    assert (decided.ballot and decided.ballot.votes_for, told.outcome) == (8, Outcome.ADOPTED)
    with pytest.raises(NotAllowed):
        decide_charter(item, who=A_MEMBER)
    with pytest.raises(Refused, match="docket-charter-as-a-whole"):
        decide_charter(item, outcome=Outcome.ADOPTED_WITH_CHANGES, reason="x")


@pytest.mark.invariant(13)
def test_a_charter_is_taken_back_or_it_is_not() -> None:
    _, told = decide_charter(a_revocation())
    assert isinstance(told, RevocationDecided)
    assert (told.number, told.outcome) == (1, Outcome.ADOPTED)

    with pytest.raises(Refused, match="docket-revocation-yes-or-no"):
        decide_charter(a_revocation(), outcome=Outcome.RETURNED, reason="x")
    no, told = decide_charter(a_revocation(), votes(1, 8), outcome=Outcome.REJECTED, reason="Vi fortsætter")
    assert (told.outcome, told.reason, no.reason) == (Outcome.REJECTED, "Vi fortsætter", "Vi fortsætter")


def test_each_attempt_and_each_asking_has_a_matter_of_its_own() -> None:
    id = uuid4()
    ids = {docket_item.id_of(id, 1), docket_item.id_of(id, 2), docket_item.revocation_id_of(id, 1)}

    assert len(ids) == 3


def test_an_amendment_of_a_proposals_charter_is_no_proposal() -> None:
    assert "decide_proposal" not in docket_item.LIFE.open_to(an_amendment(), SECRETARY)
    assert "decide_charter" in docket_item.LIFE.open_to(replace(a_revocation(), matter=Matter.REVOCATION), THE_CHAIR)


def test_what_is_asked_about_a_charter_lies_on_the_docket_once_with_why(hall: Hall) -> None:
    board = Board(hall)
    ids: dict[str, Any] = {"charter_id": uuid4(), "group_id": uuid4(), "body_id": board.body}
    amending = AmendmentProposed(
        amendment_id=uuid4(), edition=2, attempt=1, text=a_text(), changed=("meetings",), reason="Et møde til", **ids
    )
    asked = RevocationAsked(number=1, title="Lokaler", reason="Faldet bort", due=today(), **ids)
    for _ in range(2):
        hall.tell(board.here, amending, subject=amending.amendment_id)
        hall.tell(board.here, asked, subject=asked.charter_id)

    items = {item["matter"]: item for item in board.secretary().get("/docket").json["items"]}
    assert set(items) == {"amendment", "revocation"}
    shown = board.secretary().get(f"/docket/{items['amendment']['id']}").json
    assert (shown["changed"], shown["why"], shown["amendment_id"]) == (["meetings"], "Et møde til", str(amending.amendment_id))
    shown = board.secretary().get(f"/docket/{items['revocation']['id']}").json
    assert (shown["text"], shown["why"], shown["due"]) == (None, "Faldet bort", str(today()))


@pytest.mark.invariant(48)
def test_a_proposal_is_due_by_the_day_that_the_amended_charter_gives(hall: Hall) -> None:
    board = Board(hall)
    proposal = board.proposal(in_force=False)
    later = today() + timedelta(days=200)
    ids: dict[str, Any] = {"charter_id": proposal.charter_id, "group_id": proposal.group_id, "body_id": board.body}
    facts: dict[str, Any] = ids | {"meetings_min": 2, "meetings_max": 5}
    hall.tell(board.here, CharterAmended(edition=2, text=a_text(decision_by=later), **facts), subject=proposal.charter_id)
    board.in_force(proposal, edition=1)  # told before, and heard after
    clock.set_to(clock.now() + timedelta(minutes=5))  # the letter that came too early is tried again
    try:
        hall.settle()
    finally:
        clock.set_to(None)

    assert board.secretary().get("/docket").json["items"][0]["due"] == str(later)
