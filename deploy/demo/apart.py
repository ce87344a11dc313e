"""The full run, seen by whoever plays a story in it; `python -m deploy.demo.apart` plays it under compose."""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import psycopg
from joserfc.jwk import OKPKey
from sqlalchemy import make_url

from chassis.wake import APPLIED
from deploy.demo.play import house
from deploy.demo.story import SLUG, Story
from deploy.demo.world import World
from deploy.services import SERVICES

PATIENCE = 60
"""Looks at a database that does not come to rest, at most a second apart, before giving up."""
WAITING = "select (select count(*) from outbox where state = 'waiting') + (select count(*) from inbox where state = 'waiting')"


class Restless(Exception):
    """Letters wait and are not applied; the message says which."""


@dataclass
class Apart:
    """Gateway and services as processes of their own. `clock` is the file that sets all their clocks."""

    gateway_url: str
    people_url: str
    key: OKPKey
    admin_url: str
    clock: Path

    def world(self, shift: timedelta = timedelta()) -> World:
        """Where the story is played."""
        people = httpx2.Client(base_url=self.people_url, timeout=30)
        return World(
            door=lambda: httpx2.Client(base_url=self.gateway_url, timeout=30),
            slug=SLUG,
            house=house(people, self.key),
            settle=self.settle,
            set_clock=self.set_clock,
            shift=shift,
        )

    def set_clock(self, moment: datetime) -> None:
        """Set every process's clock: one file, replaced in one move."""
        new = self.clock.with_suffix(".new")
        new.write_text(str((moment - datetime.now(UTC)).total_seconds()))
        new.rename(self.clock)

    def settle(self) -> None:
        """Wait until every outbox and inbox is empty: told by the database, not by guessing how long."""
        quiet = 0
        while quiet < 2:  # what one service reads last may be another's first
            found = [self._quiet(service.name) for service in SERVICES]
            quiet = quiet + 1 if all(found) else 0

    def _quiet(self, service: str) -> bool:
        url = make_url(self.admin_url).set(database=service, drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"listen {APPLIED}")
            for look in range(PATIENCE):
                waiting = connection.execute(WAITING).fetchone()
                if waiting == (0,):
                    return look == 0
                list(connection.notifies(timeout=1, stop_after=1))
            stuck = connection.execute("select kind, state, reason from inbox where state <> 'done'").fetchall()
        raise Restless(f"{service}: {stuck}")


def main() -> None:
    """Play the story where compose has started everything, with SAMSKAB_RUN=test and SAMSKAB_DEMO=yes."""
    secrets = Path("/secrets")
    apart = Apart(
        gateway_url=os.environ.get("GATEWAY_URL", "http://gateway:8000"),
        people_url=os.environ.get("PEOPLE_URL", "http://people:8000"),
        key=OKPKey.import_key(json.loads((secrets / "gateway.key").read_text())),
        admin_url=(secrets / "admin.database_url").read_text(),
        clock=Path(os.environ["SAMSKAB_CLOCK"]),
    )
    record = Story(apart.world()).play(lambda number, of, what: print(f"  {number:2} of {of}  {what}", flush=True))
    apart.clock.unlink(missing_ok=True)
    print(json.dumps(record, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    main()
