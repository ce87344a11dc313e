"""What somebody chooses about themselves."""

from gateway.pages.forms import choices
from gateway.pages.forms.form import Form
from gateway.pages.posted import Field

FORMS = (
    Form(
        thing="me",
        verb="present",
        label="Ret mine oplysninger",
        title="Mine oplysninger",
        send="Gem",
        path="/me",
        method="PUT",
        done="Dine oplysninger er gemt.",
        fields=(
            Field(
                name="chosen_name",
                label="Det vil jeg kaldes",
                hint="Sådan står dit navn på siderne. Lad feltet stå tomt, hvis det skal være dit eget navn.",
                start=lambda _, me: me.get("chosen_name"),
                blank="",
                needed=False,
            ),
            Field(
                name="contact",
                label="Sådan vil jeg have besked",
                kind="choice",
                options=choices.of("contact"),
                start=lambda _, me: me.get("contact"),
                needed=False,
            ),
        ),
    ),
)
"""Everything else about a person comes from the association's own register."""
