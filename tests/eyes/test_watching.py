"""Alerts and dashboards: each alert is tried, explained and built on metrics there are; each dashboard can be read by Grafana."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.services import SERVICES
from tests.compose import HOUSE
from tests.eyes.queries import WATCH, boards, metrics_in, queries, rules
from tests.servers.debian import install

RULES, BOARDS = rules(), boards()
TRIED = HOUSE / "tests/eyes/alerts_test.yml"


@pytest.fixture(scope="module")
def promtool() -> str:
    install("prometheus", unless=lambda: shutil.which("promtool"))
    found = shutil.which("promtool")
    assert found, (
        "The alerts are tried by promtool: install Debian's prometheus (apt install prometheus; as root that is done for you)."
    )
    return found


def run(*words: object) -> str:
    said = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    return said.stdout


def test_prometheus_reads_its_configuration_and_its_rules(promtool: str) -> None:
    run(promtool, "check", "config", WATCH / "prometheus.yml")


def test_each_alert_comes_when_it_should_and_stays_away_when_it_should_not(promtool: str) -> None:
    run(promtool, "test", "rules", TRIED)


def test_every_query_is_understood(promtool: str, tmp_path: Path) -> None:
    asked = [{"record": f"q:{number}", "expr": query} for number, (_, query) in enumerate(queries())]
    file = tmp_path / "queries.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "queries", "rules": asked}]}))
    assert f"{len(asked)} rules found" in run(promtool, "check", "rules", file)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_each_alert_is_tried_and_explained(rule: dict[str, Any]) -> None:
    name = rule["alert"]
    tried = yaml.safe_load(TRIED.read_text())["tests"]
    expected = [each for test in tried for each in test["alert_rule_test"] if each["alertname"] == name]
    assert any(each.get("exp_alerts") for each in expected), "it comes"
    assert any(not each.get("exp_alerts") for each in expected), "it stays away"

    operating = (HOUSE / "docs/operating.md").read_text(encoding="utf-8")
    section = re.search(rf"^### {name}\n+(.+?)(?=^##|\Z)", operating, re.MULTILINE | re.DOTALL)
    assert section and len(section[1].split()) > 25, "what to do stands in docs/operating.md"
    assert rule["annotations"]["runbook"] == f"docs/operating.md#{name.lower()}"
    assert rule["labels"]["severity"] in {"page", "ticket"}


def test_no_section_explains_an_alert_that_is_gone() -> None:
    operating = (HOUSE / "docs/operating.md").read_text(encoding="utf-8")
    explained = operating.partition("## Alerts")[2].partition("\n## ")[0]
    assert re.findall(r"^### (\w+)$", explained, re.MULTILINE) == [rule["alert"] for rule in RULES]


def test_prometheus_looks_at_every_process_of_every_service() -> None:
    (job,) = yaml.safe_load((WATCH / "prometheus.yml").read_text())["scrape_configs"]
    (names,) = (each["names"] for each in job["dns_sd_configs"])
    assert names == ["gateway", *(name for service in SERVICES for name in (service.name, f"{service.name}-post"))]


def test_metrics_are_found_in_a_query() -> None:
    query = 'histogram_quantile(0.95, sum by (service, le) (rate(a_bucket{x="sum"}[5m]))) > 1 and on (service) b unless up == 1'
    assert metrics_in(query) == {"a_bucket", "b", "up"}


@pytest.mark.parametrize("name", BOARDS)
def test_each_dashboard_is_whole(name: str) -> None:
    board = BOARDS[name]
    source = yaml.safe_load((WATCH / "grafana/datasources/prometheus.yml").read_text())["datasources"][0]["uid"]
    assert {"uid", "title", "schemaVersion", "panels", "templating", "time"} <= board.keys()
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
    for panel in board["panels"]:
        assert panel["title"] and panel["description"] and panel["targets"]
        assert panel["datasource"]["uid"] == source
        assert panel["fieldConfig"]["defaults"]["unit"]
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])
    places = [(x, y) for panel in board["panels"] for x, y in covered(panel["gridPos"])]
    assert len(places) == len(set(places)), "no panel lies on another"
    assert max(x for x, _ in places) < 24


def covered(place: dict[str, int]) -> list[tuple[int, int]]:
    return [(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])]


def test_dashboards_are_told_apart() -> None:
    assert len({board["uid"] for board in BOARDS.values()}) == len(BOARDS) == 3
    provided = yaml.safe_load((WATCH / "grafana/dashboards/samskab.yml").read_text())["providers"][0]["options"]["path"]
    assert provided == "/dashboards"
