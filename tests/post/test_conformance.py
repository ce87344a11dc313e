"""What both transports keep: duplicates, redelivery, a crash before the ack, malformed letters, fields from tomorrow, order."""

import json
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import pytest

from chassis import clock
from chassis.transport import Lost
from tests.post.workshop import MISSING, Listening, Workshop, endorsement, published, taken_up, withdrawn


@pytest.mark.invariant(53)
def test_a_letter_that_comes_twice_has_one_effect(workshop: Workshop) -> None:
    body = workshop.letter(endorsement()).to_bytes()
    with Listening(workshop) as listening:
        bring(workshop, listening, body, body, body)

    workshop.read_all()
    assert len(workshop.applied()) == 1


@pytest.mark.invariant(53)
def test_a_letter_that_comes_again_after_it_was_applied_changes_nothing(workshop: Workshop) -> None:
    body = workshop.letter(endorsement()).to_bytes()
    with Listening(workshop) as listening:
        bring(workshop, listening, body)
        workshop.read_all()
        bring(workshop, listening, body)
        workshop.read_all()

    assert len(workshop.applied()) == 1


def test_a_listener_that_dies_before_the_ack_gets_the_letter_again(workshop: Workshop) -> None:
    body = workshop.letter(endorsement()).to_bytes()
    store, tries = workshop.running.listener.store, []

    def dies_once(bodies: Sequence[bytes]) -> None:
        store(bodies)
        tries.append(len(bodies))
        if len(tries) == 1:
            raise Lost("died after the commit, before the ack")

    with Listening(workshop, dies_once) as first:
        confirmed = send_when_bound(workshop, first, body)
        if confirmed:  # the broker has it: the listener is the one that dies
            assert first.stored.wait(20)
            first.thread.join(10)
            assert isinstance(first.failure, Lost)
            with Listening(workshop, dies_once) as second:
                second.until(1)
        else:  # the sender still has it, and sends it again
            assert workshop.send(body)
    workshop.read_all()
    assert len(tries) == 2
    assert len(workshop.applied()) == 1


def test_a_malformed_letter_is_parked_and_the_next_one_is_read(workshop: Workshop) -> None:
    before = workshop.unreadable()
    good = workshop.letter(endorsement()).to_bytes()
    with Listening(workshop) as listening:
        bring(workshop, listening, b"not a letter", b"\xff\xfe\x00", b'{"id": 5}', good)

    workshop.read_all()
    assert workshop.unreadable() == before + 3
    assert len(workshop.applied()) == 1


def test_a_letter_whose_fact_has_the_wrong_form_is_parked_at_once_with_the_reason(workshop: Workshop) -> None:
    raw = json.loads(workshop.letter(endorsement()).to_bytes())
    raw["data"] = {"idea_id": "nonsense"}
    with Listening(workshop) as listening:
        bring(workshop, listening, json.dumps(raw).encode(), workshop.letter(endorsement()).to_bytes())

    workshop.read_all()
    assert workshop.inbox() == {"parked": 1, "done": 1}


def test_a_field_from_tomorrow_is_ignored(workshop: Workshop) -> None:
    raw = json.loads(workshop.letter(endorsement()).to_bytes())
    raw["data"]["mood"] = "fine"
    raw["weather"] = "rain"
    with Listening(workshop) as listening:
        bring(workshop, listening, json.dumps(raw).encode())

    workshop.read_all()
    assert len(workshop.applied()) == 1


@pytest.mark.invariant(53)
def test_letters_about_one_thing_are_applied_in_order_however_they_come(workshop: Workshop) -> None:
    idea = uuid4()
    first, second, third = (
        workshop.letter(event, sequence=n).to_bytes()
        for n, event in enumerate([published(idea), withdrawn(idea), taken_up(idea)], start=1)
    )
    with Listening(workshop) as listening:
        bring(workshop, listening, third, second, kind="idea.published")
        workshop.read_all()
        assert workshop.applied() == []
        assert workshop.inbox() == {"held": 2}
        bring(workshop, listening, first, kind="idea.published")

    workshop.read_all()
    assert workshop.inbox() == {"done": 3}
    assert len(workshop.applied()) == 2


def test_a_letter_that_came_too_early_waits_and_others_go_on(workshop: Workshop, clock_back: None) -> None:
    with Listening(workshop) as listening:
        early = workshop.letter(endorsement(MISSING)).to_bytes()
        bring(workshop, listening, early, workshop.letter(endorsement()).to_bytes())

    workshop.read_all()
    assert workshop.inbox() == {"retry": 1, "done": 1}
    for _ in range(20):
        clock.set_to(clock.now() + timedelta(hours=7))
        workshop.read_all()
    assert workshop.inbox() == {"parked": 1, "done": 1}


def test_nothing_is_confirmed_that_nobody_could_receive(workshop: Workshop) -> None:
    assert workshop.send(b"to nobody", kind="idea.rejected") == set()


def bring(workshop: Workshop, listening: Listening, *bodies: bytes, kind: str = "endorsement.given") -> None:
    """Send, again until a listener is bound, and wait until all is stored."""
    expected = listening.total + len(bodies)
    for body in bodies:
        send_when_bound(workshop, listening, body, kind=kind, again=True)
    listening.until(expected)


def send_when_bound(
    workshop: Workshop, listening: Listening, body: bytes, *, kind: str = "endorsement.given", again: bool = False
) -> bool:
    """Send until the letter is confirmed or a store was tried; what finds no queue comes back."""
    while True:
        if workshop.send(body, kind=kind):
            return True
        assert listening.thread.is_alive() or listening.failure, "the listener is gone"
        if not again and listening.failure is None and workshop.inbox():
            return False
