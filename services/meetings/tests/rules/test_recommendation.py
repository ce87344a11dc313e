"""The rules of recommendations, asked directly."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from chassis.identity import Identity
from chassis.refusal import NotAllowed, Refused
from contracts.meetings import CostClass, RentEffect
from services.meetings.rules import recommendation as rule
from services.meetings.rules.recommendation import Recommendation, Wording
from services.meetings.tests.kit import ANNA, BO, CIRCLE, FACILITATOR, OUTSIDER, SPONSOR

WORDING = Wording(text="Ét system", responsible="Driften", cost=CostClass.LOW, rent=RentEffect.NONE, question=0)


def write(who: Identity = ANNA, **more: Any) -> Recommendation:
    usual = {"proposal_id": uuid4(), "draft": True, "standing": 0, "number": 1, "wording": WORDING}
    return rule.write(id=uuid4(), who=who, circle=CIRCLE, **(usual | more))[0]


@pytest.mark.parametrize("who", [SPONSOR, OUTSIDER])
def test_recommendations_are_written_by_members_and_the_facilitator(who: Identity) -> None:
    assert write(ANNA) and write(FACILITATOR)
    with pytest.raises(NotAllowed):
        write(who)
    with pytest.raises(NotAllowed):
        write().edit(who=who, circle=CIRCLE, draft=True, seen=0, wording=WORDING)
    with pytest.raises(NotAllowed):
        write().take_out(who=who, circle=CIRCLE, draft=True, seen=0)


def test_a_proposal_has_at_most_twenty() -> None:
    assert write(standing=19)
    with pytest.raises(Refused, match="too-many-recommendations"):
        write(standing=20)


@pytest.mark.invariant(38)
@pytest.mark.invariant(39)
def test_nothing_is_written_once_consent_was_asked() -> None:
    with pytest.raises(Refused, match="not-now"):
        write(draft=False)
    with pytest.raises(Refused, match="not-now"):
        write().edit(who=FACILITATOR, circle=CIRCLE, draft=False, seen=0, wording=WORDING)
    with pytest.raises(Refused, match="not-now"):
        write().take_out(who=ANNA, circle=CIRCLE, draft=False, seen=0)


def test_whoever_saw_an_older_version_gets_back_what_stands_and_what_they_wrote() -> None:
    found = replace(write(), version=2)

    with pytest.raises(Refused, match="changed-meanwhile") as refused:
        found.edit(who=BO, circle=CIRCLE, draft=True, seen=1, wording=replace(WORDING, text="Bos"))
    assert refused.value.facts["version"] == 2
    assert (refused.value.facts["now"]["text"], refused.value.facts["yours"]["text"]) == ("Ét system", "Bos")
    with pytest.raises(Refused, match="changed-meanwhile"):
        found.take_out(who=BO, circle=CIRCLE, draft=True, seen=1)


@pytest.mark.invariant(36)
def test_the_body_reads_what_was_written() -> None:
    found = write()

    assert (found.told.id, found.told.text, found.told.rent) == (found.id, "Ét system", RentEffect.NONE)
