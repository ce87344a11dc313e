"""All that people can do here, as forms: one table, by thing and verb."""

from gateway.pages import words
from gateway.pages.forms import (
    anonymous_rounds,
    charters,
    contributions,
    date_polls,
    decisions,
    grants,
    groups,
    ideas,
    interest,
    leadership_acts,
    letters,
    me,
    meetings,
    minutes,
    paper,
    proposals,
    rounds,
    shared_understanding,
    surveys,
    tasks,
)
from gateway.pages.forms.form import Form

BEFORE = (ideas, charters, groups, paper)
TOGETHER = (contributions, shared_understanding, leadership_acts, anonymous_rounds, proposals)
PARTS = (
    ideas,
    charters,
    groups,
    paper,
    meetings,
    date_polls,
    minutes,
    *TOGETHER,
    decisions,
    rounds,
    tasks,
    surveys,
    me,
    interest,
    letters,
    grants,
)

FORMS: dict[tuple[str, str], Form] = {(form.thing, form.verb): form for part in PARTS for form in part.FORMS}

words.DONE.update({f"{thing}.{verb}": form.done for (thing, verb), form in FORMS.items()})
