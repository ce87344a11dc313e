"""The faults that every run meets: a process, a broker or a database that goes away at the worst moment, and letters come twice."""

import signal
from uuid import uuid4

import pytest

from contracts.ideas import EndorsementGiven
from tests.faults.world import World

pytestmark = pytest.mark.invariant(53)


def test_fault_1_a_relay_killed_before_it_publishes_publishes_after_its_restart(here: World) -> None:
    dead = here.start("ideas", failpoint="relay.before_publish")
    here.start("counter")
    here.tell(50)
    assert dead.wait(30) == 70

    here.start("ideas")
    assert here.settle().kept


def test_fault_2_a_relay_killed_after_the_confirm_sends_again_and_the_inbox_absorbs_it(here: World) -> None:
    here.start("counter")
    here.until(here.bound, "the counter is bound")
    dead = here.start("ideas", failpoint="relay.confirmed")
    here.tell(50)
    assert dead.wait(30) == 70
    here.until(lambda: here.ask("counter", "select count(*) from effects")[0][0] > 0, "the first effects")

    here.start("ideas")
    account = here.settle()
    assert account.kept
    assert account.applied_once == account.committed == 50


def test_fault_3_a_broker_killed_with_letters_on_their_way_loses_none(here: World) -> None:
    here.start_both()
    here.node.remember()
    here.tell(200)
    here.node.stop(signal.SIGKILL)
    here.tell(200)
    here.node.start()

    here.tell(50)
    assert here.settle().kept


def test_fault_5_connections_that_are_cut_again_and_again_are_made_again(here: World) -> None:
    here.start_both()
    for _ in range(5):
        here.tell(60)
        here.broker_proxy.reset_all()
    here.node.tell("close_all_connections", "test")
    here.tell(60)

    assert here.settle().kept
    assert here.bound()


def test_fault_6_a_listener_killed_between_storing_and_acknowledging_gets_the_letters_again(here: World) -> None:
    here.start("ideas")
    dead = here.start("counter", failpoint="listener.stored")
    here.until(lambda: dead.poll() is not None or here.bound(), "the counter is bound")
    here.tell(50)
    assert dead.wait(30) == 70

    here.start("counter")
    assert here.settle().kept


def test_fault_8_a_database_that_goes_during_the_commit_is_asked_what_became_of_it(here: World) -> None:
    here.start_both()
    for _ in range(4):
        here.database_proxy.reset_on = b"COMMIT"
        here.tell(40)
        here.until(lambda: here.database_proxy.reset_on is None, "a commit was cut off")

    assert here.settle().kept


def test_fault_9_the_same_letter_a_thousand_times_over_four_readers_has_one_effect(here: World) -> None:
    for _ in range(4):
        here.start("counter")
    here.until(here.bound, "a counter is bound")
    body = here.letter(EndorsementGiven(idea_id=uuid4(), person_id=uuid4())).to_bytes()

    here.publish(*[body] * 1000)
    here.until(lambda: here.ask("counter", "select count(*) from effects")[0][0] > 0, "the effect")
    here.tell(20)
    here.start("ideas")
    account = here.settle()
    assert (account.applied_twice, account.untold, account.lost) == (0, 0, 0)
    assert account.applied_once == 21


def test_fault_12_a_broker_that_vanished_without_a_word_is_missed_and_found_again(here: World) -> None:
    here.start_both()
    here.tell(50)
    here.broker_proxy.swallow = True
    made = here.broker_proxy.made
    here.tell(50)
    here.until(lambda: here.broker_proxy.made > made, "somebody missed the broker")
    here.broker_proxy.swallow = False
    here.broker_proxy.reset_all()

    here.tell(50)
    assert here.settle().kept


def test_fault_23_what_is_no_letter_is_parked_at_once_and_the_next_is_read(here: World) -> None:
    bad = [b"", b"{", b"\xff\xfe\x00", b'{"specversion": "1.0"}', b"[" * 50_000, b"x" * 70_000, here.random.randbytes(200)]
    here.start_both()
    for each in bad:
        here.tell(5)
        here.publish(each)
    here.tell(5)

    assert here.settle().kept
    here.until(lambda: here.ask("counter", "select count(*) from unreadable") == [(len(bad),)], "they are parked")


def test_fault_26_a_database_that_stops_hard_is_waited_for_and_no_attempt_is_counted(here: World) -> None:
    here.start_both()
    here.tell(100)
    here.database.stop_hard()
    here.tell(20)
    here.database.start()
    here.database_proxy.target = here.database.port

    here.tell(100)
    account = here.settle()
    assert account.kept
    assert account.committed < account.attempted, "what could not be committed was refused, not kept half"
    assert here.ask("counter", "select count(*) from inbox where attempts > 0") == [(0,)]
