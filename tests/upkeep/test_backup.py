"""The drill: back up while everybody writes, destroy the databases, restore; nothing is lost, nothing is applied twice."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from threading import Event as Flag
from uuid import UUID, uuid4

import pika
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import make_url, text

from chassis import clock
from chassis.identity import Duty, Identity
from chassis.transport import Parcel
from chassis.transport.rabbitmq import RabbitMQ, queue_of
from contracts.event import Letter, plain
from contracts.people import DepartmentRegistered
from deploy import secrets
from deploy.bundled import bundled
from deploy.command.__main__ import samskab
from deploy.command.reach import Reach
from deploy.embedded import alone
from deploy.installation import Installation
from deploy.upkeep import associations, cut, letters
from services.partners.store.feed import LEAP
from tests.upkeep.house import Crowd, House, account
from tests.upkeep.operator import Operator


@pytest.fixture(scope="module")
def house(amqp_url: str) -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="samskab-drill-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        with bundled(Path(place) / "postgres", durable=False) as url:
            made = House.at(Path(place) / "secrets", url, amqp_url)
            made.forget_queues()
            yield made
            made.forget_queues()


def types(house: House, *words: str, ok: bool = True) -> Result:
    result = CliRunner().invoke(samskab, ["--secrets", str(house.reach.folder), *words])
    assert result.exit_code == (0 if ok else 1), result.output
    return result


def people_of(house: House, number: int = 3) -> list[Identity]:
    """Some associations with a department each, and a resident of it."""
    found = []
    for n in range(number):
        new = {
            "slug": f"d{n}-{uuid4().hex[:8]}",
            "name": f"Boligforeningen {n}",
            "admin_name": "K",
            "admin_email": "k@here.example",
        }
        here = associations.register(house.reach.begin("people"), associations.checked(new)[0])
        rows = f"Afdelingsnr;LBF-afdelingsnr;Navn;Adresse;Har afdelingsbestyrelse\n1;00101;Søbakken {n};Søvej 1;ja\n"
        asker = house.ask("people", Identity(association_id=here))
        answer = asker.client.post("/imports/departments", data=rows.encode(), headers=asker.headers)
        assert answer.json["added"] == 1
        [department] = asker.get("/departments").json["items"]
        found.append(Identity(association_id=here, person_id=uuid4(), departments=frozenset({department["id"]})))
    return found


def destroy(house: House) -> None:
    with house.reach.admin().execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        for database in house.reach.databases:
            connection.execute(text(f'drop database "{database.name}" with (force)'))


def test_the_drill(house: House, tmp_path: Path) -> None:
    with house.open():
        crowd = Crowd(house, people_of(house))
        with crowd.busy():
            crowd.until(60)
            before = list(crowd.told)
            types(house, "backup", str(tmp_path))
            at_its_end = len(crowd.told)
            crowd.until(at_its_end + 30)
        assert crowd.refused == []
        [folder] = tmp_path.iterdir()
        assert "the services hold" in types(house, "restore", str(folder), "--yes", ok=False).output
    destroy(house)

    said = types(house, "restore", str(folder), "--yes").output
    assert "Restored as of" in said
    with house.open():
        house.rest()
        there = {(row.association_id, str(row.id)) for row in house.rows("ideas", "select association_id, id from ideas")}
        assert set(before) <= there, "told before the backup began, and gone"
        assert account(house) == {"lost": [], "foreign": [], "parked": [], "differing": []}
        again = Crowd(house, crowd.residents)
        with again.busy(1):
            again.until(10)
        house.rest()
        assert again.refused == []
        assert account(house) == {"lost": [], "foreign": [], "parked": [], "differing": []}


def test_a_letter_from_after_the_backup_is_heard_by_nobody(house: House, tmp_path: Path) -> None:
    with house.open():
        [resident, *_] = people_of(house, 1)
        trusted = Identity(association_id=resident.association_id, person_id=uuid4(), duties=frozenset({Duty.ADMINISTRATOR}))
        given = house.ask("partners", trusted).post("/grants", name="Hjemmesiden", kinds=["idea.*"], scopes=[])
        assert given.status_code == 201, given.text
        house.rest()
        types(house, "backup", str(tmp_path))
        before = newest(house, resident.association_id)
    [folder] = tmp_path.iterdir()
    id = uuid4()
    event = DepartmentRegistered(department_id=id, number="9", name="Fremtiden")
    letter = Letter(
        id=uuid4(),
        association_id=resident.association_id,
        kind=event.kind,
        source=event.teller(),
        subject=id,
        sequence=1,
        at=clock.now(),
        data=plain.unstructure(event),
    )
    transport = RabbitMQ(house.amqp_url)
    assert transport.publish([Parcel(letter.id, letter.source, letter.kind, letter.to_bytes())]) == {letter.id}
    transport.close()
    assert in_queue(house, "ideas") == 1

    types(house, "restore", str(folder), "--yes")
    assert in_queue(house, "ideas") == 0
    with house.open():
        house.rest()
        assert account(house)["foreign"] == []
    assert newest(house, resident.association_id) == before + LEAP, "positions that partners have read are given out again"


def newest(house: House, here: UUID) -> int:
    """The end of an association's feed."""
    [row] = house.rows("partners", "select coalesce(max(newest), 0) as newest from feeds where association_id = :here", here=here)
    return int(row.newest)


def test_a_key_that_data_is_sealed_with_goes_with_the_backup_and_comes_back(house: House, tmp_path: Path) -> None:
    seal = house.reach.folder / "partners.seal"
    secrets.put_down(seal, "the old one")
    types(house, "backup", str(tmp_path))
    [folder] = tmp_path.iterdir()
    seal.unlink()

    types(house, "restore", str(folder), "--yes")
    assert seal.read_text() == "the old one"
    assert seal.stat().st_mode & 0o777 == (folder / seal.name).stat().st_mode & 0o777 == 0o600
    seal.unlink()


def test_a_letter_that_only_the_broker_had_is_sent_again(house: House, tmp_path: Path) -> None:
    with house.open():
        [resident, *_] = people_of(house, 1)
        house.rest()
    id = uuid4()
    with house.reach.begin("people")(Identity(association_id=resident.association_id)) as work:
        work.tell(DepartmentRegistered(department_id=id, number="9", name="Enghaven"), subject=id, sequence=1)
    with house.reach.admin("people").begin() as connection:
        connection.execute(text("update outbox set state = 'sent', sent_at = now() where state = 'waiting'"))
    types(house, "backup", str(tmp_path))
    destroy(house)

    said = types(house, "restore", str(next(tmp_path.iterdir())), "--yes").output
    assert "1 letter that had been on the way will be sent again." in said
    with house.open():
        house.rest()
        assert [row.name for row in house.rows("ideas", "select name from departments where department_id = :id", id=id)] == [
            "Enghaven"
        ]
    assert letters.send_again_what_is_missing(house.reach) == 0


def test_a_damaged_backup_or_one_of_a_newer_version_is_refused_before_anything_is_done(house: House, tmp_path: Path) -> None:
    types(house, "backup", str(tmp_path))
    [folder] = tmp_path.iterdir()
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder, *folder.glob("*.dump")))
    manifest = json.loads((folder / "manifest.json").read_text())

    (folder / "ideas.dump").write_bytes((folder / "ideas.dump").read_bytes() + b"x")
    assert "damaged: ideas.dump" in types(house, "restore", str(folder), "--yes", ok=False).output
    manifest["databases"]["ideas"] |= {
        "revision": "9999",
        "sha256": manifest["databases"]["people"]["sha256"],
        "file": "people.dump",
    }
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert "newer version" in types(house, "restore", str(folder), "--yes", ok=False).output
    assert "is no backup" in types(house, "restore", str(tmp_path), "--yes", ok=False).output
    assert house.rows("ideas", "select count(*) as ideas from ideas")[0].ideas > 0


def in_queue(house: House, name: str) -> int:
    with pika.BlockingConnection(pika.URLParameters(house.amqp_url)) as connection:
        return int(connection.channel().queue_declare(queue_of(name), passive=True).method.message_count)


def test_no_letter_is_seen_where_it_is_heard_and_not_where_it_was_told(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A letter is told and delivered between the looks at two databases, which only works when nothing holds the inboxes still."""
    slug, id, look = operator.association(), uuid4(), cut._look
    here = operator.id(slug)

    def look_and_tell(seen: ExitStack, reach: Reach, name: str) -> cut.Held:
        held = look(seen, reach, name)
        if name == "people":
            with reach.begin("people")(Identity(association_id=here)) as work:
                work.tell(DepartmentRegistered(department_id=id, number="9", name="Enghaven"), subject=id, sequence=1)
            moved.append(other.submit(operator.hall.settle))
            while not moved[0].done() and not somebody_waits(operator):
                Flag().wait(0.02)
        return held

    monkeypatch.setattr(cut, "_look", look_and_tell)
    moved: list[Future[None]] = []
    with ThreadPoolExecutor(1) as other, cut.cut(operator.reach) as held:
        asked = text("select count(*) from inbox where association_id = :here and subject = :id")
        assert held["ideas"].connection.execute(asked, {"here": here, "id": id}).scalar() == 0
        moved[0].result(60)
    with operator.reach.admin("ideas").begin() as connection:
        assert connection.execute(asked, {"here": here, "id": id}).scalar() == 1


def somebody_waits(operator: Operator) -> bool:
    with operator.reach.admin("people").begin() as connection:
        return bool(connection.execute(text("select count(*) from pg_locks where not granted")).scalar())


def test_an_installation_in_one_process_is_backed_up_while_it_runs_and_restored_while_it_is_stopped() -> None:
    with tempfile.TemporaryDirectory(prefix="samskab-one-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        data, backups = Path(place) / "data", Path(place) / "backups"
        runner = CliRunner()

        def types_here(*words: str) -> Result:
            return runner.invoke(samskab, ["--data", str(data), *words])

        assert "nothing runs from" in types_here("association", "list").output
        with alone(data), bundled(data / "postgres", durable=False) as url:
            installation = Installation.at(data, url)
            installation.gather()
            (data / "address").write_text(f"{make_url(url).host}:{make_url(url).port}")
            who = ("--name", "Lunden", "--admin-name", "K", "--admin-email", "k@here.example")
            assert types_here("association", "register", "lunden", *who).exit_code == 0
            assert types_here("backup", str(backups)).exit_code == 0
            assert types_here("association", "erase", "lunden", "--yes").exit_code == 0
            [folder] = backups.iterdir()
            refused = types_here("restore", str(folder), "--yes")
            assert (refused.exit_code, "stop it first" in refused.output) == (1, True)
            installation.stop()
        shutil.rmtree(data / "postgres")

        assert "Restored as of" in types_here("restore", str(folder), "--yes").output
        with bundled(data / "postgres", durable=False) as url:
            (data / "address").write_text(f"{make_url(url).host}:{make_url(url).port}")
            assert "lunden  open" in types_here("association", "list").output
