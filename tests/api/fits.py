"""Holds every answer of a service to what its document says: status, content type, and each field of the body."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from http import HTTPStatus
from typing import Any

import jsonschema_rs
from flask import Flask
from werkzeug.test import run_wsgi_app

from chassis.document import METHODS, described
from chassis.service import Service


class Unlike(AssertionError):
    """An answer is not as the document says."""


class Fits:
    """A service's application, each of whose answers is looked at. `seen` remembers what was answered with what."""

    def __init__(self, app: Flask, service: Service) -> None:
        self.wsgi_app, self.said = app.wsgi_app, Said(described(service.name, service.routes))
        self.seen: set[tuple[str, str]] = set()

    def __call__(self, environ: Any, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request, and look whether the answer is one that the document speaks of."""
        pieces, status, headers = run_wsgi_app(self.wsgi_app, environ)
        body, method = b"".join(pieces), environ["REQUEST_METHOD"].lower()
        found = self.said.find(method, environ["PATH_INFO"]) if method in METHODS else None
        if found:
            code = status.partition(" ")[0]
            self.seen.add((found, code))
            self.said.must_fit(found, code, headers.get("Content-Type", ""), body, partner=a_partner(environ))
        start_response(status, list(headers))
        return [body]


class Said:
    """One service's document, made ready to be asked."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.paths = [(re.compile(re.sub(r"\{[^}]*\}", "[^/]+", path)), item) for path, item in document["paths"].items()]
        self.operations = {op["operationId"]: op for _, item in self.paths for name, op in item.items() if name in METHODS}
        self.strict = json.loads(json.dumps(document["components"]["schemas"]))
        for shape in self.strict.values():
            if "properties" in shape and "additionalProperties" not in shape:
                shape["additionalProperties"] = False
        self.checks = cache(self._check)

    def find(self, method: str, path: str) -> str | None:
        """The operation that is asked for: a path that is written so goes before one with a parameter there."""
        there = [item for known, item in self.paths if known.fullmatch(path) and method in item]
        item = self.document["paths"].get(path) or (there[0] if there else {})
        return item[method]["operationId"] if method in item else None

    def must_fit(self, name: str, status: str, content_type: str, body: bytes, *, partner: bool = False) -> None:
        """Raise `Unlike` where the document says something else. A fault of ours is not described: others look for it."""
        if int(status) >= 500:
            return
        answer = self.operations[name]["responses"].get(status)
        if answer is None and int(status) not in {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_MODIFIED}:
            raise Unlike(f"{name} answers {status}, of which the document says nothing")
        for wrong in self.checks(name, status, content_type.partition(";")[0], partner)(body) if answer is not None else ():
            raise Unlike(f"{name} {status}: {wrong}")

    def _check(self, name: str, status: str, content_type: str, partner: bool) -> Callable[[bytes], Iterator[str]]:
        answer = self.operations[name]["responses"][status]
        answer = self.document["components"]["responses"][status] if "$ref" in answer else answer
        content = answer.get("content", {})
        if content and content_type not in content:
            return lambda _: iter([f"{content_type} is not one of {sorted(content)}"])
        if not content:
            return lambda body: iter(["a body that the document says nothing of"] if body.strip() else [])
        if not content_type.endswith("json"):
            return lambda _: iter(())
        schema = content[content_type]["schema"]
        schema = schema.get("anyOf", [schema] * 2)[partner] | {"components": {"schemas": self.strict}}
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        return lambda body: (
            f"{'.'.join(map(str, e.instance_path))}: {e.message}" for e in validator.iter_errors(json.loads(body))
        )


def a_partner(environ: Mapping[str, Any]) -> bool:
    """Whether a token says that a partner's program asks; whether it is a good one, others look."""
    claims = (environ.get("HTTP_AUTHORIZATION", "").split(".") + [""])[1]
    try:
        return "credential" in json.loads(urlsafe_b64decode(f"{claims}=="))
    except ValueError:
        return False


def hold(apps: Mapping[str, Flask], services: Iterable[Service]) -> dict[str, Fits]:
    """Look at every answer of these applications from now on."""
    by_name = {service.name: service for service in services}
    held = {name: Fits(app, by_name[name]) for name, app in apps.items()}
    for name, app in apps.items():
        app.wsgi_app = held[name]  # type: ignore[method-assign]
    return held
