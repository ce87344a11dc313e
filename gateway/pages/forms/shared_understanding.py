"""What people do with the group's shared understanding."""

from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.forms.groups import there
from gateway.pages.posted import Field

READ_EDITION = Field(name="edition", kind="version", start=there("edition"))

FORMS = (
    Form(
        thing="work",
        verb="word_understanding",
        label="Skriv jeres fælles forståelse",
        title="Jeres fælles forståelse",
        intro="Én sætning om, hvad problemet er. Bagefter siger hver især, hvor enig man er.",
        send="Gem sætningen",
        path="/groups/{id}/shared_understanding",
        done="Sætningen er gemt. Nu kan alle sige, hvor enige de er.",
        fields=(Field(name="text", label="Sætningen", kind="text"),),
    ),
    Form(
        thing="understanding",
        verb="reword",
        label="Skriv den om",
        title="Skriv sætningen om",
        intro="Den gamle udgave bliver gemt, og alle spørges igen.",
        send="Gem den nye udgave",
        path="/groups/{id}/shared_understanding",
        method="PUT",
        done="Den nye udgave er gemt. Nu kan alle sige, hvor enige de er.",
        fields=(READ_EDITION, Field(name="text", label="Sætningen", kind="text", start=there("text"))),
    ),
    Form(
        thing="understanding",
        verb="agree",
        label="Hvor enig er du?",
        title="Hvor enig er du?",
        send="Gem mit svar",
        path="/groups/{id}/shared_understanding/agree",
        done="Tak. Dit svar er noteret.",
        fields=(
            READ_EDITION,
            Field(name="text", kind="told", start=there("text")),
            Field(
                name="level", label="Dit svar", kind="choice", options=choices.of("level"), whole=True, start=there("my_level")
            ),
        ),
    ),
)
