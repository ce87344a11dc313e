"""What the gateway needs to know to run: frozen values, handed in by whoever starts it."""

from dataclasses import dataclass, field

from joserfc.jwk import OKPKey

from chassis.keys import Key
from gateway.limits import Limits
from gateway.services import Services


@dataclass(frozen=True, kw_only=True)
class GatewaySettings:
    """`key` signs the internal tokens, one that stays or whichever it is at the moment; `services` reaches the services.

    `public_url` is where the world finds us; letters carry links that begin with it. `smtp_url` is
    `smtp://user:password@host:587` (STARTTLS when offered) or `smtps://...`; without it letters stay in the house,
    and in a demonstration anybody may read them. `limits` are how much anybody may ask for; associations may set their own.
    """

    key: OKPKey | Key
    database_url: str
    services: Services
    public_url: str = "http://127.0.0.1:8080"
    smtp_url: str | None = None
    sender: str = "samskab@localhost"
    demo: bool = False
    limits: Limits = field(default_factory=Limits)

    @property
    def secure(self) -> bool:
        """Whether the world reaches us by https, so that cookies may insist on it."""
        return self.public_url.startswith("https://")
