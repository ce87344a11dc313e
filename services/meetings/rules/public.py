"""What everybody may read of minutes: closed items by their heading, and nothing about persons (tavshedspligt)."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from chassis.refusal import No, Refused

EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]{2,}")
PHONE = re.compile(
    r"(?<![\d.,/-])(?:(?:\+|00)45[ -]?)?(?!20\d\d[ -]20\d\d)"  # two years are no telephone
    r"(?:[2-9]\d([ -]?)\d\d\1\d\d\1\d\d|[2-9]\d{3}[ -]\d{4})(?![\d.,/-]\d|\d)"
)
CPR = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[- ]?\d{4}(?!\d)")

PERSONAL = No(
    "personal-data",
    "Der ser ud til at stå en mailadresse, et telefonnummer eller et CPR-nummer i punkt {items}. "
    "Skriv en offentlig udgave uden, eller gør punktet lukket.",
    "There seems to be an e-mail address, a telephone number or a CPR number in item {items}. "
    "Write a public version without it, or close the item.",
)
PERSONAL_REASON = No(
    "personal-data-in-reason",
    "Der ser ud til at stå en mailadresse, et telefonnummer eller et CPR-nummer i det, du skriver om rettelsen.",
    "There seems to be an e-mail address, a telephone number or a CPR number in what you write about the correction.",
)
CLOSED_ON_AGENDA = No(
    "closed-on-the-agenda",
    "Punkt {items} var lukket på dagsordenen og skal også være lukket i referatet.",
    "Item {items} was closed on the agenda and has to be closed in the minutes.",
)
NOTHING_LEFT = No(
    "nothing-left-in-public",
    "Skriv, hvad alle må læse i punkt {items}, eller gør punktet lukket.",
    "Write what everybody may read in item {items}, or close the item.",
)
CLOSED_IN_PUBLIC = No(
    "closed-in-public",
    "Punkt {items} er lukket: kun overskriften er offentlig.",
    "Item {items} is closed: only its heading is public.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What was said on one item; a closed one is public by its heading only.

    `public_title` and `public_text` where everybody reads something else than the group.
    """

    title: str
    text: str = ""
    closed: bool = False
    public_title: str | None = None
    public_text: str | None = None

    @property
    def in_public(self) -> Item:
        """The item as everybody reads it."""
        text = self.text if self.public_text is None else self.public_text
        return Item(title=self.public_title or self.title, text="" if self.closed else text, closed=self.closed)


def check(items: tuple[Item, ...], closed_headings: tuple[str, ...], changed: str = "") -> None:
    """Raises `Refused` naming each field, unless all of it is everybody's to read; `changed` is what a correction is said to do.

    Board minutes are public without personal data, and of what is confidential only the heading is
    (almene afdelingsbestyrelsers praksis).
    """
    headings = {_folded(heading) for heading in closed_headings}
    _refuse(CLOSED_ON_AGENDA, [(n, "closed") for n, item in enumerate(items) if _opened(item, headings)])
    _refuse(CLOSED_IN_PUBLIC, [(n, "public_text") for n, item in enumerate(items) if item.closed and item.public_text])
    _refuse(NOTHING_LEFT, [(n, "public_text") for n, item in enumerate(items) if _emptied(item)])
    _refuse(PERSONAL, list(_personal(items)))
    if _about_persons(changed):
        raise Refused(PERSONAL_REASON, fields=["changed"])


def fingerprint(minutes_id: UUID, number: int, items: tuple[Item, ...], changed: str, before: str) -> str:
    """A hash that anybody can work out from what they read: SHA-256 of compact JSON, keys in this order."""
    said = [{"title": item.in_public.title, "text": item.in_public.text, "closed": item.closed} for item in items]
    whole = {"minutes_id": str(minutes_id), "number": number, "items": said, "changed": changed, "before": before}
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _opened(item: Item, headings: set[str]) -> bool:
    return not item.closed and _folded(item.title) in headings


def _emptied(item: Item) -> bool:
    return not item.closed and item.public_text == "" != item.text


def _personal(items: tuple[Item, ...]) -> Iterator[tuple[int, str]]:
    for number, item in enumerate(items):
        read = item.in_public
        if _about_persons(read.title):
            yield number, "title" if item.public_title is None else "public_title"
        if _about_persons(read.text):
            yield number, "text" if item.public_text is None else "public_text"


def _about_persons(text: str) -> bool:
    return any(pattern.search(text) for pattern in (EMAIL, PHONE, CPR))


def _refuse(no: No, found: list[tuple[int, str]]) -> None:
    if found:
        items = list(dict.fromkeys(number + 1 for number, _ in found))
        raise Refused(no, items=items, fields=[f"items.{number}.{name}" for number, name in found])


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
