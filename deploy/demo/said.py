"""What is said on the way from a charter to what is carried out: the data that a course is played from."""

from dataclasses import dataclass, field
from typing import Any

from deploy.demo.here import ORGANISATION


@dataclass(frozen=True, kw_only=True)
class Charter:
    """What a board asks for. `board`: the organisation's, or that of a department; `present`: who adopted it, all in favour."""

    title: str
    board: str = ORGANISATION
    chair: str
    present: tuple[str, ...]
    sponsor: str
    facilitator: str
    written: str
    adopted: str
    says: dict[str, Any]
    seats: dict[str, int]
    targets: tuple[tuple[str, int, str], ...] = ()
    sign_up_until: str
    meetings: tuple[str, ...]
    handover: str
    decision_by: str


@dataclass(frozen=True, kw_only=True)
class Applicants:
    """Who applies, for which seat and with what to bring; `reserves` are told that they are next.

    `composed` is when the board composes the group, or announces that lots will be drawn.
    """

    when: str
    to: dict[str, dict[str, str]]
    composed: str = ""
    reserves: tuple[str, ...] = ()

    @property
    def members(self) -> list[str]:
        """Who gets a seat."""
        return [name for names in self.to.values() for name in names if name not in self.reserves]


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A meeting: when it is convened, what about, and what the minutes say. `moved`: when, to which day, instead of being "
    "held."""

    day: str
    hours: tuple[str, str]
    convened: str
    topic: str
    place: str
    minutes: str = ""
    absent: tuple[str, ...] = ()
    child_care: bool = False
    given: tuple[tuple[str, str, str, str], ...] = ()
    """What members bring: theme, who, kind, text."""
    moved: tuple[str, str] = ("", "")


@dataclass(frozen=True, kw_only=True)
class Point:
    """One recommendation, the themes that fed it, and what the board made of it."""

    text: str
    responsible: str
    themes: tuple[str, ...] = ()
    cost: str = "low"
    question: int = 0
    needs_department_meeting: bool = False
    outcome: str = "adopted"
    change: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What the group proposes. `answered`: contributions that are not taken in, and why."""

    written: str
    agreed: str
    by: str
    title: str
    summary: str
    points: tuple[Point, ...]
    answered: dict[str, str] = field(default_factory=dict)
    dissents: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Task:
    """What follows from a decision; `point` counts the recommendations from 0, `done` is when it is carried out."""

    title: str
    owner: str
    due: str
    point: int | None = None
    started: bool = False
    done: str = ""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the board decides, with which votes, and what follows."""

    laid_open: str
    decided: str
    published: str
    recommended: tuple[str, str]
    recused: dict[str, str] = field(default_factory=dict)
    votes: tuple[int, int, int]
    """For, against, abstained."""
    says: dict[str, Any]
    review_on: str = ""
    planned: str = ""
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Said:
    """All that is said in one course, as far as it has come; `captions` name its parts for whoever watches."""

    captions: dict[str, str]
    charter: Charter
    applicants: Applicants
    meetings: tuple[Meeting, ...] = ()
    understood: str = ""
    proposal: Proposal | None = None
    decision: Decision | None = None
