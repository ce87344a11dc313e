"""Integrations: let in on a page, and let in at the door."""

from time import monotonic

import pytest

from gateway import patience
from gateway.tests.kit import OURS, Browser, Village, told, well_made
from tests.kit import Hall


@pytest.fixture
def camilla(village: Village) -> Browser:
    return village.visitor("camilla@here.example")


def let_in(camilla: Browser, **more: object) -> str:
    """An integration is let in; returns its page."""
    filled = {"name": "Hjemmesiden", "kinds": ["idea.*"], "scopes": ["ideas:read"], **more}
    return camilla.do("/integrationer/ny", "Giv adgang", **filled)


def key_of(camilla: Browser, page: str) -> str:
    """A new key, read off the page that shows it once."""
    shown = camilla.post(f"{page}/noegle", name="Drift", days="")
    assert shown.status_code == 200, told(shown.text)
    well_made(shown.text)
    return "samskab_" + shown.text.partition('<code class="address">samskab_')[2].partition("</code>")[0]


def shows(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def test_a_secretary_lets_an_integration_in_and_takes_it_back(camilla: Browser) -> None:
    assert "Integrationer" in camilla.see("/mig").links or "Se integrationerne" in camilla.see("/mig").links
    page = let_in(camilla)
    assert "Ideer" in camilla.get(page).text
    key = key_of(camilla, page)
    seen = camilla.get(page).text
    assert key not in seen
    assert "Ikke brugt endnu" in seen and "Camilla Holst" in seen

    camilla.do(page, "Ret adgangen", "Gem", kinds=["group.*"], scopes=[])
    assert "Grupper" in camilla.get(page).text
    camilla.do(page, "Send en prøve")
    camilla.do(page, "Tag nøglen tilbage")
    assert "Taget tilbage" in camilla.get(page).text
    camilla.do(page, "Tag adgangen tilbage")
    assert "Adgangen er taget tilbage" in camilla.get(page).text
    assert "Lav en nøgle" not in camilla.get(page).text


def test_what_is_missing_is_said_and_what_was_written_is_given_back(camilla: Browser) -> None:
    no = camilla.post("/integrationer/ny", name="Hjemmesiden")
    assert no.status_code == 409
    assert "Vælg mindst én slags" in no.text and 'value="Hjemmesiden"' in no.text
    page = let_in(camilla)
    for _ in range(2):
        key_of(camilla, page)
    third = camilla.post(f"{page}/noegle", name="Tredje", days="400")
    assert third.status_code == 409
    assert "allerede to nøgler" in third.text and 'value="Tredje"' in third.text
    assert camilla.post(f"{page}/noegle", name="", days="1000").status_code == 422


def test_residents_do_not_see_the_integrations(village: Village, camilla: Browser) -> None:
    anna, page = village.visitor("anna@here.example"), let_in(camilla)
    assert "Se integrationerne" not in anna.see("/mig").links
    for path in ("/integrationer", "/integrationer/ny", page, f"{page}/noegle"):
        assert anna.get(path).status_code == 403, path
    assert village.browser().get("/integrationer").status_code == 401


def test_a_program_is_let_in_by_its_key_and_reads_what_it_was_granted(hall: Hall, village: Village, camilla: Browser) -> None:
    anna, page = village.visitor("anna@here.example"), let_in(camilla)
    made = anna.api("POST", "/ideas", json={"title": "Bænke", "text": "Så kan man sidde ude."}).json
    camilla.api("POST", f"/ideas/{made['id']}/publish")
    hall.settle()
    program, key = village.browser(), key_of(camilla, page)

    fed = program.api("GET", "/events", headers=shows(key))
    assert fed.status_code == 200, fed.text
    assert fed.content_type == "application/cloudevents-batch+json"
    (event,) = [each for each in fed.json if each["type"] == "dk.samskab.idea.published"]
    assert program.api("GET", f"/events?cursor={fed.headers['Next-Cursor']}", headers=shows(key)).json == []
    assert program.client.get(event["dataschema"].replace("http://127.0.0.1:8080", "")).json["title"] == event["type"]

    read = program.api("GET", f"/ideas/{made['id']}", headers=shows(key))
    assert (read.status_code, read.json["title"]) == (200, "Bænke")
    assert "author_id" not in read.json and "may" not in read.json
    assert program.api("GET", "/groups", headers=shows(key)).json["slug"] == "not-granted"
    assert program.api("GET", "/me", headers=shows(key)).json["slug"] == "not-for-partners"
    assert program.api("POST", "/ideas", headers=shows(key), json={"title": "X", "text": "Y"}).json["slug"] == "not-for-partners"
    assert program.api("POST", "/names", headers=shows(key), json={"ids": []}).status_code == 403


def test_a_key_that_is_no_good_is_not_let_in(hall: Hall, village: Village, camilla: Browser) -> None:
    key = key_of(camilla, let_in(camilla))
    for wrong in ("x", key + "x", key.removeprefix("samskab_"), "", "æ"):
        no = village.browser().api("GET", "/ideas", headers={"Authorization": f"Bearer {wrong}".encode().decode("latin-1")})
        assert (no.status_code, no.json["slug"]) == (401, "not-signed-in")
    assert camilla.api("GET", "/ideas", headers={**OURS, **shows("x")}).status_code == 401, "the session does not count beside it"


@pytest.mark.invariant(1)
def test_a_key_is_no_good_at_another_door(hall: Hall, village: Village, camilla: Browser) -> None:
    key = key_of(camilla, let_in(camilla))
    next_door = Village(village.gateway, hall.apps["people"], hall.key)
    assert village.browser().api("GET", "/ideas", headers=shows(key)).status_code == 200
    assert next_door.browser().api("GET", "/ideas", headers=shows(key)).status_code == 401
    assert next_door.browser().api("GET", "/events", headers=shows(key)).status_code == 401


def test_a_key_opens_no_page(village: Village, camilla: Browser) -> None:
    key = key_of(camilla, let_in(camilla))
    assert village.browser().get("/ideer", headers=shows(key)).status_code == 401
    asked = village.browser().api("GET", "/ideas", headers={**shows(key), "X-Act-For": str(village.id)})
    assert asked.status_code == 403


def test_so_many_wait_that_the_next_is_answered_at_once(village: Village, camilla: Browser) -> None:
    key = key_of(camilla, let_in(camilla))
    for _ in range(patience.AT_ONCE):
        assert patience.places.acquire(blocking=False)
    try:
        began = monotonic()
        answer = village.browser().api("GET", "/events?timeout=20&types=idea.*", headers=shows(key))
    finally:
        for _ in range(patience.AT_ONCE):
            patience.places.release()
    assert (answer.status_code, answer.json) == (200, [])
    assert monotonic() - began < 10
    with patience.patient("/events?limit=3&timeout=2") as asked:
        assert asked == "/events?limit=3&timeout=2"


def test_what_is_remembered_of_a_key_is_gone_in_half_a_minute(
    village: Village, camilla: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = let_in(camilla)
    key = key_of(camilla, page)
    assert village.browser().api("GET", "/ideas", headers=shows(key)).status_code == 200
    camilla.do(page, "Tag nøglen tilbage")
    assert village.browser().api("GET", "/events", headers=shows(key)).json["slug"] == "credential-no-good", "the feed asks anew"

    monkeypatch.setattr("gateway.remembered.SECONDS", 0)
    assert village.browser().api("GET", "/ideas", headers=shows(key)).status_code == 401


def test_what_there_is_to_hear_is_described_to_anybody(village: Village) -> None:
    client = village.gateway.test_client()
    document = client.get("/asyncapi.json")
    assert document.json["asyncapi"] == "3.0.0"
    for name in document.json["components"]["messages"]:
        assert client.get(f"/schemas/{name}.json").json["title"] == name
    assert client.get("/schemas/dk.samskab.idea.drafted.json").status_code == 404
    assert client.get("/schemas/..%2f..json").status_code == 404
