"""Each protection of the post switched off, one at a time: what watches over it must go red, or it watches over nothing."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import pika
import pytest
from hypothesis import Phase
from sqlalchemy import text

from chassis import failpoint, listener, reader
from chassis.relay import Relay
from chassis.transport.in_process import InProcess
from chassis.transport.publisher import Publisher
from chassis.transport.rabbitmq import RabbitMQ
from tests.post import test_conformance, test_outbox
from tests.post.test_model import Queue, play
from tests.post.workshop import Workshop

GENERATE = (Phase.generate,)
"""A failure is all that is wanted here, not the smallest one."""


class AcknowledgesFirst(Queue):
    """Forgets a letter before the listener has stored it."""

    def deliver(self, store: Callable[[Sequence[bytes]], None], places: Sequence[int], _: bool) -> None:
        """Gone, then stored."""
        kept = list(self.kept)
        chosen = {place % len(kept) for place in places} if kept else set()
        self.kept = [body for place, body in enumerate(kept) if place not in chosen]
        store([kept[place] for place in sorted(chosen)])


def marks_first(self: Relay) -> int:
    """Sent before it is confirmed."""
    letters = self._look()
    self.unmarked = (letters, {letter.id for letter in letters})
    self._mark()
    failpoint.reached("relay.before_publish")
    from chassis.transport import Parcel

    self.transport.publish([Parcel(each.id, self.service, each.kind, bytes(each.body), each.audience) for each in letters])
    return len(letters)


def a_new_id_each_time(letter: Any, body: bytes, row: Callable[..., dict[str, Any]] = listener._row) -> dict[str, Any]:
    """As if there were no inbox to know a letter again by."""
    return row(letter, body) | {"id": uuid4()}


def test_a_queue_that_forgets_before_the_letter_is_stored_is_found_out(pairs_database: str) -> None:
    with pytest.raises(AssertionError):
        play(pairs_database, AcknowledgesFirst, 60, phases=GENERATE)


def test_a_relay_that_marks_before_the_confirm_is_found_out(pairs_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Relay, "send_some", marks_first)

    with pytest.raises(AssertionError):
        play(pairs_database, Queue, 60, phases=GENERATE)


def test_an_inbox_that_does_not_know_a_letter_again_is_found_out(pairs_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "_row", a_new_id_each_time)

    with pytest.raises(AssertionError):
        play(pairs_database, Queue, 60, phases=GENERATE)


def test_a_reader_that_settles_outside_the_transaction_is_found_out(pairs_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def settles_later(self: reader.Reader, work: Any, outcomes: Any) -> None:
        work.write_down()
        work.connection.commit()
        failpoint.reached("reader.before_commit")
        work.execute(text("select set_config('app.association_id', :a, true)"), {"a": str(work.who.association_id)})
        settle(self, work, outcomes)

    settle = reader.Reader._settle
    monkeypatch.setattr(reader.Reader, "_settle", settles_later)

    with pytest.raises(Exception):  # noqa: B017  whichever comes first: an effect applied twice, or a letter told twice
        play(pairs_database, Queue, 60, phases=GENERATE)


def test_two_relays_without_the_lock_are_found_out(workshop_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = Workshop.on(workshop_database, InProcess())
    monkeypatch.setattr("chassis.relay.ONE_RELAY", text("select true"))

    with pytest.raises(AssertionError):
        test_outbox.test_one_relay_of_a_service_is_active_at_a_time(shop, workshop_database)


def test_letters_that_need_not_arrive_are_found_out(
    workshop_database: str, amqp_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = pika.channel.Channel.basic_publish

    def not_mandatory(self: Any, *words: Any, **more: Any) -> None:
        send(self, *words, **more | {"mandatory": False})

    monkeypatch.setattr(pika.channel.Channel, "basic_publish", not_mandatory)
    transport = RabbitMQ(amqp_url)

    with pytest.raises(AssertionError):
        test_conformance.test_nothing_is_confirmed_that_nobody_could_receive(Workshop.on(workshop_database, transport))
    transport.close()


def test_a_publisher_that_does_not_wait_is_found_out(
    workshop_database: str, amqp_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hopeful(self: Publisher, parcels: Sequence[Any], *_: Any) -> set[Any]:
        return {parcel.id for parcel in parcels}

    monkeypatch.setattr(Publisher, "publish", hopeful)
    transport = RabbitMQ(amqp_url)

    with pytest.raises(AssertionError):
        test_conformance.test_nothing_is_confirmed_that_nobody_could_receive(Workshop.on(workshop_database, transport))
    transport.close()
