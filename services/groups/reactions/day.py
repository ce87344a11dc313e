"""What happens in groups when a day begins."""

from chassis.work import Work
from contracts.people import DayTurned
from services.groups.reactions.sign_up import expire_offers


def turn(work: Work, heard: DayTurned) -> None:
    """Deadlines that ran out are seen to."""
    expire_offers(work, heard)
