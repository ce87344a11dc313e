"""The tables of partners."""

from sqlalchemy import BigInteger, Column, Date, Index, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint, Uuid

from chassis.cupboard import Cupboard
from chassis.post import tables
from chassis.tables import moment, nested, notes, things
from services.partners.rules.credential import Credential
from services.partners.rules.grant import Grant

TABLES = tables()

grants = things(
    "grants",
    TABLES,
    Column("name", Text, nullable=False),
    nested("kinds"),
    nested("scopes"),
    Column("given_by", Uuid),
    moment("given_at"),
    Column("state", Text, nullable=False),
    Index("grants_given_ix", "association_id", "given_at", "id"),
)

acts = notes(
    "acts",
    TABLES,
    Column("grant_id", Uuid),
    Column("number", Integer),
    more=(
        Column("act", Text, nullable=False),  # give | change | test | revoke
        Column("by", Uuid),
        moment("at"),
        nested("kinds"),
        nested("scopes"),
    ),
)
"""Who did what with a grant, and when."""

credentials = things(
    "credentials",
    TABLES,
    Column("grant_id", Uuid, nullable=False),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("made_by", Uuid),
    moment("made_at"),
    moment("expires_at"),
    Column("revoked_by", Uuid),
    moment("revoked_at", nullable=True),
    Column("state", Text, nullable=False),
    Column("last_used_on", Date),  # no finer than a day, and written once a day
    UniqueConstraint("association_id", "hash"),
    Index("credentials_of_grant_ix", "association_id", "grant_id", "made_at"),
)

feeds = Table(
    "feeds",
    TABLES,
    Column("association_id", Uuid, nullable=False),
    Column("newest", BigInteger, nullable=False),
    Column("forgotten", BigInteger, nullable=False, server_default="0"),  # what is up to here is not kept any more
    PrimaryKeyConstraint("association_id"),
)
"""One row an association. Whoever gives out the next position holds it until the commit: positions are seen in their order."""

feed = Table(
    "feed",
    TABLES,
    Column("association_id", Uuid, nullable=False),
    Column("position", BigInteger, nullable=False),
    Column("id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    moment("at"),
    moment("fed_at"),
    nested("data"),
    Column("grant_id", Uuid),  # where only one partner gets it
    PrimaryKeyConstraint("association_id", "position"),
    Index("feed_kind_ix", "association_id", "kind", "position", postgresql_include=["grant_id"]),
)
"""What happened, cut down to what may leave, in the order in which partners get it."""

GRANTS = Cupboard(grants, Grant)
CREDENTIALS = Cupboard(credentials, Credential)
