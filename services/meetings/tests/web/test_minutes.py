"""Minutes over HTTP, on a real database."""

from datetime import date, timedelta

import pytest

from contracts.people import DayTurned
from services.meetings.tests.works import Works


@pytest.mark.invariant(33)
def test_minutes_are_public_without_their_closed_items_and_late_when_not_public(works: Works) -> None:
    held = works.meet(0)
    lead = works.ask(works.facilitator)
    items = [{"title": "Booking", "text": "Vi talte."}, {"title": "En klage", "text": "Fru N.s sag", "closed": True}]
    made = lead.post(f"/meetings/{held['id']}/minutes", items=items).json

    works.hall.tell(works.here, DayTurned(day=date.fromisoformat(held["minutes_by"]) + timedelta(days=1)), subject=works.here)
    assert works.see()["meetings"][0]["minutes_overdue"] is True
    assert works.ask(works.neighbour).get(f"/minutes/{made['id']}").status_code == 404
    for step in ("send_for_comments", "approve", "publish"):
        assert lead.post(f"/minutes/{made['id']}/{step}").status_code == 200
    public = works.ask(works.neighbour).get(f"/minutes/{made['id']}")
    assert "Fru N." not in public.text
    assert [item["title"] for item in public.json["items"]] == ["Booking", "En klage"]


def test_a_meeting_has_one_set_of_minutes(works: Works) -> None:
    held = works.meet(0)
    lead = works.ask(works.facilitator)
    lead.post(f"/meetings/{held['id']}/minutes", items=[{"title": "x"}])

    assert lead.post(f"/meetings/{held['id']}/minutes", items=[{"title": "x"}]).status_code == 409
