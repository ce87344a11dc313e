"""What a form is: what it does to which thing, what it is called, and what there is to fill in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from gateway.pages.posted import Field


@dataclass(frozen=True, kw_only=True)
class Form:
    """Something that people do with a thing. Without fields it is one button.

    `label` is on the button that leads here, `title` heads its page, `send` is on its own button, `done` is said afterwards.
    `fixed` is sent with whatever is filled in. A `traceless` form is sent without a key of its own, so that no service has
    a reason to remember who sent what. `acts_for` names the field with
    the person for whom staff write it down.
    """

    thing: str
    verb: str
    label: str
    path: str
    title: str = ""
    send: str = ""
    intro: str = ""
    done: str = "Det er gjort."
    fields: Sequence[Field] = ()
    method: str = "POST"
    tone: str = "quiet"
    acts_for: str = ""
    fixed: Mapping[str, Any] | None = None
    traceless: bool = False

    @property
    def press(self) -> bool:
        """Whether one press is all there is to it."""
        return not self.fields

    @property
    def heading(self) -> str:
        """What its page is headed."""
        return self.title or self.label


@dataclass(frozen=True, kw_only=True)
class Action:
    """A button on a page: a press, or the way to a form."""

    label: str
    path: str
    press: bool
    tone: str
    key: str
    back: str | None = None
    whom: str = ""


READ = {
    "idea": "/ideas/{id}",
    "charter": "/charters/{id}",
    "amendment": "/amendments/{id}",
    "template": "/templates/{id}",
    "shared_template": "/shared_templates/{id}",
    "group": "/groups/{id}",
    "paper": "/groups/{id}",
    "work": "/work/{id}",
    "meeting": "/meetings/{id}",
    "minutes": "/minutes/{id}",
    "date_poll": "/date_polls/{id}",
    "proposal": "/proposals/{id}",
    "contribution": "/contributions/{id}",
    "theme": "/themes/{id}",
    "understanding": "/groups/{id}/shared_understanding",
    "anonymous_round": "/anonymous_rounds/{id}",
    "recommendation": "/recommendations/{id}",
    "docket": "/docket/{id}",
    "decision": "/decisions/{id}",
    "task": "/tasks/{id}",
    "comment": "/comments/{id}",
    "round": "/rounds/{id}",
    "review": "/reviews/{id}",
    "survey": "/surveys/{id}",
    "me": "/me",
    "interest": "/interest",
    "notice": "/notices/{id}",
    "grant": "/grants/{id}",
}
"""Where a thing is read, so that its form can begin with what is there. The others are only done something to."""

PAGE = {
    "idea": "/ideer/{id}",
    "my_ideas": "/ideer/mine",
    "comment": "/ideer/{idea_id}#kommentarer",
    "charter": "/kommissorier/{id}",
    "amendment": "/aendringer/{id}",
    "template": "/skabeloner/{id}",
    "templates": "/skabeloner",
    "shared_template": "/skabeloner/delte/{id}",
    "group": "/grupper/{id}",
    "work": "/grupper/{id}",
    "sign_up": "/grupper/{group_id}",
    "paper": "/grupper/{id}/ansoegninger",
    "paper_answer": "/grupper/{group_id}/ansoegninger",
    "meeting": "/moeder/{id}",
    "minutes": "/referater/{id}",
    "date_poll": "/datoer/{id}",
    "proposal": "/forslag/{id}",
    "contribution": "/grupper/{group_id}/arbejde",
    "theme": "/grupper/{group_id}/arbejde",
    "understanding": "/grupper/{group_id}/arbejde",
    "anonymous_round": "/grupper/{group_id}/arbejde",
    "act": "/grupper/{group_id}/hoert",
    "recommendation": "/forslag/{proposal_id}",
    "docket": "/dagsorden/{id}",
    "decision": "/beslutninger/{id}",
    "task": "/beslutninger/{decision_id}",
    "round": "/offentliggoerelser/{id}",
    "review": "/beslutninger/{decision_id}",
    "survey": "/spoergeskemaer/{id}",
    "me": "/mig",
    "interest": "/mig",
    "letter": "/breve/{notice_id}",
    "notice": "/breve/{id}",
    "grant": "/integrationer/{id}",
    "credential": "/integrationer/{grant_id}",
}
"""The page of a thing."""


def page_of(thing: str, facts: Mapping[str, Any]) -> str:
    """The page of this thing; the front page where it has none."""
    try:
        return PAGE[thing].format_map(facts)
    except KeyError:
        return "/"


def actions(
    forms: Mapping[tuple[str, str], Form],
    thing: str,
    facts: Mapping[str, Any],
    *,
    back: str | None = None,
    whom: str = "",
    query: str = "",
    without: Sequence[str] = (),
) -> list[Action]:
    """The buttons for what somebody can do with a thing now: what the service says they may, in its order."""
    known = [
        forms[(thing, verb)] for verb in dict.fromkeys(facts.get("may", ())) if (thing, verb) in forms and verb not in without
    ]
    return [
        Action(
            label=form.label,
            path=f"/goer/{form.thing}/{facts['id']}/{form.verb}{query}",
            press=form.press,
            tone=form.tone if form.tone != "main" else "",
            key=uuid4().hex,
            back=back,
            whom=whom,
        )
        for form in known
    ]
