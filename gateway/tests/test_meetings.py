"""Meetings with the pages alone, as on a telephone without JavaScript: dates, answers, the calendar, minutes and their revisions."""

import ics
import pytest

from gateway.tests.kit import Village, well_made
from gateway.tests.test_story import Walk, adopt, compose, write_charter
from gateway.tests.test_story import who as who

ANYBODY = {"User-Agent": "CalendarAgent/1"}


@pytest.fixture
def group(who: Walk) -> str:
    who.at("2027-01-12 18.00")
    idea = who("anna").do("/ideer", "Fortæl om din ide", "Send ideen", title="Øget brug af beboerlokaler", text="De står tomme.")
    who("camilla").do(idea, "Offentliggør ideen")
    found = adopt(who, write_charter(who, idea))
    compose(who, found)
    who.at("2027-03-24 10.00")
    return found


def first_meeting(who: Walk, group: str) -> str:
    return who("rasmus").see(group).link("torsdag den 8. april 2027").removeprefix(f"/{who.village.slug}")


def convened(who: Walk, group: str) -> str:
    meeting = first_meeting(who, group)
    agenda = {
        "agenda-0-title": "Fælles billede",
        "agenda-0-kind": "Drøftelse",
        "agenda-1-title": "En klage",
        "agenda-1-closed": True,
    }
    who("rasmus").do(meeting, "Indkald til mødet", "Indkald", place="Selskabslokalet", interpreter=True, **agenda)
    return meeting


def left_out(who: Walk, poll: str) -> None:
    """A time that was not answered is named, and what was chosen is still chosen."""
    form = who("anna").see(poll).form_with("Send mit svar")
    sent = dict(form.sends(**{"answers-0-says": "Ja", "answers-1-says": "Nej"}))

    answer = who("anna").post(f"/goer/date_poll/{poll.rpartition('/')[2]}/answer", **sent)

    assert answer.status_code == 422
    page = well_made(answer.text)
    controls = page.form_with("Send mit svar").controls
    assert [c.value for c in controls if c.kind == "radio" and c.chosen] == ["yes", "no"]
    assert page.link("Tid 3, kan du?") == "#answers-2-says"


def test_the_members_say_when_they_can_and_the_meeting_gets_its_time(who: Walk, group: str) -> None:
    meeting = first_meeting(who, group)
    times = {"starts-0-at": "2027-04-08T17:30", "starts-1-at": "2027-04-08T19:00", "starts-2-at": "2027-04-05T17:30"}
    poll = who("rasmus").do(meeting, "Spørg, hvornår I kan", "Spørg medlemmerne", minutes="90", answer_by="2027-03-28", **times)

    page = who("anna").get(poll).text
    assert page.index("mandag den 5. april 2027") < page.index("torsdag den 8. april 2027")
    assert page.count("torsdag den 8. april 2027</h2>") == 1
    assert "kl. 17.30–19.00" in page
    assert "Hvornår kan du mødes? Svar senest 28. marts 2027" in who("anna").get("/").text
    who("anna").do(
        poll, "Send mit svar", **{"answers-0-says": "Nej", "answers-1-says": "Ja", "answers-2-says": "Hvis nødvendigt"}
    )
    assert "Hvornår kan du mødes?" not in who("anna").get("/").text
    seen = who("bo").get(poll).text
    assert "1 ja, 0 hvis nødvendigt, 0 nej<br>Ja: Anna Sørensen" in seen
    assert "Mangler at svare: " in seen

    who("rasmus").do(poll, "8. april 2027 kl. 17.30–19.00")
    assert "Tiden er aftalt" in who("anna").get(meeting).text
    who("rasmus").do(meeting, "Indkald til mødet", "Indkald", place="Selskabslokalet")
    assert "kl. 17.30–19.00" in who("anna").get(meeting).text


def taken_home(who: Walk, meeting: str) -> None:
    """One meeting as a file, for those who take part."""
    assert who("anna").see(meeting).link("Tilføj til din kalender").endswith(f"{meeting}.ics")
    answer = who("anna").get(f"{meeting}.ics")
    (event,) = ics.Calendar(answer.text).events
    assert (event.name, answer.headers["Content-Type"]) == ("Øget brug af beboerlokaler", "text/calendar; charset=utf-8")
    assert who("erik").get(f"{meeting}.ics").status_code == 404
    assert who.village.browser().get(f"{meeting}.ics").status_code == 401


def followed(who: Walk) -> None:
    """The calendar is followed without signing in, until its address is another."""
    anna = who("anna")
    assert "Lav min adresse" in anna.get("/kalender").text
    page = anna.post("/kalender/aaben")
    address = page.text.partition('class="address">')[2].partition("<")[0]
    well_made(page.text)
    path = f"/kalender/{address.rpartition('/')[2]}"

    stranger = who.village.browser()
    answer = stranger.get(path, headers=ANYBODY)
    (event,) = ics.Calendar(answer.text).events
    assert (answer.status_code, event.location) == (200, "Selskabslokalet")
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (
        "text/calendar; charset=utf-8",
        "private, no-cache",
    )
    again = stranger.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.text) == (304, "")
    assert stranger.client.get(f"/other{path}").status_code == 404
    assert path not in anna.get("/kalender").text

    newer = anna.post("/kalender/aaben").text
    assert address not in newer
    assert stranger.get(path).status_code == 404
    anna.do("/kalender", "Luk for adressen")
    assert stranger.get(path).status_code == 404


def test_one_says_whether_one_comes_and_takes_the_meeting_home(who: Walk, group: str) -> None:
    meeting = convened(who, group)

    taken_home(who, meeting)
    followed(who)
    assert "Kommer du til mødet torsdag den 8. april 2027 kl. 17.30?" in who("anna").get("/").text
    who("anna").do(meeting, "Ja, jeg kommer")
    who("bo").do(meeting, "Nej, jeg melder afbud")
    seen = who("rasmus").get(meeting).text
    assert "Kommer (1)</dt><dd>Anna Sørensen" in seen
    assert "Afbud (1)</dt><dd>Bo Lund" in seen
    assert "Kommer (1)" not in who("erik").get(meeting).text
    assert "Selskabslokalet" in who("anna").get("/moeder").text
    assert "Der er ingen møder på vej" in who("erik").get("/moeder").text
    who.at("2027-04-08 19.40")
    form = who("rasmus").see(f"/goer/meeting/{meeting.rpartition('/')[2]}/hold").form_with("Mødet er holdt")
    assert {next(iter(c.options.values())) for c in form.controls if c.kind == "checkbox" and not c.chosen} == {"Bo Lund"}


@pytest.mark.parametrize("wrong", ["x", "a" * 43, "a" * 5000, "..%2f..%2fdoors", "%00", "æ" * 43])
def test_a_wrong_secret_is_answered_not_found(village: Village, wrong: str) -> None:
    assert village.browser().get(f"/kalender/{wrong}.ics").status_code == 404


def test_what_everybody_reads_is_set_apart_and_a_correction_is_a_new_edition(who: Walk, group: str) -> None:
    meeting = convened(who, group)
    who.at("2027-04-08 19.40")
    who("rasmus").do(meeting, "Notér fremmøde", "Mødet er holdt")
    said = {"items-0-text": "Ring til Bo på 21 22 23 24.", "items-1-text": "Fru N.s sag"}
    minutes = who("rasmus").do(meeting, "Skriv referat", "Gem kladden", **said)
    for label in ("Send til kommentering", "Godkend referatet"):
        who("rasmus").do(minutes, label)
    id = minutes.rpartition("/")[2]
    refused = who("rasmus").post(f"/goer/minutes/{id}/publish")
    assert refused.status_code == 409
    assert "et telefonnummer eller et CPR-nummer i punkt 1" in refused.text
    assert 'class="error"' not in who("rasmus").get(f"/goer/minutes/{id}/redact").text, (
        "a field called items has no error of its own"
    )

    who("rasmus").do(
        minutes, "Gør klar til offentliggørelse", "Gem den offentlige udgave", **{"items-0-text": "Ring til kontoret."}
    )
    assert "Sådan læser alle det:" in who("anna").get(minutes).text
    who("rasmus").do(minutes, "Offentliggør referatet")
    assert "Ring til kontoret." in who("erik").get(minutes).text
    assert "21 22 23 24" in who("anna").get(minutes).text

    who("rasmus").do(
        minutes, "Ret en fejl", "Offentliggør rettelsen", changed="Nummeret", **{"items-0-public_text": "Skriv til kontoret."}
    )
    page = who("erik").get(minutes).text
    assert "Skriv til kontoret." in page and "2. udgave" in page and "Rettet: Nummeret" in page
    first = who("erik").get(f"{minutes}/udgaver/1").text
    well_made(first)
    assert "Ring til kontoret." in first and "Fru N." not in first
    assert who("erik").get(f"{minutes}/udgaver/3").status_code == 404
