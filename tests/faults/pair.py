"""Two small services, one that tells and one that counts what it hears: enough to see every letter from commit to effect."""

import os
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Integer, Text, Uuid, insert

from chassis.post import tables
from chassis.reader import Order
from chassis.refusal import NOT_FOUND, NotFound
from chassis.service import Service
from chassis.tables import notes
from chassis.work import Work
from contracts.groups import GroupOpened
from contracts.ideas import EndorsementGiven, IdeaPublished, IdeaWithdrawn

TELLS = tables()
COUNTS = tables()
effects = notes(
    "effects",
    COUNTS,
    Column("number", BigInteger, Identity()),
    more=(
        Column("letter", Uuid, nullable=False),
        Column("subject", Uuid, nullable=False),
        Column("turn", Integer, nullable=False),
        Column("kind", Text, nullable=False),
    ),
)
"""One row for each time that a letter had its effect, numbered as it happened: two rows for one letter are one too many."""

KILLER = UUID(int=13)
TOO_EARLY = UUID(int=7)


def count_endorsement(work: Work, heard: EndorsementGiven) -> None:
    """One more; about `KILLER` the process dies, about `TOO_EARLY` it is refused."""
    if heard.idea_id == KILLER:
        os._exit(71)
    if heard.idea_id == TOO_EARLY:
        raise NotFound(NOT_FOUND)
    _count(work, heard.idea_id, 0, "endorsement.given")


def count_idea(work: Work, heard: IdeaPublished) -> None:
    """The next thing about an idea; its title says the how-manieth it is."""
    _count(work, heard.idea_id, int(heard.title), "idea.published")


def _count(work: Work, subject: UUID, turn: int, kind: str) -> None:
    row = {"association_id": work.who.association_id, "letter": work.who.cause, "subject": subject, "turn": turn, "kind": kind}
    work.execute(insert(effects), row)
    cause = work.who.cause or subject
    work.tell(GroupOpened(group_id=cause, charter_id=subject), subject=cause, sequence=1)


def tell_ideas_again(work: Work) -> Any:
    """Every idea as the outbox last told of it: this service has no tables of its own."""
    asked = "select distinct on (subject) subject, sequence from outbox where thing = 'idea' order by subject, sequence desc"
    for row in work.connection.exec_driver_sql(asked).all():
        yield row.subject, row.sequence, IdeaPublished(idea_id=row.subject, title=str(row.sequence))


TELLER = Service(name="ideas", tables=TELLS, routes=[], listens={}, tells_again={"idea": tell_ideas_again})
COUNTER = Service(
    name="counter",
    tables=COUNTS,
    routes=[],
    listens={EndorsementGiven: count_endorsement, IdeaPublished: count_idea},
    order={"idea": Order.STRICT},
)
HEARD = frozenset({EndorsementGiven.kind, IdeaPublished.kind, IdeaWithdrawn.kind})
BY_NAME = {"ideas": TELLER, "counter": COUNTER}
