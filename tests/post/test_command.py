"""What an operator types about the post, and what comes of it."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from chassis.identity import Identity
from contracts.decisions import DecisionPublished, Outcome
from contracts.people import DepartmentRegistered
from deploy.command.__main__ import samskab
from deploy.demo.story import ASSOCIATION_ID
from deploy.services import SERVICES
from tests.conftest import Told
from tests.kit import Hall

WRITTEN = "Det skrev Jytte Hansen selv"


class Operator:
    """Somebody at a terminal, looking at one association's letters."""

    def __init__(self, hall: Hall, secrets: Path) -> None:
        self.hall, self.secrets, self.here = hall, secrets, uuid4()

    def types(self, *words: str, ok: bool = True) -> Result:
        """`samskab post ...`."""
        result = CliRunner().invoke(samskab, ["--secrets", str(self.secrets), "post", *words])
        assert (result.exit_code == 0) is ok, result.output
        return result

    def a_letter_that_fails(self) -> None:
        """One that ideas cannot apply: it is about an idea that nobody knows."""
        fact = DecisionPublished(
            decision_id=uuid4(),
            charter_id=uuid4(),
            group_id=uuid4(),
            proposal_id=uuid4(),
            outcome=Outcome.ADOPTED,
            reason=WRITTEN,
            idea_id=uuid4(),
        )
        self.hall.tell(self.here, fact, subject=fact.decision_id)

    def state(self) -> tuple[str, int]:
        """How its letter lies in the inbox of ideas."""
        with self.hall.running["ideas"].post_engine.connect() as connection:
            asked = text("select state, attempts from inbox where association_id = :here and kind = 'decision.published'")
            row = connection.execute(asked, {"here": self.here}).one()
            return row.state, row.attempts


@pytest.fixture
def operator(hall: Hall, tmp_path: Path) -> Operator:
    for name, running in hall.running.items():
        for role, engine in ((name, running.engine), (f"{name}_post", running.post_engine)):
            (tmp_path / f"{role}.database_url").write_text(engine.url.render_as_string(hide_password=False))
    return Operator(hall, tmp_path)


def test_an_operator_sees_what_waits_why_and_nothing_that_people_wrote(operator: Operator) -> None:
    operator.a_letter_that_fails()

    assert "retry" in operator.types("status").output
    listed = operator.types("list", "ideas", "--association", str(operator.here)).output
    assert "decision.published" in listed
    assert "refused: not-found" in listed
    shown = operator.types("show", "ideas", listed.split()[0]).output
    assert '"outcome": "adopted"' in shown
    assert f"({len(WRITTEN)} characters)" in shown
    assert WRITTEN not in shown + listed


def test_a_letter_is_parked_retried_and_discarded_by_hand(operator: Operator) -> None:
    operator.a_letter_that_fails()
    ours = ("ideas", "--association", str(operator.here))

    assert "1 letter parked" in operator.types("park", *ours, "--why", "we look into it").output
    assert operator.state() == ("parked", 1)
    assert "1 letter will be read again" in operator.types("retry", *ours, "--reason", "look into").output
    assert operator.state() == ("waiting", 0)
    operator.hall.settle()
    assert operator.state() == ("retry", 1)

    operator.types("park", *ours, "--why", "again")
    assert "1 letter discarded" in operator.types("discard", *ours, "--why", "its idea is gone", "--yes").output
    operator.hall.settle()
    assert operator.state() == ("discarded", 1)
    assert "0 letters will be read again" in operator.types("retry", *ours).output


def test_a_service_that_was_emptied_is_told_anew_how_things_stand(operator: Operator) -> None:
    hall, here = operator.hall, operator.here
    house = hall.ask("people", Identity(association_id=here))
    house.post("/associations", name="Byen", slug=f"by-{here.hex[:8]}")
    rows = "Afdelingsnr;LBF-afdelingsnr;Navn;Adresse;Har afdelingsbestyrelse\n1;00101;Søbakken;Søvej 1;ja\n"
    house.client.post("/imports/departments", data=rows.encode(), headers=house.headers)
    hall.settle()
    with hall.running["ideas"].begin(Identity(association_id=here)) as work:
        assert work.execute(text("delete from departments")).rowcount == 1
        work.execute(text("delete from heard"))

    said = operator.types("tell-again", "people", "--to", "ideas", "--association", str(here))
    hall.settle()
    assert "letters will be told to ideas" in said.output
    with hall.running["ideas"].begin(Identity(association_id=here)) as work:
        assert work.execute(text("select name from departments")).scalar() == "Søbakken"
    assert hall.parked(here) == []


TOLD_ONCE = "notices writes to people when it happens, and not once more"
FED_ONCE = "only partners hears of it, for a feed of what happened: how it stands is no news"
NOT_TOLD_AGAIN = {
    ("people", "day"): "a day that is over is over; the next one says what is due",
    ("decisions", "docket_item"): "what a body answered is kept by groups, who asked",
    (
        "groups",
        "amendment",
    ): "what came of it is in the charter; one under decision is laid before the body anew by whoever wrote it",
    ("notices", "letter"): "only notices goes on by it, a portion at a time",
    ("meetings", "date_poll"): TOLD_ONCE,
    ("meetings", "minutes"): TOLD_ONCE,
    ("meetings", "contribution"): TOLD_ONCE,
    ("meetings", "shared_understanding"): TOLD_ONCE,
    ("meetings", "anonymous_round"): TOLD_ONCE,
    ("groups", "draw"): TOLD_ONCE,
    ("decisions", "review"): TOLD_ONCE,
    ("decisions", "survey"): TOLD_ONCE,
    ("decisions", "round"): FED_ONCE,
    ("partners", "grant"): FED_ONCE,
}


def test_whatever_another_service_listens_to_can_be_told_anew() -> None:
    listened = {(event.teller(), event.thing()) for service in SERVICES for event in service.listens}
    told = {(service.name, thing) for service in SERVICES for thing in service.tells_again}

    assert listened - told == set(NOT_TOLD_AGAIN)


def test_a_service_that_is_new_learns_all_that_there_is(told: Told) -> None:
    hall, services = told.hall, {service.name: service for service in SERVICES}
    for name, running in hall.running.items():
        with running.begin(Identity(association_id=ASSOCIATION_ID)) as work:
            for tells in services[name].tells_again.values():
                for subject, sequence, event in tells(work):
                    work.tell_again(event, subject=subject, sequence=sequence, to="groups")
    hall.settle()

    assert told.story.record() == told.record, "who knows it all already changes nothing"
    assert hall.parked(ASSOCIATION_ID) == []


def test_only_the_one_that_is_meant_is_told_anew(operator: Operator) -> None:
    hall, here, known = operator.hall, operator.here, uuid4()
    event = DepartmentRegistered(department_id=known, number="1", name="Søbakken")
    with hall.running["people"].begin(Identity(association_id=here)) as work:
        work.tell_again(event, subject=known, sequence=3, to="ideas")
    hall.settle()

    heard = {name: arrived(hall, name, here) for name in ("ideas", "groups")}
    assert heard == {"ideas": 1, "groups": 0}


def test_what_was_sent_is_sent_again_and_changes_nothing(operator: Operator) -> None:
    hall, here, known = operator.hall, operator.here, uuid4()
    with hall.running["people"].begin(Identity(association_id=here)) as work:
        work.tell(DepartmentRegistered(department_id=known, number="1", name="Søbakken"), subject=known, sequence=1)
    hall.settle()

    said = operator.types("replay", "people", "--association", str(here), "--kind", "department.registered")
    hall.settle()
    assert "1 letter will be sent again" in said.output
    assert arrived(hall, "ideas", here) == 1


def test_a_command_that_cannot_do_it_says_why(operator: Operator, tmp_path: Path) -> None:
    assert "ideas has no letter" in operator.types("show", "ideas", str(uuid4()), ok=False).output
    assert "can tell anew: policy" in operator.types("tell-again", "people", "--to", "ideas", "--thing", "x", ok=False).output
    operator.secrets = tmp_path / "elsewhere"
    assert "no secrets in" in operator.types("status", ok=False).output


def arrived(hall: Hall, service: str, here: UUID) -> int:
    """How many letters of an association lie in a service's inbox."""
    with hall.running[service].post_engine.connect() as connection:
        return int(connection.execute(text("select count(*) from inbox where association_id = :here"), {"here": here}).scalar())
