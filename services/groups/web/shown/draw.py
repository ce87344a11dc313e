"""What is shown of a draw."""

from chassis.answers import Answer, Choice, Id, Ids, May, Moment, Nested, Number, Several, Words, Yes, record
from contracts.groups import SeatCategory, SeatPlan, Target
from services.groups.rules.draw import State
from services.groups.rules.lot import Entrant
from services.groups.rules.wording import Selection

ONCE_DRAWN = {"sometimes": True, "description": "There once the lots are drawn."}


class ShortfallShown(Answer):
    """A target that cannot be met."""

    category = Choice(SeatCategory, allow_none=True)
    department_id = Id(allow_none=True)
    first_timers = Yes()
    needed = Number()
    there_are = Number()
    found = Number()


class DrawShown(Answer):
    """A draw: the hash of its seed, and once the lots are drawn, all that is needed to draw them again."""

    id = Id()
    group_id = Id()
    method = Choice(Selection)
    state = Choice(State)
    commitment = Words()
    announced_by = Id()
    announced_at = Moment()
    test_draws = Number()
    may = May()
    seed = Words(metadata=ONCE_DRAWN)
    held_by = Id(allow_none=True, metadata=ONCE_DRAWN)
    held_at = Moment(allow_none=True, metadata=ONCE_DRAWN)
    places = Several(Nested(record(SeatPlan)), metadata=ONCE_DRAWN)
    targets = Several(Nested(record(Target)), metadata=ONCE_DRAWN)
    one_per_household = Yes(metadata=ONCE_DRAWN)
    entrants = Several(Nested(record(Entrant)), metadata=ONCE_DRAWN)
    seated = Several(Nested(record(Entrant)), metadata=ONCE_DRAWN)
    turned_down = Number(metadata=ONCE_DRAWN)
    order = Ids(metadata=ONCE_DRAWN)
    selected = Ids(metadata=ONCE_DRAWN)
    reserves = Ids(metadata=ONCE_DRAWN)
    shortfalls = Several(Nested(ShortfallShown), metadata=ONCE_DRAWN)
    shortfall_reason = Words(metadata=ONCE_DRAWN)


class DrawTried(Answer):
    """How the lots might fall."""

    id = Id()
    run_by = Id()
    run_at = Moment()
    entrants = Number()
    places = Number()
    selected = Number()
    reserves = Number()
    shortfalls = Several(Nested(ShortfallShown))
