"""A reason: nobody is told no, or to wait, without one."""

from chassis.refusal import No, Refused

REASON_NEEDED = No("reason-needed", "Skriv en begrundelse.", "Give a reason.")


def given(reason: str) -> str:
    """The reason as it is kept. Raises `Refused` when nothing is written."""
    if not reason.strip():
        raise Refused(REASON_NEEDED)
    return reason.strip()
