"""Floor of a request: one Flask application with everything that the house does for it, in one file, for nothing else.

A signed token is verified, what comes in and goes out has a shape, entities are mapped, one transaction writes the change, how
many stand behind the idea, and the letter about it. Rows are kept apart by a `where`. `gunicorn 'bench.floors.web:create()'`.
"""

import json
import os
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import jinja2
from flask import Blueprint, Flask, Response, abort, current_app, g, jsonify, request
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from marshmallow import Schema, ValidationError, fields, validate
from sqlalchemy import ForeignKeyConstraint, Index, and_, create_engine, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload
from uuid_utils.compat import uuid7

from chassis.eyes import Eyes


class Base(DeclarativeBase):
    type_annotation_map = {dict[str, Any]: JSONB}  # noqa: RUF012


class Idea(Base):
    __tablename__ = "ideas"
    association_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    author_id: Mapped[UUID]
    title: Mapped[str]
    text: Mapped[str]
    origin: Mapped[str]
    state: Mapped[str]
    submitted_at: Mapped[datetime]
    endorsers: Mapped[int]
    __table_args__ = (Index("ideas_newest_ix", "association_id", "state", "submitted_at", "id"),)


class Endorsement(Base):
    __tablename__ = "endorsements"
    association_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    idea_id: Mapped[UUID] = mapped_column(primary_key=True)
    given_at: Mapped[datetime]
    __table_args__ = (Index("endorsements_of_idea_ix", "association_id", "idea_id"),)


class Letter(Base):
    __tablename__ = "outbox"
    association_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    body: Mapped[dict[str, Any]]
    state: Mapped[str]
    __table_args__ = (Index("outbox_waiting_ix", "association_id", "id", postgresql_where="state = 'waiting'"),)


class Group(Base):
    __tablename__ = "groups"
    association_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    purpose: Mapped[str]
    state: Mapped[str]
    members: Mapped[list["Member"]] = relationship(order_by="Member.name")
    meetings: Mapped[list["Meeting"]] = relationship(order_by="Meeting.starts")


class Member(Base):
    __tablename__ = "members"
    association_id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    category: Mapped[str]
    __table_args__ = (ForeignKeyConstraint(["association_id", "group_id"], ["groups.association_id", "groups.id"]),)


class Meeting(Base):
    __tablename__ = "meetings"
    association_id: Mapped[UUID] = mapped_column(primary_key=True)
    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    starts: Mapped[datetime]
    place: Mapped[str]
    state: Mapped[str]
    __table_args__ = (ForeignKeyConstraint(["association_id", "group_id"], ["groups.association_id", "groups.id"]),)


class NewIdea(Schema):
    title = fields.String(required=True, validate=validate.Length(1, 120))
    text = fields.String(required=True, validate=validate.Length(1, 5000))
    origin = fields.String(load_default="resident", validate=validate.OneOf(["resident", "board", "staff"]))


class ShownIdea(Schema):
    id = fields.UUID()
    author_id = fields.UUID()
    title = fields.String()
    text = fields.String()
    origin = fields.String()
    state = fields.String()
    submitted_at = fields.DateTime()
    endorsers = fields.Integer()


class ListAsked(Schema):
    limit = fields.Integer(load_default=20, validate=validate.Range(1, 100))
    before = fields.DateTime(load_default=None)


NEW, SHOWN, ASKED = NewIdea(), ShownIdea(), ListAsked()
REGISTRY = jwt.JWTClaimsRegistry(
    leeway=30, iss={"essential": True, "value": "floor"}, aud={"essential": True, "value": "floor"}, exp={"essential": True}
)
PAGE = jinja2.Environment(autoescape=True).from_string("""<!doctype html>
<html lang="da"><head><meta charset="utf-8"><title>{{ group.title }}</title></head><body><main>
<h1>{{ group.title }}</h1><p>{{ group.state }}</p><p>{{ group.purpose }}</p>
<h2>Deltagere</h2><ul>{% for each in group.members %}<li>{{ each.name }} ({{ each.category }})</li>{% endfor %}</ul>
<h2>Møder</h2><ul>{% for each in group.meetings %}
<li><a href="/meetings/{{ each.id }}">{{ each.starts.strftime("%d.%m.%Y kl. %H.%M") }}</a> {{ each.place }} {{ each.state }}</li>
{% endfor %}</ul></main></body></html>
""")


routes = Blueprint("floor", __name__)


def create() -> Flask:
    """The application, as FLOOR_DATABASE_URL and FLOOR_PUBLIC_KEYS say."""
    app = Flask("floor")
    app.extensions["eyes"] = Eyes(service="floor", part="web")  # gunicorn's settings here ask for them; nobody looks
    app.extensions["engine"] = create_engine(os.environ["FLOOR_DATABASE_URL"], pool_size=1)
    app.extensions["keys"] = KeySet.import_key_set(json.loads(os.environ["FLOOR_PUBLIC_KEYS"]))
    app.register_blueprint(routes)
    app.register_error_handler(ValidationError, lambda error: (jsonify(error.messages), 422))
    return app


def session() -> Session:
    """The entities of one request."""
    return Session(current_app.extensions["engine"], expire_on_commit=False)


@routes.before_request
def verify() -> None:
    """Who is asking."""
    if request.path == "/healthz":
        return
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        claims = jwt.decode(token, current_app.extensions["keys"], algorithms=["Ed25519"]).claims
        REGISTRY.validate(claims)
    except (JoseError, ValueError):
        abort(401)
    g.association, g.person = UUID(claims["association"]), UUID(claims["sub"])


@routes.get("/healthz")
def alive() -> Response:
    """It runs."""
    return jsonify(status="alive")


@routes.get("/ideas")
def list_ideas() -> Response:
    """The newest ideas, and whether I endorse each."""
    asked = ASKED.load(request.args)
    mine = and_(
        Endorsement.association_id == Idea.association_id, Endorsement.person_id == g.person, Endorsement.idea_id == Idea.id
    )
    wanted = select(Idea, Endorsement.idea_id).outerjoin(Endorsement, mine)
    wanted = wanted.where(Idea.association_id == g.association, Idea.state == "published")
    if asked["before"]:
        wanted = wanted.where(Idea.submitted_at < asked["before"])
    with session() as here:
        found = here.execute(wanted.order_by(Idea.submitted_at.desc(), Idea.id.desc()).limit(asked["limit"])).all()
        return jsonify(items=[SHOWN.dump(idea) | {"endorsed_by_me": mine is not None} for idea, mine in found])


@routes.post("/ideas")
def submit() -> tuple[Response, int]:
    """One more idea."""
    said = NEW.load(request.get_json())
    with session() as here, here.begin():
        idea = Idea(association_id=g.association, id=uuid7(), author_id=g.person, state="submitted", **said)
        idea.submitted_at, idea.endorsers = datetime.now(UTC), 0
        here.add_all([idea, _letter("idea.submitted", idea.id)])
    return jsonify(SHOWN.dump(idea) | {"endorsed_by_me": False}), 201


@routes.post("/ideas/<uuid:id>/endorse")
def endorse(id: UUID) -> Response:
    """Stand behind it, once."""
    with session() as here, here.begin():
        idea = here.get(Idea, (g.association, id), with_for_update=True)
        if idea is None:
            abort(404)
        if idea.state != "published" or idea.author_id == g.person or here.get(Endorsement, (g.association, g.person, id)):
            abort(409)
        given = Endorsement(association_id=g.association, person_id=g.person, idea_id=id, given_at=datetime.now(UTC))
        here.add_all([given, _letter("endorsement.given", id)])
        idea.endorsers += 1
    return jsonify(SHOWN.dump(idea) | {"endorsed_by_me": True})


@routes.get("/groups/<uuid:id>")
def see_group(id: UUID) -> str:
    """A group's page."""
    wanted = select(Group).where(Group.association_id == g.association, Group.id == id)
    with session() as here:
        found = here.scalar(wanted.options(selectinload(Group.members), selectinload(Group.meetings)))
        return PAGE.render(group=found) if found else abort(404)


def _letter(kind: str, about: UUID) -> Letter:
    body = {"type": kind, "tenantid": str(g.association), "subject": str(about), "data": {"person_id": str(g.person)}}
    return Letter(association_id=g.association, id=uuid7(), kind=kind, body=body, state="waiting")
