"""What was found of the post: a table for the terminal, and its part of the page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.journeys import Trickle
from bench.machine import Run
from bench.rounds import Spread

HEAD = ("what", "floor", "post", "ratio", "of the rounds", "very good", "acceptable", "reached")


@dataclass(frozen=True)
class Target:
    """A ratio to reach. For some less is better."""

    very_good: float
    acceptable: float
    less: bool = False

    def verdict(self, ratio: float) -> str:
        """In a word."""
        for word, bound in (("very good", self.very_good), ("acceptable", self.acceptable)):
            if (ratio <= bound) if self.less else (ratio >= bound):
                return word
        return "missed"

    def said(self) -> tuple[str, str]:
        """Both bounds."""
        sign = "≤" if self.less else "≥"
        return f"{sign} {self.very_good:.2f}", f"{sign} {self.acceptable:.2f}"


RELAY, LISTENER, READER = Target(0.75, 0.60), Target(0.80, 0.60), Target(0.70, 0.50)
EFFECT, TRICKLE, ASSOCIATIONS = Target(2, 4, less=True), Target(2, 4, less=True), Target(1.1, 1.3, less=True)


@dataclass(frozen=True)
class Line:
    """One comparison. Without a target it is only told."""

    what: str
    floor: str
    ours: str
    ratio: Spread
    target: Target | None

    def cells(self) -> tuple[str, ...]:
        """As the table has it."""
        spread = f"{self.ratio.least:.2f}-{self.ratio.most:.2f}"
        wanted = (*self.target.said(), self.target.verdict(self.ratio.median)) if self.target else ("", "", "")
        return (self.what, self.floor, self.ours, f"{self.ratio.median:.2f}", spread, *wanted)


def rate(runs: Sequence[Run]) -> str:
    """Events per second: the middle, and from where to where."""
    found = Spread.of([run.rate for run in runs])
    return f"{found.median:,.0f}/s ({found.least:,.0f}-{found.most:,.0f})"


def cost(runs: Sequence[Run]) -> str:
    """Milliseconds of processor time per event."""
    found = Spread.of([run.cpu for run in runs])
    return f"{found.median:.3f} ms ({found.least:.3f}-{found.most:.3f})"


def waits(trickles: Iterable[Trickle]) -> str:
    """Milliseconds that 50, 95 and 99 of a hundred letters took at most."""
    values = list(trickles)
    return " / ".join(f"{Spread.of([each.waits.at(p) for each in values]).median:.1f}" for p in (50, 95, 99)) + " ms"


def costs(runs: Mapping[str, Mapping[str, Sequence[Run]]]) -> list[tuple[str, ...]]:
    """Where the processor time went, in seconds per 1,000 events, middle of the rounds."""
    rows = []
    for what, contenders in runs.items():
        for name, each in contenders.items():
            middle = sorted(each, key=lambda run: run.cpu)[len(each) // 2]
            parts = [part / middle.events * 1000 for part in (middle.own, middle.postgres, middle.broker)]
            strangers = Spread.of([run.foreign for run in each])
            rows.append((f"{what}: {name}", *(f"{part:.3f}" for part in (*parts, sum(parts))), f"{strangers.median:.1f}"))
    return rows


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Plain columns, which a page can show too."""
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    padded = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in padded)


def section(lines: Sequence[Line], spent: Sequence[Sequence[str]], notes: Sequence[str], facts: str) -> str:
    """The post's part of the page."""
    return SECTION.format(
        facts=facts,
        table=table(HEAD, [line.cells() for line in lines]),
        notes="\n".join(f"- {note}" for note in notes),
        spent=table(SPENT, spent),
    )


SPENT = ("what", "own", "PostgreSQL", "broker", "all", "strangers")
SECTION = """A quorum queue confirms every letter; a letter is 1,024 bytes. Floor and post are compared by letters per second.

{facts}

{table}

{notes}

### Where the post's time goes

Seconds of processor time per 1,000 events, children included; *strangers* is how many processors others kept busy meanwhile.

{spent}

- **Relay**: of what it adds to the publishing itself, most is PostgreSQL's: finding the letters fairly, and marking them
  sent, which writes each row anew. The marks are not waited for: one that is lost sends a letter twice, which the inbox
  absorbs.
- **Listener**: parsing the letter, and one bulk insert. The inbox keeps four indexes where the floor keeps two, for order and
  for letters that lie aside.
- **Reader**: the reaction's own statements, one round trip each. What the post adds is per list, not per letter: whose turn
  it is, the lock, what is in hand, the letters told, the states. Checking a letter's form costs more than the floor, which
  trusts it.
- **From commit to effect**: four processes lie between (the bell, the relay, RabbitMQ, the listener and the reader); the
  floor has one commit where the post has two, since what arrives is stored before it is applied.
- **A trickle beside a flood**: the outbox and the inbox are taken fairly, a few letters of each association in turn; the
  broker's queue between them is first in, first out. Where the relay sends faster than the listener stores beside a busy
  reader, letters pile up in that queue and in the listener's window, and the other association's letters wait behind them.
- **Many associations**: a list is of one association, since the database shows a transaction only one association's rows.
  With few letters of each, lists are short, and a commit is shared by fewer: that, and not how many associations there are,
  is what the reader's first line shows. Its second gives one association lists as short as the others have.
"""
