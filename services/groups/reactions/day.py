"""What happens in groups when a day begins."""

from chassis import answered
from chassis.work import Work
from contracts.people import DayTurned
from services.groups.reactions.group import flag_still, vacate_ended_mandates
from services.groups.reactions.sign_up import expire_offers


def turn(work: Work, heard: DayTurned) -> None:
    """Offers run out, mandates end, and groups fall still."""
    answered.forget(work)
    expire_offers(work, heard)
    vacate_ended_mandates(work, heard)
    flag_still(work, heard)
