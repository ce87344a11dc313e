"""What is shown of a sign-up, and of the reserve list."""

from chassis.answers import Answer, Choice, Day, Id, Ids, May, Moment, Nested, Number, Several, Words, Yes, record
from contracts.groups import SeatCategory
from services.groups.rules.consent import Consent
from services.groups.rules.sign_up import State


class SignUpShown(Answer):
    """One sign-up. What the applicant brings is read by those who compose the group, and by the applicant."""

    id = Id()
    group_id = Id()
    person_id = Id()
    category = Choice(SeatCategory)
    brings = Words()
    first_time = Yes(allow_none=True)
    departments = Ids()
    has_board_office = Yes()
    sits_in_body = Yes()
    applied_at = Moment()
    state = Choice(State)
    answer_by = Day(allow_none=True)
    reason = Words()
    line = Number(allow_none=True)
    consents = Several(Nested(record(Consent, "ConsentNoted")))
    may = May()


class SignUpInList(SignUpShown):
    """A sign-up in a list; whether another applicant lives at the same address."""

    shares_household = Yes()


class Reserve(Answer):
    """Who stands where on a category's reserve list."""

    category = Choice(SeatCategory)
    place = Number()
    sign_up_id = Id()
    person_id = Id()
    line = Number(allow_none=True)
