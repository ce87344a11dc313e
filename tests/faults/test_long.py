"""The other faults, each some seconds: order, gaps, slow and broken networks, a full or silent broker, processes that hang."""

import json
import signal
from subprocess import Popen
from uuid import UUID, uuid4

import pika
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import create_engine

from chassis import desk
from contracts.event import MOST_BYTES, Letter
from contracts.ideas import EndorsementGiven, IdeaPublished
from tests.faults.pair import FIRST, KILLER, TOO_EARLY, url_of
from tests.faults.world import World

pytestmark = [pytest.mark.long, pytest.mark.invariant(53)]
FULL = '{"max-length":10,"overflow":"reject-publish"}'


def an_endorsement() -> EndorsementGiven:
    return EndorsementGiven(idea_id=uuid4(), person_id=uuid4())


def died(process: Popen[bytes]) -> bool:
    return process.poll() is not None


def attempts(here: World) -> int:
    return int(here.ask("counter", "select coalesce(sum(attempts), 0) from inbox")[0][0])


def a_series(here: World, idea: UUID, length: int) -> list[Letter]:
    return [here.letter(IdeaPublished(idea_id=idea, title=str(n)), subject=idea, sequence=n) for n in range(1, length + 1)]


def test_fault_4_a_broker_that_restarts_gracefully_is_found_again(here: World) -> None:
    here.start_both()
    here.tell(100)
    here.node.tell("stop_app")
    here.tell(100)
    here.node.tell("start_app")

    here.tell(50)
    assert here.settle().kept


def test_fault_7_a_letter_that_kills_every_reader_is_parked_and_the_others_are_read(here: World) -> None:
    here.start("ideas")
    here.tell(20)
    here.endorse(KILLER)
    here.tell(20)
    process = here.start("counter")
    for _ in range(60):
        tried = attempts(here)
        here.until(lambda p=process, n=tried: died(p) or here.settled() or attempts(here) != n, "it acts")
        if here.settled():
            break
        here.later(7 * 3600)
        if died(process):
            process = here.start("counter")

    account = here.settle()
    assert account.kept
    assert account.parked == 1
    assert here.ask("counter", "select reason from inbox where state = 'parked'") == [("its reader died with it in hand",)]


def test_fault_7_a_reader_killed_before_its_commit_leaves_nothing_half_done(here: World) -> None:
    here.start("ideas")
    dead = here.start("counter", failpoint="reader.before_commit:3")
    here.until(lambda: dead.poll() is not None or here.bound(), "the counter is bound")
    for _ in range(10):
        here.tell(20)
    assert dead.wait(30) == 70

    here.start("counter")
    assert here.settle().kept


def test_fault_10_letters_in_any_order_are_applied_in_theirs(here: World) -> None:
    here.start("counter")
    here.until(here.bound, "the counter is bound")
    letters = [letter for _ in range(8) for letter in a_series(here, uuid4(), 12)]
    here.random.shuffle(letters)

    here.publish(*(letter.to_bytes() for letter in letters), key="idea.published")
    here.until(lambda: here.ask("counter", "select count(*) from effects") == [(len(letters),)], "all applied")
    assert here.account().out_of_order == 0


def test_fault_11_a_gap_that_never_fills_stops_its_own_thing_and_nothing_else(here: World) -> None:
    here.start_both()
    stuck, well = uuid4(), uuid4()
    first, _, third, fourth = a_series(here, stuck, 4)
    bodies = [letter.to_bytes() for letter in (first, third, fourth, *a_series(here, well, 6))]
    here.publish(*bodies, key="idea.published")
    here.until(lambda: here.ask("counter", "select count(*) from effects") == [(7,)], "what can be applied is")
    assert here.ask("counter", "select count(*) from inbox where state = 'held'") == [(2,)]

    here.later(11 * 60)
    here.until(lambda: here.ask("counter", "select count(*) from inbox where state = 'parked'") == [(2,)], "the gap is given up")
    here.publish(a_series(here, stuck, 2)[1].to_bytes(), key="idea.published")
    here.until(lambda: here.ask("counter", "select count(*) from effects") == [(10,)], "what came at last lets the others go on")
    assert here.account().out_of_order == 0


def test_fault_13_a_network_that_breaks_every_few_kilobytes_still_brings_everything(here: World) -> None:
    here.broker_proxy.reset_after = lambda: here.random.randint(8_000, 96_000)
    here.start("ideas")
    here.start("counter")
    for _ in range(10):
        here.tell(40)
    here.until(lambda: here.broker_proxy.made > 8, "the connection broke often")
    here.broker_proxy.reset_after = None
    here.broker_proxy.reset_all()

    assert here.settle().kept


def test_fault_14_a_slow_network_in_small_pieces_is_no_dead_one(here: World) -> None:
    here.start("ideas", patient=True)
    here.start("counter", patient=True)
    here.tell(5)
    here.settle()
    made = here.broker_proxy.made
    here.broker_proxy.latency, here.broker_proxy.slices = 0.25, 4_000
    here.tell(600)

    account = here.settle()
    assert account.kept
    assert here.broker_proxy.made == made, "nobody took slowness for death"


def test_fault_15_a_broker_that_is_out_of_memory_is_waited_for_and_says_so(here: World) -> None:
    here.start_both()
    here.tell(50)
    assert here.settle().kept
    here.node.tell("set_vm_memory_high_watermark", "0")
    here.tell(100)
    here.until(lambda: "post begins again" in here.said("ideas"), "the relay says that it waits")
    assert here.account().committed == here.attempted, "nobody's request failed"
    here.node.tell("set_vm_memory_high_watermark", "0.4")

    assert here.settle().kept


def test_fault_17_a_queue_that_is_deleted_is_made_again_and_nothing_sent_meanwhile_is_lost(here: World) -> None:
    here.start_both()
    here.tell(50)
    here.settle()
    with pika.BlockingConnection(pika.URLParameters(here.node.url)) as connection:
        connection.channel().queue_delete("counter.inbox")

    here.tell(100)
    here.until(lambda: "cancelled the consumer" in here.said("counter"), "the counter noticed")
    here.later(600)
    assert here.settle().kept


def test_fault_18_what_finds_no_queue_comes_back_and_is_sent_again(here: World) -> None:
    here.start("ideas")
    here.tell(50)
    here.until(lambda: here.ask("ideas", "select count(*) from outbox where state = 'refused'") == [(50,)], "all came back")
    assert "letters refused" in here.said("ideas")

    here.start("counter")
    here.until(here.bound, "the counter is bound")
    here.later(600)
    assert here.settle().kept


def test_fault_19_a_full_queue_refuses_and_gets_it_later_in_order(here: World) -> None:
    here.node.tell("set_policy", "full", "^counter", FULL, "--apply-to", "queues")
    was_here = here.start("counter")
    here.until(here.bound, "the counter is bound")
    was_here.terminate()
    was_here.wait(20)
    here.start("ideas")
    here.tell(100)
    here.until(lambda: here.ask("ideas", "select count(*) from outbox where state = 'waiting'") == [(0,)], "it has had its fill")
    here.tell(200)  # a list that arrives while it fills up may be taken whole
    here.until(lambda: here.ask("ideas", "select count(*) from outbox where state = 'refused'")[0][0] > 0, "the queue is full")

    here.node.tell("clear_policy", "full")
    here.start("counter")
    here.until(here.bound, "it is not full any more, and somebody takes from it")
    here.later(600)
    assert here.settle().kept


def test_fault_22_a_consumer_that_hangs_loses_its_letters_to_another_and_does_no_harm_when_it_wakes(here: World) -> None:
    here.start("ideas")
    hangs = here.start("counter")
    here.until(here.bound, "the counter is bound")
    here.tell(100)
    here.until(lambda: here.ask("counter", "select count(*) from effects")[0][0] > 0, "it is at work")
    hangs.send_signal(signal.SIGSTOP)
    here.tell(100)
    here.start("counter")
    here.settle()

    hangs.send_signal(signal.SIGCONT)
    here.tell(100)
    assert here.settle().kept


def test_fault_23_no_bytes_whatsoever_stop_a_listener(here: World) -> None:
    here.start_both()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(some.lists(some.binary(max_size=3_000), min_size=1, max_size=20))
    def anything(bodies: list[bytes]) -> None:
        here.publish(*bodies)

    anything()
    here.tell(20)
    assert here.settle().kept


def test_fault_24_a_letter_too_large_harms_nobody_on_either_side(here: World) -> None:
    here.start_both()
    here.publish(b"x" * (MOST_BYTES + 1), b"x" * 2_000_000)
    here.ask(
        "ideas",
        "insert into outbox (association_id, id, kind, thing, subject, sequence, body, state, due)"
        " values (%s, %s, 'endorsement.given', 'endorsement', %s, 1, %s, 'waiting', now())",
        here.associations[0],
        uuid4(),
        uuid4(),
        b"x" * 20_000_000,
    )
    here.tell(50)

    here.until(lambda: here.ask("ideas", "select count(*) from outbox where state = 'refused'") == [(1,)], "it is refused")
    here.until(lambda: here.ask("counter", "select count(*) from effects") == [(50,)], "the others are applied")
    here.until(lambda: here.ask("counter", "select count(*) from unreadable") == [(2,)], "and two are parked")
    assert here.account().kept


def test_fault_25_letters_from_tomorrow_are_read(here: World) -> None:
    here.start("counter")
    here.until(here.bound, "the counter is bound")
    raw = [json.loads(here.letter(an_endorsement()).to_bytes()) for _ in range(20)]
    for each in raw:
        each["data"] |= {"mood": "fine", "nested": {"a": [1, 2, 3]}}
        each |= {"weather": "rain", "dataschema": "tomorrow"}
    newer = raw[0] | {"id": str(uuid4()), "type": "dk.samskab.endorsement.framed"}

    here.publish(*(json.dumps(each).encode() for each in [*raw, newer]))
    here.until(lambda: here.ask("counter", "select count(*) from inbox where state = 'done'") == [(21,)], "all are settled")
    assert here.ask("counter", "select count(*) from effects") == [(20,)]


def test_fault_29_a_transaction_that_stays_open_long_hides_nothing_that_commits_before_or_after_it(here: World) -> None:
    from chassis.identity import Identity

    here.start_both()
    with here.begin(Identity(association_id=here.associations[0])) as slow:
        slow.tell(an_endorsement(), subject=uuid4(), sequence=1)
        slow.write_down()
        here.tell(60)
        here.until(lambda: here.ask("ideas", "select count(*) from outbox where state = 'waiting'") == [(0,)], "the others went")
    here.attempted += 1

    account = here.settle()
    assert account.kept
    assert account.applied_once == 61


def test_fault_30_a_relay_that_hangs_is_relieved_and_marks_nothing_when_it_wakes(here: World) -> None:
    here.start("counter")
    here.until(here.bound, "the counter is bound")
    hangs = here.start("ideas")
    here.tell(100)
    here.until(lambda: here.ask("counter", "select count(*) from effects")[0][0] > 0, "it is at work")
    hangs.send_signal(signal.SIGSTOP)
    here.tell(100)
    here.start("ideas", freeze=3)
    here.until(lambda: "a relay that hung was ended" in here.said("ideas"), "the second took over")
    here.settle()

    hangs.send_signal(signal.SIGCONT)
    here.tell(100)
    assert here.settle().kept


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL], ids=["asked to stop", "killed"])
def test_fault_37_processes_that_come_and_go_while_letters_pass_lose_none(here: World, sign: signal.Signals) -> None:
    both = {"ideas": here.start("ideas"), "counter": here.start("counter")}
    here.until(here.bound, "the counter is bound")
    for turn in range(6):
        here.tell(60)
        name = ("ideas", "counter")[turn % 2]
        both[name].send_signal(sign)
        both[name].wait(20)
        here.tell(30)
        both[name] = here.start(name)

    assert here.settle().kept


def test_fault_40_a_parked_letter_that_is_replayed_while_it_is_tried_has_one_effect(here: World) -> None:
    here.start_both()
    here.endorse(TOO_EARLY)
    here.tell(20)
    here.until(lambda: attempts(here) > 0, "it failed once")
    desk_of_counter = create_engine(url_of(here.database.url, "counter", post=True))
    for number in range(40):
        with desk_of_counter.begin() as connection:
            desk.try_again(connection, desk.Asked())
        here.ask("counter", "notify post")
        if number == 20:
            here.endorse(FIRST)
    desk_of_counter.dispose()

    here.later(120)
    account = here.settle()
    assert account.kept
    assert account.applied_once == account.committed == 22


def test_fault_41_ten_thousand_bad_letters_are_parked_and_the_good_ones_between_them_are_read(here: World) -> None:
    here.start("counter")
    here.until(here.bound, "the counter is bound")
    wrong = json.loads(here.letter(an_endorsement()).to_bytes())
    bodies = []
    for number in range(10_000):
        wrong |= {"id": str(uuid4()), "data": {"idea_id": "nonsense"}}
        bodies.append(json.dumps(wrong).encode() if number % 2 else b"no letter %d" % number)
        if number % 100 == 0:
            bodies.append(here.letter(an_endorsement()).to_bytes())

    here.publish(*bodies)
    here.until(lambda: here.ask("counter", "select count(*) from inbox where state = 'waiting'") == [(0,)], "all are settled")
    here.until(lambda: here.ask("counter", "select count(*) from effects") == [(100,)], "the good ones are applied")
    assert here.ask("counter", "select count(*) from inbox where state = 'parked'") == [(5_000,)]
    assert here.ask("counter", "select count(*) from unreadable") == [(5_000,)]
    assert len(here.lines("counter")) < 500, "told in sums, not letter by letter"
