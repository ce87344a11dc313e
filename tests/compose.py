"""What `docker-compose.yml` says, read as Compose reads it: anchors and merges resolved, as far as YAML does it."""

from pathlib import Path
from typing import Any

import yaml

HOUSE = Path(__file__).parent.parent


def composed() -> dict[str, Any]:
    """The whole file."""
    found: dict[str, Any] = yaml.safe_load((HOUSE / "docker-compose.yml").read_text(encoding="utf-8"))
    return found
