"""The environment, read once into frozen values; all that is wrong with it is said at once."""

from dataclasses import dataclass

from environs import FileAwareEnv

from chassis import keys


@dataclass(frozen=True)
class ServiceSettings:
    """What a service's processes need to know. Each variable may also be given as NAME_FILE, a file that holds the value."""

    database_url: str
    post_database_url: str
    amqp_url: str
    gateway_keys: keys.Keys


def service_settings() -> ServiceSettings:
    """Read DATABASE_URL, POST_DATABASE_URL, AMQP_URL and GATEWAY_PUBLIC_KEYS (a JSON Web Key Set)."""
    env = FileAwareEnv(eager=False)
    database_url, post_database_url = env.str("DATABASE_URL"), env.str("POST_DATABASE_URL")
    amqp_url, _ = env.str("AMQP_URL"), env.str("GATEWAY_PUBLIC_KEYS")
    env.seal()
    return ServiceSettings(database_url, post_database_url, amqp_url, keys.named("GATEWAY_PUBLIC_KEYS", keys.public))
