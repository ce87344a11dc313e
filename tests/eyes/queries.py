"""What is asked of Prometheus, by alerts and by dashboards, and which metrics that names."""

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from tests.compose import HOUSE

WATCH = HOUSE / "deploy/watch"
WORDS = {"by", "on", "unless", "and", "or", "le", "without", "ignoring", "group_left", "bool"}


def rules() -> list[dict[str, Any]]:
    """Every alert."""
    (group,) = yaml.safe_load((WATCH / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    return list(group["rules"])


def boards() -> dict[str, dict[str, Any]]:
    """Every dashboard by its file."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted((WATCH / "dashboards").glob("*.json"))}


def queries() -> Iterator[tuple[str, str]]:
    """Everything that is asked, with who asks it; a dashboard's variables stand for something that makes sense."""
    for rule in rules():
        yield rule["alert"], rule["expr"]
    for name, board in boards().items():
        for panel in board["panels"]:
            for target in panel["targets"]:
                asked = target["expr"].replace("$service", ".*").replace("$__rate_interval", "5m")
                yield f"{name}: {panel['title']} {target['refId']}", asked


def metrics_in(query: str) -> set[str]:
    """The metrics that a query names: words that are no function, no label, no keyword."""
    bare = re.sub(r'"[^"]*"', "", query)
    bare = re.sub(r"\{[^}]*\}|\[[^\]]*\]|\b(by|on|without|ignoring)\s*\([^)]*\)", " ", bare)
    return set(re.findall(r"\b[a-z_]\w*\b(?!\s*\()", bare)) - WORDS
