"""The rules of minutes, asked directly."""

from dataclasses import replace
from uuid import uuid4

import pytest

from chassis.identity import Identity
from chassis.refusal import NotAllowed, Refused
from contracts.meetings import MinutesCorrected, MinutesPublished, MinutesSentForComments
from services.meetings.rules import minutes
from services.meetings.rules.meeting import AgendaItem, ItemKind
from services.meetings.rules.minutes import Minutes, Redaction
from services.meetings.rules.public import Item
from services.meetings.tests.kit import ANNA, BO, CIRCLE, FACILITATOR, OUTSIDER, STARTS, a_meeting, convene, hold


def some_minutes() -> Minutes:
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


def published(*items: Item) -> Minutes:
    held, _ = hold([ANNA, BO])
    made, _ = minutes.draft(id=uuid4(), who=FACILITATOR, of=held, items=items or (Item(title="Booking", text="Vi talte."),))
    sent, _ = made.send_for_comments(who=FACILITATOR, circle=CIRCLE)
    return sent.approve(who=FACILITATOR)[0].publish(who=FACILITATOR, circle=CIRCLE, now=STARTS)[0]


def correct(found: Minutes, *items: Item, who: Identity = FACILITATOR, changed: str = "Et navn") -> tuple[Minutes, object]:
    return found.correct(who=who, circle=CIRCLE, items=items, changed=changed, now=STARTS)


@pytest.mark.invariant(31)
def test_the_members_are_told_that_they_may_comment() -> None:
    _, told = some_minutes().send_for_comments(who=FACILITATOR, circle=CIRCLE)

    assert isinstance(told, MinutesSentForComments) and told.told == CIRCLE.everybody


@pytest.mark.invariant(33)
def test_minutes_with_personal_data_are_published_only_when_it_is_set_apart() -> None:
    private = Item(title="Nøgler", text="Ring til Fru N. på 21 22 23 24.")
    held, _ = hold([ANNA, BO])
    made, _ = minutes.draft(id=uuid4(), who=FACILITATOR, of=held, items=(private,))
    approved, _ = made.send_for_comments(who=FACILITATOR, circle=CIRCLE)[0].approve(who=FACILITATOR)

    with pytest.raises(Refused, match="personal-data"):
        approved.publish(who=FACILITATOR, circle=CIRCLE, now=STARTS)
    ready, _ = approved.redact(who=FACILITATOR, redactions=(Redaction(title="Nøgler", text="Ring til kontoret."),))
    public_now, told = ready.publish(who=FACILITATOR, circle=CIRCLE, now=STARTS)
    assert public_now.revisions[0].items[0].in_public.text == "Ring til kontoret."
    assert public_now.items[0].text == private.text, "what the group approved stands"
    assert isinstance(told, MinutesPublished) and told.hash == public_now.revisions[0].hash


def test_what_everybody_may_read_is_said_item_by_item_and_by_those_who_lead() -> None:
    approved, _ = some_minutes().send_for_comments(who=FACILITATOR, circle=CIRCLE)[0].approve(who=FACILITATOR)

    with pytest.raises(Refused, match="other-items"):
        approved.redact(who=FACILITATOR, redactions=(Redaction(),))
    with pytest.raises(NotAllowed):
        approved.redact(who=ANNA, redactions=(Redaction(), Redaction(closed=True)))


def test_what_is_the_same_for_everybody_is_not_kept_twice() -> None:
    approved, _ = some_minutes().send_for_comments(who=FACILITATOR, circle=CIRCLE)[0].approve(who=FACILITATOR)
    same = tuple(Redaction(closed=item.closed, title=item.title, text=item.text) for item in approved.items)

    assert approved.redact(who=FACILITATOR, redactions=same)[0].items == approved.items


def test_a_correction_is_a_new_revision_and_the_old_one_stays_as_it_was() -> None:
    first = published()
    second, told = correct(first, Item(title="Booking", text="Vi talte om booking."))
    third, _ = correct(second, Item(title="Booking", text="Vi talte om booking igen."), changed="Et ord")

    assert third.revisions[:1] == first.revisions
    assert third.revisions[:2] == second.revisions
    assert [(each.number, each.changed) for each in third.revisions] == [(1, ""), (2, "Et navn"), (3, "Et ord")]
    assert len({each.hash for each in third.revisions}) == 3
    assert isinstance(told, MinutesCorrected)
    assert (told.revision, told.told) == (2, CIRCLE.everybody)


def test_each_hash_stands_on_the_one_before() -> None:
    text = Item(title="Booking", text="Vi talte om booking.")
    one, other = published(), published(Item(title="Booking", text="Noget helt andet."))
    other = replace(other, id=one.id)

    assert correct(one, text)[0].revisions[1].hash != correct(other, text)[0].revisions[1].hash


@pytest.mark.invariant(33)
def test_a_correction_brings_no_personal_data_out() -> None:
    with pytest.raises(Refused, match="personal-data"):
        correct(published(), Item(title="Booking", text="Ring til 21 22 23 24"))


@pytest.mark.parametrize(
    ("item", "changed", "slug"),
    [(Item(title="Booking", text="Vi talte."), "Intet", "same-items"), (Item(title="Andet"), " ", "reason-needed")],
)
def test_a_correction_changes_something_and_says_what(item: Item, changed: str, slug: str) -> None:
    with pytest.raises(Refused, match=slug):
        correct(published(), item, changed=changed)


def test_published_minutes_are_not_edited_and_not_corrected_by_a_member() -> None:
    with pytest.raises(Refused):
        published().edit(who=FACILITATOR, items=(Item(title="x"),))
    with pytest.raises(NotAllowed):
        correct(published(), Item(title="x"), who=ANNA)


@pytest.mark.invariant(33)
def test_minutes_remember_what_was_closed_on_the_agenda() -> None:
    agenda = (AgendaItem(kind=ItemKind.DISCUSSION, title="En klage", closed=True),)
    held = replace(hold([ANNA, BO])[0], agenda=agenda)
    made, _ = minutes.draft(id=uuid4(), who=FACILITATOR, of=held, items=(Item(title="En klage", text="Fru N.s sag"),))
    approved, _ = made.send_for_comments(who=FACILITATOR, circle=CIRCLE)[0].approve(who=FACILITATOR)

    with pytest.raises(Refused, match="closed-on-the-agenda"):
        approved.publish(who=FACILITATOR, circle=CIRCLE, now=STARTS)
