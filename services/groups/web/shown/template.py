"""What is shown of a template: our own, and one that others share."""

from chassis.answers import Answer, Choice, Id, May, Moment, Number, Words, all_of
from services.groups.rules.template import Pattern, State


class TemplateShown(Answer):
    """One of our own templates."""

    version = Number()

    class Meta(Answer.Meta):
        include = all_of(Pattern)

    id = Id()
    title = Words()
    good_for = Words()
    kept_at = Moment()
    state = Choice(State)
    shown_as = Words()
    may = May()


class SharedTemplate(Answer):
    """A template that an association shares, under the name that it chose to show, if any."""

    class Meta(Answer.Meta):
        include = all_of(Pattern)

    id = Id()
    title = Words()
    good_for = Words()
    shown_as = Words()
    shared_at = Moment()
    may = May()
