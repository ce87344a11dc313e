"""What happens in notices when a day begins."""

from chassis import answered
from chassis.work import Work
from contracts.people import DayTurned


def turn(work: Work, _: DayTurned) -> None:
    """Answers of the day before are forgotten."""
    answered.forget(work)
