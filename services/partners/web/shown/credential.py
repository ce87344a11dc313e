"""What is shown of a credential: never its secret, but for the once when it is made."""

from enum import StrEnum

from chassis.answers import Answer, Choice, Day, Id, May, Moment, Several, Words


class Standing(StrEnum):
    """Whether a credential opens anything."""

    GOOD = "good"
    EXPIRED = "expired"
    REVOKED = "revoked"


class CredentialShown(Answer):
    """A credential; who made it, how long it is good, and on which day it was last used."""

    id = Id()
    grant_id = Id()
    name = Words()
    person_id = Id(allow_none=True)
    made_at = Moment()
    expires_at = Moment()
    revoked_at = Moment(allow_none=True)
    last_used_on = Day(allow_none=True)
    state = Choice(Standing)
    may = May()


class CredentialMade(CredentialShown):
    """A new credential with its secret, which nobody can see again."""

    secret = Words()


class Opened(Answer):
    """What a credential opens."""

    credential_id = Id()
    grant_id = Id()
    scopes = Several(Words())
