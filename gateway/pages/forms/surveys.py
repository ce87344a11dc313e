"""What a member answers when the group is done."""

from gateway.pages import words
from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field, Start

SAID = words.WORDS["survey"]


def _answered(name: str) -> Start:
    return lambda _, survey: ((survey.get("mine") or {}).get("reply") or {}).get(name)


def _recommends(_: object, survey: dict[str, dict[str, dict[str, object]]]) -> str | None:
    said = ((survey.get("mine") or {}).get("reply") or {}).get("would_recommend")
    return None if said is None else "yes" if said else "no"


SCALES = tuple(
    Field(name=name, label=SAID[name], kind="choice", options=choices.of("scale"), start=_answered(name), whole=True)
    for name in ("heard", "influence", "trust_board", "fairness", "ownership")
)

FORMS = (
    Form(
        thing="survey",
        verb="answer",
        label="Svar på spørgsmålene",
        title="Hvordan var det at være med?",
        send="Send mit svar",
        intro="Det tager to minutter. Du kan ændre dit svar, indtil spørgeskemaet lukker. "
        "Svarene bliver kun vist som antal, og kun når mindst fem har svaret.",
        path="/surveys/{id}/answer",
        tone="main",
        done="Tak for dit svar.",
        fields=(
            *SCALES,
            Field(
                name="would_recommend",
                label=SAID["would_recommend"],
                kind="choice",
                options=(("yes", "Ja"), ("no", "Nej")),
                means={"yes": True, "no": False},
                start=_recommends,
            ),
            Field(
                name="would_stand",
                label=SAID["would_stand"],
                kind="choice",
                options=choices.of("would"),
                start=_answered("would_stand"),
            ),
            Field(
                name="research",
                label="Mit svar må bruges i forskning i beboerdemokrati. Mit navn kommer aldrig med.",
                kind="yes",
                hint="Det er frivilligt, og du kan trække det tilbage ved at svare igen, så længe spørgeskemaet er åbent.",
                start=lambda _, survey: (survey.get("mine") or {}).get("research"),
                needed=False,
            ),
        ),
    ),
)
"""Nothing to write in free words: nobody is known by what they write."""
