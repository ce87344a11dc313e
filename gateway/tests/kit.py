"""The front door for tests: with the real people and ideas behind it, or with a fake that shows what arrives."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, Response, jsonify, request
from flask.testing import FlaskClient
from joserfc.jwk import OKPKey
from werkzeug.datastructures import MultiDict

from chassis.identity import Identity
from chassis.tokens import Signer
from deploy.postgres.provision import provision, url_for
from gateway.app import create_gateway
from gateway.services import Services
from gateway.settings import GatewaySettings
from gateway.store import SERVICE
from gateway.tests.page import Page
from tests.kit import PLENTY

OURS = {"Sec-Fetch-Site": "same-origin"}
MOVED_IN: dict[str, Any] = {"name": "Boligforeningen Prøvelunden"}


def database(admin_url: str) -> str:
    """The gateway's own database, which all tests of a run share: each brings associations of its own."""
    provision(admin_url, SERVICE, {role: f"test-{role}" for role in ("gateway", "gateway_post")})
    return url_for(admin_url, "gateway", "test-gateway", "gateway")


def door_to(apps: Mapping[str, Any], key: OKPKey, database_url: str, **more: Any) -> Flask:
    """A front door to these services."""
    settings = GatewaySettings(key=key, database_url=database_url, services=Services.here(apps), demo=True, **PLENTY | more)
    return create_gateway(settings)


class Mirror:
    """A service that answers with what arrived."""

    def __init__(self) -> None:
        self.app = Flask("mirror")
        self.seen: list[dict[str, Any]] = []
        methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
        self.app.add_url_rule("/<path:rest>", "all", self.answer, methods=methods)

    def answer(self, rest: str) -> Response:
        """What arrived."""
        seen = {"path": f"/{rest}", "query": request.query_string.decode(), "headers": dict(request.headers)}
        self.seen.append(seen | {"body": request.get_data()})
        return jsonify(path=seen["path"], query=seen["query"])


class Village:
    """An association with its people, made anew for a test, and somebody's browser at its door."""

    def __init__(self, gateway: Flask, people: Flask, key: OKPKey, host: str | None = None) -> None:
        self.gateway, self.people, self.id, self.slug = gateway, people, uuid4(), f"p{uuid4().hex[:12]}"
        token = Signer(key).sign(Identity(association_id=self.id), audience="people")
        self.house = {"Authorization": f"Bearer {token}"}
        self.tell("/associations", json={**MOVED_IN, "slug": self.slug, "cvr": "99999004", "lbf_number": "9901", "host": host})

    def tell(self, path: str, **how: Any) -> Any:
        """Ask people as the house."""
        headers = {**how.pop("headers", {}), **self.house}
        answer = self.people.test_client().post(path, headers=headers, **how)
        assert answer.status_code < 400, answer.text
        return answer.json

    def move_in(self, departments: str, persons: str) -> None:
        """Let departments and people in, as files."""
        for what, rows in (("departments", departments), ("persons", persons)):
            came = self.tell(f"/imports/{what}", data=rows.encode(), headers={"Content-Type": "text/csv"})
            assert not came["problems"], came

    def browser(self) -> "Browser":
        """A browser that nobody is signed in with."""
        return Browser(self.gateway.test_client(), self.slug)

    def visitor(self, email: str) -> "Browser":
        """Somebody's browser, signed in by a one-time link."""
        return self.browser().sign_in(email)


class Browser:
    """A browser at the door of one association."""

    def __init__(self, client: FlaskClient, slug: str) -> None:
        self.client, self.slug = client, slug

    def get(self, path: str, **how: Any) -> Any:
        """What a page says."""
        return self.client.get(f"/{self.slug}{path}", **how)

    def post(self, path: str, headers: Mapping[str, str] = OURS, **fields: Any) -> Any:
        """What comes of a form."""
        return self.client.post(f"/{self.slug}{path}", data=fields, headers=headers)

    def see(self, path: str) -> Page:
        """A page that must be there, well made."""
        answer = self.client.get(path if path.startswith(f"/{self.slug}/") else f"/{self.slug}{path}")
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        return well_made(answer.text)

    def do(self, path: str, label: str, send: str = "", **filled: Any) -> str:
        """On a page, press the button or follow the link that says this; fill in its form and send it. Returns where one lands."""
        page = self.see(path)
        if any(said.startswith(label) for said in page.links):
            page = self.see(page.link(label))
            label = send or label
        form = page.form_with(label)
        answer = self.client.post(form.action, data=MultiDict(form.sends(**filled)), headers=OURS)
        assert answer.status_code == 303, f"{label}: {answer.status_code} {told(answer.text)}"
        landed = answer.headers["Location"]
        self.see(landed.partition("#")[0])
        return landed.partition("?")[0].removeprefix(f"/{self.slug}")

    def api(self, method: str, path: str, headers: Mapping[str, str] = OURS, **how: Any) -> Any:
        """What the API answers."""
        return self.client.open(f"/{self.slug}/api/v1{path}", method=method, headers=headers, **how)

    def ask_for_link(self, email: str) -> None:
        """Ask for a link."""
        assert self.post("/log-ind", email=email).status_code == 200

    def sign_in(self, email: str) -> "Browser":
        """By link and button."""
        self.ask_for_link(email)
        assert self.post(self.newest_link(email)).status_code == 303
        return self

    def newest_link(self, email: str) -> str:
        """The link in the newest letter to an address."""
        page = self.get("/demo/post", query_string={"to": email}).text
        assert "/log-ind/" in page, page
        return "/log-ind/" + page.partition(f'href="/{self.slug}/log-ind/')[2].partition('"')[0]


def well_made(html: str) -> Page:
    """The page, after looking whether it is made as all pages are: one h1, no id twice, every field named, nothing inline."""
    page = Page(html)
    assert page.headings.count(1) == 1, page.headings
    assert all(later - earlier <= 1 for earlier, later in pairwise([1, *page.headings[1:]])), page.headings
    assert len(page.ids) == len(set(page.ids)), [id for id in page.ids if page.ids.count(id) > 1]
    assert page.needs_label <= page.labelled, page.needs_label - page.labelled
    assert page.described <= set(page.ids), page.described - set(page.ids)
    assert page.inline == []
    assert any(said == "Tilgængelighedserklæring" for said in page.links)
    assert 'lang="da"' in html
    return page


def told(html: str) -> str:
    """What a page says is wrong."""
    return " ".join(html.partition('class="wrong"')[2].partition("</div>")[0].split()) or html[:3000]


def some_id() -> UUID:
    """An id of nothing."""
    return uuid4()
