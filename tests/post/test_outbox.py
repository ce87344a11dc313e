"""The outbox and the relay: nothing is told that was not committed, nothing that was committed is left untold."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from chassis.identity import Identity
from chassis.transport import Lost
from chassis.transport.in_process import InProcess
from chassis.work import LetterTooLarge
from contracts.ideas import IdeaPublished, IdeaSubmitted
from tests.post.workshop import Workshop, endorsement


@pytest.fixture
def shop(workshop_database: str) -> Workshop:
    return Workshop.on(workshop_database, InProcess())


def tell(shop: Workshop, event: object, here: object = None) -> None:
    with shop.running.begin(Identity(association_id=here or shop.here)) as work:
        work.tell(event, subject=uuid4(), sequence=1)


def outbox(shop: Workshop) -> dict[str, int]:
    with shop.running.begin(Identity(association_id=shop.here)) as work:
        return dict(work.connection.exec_driver_sql("select state, count(*) from outbox group by state").all())


@pytest.mark.invariant(53)
def test_a_change_that_is_rolled_back_tells_nothing(shop: Workshop) -> None:
    with pytest.raises(ZeroDivisionError), shop.running.begin(Identity(association_id=shop.here)) as work:
        work.tell(endorsement(), subject=uuid4(), sequence=1)
        raise ZeroDivisionError

    assert outbox(shop) == {}


def test_a_letter_is_sent_only_when_a_listener_has_stored_it(shop: Workshop) -> None:
    tell(shop, endorsement())
    shop.running.relay.send_some()
    assert outbox(shop) == {"refused": 1}

    shop.transport.bind("workshop", [("workshop", "*")], shop.running.listener.store)
    with shop.running.post_engine.begin() as connection:
        connection.exec_driver_sql("update outbox set due = now() - interval '1 year'")
    while shop.running.relay.send_some():
        continue
    assert outbox(shop) == {"sent": 1}


def test_a_transport_that_is_away_leaves_everything_waiting(shop: Workshop) -> None:
    class Away(InProcess):
        def publish(self, parcels: object, *_: object) -> set:
            raise Lost(f"away with {parcels}")

    tell(shop, endorsement())
    shop.running.relay.transport = Away()

    with pytest.raises(Lost):
        shop.running.relay.send_some()
    assert outbox(shop) == {"waiting": 1}


def test_what_nobody_listens_to_stays_in_the_journal(shop: Workshop) -> None:
    tell(shop, IdeaSubmitted(idea_id=uuid4(), author_id=uuid4(), origin="resident"))

    assert outbox(shop) == {"journal": 1}


def test_a_letter_too_large_to_forward_undoes_the_change_that_told_it(shop: Workshop) -> None:
    with pytest.raises(LetterTooLarge):
        tell(shop, IdeaPublished(idea_id=uuid4(), title="x" * 70_000))

    assert outbox(shop) == {}


def test_one_association_that_floods_does_not_hold_up_another(shop: Workshop) -> None:
    sent: list = []

    class Seen(InProcess):
        def publish(self, parcels: list, *_: object) -> set:
            sent.extend(parcels)
            return {parcel.id for parcel in parcels}

    shop.running.relay.transport = Seen()
    while shop.running.relay.send_some():
        continue
    sent.clear()
    flood, trickle = sorted([uuid4(), uuid4()])
    for _ in range(shop.running.relay.most + 10):
        tell(shop, endorsement(), flood)
    tell(shop, endorsement(), trickle)

    shop.running.relay.send_some()
    assert str(trickle).encode() in b"".join(parcel.body for parcel in sent)
    assert len(sent) <= shop.running.relay.most


class Waits(InProcess):
    """A transport that takes its time, as a broker does."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list = []

    def publish(self, parcels: list, meanwhile: Callable[[], None] = lambda: None) -> set:
        meanwhile()
        self.sent.extend(parcels)
        return {parcel.id for parcel in parcels}


def test_what_is_on_its_way_is_not_sent_again_while_the_next_list_is_looked_for(shop: Workshop) -> None:
    shop.running.relay.transport = waits = Waits()
    shop.running.relay.most = 3
    other = uuid4()
    for number in range(11):
        tell(shop, endorsement(), other if number % 4 == 0 else shop.here)

    while shop.running.relay.send_some():
        continue
    ours = [parcel.id for parcel in waits.sent if str(shop.here).encode() in parcel.body or str(other).encode() in parcel.body]
    assert len(ours) == len(set(ours)) == 11
    assert outbox(shop) == {"sent": 8}


def test_a_relay_that_is_told_to_stop_marks_what_was_confirmed(shop: Workshop) -> None:
    shop.running.relay.transport = waits = Waits()
    shop.running.relay.most = 3
    for _ in range(7):
        tell(shop, endorsement())

    with shop.running.relay.alone():
        while not sum(str(shop.here).encode() in parcel.body for parcel in waits.sent):
            shop.running.relay.send_some()
    assert outbox(shop) == {"sent": 3, "waiting": 4}


def test_one_relay_of_a_service_is_active_at_a_time(shop: Workshop, workshop_database: str) -> None:
    other = Workshop.on(workshop_database, InProcess())

    with shop.running.relay.alone() as first, other.running.relay.alone() as second:
        assert (first, second) == (True, False)
    with other.running.relay.alone() as later:
        assert later
