"""How a command reaches the databases of an installation: by the passwords that lie in its folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, make_url, text

from chassis.service import Service
from chassis.work import Begin, work_on
from deploy.bundled import ADMIN
from deploy.services import BY_NAME, HEARD, SERVICES
from deploy.upkeep.errand import CannotDo
from gateway.store import SERVICE as GATEWAY

SEES_ALL = text("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")


@dataclass(frozen=True)
class Reach:
    """The installation whose secrets lie in `folder`; `server` is host and port where they are not what the secrets say.

    `data` is the folder of an installation in one process, which has a database of its own and no broker.
    """

    folder: Path
    server: str = ""
    data: Path | None = None

    @classmethod
    def embedded(cls, data: Path) -> "Reach":
        """An installation in one process, which notes where its database listens while it runs."""
        address = data / "address"
        return cls(data / "secrets", address.read_text(encoding="ascii") if address.exists() else "", data)

    @property
    def databases(self) -> tuple[Service, ...]:
        """Every database: the gateway's and each service's."""
        return (GATEWAY, *SERVICES)

    def post(self, service: str) -> Engine:
        """The letters of a service, of all associations."""
        return _engine(self._url(self.service(service).name + "_post"))

    def begin(self, service: str) -> Begin:
        """Work in a service on behalf of one association at a time."""
        url = self._url(self.service(service).name)
        return work_on(create_engine(url, hide_parameters=True, pool_size=1), heard_kinds=HEARD)

    def admin_url(self, database: str = "postgres") -> URL:
        """How the administrator of the server reaches a database."""
        if self.data:
            self._must_run()
            password = _read(self.data / "postgres" / "password")
            return _at(make_url(f"postgresql://{ADMIN}:{password}@127.0.0.1/{database}"), self.server)
        named = os.environ.get("ADMIN_DATABASE_URL") or _read(self.folder / "admin.database_url")
        return _at(make_url(named).set(database=database), self.server)

    def admin(self, database: str = "postgres") -> Engine:
        """The administrator at work in a database: for what concerns a whole database, or all databases at once."""
        return _engine(self.admin_url(database))

    @contextmanager
    def seeing_all(self, database: str) -> Iterator[Connection]:
        """A transaction of the administrator, who must be somebody whom row-level security hides nothing from."""
        with self.admin(database).begin() as connection:
            if not connection.execute(SEES_ALL).scalar():
                raise CannotDo("the database's administrator does not see all rows: it needs to be superuser or BYPASSRLS")
            yield connection

    def url(self, role: str) -> URL:
        """How one of our roles reaches its database."""
        return make_url(self._url(role))

    def amqp_url(self, service: str) -> str:
        """How a service reaches the broker."""
        return _read(self.folder / f"{service}.amqp_url")

    @staticmethod
    def service(name: str) -> Service:
        """The service of that name."""
        if name not in BY_NAME:
            raise click.BadParameter(f"{name} is no service; there are {', '.join(BY_NAME)}")
        return BY_NAME[name]

    def _url(self, role: str) -> str:
        self._must_run()
        return _at(make_url(_read(self.folder / f"{role}.database_url")), self.server).render_as_string(hide_password=False)

    def _must_run(self) -> None:
        if self.data and not self.server:
            raise CannotDo(f"nothing runs from {self.data}")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (FileNotFoundError, NotADirectoryError):
        raise CannotDo(f"no secrets in {path.parent}; name the folder with --secrets or --data") from None


def _at(url: URL, server: str) -> URL:
    host, _, port = server.partition(":")
    return url.set(host=host, port=int(port)) if host else url


def _engine(url: URL | str) -> Engine:
    return create_engine(url, poolclass=NullPool, hide_parameters=True)
