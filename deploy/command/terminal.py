"""How a command speaks: progress on long work, a sentence when it could not, and never a stack trace."""

import os
import sys
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from typing import Any, Protocol, TypeVar

import click
from pika.exceptions import AMQPError
from psycopg import OperationalError as DriverAway
from sqlalchemy.exc import OperationalError, ProgrammingError

from chassis.refusal import Refused
from chassis.transport import Lost
from deploy.bundled import AlreadyRunning, WontStart
from deploy.upkeep.errand import CannotDo

DEBUG = "SAMSKAB_DEBUG"
T = TypeVar("T", covariant=True)


class Several(Sized, Iterable[T], Protocol[T]):
    """Things that can be counted before they are gone through."""


class Commands(click.Group):
    """A group whose commands end with 1 and a sentence when they cannot do what they were asked."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command."""
        with in_words():
            return super().invoke(context)


@contextmanager
def in_words() -> Iterator[None]:
    """Whatever goes wrong inside leaves as a sentence, which names no person; SAMSKAB_DEBUG=1 shows where it came from."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as failure:
        if os.environ.get(DEBUG):
            raise
        raise click.ClickException(sentence(failure)) from None


def sentence(failure: Exception) -> str:
    """What went wrong, without values."""
    match failure:
        case CannotDo() | AlreadyRunning() | WontStart() | Lost():
            return str(failure)
        case Refused():
            return failure.no.en.format_map(failure.facts)
        case OperationalError():
            return f"the database does not answer ({type(failure.orig).__name__})"
        case DriverAway():
            return f"the database does not answer ({type(failure).__name__})"
        case ProgrammingError():
            return f"the databases are not as this version knows them ({type(failure.orig).__name__}); run `samskab doctor`"
        case AMQPError():
            return f"RabbitMQ does not answer ({type(failure).__name__})"
        case OSError():
            return f"{failure.filename or 'the machine'}: {failure.strerror or type(failure).__name__}"
    return f"something unexpected happened ({type(failure).__name__}); {DEBUG}=1 shows where"


def progress(things: "Several[T]", what: str) -> Iterator[T]:
    """The things one by one, with a line that moves on a terminal, and elsewhere a plain line for every tenth."""
    if sys.stderr.isatty():
        with click.progressbar(things, label=what, file=sys.stderr) as bar:
            yield from bar
        return
    for number, thing in enumerate(things, start=1):
        yield thing
        if number == len(things) or number % max(len(things) // 10, 1) == 0:
            click.echo(f"{number} of {len(things)} {what}", err=True)


class Steps:
    """Names the step that is taken of so many: on one line of a terminal, elsewhere a plain line for each."""

    def __init__(self, of: int) -> None:
        self.of, self.taken = of, 0

    def __call__(self, what: str) -> None:
        """The next one."""
        self.taken += 1
        said, moves = f"  {self.taken} of {self.of}  {what}", sys.stderr.isatty()
        click.echo(f"\r{said:40}" if moves else said, nl=not moves or self.taken == self.of, err=True)


def waiting(seconds: int, why: str) -> Iterator[int]:
    """The seconds of a wait, with a line that moves on a terminal, and elsewhere one plain line."""
    if sys.stderr.isatty():
        yield from progress(range(seconds), why)
        return
    click.echo(f"{why}: {seconds} seconds", err=True)
    yield from range(seconds)


def table(*rows: Iterable[object]) -> None:
    """Rows in columns, as wide as they need to be."""
    written = [[str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*written, strict=True)]
    for row in written:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def several(number: int, one: str) -> str:
    """`1 letter`, `2 letters`."""
    return f"{number} {one if number == 1 else one + 's'}"
