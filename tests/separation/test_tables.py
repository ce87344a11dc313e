"""Every table of every service, asked with no association, an empty one, and a neighbour's."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import pytest
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError, ProgrammingError

from chassis.identity import Identity
from chassis.migrate import differences
from chassis.service import Service
from deploy.services import SERVICES
from tests.kit import Hall
from tests.separation.catalogue import POST_SEES, faults

SPEAK = text("select set_config('app.association_id', :association, true)")
IN_TABLES = [
    (service, name) for service in SERVICES for name, table in service.tables.tables.items() if "no_association" not in table.info
]
each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
each_table = pytest.mark.parametrize(
    ("service", "table"), IN_TABLES, ids=[f"{service.name}.{name}" for service, name in IN_TABLES]
)


@contextmanager
def as_admin(admin_url: str, database: str) -> Iterator[Connection]:
    """The superuser, whom no policy holds."""
    engine = create_engine(make_url(admin_url).set(database=database))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.mark.invariant(1)
@each_service
def test_the_catalogue_finds_no_fault(hall: Hall, admin_url: str, service: Service) -> None:
    with as_admin(admin_url, service.name) as connection:
        assert faults(connection, service.name, service.tables) == []


@each_service
def test_the_tables_are_what_the_code_says(hall: Hall, admin_url: str, service: Service) -> None:
    url = make_url(admin_url).set(database=service.name).render_as_string(hide_password=False)

    assert differences(url, service.name, service.tables) == []


@pytest.mark.invariant(1)
@pytest.mark.parametrize("association", [None, ""])
@each_table
def test_without_an_association_no_row_is_seen(
    hall: Hall, admin_url: str, service: Service, table: str, association: str | None
) -> None:
    one_row_of_somebody(admin_url, service, table)
    with hall.running[service.name].engine.connect() as connection:
        if association is not None:
            connection.execute(SPEAK, {"association": association})
        assert connection.execute(text(f"select count(*) from {table}")).scalar() == 0


@pytest.mark.invariant(1)
@each_table
def test_a_neighbour_sees_changes_and_deletes_nothing(hall: Hall, admin_url: str, service: Service, table: str) -> None:
    theirs = one_row_of_somebody(admin_url, service, table)
    with hall.running[service.name].begin(Identity(association_id=uuid4())) as work:
        where = "where association_id = :theirs"
        assert work.execute(text(f"select count(*) from {table} {where}"), {"theirs": theirs}).scalar() == 0
        assert work.execute(text(f"update {table} set association_id = association_id {where}"), {"theirs": theirs}).rowcount == 0
        assert work.execute(text(f"delete from {table} {where}"), {"theirs": theirs}).rowcount == 0


@pytest.mark.invariant(1)
@each_table
def test_nobody_writes_a_row_into_a_neighbours_association(hall: Hall, admin_url: str, service: Service, table: str) -> None:
    theirs = one_row_of_somebody(admin_url, service, table)
    columns = ", ".join(column.name for column in service.tables.tables[table].columns)
    with pytest.raises(DBAPIError, match="row-level security"), hall.running[service.name].engine.begin() as connection:
        connection.execute(SPEAK, {"association": str(uuid4())})
        values = ", ".join(
            f"'{theirs}'" if c.name == "association_id" else sample(c) for c in service.tables.tables[table].columns
        )
        connection.exec_driver_sql(f"insert into {table} ({columns}) values ({values})")


@pytest.mark.invariant(1)
@each_service
def test_a_used_connection_remembers_nobody(hall: Hall, service: Service) -> None:
    running = hall.running[service.name]
    with pytest.raises(ZeroDivisionError), running.begin(Identity(association_id=uuid4())):
        raise ZeroDivisionError
    with running.engine.connect() as connection:
        assert not connection.execute(text("select current_setting('app.association_id', true)")).scalar()


@each_service
def test_the_post_of_a_service_sees_letters_and_nothing_else(hall: Hall, service: Service) -> None:
    table = next(name for name in service.tables.tables if name not in POST_SEES)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        hall.running[service.name].post_engine.connect() as connection,
    ):
        connection.execute(text(f"select * from {table}"))


@pytest.mark.parametrize(
    ("harm", "named"),
    [
        ("alter table ideas no force row level security", "forced"),
        ("alter table ideas disable row level security", "guarded"),
        ("drop policy of_association on ideas", "policy"),
        ("create table loose (id uuid primary key)", "loose"),
        ("create index by_title on ideas (title)", "by_title"),
        ("create view everything as select * from ideas", "everything"),
        ("grant truncate on ideas to ideas", "TRUNCATE"),
        ("grant select on ideas to ideas_post", "post sees"),
    ],
)
def test_the_catalogue_notices_each_protection_that_is_switched_off(hall: Hall, admin_url: str, harm: str, named: str) -> None:
    service = next(each for each in SERVICES if each.name == "ideas")
    with as_admin(admin_url, "ideas") as connection:
        connection.exec_driver_sql(harm)
        found = faults(connection, "ideas", service.tables)
        connection.rollback()

    assert any(named in fault for fault in found), found


@pytest.mark.invariant(1)
@pytest.mark.parametrize(
    ("harm", "named"),
    [
        ("grant select on shared_templates to groups", "reads whose"),
        ("create policy hole on shared_templates for delete to groups using (true)", "lets others change"),
        ("drop policy changed_by_owner on shared_templates", "four policies"),
        ("alter table shared_templates no force row level security", "forced"),
    ],
)
def test_the_catalogue_notices_when_what_is_shared_is_open_to_more(hall: Hall, admin_url: str, harm: str, named: str) -> None:
    service = next(each for each in SERVICES if each.name == "groups")
    with as_admin(admin_url, "groups") as connection:
        connection.exec_driver_sql(harm)
        found = faults(connection, "groups", service.tables)
        connection.rollback()

    assert any(named in fault for fault in found), found


def test_a_hole_in_the_fence_is_felt_by_the_neighbour(hall: Hall, admin_url: str) -> None:
    service = next(each for each in SERVICES if each.name == "ideas")
    theirs = one_row_of_somebody(admin_url, service, "ideas")
    with as_admin(admin_url, "ideas") as connection:
        connection.exec_driver_sql("create policy hole on ideas to ideas using (true)")
        connection.exec_driver_sql("set local role ideas")
        connection.execute(SPEAK, {"association": str(uuid4())})
        seen = connection.execute(text("select count(*) from ideas where association_id = :theirs"), {"theirs": theirs}).scalar()
        connection.rollback()

    assert seen == 1, "the test that a neighbour sees nothing could not fail"


def one_row_of_somebody(admin_url: str, service: Service, table: str) -> str:
    """A row of some association, put there past all policies."""
    theirs = str(uuid4())
    columns = service.tables.tables[table].columns
    values = ", ".join(f"'{theirs}'" if column.name == "association_id" else sample(column) for column in columns)
    with as_admin(admin_url, service.name) as connection:
        connection.exec_driver_sql(f"insert into {table} ({', '.join(column.name for column in columns)}) values ({values})")
        connection.commit()
    return theirs


def sample(column: object) -> str:
    """Some value that the column takes."""
    kind = f"{type(column.type).__name__} {column.type}".lower()
    for word, value in SAMPLES.items():
        if word in kind:
            return value if word != "char" else f"'{uuid4()}'"
    return f"'{uuid4()}'"


SAMPLES = {
    "array": "'{}'",
    "json": "'[]'",
    "date": "'2026-03-24'",
    "timestamp": "now()",
    "int": "1",
    "bool": "false",
    "float": "0.5",
    "blob": "'\\x00'",
    "char": "''",
}
