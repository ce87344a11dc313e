"""The shapes of what comes in, and what is wrong with it in words that a person understands."""

import re
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate
from webargs.multidictproxy import MultiDictProxy

CPR = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[- ]?\d{4}(?!\d)")
"""A Danish personal number; nothing that looks like one is ever kept (databeskyttelsesloven § 11)."""

SENTENCES = {
    "required": ("Skal udfyldes.", "Must be filled in."),
    "unknown": ("Feltet kendes ikke.", "This field is not known."),
    "wrong-type": ("Har en forkert form.", "Has the wrong form."),
    "empty": ("Må ikke være tom.", "Must not be empty."),
    "too-long": ("Er for lang: højst {0} tegn.", "Is too long: at most {0} characters."),
    "unprintable": ("Indeholder tegn, der ikke kan gemmes.", "Contains characters that cannot be kept."),
    "cpr": (
        "Ser ud til at indeholde et CPR-nummer. Det må ikke gemmes her.",
        "Seems to contain a CPR number, which must not be kept here.",
    ),
    "not-one-of": ("Skal være en af: {0}.", "Must be one of: {0}."),
    "not-a-day": ("Skal være en dato, fx 2026-03-24.", "Must be a date such as 2026-03-24."),
    "not-a-moment": ("Skal være dato og tid med tidszone, fx 2026-03-24T17:00+01:00.", "Must be a date and time with zone."),
    "not-a-number": ("Skal være et helt tal.", "Must be a whole number."),
    "out-of-range": ("Skal være mellem {0} og {1}.", "Must be between {0} and {1}."),
    "too-many": ("Højst {0}.", "At most {0}."),
    "too-few": ("Mindst {0}.", "At least {0}."),
    "not-digits": ("Skal være {0} cifre.", "Must be {0} digits."),
    "not-an-id": ("Skal være en gyldig id.", "Must be a valid id."),
}
"""What can be wrong with a field. A message is a key, with its facts after colons: `too-long:200`."""

fields.Field.default_error_messages = {"required": "required", "null": "required", "validator_failed": "wrong-type"}


def sentence(message: str, language: str) -> str:
    """The sentence for a message, in `da` or `en`."""
    key, *facts = message.split(":")
    danish, english = SENTENCES.get(key, SENTENCES["wrong-type"])
    return (danish if language == "da" else english).format(*facts)


class Shape(Schema):
    """Base of all that comes in: a field that is not known is named, not ignored."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": "unknown", "type": "wrong-type"}


def _printable(text: str) -> None:
    if any(ord(sign) < 32 and sign not in "\n\r\t" for sign in text) or any(0xD800 <= ord(sign) <= 0xDFFF for sign in text):
        raise ValidationError("unprintable")


def _no_cpr(text: str) -> None:
    if CPR.search(text):
        raise ValidationError("cpr")


class Text(fields.String):
    """What a person wrote: at most so many characters, nothing that cannot be kept, no CPR number; blanks around it go."""

    default_error_messages = {"invalid": "wrong-type", "invalid_utf8": "unprintable"}

    def __init__(self, most: int = 10_000, *, least: int = 1, **more: Any) -> None:
        super().__init__(validate=[_no_cpr, _length(least, most)], **more)
        self.least = least

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        written = str(super()._deserialize(value, attr, data, **more))
        _printable(written)  # before blanks are taken off: some signs that cannot be kept count as blanks
        return written.strip()


class Line(Text):
    """A title or a name: one line."""

    def __init__(self, most: int = 200, **more: Any) -> None:
        super().__init__(most, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> str:
        return " ".join(super()._deserialize(value, attr, data, **more).split())


class Id(fields.UUID):
    """The id of a thing."""

    default_error_messages = {"invalid_uuid": "not-an-id"}


class Day(fields.Date):
    """A calendar day in Denmark, `2026-03-24`."""

    default_error_messages = {"invalid": "not-a-day", "format": "not-a-day"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            raise self.make_error("invalid", input=value, obj_type="date")
        return super()._deserialize(value, attr, data, **more)


class Moment(fields.AwareDateTime):
    """A moment with its zone, `2026-03-24T17:00+01:00`."""

    default_error_messages = {
        "invalid": "not-a-moment",
        "invalid_awareness": "not-a-moment",
        "format": "not-a-moment",
    }


class Whole(fields.Integer):
    """A whole number within bounds."""

    default_error_messages = {"invalid": "not-a-number", "too_large": "not-a-number"}

    def __init__(self, least: int = 0, most: int = 1_000_000_000, **more: Any) -> None:
        bounds = validate.Range(least, most, error=f"out-of-range:{least}:{most}")
        super().__init__(strict=True, validate=bounds, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        asked = isinstance(data, MultiDictProxy)  # a query knows nothing but text
        digits = asked and isinstance(value, str) and re.fullmatch(r"-?\d{1,12}", value, re.ASCII)
        if isinstance(value, str) and not digits:
            raise self.make_error("invalid", input=value)
        return super()._deserialize(int(value) if digits else value, attr, data, **more)


class Yes(fields.Boolean):
    """True or false."""

    default_error_messages = {"invalid": "wrong-type"}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **more)


class Choice(fields.Enum[Any]):
    """One of the words of an enumeration."""

    def __init__(self, words: Any, **more: Any) -> None:
        super().__init__(words, by_value=True, **more)
        self.error_messages["unknown"] = f"not-one-of:{', '.join(str(word.value) for word in words)}"


class Many(fields.List[Any]):
    """Several of one kind."""

    default_error_messages = {"invalid": "wrong-type"}

    def __init__(self, inner: Any, *, least: int = 0, most: int = 100, **more: Any) -> None:
        super().__init__(inner, validate=_count(least, most), **more)


class Nested(fields.Nested):
    """A value with an inside of its own."""

    default_error_messages = {"type": "wrong-type"}


class _Within(validate.Length):
    """Neither too short nor too long, each said in its own words."""

    def __init__(self, least: int, most: int, *, too_short: str, too_long: str) -> None:
        super().__init__(least, most)
        self.least, self.most = least, most
        self.too_short, self.too_long = too_short, too_long

    def __call__(self, value: Any) -> Any:
        if len(value) < self.least:
            raise ValidationError(self.too_short)
        if len(value) > self.most:
            raise ValidationError(self.too_long)
        return value


def _length(least: int, most: int) -> _Within:
    return _Within(least, most, too_short="empty", too_long=f"too-long:{most}")


def _count(least: int, most: int) -> _Within:
    return _Within(least, most, too_short=f"too-few:{least}", too_long=f"too-many:{most}")
