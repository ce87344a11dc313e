"""Ideas from a telephone: drafts, what is like it, the moderators' queue, comments, merging, the most pressing."""

import pytest

from gateway.tests.kit import Browser, Village, told, well_made
from tests.kit import Hall


@pytest.fixture
def anna(village: Village) -> Browser:
    return village.visitor("anna@here.example")


@pytest.fixture
def bo(village: Village) -> Browser:
    return village.visitor("bo@here.example")


@pytest.fixture
def camilla(village: Village) -> Browser:
    return village.visitor("camilla@here.example")


def published(by: Browser, moderator: Browser, title: str, text: str = "Så kan man sidde ude og snakke.") -> str:
    made = by.api("POST", "/ideas", json={"title": title, "text": text}).json
    moderator.api("POST", f"/ideas/{made['id']}/publish")
    return f"/ideer/{made['id']}"


def test_a_draft_is_kept_continued_sent_and_deleted(anna: Browser, camilla: Browser) -> None:
    kept = anna.post("/ideer/ny", title="Bænke", text="", _draft="ja")
    draft = kept.headers["Location"].partition("?")[0].removeprefix(f"/{anna.slug}")
    assert "Det er en kladde. Kun du kan se den." in anna.get(draft).text
    assert camilla.get(draft).status_code == 404
    assert "Kladder" in anna.get("/ideer/mine").text

    refused = anna.post(f"/goer/idea/{draft.rpartition('/')[2]}/submit")
    assert "Skriv både en overskrift" in refused.text
    anna.do(draft, "Skriv videre", "Gem kladden", text="I gården")
    anna.do(draft, "Send ideen")
    assert "Venter på at blive offentliggjort" in anna.get(draft).text

    other = anna.post("/ideer/ny", title="", text="Noget helt andet", _draft="ja").headers["Location"]
    other = other.partition("?")[0].removeprefix(f"/{anna.slug}")
    assert "Uden overskrift" in anna.get("/ideer/mine").text
    assert anna.do(other, "Slet kladden") == "/ideer/mine"
    assert "Uden overskrift" not in anna.get("/ideer/mine").text


def test_whoever_writes_sees_what_is_like_it_before_it_is_sent(anna: Browser, bo: Browser, camilla: Browser) -> None:
    there = published(anna, camilla, "Bænke i gården")

    asked = bo.post("/ideer/ny", title="Flere bænke", text="Der mangler bænke i gården.", _like="ja")
    first = bo.post("/ideer/ny", title="Flere bænke", text="Der mangler bænke i gården.", origin="resident")

    for page in (asked, first):
        assert page.status_code == 200
        assert "Ligner din ide en af disse?" in page.text
        assert well_made(page.text).link("Bænke i gården") == f"/{bo.slug}{there}"
    form = well_made(first.text).form_with("Send ideen")
    assert ("title", "Flere bænke") in form.sends()
    sent = bo.client.post(form.action, data=dict(form.sends()), headers={"Sec-Fetch-Site": "same-origin"})
    assert sent.status_code == 303
    assert "Vi fandt ingen, der ligner" in bo.post("/ideer/ny", title="Hunde", text="Hegn", _like="ja").text


def test_what_may_not_be_sent_is_not_looked_for_and_comes_back_as_it_was_written(bo: Browser) -> None:
    refused = bo.post("/ideer/ny", title="Bænke", text="Ring til 010190-1234", origin="resident")

    assert refused.status_code == 422
    assert "Ser ud til at indeholde et CPR-nummer" in told(refused.text)
    assert "Ring til 010190-1234" in refused.text


def test_a_moderator_works_through_the_queue(anna: Browser, camilla: Browser) -> None:
    for title in ("Bænke", "Naboen larmer"):
        anna.api("POST", "/ideas", json={"title": title, "text": "Tekst"})
    assert "Venter på at blive offentliggjort" in camilla.get("/").text
    assert anna.get("/ideer/gennemsyn").status_code == 404

    assert camilla.do("/ideer/gennemsyn", "Offentliggør ideen: Bænke") == "/ideer/gennemsyn"
    landed = camilla.do(
        "/ideer/gennemsyn", "Offentliggør ikke: Naboen larmer", "Offentliggør ikke", reason="Den handler om en nabo."
    )
    assert landed == "/ideer/gennemsyn"
    assert "Der er ingen, der venter." in camilla.get("/ideer/gennemsyn").text

    bænke = camilla.see("/ideer").link("Bænke").removeprefix(f"/{camilla.slug}")
    camilla.do(bænke, "Skjul ideen", reason="Navngiver en nabo.")
    assert "Navngiver en nabo." in anna.get(bænke).text
    camilla.do("/ideer/gennemsyn", "Vis ideen igen: Bænke")
    assert "Bænke" in anna.get("/ideer").text


def test_comments_are_written_hidden_with_a_reason_shown_and_taken_back(anna: Browser, bo: Browser, camilla: Browser) -> None:
    idea = published(anna, camilla, "Bænke")

    bo.do(idea, "Send kommentaren", text="Og hvad med <b>borde</b>?")
    assert "Og hvad med &lt;b&gt;borde&lt;/b&gt;?" in anna.get(idea).text
    empty = bo.post(f"/goer/idea/{idea.rpartition('/')[2]}/comment", text="")
    assert empty.status_code == 422
    assert "Din kommentar: Skal udfyldes." in told(empty.text)
    camilla.do(idea, "Skjul: kommentaren fra Bo Lund", "Skjul kommentaren", reason="Hold jer til sagen.")
    assert "En moderator har skjult kommentaren." in anna.get(idea).text
    assert "Hold jer til sagen." in bo.get(idea).text
    camilla.do(idea, "Vis igen: kommentaren fra Bo Lund")
    assert "borde" in anna.get(idea).text
    bo.do(idea, "Træk min kommentar tilbage")
    assert "Kommentaren er trukket tilbage." in anna.get(idea).text
    camilla.do(idea, "Luk for kommentarer")
    assert "Ideen kan ikke kommenteres nu." in bo.get(idea).text


def test_two_ideas_are_merged_and_whoever_stood_behind_one_stands_behind_the_other(
    anna: Browser, bo: Browser, camilla: Browser, hall: Hall
) -> None:
    first, second = published(anna, camilla, "Bænke i gården"), published(anna, camilla, "Borde og bænke i gården")
    bo.do(first, "Støt ideen")
    assert "Ideer, der ligner" in camilla.get(first).text

    camilla.do(
        first,
        "Læg sammen med en anden",
        "Læg sammen",
        into_id="Borde og bænke i gården (0 støtter)",
        reason="Det er den samme ide.",
    )
    hall.settle()

    assert "Den fortsætter som en del af" in bo.get(first).text
    assert "Det er den samme ide." in bo.get(first).text
    assert "du er en af dem" in bo.get(second).text
    assert well_made(bo.get(second).text).link("Bænke i gården") == f"/{bo.slug}{first}"


def test_the_association_takes_an_idea_up_and_says_why(anna: Browser, camilla: Browser) -> None:
    idea = published(anna, camilla, "Bænke")

    camilla.do(idea, "Tag ideen op", reason="Mange har spurgt om det.")

    page = anna.get(idea).text
    assert "Derfor er ideen taget op" in page
    assert "Mange har spurgt om det." in page
    assert "Skriv et kommissorium" in camilla.get(idea).text


def test_an_author_takes_an_idea_back_and_says_why(anna: Browser, bo: Browser, camilla: Browser) -> None:
    idea = published(anna, camilla, "Bænke")
    bo.do(idea, "Støt ideen")

    anna.do(idea, "Træk ideen tilbage", reason="Det er løst.")

    assert "Det er løst." in bo.get(idea).text
    assert "Bænke" not in bo.get("/ideer").text


def test_the_most_pressing_and_what_one_searches_for_are_found(anna: Browser, bo: Browser, camilla: Browser, hall: Hall) -> None:
    quiet, loud = published(anna, camilla, "Bænke"), published(anna, camilla, "Cykelparkering", "De flyder.")
    bo.do(loud, "Støt ideen")
    hall.settle()

    pressing = bo.see("/ideer/mest-presserende")
    assert pressing.link("Cykelparkering") == f"/{bo.slug}{loud}"
    assert "Bænke" not in bo.get("/ideer/mest-presserende").text
    by_endorsers = bo.get("/ideer?sorter=endorsers").text
    assert by_endorsers.index("Cykelparkering") < by_endorsers.index("Bænke")
    found = bo.get("/ideer?q=bænkene").text
    assert f"/{bo.slug}{quiet}" in found
    assert f"/{bo.slug}{loud}" not in found
    assert bo.get("/ideer?afdeling=nej").status_code == 422
