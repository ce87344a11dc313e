"""What is shown of a group: in a list, and by itself."""

from chassis.answers import Answer, Choice, Day, Id, May, Moment, Nested, Number, Several, Words, Yes, record
from contracts.decisions import Outcome
from contracts.groups import Role, SeatCategory, Target
from services.groups.rules.draw import State as DrawState
from services.groups.rules.group import State
from services.groups.rules.sign_up import State as SignUpState
from services.groups.rules.wording import Selection


class Places(Answer):
    """How many places of a category there are, and how many are taken."""

    category = Choice(SeatCategory)
    places = Number()
    taken = Number()


class GroupInList(Answer):
    """A group in a list: its task and dates, its places, and how far it has come."""

    id = Id()
    version = Number()
    charter_id = Id()
    body_id = Id()
    idea_id = Id(allow_none=True)
    title = Words()
    background = Words()
    purpose = Words()
    state = Choice(State)
    reason = Words()
    sponsor_id = Id(allow_none=True)
    facilitator_id = Id(allow_none=True)
    opened_at = Moment()
    sign_up_until = Day()
    meetings = Several(Day())
    handover = Day()
    decision_by = Day()
    vacant_roles = Several(Choice(Role))
    selection = Choice(Selection)
    targets = Several(Nested(record(Target)))
    one_per_household = Yes()
    formed_on = Day(allow_none=True)
    still_since = Day(allow_none=True)
    proposal_id = Id(allow_none=True)
    decision_id = Id(allow_none=True)
    outcome = Choice(Outcome, allow_none=True)
    seats = Several(Nested(Places))


class MemberShown(Answer):
    """Somebody who sits in it, and in which capacity."""

    person_id = Id()
    category = Choice(SeatCategory)


class MySignUp(Answer):
    """My own sign-up, with my place on the reserve list."""

    id = Id()
    category = Choice(SeatCategory)
    state = Choice(SignUpState)
    answer_by = Day(allow_none=True)
    reason = Words()
    line = Number(allow_none=True)
    place = Number(allow_none=True)
    may = May()


class DrawGlanced(Answer):
    """Its draw, whoever took part."""

    state = Choice(DrawState)
    commitment = Words()
    announced_at = Moment()
    held_at = Moment(allow_none=True)


class GroupShown(GroupInList):
    """One group, with its members and my own sign-up."""

    members = Several(Nested(MemberShown))
    last_met = Day(allow_none=True)
    my_sign_up = Nested(MySignUp, allow_none=True)
    draw = Nested(DrawGlanced, allow_none=True)
    may = May()
