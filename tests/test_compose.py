"""The full run as it is composed: every service is there, each is shut in, and each sees only its own secrets."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from deploy import secrets
from deploy.services import SERVICES
from tests.compose import HOUSE, composed

COMPOSED: dict[str, Any] = composed()["services"]
NAMES = [service.name for service in SERVICES]
OURS = [name for name, said in COMPOSED.items() if str(said["image"]).startswith("${COMPOSE_PROJECT_NAME")]
SEE_ALL_SECRETS = {"secrets", "migrate", "samskab", "story"}
"""Who makes, migrates and operates; the story is played in tests only."""

each = pytest.mark.parametrize("name", list(COMPOSED))


@pytest.mark.parametrize("service", NAMES)
def test_every_service_is_composed_with_its_post(service: str) -> None:
    web, post = COMPOSED[service], COMPOSED[f"{service}-post"]
    assert web["command"][-1] == f"deploy.web:service('{service}')"
    assert post["command"][-1] == service
    assert web["environment"] == post["environment"]
    assert web["environment"]["DATABASE_URL_FILE"] == f"/secrets/{service}.database_url"


@each
def test_each_is_shut_in(name: str) -> None:
    said = COMPOSED[name]
    assert said["read_only"] is True
    assert said["cap_drop"] == ["ALL"]
    assert "cap_add" not in said
    assert not said.get("privileged")
    assert said["security_opt"] == ["no-new-privileges:true"]
    assert str(said["user"]).split(":")[0] not in {"root", "0"}


@each
def test_each_has_limits_and_logs_that_end(name: str) -> None:
    limits = COMPOSED[name]["deploy"]["resources"]["limits"]
    assert {"cpus", "memory", "pids"} <= limits.keys()
    assert {"max-size", "max-file"} <= COMPOSED[name]["logging"]["options"].keys()


@each
def test_only_what_is_meant_for_the_machine_itself_has_a_port(name: str) -> None:
    ports = COMPOSED[name].get("ports", [])
    assert bool(ports) == (name in {"gateway", "mail", "prometheus", "grafana"})
    assert all(port.startswith("127.0.0.1:") and not port.endswith(":9100") for port in ports)


@each
def test_any_number_of_it_can_run(name: str) -> None:
    assert "container_name" not in COMPOSED[name]
    assert "replicas" not in COMPOSED[name]["deploy"]


@each
def test_each_sees_its_own_secrets_only(name: str) -> None:
    hung = [volume.split(":")[0] for volume in COMPOSED[name].get("volumes", []) if ":/secrets" in volume]
    if name in SEE_ALL_SECRETS:
        assert hung == ["secrets"]
    else:
        assert hung in ([], [f"{name.removesuffix('-post')}-secrets"])


@each
def test_no_secret_stands_in_the_environment(name: str) -> None:
    said = COMPOSED[name].get("environment", {})
    shown = [key for key in said if re.search(r"PASSWORD|SECRET|KEY|DATABASE_URL|AMQP_URL|TOKEN", key)]
    assert all(key.endswith("_FILE") for key in shown)


@pytest.mark.parametrize("name", [*NAMES, "gateway", *(f"{name}-post" for name in NAMES)])
def test_each_process_is_looked_at_and_has_time_to_leave(name: str) -> None:
    said = COMPOSED[name]
    assert said["environment"]["METRICS_PORT"] == "9100"
    assert said["healthcheck"]["test"][-1] == "http://127.0.0.1:9100/readyz"
    assert said["stop_grace_period"] == "30s"


def test_whoever_makes_the_secrets_hands_them_to_each() -> None:
    hung = [volume.split(":") for volume in COMPOSED["secrets"]["volumes"]]
    assert [where for where in hung if where[0] != "secrets"] == [
        [f"{name}-secrets", f"/given/{name}"] for _, name in given(hung)
    ]
    assert {name for _, name in given(hung)} == set(secrets.folders())
    assert set(composed()["volumes"]) >= {volume for volume, _ in hung}


def given(hung: list[list[str]]) -> list[tuple[str, str]]:
    return [(volume, where.removeprefix("/given/")) for volume, where in hung if where.startswith("/given/")]


def test_secrets_are_made_once_and_handed_out_where_they_are_needed(tmp_path: Path) -> None:
    for _ in range(2):
        secrets.write(tmp_path / "all")
        secrets.hand_out(tmp_path / "all", tmp_path / "given")
        made = {path.name: path.read_text() for path in (tmp_path / "all").iterdir()}
    assert made == {path.name: path.read_text() for path in (tmp_path / "all").iterdir()}
    for name in NAMES:
        assert {path.name for path in (tmp_path / "given" / name).iterdir()} == {
            f"{name}.database_url",
            f"{name}_post.database_url",
            f"{name}.amqp_url",
            "gateway.public",
            *(["partners.seal"] if name == "partners" else []),
        }


def test_a_service_that_comes_later_gets_its_place_at_the_broker_and_the_others_keep_theirs(tmp_path: Path) -> None:
    secrets.write(tmp_path)
    definitions = tmp_path / "definitions.json"
    whole = json.loads(definitions.read_text())
    older = whole | {"users": whole["users"][:-1], "permissions": whole["permissions"][:-1]}
    definitions.write_text(json.dumps(older))

    secrets.write(tmp_path)

    now = json.loads(definitions.read_text())
    assert now["users"][:-1] == whole["users"][:-1]
    assert [user["name"] for user in now["users"]] == [secrets.DOCTOR, *NAMES]
    assert now["policies"][0]["definition"]["overflow"] == "reject-publish"


def test_everything_that_is_hung_up_from_this_folder_is_there() -> None:
    for said in COMPOSED.values():
        for volume in said.get("volumes", []):
            if volume.startswith("./"):
                assert (HOUSE / volume.split(":")[0]).exists(), volume


def test_what_is_ours_is_built_and_never_pulled() -> None:
    assert set(NAMES) < set(OURS)
    assert all(COMPOSED[name]["pull_policy"] == ("build" if name == "secrets" else "never") for name in OURS)
