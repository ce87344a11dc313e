"""All services in one process: each on its own database, the post handed from one to the other."""

from collections.abc import Iterable, Mapping

from flask import Flask
from joserfc.jwk import KeySet, OKPKey

from chassis.keys import Keys
from chassis.post_office import PostOffice
from chassis.sealed import Sealer
from chassis.service import Running, Service, heard_kinds, run_on
from chassis.tokens import Verifier
from chassis.transport.in_process import InProcess
from deploy.postgres.provision import provision, url_for


class Together:
    """The services of one installation. Until `start`, the post is moved by `settle` alone.

    They trust what `key` has signed; where `keys` is given, whatever those have.
    """

    def __init__(
        self,
        admin_url: str,
        services: Iterable[Service],
        passwords: Mapping[str, str],
        key: OKPKey,
        transport: InProcess | None = None,
        sealer: Sealer | None = None,
        keys: Keys | None = None,
    ) -> None:
        self.key, self.transport = key, transport or InProcess()
        self.running: dict[str, Running] = {}
        self.offices: list[PostOffice] = []
        services = list(services)
        heard = heard_kinds(services)
        for service in services:
            provision(admin_url, service, passwords)
            role, post = service.name, f"{service.name}_post"
            running = run_on(
                service,
                url=url_for(admin_url, role, passwords[role], service.name),
                post_url=url_for(admin_url, post, passwords[post], service.name),
                transport=self.transport,
                heard=heard,
                ring=self.ring,
            )
            self.transport.bind(service.name, service.topics, running.listener.store)
            self.running[service.name] = running
        sealer, known = sealer or Sealer.new(), keys or KeySet([key])
        self.apps: dict[str, Flask] = {name: each.app(Verifier(known, name), sealer) for name, each in self.running.items()}

    def start(self) -> None:
        """Let the post run by itself; call it after any fork."""
        self.offices = [PostOffice(running, self.transport) for running in self.running.values()]
        for office in self.offices:
            office.start()

    def ring(self) -> None:
        """Something was committed."""
        for office in self.offices:
            office.wake()

    def settle(self) -> None:
        """Deliver and apply every letter that is due, until nothing moves any more."""
        while sum(map(self._deliver, self.running.values())):
            continue

    def now_and_then(self) -> None:
        """Do once what the post does from time to time, such as telling that a day has begun."""
        for running in self.running.values():
            for duty in running.service.now_and_then:
                duty(running.engine, running.begin)

    def stop(self) -> None:
        """End the post, and let go of the databases."""
        for office in self.offices:
            office.stop()
        for running in self.running.values():
            running.close()

    @staticmethod
    def _deliver(running: Running) -> int:
        return running.relay.send_some() + sum(iter(running.reader.read_some, 0))
