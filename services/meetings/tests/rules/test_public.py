"""What everybody may read of minutes, asked directly."""

import hashlib
import json
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.refusal import Refused
from services.meetings.rules import public
from services.meetings.rules.public import Item


def refused(*items: Item, closed: tuple[str, ...] = (), changed: str = "") -> tuple[str, list[str]]:
    with pytest.raises(Refused) as no:
        public.check(items, closed, changed)
    return no.value.no.slug, no.value.facts["fields"]


@pytest.mark.invariant(33)
@pytest.mark.parametrize(
    "text",
    [
        "Skriv til fru.n@eksempel.dk om det.",
        "Ring til 21 22 23 24.",
        "Ring til 21222324.",
        "Tlf. +45 2122 2324",
        "Tlf. 0045 21-22-23-24",
        "Hun har 010190-1234.",
    ],
)
def test_what_points_to_a_person_is_refused_and_its_field_named(text: str) -> None:
    assert refused(Item(title="Booking"), Item(title="Nøgler", text=text)) == ("personal-data", ["items.1.text"])
    assert refused(Item(title=text)) == ("personal-data", ["items.0.title"])
    assert refused(Item(title="x", text="y", public_text=text)) == ("personal-data", ["items.0.public_text"])
    assert refused(Item(title="x", closed=True, public_title=text)) == ("personal-data", ["items.0.public_title"])
    assert refused(Item(title="x"), changed=text) == ("personal-data-in-reason", ["changed"])


@pytest.mark.parametrize(
    "text",
    [
        "Det koster 12.500.000 kr. over 10 år.",
        "Mødet er den 24.03.2026 kl. 17.30.",
        "Fra 2026-03-24 til 2027-04-01.",
        "I 2026 2027 og i 2026-2027.",
        "Lejlighed 12, 14 og 16 på 3. sal.",
        "Konto 150.000 kr., i alt 98 huse.",
        "Vi er @home i gården.",
        "Journalnummer 123456789012.",
    ],
)
def test_ordinary_numbers_are_nobodys_telephone(text: str) -> None:
    public.check((Item(title="Booking", text=text),), ())


@pytest.mark.invariant(33)
def test_of_a_closed_item_the_text_is_nobodys_but_the_groups() -> None:
    closed = Item(title="En klage", text="Fru N., tlf. 21 22 23 24", closed=True)

    public.check((closed,), ())
    assert closed.in_public == Item(title="En klage", text="", closed=True)
    said = Item(title="En klage", text="x", closed=True, public_text="Fru N.s sag")
    assert refused(said) == ("closed-in-public", ["items.0.public_text"])


@pytest.mark.invariant(33)
def test_what_was_closed_on_the_agenda_is_closed_in_the_minutes() -> None:
    open_now = Item(title="en  Klage", text="Fru N.s sag")

    assert refused(Item(title="Booking"), open_now, closed=("En klage",)) == ("closed-on-the-agenda", ["items.1.closed"])
    public.check((Item(title="En klage", text="Fru N.s sag", closed=True),), ("En klage",))


def test_a_public_version_stands_for_what_the_group_reads() -> None:
    item = Item(title="Nøgler hos Fru N.", text="Ring til 21 22 23 24", public_title="Nøgler", public_text="Ring til kontoret")

    public.check((item,), ())
    assert (item.in_public.title, item.in_public.text) == ("Nøgler", "Ring til kontoret")


def test_an_item_of_which_nothing_is_left_is_closed_instead() -> None:
    emptied = Item(title="Nøgler", text="Fru N. har dem", public_text="")

    assert refused(emptied) == ("nothing-left-in-public", ["items.0.public_text"])
    public.check((Item(title="Nøgler", public_text=""), Item(title="Nøgler", text="Fru N.", closed=True)), ())


def test_anybody_can_work_out_the_hash_from_what_they_read() -> None:
    id = UUID(int=7)
    items = (Item(title="Æbler", text="Ærø\n«»"), Item(title="En klage", text="hemmeligt", closed=True))
    read = [{"title": "Æbler", "text": "Ærø\n«»", "closed": False}, {"title": "En klage", "text": "", "closed": True}]
    whole = {"minutes_id": str(id), "number": 2, "items": read, "changed": "Et navn", "before": "ab"}

    worked_out = hashlib.sha256(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()

    assert public.fingerprint(id, 2, items, "Et navn", "ab") == worked_out


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300), st.text(max_size=300))
def test_two_texts_have_two_hashes_and_no_text_is_too_odd_to_look_at(one: str, other: str) -> None:
    def of(text: str) -> str:
        return public.fingerprint(UUID(int=1), 1, (Item(title="t", text=text),), "", "")

    try:
        public.check((Item(title=one, text=other),), (other,), one)
    except Refused as no:
        assert no.facts["fields"]
    assert (of(one) == of(other)) == (one == other)
