"""`samskab backup` and `samskab restore`: the whole installation, as it was at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy import make_url

from deploy import secrets
from deploy.bundled import bundled
from deploy.command.reach import Reach
from deploy.command.terminal import Steps, several
from deploy.embedded import CannotRun, alone
from deploy.upkeep import backup as upkeep
from deploy.upkeep.errand import CannotDo

A_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command(short_help="Back up everything, while all goes on.")
@click.argument("folder", type=A_FOLDER)
@click.pass_obj
def backup(reach: Reach, /, folder: Path) -> None:
    """Back up everything into a new folder under FOLDER, while all goes on.

    Every database is dumped as it was at one and the same moment. RabbitMQ needs no backup: a letter that is not stored where it
    is heard is sent again after a restore. Passwords and keys are not in it: new ones do as well. It holds personal data.
    """
    made = upkeep.back_up(reach, folder, Steps(len(reach.databases)))
    size = sum(path.stat().st_size for path in made.iterdir())
    what = several(len(reach.databases), "database")
    click.echo(f"{made} is whole: {what}, {size / 1_000_000:.1f} MB. It holds personal data: keep it accordingly.")


@click.command(short_help="Put everything back as it was at a backup.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--new-broker", is_flag=True, help="RabbitMQ is new, or was emptied by hand: do not look for its queues.")
@click.pass_obj
def restore(reach: Reach, /, folder: Path, yes: bool, new_broker: bool) -> None:
    """Put everything back as it was when the backup in FOLDER was made. Whatever happened since is gone.

    Stop gateway and services first; database and broker go on. An installation in one process (--data) must be stopped, and is
    made when there is none. Afterwards start everything again: letters that had been on their way go out by themselves.
    """
    manifest = upkeep.about(folder)
    if not yes:
        click.confirm(f"Everything since {manifest['moment'][:16].replace('T', ' ')} UTC will be gone. Go on?", abort=True)
    with _database_of(reach) as reached:
        back = upkeep.restore(reached, folder, Steps(len(reach.databases) + 1), broker=not new_broker)
    click.echo(f"Restored as of {back.of[:19].replace('T', ' ')} UTC: {several(back.rows, 'row')}.")
    click.echo(f"{several(back.letters, 'letter')} that had been on the way will be sent again.")
    for name in back.empty:
        click.echo(f"{name} was not in the backup and begins empty; `samskab post tell-again` tells it how things stand.")


@contextmanager
def _database_of(reach: Reach) -> Iterator[Reach]:
    """An installation in one process has no database while it is stopped: then one runs for as long as this takes."""
    if reach.data is None:
        yield reach
        return
    try:
        with alone(reach.data):
            reach.data.mkdir(parents=True, exist_ok=True)
            secrets.write(reach.folder)
            with bundled(reach.data / "postgres") as url:
                yield replace(reach, server=f"{make_url(url).host}:{make_url(url).port}")
    except CannotRun as running:
        raise CannotDo(str(running)) from None
