"""What staff do with letters on paper: say that they are sent."""

from collections.abc import Mapping
from typing import Any

from gateway.pages.forms.form import Form
from gateway.pages.posted import Field

AT_ONCE = 100


def _to_send(visit: Any, notice: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The letters that are still to be sent, by whom they are to."""
    left = visit.items(f"/notices/{notice['id']}/letters", state="to_send", limit=AT_ONCE)
    visit.learn_names(left)
    return sorted(((each["id"], visit.name(each["person_id"])) for each in left), key=lambda pair: str(pair[1]))


FORMS = (
    Form(
        thing="letter",
        verb="send",
        label="Markér som sendt",
        path="/letters/{id}/send",
        done="Brevet er markeret som sendt.",
    ),
    Form(
        thing="notice",
        verb="send",
        label="Markér flere som sendt",
        title="Hvilke breve er sendt?",
        send="Markér dem som sendt",
        intro="Fjern krydset ud for dem, der ikke er sendt endnu.",
        path="/notices/{id}/send",
        done="Brevene er markeret som sendt.",
        fields=(
            Field(
                name="letters",
                label="Breve til",
                kind="people",
                options=_to_send,
                start=lambda visit, notice: [id for id, _ in _to_send(visit, notice)],
            ),
        ),
    ),
)
