"""The API told to those who program against it: the document itself, and the same as a page to read."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from flask import Blueprint, Response, json, render_template, request
from markupsafe import Markup

from gateway import document
from gateway.pages import show

pages = Blueprint("api_pages", __name__)

AN_HOUR = "public, max-age=3600"
FORMS = {"uuid": "an id", "date": "a day", "date-time": "a moment"}
KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "facts by name",
}


@pages.get("/openapi.json")
def as_document() -> Response:
    """The document, as programs read it."""
    return _kept(Response(document.kept(), content_type="application/json"))


@pages.get("/openapi.html")
def as_page() -> Response:
    """The same, as people read it."""
    answer = show.page("api.html", info=_document()["info"], told=_told())
    answer.headers["Cache-Control"] = AN_HOUR
    return answer


def _kept(answer: Response) -> Response:
    answer.headers["Cache-Control"] = AN_HOUR
    answer.add_etag()
    answer.make_conditional(request)
    return answer


@cache
def _document() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(document.kept())
    return found


@cache
def _told() -> Markup:
    """Everything but the frame, which is the same for everybody and made once."""
    found = _document()
    chapters = {tag["name"]: {"says": tag["description"], "operations": []} for tag in found["tags"]}
    for path, method, operation in document.operations(found["paths"]):
        shown = _operation(path, method, operation, found["paths"][path].get("parameters", []))
        chapters[operation["tags"][0]]["operations"].append(shown)
    shapes = [_shape(name, schema) for name, schema in found["components"]["schemas"].items()]
    return Markup(render_template("api_told.html", chapters=chapters, shapes=shapes))  # noqa: S704  our own template


def _operation(path: str, method: str, operation: Mapping[str, Any], of_path: list[dict[str, Any]]) -> dict[str, Any]:
    asked = [each for each in [*of_path, *operation["parameters"]] if "$ref" not in each]
    body = operation.get("requestBody", {}).get("content", {})
    done, answer = next((status, found) for status, found in operation["responses"].items() if status < "300")
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "says": operation["summary"],
        "leaving": operation.get("deprecated", False),
        "more": operation.get("description", ""),
        "asked": [(each["name"], each["in"], list(_words(each["schema"]))) for each in asked],
        "body": [list(_words(content["schema"])) for content in body.values()],
        "done": done,
        "answer": [list(_words(content["schema"])) for content in answer.get("content", {}).values()],
        "refusals": [status for status in operation["responses"] if status >= "400"],
    }


def _shape(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    must = schema.get("required", [])
    fields = [(field, field in must, list(_words(says))) for field, says in schema.get("properties", {}).items()]
    return {"name": name, "says": schema.get("description", ""), "fields": fields}


def _words(schema: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """A form in words: pieces of text, each perhaps the name of a shape."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield name, name
    elif "anyOf" in schema:
        for place, each in enumerate(schema["anyOf"]):
            if place:
                yield " or ", None
            yield from _words(each)
    elif "items" in schema:
        yield "a list of: ", None
        yield from _words(schema["items"])
    elif isinstance(schema.get("additionalProperties"), Mapping):
        yield "by name: ", None
        yield from _words(schema["additionalProperties"])
    else:
        yield _plain(schema), None


def _plain(schema: Mapping[str, Any]) -> str:
    kinds = schema.get("type", "anything")
    kind, *perhaps = [kinds] if isinstance(kinds, str) else kinds
    said = FORMS.get(schema.get("format", ""), KINDS.get(kind, "nothing" if kind == "null" else kind))
    words = [str(word) for word in schema.get("enum", ()) if word is not None]
    bounds = {"maxLength": "at most {} signs", "minimum": "from {}", "maximum": "to {}"}
    parts = [f"one of {', '.join(words)}" if words else said]
    parts += [text.format(schema[name]) for name, text in bounds.items() if name in schema]
    return ", ".join(parts) + (" or null" if perhaps else "")
