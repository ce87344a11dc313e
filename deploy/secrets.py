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
    users = json.loads(_once(folder / "definitions.json", lambda: definitions(folder)))["users"]
    if {user["name"] for user in users} != {service.name for service in SERVICES}:  # a service came or went with an upgrade
        put_down(folder / "definitions.json", definitions(folder))
    key = OKPKey.import_key(json.loads(_once(folder / "gateway.key", new_key)))
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
        put_down(path, make())
    if path.stat().st_mode & 0o777 != mode_of(path):
        path.chmod(mode_of(path))
    return path.read_text(encoding="ascii")


def put_down(path: Path, text: str) -> None:
    """Write a file in one move: whoever reads it meanwhile reads the old one or the new one."""
    half = path.with_suffix(path.suffix + ".new")
    half.unlink(missing_ok=True)
    half.touch(mode=0o600)
    half.write_text(text, encoding="ascii")
    half.chmod(mode_of(path))
    half.rename(path)


def mode_of(path: Path) -> int:
    """Secrets are their owner's alone, but for the two that the containers of database and broker read as somebody else."""
    return 0o644 if path.name in {"postgres", "definitions.json"} else 0o600


def new_key() -> str:
    """A new private key, as JSON."""
    key = OKPKey.generate_key("Ed25519", parameters={"kid": secrets.token_hex(8)}, private=True)
    return json.dumps(key.as_dict(private=True))


def definitions(folder: Path) -> str:
    """RabbitMQ's users as JSON: each service declares and reads its own, and writes to its own exchange only."""
    names = [service.name for service in SERVICES]
    made = {
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
    return json.dumps(made, indent=1)


def _hashed(password: str) -> dict[str, str]:
    salt = secrets.token_bytes(4)
    digest = hashlib.sha256(salt + password.encode()).digest()
    return {"password_hash": base64.b64encode(salt + digest).decode(), "hashing_algorithm": "rabbit_password_hashing_sha256"}


if __name__ == "__main__":
    write(Path(sys.argv[1]))
