"""One installation in one process: its secrets, its services, and its front door."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from joserfc.jwk import OKPKey

from chassis import keys
from chassis.eyes import Eyes, database
from chassis.sealed import Sealer
from deploy import secrets
from deploy.postgres.provision import provision, url_for
from deploy.services import SERVICES
from deploy.together import Together
from gateway.app import create_gateway
from gateway.services import Services
from gateway.settings import GatewaySettings
from gateway.store import SERVICE as GATEWAY


@dataclass
class Installation:
    """Where its secrets lie and where its database is. `open` makes pools and threads: call it after any fork."""

    folder: Path
    admin_url: str
    public_url: str = "http://127.0.0.1:8080"
    together: Together = field(init=False)

    @classmethod
    def at(cls, folder: Path, admin_url: str, *, public_url: str = "http://127.0.0.1:8080") -> "Installation":
        """The installation in this folder; missing secrets are made."""
        secrets.write(folder / "secrets")
        return cls(folder, admin_url, public_url)

    @property
    def key(self) -> OKPKey:
        """What the gateway signs with."""
        return keys.private((self.folder / "secrets" / "gateway.key").read_text(encoding="ascii"))

    def gather(self) -> Any:
        """Put services and front door together; the post stands still."""
        folder = self.folder / "secrets"
        trusted = keys.Watched(folder / "gateway.public", keys.public)
        sealer = Sealer.with_key((folder / "partners.seal").read_text(encoding="ascii"))
        self.together = Together(self.admin_url, SERVICES, self._passwords(), self.key, sealer=sealer, keys=trusted)
        provision(self.admin_url, GATEWAY, self._passwords())
        return create_gateway(
            GatewaySettings(
                key=keys.Watched(folder / "gateway.key", keys.private),
                database_url=url_for(self.admin_url, "gateway", self._passwords()["gateway"], "gateway"),
                services=Services.here(self.together.apps),
                public_url=self.public_url,
                demo=True,
            )
        )

    def open(self) -> Any:
        """The same, with the post running by itself."""
        door = self.gather()
        self.together.start()
        return door

    def eyes(self) -> Eyes:
        """What is to be seen of it while it is open."""
        offices = {f"{office.name} post": office for office in self.together.offices}
        return Eyes(
            service="samskab",
            part="all",
            needs={"database": database(self.admin_url)},
            wants={name: office.troubles for name, office in offices.items()},
            lives=lambda: "; ".join(filter(None, (office.lives() for office in offices.values()))) or None,
        )

    def stop(self) -> None:
        """Let the post finish what is in its hands."""
        self.together.stop()

    def _passwords(self) -> dict[str, str]:
        roles = [role for name in secrets.DATABASES for role in (name, f"{name}_post")]
        return {role: (self.folder / "secrets" / role).read_text(encoding="ascii") for role in roles}
