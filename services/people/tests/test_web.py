"""People over HTTP, on a real database: import, names, standing, doors, days."""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from chassis import clock
from chassis.identity import Duty, Identity
from services.people.actions.by_people import turn_day
from tests.kit import Hall, person, secretary

DATA = Path(__file__).parents[3] / "deploy/demo/stjernelund"
FILES = {"departments": "afdelinger", "persons": "personer", "mandates": "bestyrelser"}


class Town:
    """An association that has just moved in."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.here = hall, uuid4()
        self.slug = f"by-{self.here.hex[:8]}"
        self.house = hall.ask("people", Identity(association_id=self.here))
        assert self.house.post("/associations", name="Byen", slug=self.slug).status_code == 201

    def bring(self, what: str, text: str | bytes | None = None, **how: str) -> Any:
        """Bring a file in; by default the demonstration's."""
        body = (DATA / f"{FILES[what]}.csv").read_bytes() if text is None else text.encode() if isinstance(text, str) else text
        return self.house.client.post(f"/imports/{what}", data=body, query_string=how, headers=self.house.headers)

    def text(self, what: str) -> str:
        """The demonstration's file."""
        return (DATA / f"{FILES[what]}.csv").read_text(encoding="utf-8")

    def all_in(self) -> "Town":
        """Everybody has moved in."""
        for what in FILES:
            assert self.bring(what).json["problems"] == []
        return self

    def find(self, name: str) -> dict:
        """Somebody by name, as staff finds them."""
        items = self.hall.ask("people", secretary(self.here)).get("/persons", search=name).json["items"]
        return next(iter(items))

    def told(self) -> int:
        """How many events people told about this association."""
        with self.hall.running["people"].begin(Identity(association_id=self.here)) as work:
            return int(work.connection.exec_driver_sql("select count(*) from outbox").scalar() or 0)


@pytest.fixture
def town(hall: Hall) -> Town:
    return Town(hall)


def test_everybody_moves_in_from_three_files(town: Town) -> None:
    town.all_in()
    bodies = town.hall.ask("people", person(town.here)).get("/bodies").json["items"]

    board = next(body for body in bodies if body["kind"] == "organisation_board")
    assert sorted({seat["seat"] for seat in board["members"]}) == ["alternate", "chair", "member", "vice_chair"]
    assert len(town.hall.ask("people", person(town.here)).get("/departments").json["items"]) == 6


def test_the_same_file_again_changes_nothing_and_tells_nothing(town: Town) -> None:
    town.all_in()
    before = town.told()

    for what in FILES:
        report = town.bring(what).json
        assert (report["added"], report["changed"], report["ended"]) == (0, 0, 0), what
    assert town.told() == before


def test_the_same_file_in_windows_1252_changes_nothing_either(town: Town) -> None:
    town.all_in()

    assert town.bring("persons", town.text("persons").encode("cp1252")).json["changed"] == 0


def test_a_changed_file_changes_only_what_changed(town: Town) -> None:
    town.all_in()
    before = town.told()

    report = town.bring("persons", town.text("persons").replace("bo@stjernelund", "bo.nygaard@stjernelund")).json
    assert (report["changed"], report["added"], report["ended"]) == (1, 0, 0)
    assert town.told() == before + 1


def test_who_is_gone_from_the_file_is_gone_and_their_mandates_end(town: Town) -> None:
    town.all_in()
    birgit = town.find("Birgit")["id"]
    town.bring("persons", "\n".join(line for line in town.text("persons").splitlines() if "Birgit" not in line))

    assert town.house.get(f"/standing/{birgit}").status_code == 404
    ask = town.hall.ask("people", person(town.here))
    assert ask.post("/names", ids=[birgit]).json["names"] == {birgit: "Tidligere beboer"}
    clock.set_to(clock.now() + timedelta(days=1))
    members = [seat["person_id"] for body in ask.get("/bodies").json["items"] for seat in body["members"]]
    clock.set_to(None)
    assert birgit not in members


def test_a_bad_row_ends_nobody_and_the_rest_comes_in(town: Town) -> None:
    town.all_in()
    broken = town.text("persons").replace("birgit@stjernelund.example", "birgit").replace("Jens Kragh", "Jens Kragh Holm")

    report = town.bring("persons", broken).json
    assert [(p["line"], p["column"]) for p in report["problems"]] == [(2, "E-mail")]
    assert (report["changed"], report["ended"]) == (1, 0)
    assert town.find("Birgit")


def test_a_file_that_looks_cut_off_is_refused_until_confirmed(town: Town) -> None:
    town.all_in()
    few = "\n".join(town.text("persons").splitlines()[:5])

    assert town.bring("persons", few).json["slug"] == "too-many-gone"
    assert town.bring("persons", few, sweep="yes").json["ended"] > 30


@pytest.mark.invariant(3)
def test_residents_are_the_majority_of_the_board_or_somebody_says_why_not(town: Town) -> None:
    town.bring("departments")
    town.bring("persons")
    outsiders = town.text("mandates").replace("medlem;ja", "medlem;nej")

    assert town.bring("mandates", outsiders).json["slug"] == "no-resident-majority"
    assert town.bring("mandates", outsiders, override="Efter fusionen, indtil valget i maj").json["added"] > 0


@pytest.mark.invariant(4)
def test_a_cpr_number_is_kept_nowhere(town: Town, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    town.bring("departments")
    with caplog.at_level(logging.DEBUG):
        answer = town.bring("persons", town.text("persons").replace("Lindealle 3;", "Lindealle 3, 010190-1234;"))

    assert "010190" not in answer.text
    assert [(p["line"], p["column"]) for p in answer.json["problems"]] == [(3, "Adresse")]
    said = capfd.readouterr()
    assert "010190" not in caplog.text + said.out + said.err
    with town.hall.running["people"].begin(Identity(association_id=town.here)) as work:
        for table in town.hall.running["people"].service.tables.tables:
            if table != "unreadable":
                kept = work.connection.exec_driver_sql(f"select {table}::text from {table}").scalars().all()
                assert not [row for row in kept if "010190" in row], table


@pytest.mark.invariant(5)
def test_a_protected_person_is_shown_by_the_name_they_chose(town: Town) -> None:
    town.all_in()
    maria = town.hall.running["people"]
    with maria.begin(Identity(association_id=town.here)) as work:
        id = work.connection.exec_driver_sql("select id from persons where name = 'Maria Kjeldsen'").scalar()

    ask = town.hall.ask("people", person(town.here))
    assert ask.post("/names", ids=[str(id)]).json["names"] == {str(id): "Maria K."}


def test_somebody_on_paper_is_reached_at_no_address(town: Town) -> None:
    town.all_in()

    assert town.find("Ellen")["contact"] == "paper"
    assert town.house.post("/sign_in", email=" ").status_code == 422


@pytest.mark.invariant(32)
def test_a_secretary_sees_where_letters_go_and_nobody_else_does(town: Town) -> None:
    town.all_in()
    ellen, maria = UUID(town.find("Ellen")["id"]), UUID(town.find("Maria")["id"])
    asked = {"ids": [str(ellen), str(maria)]}

    found = town.hall.ask("people", secretary(town.here)).post("/addresses", **asked).json["addresses"]
    assert (found[str(ellen)]["name"], found[str(ellen)]["address"]) == ("Ellen Margrethe Bruun", "Søbakken 36")
    assert (found[str(maria)]["name"], found[str(maria)]["address"]) == ("Maria K.", ""), "protected"
    assert found[str(maria)]["external_id"] == "1213"
    everything_else = person(town.here, lives_in=[uuid4()], duties=frozenset(set(Duty) - {Duty.SECRETARY}))
    assert town.hall.ask("people", everything_else).post("/addresses", **asked).status_code == 403
    assert town.hall.ask("people", secretary(uuid4())).post("/addresses", **asked).json == {"addresses": {}}


@pytest.mark.invariant(32)
def test_it_is_told_who_gets_letters_and_who_does_so_no_more(town: Town) -> None:
    town.all_in()
    ellen = UUID(town.find("Ellen")["id"])
    assert on_paper(town) == {ellen}

    town.hall.ask("people", person(town.here, person_id=ellen)).put("/me", contact="email")
    assert on_paper(town) == set()
    town.hall.ask("people", person(town.here, person_id=ellen)).put("/me", contact="paper")
    assert on_paper(town) == {ellen}
    town.bring("persons", "".join(row for row in town.text("persons").splitlines(True) if "Ellen" not in row))
    assert on_paper(town) == set()


def on_paper(town: Town) -> set[UUID]:
    """Who gets letters, as notices has heard it."""
    town.hall.settle()
    with town.hall.running["notices"].begin(Identity(association_id=town.here)) as work:
        return set(work.connection.exec_driver_sql("select person_id from on_paper").scalars())


@pytest.mark.invariant(2)
def test_only_the_house_asks_where_somebody_is_employed_and_who_left_is_not(town: Town) -> None:
    town.all_in()
    asked = {"email": "Rasmus@stjernelund.example"}

    def employed() -> set[str]:
        return {each["slug"] for each in town.house.post("/workplaces", **asked).json["items"]}

    assert town.slug in employed()
    assert town.hall.ask("people", secretary(town.here)).post("/workplaces", **asked).status_code == 404
    assert town.house.post("/workplaces", email="bo@stjernelund.example").json["items"] == [], "a resident is not employed"
    town.bring("persons", "".join(row for row in town.text("persons").splitlines(True) if "Rasmus" not in row))
    assert town.slug not in employed()


def test_somebody_signs_in_by_address_and_has_their_standing(town: Town) -> None:
    town.all_in()
    [birgit] = town.house.post("/sign_in", email="BIRGIT@stjernelund.example").json["person_ids"]

    standing = town.house.get(f"/standing/{birgit}").json
    assert [seat["seat"] for seat in standing["mandates"]] == ["chair"]
    assert len(standing["departments"]) == 1


def test_what_i_choose_to_be_called_survives_the_next_file(town: Town) -> None:
    town.all_in()
    bo = UUID(town.find("Bo Nygaard")["id"])
    town.hall.ask("people", person(town.here, person_id=bo)).put("/me", chosen_name="Bosse")

    assert town.bring("persons").json["changed"] == 0
    assert town.house.get(f"/standing/{bo}").json["display_name"] == "Bosse"


@pytest.mark.invariant(19)
@pytest.mark.parametrize(("fewest", "most"), [(0, 5), (2, 13), (6, 5)])
def test_no_policy_allows_fewer_than_one_or_more_than_twelve_meetings(town: Town, fewest: int, most: int) -> None:
    answer = town.hall.ask("people", secretary(town.here)).put("/policy", meetings_min=fewest, meetings_max=most)

    assert answer.status_code in {409, 422}


@pytest.mark.parametrize("share", [0, -0.5, 1.01, "nan", "mange"])
def test_no_policy_asks_for_a_quorum_that_is_no_share(town: Town, share: Any) -> None:
    answer = town.hall.ask("people", secretary(town.here)).put("/policy", quorum_of_members=share)

    assert answer.status_code == 422
    assert [each["field"] for each in answer.json["fields"]] == ["quorum_of_members"]


@pytest.mark.parametrize("slug", ["static", "Stjernelund", "æblehaven", "-", "a b", "a\n", "x" * 64])
def test_no_association_has_an_address_that_the_front_door_cannot_find(town: Town, slug: str) -> None:
    answer = town.house.post("/associations", name="Byen", slug=slug)

    assert answer.status_code == 422
    assert [each["field"] for each in answer.json["fields"]] == ["slug"]


@pytest.mark.parametrize("wrong", [{"quorum_at_least": 101}, {"quorum_at_least": -1}, {"survey_days": 0}])
def test_a_quorum_is_a_number_of_people_and_a_survey_is_open_for_a_day_at_least(town: Town, wrong: dict[str, int]) -> None:
    answer = town.hall.ask("people", secretary(town.here)).put("/policy", **wrong)

    assert (answer.status_code, [named["field"] for named in answer.json["fields"]]) == (422, list(wrong))


def test_a_policy_has_a_version_that_counts_up(town: Town) -> None:
    ask = town.hall.ask("people", secretary(town.here))

    assert ask.get("/association").json["policy_version"] == 1
    assert ask.put("/policy", answer_days=30).json["policy_version"] == 2
    assert town.hall.ask("people", person(town.here)).put("/policy", answer_days=30).status_code == 403


def test_duties_are_given_and_taken_by_an_administrator_only(town: Town) -> None:
    town.all_in()
    bo = town.find("Bo Nygaard")["id"]

    assert town.house.post("/duties", person_id=bo, duty="moderator").json["duties"] == ["moderator"]
    assert town.hall.ask("people", secretary(town.here)).post("/duties", person_id=bo, duty="secretary").status_code == 403
    administrator = person(town.here, employee=True, duties=frozenset({Duty.ADMINISTRATOR}))
    assert town.hall.ask("people", administrator).post("/duties/withdraw", person_id=bo, duty="moderator").json["duties"] == []


@pytest.mark.invariant(56)
def test_a_day_is_told_once_however_often_one_looks(town: Town, hall: Hall, clock_back: None) -> None:
    running = hall.running["people"]
    before = town.told()
    for _ in range(3):
        turn_day(running.engine, running.begin)
    assert town.told() == before + 1

    clock.set_to(clock.now() + timedelta(days=9))
    turn_day(running.engine, running.begin)
    assert town.told() == before + 2


@pytest.mark.invariant(1)
def test_what_only_the_house_may_ask_is_not_there_for_anybody_else(town: Town) -> None:
    ask = town.hall.ask("people", secretary(town.here))

    assert ask.get(f"/doors/{town.slug}").status_code == 404
    assert ask.post("/sign_in", email="a@b.example").status_code == 404
    assert ask.get(f"/standing/{uuid4()}").status_code == 404


@pytest.mark.invariant(1)
def test_a_neighbour_learns_no_name(town: Town) -> None:
    town.all_in()
    bo = town.find("Bo Nygaard")["id"]

    assert town.hall.ask("people", secretary(uuid4())).post("/names", ids=[bo]).json["names"] == {}
    assert town.hall.ask("people", Identity(association_id=uuid4())).get(f"/standing/{bo}").status_code == 404


# The interest list


@pytest.mark.invariant(27)
def test_people_join_the_interest_list_change_it_and_leave_it_when_they_like(town: Town) -> None:
    town.all_in()
    bo = person(town.here, person_id=UUID(town.find("Bo Nygaard")["id"]))
    ask, staff = town.hall.ask("people", bo), town.hall.ask("people", secretary(town.here))
    home = ask.get("/departments").json["items"][0]["id"]
    assert ask.get("/interest").json["may"] == ["join"]
    ask.put("/interest", topics=["Renovering"])
    assert ask.put("/interest", topics=["Klima"], departments=[home]).json["topics"] == ["Klima"]

    listed = staff.get("/interest_list").json["items"]
    assert [(each["person_id"], each["topics"], each["departments"]) for each in listed] == [
        (str(bo.person_id), ["Klima"], [home])
    ]
    assert staff.get("/interest_list", department_id=home).json["items"] == listed
    assert staff.get("/interest_list", department_id=str(uuid4())).json["items"] == []
    assert ask.post("/interest/leave").json["listed"] is False
    assert ask.post("/interest/leave").status_code == 409
    assert staff.get("/interest_list").json["items"] == []
    assert ask.put("/interest").json["topics"] == []
    assert town.house.get("/interest_list").json["items"][0]["person_id"] == str(bo.person_id)


@pytest.mark.invariant(27)
def test_nobody_but_the_house_and_the_secretary_reads_the_interest_list(town: Town) -> None:
    town.all_in()
    bo = person(town.here, person_id=UUID(town.find("Bo Nygaard")["id"]))
    town.hall.ask("people", bo).put("/interest")

    for who in (bo, person(town.here, employee=True), person(town.here, sits_in=[uuid4()])):
        assert town.hall.ask("people", who).get("/interest_list").status_code == 403
    assert town.hall.ask("people", secretary(uuid4())).get("/interest_list").json["items"] == []
    stranger = town.hall.ask("people", person(uuid4(), person_id=bo.person_id))
    assert (stranger.put("/interest").status_code, stranger.post("/interest/leave").status_code) == (404, 404)


@pytest.mark.invariant(27)
def test_nobody_is_put_on_the_list_by_others_and_staff_say_how_somebody_on_paper_asked(town: Town) -> None:
    town.all_in()
    ellen = person(town.here, person_id=UUID(town.find("Ellen")["id"]), act=uuid4())

    assert town.house.put("/interest").status_code == 404
    assert town.hall.ask("people", ellen).put("/interest").json["slug"] == "consent-note-needed"
    assert town.hall.ask("people", ellen).put("/interest", consent_note="Ringede i dag").json["listed"] is True
    assert town.hall.ask("people", ellen).put("/interest", departments=[str(uuid4())], consent_note="x").status_code == 404
    assert town.hall.ask("people", ellen).put("/interest", topics=["x" * 61]).status_code == 422


@pytest.mark.invariant(6, 27)
def test_who_is_gone_is_on_no_list(town: Town) -> None:
    town.all_in()
    bo = person(town.here, person_id=UUID(town.find("Bo Nygaard")["id"]))
    town.hall.ask("people", bo).put("/interest", topics=["Klima"])
    town.bring("persons", "\n".join(line for line in town.text("persons").splitlines() if "Bo Nygaard" not in line))

    assert town.house.get("/interest_list").json["items"] == []
    with town.hall.running["people"].begin(Identity(association_id=town.here)) as work:
        assert work.connection.exec_driver_sql("select count(*) from interests where topics::text like '%%Klima%%'").scalar() == 0


@pytest.mark.invariant(27)
def test_pages_of_the_interest_list_follow_each_other(town: Town) -> None:
    town.all_in()
    ids = [UUID(town.find(name)["id"]) for name in ("Bo Nygaard", "Birgit", "Ellen")]
    for id in ids:
        town.hall.ask("people", person(town.here, person_id=id)).put("/interest")
    first = town.house.get("/interest_list", limit=2).json
    second = town.house.get("/interest_list", limit=2, cursor=first["next_cursor"]).json

    assert [each["person_id"] for each in first["items"] + second["items"]] == [str(id) for id in ids]
