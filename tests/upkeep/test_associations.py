"""Associations come in, are configured, closed, taken out, erased and brought back; their neighbours notice nothing."""

import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Flag
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from chassis import clock
from chassis.identity import Identity
from contracts.ideas import IdeaPublished
from contracts.people import DepartmentRegistered
from deploy.upkeep import archive
from gateway.store import add_act, go_to_work
from gateway.tests.kit import Browser, door_to
from services.partners.tests.kit import Place, Program
from tests.upkeep.operator import Operator, a_word

HEADINGS = "slug;name;cvr;admin_name;admin_email;answer_days\n"


def test_a_registered_association_has_an_administrator_who_can_be_found(operator: Operator) -> None:
    slug = operator.association()
    house = operator.hall.ask("people", Identity(association_id=operator.id(slug)))

    [first] = house.post("/sign_in", email="kirsten@here.example").json["person_ids"]
    assert house.get(f"/standing/{first}").json["duties"] == ["administrator"]
    assert slug in operator.types("association", "list").output
    again = ("--name", "Byen", "--admin-name", "X", "--admin-email", "x@here.example")
    assert "registered already" in operator.types("association", "register", slug, *again, ok=False).output


def test_the_first_administrator_is_not_sent_away_by_a_file_that_does_not_know_them(operator: Operator) -> None:
    slug = operator.association()
    file = operator.place / f"{slug}-persons.csv"

    said = operator.types("people", "import", slug, str(file), "--sweep")
    assert "3 rows of persons: 0 added, 0 changed, 3 unchanged, 0 ended." in said.output


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("Store By!", "--name", "x"), "slug: "),
        (("lunden", "--name", "x", "--cvr", "12"), "cvr: Must be 8 digits"),
        (("lunden", "--name", "x", "--policy", "answer_days=0"), "answer_days must be a whole number from 1 to 365"),
        (("lunden", "--name", ""), "name: "),
    ],
)
def test_what_is_wrong_with_a_new_association_is_named(operator: Operator, words: tuple[str, ...], named: str) -> None:
    who = ("--admin-name", "Kirsten Holm", "--admin-email", "kirsten@here.example")
    said = operator.types("association", "register", *words, *who, ok=False).output

    assert named in said
    assert "kirsten" not in said.lower()


def test_policies_are_set_by_name_and_shown(operator: Operator) -> None:
    slug = operator.association()

    said = operator.types("association", "configure", slug, "answer_days=45", "tie_break=falls", "quorum_needs_chair=no").output
    assert "answer_days is now 45; it was 60." in said
    assert "already" in operator.types("association", "configure", slug, "answer_days=45").output
    limit = operator.types("association", "configure", slug, "reads_a_minute=900", "quorum_of_members=0.6").output
    assert "reads_a_minute is now 900; it was none." in limit
    assert "quorum_of_members is now 0.6" in limit
    assert "is now none" in operator.types("association", "configure", slug, "reads_a_minute=none").output
    shown = operator.types("association", "configure", slug, "--show").output
    assert "chair or falls" in shown
    assert "meetings_min" in shown
    operator.hall.settle()
    with operator.hall.running["decisions"].begin(Identity(association_id=operator.id(slug))) as work:
        assert work.execute(text("select policy ->> 'tie_break' from policies")).scalar() == "falls"


@pytest.mark.parametrize(
    ("chosen", "named"),
    [
        ("answer_days=1000", "answer_days must be a whole number from 1 to 365"),
        ("answer_days=many", "answer_days must be a whole number from 1 to 365"),
        ("quorum_of_members=0", "quorum_of_members must be a number above 0 to 1"),
        ("tie_break=luck", "tie_break must be chair or falls"),
        ("quorum_needs_chair=perhaps", "quorum_needs_chair must be yes or no"),
        ("colour=red", "colour is no policy; there are answer_days, "),
        ("reads_a_minute=few", "reads_a_minute must be a whole number from 60 to 100000, or none"),
        ("meetings_min=6", "between 1 and 12, and the fewest not above the most"),
    ],
)
def test_a_policy_that_cannot_be_is_named_with_what_it_may_be(operator: Operator, chosen: str, named: str) -> None:
    slug = operator.association()

    assert named in operator.types("association", "configure", slug, chosen, ok=False).output


def many(operator: Operator, number: int, mark: str) -> list[str]:
    return [f"{mark}-{n};Boligforeningen {n};{10000000 + n};Kirsten Holm;k{n}@here.example;{30 + n % 60}" for n in range(number)]


def test_many_come_in_from_one_file_and_again_only_those_that_are_missing(operator: Operator) -> None:
    file, rows = operator.place / "associations.csv", many(operator, 12, a_word())
    file.write_text(HEADINGS + "\n".join(rows[:5]))
    assert "5 associations registered, 0 here already." in operator.types("association", "register-all", str(file)).output

    file.write_text(HEADINGS + "\n".join(rows))
    assert "7 associations to be registered" in operator.types("association", "register-all", str(file), "--check").output
    said = operator.types("association", "register-all", str(file)).output
    assert "7 of 7 associations" in said
    assert "7 associations registered, 5 here already." in said


def test_a_file_with_bad_lines_names_each_and_registers_nothing(operator: Operator) -> None:
    file, rows = operator.place / "associations.csv", many(operator, 6, a_word())
    rows[1] = rows[1].replace("-1;", "_1;")
    rows[2] = rows[2].replace("@", " at ")
    rows[3] = rows[0]
    rows[4] = rows[4].rpartition(";")[0] + ";9999"
    file.write_text(HEADINGS + "\n".join(rows))

    said = operator.types("association", "register-all", str(file), ok=False).output
    for named in (
        "line 3, slug:",
        "line 4, admin_email:",
        "line 5, slug: The same address stands in line 2",
        "line 6, answer_days:",
    ):
        assert named in said
    assert "4 lines of associations.csv must be mended" in said
    assert "Kirsten" not in said
    assert rows[0].partition(";")[0] not in operator.types("association", "list").output


def test_a_file_that_lacks_headings_or_has_strange_ones_is_refused(operator: Operator) -> None:
    file = operator.place / "associations.csv"
    file.write_text("slug;name\n")
    assert (
        "lacks these headings: admin_name, admin_email"
        in operator.types("association", "register-all", str(file), ok=False).output
    )
    file.write_text(HEADINGS.replace("cvr", "cpr"))
    assert "not known: cpr" in operator.types("association", "register-all", str(file), ok=False).output


def test_a_file_of_people_with_bad_rows_names_lines_and_never_values(operator: Operator) -> None:
    slug, file = operator.association(), operator.place / "more.csv"
    file.write_text((operator.place / f"{slug}-persons.csv").read_text() + "4;Eva Dahl;;eva dahl;;1;;nej;nej;måske;\n")

    said = operator.types("people", "import", slug, str(file), ok=False).output
    assert "line 5, E-mail: Is not an e-mail address." in said
    assert "line 5, Medarbejder: Must be ja or nej." in said
    assert "1 line left out" in said
    assert "Eva" not in said


def test_a_suspended_association_is_told_so_and_its_neighbour_goes_on(operator: Operator) -> None:
    slug, neighbour = operator.association(), operator.association()
    here = operator.id(slug)
    door = door_to(
        operator.hall.apps, operator.hall.key, str(operator.reach.url("gateway").render_as_string(hide_password=False))
    )
    assert Browser(door.test_client(), slug).get("/").status_code == 200
    before = operator.checksums(here)

    operator.types("association", "suspend", slug)
    door = door_to(
        operator.hall.apps, operator.hall.key, str(operator.reach.url("gateway").render_as_string(hide_password=False))
    )
    page = Browser(door.test_client(), slug).get("/")
    assert page.status_code == 403
    assert "er sat på pause" in page.text
    assert "Log ind" not in page.text
    problem = Browser(door.test_client(), slug).api("GET", "/ideas")
    assert (problem.status_code, problem.json["slug"]) == (403, "association-suspended")
    assert operator.act(slug) == 403
    assert operator.act(neighbour) == 201
    assert Browser(door.test_client(), neighbour).get("/").status_code == 200
    assert "suspended" in next(line for line in operator.types("association", "list").output.splitlines() if slug in line)
    assert operator.checksums(here) == before

    operator.types("association", "resume", slug)
    assert operator.act(slug) == 201


def test_no_day_is_told_to_a_suspended_association_and_what_was_told_is_still_applied(
    operator: Operator, clock_back: None
) -> None:
    slug, neighbour = operator.association(), operator.association()
    operator.hall.now_and_then()
    operator.hall.settle()
    operator.types("people", "import", slug, str(operator.place / f"{slug}-departments.csv"))
    with operator.reach.begin("people")(Identity(association_id=operator.id(slug))) as work:
        id = uuid4()
        work.tell(DepartmentRegistered(department_id=id, number="9", name="Enghaven"), subject=id, sequence=1)

    operator.types("association", "suspend", slug)
    clock.set_to(clock.now() + clock.timedelta(days=1))
    operator.hall.now_and_then()
    operator.hall.settle()
    assert day(operator, neighbour) == day(operator, slug) + clock.timedelta(days=1)
    with operator.hall.running["ideas"].begin(Identity(association_id=operator.id(slug))) as work:
        assert work.execute(text("select count(*) from departments where name = 'Enghaven'")).scalar() == 1

    operator.types("association", "resume", slug)
    operator.hall.now_and_then()
    operator.hall.settle()
    assert day(operator, slug) == day(operator, neighbour)


def day(operator: Operator, slug: str) -> object:
    with operator.reach.admin("people").begin() as connection:
        return connection.execute(text("select day from doors where name = :slug"), {"slug": slug}).scalar()


@pytest.mark.invariant(1)
def test_taken_out_erased_and_brought_back_it_is_the_same_and_neighbours_are_untouched(operator: Operator) -> None:
    slug, neighbour = operator.association(), operator.association()
    here, file = operator.id(slug), operator.place / "out.zip"
    mine, others = operator.checksums(here), operator.neighbours(here)
    assert sum(each["rows"] for tables in mine.values() for each in tables.values()) > 15

    assert f"rows of {slug} are in" in operator.types("association", "export", slug, str(file)).output
    assert file.stat().st_mode & 0o777 == 0o600
    assert operator.checksums(here) == mine
    assert operator.neighbours(here) == others

    operator.types("association", "erase", slug, "--yes")
    assert sum(each["rows"] for tables in operator.checksums(here).values() for each in tables.values()) == 0
    assert operator.neighbours(here) == others
    assert "there is no association" in operator.types("association", "erase", slug, "--yes", ok=False).output

    assert f"{slug} is back" in operator.types("association", "import", str(file)).output
    assert operator.checksums(here) == mine
    assert operator.neighbours(here) == others
    assert operator.act(slug) == 201
    assert "here already" in operator.types("association", "import", str(file), ok=False).output
    assert operator.act(neighbour) == 201


def test_an_archive_holds_every_table_that_says_whose_its_rows_are(operator: Operator) -> None:
    asked = text("""
        select distinct c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attname = 'association_id'
    """)
    without = text("""
        select c.relname from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
          and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'association_id')
    """)
    for database in operator.reach.databases:
        with operator.reach.admin(database.name).begin() as connection:
            there = set(connection.execute(asked).scalars())
            nobodys = set(connection.execute(without).scalars())
        assert {table.name for table in archive.tables(database)} == there - {"closed", "at_work"}, database.name
        assert nobodys <= {"alembic_version", "unreadable"}, "a table that names no association cannot be taken out, nor erased"


def test_where_an_employee_works_goes_and_is_no_hindrance_when_they_work_elsewhere_meanwhile(operator: Operator) -> None:
    slug, neighbour = operator.association(), operator.association()
    here, elsewhere, file = operator.id(slug), operator.id(neighbour), operator.place / "out.zip"
    address, person = uuid4().hex, uuid4()
    with operator.reach.seeing_all("gateway") as db:
        go_to_work(db, address, here, person)
        act = {"person_id": person, "acts_for": None, "roles": [], "method": "POST", "route": "/ideas", "request_id": None}
        add_act(db, association_id=here, **act, at=clock.now())
    asked = "select {} from {} where association_id = :here"

    def found(database: str, table: str, here: UUID, what: str = "count(*)") -> object:
        with operator.reach.seeing_all(database) as connection:
            return connection.execute(text(asked.format(what, table)), {"here": here}).scalar()

    assert [found("gateway", "at_work", here), found("gateway", "acts", here), found("people", "workplaces", here)] == [1, 1, 1]
    operator.types("association", "export", slug, str(file))
    operator.types("association", "erase", slug, "--yes")
    assert [found("gateway", "at_work", here), found("gateway", "acts", here), found("people", "workplaces", here)] == [0, 0, 0]

    with operator.reach.seeing_all("gateway") as db:
        go_to_work(db, address, elsewhere, person)
    operator.types("association", "import", str(file))
    assert [found("gateway", "at_work", here), found("gateway", "acts", here), found("people", "workplaces", here)] == [0, 1, 1]
    assert found("gateway", "at_work", elsewhere) == 1


def test_a_partner_who_read_beyond_what_was_brought_back_is_told_so_and_others_go_on(operator: Operator) -> None:
    slug = operator.association()
    place, file = Place(operator.hall, operator.id(slug)), operator.place / "out.zip"
    early = place.reader(place.grant("idea.published"))
    late = Program(place, early.grant, place.credential(early.grant))
    never = Program(place, early.grant, early.credential)
    place.tell(published("Før"))
    assert len(early.read()) == len(late.read()) == 1
    operator.types("association", "export", slug, str(file))
    for title in ("Tabt 1", "Tabt 2"):
        place.tell(published(title))
    assert len(late.read()) == 2
    operator.types("association", "erase", slug, "--yes")
    operator.types("association", "import", str(file))

    for titles in ([], ["Ny 1", "Ny 2", "Ny 3"]):
        for title in titles:
            place.tell(published(title))
        gone = late.ask(cursor=late.cursor)
        assert (gone.status_code, gone.json["slug"]) == (410, "cursor-taken-back"), "positions were given out twice"
        assert [each["data"]["title"] for each in early.read()] == titles
    assert [each["data"]["title"] for each in never.read()] == ["Før", "Ny 1", "Ny 2", "Ny 3"]
    assert early.read() == never.read() == []


def published(title: str) -> IdeaPublished:
    return IdeaPublished(idea_id=uuid4(), title=title, author_id=uuid4())


def test_an_erased_association_does_not_come_back_with_a_late_letter_or_a_late_request(operator: Operator) -> None:
    slug = operator.association()
    here, department = operator.id(slug), uuid4()
    house = operator.hall.ask("people", Identity(association_id=here))
    person = house.post("/sign_in", email="anna@here.example").json["person_ids"][0]
    operator.types("association", "erase", slug, "--yes")

    operator.hall.tell(here, DepartmentRegistered(department_id=department, number="1", name="Søbakken"), subject=department)
    assert house.put("/policy", answer_days=50).status_code == 404
    late = Identity(association_id=here, person_id=UUID(person))
    assert operator.hall.ask("ideas", late).post("/ideas", title="En ide", text="Sent").status_code == 404
    operator.hall.now_and_then()
    assert sum(each["rows"] for tables in operator.checksums(here).values() for each in tables.values()) == 0


def test_erasing_asks_for_the_slug_and_can_be_typed_again_after_an_interruption(operator: Operator) -> None:
    slug = operator.association()
    here = operator.id(slug)
    assert "nothing was erased" in operator.types("association", "erase", slug, answers="wrong\n", ok=False).output
    assert operator.act(slug) == 201

    with operator.reach.admin("groups").begin() as connection:  # as if it had stopped half way
        connection.execute(text("delete from departments where association_id = :here"), {"here": here})
    operator.types("association", "erase", slug, answers=f"{slug}\n")
    assert "there is no association" in operator.types("association", "resume", slug, ok=False).output


def test_a_damaged_or_foreign_archive_changes_nothing(operator: Operator) -> None:
    slug, neighbour = operator.association(), operator.association()
    here, file = operator.id(slug), operator.place / "out.zip"
    operator.types("association", "export", slug, str(file))
    operator.types("association", "erase", slug, "--yes")
    others = operator.neighbours(here)

    for change in (
        lambda name, body: body.replace(b"Anna", b"Hanna") if name == "people/persons.jsonl" else body,
        lambda name, body: (
            body.replace(str(here).encode(), str(operator.id(neighbour)).encode()) if name != "manifest.json" else body
        ),
        lambda name, body: b"".join(body.splitlines(keepends=True)[:-1]) if name == "ideas/ideas.jsonl" else body,
    ):
        harmed = operator.place / "harmed.zip"
        with zipfile.ZipFile(file) as whole, zipfile.ZipFile(harmed, "w") as made:
            for name in whole.namelist():
                made.writestr(name, change(name, whole.read(name)))
        assert "is damaged" in operator.types("association", "import", str(harmed), ok=False).output
    with zipfile.ZipFile(file) as whole, zipfile.ZipFile(harmed, "w") as made:
        manifest = json.loads(whole.read("manifest.json"))
        manifest["databases"]["ideas"]["revision"] = "0000"
        made.writestr("manifest.json", json.dumps(manifest))
    assert "bring it back into the version" in operator.types("association", "import", str(harmed), ok=False).output
    (operator.place / "no.zip").write_text("no")
    assert "no archive" in operator.types("association", "import", str(operator.place / "no.zip"), ok=False).output
    assert operator.neighbours(here) == others
    assert sum(each["rows"] for tables in operator.checksums(here).values() for each in tables.values()) == 0


def test_letters_that_were_on_the_way_when_it_was_taken_out_are_sent_again_when_it_is_back(operator: Operator) -> None:
    slug, file = operator.association(), operator.place / "out.zip"
    here, id = operator.id(slug), uuid4()
    with operator.reach.begin("people")(Identity(association_id=here)) as work:
        work.tell(DepartmentRegistered(department_id=id, number="7", name="Enghaven"), subject=id, sequence=1)
    with operator.reach.admin("people").begin() as connection:  # confirmed by the broker, and in nobody's inbox yet
        connection.execute(
            text("update outbox set state = 'sent', sent_at = now() where association_id = :here and state = 'waiting'"),
            {"here": here},
        )
    operator.types("association", "export", slug, str(file))
    operator.types("association", "erase", slug, "--yes")

    assert "1 letter that had been on the way" in operator.types("association", "import", str(file)).output
    operator.hall.settle()
    with operator.hall.running["ideas"].begin(Identity(association_id=here)) as work:
        assert work.execute(text("select name from departments where department_id = :id"), {"id": id}).scalar() == "Enghaven"


def test_whatever_goes_wrong_leaves_as_a_sentence(operator: Operator) -> None:
    (operator.reach.folder / "admin.database_url").write_text("postgresql://nobody:x@127.0.0.1:1/postgres")
    assert "the database does not answer" in operator.types("association", "list", ok=False).output
    (operator.reach.folder / "admin.database_url").write_text("nonsense")
    assert "something unexpected happened" in operator.types("association", "list", ok=False).output
    (operator.reach.folder / "admin.database_url").unlink()
    assert "no secrets in" in operator.types("association", "list", ok=False).output


def test_a_change_that_was_under_way_when_erasing_began_is_waited_for_and_erased_too(operator: Operator) -> None:
    slug = operator.association()
    here, found = operator.id(slug), Flag()
    with ThreadPoolExecutor(1) as other:
        with operator.hall.running["ideas"].begin(Identity(association_id=here)) as work:
            work.execute(text("select 1"))
            erasing = other.submit(operator.types, "association", "erase", slug, "--yes")
            while not erasing.done() and not waited_for(operator):
                found.wait(0.02)
            work.execute(
                text("insert into departments (association_id, department_id, name) values (:here, :id, 'Sent')"),
                {"here": here, "id": uuid4()},
            )
        erasing.result(60)
    assert sum(each["rows"] for tables in operator.checksums(here).values() for each in tables.values()) == 0


def waited_for(operator: Operator) -> bool:
    """Whether somebody asks whether ideas is at rest."""
    asked = text("select count(*) from pg_stat_activity where datname = 'ideas' and query like '%usename = any(%xact_start%'")
    with operator.reach.admin("people").begin() as connection:
        return bool(connection.execute(asked).scalar())
