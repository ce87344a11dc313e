"""What people do with anonymous rounds."""

from gateway.pages.forms.form import Form
from gateway.pages.forms.groups import there
from gateway.pages.posted import Field

FORMS = (
    Form(
        thing="work",
        verb="open_round",
        label="Spørg gruppen anonymt",
        title="Spørg gruppen anonymt",
        intro="Hvert medlem kan svare én gang. Det bliver ikke gemt, hvem der har svaret hvad. Svarene vises først, når du "
        "lukker runden, og kun hvis mindst tre har svaret.",
        send="Åbn runden",
        path="/groups/{id}/anonymous_rounds",
        done="Runden er åben.",
        fields=(Field(name="question", label="Spørgsmål", kind="text"),),
    ),
    Form(
        thing="anonymous_round",
        verb="answer",
        label="Svar anonymt",
        title="Svar anonymt",
        intro="Det bliver ikke gemt, at svaret er dit. Det vises sammen med de andres, når runden er lukket, og kun hvis mindst "
        "tre har svaret. Undgå at skrive noget, man kan kende dig på. Du kan ikke rette svaret bagefter.",
        send="Send svaret",
        path="/anonymous_rounds/{id}/answer",
        tone="main",
        traceless=True,
        done="Tak. Dit svar er med, uden navn.",
        fields=(
            Field(name="question", kind="told", start=there("question")),
            Field(name="text", label="Dit svar", kind="text"),
        ),
    ),
    Form(
        thing="anonymous_round",
        verb="close",
        label="Luk runden og vis svarene",
        path="/anonymous_rounds/{id}/close",
        done="Runden er lukket.",
    ),
)
