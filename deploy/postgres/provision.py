"""Makes each service's database and its three roles: an owner that nobody logs in as, one for its work, one for its post."""

from collections.abc import Mapping

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from chassis import migrate
from chassis.service import Service


def provision(admin_url: str, service: Service, passwords: Mapping[str, str]) -> None:
    """Make or mend roles and database, then migrate. `passwords` has one for `<service>` and one for `<service>_post`."""
    lay_ground(admin_url, service, passwords)
    migrate.upgrade(at(admin_url, service.name), service.name, service.migrations)


def lay_ground(admin_url: str, service: Service, passwords: Mapping[str, str]) -> None:
    """The same without tables: roles, and a database that only they may enter."""
    name = service.name
    with psycopg.connect(_plain(admin_url), autocommit=True) as admin:
        _role(admin, f"{name}_owner", None)
        for role in (name, f"{name}_post"):
            _role(admin, role, passwords[role])
        if not admin.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
            admin.execute(
                sql.SQL("create database {} owner {} template template0").format(
                    sql.Identifier(name), sql.Identifier(f"{name}_owner")
                )
            )
        admin.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(name)))
        admin.execute(
            sql.SQL("grant connect on database {} to {}, {}").format(*map(sql.Identifier, (name, name, f"{name}_post")))
        )
    with psycopg.connect(_plain(at(admin_url, name)), autocommit=True) as admin:
        admin.execute(sql.SQL("alter schema public owner to {}").format(sql.Identifier(f"{name}_owner")))
        admin.execute(
            sql.SQL("grant usage on schema public to {}, {}").format(sql.Identifier(name), sql.Identifier(f"{name}_post"))
        )


def at(admin_url: str, database: str) -> str:
    """The same server and administrator, in this database."""
    return make_url(admin_url).set(database=database).render_as_string(hide_password=False)


def url_for(admin_url: str, role: str, password: str, database: str) -> str:
    """How a role reaches a database on the same server."""
    return make_url(admin_url).set(username=role, password=password, database=database).render_as_string(hide_password=False)


def _role(admin: psycopg.Connection, name: str, password: str | None) -> None:
    known = admin.execute("select 1 from pg_roles where rolname = %s", [name]).fetchone()
    verb = sql.SQL("alter" if known else "create")
    login = sql.SQL("login password {}").format(sql.Literal(password)) if password else sql.SQL("nologin")
    admin.execute(
        sql.SQL("{} role {} nosuperuser nobypassrls nocreatedb nocreaterole {}").format(verb, sql.Identifier(name), login)
    )


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")
