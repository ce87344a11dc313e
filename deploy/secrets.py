"""Makes every password and key of an installation, once, as files: `python -m deploy.secrets FOLDER`."""

import base64
import hashlib
import json
import secrets
import sys
from collections.abc import Callable
from pathlib import Path

from joserfc.jwk import KeySet, OKPKey

from deploy.services import SERVICES

VHOST = "samskab"
DATABASES = ("gateway", *(service.name for service in SERVICES))


def write(folder: Path, *, database: str = "postgres:5432", broker: str = "rabbitmq:5672") -> None:
    """Write what is missing; what is there stays, so that running it again changes nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    _once(folder / "postgres", secrets.token_urlsafe)
    for name in DATABASES:
        for role in (name, f"{name}_post"):
            word = _once(folder / role, secrets.token_urlsafe)
            _put(folder / f"{role}.database_url", f"postgresql://{role}:{word}@{database}/{name}")
    for service in SERVICES:
        word = _once(folder / f"{service.name}.broker", secrets.token_urlsafe)
        _put(folder / f"{service.name}.amqp_url", f"amqp://{service.name}:{word}@{broker}/{VHOST}")
    _once(folder / "definitions.json", lambda: json.dumps(_definitions(folder), indent=1))
    key = OKPKey.import_key(json.loads(_once(folder / "gateway.key", _new_key)))
    _once(folder / "gateway.public", lambda: json.dumps(KeySet([key]).as_dict(private=False)))
    word = (folder / "postgres").read_text(encoding="ascii")
    _put(folder / "admin.database_url", f"postgresql://postgres:{word}@{database}/postgres")


def passwords(folder: Path, name: str) -> dict[str, str]:
    """The passwords of a database's roles."""
    return {role: (folder / role).read_text(encoding="ascii") for role in (name, f"{name}_post")}


def _put(path: Path, text: str) -> None:
    _once(path, lambda: text)


def _once(path: Path, make: Callable[[], str]) -> str:
    if not path.exists():
        half = path.with_suffix(path.suffix + ".new")
        half.write_text(make(), encoding="ascii")
        half.rename(path)
    return path.read_text(encoding="ascii")


def _new_key() -> str:
    key = OKPKey.generate_key("Ed25519", parameters={"kid": secrets.token_hex(8)}, private=True)
    return json.dumps(key.as_dict(private=True))


def _definitions(folder: Path) -> dict[str, object]:
    """RabbitMQ's users: each service declares and reads its own, and writes to its own exchange only."""
    names = [service.name for service in SERVICES]
    return {
        "vhosts": [{"name": VHOST}],
        "users": [{"name": name, "tags": "", **_hashed((folder / f"{name}.broker").read_text())} for name in names],
        "permissions": [
            {
                "user": name,
                "vhost": VHOST,
                "configure": rf"^([a-z]+\.events|{name}\.inbox)$",
                "write": rf"^{name}\.(events|inbox)$",
                "read": rf"^([a-z]+\.events|{name}\.inbox)$",
            }
            for name in names
        ],
    }


def _hashed(password: str) -> dict[str, str]:
    salt = secrets.token_bytes(4)
    digest = hashlib.sha256(salt + password.encode()).digest()
    return {"password_hash": base64.b64encode(salt + digest).decode(), "hashing_algorithm": "rabbit_password_hashing_sha256"}


if __name__ == "__main__":
    write(Path(sys.argv[1]))
