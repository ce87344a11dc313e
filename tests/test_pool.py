"""The pool: a lost connection is replaced unasked, and a transaction speaks for one association and forgets it."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from chassis import metrics
from chassis.pool import pool, speak_for

WHO = text("select nullif(current_setting('app.association_id', true), '')")


@pytest.fixture
def engine(admin_url: str) -> Iterator[Engine]:
    made = pool(admin_url, "nobody", "web", size=1, more=0)
    with made.begin() as connection:
        connection.exec_driver_sql("create table closed (association_id uuid primary key, state text)")
    yield made
    with made.begin() as connection:
        connection.exec_driver_sql("drop table if exists closed")
    made.dispose()


def test_a_connection_that_the_server_has_closed_is_replaced_before_anything_is_asked(engine: Engine, admin_url: str) -> None:
    with engine.begin() as connection:
        first = connection.exec_driver_sql("select pg_backend_pid()").scalar_one()
    with psycopg.connect(admin_url.replace("+psycopg", ""), autocommit=True) as admin:
        admin.execute("select pg_terminate_backend(%s, 5000)", [first])

    with engine.begin() as connection:
        speak_for(connection, uuid4())
        assert connection.exec_driver_sql("select pg_backend_pid()").scalar_one() != first


def test_a_transaction_speaks_for_one_association_and_its_connection_forgets_it(engine: Engine) -> None:
    here = uuid4()
    with engine.begin() as connection:
        speak_for(connection, here)
        assert connection.execute(WHO).scalar_one() == str(here)
        connection.exec_driver_sql("create temporary table written (n int) on commit preserve rows")

    with engine.begin() as connection:
        assert connection.execute(WHO).scalar_one() is None
        assert connection.exec_driver_sql("select count(*) from written").scalar_one() == 0


def test_what_is_written_is_undone_when_the_work_breaks_off(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:
        speak_for(connection, uuid4())
        connection.exec_driver_sql("create table half_done (n int)")
        raise ZeroDivisionError

    with engine.begin() as connection:
        assert connection.exec_driver_sql("select to_regclass('half_done')").scalar_one() is None


def test_a_transaction_that_has_begun_speaks_for_its_association_too(engine: Engine) -> None:
    here = uuid4()
    with engine.begin() as connection:
        connection.exec_driver_sql("select 1")
        speak_for(connection, here)
        assert connection.execute(WHO).scalar_one() == str(here)


@pytest.mark.parametrize("begun", [False, True])
def test_whether_an_association_is_closed_is_told_in_the_same_breath(engine: Engine, *, begun: bool) -> None:
    shut = uuid4()
    with engine.begin() as connection:
        connection.exec_driver_sql("insert into closed values (%s, 'suspended')", (shut,))

    for who, state in ((shut, "suspended"), (uuid4(), None)):
        with engine.begin() as connection:
            if begun:
                connection.exec_driver_sql("select 1")
            assert speak_for(connection, who) == state


def test_what_is_wrong_is_said_as_it_always_is(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("drop table closed")

    with pytest.raises(ProgrammingError, match='relation "closed" does not exist'), engine.begin() as connection:
        speak_for(connection, uuid4())


def test_one_that_could_not_be_opened_was_never_lent_out() -> None:
    engine = pool("postgresql+psycopg://nobody@127.0.0.1:1/nothing", "nobody", "lost", size=1, more=0)
    with pytest.raises(OperationalError):
        engine.connect()

    assert metrics.CONNECTIONS.labels("nobody", "lost")._value.get() == 0
