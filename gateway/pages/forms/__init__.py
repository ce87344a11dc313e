"""All that people can do here, as forms: one table, by thing and verb."""

from gateway.pages import words
from gateway.pages.forms import contributions, date_polls, decisions, groups, ideas, me, meetings, minutes, proposals
from gateway.pages.forms.form import Form

PARTS = (ideas, groups, meetings, date_polls, minutes, contributions, proposals, decisions, me)

FORMS: dict[tuple[str, str], Form] = {(form.thing, form.verb): form for part in PARTS for form in part.FORMS}

words.DONE.update({f"{thing}.{verb}": form.done for (thing, verb), form in FORMS.items()})
