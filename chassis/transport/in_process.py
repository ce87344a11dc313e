"""Letters between services of one process: handed over as bytes, stored by the listener before they count as sent."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from threading import Event as Flag
from threading import Lock
from uuid import UUID

from chassis.transport import Lost, Parcel, Store, Topic, nothing


class InProcess:
    """Queues in name only: a parcel is confirmed when every listener bound to its kind has stored it.

    A listener that is not there yet keeps the parcel unconfirmed, so that nothing is lost while a process starts.
    """

    def __init__(self) -> None:
        self.bound: dict[Topic, dict[str, Store]] = defaultdict(dict)
        self.lock = Lock()

    def bind(self, consumer: str, topics: Sequence[Topic], store: Store) -> None:
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

    def publish(self, parcels: Sequence[Parcel], meanwhile: Callable[[], None] = nothing) -> set[UUID]:  # noqa: ARG002  no wait
        """Hand each consumer what it asked for, in one go; what one of them cannot store stays unconfirmed."""
        for_consumer: dict[str, list[Parcel]] = defaultdict(list)
        stores: dict[str, Store] = {}
        for parcel in parcels:
            for consumer, store in self._bound_to(parcel).items():
                for_consumer[consumer].append(parcel)
                stores[consumer] = store
        confirmed = {parcel.id for each in for_consumer.values() for parcel in each}
        for consumer, each in for_consumer.items():
            try:
                stores[consumer]([parcel.body for parcel in each])
            except Lost:
                confirmed -= {parcel.id for parcel in each}
        return confirmed

    def listen(self, consumer: str, topics: Sequence[Topic], store: Store, stopping: Flag) -> None:
        """Stay bound until told to stop."""
        self.bind(consumer, topics, store)
        stopping.wait()
        self.unbind(consumer)

    def close(self) -> None:
        """Nothing to give up."""

    def _bound_to(self, parcel: Parcel) -> dict[str, Store]:
        with self.lock:
            met = [
                stores
                for (service, kind), stores in self.bound.items()
                if service == parcel.service and fnmatchcase(parcel.kind, kind)
            ]
            found = {consumer: store for stores in met for consumer, store in stores.items()}
        return {name: store for name, store in found.items() if parcel.audience in ("", name)}


def _nobody_home(_: Sequence[bytes]) -> None:
    raise Lost("the listener is not there")
