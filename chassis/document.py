"""How a service describes its own routes: an OpenAPI 3.1 document, made from the routes and the shapes that stand beside them."""

import inspect
from collections.abc import Iterator, Sequence
from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from flask_smorest import Api
from flask_smorest.spec.plugins import FlaskPlugin

from chassis.answers import OneOf
from chassis.partners import AHEAD, Opened, are_of, opened_to
from chassis.shapes import Day, Moment, Shape, Text

VERSION = "3.1.0"
METHODS = ("get", "post", "put", "patch", "delete")
CONTROL = r"\x00-\x08\x0B\x0C\x0E-\x1F"
"""What no text may contain: signs that cannot be printed, but for tabs and new lines."""

REFUSALS = {
    400: "What was sent cannot be read as JSON.",
    401: "Nobody is signed in.",
    403: "Not allowed: whoever asks may not do this.",
    404: "Not found, or not for whoever asks to see; the two are not told apart.",
    409: "Not now: the thing is not in a state in which this can be done. Its slug says why.",
    412: "Somebody else wrote since the version that `If-Match` names; `facts` has what stands now.",
    413: "Too much at once.",
    422: "Something sent is missing or has the wrong form, and is named; or the `Idempotency-Key` was used for something else.",
    429: "Too often. `Retry-After` says in how many seconds to try again.",
}
"""Every way to say no. A fault of ours (5xx) is no answer that anybody can rely on, and is not described."""

MORE_HEADERS = {
    429: {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 0}}},
}
FIELD_REFUSED = {
    "type": "object",
    "description": "What is wrong with one field.",
    "required": ["field", "slug", "says"],
    "properties": {
        "field": {"type": "string", "description": "The field's name, or its path: `agenda.0.title`."},
        "slug": {"type": "string", "description": "What is wrong, for programs."},
        "says": {"type": "string", "description": "What is wrong, for people."},
    },
}
SAYS = {
    "type": {"type": "string", "format": "uri-reference", "examples": ["/problems/not-found"]},
    "title": {"type": "string", "description": "The sentence for people, in the language that was asked for."},
    "status": {"type": "integer"},
    "slug": {"type": "string", "description": "The refusal for programs; it stays the same.", "examples": ["not-found"]},
    "facts": {"type": "object", "description": "What the sentence speaks of, for programs."},
}
PROBLEM = {
    "type": "object",
    "description": "Why not, as problem details (RFC 9457).",
    "required": ["type", "title", "status", "slug", "facts"],
    "properties": SAYS,
}
MALFORMED = PROBLEM | {
    "description": "Which fields are wrong, where fields are.",
    "properties": SAYS | {"fields": {"type": "array", "items": {"$ref": "#/components/schemas/FieldRefused"}}},
}
COMMON = {"FieldRefused": FIELD_REFUSED, "Problem": PROBLEM, "Malformed": MALFORMED}
"""The shapes that all services share; every other one bears its service's name."""


def described(name: str, routes: Sequence[Any]) -> dict[str, Any]:
    """All that a service answers, as it calls its own paths."""
    app = Flask(name)
    app.config.update(API_TITLE=name, API_VERSION="1", OPENAPI_VERSION=VERSION)
    shapes = MarshmallowPlugin(schema_name_resolver=lambda shape: f"{name}.{_class(shape).__name__}")
    api = _Api(app, spec_kwargs={"marshmallow_plugin": shapes})
    converter: Any = shapes.converter
    for says in (_text, _bounds, _word, _one_of, _example):
        converter.add_attribute_function(says)
    for blueprint in routes:
        api.register_blueprint(blueprint)
    said: dict[str, Any] = api.spec.to_dict()
    kept = said.setdefault("components", {}).setdefault("schemas", {})
    for (shape, *_), component in converter.refs.items():
        kept[component] = {"description": _sentences(shape.__doc__)} | kept[component]
    kept |= COMMON
    said["components"] = {"schemas": kept, "responses": {str(status): _refusal(status) for status in REFUSALS}}
    for path, method, view in _views(app):
        operation = said["paths"][path][method]
        _finish(operation, method, f"{name}.{view.rpartition('.')[2]}", kept)
        if method == "get" and (to := opened_to(app.view_functions[view])):
            _open(operation, to, kept)
    return said


class _Api(Api):  # type: ignore[misc]  # flask-smorest carries no types
    """Says nothing of answers in general: each is described by itself."""

    DEFAULT_ERROR_RESPONSE_NAME = None


def _views(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Every path, method and view that is described."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static":
            path = FlaskPlugin.flaskpath2openapi(rule.rule)
            yield from ((path, each, rule.endpoint) for each in METHODS if each.upper() in (rule.methods or ()))


def _finish(operation: dict[str, Any], method: str, name: str, shapes: dict[str, Any]) -> None:
    operation["operationId"] = name
    for asked in operation.get("parameters", []):
        asked["schema"] = _without_null(asked["schema"])
    if body := operation.get("requestBody"):
        refs = [content["schema"].get("$ref", "") for content in body["content"].values()]
        body["required"] = any("required" in shapes.get(ref.rpartition("/")[2], {"required": True}) for ref in refs)
    answers = operation["responses"]
    answers.pop("422", None)
    for status, answer in answers.items():
        if status >= "400":
            answer.update(_refusal(int(status), answer["description"]))
        else:
            answer["description"] = "Done." if status == "204" else "Made." if status == "201" else "As asked."
    common = {str(status): {"$ref": f"#/components/responses/{status}"} for status in _may_say(operation, method)}
    answers |= {status: answer for status, answer in common.items() if status not in answers}


def _open(operation: dict[str, Any], to: Opened, shapes: dict[str, Any]) -> None:
    """Say which partners may ask this, and what of the answer they get."""
    operation["security"] = [*([] if to.alone else [{"session": []}]), {"credential": [to.scope]}]
    only = f" Of the answer, or of each thing in a list, it gets {', '.join(to.fields)}, and nothing else." if to.fields else ""
    said = f"A partner's program needs the scope {to.scope}.{only}"
    operation["description"] = f"{operation.get('description', '')} {said}".strip()
    if to.fields:
        content = operation["responses"]["200"]["content"]["application/json"]
        whole = content["schema"]
        content["schema"] = {"anyOf": [whole, _for_partners(whole["$ref"], to.fields, shapes)]}


def _for_partners(ref: str, fields: tuple[str, ...], shapes: dict[str, Any]) -> dict[str, Any]:
    """What leaves of a shape, as a shape of its own. Raises `ValueError` where one shape leaves in two ways."""
    name = ref.rpartition("/")[2]
    inside = shapes[name]["properties"]
    if are_of(inside, fields):
        kept = {field: inside[field] for field in fields if field in inside}
    else:
        each = _for_partners(inside["items"]["items"]["$ref"], fields, shapes)
        kept = {name: inside[name] for name in AHEAD if name in inside} | {"items": inside["items"] | {"items": each}}
    must = [field for field in shapes[name].get("required", []) if field in kept]
    made = {"description": f"What a partner gets of {name}.", "type": "object", "properties": kept, "required": must}
    if shapes.setdefault(f"{name}ForPartners", made) != made:
        raise ValueError(f"{name} leaves in two ways")
    return {"$ref": f"{ref}ForPartners"}


def _may_say(operation: dict[str, Any], method: str) -> list[int]:
    """The ways in which this may be refused."""
    body, asked = "requestBody" in operation, "requestBody" in operation or operation.get("parameters")
    changes = method != "get"
    only_if = {400: body, 409: changes, 412: changes, 413: body, 422: changes or bool(asked)}
    return [status for status in REFUSALS if only_if.get(status, True)]


def _refusal(status: int, says: str = "") -> dict[str, Any]:
    shape = "Malformed" if status == 422 else "Problem"
    content = {"application/problem+json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}}
    headers = {"headers": MORE_HEADERS[status]} if status in MORE_HEADERS else {}
    return {"description": says or REFUSALS[status], "content": content, **headers}


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """A query cannot say null: what is not asked for is left out."""
    kept = {key: value for key, value in schema.items() if not (key == "default" and value is None)}
    if isinstance(kept.get("type"), list):
        (kept["type"],) = (each for each in kept["type"] if each != "null")
    return kept | ({"enum": [each for each in kept["enum"] if each is not None]} if "enum" in kept else {})


def _text(_: Any, field: Any, ret: dict[str, Any], **__: Any) -> dict[str, Any]:
    """What a text may contain. Where it must not be empty, blanks alone do not count."""
    if not isinstance(field, Text):
        return {}
    must = field.least > 0
    if must and ret.get("default") == "":
        del ret["default"]  # nothing is said where nothing is sent
    return {"pattern": f"^[^{CONTROL}]*[^{CONTROL}\\s][^{CONTROL}]*$" if must else f"^[^{CONTROL}]*$"}


def _bounds(_: Any, __: Any, ret: dict[str, Any], **___: Any) -> dict[str, Any]:
    """At least nothing is no bound."""
    for least in ("minLength", "minItems"):
        if ret.get(least) == 0:
            del ret[least]
    return {}


def _word(_: Any, field: Any, ret: dict[str, Any], **__: Any) -> dict[str, Any]:
    """Our enumerations are words."""
    if "enum" not in ret or "type" in ret:
        return {}
    return {"type": ["string", "null"] if field.allow_none else "string"}


def _one_of(converter: Any, field: Any, **_: Any) -> dict[str, Any]:
    if not isinstance(field, OneOf):
        return {}
    return {"anyOf": [converter.resolve_nested_schema(shape) for shape in field.shapes] + [{"type": "null"}] * field.allow_none}


def _example(_: Any, field: Any, **__: Any) -> dict[str, Any]:
    """How days and moments are written."""
    if not isinstance(getattr(field, "root", None), Shape):
        return {}
    examples = {Day: "2026-03-24", Moment: "2026-03-24T17:00:00+01:00"}
    return next(({"examples": [said]} for kind, said in examples.items() if isinstance(field, kind)), {})


def _class(shape: Any) -> Any:
    return shape if inspect.isclass(shape) else type(shape)


def _sentences(doc: str | None) -> str:
    return " ".join((doc or "").split())
