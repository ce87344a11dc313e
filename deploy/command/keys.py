"""`samskab keys`: renew what is secret."""

import os
from pathlib import Path
from threading import Event as Flag

import click

from deploy import secrets
from deploy.command.reach import Reach
from deploy.command.terminal import Commands, waiting
from deploy.upkeep import keys as upkeep


@click.group(cls=Commands, short_help="Renew signing keys and passwords.")
def keys() -> None:
    """Signing keys and passwords."""


@keys.command(short_help="Renew the signing key, or the passwords.")
@click.option("--passwords", is_flag=True, help="The passwords of databases and broker instead, which needs a restart.")
@click.option("--now", is_flag=True, help="The old key is known to somebody: wait for nothing, though a request may fail.")
@click.pass_obj
def rotate(reach: Reach, /, passwords: bool, now: bool) -> None:
    """Renew the key that the gateway signs its word with, while everybody works.

    First every service learns the new key beside the old one, then the gateway signs with it, and after the lifetime of the last
    old token (about a minute and a half) the old one is forgotten. No process starts anew, no request fails. Interrupted, it is
    gone on with when it is typed again.

    With --passwords every role of the databases and every user of the broker gets a new password. Processes that run keep their
    connections and cannot make new ones, so restart them at once: broker first, then gateway and services.
    """
    if passwords:
        upkeep.renew_passwords(reach, lambda: _hand_out(reach.folder))
        click.echo("The passwords are new. Restart now: first rabbitmq, then gateway, services and posts.")
        return
    kid = upkeep.rotate(reach.folder, _skip if now else _wait, lambda: _hand_out(reach.folder))
    click.echo(f"The gateway signs with the key {kid}; the old one is good for nothing any more.")


def _hand_out(folder: Path) -> None:
    """Where each process reads copies of its own secrets only, as under compose, they lie in SAMSKAB_GIVEN."""
    if given := os.environ.get("SAMSKAB_GIVEN"):
        secrets.hand_out(folder, Path(given))


def _wait(seconds: int, why: str) -> None:
    pause = Flag()
    for _ in waiting(seconds, why):
        pause.wait(1)


def _skip(_seconds: int, why: str) -> None:
    click.echo(f"{why}: not waited for", err=True)
