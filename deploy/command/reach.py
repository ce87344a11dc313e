"""How a command reaches the databases of an installation: by the passwords that lie in its folder."""

from dataclasses import dataclass
from pathlib import Path

import click
from sqlalchemy import Engine, create_engine, make_url

from chassis.service import Service
from chassis.work import Begin, work_on
from deploy.services import BY_NAME, HEARD


@dataclass(frozen=True)
class Reach:
    """The installation whose secrets lie in `folder`; `server` is host and port where they are not what the secrets say."""

    folder: Path
    server: str = ""

    @classmethod
    def embedded(cls, data: Path) -> "Reach":
        """An installation in one process, which notes where its database listens while it runs."""
        try:
            return cls(data / "secrets", (data / "address").read_text(encoding="ascii"))
        except FileNotFoundError:
            raise click.ClickException(f"nothing runs from {data}") from None

    def post(self, service: str) -> Engine:
        """The letters of a service, of all associations."""
        return create_engine(self._url(self.service(service).name + "_post"), hide_parameters=True)

    def begin(self, service: str) -> Begin:
        """Work in a service on behalf of one association at a time."""
        return work_on(create_engine(self._url(self.service(service).name), hide_parameters=True), heard_kinds=HEARD)

    @staticmethod
    def service(name: str) -> Service:
        """The service of that name."""
        if name not in BY_NAME:
            raise click.BadParameter(f"{name} is no service; there are {', '.join(BY_NAME)}")
        return BY_NAME[name]

    def _url(self, role: str) -> str:
        try:
            url = make_url((self.folder / f"{role}.database_url").read_text(encoding="ascii"))
        except FileNotFoundError:
            raise click.ClickException(f"no secrets in {self.folder}; name the folder with --secrets or --data") from None
        host, _, port = self.server.partition(":")
        return (url.set(host=host, port=int(port)) if host else url).render_as_string(hide_password=False)
