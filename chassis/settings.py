"""The environment, read once into frozen values; all that is wrong with it is said at once."""

from dataclasses import dataclass

from environs import FileAwareEnv

from chassis import keys
from chassis.sealed import Sealer


@dataclass(frozen=True)
class ServiceSettings:
    """What a service's processes need to know. Each variable may also be given as NAME_FILE, a file that holds the value."""

    database_url: str
    post_database_url: str
    amqp_url: str
    gateway_keys: keys.Keys
    sealer: Sealer | None


def service_settings() -> ServiceSettings:
    """Read DATABASE_URL, POST_DATABASE_URL, AMQP_URL, GATEWAY_PUBLIC_KEYS (a JSON Web Key Set), and SEAL_KEY if there is one."""
    env = FileAwareEnv(eager=False)
    database_url, post_database_url = env.str("DATABASE_URL"), env.str("POST_DATABASE_URL")
    amqp_url, _, seal_key = env.str("AMQP_URL"), env.str("GATEWAY_PUBLIC_KEYS"), env.str("SEAL_KEY", "")
    env.seal()
    sealer = Sealer.with_key(seal_key) if seal_key else None
    return ServiceSettings(database_url, post_database_url, amqp_url, keys.named("GATEWAY_PUBLIC_KEYS", keys.public), sealer)
