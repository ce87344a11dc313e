"""A page as a browser without JavaScript sees it: what it says, its links, its forms and their fields."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any


@dataclass
class Control:
    """A field: what it holds now, and what else it could hold."""

    name: str
    kind: str
    value: str = ""
    chosen: bool = False
    options: dict[str, str] = field(default_factory=dict)


@dataclass
class Form:
    """A form: where it goes, its fields, and its buttons by label."""

    action: str
    method: str
    controls: list[Control] = field(default_factory=list)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)

    def sends(self, **filled: Any) -> list[tuple[str, str]]:
        """What is sent when these fields are filled in; lists tick boxes, a label chooses its option."""
        names = {control.name for control in self.controls}
        assert set(filled) <= names, f"no such field: {set(filled) - names}; there are {sorted(names)}"
        return [pair for control in self.controls for pair in self._of(control, filled)]

    @staticmethod
    def _of(control: Control, filled: dict[str, Any]) -> list[tuple[str, str]]:
        if control.name not in filled:
            holds = control.chosen if control.kind in {"checkbox", "radio"} else True
            return [(control.name, control.value)] if holds else []
        wanted = filled[control.name]
        if control.kind in {"checkbox", "radio"}:
            label = next(iter(control.options.values()), "")
            ticked = wanted if isinstance(wanted, list | set | tuple) else [wanted]
            return [(control.name, control.value)] if control.value in ticked or label in ticked or wanted is True else []
        by_label = {label: value for value, label in control.options.items()}
        if control.kind == "select":
            assert wanted in control.options or wanted in by_label, f"{wanted!r} is none of {control.options}"
        return [(control.name, by_label.get(wanted, wanted))]


class Page(HTMLParser):
    """Read a page; unclosed or unknown things are the browser's to forgive, not ours: ids must be unique, labels bound."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: dict[str, str] = {}
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.described: set[str] = set()
        self.needs_label: set[str] = set()
        self.inline: list[str] = []
        self.headings: list[int] = []
        self._form: Form | None = None
        self._text: list[str] = []
        self._taking: list[tuple[str, Any]] = []
        self._in_label: list[Control] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        had = {name: value or "" for name, value in attrs}
        self.ids += [had["id"]] if "id" in had else []
        self.inline += [f"{tag} {name}" for name in had if name == "style" or name.startswith("on")]
        self.inline += [tag] if tag == "style" or (tag == "script") else []
        self.described |= set(had.get("aria-describedby", "").split())
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(int(tag[1]))
        if tag == "label":
            self.labelled |= {had["for"]} if "for" in had else set()
            self._in_label = []
            self._begin("label", None)
        if tag == "form":
            self._form = Form(had.get("action", ""), had.get("method", "get"))
            self.forms.append(self._form)
        if tag in {"input", "textarea", "select"}:
            self._control(tag, had)
        if tag == "option" and self._form:
            self._begin("option", had)
        if tag in {"button", "a"}:
            self._begin(tag, had)

    def _control(self, tag: str, had: dict[str, str]) -> None:
        kind = had.get("type", "text") if tag == "input" else tag
        made = Control(had.get("name", ""), kind, had.get("value", ""), "checked" in had)
        if self._form and made.name:
            self._form.controls.append(made)
        if kind != "hidden" and self._in_label is None:
            self.needs_label.add(had.get("id", "(no id)"))
        if self._in_label is not None:
            self._in_label.append(made)
        if tag == "textarea":
            self._begin("textarea", made)

    def _begin(self, tag: str, about: Any) -> None:
        self._taking.append((tag, about))
        self._text.append("")

    def handle_data(self, data: str) -> None:
        self._text = [text + data for text in self._text]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if not self._taking or self._taking[-1][0] != tag:
            return
        _, about = self._taking.pop()
        raw = self._text.pop()
        said = " ".join(raw.split())
        if tag == "label":
            for control in self._in_label or []:
                control.options = {control.value: said}
            self._in_label = None
        else:
            self._ended(tag, about, raw.removeprefix("\n") if tag == "textarea" else said)

    def _ended(self, tag: str, about: Any, said: str) -> None:
        if tag == "textarea":
            about.value = said
        elif tag == "option" and self._form:
            select, value = self._form.controls[-1], about.get("value", said)
            select.options[value] = said
            select.value = value if "selected" in about else select.value
        elif tag == "button" and self._form:
            self._form.buttons.setdefault(said, (about.get("name", ""), about.get("value", "")))
        elif tag == "a":
            self.links.setdefault(said, about.get("href", ""))

    def form_with(self, label: str) -> Form:
        """The form whose button says this."""
        found = [form for form in self.forms if any(button.startswith(label) for button in form.buttons)]
        assert found, f"no button says {label!r}; there are {[b for f in self.forms for b in f.buttons]} and {list(self.links)}"
        return found[0]

    def link(self, label: str) -> str:
        """Where the link that says this leads."""
        found = [href for said, href in self.links.items() if said.startswith(label)]
        assert found, f"no link says {label!r}; there are {list(self.links)}"
        return found[0]
