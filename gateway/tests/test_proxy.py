"""The API through the front door: who is let in, what arrives, and what comes back."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask
from joserfc.jwk import KeySet

from chassis.tokens import Verifier
from gateway.services import Away, Services
from gateway.tests.kit import OURS, Browser, Mirror, Village
from tests.kit import Hall

NOBODY = UUID(int=404)
"""The id of nothing at all."""


@pytest.fixture
def mirror(front: Flask) -> Iterator[Mirror]:
    """Decisions replaced by a mirror: it shows what arrives."""
    clients, shown = front.extensions["gateway"].services.asked, Mirror()
    kept, clients["decisions"] = clients["decisions"], Services.here({"decisions": shown.app}).asked["decisions"]
    yield shown
    clients["decisions"] = kept


@pytest.fixture
def anna(village: Village) -> Browser:
    return village.visitor("anna@here.example")


def test_a_service_is_reached_as_whoever_is_signed_in(anna: Browser) -> None:
    made = anna.api("POST", "/ideas", json={"title": "Bænke", "text": "I gården"})

    assert made.status_code == 201
    assert made.json["author_id"] == anna.api("GET", "/me").json["id"]
    assert made.headers["Cache-Control"] == "no-store"


def test_without_a_session_nobody_is_let_in(village: Village, anna: Browser) -> None:
    answer = village.browser().api("GET", "/ideas")

    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.json["slug"] == "not-signed-in"


def test_a_callers_own_word_on_who_they_are_is_not_passed_on(anna: Browser, mirror: Mirror, hall: Hall) -> None:
    told = {
        "Authorization": "Basic Zm9yZ2Vk",
        "X-Request-ID": "11111111-1111-1111-1111-111111111111",
        "X-Forwarded-For": "10.0.0.1",
        "X-Association": "somebody-else",
        "Forwarded": "for=10.0.0.1",
        "Connection": "keep-alive",
        "TE": "trailers",
        "Accept-Language": "en",
        "If-Match": '"3"',
        "Idempotency-Key": "k1",
        "Content-Type": "application/json",
    }

    anna.api("POST", "/docket", headers={**OURS, **told}, data=b"{}")

    arrived = {name.lower(): value for name, value in mirror.seen[0]["headers"].items()}
    who = Verifier(KeySet([hall.key]), "decisions").identity(arrived.pop("authorization").removeprefix("Bearer "))
    assert str(who.person_id) == anna.api("GET", "/me").json["id"]
    assert arrived.pop("x-request-id") != told["X-Request-ID"]
    assert not {"cookie", "x-forwarded-for", "x-association", "forwarded", "te", "sec-fetch-site", "x-samskab"} & set(arrived)
    assert {name: arrived[name] for name in ("accept-language", "if-match", "idempotency-key", "content-type")} == {
        "accept-language": "en",
        "if-match": '"3"',
        "idempotency-key": "k1",
        "content-type": "application/json",
    }


def test_a_trace_is_carried_on(anna: Browser, mirror: Mirror) -> None:
    traced = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

    anna.api("GET", "/docket", headers={"traceparent": traced})

    assert mirror.seen[0]["headers"]["Traceparent"].startswith("00-0af7651916cd43dd8448eb211c80319c-")


def test_path_query_and_body_arrive_as_they_were_sent(anna: Browser, mirror: Mirror) -> None:
    body = b'{"text": "\xc3\xa6\xc3\xb8\xc3\xa5", not json'

    answer = anna.api("POST", "/decisions/x/publish?q=a%20b&q=%C3%A6", data=body)

    assert answer.json == {"path": "/decisions/x/publish", "query": "q=a%20b&q=%C3%A6"}
    assert mirror.seen[0]["body"] == body


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}]
)
def test_a_foreign_page_changes_nothing(anna: Browser, headers: dict[str, str]) -> None:
    answer = anna.api("POST", "/ideas", headers=headers, json={"title": "t", "text": "t"})

    assert (answer.status_code, answer.json["slug"]) == (403, "not-from-here")
    assert anna.api("GET", "/ideas/mine").json["items"] == []


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {"X-Samskab": "1"}])
def test_our_own_pages_and_programs_that_mean_it_may(anna: Browser, headers: dict[str, str]) -> None:
    assert anna.api("POST", "/ideas", headers=headers, json={"title": "t", "text": "t"}).status_code == 201


def test_what_the_browser_says_counts_before_what_a_page_could_add(anna: Browser) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "X-Samskab": "1"}

    assert anna.api("POST", "/ideas", headers=headers, json={"title": "t", "text": "t"}).status_code == 403


def test_too_much_is_said_to_be_too_much(anna: Browser) -> None:
    answer = anna.api("POST", "/ideas", json={"title": "t", "text": "x" * 600_000})

    assert (answer.status_code, answer.json["slug"]) == (413, "too-large")


def test_too_much_without_its_length_is_found_out(anna: Browser) -> None:
    endless = {"wsgi.input": Endless(), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}

    answer = anna.api("POST", "/ideas", environ_overrides=endless)

    assert answer.status_code == 413


class Endless:
    """A body that says nothing of its length."""

    left = 2_000_000

    def read(self, most: int = -1) -> bytes:
        piece = b"x" * min(self.left, most if most > 0 else self.left)
        self.left -= len(piece)
        return piece


def test_files_may_be_larger(village: Village) -> None:
    rows = "Person-id;Navn\n" + "x" * 800_000

    answer = village.visitor("camilla@here.example").api("POST", "/imports/persons", data=rows.encode())

    assert answer.status_code != 413


@pytest.mark.parametrize(
    "path",
    ["/doors", "/associations", "/sign_in", "/workplaces", "/opens", "/credentials/shown", f"/standing/{NOBODY}", "/nothing"]
    + ["/ideas/%2e%2e/doors", "/ideas%00", "/ideas%3Fa=%0E", "/ideas%23a"],
)
def test_what_is_not_on_the_map_is_not_there(anna: Browser, path: str) -> None:
    for method in ("GET", "POST"):
        answer = anna.api(method, path)
        assert answer.status_code == 404
        assert answer.content_type == "application/problem+json"


def test_a_service_that_is_away_is_said_to_be_away(anna: Browser, front: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(front.extensions["gateway"].services.asked, "ideas", Services.at({"x": "http://127.0.0.1:1"}).asked["x"])

    answer, page = anna.api("GET", "/ideas"), anna.get("/ideer")

    assert (answer.status_code, answer.json["slug"], answer.headers["Retry-After"]) == (503, "not-available", "5")
    assert page.status_code == 503
    assert "svarer ikke lige nu" in page.text
    assert anna.get("/").status_code == 200


def test_a_service_that_is_away_says_so_by_its_name() -> None:
    with pytest.raises(Away):
        Services.at({"ideas": "http://127.0.0.1:1"}).ask("ideas", "GET", "/ideas", headers={})


@pytest.mark.parametrize("body", [b"{", b"[]", b'"x"', b"\xff\xfe", b'{"title": "\\u0000", "text": "x"}', b'{"title": NaN}', b""])
def test_whatever_is_sent_is_answered_clearly(anna: Browser, body: bytes) -> None:
    answer = anna.api("POST", "/ideas", data=body, headers={**OURS, "Content-Type": "application/json"})

    assert 400 <= answer.status_code < 500
    assert answer.content_type == "application/problem+json"


def test_nobody_reaches_a_neighbours_idea(village: Village, anna: Browser, front: Flask, hall: Hall) -> None:
    made = anna.api("POST", "/ideas", json={"title": "t", "text": "t"}).json
    neighbour = Village(front, village.people, hall.key)
    neighbour.move_in(
        "Afdelingsnr;LBF-afdelingsnr;Navn;Adresse;Har afdelingsbestyrelse\n1;00101;Nord;Vej 1;nej\n",
        "Person-id;Navn;Visningsnavn;E-mail;Mobil;Afdelingsnr;Adresse;Navnebeskyttet;Kun papir;Medarbejder;Opgaver\n"
        "1;Ida Nabo;;ida@here.example;;1;Vej 2;nej;nej;ja;sekretær,moderator\n",
    )
    ida = neighbour.visitor("ida@here.example")

    assert ida.api("GET", f"/ideas/{made['id']}").status_code == 404
    assert ida.get(f"/ideer/{made['id']}").status_code == 404
    assert Browser(anna.client, neighbour.slug).api("GET", "/me").status_code == 401


def test_a_method_that_is_not_known_here_is_refused(anna: Browser) -> None:
    assert anna.api("OPTIONS", "/ideas").status_code in {200, 405}
    assert anna.api("PROPFIND", "/ideas").status_code == 405


def test_health_asks_for_nobody(front: Flask) -> None:
    client = front.test_client()

    assert client.get("/healthz").json == {"status": "alive"}
    assert client.get("/readyz").json == {"status": "ready"}
