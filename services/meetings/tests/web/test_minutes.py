"""Minutes over HTTP, on a real database."""

import hashlib
import json
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


def approved(works: Works, *items: dict) -> str:
    held = works.meet(0)
    lead = works.ask(works.facilitator)
    made = lead.post(f"/meetings/{held['id']}/minutes", items=list(items)).json
    for step in ("send_for_comments", "approve"):
        assert lead.post(f"/minutes/{made['id']}/{step}").status_code == 200
    return str(made["id"])


@pytest.mark.invariant(33)
def test_personal_data_is_set_apart_before_anybody_else_reads_it(works: Works) -> None:
    id = approved(works, {"title": "Booking", "text": "Vi talte."}, {"title": "Nøgler", "text": "Ring til 21 22 23 24"})
    lead = works.ask(works.facilitator)

    refused = lead.post(f"/minutes/{id}/publish")
    assert (refused.status_code, refused.json["facts"]["fields"]) == (409, ["items.1.text"])
    assert "i punkt 2" in refused.json["title"]
    assert works.ask(works.anna).post(f"/minutes/{id}/redact", items=[{}, {}]).status_code == 403
    assert lead.post(f"/minutes/{id}/redact", items=[{}]).json["slug"] == "other-items"
    assert lead.post(f"/minutes/{id}/redact", items=[{}, {"text": "Ring til kontoret"}]).status_code == 200
    assert lead.post(f"/minutes/{id}/publish").status_code == 200

    public = works.ask(works.neighbour).get(f"/minutes/{id}")
    assert "21 22" not in public.text
    assert public.json["items"][1] == {"title": "Nøgler", "text": "Ring til kontoret", "closed": False}
    assert works.ask(works.anna).get(f"/minutes/{id}").json["items"][1]["text"] == "Ring til 21 22 23 24"


@pytest.mark.invariant(33)
def test_a_correction_is_a_new_revision_and_the_old_one_can_still_be_read(works: Works) -> None:
    id = approved(works, {"title": "Booking", "text": "Vi tlate."}, {"title": "En klage", "text": "Fru N.", "closed": True})
    lead, outside = works.ask(works.facilitator), works.ask(works.neighbour)
    lead.post(f"/minutes/{id}/publish")
    right = [{"title": "Booking", "text": "Vi talte."}, {"title": "En klage", "text": "Fru N.", "closed": True}]

    assert works.ask(works.anna).post(f"/minutes/{id}/correct", items=right, changed="En slåfejl").status_code == 403
    assert lead.post(f"/minutes/{id}/correct", items=right, changed="").json["fields"][0]["field"] == "changed"
    assert lead.put(f"/minutes/{id}", items=right).status_code == 409
    assert lead.post(f"/minutes/{id}/correct", items=right, changed="En slåfejl").status_code == 200

    seen = outside.get(f"/minutes/{id}").json
    assert [(each["number"], each["changed"]) for each in seen["revisions"]] == [(1, ""), (2, "En slåfejl")]
    first, second = (outside.get(f"/minutes/{id}/revisions/{n}").json for n in (1, 2))
    assert (first["items"][0]["text"], second["items"][0]["text"]) == ("Vi tlate.", "Vi talte.")
    assert "Fru N." not in str(first) + str(second)
    assert second["before"] == first["hash"] != second["hash"]
    assert worked_out(first) == first["hash"] and worked_out(second) == second["hash"]
    assert "Fru N." in lead.get(f"/minutes/{id}/revisions/1").text
    for nothing in (0, 3, 99):
        assert outside.get(f"/minutes/{id}/revisions/{nothing}").status_code == 404


def worked_out(revision: dict) -> str:
    names = {"minutes_id": "minutes_id", "number": "number", "items": "public", "changed": "changed", "before": "before"}
    whole = {name: revision[known_as] for name, known_as in names.items()}
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def test_a_revision_is_not_there_before_it_is_public(works: Works) -> None:
    id = approved(works, {"title": "Booking"})

    assert works.ask(works.neighbour).get(f"/minutes/{id}/revisions/1").status_code == 404
    assert works.ask(works.anna).get(f"/minutes/{id}/revisions/1").status_code == 404


def test_members_comment_while_the_minutes_are_out_and_not_afterwards(works: Works) -> None:
    held = works.meet(0)
    lead, anna = works.ask(works.facilitator), works.ask(works.anna)
    id = lead.post(f"/meetings/{held['id']}/minutes", items=[{"title": "Booking"}]).json["id"]

    assert anna.post(f"/minutes/{id}/comment", text="Husk nøgler").status_code == 409
    lead.post(f"/minutes/{id}/send_for_comments")
    assert anna.post(f"/minutes/{id}/comment", text="Husk nøgler").json["comments"][0]["text"] == "Husk nøgler"
    assert works.ask(works.neighbour).post(f"/minutes/{id}/comment", text="x").status_code == 403
    lead.post(f"/minutes/{id}/approve")
    assert anna.post(f"/minutes/{id}/comment", text="For sent").status_code == 409
    lead.post(f"/minutes/{id}/publish")
    assert "Husk nøgler" not in works.ask(works.neighbour).get(f"/minutes/{id}").text
