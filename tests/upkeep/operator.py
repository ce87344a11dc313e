"""Somebody who types `samskab ...`, and what they see."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from click.testing import CliRunner, Result
from sqlalchemy import make_url, text

from chassis.identity import Identity
from deploy.command.__main__ import samskab
from deploy.command.reach import Reach
from deploy.postgres.provision import provision
from deploy.services import SERVICES
from deploy.upkeep import archive
from gateway.store import SERVICE as GATEWAY
from tests.kit import Hall

DEPARTMENTS = "Afdelingsnr;LBF-afdelingsnr;Navn;Adresse;Har afdelingsbestyrelse\n1;00101;Søbakken;Søvej 1;ja\n"
PERSONS = (
    "Person-id;Navn;Visningsnavn;E-mail;Mobil;Afdelingsnr;Adresse;Navnebeskyttet;Kun papir;Medarbejder;Opgaver\n"
    "1;Anna Sørensen;;anna@here.example;;1;Søvej 2;nej;nej;nej;\n"
    "2;Bo Lund;;bo@here.example;;1;Søvej 4;nej;nej;nej;\n"
    "3;Camilla Holst;;camilla@here.example;;;;nej;nej;ja;sekretær,moderator\n"
)


def a_word() -> str:
    """Twelve letters that nobody had before; digits among them might look like a CPR number."""
    return uuid4().hex.translate(str.maketrans("0123456789", "ghijklmnop"))[:12]


def secrets_of(hall: Hall, admin_url: str, folder: Path) -> None:
    """The passwords of the hall, as files."""
    folder.mkdir()
    provision(admin_url, GATEWAY, {"gateway": "test-gateway", "gateway_post": "test-gateway_post"})
    for name in ("gateway", *(service.name for service in SERVICES)):
        for role in (name, f"{name}_post"):
            url = make_url(admin_url).set(username=role, password=f"test-{role}", database=name)
            (folder / f"{role}.database_url").write_text(url.render_as_string(hide_password=False))
    (folder / "admin.database_url").write_text(make_url(admin_url).render_as_string(hide_password=False))


@dataclass
class Operator:
    """At a terminal."""

    hall: Hall
    reach: Reach
    place: Path

    def types(self, *words: str, ok: bool = True, answers: str | None = None) -> Result:
        """`samskab ...`."""
        result = CliRunner().invoke(samskab, ["--secrets", str(self.reach.folder), *words], input=answers)
        assert result.exit_code == (0 if ok else 1), result.output
        assert "Traceback" not in result.output
        return result

    def association(self) -> str:
        """A new association with a department, people and an idea; returns its slug."""
        slug = f"o{a_word()}"
        who = ("--name", f"Boligforeningen {slug}", "--admin-name", "Kirsten Holm", "--admin-email", "kirsten@here.example")
        self.types("association", "register", slug, *who)
        for name, rows in (("departments", DEPARTMENTS), ("persons", PERSONS)):
            file = self.place / f"{slug}-{name}.csv"
            file.write_text(rows)
            self.types("people", "import", slug, str(file))
        self.hall.settle()
        self.act(slug)
        return slug

    def id(self, slug: str) -> UUID:
        """The id behind a slug."""
        with self.reach.admin("people").begin() as connection:
            return UUID(
                str(connection.execute(text("select association_id from doors where name = :slug"), {"slug": slug}).scalar())
            )

    def act(self, slug: str) -> int:
        """A resident submits an idea; what the service answers."""
        here = self.id(slug)
        with self.reach.admin("people").begin() as connection:
            row = connection.execute(
                text("select id, departments from persons where association_id = :here and external_id = '1'"), {"here": here}
            ).one()
        who = Identity(association_id=here, person_id=row.id, departments=frozenset(map(UUID, row.departments)))
        said = {"title": "Flere bænke", "text": "Vi mangler steder at sidde.", "departments": row.departments}
        status = int(self.hall.ask("ideas", who).post("/ideas", **said).status_code)
        self.hall.settle()
        return status

    def checksums(self, here: UUID) -> dict[str, Any]:
        """Of every table of every database, what it says of one association."""
        found = {}
        for database in self.reach.databases:
            with self.reach.admin(database.name).begin() as connection:
                found[database.name] = archive.checksums(connection, database, here)
        return found

    def neighbours(self, here: UUID) -> dict[str, str]:
        """Of every table of every database, what it says of all the others: as PostgreSQL itself sees it."""
        found = {}
        for database in self.reach.databases:
            with self.reach.admin(database.name).begin() as connection:
                for name in (
                    connection.execute(text("select tablename from pg_tables where schemaname = 'public'")).scalars().all()
                ):
                    rows = connection.execute(text(f'select to_jsonb(t)::text from "{name}" t order by 1')).scalars()
                    others = "\n".join(row for row in rows if str(here) not in row)
                    found[f"{database.name}.{name}"] = hashlib.sha256(others.encode()).hexdigest()
        return found
