"""What an administrator or a secretary does to let a partner's program in."""

from collections.abc import Mapping
from typing import Any

from contracts.outside import THINGS
from contracts.partners import Scope
from gateway.pages import words
from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field


def said(kind: str) -> str:
    """What a kind of events, or all about a thing, is called."""
    thing, _, what = kind.partition(".")
    return words.word("heard", thing) if what == "*" else f"{words.word('heard', thing)}: kun {kind}"


def _kinds(_: Any, grant: Mapping[str, Any]) -> choices.Pairs:
    """All that can be granted, thing by thing, and the single kinds that a program granted."""
    whole = [f"{thing}.*" for thing in THINGS]
    return [(kind, said(kind)) for kind in dict.fromkeys([*whole, *grant.get("kinds", ())])]


WHAT = (
    Field(
        name="kinds",
        label="Hvad må integrationen høre om?",
        kind="people",
        hint="Den får besked, når der sker noget nyt. Den får aldrig at vide, hvem der gjorde det.",
        options=_kinds,
        start=lambda _, grant: grant.get("kinds"),
        needed=False,
    ),
    Field(
        name="scopes",
        label="Hvad må integrationen slå op?",
        kind="people",
        hint="Kun det, som alle i foreningen kan læse, og uden navne. Den kan ikke ændre noget.",
        options=[(scope.value, words.word("reads", scope.value)) for scope in Scope],
        start=lambda _, grant: grant.get("scopes"),
        needed=False,
    ),
)
KEY = Form(
    thing="grant",
    verb="make_credential",
    label="Lav en nøgle",
    title="En ny nøgle",
    send="Lav nøglen",
    intro="Nøglen viser integrationens program, når det skal ind. Der kan være to ad gangen, så en ny kan afløse en gammel.",
    path="/grants/{id}/credentials",
    fields=(
        Field(name="name", label="Hvad skal nøglen hedde?", hint="Fx Hjemmesiden, efterår 2026."),
        Field(
            name="days", label="Hvor mange dage skal den virke?", kind="number", needed=False, hint="Et år, når du intet skriver."
        ),
    ),
)
"""Not among the forms: what comes of it is shown once, on a page of its own."""

FORMS = (
    Form(
        thing="grant",
        verb="give",
        label="Giv en integration adgang",
        send="Giv adgang",
        intro="En integration er et andet system, fx jeres hjemmeside, administrationssystem eller beboerapp.",
        path="/grants",
        done="Integrationen har fået adgang. Lav en nøgle til den.",
        fields=(Field(name="name", label="Hvad hedder integrationen?", hint="Fx Hjemmesiden."), *WHAT),
    ),
    Form(
        thing="grant",
        verb="change",
        label="Ret adgangen",
        title="Ret integrationens adgang",
        send="Gem",
        path="/grants/{id}",
        method="PUT",
        done="Adgangen er rettet, og det gælder fra nu af.",
        fields=WHAT,
    ),
    Form(
        thing="grant",
        verb="test",
        label="Send en prøve",
        path="/grants/{id}/test",
        done="Prøven er sendt. Integrationen får den, næste gang den spørger.",
    ),
    Form(
        thing="grant",
        verb="revoke",
        label="Tag adgangen tilbage",
        path="/grants/{id}/revoke",
        tone="grave",
        done="Adgangen er taget tilbage.",
    ),
    Form(
        thing="credential",
        verb="revoke",
        label="Tag nøglen tilbage",
        path="/credentials/{id}/revoke",
        tone="grave",
        done="Nøglen virker ikke mere.",
    ),
)
