"""Signing in by a one-time link, and signing out."""

from datetime import timedelta

import pytest
from flask import Flask

from chassis import clock
from gateway.mail import Mail
from gateway.tests.kit import OURS, Village


def test_a_link_signs_in_and_the_cookie_is_kept_from_scripts_and_neighbours(village: Village) -> None:
    browser = village.browser()
    browser.ask_for_link("anna@here.example")

    answer = browser.post(browser.newest_link("anna@here.example"))

    cookie = answer.headers["Set-Cookie"]
    assert answer.status_code == 303
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert f"Path=/{village.slug}/" in cookie
    assert "Anna Sørensen" in browser.get("/mig").text


def test_by_https_the_cookie_is_secure(village: Village, front: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = village.browser()
    browser.ask_for_link("anna@here.example")
    monkeypatch.setattr(type(front.extensions["gateway"].settings), "secure", True)

    assert "Secure" in browser.post(browser.newest_link("anna@here.example")).headers["Set-Cookie"]


def test_opening_a_link_does_not_use_it_up(village: Village) -> None:
    browser = village.browser()
    browser.ask_for_link("anna@here.example")
    link = browser.newest_link("anna@here.example")

    for _ in range(3):
        assert "Log ind</button>" in browser.get(link).text
    assert browser.get("/mig").status_code == 401
    assert browser.post(link).status_code == 303


def test_a_link_works_once(village: Village) -> None:
    browser, other = village.browser(), village.browser()
    browser.ask_for_link("anna@here.example")
    link = browser.newest_link("anna@here.example")

    assert browser.post(link).status_code == 303
    assert other.post(link).status_code == 410
    assert other.get(link).status_code == 410
    assert other.get("/mig").status_code == 401


def test_a_link_is_good_for_fifteen_minutes(village: Village, clock_back: None) -> None:
    browser = village.browser()
    browser.ask_for_link("anna@here.example")
    link, now = browser.newest_link("anna@here.example"), clock.now()

    clock.set_to(now + timedelta(minutes=14, seconds=50))
    assert browser.get(link).status_code == 200
    clock.set_to(now + timedelta(minutes=15, seconds=1))
    assert browser.get(link).status_code == 410
    assert browser.post(link).status_code == 410


def test_a_link_opens_no_other_associations_door(village: Village, front: Flask) -> None:
    browser = village.browser()
    browser.ask_for_link("anna@here.example")
    link = browser.newest_link("anna@here.example")
    neighbour = Village(front, village.people, front.extensions["gateway"].settings.key).browser()

    assert neighbour.get(link).status_code == 410
    assert neighbour.post(link).status_code == 410


def test_a_stranger_gets_the_same_answer_and_no_letter(village: Village) -> None:
    browser = village.browser()

    known = browser.post("/log-ind", email="anna@here.example")
    unknown = browser.post("/log-ind", email="nobody@here.example")

    assert known.text.replace("anna", "nobody") == unknown.text
    assert known.status_code == unknown.status_code == 200
    assert "Der er ingen post endnu" in browser.get("/demo/post?to=nobody@here.example").text


def test_an_address_gets_at_most_five_links_in_fifteen_minutes(village: Village, clock_back: None) -> None:
    browser, now = village.browser(), clock.now()
    for _ in range(7):
        browser.ask_for_link("anna@here.example")

    assert browser.get("/demo/post?to=anna@here.example").text.count("<article") == 5
    clock.set_to(now + timedelta(minutes=16))
    browser.ask_for_link("anna@here.example")
    assert browser.get("/demo/post?to=anna@here.example").text.count("<article") == 6


def test_those_who_share_an_address_choose_who_they_are(village: Village) -> None:
    browser = village.browser()
    browser.ask_for_link("dahl@here.example")
    link = browser.newest_link("dahl@here.example")

    choice = browser.post(link).text
    assert "Log ind som Eva Dahl" in choice
    assert "Log ind som Finn Dahl" in choice
    finn = choice.split("Log ind som Finn Dahl")[0].rpartition('value="')[2].partition('"')[0]
    assert browser.post(link, person="0b0b8a52-9a57-4f2b-9a3a-0c6f7f0f6d11").status_code == 410
    assert browser.post(link, person=finn).status_code == 303
    assert "Finn Dahl" in browser.get("/mig").text


def test_signing_out_ends_the_session_itself_and_not_only_the_cookie(village: Village) -> None:
    browser = village.visitor("anna@here.example")
    cookie = browser.client.get_cookie("samskab_session", path=f"/{village.slug}/")
    assert cookie

    browser.post("/log-ud")
    browser.client.set_cookie("samskab_session", cookie.value, path=f"/{village.slug}/")

    assert browser.get("/mig").status_code == 401
    assert browser.api("GET", "/me").status_code == 401


def test_signing_out_everywhere_ends_all_sessions_of_that_person_only(village: Village) -> None:
    phone, computer, bo = (village.visitor(f"{name}@here.example") for name in ("anna", "anna", "bo"))

    phone.post("/log-ud-alle-steder")

    assert [browser.get("/mig").status_code for browser in (phone, computer, bo)] == [401, 401, 200]


def test_a_session_ends_after_thirty_days(village: Village, clock_back: None) -> None:
    browser, now = village.visitor("anna@here.example"), clock.now()

    clock.set_to(now + timedelta(days=29, hours=23))
    assert browser.get("/mig").status_code == 200
    clock.set_to(now + timedelta(days=30, minutes=1))
    assert browser.get("/mig").status_code == 401


@pytest.mark.parametrize("email", ["", "anna", "a@b@c", "a b@c.dk", "x" * 300 + "@c.dk", "a\x00@c.dk"])
def test_what_is_no_address_is_said_at_the_field_and_given_back(village: Village, email: str) -> None:
    answer = village.browser().post("/log-ind", email=email)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert 'href="#email"' in answer.text


def test_after_signing_in_one_is_where_one_wanted_to_be_but_never_elsewhere(village: Village) -> None:
    browser = village.browser()
    for wanted, led in [
        ("/ideer?tilstand=parked", f"/{village.slug}/ideer?tilstand=parked"),
        ("//evil.example", f"/{village.slug}/"),
    ]:
        browser.ask_for_link("anna@here.example")
        link = browser.newest_link("anna@here.example")
        assert browser.post(link, til=wanted).headers["Location"] == led


def test_letters_are_shown_in_a_demonstration_only(village: Village, front: Flask) -> None:
    settings = front.extensions["gateway"].settings
    object.__setattr__(settings, "demo", False)
    try:
        assert village.browser().get("/demo/post").status_code == 404
    finally:
        object.__setattr__(settings, "demo", True)


def test_neither_link_nor_session_nor_address_is_kept_as_it_is(village: Village, front: Flask) -> None:
    browser = village.visitor("anna@here.example")
    session = browser.client.get_cookie("samskab_session", path=f"/{village.slug}/")
    assert session
    link = browser.newest_link("anna@here.example").rpartition("/")[2]

    with front.extensions["gateway"].auth.store.of(village.id) as db:
        kept = str([db.exec_driver_sql(f"select * from {table}").all() for table in ("links", "sessions")])

    assert session.value not in kept
    assert link not in kept
    assert "anna@" not in kept


def test_without_an_association_no_row_of_the_gateway_is_seen(village: Village, front: Flask) -> None:
    village.visitor("anna@here.example")

    with front.extensions["gateway"].auth.store.engine.connect() as db:
        assert [db.exec_driver_sql(f"select count(*) from {t}").scalar() for t in ("links", "sessions", "letters")] == [0, 0, 0]


def test_a_mail_server_that_is_away_is_logged_and_nobody_waits(front: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    mail = Mail("smtp://127.0.0.1:1", "samskab@here.example", front.extensions["gateway"].auth.store)

    mail._deliver("smtp://127.0.0.1:1", mail._letter("anna@here.example", "Emne", "Hej"))

    assert "anna@" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}, {"Origin": "null"}]
)
def test_nobody_is_signed_in_or_out_from_a_foreign_page(village: Village, headers: dict[str, str]) -> None:
    browser = village.visitor("anna@here.example")

    assert browser.post("/log-ud", headers=headers).status_code == 403
    assert browser.get("/mig").status_code == 200
    assert browser.post("/log-ud", headers=OURS).status_code == 303
