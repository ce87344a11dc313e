"""What programs outside read about the events before they ask for any: the AsyncAPI document, and a schema for each type."""

from functools import cache

from flask import Blueprint, Response, abort, json

from contracts.described import asyncapi, schemas

routes = Blueprint("said_outside", __name__)
A_DAY = "public, max-age=86400"


@routes.get("/asyncapi.json")
def document() -> Response:
    """Every event that an association can let a partner hear."""
    return _kept(_document(), "application/json")


@routes.get("/schemas/<name>.json")
def schema(name: str) -> Response:
    """The form of one event's data: what `dataschema` of the event points at."""
    found = _schemas().get(name)
    return abort(404) if found is None else _kept(found, "application/schema+json")


def _kept(text: str, kind: str) -> Response:
    return Response(text, content_type=kind, headers={"Cache-Control": A_DAY, "Cross-Origin-Resource-Policy": "cross-origin"})


@cache
def _document() -> str:
    return json.dumps(asyncapi())


@cache
def _schemas() -> dict[str, str]:
    return {name: json.dumps(found) for name, found in schemas().items()}
