"""`samskab post`: what an operator sees of the letters between services, and what can be done about them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar
from uuid import UUID

import click

from chassis import clock, desk
from chassis.desk import Asked
from chassis.identity import Identity
from chassis.service import TellsAgain
from deploy.command.reach import Reach
from deploy.command.terminal import progress, several
from deploy.services import SERVICES

NAMES = click.Choice([service.name for service in SERVICES])
F = TypeVar("F", bound=Callable[..., Any])


@click.group(short_help="Look after the letters between services.")
def post() -> None:
    """Look after the post: letters that wait, are retried, or are parked."""


def which(command: F) -> F:
    """The words that say which letters are meant."""
    words = [
        click.argument("service", type=NAMES),
        click.argument("id", type=click.UUID, required=False),
        click.option("--kind", help="Only this kind, such as idea.published."),
        click.option("--association", type=click.UUID, help="Only this association's."),
        click.option("--reason", help="Only those whose reason contains this."),
        click.option("--hours", type=float, help="Only those that came in the last so many hours."),
    ]
    for word in reversed(words):
        command = word(command)
    return command


def _asked(id: UUID | None, kind: str | None, association: UUID | None, reason: str | None, hours: float | None) -> Asked:
    since = clock.now() - timedelta(hours=hours) if hours else None
    return Asked(id=id, kind=kind, association=association, reason=reason, since=since)


@post.command()
@click.pass_obj
def status(reach: Reach, /) -> None:
    """How many letters wait where, and how old the oldest is."""
    click.echo(f"{'service':10} {'box':10} {'state':8} {'letters':>9}  oldest")
    for service in SERVICES:
        with reach.post(service.name).begin() as connection:
            for box, state, letters, age in desk.lying(connection):
                if letters:
                    click.echo(f"{service.name:10} {box:10} {state:8} {letters:9}  {_age(age)}")


@post.command("list")
@which
@click.option("--most", default=50, show_default=True, help="At most so many.")
@click.pass_obj
def list_letters(reach: Reach, /, service: str, most: int, **words: Any) -> None:
    """The letters of SERVICE that are retried, held or parked: when they came, how often they failed, and why."""
    with reach.post(service).begin() as connection:
        for row in desk.find(connection, _asked(**words))[:most]:
            click.echo(f"{row.id}  {row.stored_at:%Y-%m-%d %H:%M}  {row.state:6} {row.attempts}x  {row.kind}  {row.reason or ''}")
        for row in desk.unreadable(connection, most):
            click.echo(f"{row.id}  {row.stored_at:%Y-%m-%d %H:%M}  unreadable, {row.bytes} bytes  {row.reason}")


@post.command()
@click.argument("service", type=NAMES)
@click.argument("id", type=click.UUID)
@click.pass_obj
def show(reach: Reach, /, service: str, id: UUID) -> None:
    """One letter without what people wrote: ids, numbers and days only."""
    with reach.post(service).begin() as connection:
        found = desk.find(connection, Asked(id=id), "waiting", "retry", "held", "parked", "done", "discarded")
    if not found:
        raise click.ClickException(f"{service} has no letter {id}")
    for row in found:
        click.echo(f"{row.state}, {row.attempts} attempts{', ' + row.reason if row.reason else ''}")
        click.echo(desk.shown(bytes(row.body)))


@post.command()
@which
@click.pass_obj
def retry(reach: Reach, /, service: str, **words: Any) -> None:
    """Read letters of SERVICE that lie aside again now: one by its ID, or all that the words fit; never one that was applied."""
    with reach.post(service).begin() as connection:
        _said(desk.try_again(connection, _asked(**words)), "will be read again")


@post.command()
@which
@click.option("--why", required=True, help="The reason, kept with the letters.")
@click.pass_obj
def park(reach: Reach, /, service: str, why: str, **words: Any) -> None:
    """Set letters of SERVICE aside that are not applied yet, until somebody says `retry`."""
    with reach.post(service).begin() as connection:
        _said(desk.park(connection, _asked(**words), why), "parked")


@post.command()
@which
@click.option("--why", required=True, help="The reason, kept with the letters.")
@click.confirmation_option(prompt="They will never be applied. Go on?")
@click.pass_obj
def discard(reach: Reach, /, service: str, why: str, id: UUID | None, **words: Any) -> None:
    """Give parked letters of SERVICE up for good."""
    with reach.post(service).begin() as connection:
        gone = desk.discard(connection, _asked(id, **words), why)
        _said(gone or int(id is not None and desk.throw_away(connection, id)), "discarded")


@post.command()
@which
@click.pass_obj
def replay(reach: Reach, /, service: str, **words: Any) -> None:
    """Send letters again that SERVICE has sent before, to all who listen; whoever has applied them changes nothing."""
    with reach.post(service).begin() as connection:
        _said(desk.send_again(connection, _asked(**words)), "will be sent again")


@post.command("tell-again")
@click.argument("service", type=NAMES)
@click.option("--to", "consumer", required=True, type=NAMES, help="The service that is told.")
@click.option("--thing", help="Only things of this kind, such as department; by default all that SERVICE can tell anew.")
@click.option("--association", type=click.UUID, help="Only this association's.")
@click.pass_obj
def tell_again(reach: Reach, /, service: str, consumer: str, thing: str | None, association: UUID | None) -> None:
    """Let SERVICE tell one consumer how everything stands now: for a service that is new, was emptied, or missed something."""
    tells: Mapping[str, TellsAgain] = reach.service(service).tells_again
    if thing and thing not in tells:
        raise click.ClickException(f"{service} can tell anew: {', '.join(tells) or 'nothing'}")
    asked = [tells[thing]] if thing else list(tells.values())
    begin = reach.begin(service)
    with reach.post(service).begin() as connection:
        associations = [association] if association else desk.associations(connection)
    told = 0
    for here in progress(associations, "associations"):
        with begin(Identity(association_id=here)) as work:
            for tells_so in asked:
                for subject, sequence, event in tells_so(work):
                    work.tell_again(event, subject=subject, sequence=sequence, to=consumer)
                    told += 1
    _said(told, f"will be told to {consumer}")


def _said(letters: int, what: str) -> None:
    click.echo(f"{several(letters, 'letter')} {what}")


def _age(seconds: float) -> str:
    for size, word in ((86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {word}"
    return f"{seconds:.0f} seconds"
