"""Whether the post of each service is alive, and whether letters lie where they should not."""

from collections.abc import Iterator

from sqlalchemy import text

from chassis import desk
from deploy.command.reach import Reach
from deploy.services import SERVICES
from deploy.upkeep.doctor.finding import Finding, bad, well

RELAY = text("""
    select count(*) from pg_locks l join pg_database d on d.oid = l.database
    where d.datname = current_database() and l.locktype = 'advisory' and l.classid = 7 and l.objid = 1 and l.granted
""")
TOO_OLD = 60
"""Seconds that a letter may wait before somebody should look."""

TROUBLE = {
    ("outbox", "waiting"): ("wait to be sent", "see whether the post of {service} and the broker run"),
    ("outbox", "refused"): ("were refused by the broker", "start whoever listens: its queue is missing, not bound, or full"),
    ("inbox", "waiting"): ("wait to be applied", "see whether the post of {service} runs; start another process of it"),
    ("inbox", "retry"): ("failed and are tried again", "samskab post list {service}"),
    ("inbox", "held"): (
        "wait for an earlier one about the same thing",
        "samskab post list {service}; tell-again if it never comes",
    ),
    ("inbox", "parked"): ("are parked", "samskab post list {service}; mend the cause, then retry or discard"),
    ("unreadable", "parked"): ("were no letters at all", "samskab post list {service}; find out who publishes to the broker"),
}
AT_ONCE = {("inbox", "parked"), ("unreadable", "parked"), ("outbox", "refused")}
"""What is wrong however young it is."""


def posts(reach: Reach) -> Iterator[Finding]:
    """One relay of each service holds the lock of the only one."""
    for service in SERVICES:
        with reach.admin(service.name).begin() as connection:
            alive = connection.execute(RELAY).scalar()
        name = f"post of {service.name}"
        yield well(name, "runs") if alive else bad(name, "does not run: its letters are not sent", f"start {service.name}-post")


def boxes(reach: Reach) -> Iterator[Finding]:
    """Nothing lies in a box for longer than it should."""
    for service in SERVICES:
        name = f"letters of {service.name}"
        with reach.post(service.name).begin() as connection:
            lying = desk.lying(connection)
        wrong = [row for row in lying if row[2] and (row[3] > TOO_OLD or row[:2] in AT_ONCE)]
        for box, state, letters, age in wrong:
            what, mend = TROUBLE[box, state]
            yield bad(name, f"{letters} {what}, the oldest for {age / 60:.0f} minutes", mend.format(service=service.name))
        if not wrong:
            yield well(name, "none waits longer than it should")
