"""The doctor finds each thing that is broken on purpose, and nothing where nothing is."""

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from types import SimpleNamespace
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import pika
import pytest
from joserfc.jwk import KeySet
from pika.exceptions import ChannelClosedByBroker
from sqlalchemy import URL, make_url, text

from chassis import clock, keys
from chassis.transport.rabbitmq import exchange_of, queue_of
from contracts.people import DayTurned
from deploy import secrets
from deploy.command.reach import Reach
from deploy.command.terminal import sentence
from deploy.services import SERVICES
from deploy.upkeep.doctor import State, examine, machine, routes
from deploy.upkeep.doctor.finding import Finding
from tests.servers.node import Node
from tests.servers.rabbitmq import private_node
from tests.upkeep.house import House
from tests.upkeep.operator import Operator

OF_TESTS = {"database server: fsync", "database server: full_page_writes", "database server: synchronous_commit"}
"""What is rightly found fault with in a database that tests run on."""


def faults(reach: Reach) -> set[str]:
    """What is to be mended, in short."""
    found = {f"{each.check}: {each.says}" for each in examine(reach, sentence) if each.state is State.MEND}
    return {each for each in found if not any(each.startswith(known) for known in OF_TESTS)}


def rules(house: House) -> set[State]:
    """How it stands with what queues are bound to, and under."""
    return {each.state for each in routes.routes(house.reach)}


def until(asked: Callable[[], Any], wanted: Any) -> Any:
    """What is found at last: the broker puts a queue under other rules a moment after it was told."""
    pause = Flag()
    for _ in range(150):
        if (found := asked()) == wanted:
            break
        pause.wait(0.1)
    return found


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with private_node(manages=True) as made:
        yield made


@pytest.fixture(scope="module")
def house(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A whole installation at work, whose broker has the users and rights of its own definitions."""
    from tests.servers.postgres import postgres

    folder = tmp_path_factory.mktemp("doctor") / "secrets"
    with postgres() as admin_url, ExitStack() as running:
        made = House.at(folder, admin_url, "")
        for service in SERVICES:
            (folder / f"{service.name}.amqp_url").unlink()
        (folder / "doctor.management_url").unlink()
        secrets.write(folder, database=f"{make_url(admin_url).host}:{make_url(admin_url).port}", broker=f"127.0.0.1:{node.port}")
        looking = folder / "doctor.management_url"
        looking.write_text(looking.read_text().replace(":15672", f":{node.management}"))
        for path in folder.iterdir():
            path.chmod(secrets.mode_of(path))
        definitions = node.home / "definitions.json"
        definitions.write_text((folder / "definitions.json").read_text())
        definitions.chmod(0o644)
        node.tell("import_definitions", str(definitions))
        node.tell("delete_user", "guest")
        running.enter_context(made.open())
        made.wait_until_all_listen()
        assert until(lambda: rules(made), {State.WELL}) == {State.WELL}
        yield made


def test_where_all_is_well_nothing_is_found(house: House) -> None:
    house.rest()
    assert faults(house.reach) == set()
    checks = {each.check for each in examine(house.reach, sentence)}
    assert {
        "post of ideas",
        "queue of groups",
        "exchange of groups",
        "routes to groups",
        "rights of people",
        "fences of gateway",
        "keys",
        "clocks",
        "disk",
        "mail",
    } <= checks


@contextmanager
def in_database(house: House, database: str, harm: str, undo: str) -> Iterator[None]:
    def does(statement: str) -> None:
        with house.reach.admin(database).begin() as connection:
            connection.execute(text(statement))

    does(harm)
    try:
        yield
    finally:
        does(undo)


LETTER = (
    "insert into {box} (association_id, id, kind, thing, subject, sequence, body, state, due{more}) values "
    "('{id}', '{id}', 'a.b', 'a', '{id}', 1, '', '{state}', now() - interval '2 minutes'{values})"
)


def a_letter(box: str, state: str) -> tuple[str, str]:
    id = uuid5(NAMESPACE_OID, box + state)  # the same in every process that collects the tests
    more, values = (", stored_at", ", now() - interval '2 minutes'") if box == "inbox" else ("", "")
    made = LETTER.format(box=box, id=id, state=state, more=more, values=values)
    return made, f"delete from {box} where id = '{id}'"


@pytest.mark.parametrize(
    ("database", "harm", "undo", "named"),
    [
        (
            "ideas",
            "alter table ideas no force row level security",
            "alter table ideas force row level security",
            "fences of ideas: the table ideas is open",
        ),
        (
            "gateway",
            "alter table links disable row level security",
            "alter table links enable row level security",
            "fences of gateway: the table links is open",
        ),
        ("people", "alter role people bypassrls", "alter role people nobypassrls", "roles of people: people is mighty"),
        (
            "people",
            "grant people_owner to people",
            "revoke people_owner from people",
            "roles of people: people can become another role",
        ),
        (
            "ideas",
            "alter table ideas owner to ideas",
            "alter table ideas owner to ideas_owner",
            "roles of ideas: ideas owns tables",
        ),
        (
            "groups",
            "grant connect on database groups to public",
            "revoke connect on database groups from public",
            "roles of groups: every role",
        ),
        (
            "groups",
            "update alembic_version set version_num = '0000'",
            "update alembic_version set version_num = '0001'",
            "tables of groups: at 0000",
        ),
        ("meetings", "alter role meetings nologin", "alter role meetings login", "database meetings: meetings cannot enter it"),
        ("ideas", *a_letter("inbox", "parked"), "letters of ideas: 1 are parked"),
        ("ideas", *a_letter("inbox", "held"), "letters of ideas: 1 wait for an earlier one"),
        (
            "ideas",
            f"insert into unreadable values ('{UUID(int=7)}', '', 'x', now())",
            "delete from unreadable",
            "letters of ideas: 1 were no letters at all",
        ),
    ],
)
def test_what_is_broken_in_a_database_is_found(house: House, database: str, harm: str, undo: str, named: str) -> None:
    with in_database(house, database, harm, undo):
        found = faults(house.reach)
    assert any(each.startswith(named) for each in found), found


def test_what_was_mended_is_found_no_more(house: House) -> None:
    assert faults(house.reach) == set()


def test_a_broker_without_rights_or_with_too_many_or_with_a_guest_is_found(house: House, node: Node) -> None:
    node.tell("set_permissions", "-p", "samskab", "ideas", ".*", ".*", ".*")
    node.tell("set_permissions", "-p", "samskab", "groups", "^groups", "^nothing$", ".*")
    node.tell("add_user", "guest", "guest")
    node.tell("set_permissions", "-p", "/", "guest", ".*", ".*", ".*")
    try:
        found = faults(house.reach)
    finally:
        definitions = str(node.home / "definitions.json")
        node.tell("import_definitions", definitions)
        node.tell("delete_user", "guest")
    assert "rights of ideas: it may publish in the name of groups" in found
    assert "rights of groups: it may not publish to its own exchange" in found
    assert any(each.startswith("broker: guest") for each in found)


def at_broker(house: House, service: str, does: Callable[[Any], Any]) -> None:
    with pika.BlockingConnection(pika.URLParameters(house.reach.amqp_url(service))) as connection:
        does(connection.channel())


def test_a_queue_that_is_missing_or_made_otherwise_is_found(house: House) -> None:
    house.stop_listening()
    for name in ("ideas", "groups"):
        at_broker(house, name, lambda channel, name=name: channel.queue_delete(queue_of(name)))
    at_broker(house, "ideas", lambda channel: channel.queue_declare(queue_of("ideas"), durable=True))
    try:
        found = faults(house.reach)
    finally:
        at_broker(house, "ideas", lambda channel: channel.queue_delete(queue_of("ideas")))
        house.start_listening()
        house.wait_until_all_listen()
    assert "queue of groups: is not there" in found
    assert "queue of ideas: is made otherwise than we make it" in found
    assert "post of ideas: does not run: its letters are not sent" in found
    assert any(each.startswith("queue of meetings: nobody listens") for each in found)
    assert faults(house.reach) == set()


def test_a_missing_binding_is_found(house: House, node: Node) -> None:
    def unbind(channel: Any) -> None:
        channel.queue_unbind(queue_of("ideas"), exchange_of("people"), DayTurned.kind)
        channel.queue_bind(queue_of("ideas"), exchange_of("people"), "long.ago")

    def undo(channel: Any) -> None:
        channel.queue_bind(queue_of("ideas"), exchange_of("people"), DayTurned.kind)
        channel.queue_unbind(queue_of("ideas"), exchange_of("people"), "long.ago")

    at_broker(house, "ideas", unbind)
    try:
        said = [each for each in routes.routes(house.reach) if each.check == "routes to ideas"]
        found = {each.says: each.state for each in said}
    finally:
        at_broker(house, "ideas", undo)
    assert found == {
        f"its queue does not get {DayTurned.kind} of people.events": State.MEND,
        "its queue also gets long.ago of people.events, which this version does not ask for": State.NOTE,
    }
    assert faults(house.reach) == set()


@pytest.mark.parametrize(
    "instead", ["", '{"max-length-bytes": 1000000}', '{"max-length-bytes": 1000000, "overflow": "drop-head"}']
)
def test_a_queue_that_does_not_say_no_when_it_is_full_is_found(house: House, node: Node, instead: str) -> None:
    node.tell(
        *("set_policy", "-p", secrets.VHOST, "inboxes", ".*", instead)
        if instead
        else ("clear_policy", "-p", secrets.VHOST, "inboxes")
    )
    dropped = "its queue is not under the rule that lets a full one say no: letters could be dropped"
    wanted = {f"routes to {service.name}: {dropped}" for service in SERVICES if service.topics}
    try:
        assert until(lambda: {f"{each.check}: {each.says}" for each in routes.routes(house.reach)}, wanted) == wanted
    finally:
        node.tell("import_definitions", str(node.home / "definitions.json"))
    assert until(lambda: rules(house), {State.WELL}) == {State.WELL}


def test_rules_of_another_size_are_the_operators_choice_and_any_other_rule_is_not() -> None:
    assert routes.full_says_no(secrets.RULES | {"max-length-bytes": 5})
    assert not routes.full_says_no(secrets.RULES | {"message-ttl": 5})


def test_what_cannot_be_looked_at_is_said_to_be_not_checked(house: House, node: Node) -> None:
    url = house.reach.folder / "doctor.management_url"
    whole = url.read_text()
    said = {}
    for name, instead in (
        ("away", whole.replace(f":{node.management}", ":1")),
        ("refused", whole.replace("doctor:", "doctor:x")),
    ):
        secrets.put_down(url, instead)
        [said[name]] = routes.routes(house.reach)
    url.unlink()
    [said["missing"]] = routes.routes(house.reach)
    secrets.put_down(url, whole)
    assert all(each.says.startswith("not checked: ") for each in said.values())
    assert {name: each.state for name, each in said.items()} == {"away": State.NOTE, "refused": State.MEND, "missing": State.NOTE}


def test_an_exchange_that_is_missing_or_made_otherwise_is_found(house: House, node: Node) -> None:
    house.stop_listening()
    for name in ("people", "groups"):
        at_broker(house, name, lambda channel, name=name: channel.exchange_delete(exchange_of(name)))
    at_broker(house, "groups", lambda channel: channel.exchange_declare(exchange_of("groups"), "fanout", durable=True))
    try:
        found = faults(house.reach)
    finally:
        at_broker(house, "groups", lambda channel: channel.exchange_delete(exchange_of("groups")))
        house.start_listening()
        house.wait_until_all_listen()
    assert "exchange of people: is not there" in found
    assert "exchange of groups: is made otherwise than we make it" in found
    assert faults(house.reach) == set()


def test_definitions_of_another_version_are_found(house: House) -> None:
    path = house.reach.folder / "definitions.json"
    whole = path.read_text()
    older = json.loads(whole)
    older["policies"][0]["definition"] = {"max-length-bytes": 5}
    secrets.put_down(path, json.dumps(older))
    found = faults(house.reach)
    secrets.put_down(path, whole)
    assert found == {"secrets: the broker's definitions are otherwise than this version makes them: policies"}


def test_the_doctor_may_do_nothing_but_look(house: House) -> None:
    word = (house.reach.folder / "doctor.broker").read_text()
    url = make_url(house.reach.amqp_url("ideas").replace("amqp:", "postgresql:")).set(username="doctor", password=word)
    for does in (
        lambda channel: channel.queue_declare("anything"),
        lambda channel: channel.basic_publish(exchange_of("ideas"), "a.b", b"", mandatory=True),
        lambda channel: channel.basic_get(queue_of("ideas")),
    ):
        with pytest.raises(ChannelClosedByBroker, match="ACCESS_REFUSED"), enters(url) as connection:
            channel = connection.channel()
            channel.confirm_delivery()
            does(channel)


def enters(url: URL) -> Any:
    return pika.BlockingConnection(pika.URLParameters(url.render_as_string(hide_password=False).replace("postgresql:", "amqp:")))


def test_secrets_that_others_read_or_that_are_missing_are_found(house: House) -> None:
    folder = house.reach.folder
    word = (folder / "ideas_post.database_url").read_text()
    (folder / "gateway.key").chmod(0o644)
    (folder / "ideas_post.database_url").unlink()
    found = faults(house.reach)
    (folder / "gateway.key").chmod(0o600)
    secrets.put_down(folder / "ideas_post.database_url", word)

    assert "secrets: gateway.key can be read or written by others" in found
    assert "secrets: ideas_post.database_url missing" in found
    assert any(each.startswith("reachable: could not be looked at: no secrets in") for each in found)


def test_keys_out_of_step_are_found(house: House) -> None:
    folder = house.reach.folder
    known = (folder / "gateway.public").read_text()
    secrets.put_down(folder / "gateway.public", json.dumps(KeySet([keys.private(secrets.new_key())]).as_dict(private=False)))
    found = faults(house.reach)
    secrets.put_down(folder / "gateway.public", known)
    assert "keys: the services do not know the key that the gateway signs with" in found


def test_definitions_without_a_new_service_are_found_and_mended_by_making_secrets_again(house: House) -> None:
    path = house.reach.folder / "definitions.json"
    whole = path.read_text()
    made = json.loads(whole)
    made["users"] = [user for user in made["users"] if user["name"] != "groups"]
    secrets.put_down(path, json.dumps(made))
    found = faults(house.reach)
    secrets.write(house.reach.folder)
    assert "secrets: the broker's definitions lack groups" in found
    users = {user["name"] for user in json.loads(path.read_text())["users"]}
    assert users == {secrets.DOCTOR, *(service.name for service in SERVICES)}
    secrets.put_down(path, whole)


def test_a_clock_that_is_off_and_a_full_disk_are_found(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    class Behind:
        """This machine's clock, ten seconds slow."""

        @staticmethod
        def now(zone: Any) -> Any:
            return clock.datetime.now(zone) - clock.timedelta(seconds=10)

    monkeypatch.setattr(machine, "datetime", Behind)
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: SimpleNamespace(total=100e9, used=99e9, free=1e9))
    found = faults(house.reach)
    assert "clocks: this machine and the database's differ by 10 seconds" in found
    assert any(each.startswith("disk: ") and "1.0 GB free" in each for each in found)


def mail_server(says: bytes) -> Iterator[int]:
    """One that greets, and then answers everything the same."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        def answer() -> None:
            caller, _ = listening.accept()
            with caller, caller.makefile("rb") as lines:
                caller.sendall(b"220 here\r\n")
                for line in lines:
                    caller.sendall(b"221 bye\r\n" if line.startswith(b"QUIT") else says)

        Thread(target=answer, daemon=True).start()
        yield int(listening.getsockname()[1])


@pytest.mark.parametrize(("says", "state"), [(b"250 yes\r\n", State.WELL), (b"535 no\r\n", State.MEND)])
def test_the_mail_server_is_asked_and_nothing_is_sent(says: bytes, state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    for port in mail_server(says):
        monkeypatch.setenv(
            "SMTP_URL", f"smtp://post:word@127.0.0.1:{port}" if state is State.MEND else f"smtp://127.0.0.1:{port}"
        )
        [found] = machine.mail(Reach(Path("/nowhere")))
        assert found.state is state
    monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{port}")
    [found] = machine.mail(Reach(Path("/nowhere")))
    assert (found.state, "ConnectionRefusedError" in found.says) == (State.MEND, True)


def test_a_doctor_whose_every_door_is_shut_says_so_and_goes_on(tmp_path: Path, operator: Operator) -> None:
    (tmp_path / "empty").mkdir()
    found = list(examine(Reach(tmp_path / "empty"), sentence))
    assert all(isinstance(each, Finding) for each in found)
    assert sum("could not be looked at" in each.says for each in found) > 5


def test_it_ends_with_1_when_anything_is_to_be_mended_and_speaks_to_machines(operator: Operator) -> None:
    said = operator.types("doctor", "--json", ok=False).output
    found = json.loads(said)
    assert {"check", "state", "says", "mend"} == set(found[0])
    shown = operator.types("doctor", "--all", ok=False).output
    assert "to mend." in shown
    assert "WELL" in shown
    assert "-> " in shown
