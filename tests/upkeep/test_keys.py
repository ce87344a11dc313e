"""Keys and passwords are renewed; a crowd at the front door notices nothing of the keys."""

import base64
import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from chassis import keys, tokens
from chassis.identity import Identity
from chassis.tokens import Forged, Signer, Verifier
from deploy import secrets
from deploy.services import SERVICES
from deploy.upkeep import keys as upkeep
from gateway import remembered
from gateway.app import create_gateway
from gateway.services import Services
from gateway.settings import GatewaySettings
from gateway.tests.kit import Browser
from tests.kit import Hall
from tests.upkeep.operator import Operator

SOMEBODY = Identity(association_id=uuid4(), person_id=uuid4())


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens that live for two seconds and are remembered for one."""
    monkeypatch.setattr(tokens, "GOOD_FOR", 2)
    monkeypatch.setattr(tokens, "LEEWAY", 1)
    monkeypatch.setattr(remembered, "SECONDS", 1)


@pytest.fixture
def folder(operator: Operator) -> Path:
    """Secrets with keys."""
    secrets.write(operator.reach.folder)
    return operator.reach.folder


def door_that_watches(hall: Hall, operator: Operator) -> Flask:
    """Gateway and services, all of which read their keys from the files."""
    folder = operator.reach.folder
    known = {name: keys.Watched(folder / "gateway.public", keys.public) for name in hall.running}
    apps = {name: running.app(Verifier(known[name], name)) for name, running in hall.running.items()}
    return create_gateway(
        GatewaySettings(
            key=keys.Watched(folder / "gateway.key", keys.private),
            database_url=operator.reach.url("gateway").render_as_string(hide_password=False),
            services=Services.here(apps),
            demo=True,
        )
    )


@dataclass
class Visitors:
    """People who read without a pause; every answer is kept."""

    browsers: list[Browser]
    answers: list[int] = field(default_factory=list)
    stopping: Flag = field(default_factory=Flag)

    def __enter__(self) -> "Visitors":
        self.threads = [Thread(target=self._read, args=(browser,), daemon=True) for browser in self.browsers]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join(30)

    def _read(self, browser: Browser) -> None:
        while not self.stopping.is_set():
            for path in ("/me", "/ideas", "/groups", "/docket"):
                self.answers.append(browser.api("GET", path).status_code)


@pytest.fixture
def visitors(operator: Operator, folder: Path, quick: None) -> Iterator[Visitors]:
    slug = operator.association()
    door = door_that_watches(operator.hall, operator)
    with Visitors(
        [Browser(door.test_client(), slug).sign_in(f"{name}@here.example") for name in ("anna", "bo", "camilla")]
    ) as here:
        yield here


def test_a_signing_key_is_renewed_without_a_failed_request(operator: Operator, folder: Path, visitors: Visitors) -> None:
    old = keys.private((folder / "gateway.key").read_text())

    said = operator.types("keys", "rotate").output
    visitors.__exit__()
    new = keys.private((folder / "gateway.key").read_text())
    assert new.kid in said
    assert len(visitors.answers) > 50
    assert set(visitors.answers) == {200}
    assert [key.kid for key in keys.public((folder / "gateway.public").read_text()).keys] == [new.kid] != [old.kid]
    assert not (folder / "gateway.key.next").exists()
    assert (folder / "gateway.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Forged):
        Verifier(keys.Watched(folder / "gateway.public", keys.public), "ideas").identity(
            Signer(old).sign(SOMEBODY, audience="ideas")
        )


@pytest.mark.parametrize("stops_at", [1, 2])
def test_a_rotation_that_was_interrupted_is_gone_on_with(folder: Path, stops_at: int) -> None:
    told: list[str] = []

    def interrupted(_seconds: int, why: str) -> None:
        told.append(why)
        if len(told) == stops_at:
            raise KeyboardInterrupt

    old = keys.private((folder / "gateway.key").read_text())
    with pytest.raises(KeyboardInterrupt):
        upkeep.rotate(folder, interrupted)
    assert "not finished" in upkeep.out_of_step(folder)
    assert len(keys.public((folder / "gateway.public").read_text()).keys) == 2
    begun = (folder / ("gateway.key.next" if stops_at == 1 else "gateway.key")).read_text()

    kid = upkeep.rotate(folder, lambda _seconds, _why: None)
    assert upkeep.out_of_step(folder) == ""
    assert kid == keys.private(begun).kid != old.kid


def test_each_service_knows_both_keys_before_the_gateway_signs_with_the_new_one(folder: Path) -> None:
    seen: list[tuple[str, set[str]]] = []
    waited: list[int] = []

    def look(seconds: int, _why: str) -> None:
        waited.append(seconds)
        signing = keys.private((folder / "gateway.key").read_text()).kid
        seen.append((signing, {key.kid for key in keys.public((folder / "gateway.public").read_text()).keys}))

    old = keys.private((folder / "gateway.key").read_text()).kid
    handed_out: list[int] = []
    new = upkeep.rotate(folder, look, lambda: handed_out.append(len(waited)))
    assert seen == [(old, {old, new}), (new, {old, new})]
    assert handed_out == [0, 1, 2], "whoever reads copies has each step before it is waited for"
    assert waited[0] > keys.LOOK_AGAIN, "the gateway signs with a key that somebody has not seen yet"
    assert waited[1] > keys.LOOK_AGAIN + tokens.GOOD_FOR + tokens.LEEWAY, "a token of the old key may still be good"


def test_each_step_reaches_the_copies_that_processes_read_in_one_move_a_file(
    operator: Operator, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = tmp_path / "given"
    secrets.hand_out(folder, given)
    monkeypatch.setenv("SAMSKAB_GIVEN", str(given))
    services = [path / "gateway.public" for path in given.iterdir() if (path / "gateway.public").exists()]
    assert len(services) == len(SERVICES)
    seen: list[tuple[str, set[str]]] = []

    def look(_seconds: int, _why: str) -> None:
        signing = keys.private((given / "gateway" / "gateway.key").read_text()).kid
        [known] = {frozenset(key.kid for key in keys.public(path.read_text()).keys) for path in services}
        seen.append((signing, set(known)))

    monkeypatch.setattr("deploy.command.keys._wait", look)
    old = keys.private((folder / "gateway.key").read_text()).kid
    before = {path: path.read_text() for path in sorted(given.glob("*/*"))}
    with ExitStack() as readers:
        reading = {path: readers.enter_context(path.open()) for path in before}
        operator.types("keys", "rotate")
        assert {path: file.read() for path, file in reading.items()} == before, "who was reading must not see half of it"

    new = keys.private((folder / "gateway.key").read_text()).kid
    assert new != old
    assert seen == [(old, {old, new}), (new, {old, new})]
    look(0, "afterwards")
    assert seen[-1] == (new, {new})
    assert set(given.glob("*/*")) == set(before), "nothing half-made lies there"
    assert all(path.stat().st_mode & 0o777 == secrets.mode_of(path) for path in before)


def test_a_key_file_that_cannot_be_read_for_a_moment_leaves_the_old_keys_in_force(folder: Path) -> None:
    watched = keys.Watched(folder / "gateway.public", keys.public)
    before = watched()
    for half in ("half a", '{"keys": []}', '{"keys": [{"kty": "OKP"}]}'):
        (folder / "gateway.public").write_text(half)
        assert not watched.look()
    (folder / "gateway.public").unlink()
    assert not watched.look()
    assert watched() is before


def test_a_token_that_was_verified_is_forgotten_with_its_key(folder: Path) -> None:
    watched = keys.Watched(folder / "gateway.public", keys.public)
    verifier, old = Verifier(watched, "ideas"), keys.private((folder / "gateway.key").read_text())
    token = Signer(old).sign(SOMEBODY, audience="ideas")
    assert verifier.identity(token) == SOMEBODY

    upkeep.rotate(folder, lambda _seconds, _why: None)
    watched.look()
    with pytest.raises(Forged):
        verifier.identity(token)


def test_a_service_that_meets_a_key_it_does_not_know_looks_at_once(folder: Path) -> None:
    verifier = Verifier(keys.Watched(folder / "gateway.public", keys.public), "ideas")
    old = keys.private((folder / "gateway.key").read_text())
    assert verifier.identity(Signer(old).sign(SOMEBODY, audience="ideas")) == SOMEBODY

    upkeep.rotate(folder, lambda _seconds, _why: None)
    new = keys.private((folder / "gateway.key").read_text())
    assert verifier.identity(Signer(new).sign(SOMEBODY, audience="ideas")) == SOMEBODY


def test_passwords_are_renewed_for_databases_and_broker(
    operator: Operator, folder: Path, admin_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMSKAB_GIVEN", str(tmp_path / "given"))
    before = {role: (folder / f"{role}.database_url").read_text() for role in ("ideas", "ideas_post", "gateway")}
    try:
        assert "Restart now" in operator.types("keys", "rotate", "--passwords").output
        for role, old in before.items():
            assert answers((folder / f"{role}.database_url").read_text())
            assert not answers(old), role
            assert (tmp_path / "given" / role.removesuffix("_post") / f"{role}.database_url").read_text() != old
        amqp = (folder / "ideas.amqp_url").read_text()
        assert (tmp_path / "given" / "ideas" / "ideas.amqp_url").read_text() == amqp
        assert (tmp_path / "given" / "rabbitmq" / "definitions.json").read_text() == (folder / "definitions.json").read_text()
        users = json.loads((folder / "definitions.json").read_text())["users"]
        kept = base64.b64decode(next(user for user in users if user["name"] == "ideas")["password_hash"])
        word = (folder / "ideas.broker").read_text()
        assert word in amqp
        assert kept[4:] == hashlib.sha256(kept[:4] + word.encode()).digest()
    finally:
        for database in operator.reach.databases:
            passwords = {role: f"test-{role}" for role in (database.name, f"{database.name}_post")}
            upkeep.lay_ground(admin_url, database, passwords)


def answers(url: str) -> bool:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return bool(connection.execute(text("select true")).scalar())
    except OperationalError:
        return False
    finally:
        engine.dispose()
