"""What is shown of a grant: in a list, and by itself."""

from enum import StrEnum

from chassis.answers import Answer, Choice, Id, May, Moment, Nested, Several, Words
from contracts.partners import Scope
from services.partners.rules.grant import State
from services.partners.web.shown.credential import CredentialShown


class Act(StrEnum):
    """What can be done with a grant."""

    GIVE = "give"
    CHANGE = "change"
    TEST = "test"
    REVOKE = "revoke"


class GrantInList(Answer):
    """Whom the association lets in, to hear these kinds of events and read these parts of the API."""

    id = Id()
    name = Words()
    kinds = Several(Words())
    scopes = Several(Choice(Scope))
    given_by = Id(allow_none=True)
    given_at = Moment()
    state = Choice(State)


class ActShown(Answer):
    """Who did what with a grant, and what it was good for from then on."""

    act = Choice(Act)
    person_id = Id(allow_none=True)
    at = Moment()
    kinds = Several(Words())
    scopes = Several(Choice(Scope))


class GrantShown(GrantInList):
    """One grant, its credentials, and what was done with it, the newest first."""

    credentials = Several(Nested(CredentialShown))
    acts = Several(Nested(ActShown))
    may = May()
