"""What is shown of a person's calendar."""

from chassis.answers import Answer, Moment, Words, Yes


class CalendarShown(Answer):
    """Whether my calendar has an address."""

    open = Yes()
    opened_at = Moment(allow_none=True)


class CalendarOpened(CalendarShown):
    """The secret part of its address, told once."""

    secret = Words()
