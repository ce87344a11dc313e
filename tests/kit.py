"""The house put together for tests: every service on a real PostgreSQL, the post between them moved by hand."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from joserfc.jwk import OKPKey

from chassis import clock
from chassis.identity import Duty, Identity, Mandate
from chassis.service import Service
from chassis.tokens import Signer
from chassis.transport import Parcel, Store
from chassis.transport.in_process import InProcess
from contracts.event import Event, Letter, plain
from deploy.together import Together
from gateway.limits import Limits
from tests.api.fits import hold

PLENTY = {"limits": Limits(person_reads=10**6, person_writes=10**6, association_reads=10**6, association_writes=10**6)}
"""For a front door at which tests ask faster than people do."""


class Twice(InProcess):
    """Delivers each letter twice, for that is what a broker may do at any time."""

    def bind(self, consumer: str, topics: Sequence[tuple[str, str]], store: Store) -> None:
        """Store, and store again."""

        def twice(bodies: Sequence[bytes]) -> None:
            store(bodies)
            store(bodies)

        super().bind(consumer, topics, twice)


class Hall(Together):
    """Some services, running in this process, with the post moved by hand and everything delivered twice.

    Every answer that anybody gets from them is held to the document of the API.
    """

    def __init__(self, admin_url: str, services: Iterable[Service]) -> None:
        services = list(services)
        passwords = {role: f"test-{role}" for service in services for role in (service.name, f"{service.name}_post")}
        key = OKPKey.generate_key("Ed25519", parameters={"kid": "test"})
        super().__init__(admin_url, services, passwords, key, Twice())
        self.signer = Signer(key)
        self.held = hold(self.apps, services)

    def ask(self, service: str, who: Identity) -> "Asker":
        """Ask a service as somebody."""
        return Asker(self.apps[service].test_client(), self.signer.sign(who, audience=service))

    def tell(self, association_id: UUID, event: Event, *, subject: UUID, sequence: int = 1) -> None:
        """Let everybody who listens hear this, as if the service that tells such things had told it."""
        letter = Letter(
            id=uuid4(),
            association_id=association_id,
            kind=event.kind,
            source=event.teller(),
            subject=subject,
            sequence=sequence,
            at=clock.now(),
            data=plain.unstructure(event),
        )
        self.transport.publish([Parcel(letter.id, letter.source, letter.kind, letter.to_bytes())])
        self.settle()

    def parked(self, association_id: UUID) -> list[tuple[str, str, str]]:
        """What one association's letters could not be applied, by service: kind and reason. Empty is how it should be."""
        found = []
        for name, running in self.running.items():
            with running.post_engine.connect() as connection:
                rows = connection.exec_driver_sql(
                    "select kind, coalesce(reason, state) from inbox where association_id = %s and state <> 'done'",
                    (association_id,),
                )
                found += [(name, *row) for row in rows]
        return found


class Asker:
    """Somebody at the door of one service."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.headers = client, {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **query: Any) -> Any:
        """What the service answers to GET."""
        return self.client.get(path, query_string=query, headers=self.headers)

    def post(self, path: str, **body: Any) -> Any:
        """What the service answers to POST with these fields."""
        return self.client.post(path, json=body, headers=self.headers)

    def put(self, path: str, **body: Any) -> Any:
        """What the service answers to PUT with these fields."""
        return self.client.put(path, json=body, headers=self.headers)


def person(
    association_id: UUID, *, lives_in: Sequence[UUID] = (), sits_in: Sequence[UUID] = (), seat: str = "member", **more: Any
) -> Identity:
    """Somebody in an association."""
    return Identity(
        association_id=association_id,
        person_id=more.pop("person_id", None) or uuid4(),
        departments=frozenset(lives_in),
        mandates=frozenset(Mandate(body_id=body, seat=seat) for body in sits_in),
        **more,
    )


def secretary(association_id: UUID) -> Identity:
    """An employee who is the association's secretary and moderator."""
    return person(association_id, employee=True, duties=frozenset({Duty.SECRETARY, Duty.MODERATOR}))
