"""The pages: made by the server, whole without JavaScript, and nothing that was written is lost."""

from uuid import UUID, uuid4

import pytest
from flask import Flask

from gateway.tests.conftest import DEPARTMENTS, PERSONS
from gateway.tests.kit import OURS, Browser, Village, told, well_made
from tests.kit import Hall

NOBODY = UUID(int=404)
"""The id of nothing at all."""


@pytest.fixture
def anna(village: Village) -> Browser:
    return village.visitor("anna@here.example")


@pytest.fixture
def camilla(village: Village) -> Browser:
    return village.visitor("camilla@here.example")


def test_an_idea_goes_from_the_form_to_the_neighbours_support(
    village: Village, anna: Browser, camilla: Browser, hall: Hall
) -> None:
    idea = anna.do("/ideer", "Fortæl om din ide", "Send ideen", title="Bænke i gården", text="Så kan man sidde.\n\nOg snakke.")
    assert "Venter på at blive offentliggjort" in anna.get(idea).text
    assert "<p>Så kan man sidde.</p><p>Og snakke.</p>" in anna.get(idea).text

    camilla.do(idea, "Offentliggør ideen")
    bo = village.visitor("bo@here.example")
    bo.do(idea, "Støt ideen")
    hall.settle()

    page = bo.get(idea).text
    assert "Anna Sørensen" in page
    assert "du er en af dem" in page
    assert "Søbakken" in page
    bo.do(idea, "Træk min støtte tilbage")
    hall.settle()
    assert "du er en af dem" not in bo.get(idea).text


def test_a_no_gives_back_what_was_written_and_names_the_field(anna: Browser) -> None:
    text = "Mit nummer er 010190-1234 & jeg mener det: <b>alvorligt</b>\r\nNæste linje"

    answer = anna.post("/ideer/ny", title="", text=text, origin="resident")

    page = well_made(answer.text)
    form = page.form_with("Send ideen")
    assert answer.status_code == 422
    assert {c.name: c.value for c in form.controls}["text"] == text.replace("\r\n", "\n")
    assert page.link("Overskrift: Skal udfyldes") == "#title"
    assert page.link("Hvad handler det om?: Ser ud til at indeholde et CPR-nummer") == "#text"
    assert 'id="text-error"' in answer.text
    assert "Fejl: " in answer.text.partition("<title>")[2].partition("</title>")[0]
    assert anna.api("GET", "/ideas/mine").json["items"] == []


def test_a_rules_no_is_said_in_its_own_words_above_what_was_written(village: Village, anna: Browser, camilla: Browser) -> None:
    idea = anna.do("/ideer", "Fortæl om din ide", "Send ideen", title="Bænke", text="I gården")
    id = idea.rpartition("/")[2]
    camilla.do(idea, "Offentliggør ideen")
    camilla.do(idea, "Sig nej til ideen", reason="Der er ikke penge i år.")

    again = camilla.post(f"/goer/idea/{id}/park", reason="Vi venter til næste år.")

    assert again.status_code == 409
    assert "Det kan ikke lade sig gøre, som sagen står nu." in told(again.text)
    assert "Vi venter til næste år." in again.text
    assert "Der er ikke penge i år." in anna.get(idea).text


def test_buttons_are_what_the_service_says_one_may(anna: Browser, camilla: Browser) -> None:
    idea = anna.do("/ideer", "Fortæl om din ide", "Send ideen", title="Bænke", text="I gården")

    assert "Offentliggør ideen" in camilla.get(idea).text
    assert "Offentliggør ideen" not in anna.get(idea).text
    assert "Træk ideen tilbage" in anna.get(idea).text


def test_more_rows_come_without_anything_being_lost(village: Village, camilla: Browser, hall: Hall) -> None:
    charter = camilla.post("/kommissorier/ny", title="Trygge stier", body_id=_board(village, camilla, hall)).headers["Location"]
    id = charter.partition("?")[0].rpartition("/")[2]
    written = {"title": "Trygge stier", "seats-0-category": "resident", "seats-0-places": "fem", "seats-3-places": "2"}

    page = well_made(camilla.post(f"/goer/charter/{id}/edit", **written, _more="seats").text)

    form = {control.name: control.value for control in page.form_with("Gem").controls}
    assert (form["seats-0-category"], form["seats-0-places"]) == ("resident", "fem")
    assert form["seats-1-places"] == "2"
    assert "seats-5-places" in form
    assert "seats-6-places" not in form
    answer = camilla.post(f"/goer/charter/{id}/edit", **written)
    wrong = well_made(answer.text)
    assert answer.status_code == 422
    assert wrong.link("Pladstype 1, antal pladser: Skriv et helt tal.") == "#seats-0-places"


def _board(village: Village, camilla: Browser, hall: Hall) -> str:
    rows = "Person-id;Organ;Afdelingsnr;Post;Beboer;Fra;Til\n1;organisationsbestyrelse;;formand;ja;01-01-2020;\n"
    village.tell("/imports/mandates", data=rows.encode(), headers={"Content-Type": "text/csv"})
    hall.settle()
    return str(next(body["id"] for body in camilla.api("GET", "/bodies").json["items"] if body["kind"] == "organisation_board"))


def test_a_day_may_be_written_as_danes_write_it_and_comes_back_as_written(village: Village, camilla: Browser, hall: Hall) -> None:
    location = camilla.post("/kommissorier/ny", title="Trygge stier", body_id=_board(village, camilla, hall)).headers["Location"]
    id = location.partition("?")[0].rpartition("/")[2]

    good = camilla.post(f"/goer/charter/{id}/edit", title="Trygge stier", handover="3.6.2027", budget_kroner="150.000")
    bad = camilla.post(f"/goer/charter/{id}/edit", title="Trygge stier", handover="snart")

    kept = camilla.api("GET", f"/charters/{id}").json
    assert good.status_code == 303
    assert (kept["handover"], kept["budget_kroner"]) == ("2027-06-03", 150_000)
    assert bad.status_code == 422
    assert 'value="snart"' in bad.text
    assert "Skriv en dato, fx 24.03.2026." in bad.text


@pytest.mark.invariant(57)
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ideer",
        "/ideer?tilstand=parked",
        "/ideer/ny",
        "/ideer/mine",
        "/ideer/gennemsyn",
        "/ideer/mest-presserende",
        "/ideer?sorter=breadth&q=x",
        "/kommissorier",
        "/grupper",
        "/dagsorden",
        "/beslutninger",
        "/mig",
    ],
)
def test_every_page_is_well_made_and_links_to_the_statement(camilla: Browser, path: str) -> None:
    camilla.see(path)


@pytest.mark.parametrize("path", ["/", "/log-ind", "/demo/post", "/ideer", "/nothing-here"])
def test_pages_for_strangers_are_well_made_too(village: Village, path: str) -> None:
    well_made(village.browser().get(path).text)


def test_every_answer_carries_its_protection(anna: Browser) -> None:
    for path in ("/", "/ideer/ny", "/api/v1/me", "/nothing-here"):
        had = anna.get(path).headers
        assert had["Content-Security-Policy"].startswith("default-src 'self'")
        assert "unsafe" not in had["Content-Security-Policy"]
        assert (had["X-Content-Type-Options"], had["X-Frame-Options"], had["Cache-Control"]) == ("nosniff", "DENY", "no-store")


def test_an_association_that_is_not_here_is_answered_not_found(front: Flask) -> None:
    client = front.test_client()
    for path in ("/nobody/", "/nobody/ideer", "/nobody", "/NOBODY/", "/%00/", "/a%2fb/", "/.%2e/x", "/" + "x" * 3000):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "ingen boligforening" in answer.text
    assert client.get("/nobody/api/v1/ideas").status_code == 404


def test_the_house_has_a_front_page_in_a_demonstration_and_its_slug_needs_no_slash(village: Village, front: Flask) -> None:
    client = front.test_client()

    assert f'href="/{village.slug}/"' in client.get("/").text
    assert client.get(f"/{village.slug}").headers["Location"] == f"/{village.slug}/"
    assert client.get("/static/style.css").status_code == 200


def test_an_association_with_a_host_name_of_its_own_is_found_by_it(hall: Hall, front: Flask) -> None:
    host = f"h{uuid4().hex[:8]}.example"
    village = Village(front, hall.apps["people"], hall.key, host=host)
    village.move_in(DEPARTMENTS, PERSONS)
    client = front.test_client()
    ours = {**OURS, "Host": host}

    assert "Velkommen til" in client.get("/", headers={"Host": host}).text
    client.post("/log-ind", data={"email": "anna@here.example"}, headers=ours)
    letters = client.get("/demo/post", headers={"Host": host}).text
    assert f"http://{host}/log-ind/" in letters
    link = "/log-ind/" + letters.partition('href="/log-ind/')[2].partition('"')[0]
    answer = client.post(link, headers=ours)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "Path=/;" in answer.headers["Set-Cookie"]
    assert client.get("/ideer", headers={"Host": "other.example"}).status_code == 404


@pytest.mark.parametrize("path", ["/ideer", "/mig", "/ideer/ny", "/dagsorden", "/goer/idea/{id}/park"])
def test_whoever_is_not_signed_in_is_asked_to_and_led_back(village: Village, path: str) -> None:
    path = path.format(id=uuid4())
    answer = village.browser().get(path)

    assert answer.status_code == 401
    assert f'name="til" value="{path}"' in answer.text


def test_what_was_written_is_given_back_to_whoever_was_signed_out_meanwhile(village: Village) -> None:
    answer = village.browser().post("/ideer/ny", title="Bænke", text="En lang og god tekst")

    assert answer.status_code == 401
    assert "En lang og god tekst" in answer.text


@pytest.mark.parametrize(
    "path",
    [f"/ideer/{NOBODY}", f"/grupper/{NOBODY}", f"/kommissorier/{NOBODY}", f"/beslutninger/{NOBODY}", f"/dagsorden/{NOBODY}"]
    + [f"/moeder/{NOBODY}", f"/referater/{NOBODY}", f"/forslag/{NOBODY}", f"/grupper/{NOBODY}/ansoegninger", "/ideer/nej"]
    + [f"/goer/idea/{NOBODY}/park", f"/goer/nothing/{NOBODY}/park", f"/goer/idea/{NOBODY}/explode"],
)
def test_what_is_not_there_is_a_page_that_says_so(camilla: Browser, path: str) -> None:
    answer = camilla.get(path)

    assert answer.status_code == 404
    well_made(answer.text)
    assert "findes ikke" in answer.text


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "x" * 1_000_000, "text": "y"},
        {"title": "x\x00y", "text": "\x00"},
        {"title": "😀" * 10, "text": "\u202e bagfra"},
        {"title": "t", "text": "t", "origin": "moon", "departments": "nej"},
        {"title": "t", "text": "t", "departments": str(uuid4())},
        {"title": "t", "text": "t", "colour": "blue", "_more": "nothing", "_key": "x" * 500},
        {"seats-99999-places": "1", "title-0-x": "y"},
        {},
    ],
)
def test_whatever_a_form_sends_is_answered_clearly(anna: Browser, fields: dict[str, str]) -> None:
    answer = anna.client.post(f"/{anna.slug}/ideer/ny", data=fields, headers=OURS)

    assert answer.status_code < 500
    assert answer.status_code == 303 or well_made(answer.text)


def test_far_too_much_for_a_form_is_said_to_be_too_much(anna: Browser) -> None:
    answer = anna.post("/ideer/ny", title="x" * 3_000_000)

    assert answer.status_code == 413
    assert "for meget" in answer.text


def test_what_people_write_is_text_and_never_a_page(anna: Browser) -> None:
    idea = anna.do("/ideer", "Fortæl om din ide", "Send ideen", title="<script>alert(1)</script>", text='"><img src=x onerror=y>')

    page = anna.get(idea).text
    assert "<script>" not in page
    assert "<img" not in page


@pytest.mark.parametrize("cursor", ["nonsense", "", "x" * 5000, "%00"])
def test_a_page_that_was_never_there_is_answered_clearly(anna: Browser, cursor: str) -> None:
    assert anna.get(f"/ideer?fra={cursor}").status_code in {200, 422}


def test_i_choose_what_i_am_called(anna: Browser) -> None:
    anna.do("/mig", "Ret mine oplysninger", "Gem", chosen_name="Anna fra opgang 2")

    assert "<h1>Anna fra opgang 2</h1>" in anna.get("/mig").text
