"""The rules of minutes, asked directly."""

from uuid import uuid4

import pytest

from chassis.refusal import NotAllowed, Refused
from services.meetings.rules import minutes
from services.meetings.rules.public import Item
from services.meetings.tests.kit import ANNA, BO, CIRCLE, FACILITATOR, OUTSIDER, STARTS, a_meeting, convene, hold


def some_minutes() -> minutes.Minutes:
    held, _ = hold([ANNA, BO])
    items = (Item(title="Booking", text="Vi talte om booking."), Item(title="En klage", text="Fru N.s sag", closed=True))
    return minutes.draft(id=uuid4(), who=FACILITATOR, of=held, items=items)[0]


@pytest.mark.invariant(33)
def test_the_public_minutes_show_a_closed_item_by_its_heading_only() -> None:
    public = [item.in_public for item in some_minutes().items]

    assert [(item.title, item.text) for item in public] == [("Booking", "Vi talte om booking."), ("En klage", "")]


def test_minutes_are_written_of_a_held_meeting_by_those_who_lead_it() -> None:
    held, _ = hold([ANNA, BO])

    with pytest.raises(Refused, match="meeting-not-held"):
        minutes.draft(id=uuid4(), who=FACILITATOR, of=convene(a_meeting()), items=(Item(title="x"),))
    with pytest.raises(NotAllowed):
        minutes.draft(id=uuid4(), who=ANNA, of=held, items=(Item(title="x"),))
    with pytest.raises(Refused, match="empty-minutes"):
        minutes.draft(id=uuid4(), who=FACILITATOR, of=held, items=())


def test_members_comment_on_minutes_and_others_do_not() -> None:
    sent, _ = some_minutes().send_for_comments(who=FACILITATOR, circle=CIRCLE)

    assert sent.comment(who=ANNA, circle=CIRCLE, text="Husk ...", now=STARTS)[0].comments[0].person_id == ANNA.person_id
    with pytest.raises(NotAllowed):
        sent.comment(who=OUTSIDER, circle=CIRCLE, text="x", now=STARTS)
