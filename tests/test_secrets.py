"""The secrets of an installation: made once, kept, and added to when a service comes that was not there before."""

import json
from pathlib import Path

from chassis.sealed import Sealer
from deploy import secrets
from deploy.services import SERVICES


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    secrets.write(tmp_path)
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}
    secrets.write(tmp_path)

    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == before
    assert Sealer.with_key(before["partners.seal"]).open(Sealer.with_key(before["partners.seal"]).seal({"after": 1})) == {
        "after": 1
    }


def test_a_service_that_came_later_gets_its_password_and_its_user_at_the_broker(tmp_path: Path) -> None:
    secrets.write(tmp_path)
    definitions = json.loads((tmp_path / "definitions.json").read_text())
    definitions["users"] = [user for user in definitions["users"] if user["name"] != "partners"]
    (tmp_path / "definitions.json").write_text(json.dumps(definitions))
    (tmp_path / "partners.broker").unlink()
    secrets.write(tmp_path)

    users = {user["name"] for user in json.loads((tmp_path / "definitions.json").read_text())["users"]}
    assert users == {secrets.DOCTOR, *(service.name for service in SERVICES)}
    assert (tmp_path / "partners.broker").exists()
