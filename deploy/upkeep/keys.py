"""Renews the gateway's signing key without a failed request, and the passwords of database and broker."""

import json
import secrets as words
from collections.abc import Callable
from pathlib import Path

from joserfc.errors import JoseError
from joserfc.jwk import KeySet, OKPKey
from sqlalchemy import make_url

from chassis import keys, tokens
from chassis.keys import LOOK_AGAIN
from deploy import secrets
from deploy.command.reach import Reach
from deploy.postgres.provision import lay_ground
from deploy.services import SERVICES
from deploy.upkeep.errand import CannotDo

Wait = Callable[[int, str], None]
NOTICED = 2 * int(LOOK_AGAIN)
"""Seconds after which every process has seen that a file is another."""

PRIVATE, NEXT, PUBLIC = "gateway.key", "gateway.key.next", "gateway.public"


def rotate(folder: Path, wait: Wait, hand_out: Callable[[], None] = lambda: None) -> str:
    """Sign with a new key from now on; return its name. What was interrupted is gone on with. Raises `CannotDo`.

    First everybody knows the new key beside the old one, then the gateway signs with it, and when the last token of the old one
    is over nobody knows that any more. `hand_out` brings the files to whoever reads copies of them.
    """
    old, known = _read(folder)
    coming = folder / NEXT
    if coming.exists() or not _others(known, old):
        if not coming.exists():
            secrets.put_down(coming, secrets.new_key())
        new = keys.private(coming.read_text(encoding="ascii"))
        _publish(folder, old, new)
        hand_out()
        wait(NOTICED, "everybody learns the new key")
        secrets.put_down(folder / PRIVATE, coming.read_text(encoding="ascii"))
        coming.unlink()
        hand_out()
        old = new
    wait(NOTICED + tokens.GOOD_FOR + tokens.LEEWAY, "the last tokens of the old key run out")
    _publish(folder, old)
    hand_out()
    return str(old.kid)


def renew_passwords(reach: Reach, hand_out: Callable[[], None] = lambda: None) -> None:
    """New passwords for every role of the databases and every user of the broker. Processes learn them when they start anew."""
    for service in reach.databases:
        for role in (service.name, f"{service.name}_post"):
            _renew(reach.folder / role, reach.folder / f"{role}.database_url")
    for service in SERVICES:
        _renew(reach.folder / f"{service.name}.broker", reach.folder / f"{service.name}.amqp_url")
    _renew(reach.folder / f"{secrets.DOCTOR}.broker", reach.folder / f"{secrets.DOCTOR}.management_url")
    secrets.put_down(reach.folder / "definitions.json", secrets.definitions(reach.folder))
    admin_url = reach.admin_url().render_as_string(hide_password=False)
    for service in reach.databases:
        lay_ground(admin_url, service, secrets.passwords(reach.folder, service.name))
    hand_out()


def out_of_step(folder: Path) -> str:
    """What is wrong between the key that signs and the keys that are known; empty when nothing is."""
    signing, known = _read(folder)
    if signing.kid not in {key.kid for key in known.keys}:
        return "the services do not know the key that the gateway signs with"
    if (folder / NEXT).exists() or _others(known, signing):
        return "a rotation of the signing key was not finished"
    return ""


def _read(folder: Path) -> tuple[OKPKey, KeySet]:
    try:
        return keys.private((folder / PRIVATE).read_text()), keys.public((folder / PUBLIC).read_text())
    except (OSError, ValueError, JoseError):
        raise CannotDo(f"the gateway's keys in {folder} cannot be read") from None


def _others(known: KeySet, than: OKPKey) -> list[object]:
    return [key for key in known.keys if key.kid != than.kid]


def _publish(folder: Path, *known: OKPKey) -> None:
    secrets.put_down(folder / PUBLIC, json.dumps(KeySet(list(known)).as_dict(private=False)))


def _renew(path: Path, of_url: Path) -> None:
    new = words.token_urlsafe()
    url = make_url(of_url.read_text(encoding="ascii")).set(password=new)
    secrets.put_down(path, new)
    secrets.put_down(of_url, url.render_as_string(hide_password=False))
