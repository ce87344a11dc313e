"""All that people can do here, as forms: one table, by thing and verb."""

from gateway.pages import words
from gateway.pages.forms import charters, decisions, groups, ideas, interest, me, meetings, paper
from gateway.pages.forms.form import Form

FORMS: dict[tuple[str, str], Form] = {
    (form.thing, form.verb): form
    for part in (ideas, charters, groups, paper, meetings, decisions, me, interest)
    for form in part.FORMS
}

words.DONE.update({f"{thing}.{verb}": form.done for (thing, verb), form in FORMS.items()})
