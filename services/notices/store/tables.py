"""The tables of notices, and how a letter is taken out and put back."""

from sqlalchemy import Column, Date, Index, Integer, Text, Uuid, text

from chassis.cupboard import Cupboard
from chassis.post import tables
from chassis.tables import moment, nested, notes, things
from services.notices.rules.letter import Letter

TABLES = tables()

letters = things(
    "letters",
    TABLES,
    Column("notice_id", Uuid, nullable=False),
    Column("person_id", Uuid, nullable=False),
    Column("about", Uuid, nullable=False),
    Column("within", Uuid),
    Column("send_by", Date, nullable=False),
    moment("written_at"),
    Column("state", Text, nullable=False),
    Column("sent_by", Uuid),
    moment("sent_at", nullable=True),
    Index("letters_of_notice_ix", "association_id", "notice_id", "id"),
    Index("letters_about_ix", "association_id", "about", postgresql_where=text("state = 'to_send'")),
    Index("letters_of_person_ix", "association_id", "person_id", postgresql_where=text("state = 'to_send'")),
)

notices = notes(
    "notices",
    TABLES,
    Column("notice_id", Uuid),
    more=(
        Column("kind", Text, nullable=False),
        Column("about", Uuid, nullable=False),
        nested("links"),
        nested("persons"),
        nested("circles"),
        Column("told_on", Date, nullable=False),
        Column("send_by", Date, nullable=False),
        Column("answer_by", Date),
        Column("letters", Integer, nullable=False),
        Column("to_send", Integer, nullable=False),
        Column("sent", Integer, nullable=False),
        Index("notices_open_ix", "association_id", "send_by", "notice_id", postgresql_where=text("to_send > 0")),
        Index("notices_done_ix", "association_id", "told_on", "notice_id", postgresql_where=text("to_send = 0")),
    ),
)
"""What was told, where it led to a letter; with how many letters were written, are to be sent, and were sent."""

on_paper = notes("on_paper", TABLES, Column("person_id", Uuid))
"""Who is exempt from digital contact."""

circles = notes(
    "circles",
    TABLES,
    Column("whom", Text),
    Column("of_id", Uuid),
    Column("person_id", Uuid),
    Column("source_id", Uuid),
    more=(
        Index("circles_of_person_ix", "association_id", "person_id"),
        Index("circles_source_ix", "association_id", "source_id"),
    ),
)
"""Who belongs to which circle, and by which thing: an endorsement, a comment, a sign-up."""

merges = notes(
    "merges",
    TABLES,
    Column("idea_id", Uuid),
    more=(Column("into_id", Uuid, nullable=False), Index("merges_into_ix", "association_id", "into_id")),
)
"""Which idea goes on as part of which."""

mandates = notes(
    "mandates",
    TABLES,
    Column("mandate_id", Uuid),
    more=(
        Column("body_id", Uuid, nullable=False),
        Column("person_id", Uuid, nullable=False),
        Column("seat", Text, nullable=False),
        Column("starts", Date, nullable=False),
        Column("ends", Date),
        Index("mandates_of_person_ix", "association_id", "person_id"),
    ),
)
"""Who sits in which body, from when to when."""

policies = notes("policies", TABLES, more=(Column("notice_days", Integer, nullable=False),))

LETTERS = Cupboard(letters, Letter)
