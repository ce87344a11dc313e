"""What is shown of all that a group has done, and of its figures."""

from chassis.answers import Answer, Choice, Id, Map, May, Nested, Number, Several, Share, Words
from services.meetings.rules.proposal import State
from services.meetings.web.shown.circle import MemberShown
from services.meetings.web.shown.meeting import MeetingInList
from services.meetings.web.shown.theme import ThemeInList


class ProposalGlanced(Answer):
    """Its proposal, and how far it has come."""

    id = Id()
    title = Words()
    state = Choice(State)


class GroupWork(Answer):
    """All that a group has done so far. `contributions`: how many of each state."""

    group_id = Id()
    title = Words()
    questions = Several(Words())
    fewest = Number()
    most = Number()
    meetings = Several(Nested(MeetingInList))
    themes = Several(Nested(ThemeInList))
    contributions = Map(values=Number())
    proposal = Nested(ProposalGlanced, allow_none=True)
    members = Several(Nested(MemberShown))
    may = May()


class Figures(Answer):
    """How far a group brings different wishes together. A share is from 0 to 1; null: of nothing."""

    group_id = Id()
    contributions_n = Number()
    contributors_share = Share(allow_none=True)
    contribution_gini = Share(allow_none=True)
    themes_n = Number()
    theme_diversity = Share(allow_none=True)
    integration_rate = Share(allow_none=True)
    answered_rate = Share(allow_none=True)
    recommendations_n = Number()
    cross_role_integration = Share(allow_none=True)
    shared_understanding_version_n = Number()
    shared_understanding_agreement = Share(allow_none=True)
    acts_n_by_type = Map(values=Number())
    dissent_n = Number()
    editions_n = Number()
