"""Makes every password and key of an installation, once, as files: `python -m deploy.secrets FOLDER [--hand-out FOLDER]`."""

import argparse
import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from joserfc.jwk import KeySet, OKPKey

from chassis.sealed import Sealer
from deploy.services import SERVICES

VHOST = "samskab"
RULES = {"max-length-bytes": 256 * 1024 * 1024, "overflow": "reject-publish"}
"""What every inbox is under."""

DOCTOR = "doctor"
"""Who only looks: at bindings and rules, by the broker's management API."""

OF_A_SERVICE = ("{}.database_url", "{}_post.database_url", "{}.amqp_url", "gateway.public")
NEEDED: dict[str, tuple[str, ...]] = {
    "gateway": ("gateway.database_url", "gateway.key"),
    "postgres": ("postgres",),
    "rabbitmq": ("definitions.json",),
    "grafana": ("grafana",),
    "partners": (*OF_A_SERVICE, "partners.seal"),
}
"""What each needs that is no service like the others; these need `OF_A_SERVICE`."""

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
    word = _once(folder / f"{DOCTOR}.broker", secrets.token_urlsafe)
    _put(folder / f"{DOCTOR}.management_url", f"http://{DOCTOR}:{word}@{broker.partition(':')[0]}:15672")
    _once(folder / "grafana", secrets.token_urlsafe)
    _define(folder)
    key = OKPKey.import_key(json.loads(_once(folder / "gateway.key", new_key)))
    _once(folder / "partners.seal", lambda: Sealer.new().key)
    _once(folder / "gateway.public", lambda: json.dumps(KeySet([key]).as_dict(private=False)))
    word = (folder / "postgres").read_text(encoding="ascii")
    _put(folder / "admin.database_url", f"postgresql://postgres:{word}@{database}/postgres")


def hand_out(folder: Path, to: Path) -> None:
    """Give each process a folder with what it needs and nothing else."""
    for name in folders():
        (to / name).mkdir(parents=True, exist_ok=True)
        for file in NEEDED.get(name, OF_A_SERVICE):
            put_down(to / name / file.format(name), (folder / file.format(name)).read_text(encoding="ascii"))


def folders() -> list[str]:
    """Who gets a folder of secrets."""
    return list(dict.fromkeys([*(service.name for service in SERVICES), *NEEDED]))


def _define(folder: Path) -> None:
    """Write RabbitMQ's definitions anew where a service has come since, or the rules have changed; passwords stay."""
    path = folder / "definitions.json"
    known = json.loads(path.read_text(encoding="ascii")) if path.exists() else {}
    wanted = definitions(folder, {user["name"]: user for user in known.get("users", [])})
    if json.loads(wanted) != known:
        put_down(path, wanted)


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
    """Secrets are their owner's alone, but for those that the containers of others' images read as somebody else."""
    return 0o644 if path.name in {"postgres", "definitions.json", "grafana"} else 0o600


def new_key() -> str:
    """A new private key, as JSON."""
    key = OKPKey.generate_key("Ed25519", parameters={"kid": secrets.token_hex(8)}, private=True)
    return json.dumps(key.as_dict(private=True))


def definitions(folder: Path, known: Mapping[str, object] = MappingProxyType({})) -> str:
    """RabbitMQ's users and rules as JSON: each service declares and reads its own, and writes to its own exchange only;
    the doctor does nothing but look.

    `known` users keep the password that they have. A queue that nobody empties says no when it is full, before the broker's disk
    is: its letters wait in their outboxes.
    """
    names = [service.name for service in SERVICES]
    made = {
        "vhosts": [{"name": VHOST}],
        "users": [
            known.get(name) or {"name": name, "tags": tags, **_hashed((folder / f"{name}.broker").read_text())}
            for name, tags in ((DOCTOR, "monitoring"), *((name, "") for name in names))
        ],
        "policies": [
            {
                "name": "inboxes",
                "vhost": VHOST,
                "pattern": r"^[a-z]+\.inbox$",
                "apply-to": "queues",
                "priority": 0,
                "definition": RULES,
            }
        ],
        "permissions": [
            {
                "user": name,
                "vhost": VHOST,
                "configure": rf"^([a-z]+\.events|{name}\.inbox)$",
                "write": rf"^{name}\.(events|inbox)$",
                "read": rf"^([a-z]+\.events|{name}\.inbox)$",
            }
            for name in names
        ]
        + [{"user": DOCTOR, "vhost": VHOST, "configure": "^$", "write": "^$", "read": "^$"}],
    }
    return json.dumps(made, indent=1)


def _hashed(password: str) -> dict[str, str]:
    salt = secrets.token_bytes(4)
    digest = hashlib.sha256(salt + password.encode()).digest()
    return {"password_hash": base64.b64encode(salt + digest).decode(), "hashing_algorithm": "rabbit_password_hashing_sha256"}


def main() -> None:
    """What whoever starts an installation calls first."""
    words = argparse.ArgumentParser(prog="python -m deploy.secrets")
    words.add_argument("folder", type=Path)
    words.add_argument("--hand-out", type=Path, dest="to")
    asked = words.parse_args()
    write(asked.folder)
    if asked.to:
        hand_out(asked.folder, asked.to)


if __name__ == "__main__":
    main()
