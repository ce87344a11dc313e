"""What people do with the interest list."""

from typing import Any

from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field

WANTS = (
    Field(
        name="topics",
        label="Hvad vil du gerne høre om?",
        kind="lines",
        hint="Et emne på hver linje, fx renovering eller fællesskab. Lad feltet stå tomt, hvis det er det hele.",
        start=lambda _, interest: interest.get("topics"),
        needed=False,
    ),
    Field(
        name="departments",
        label="Hvilke afdelinger?",
        kind="people",
        hint="Vælg ingen, hvis det er dem alle.",
        options=choices.departments,
        start=lambda _, interest: interest.get("departments"),
        needed=False,
    ),
)


def _form(verb: str, **says: Any) -> Form:
    return Form(thing="interest", verb=verb, path="/interest", method="PUT", fields=WANTS, **says)


FORMS = (
    _form(
        "join",
        label="Skriv mig på interesselisten",
        title="Interesselisten",
        send="Skriv mig på listen",
        intro="Så bliver du inviteret, når en ny gruppe åbner. Du bliver ikke meldt til noget og kan altid gå af listen igen.",
        done="Du står nu på interesselisten.",
    ),
    _form(
        "change",
        label="Ret, hvad jeg vil høre om",
        title="Interesselisten",
        send="Gem",
        done="Dine ønsker er gemt.",
    ),
    Form(
        thing="interest",
        verb="leave",
        label="Gå af interesselisten",
        path="/interest/leave",
        done="Du står ikke længere på interesselisten.",
    ),
)
