"""What is shown of a recommendation."""

from chassis.answers import Answer, Id, Ids, May, Number, all_of
from services.meetings.rules.recommendation import Wording


class RecommendationShown(Answer):
    """A recommendation, its place among those that stand, and what feeds it."""

    class Meta(Answer.Meta):
        include = all_of(Wording)

    id = Id()
    proposal_id = Id()
    group_id = Id()
    number = Number()
    fed_by = Number()
    contributions = Ids()
    version = Number()
    may = May()
