"""Letters between services of one process: handed over as bytes, stored by the listener before they count as sent."""

from collections import defaultdict
from collections.abc import Sequence
from fnmatch import fnmatchcase
from threading import Event as Flag
from threading import Lock
from uuid import UUID

from chassis.transport import Lost, Parcel, Store


class InProcess:
    """Queues in name only: a parcel is confirmed when every listener bound to its kind has stored it.

    A listener that is not there yet keeps the parcel unconfirmed, so that nothing is lost while a process starts.
    """

    def __init__(self) -> None:
        self.bound: dict[tuple[str, str], dict[str, Store]] = defaultdict(dict)
        self.lock = Lock()

    def bind(self, consumer: str, topics: Sequence[tuple[str, str]], store: Store) -> None:
        """From now on the consumer's store is handed what is sent to these topics."""
        with self.lock:
            for topic in topics:
                self.bound[topic][consumer] = store

    def unbind(self, consumer: str) -> None:
        """The consumer is gone; what it asked for waits with its sender."""
        with self.lock:
            for stores in self.bound.values():
                if consumer in stores:
                    stores[consumer] = _nobody_home

    def publish(self, parcels: Sequence[Parcel]) -> set[UUID]:
        """Hand each parcel to every consumer bound to its kind; one that cannot store it leaves it unconfirmed."""
        confirmed = set()
        for parcel in parcels:
            stores = self._stores(parcel)
            try:
                for store in stores:
                    store([parcel.body])
            except Lost:
                continue
            if stores:
                confirmed.add(parcel.id)
        return confirmed

    def listen(self, consumer: str, topics: Sequence[tuple[str, str]], store: Store, stopping: Flag) -> None:
        """Stay bound until told to stop."""
        self.bind(consumer, topics, store)
        stopping.wait()
        self.unbind(consumer)

    def close(self) -> None:
        """Nothing to give up."""

    def _stores(self, parcel: Parcel) -> list[Store]:
        with self.lock:
            met = [
                stores
                for (service, kind), stores in self.bound.items()
                if service == parcel.service and fnmatchcase(parcel.kind, kind)
            ]
            return list({consumer: store for stores in met for consumer, store in stores.items()}.values())


def _nobody_home(_: Sequence[bytes]) -> None:
    raise Lost("the listener is not there")
