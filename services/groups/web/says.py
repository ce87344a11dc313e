"""The shape of what a charter says: in a draft, in an amendment, and in a template."""

from typing import Any

from marshmallow import post_load

from chassis.shapes import Choice, Day, Id, Line, Many, Nested, Shape, Text, Whole, Yes
from contracts.groups import Commitment, SeatCategory, SeatPlan, Target, Topic
from services.groups.rules.wording import Selection

MOST_DEPARTMENTS = 50
"""A task that affects more of them affects the whole association."""


class Seats(Shape):
    """How many places of a category, perhaps for people from one department."""

    category = Choice(SeatCategory, required=True)
    places = Whole(1, 50, required=True)
    department_id = Id(allow_none=True, load_default=None)

    @post_load
    def plan(self, given: dict[str, Any], **_: Any) -> SeatPlan:
        """The places as the charter says them."""
        return SeatPlan(**given)


class Targets(Shape):
    """At least how many of the seats go to whom."""

    places = Whole(1, 50, required=True)
    category = Choice(SeatCategory, allow_none=True, load_default=None)
    department_id = Id(allow_none=True, load_default=None)
    first_timers = Yes(load_default=False)

    @post_load
    def target(self, given: dict[str, Any], **_: Any) -> Target:
        """The target as the charter says it."""
        return Target(**given)


class PatternSays(Shape):
    """What a template says; a field that is not sent stays as it is."""

    background = Text(3000, least=0)
    purpose = Text(2000, least=0)
    frames = Text(2000, least=0)
    questions = Many(Text(300), most=10)
    stakeholders = Many(Line(100), most=10)
    topic = Choice(Topic, allow_none=True)
    openness = Whole(1, 5, allow_none=True)
    not_up_for_change = Text(2000, least=0)
    commitment = Choice(Commitment)
    budget_kroner = Whole(0, allow_none=True)
    seats = Many(Nested(Seats), most=20)
    targets = Many(Nested(Targets), most=10)
    selection = Choice(Selection)
    one_per_household = Yes()
    minority_reason = Text(500, least=0)
    facilitator_hours = Whole(1, 500, allow_none=True)

    @post_load
    def frozen(self, given: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Lists as tuples, as a frozen value wants them."""
        return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


class Says(PatternSays):
    """What a charter says; a field that is not sent stays as it is. Together it fits into one letter, whatever is written."""

    title = Line(120)
    department_ids = Many(Id(), most=MOST_DEPARTMENTS)
    sign_up_until = Day(allow_none=True)
    meetings = Many(Day(), most=12)
    handover = Day(allow_none=True)
    decision_by = Day(allow_none=True)
    sponsor_id = Id(allow_none=True)
    facilitator_id = Id(allow_none=True)
    facilitator_employed = Yes()
    facilitator_hired = Yes()
