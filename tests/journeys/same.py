"""Whether a story told elsewhere left the same public record as in one process: `python -m tests.journeys.same FILE`."""

import json
import os
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from deploy.bundled import bundled
from deploy.demo.play import play
from deploy.demo.story import SLUG, Story
from deploy.installation import Installation


def told_elsewhere(said: str) -> object:
    """The record is the JSON that a story ends with; what comes before it says how far it was."""
    return json.loads(said[said.index("\n{") :])


def told_here() -> object:
    """The record that the story leaves in this process."""
    os.environ["SAMSKAB_RUN"] = "test"
    with tempfile.TemporaryDirectory(prefix="samskab-same-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        with bundled(Path(place) / "postgres", durable=False) as url:
            record = play(
                Installation.at(Path(place), url), shift=timedelta(), tell=lambda world_of: Story(world_of(SLUG)).play()
            )
    return json.loads(json.dumps(record))


def main(file: str) -> int:
    """0 when they are the same."""
    elsewhere, here = told_elsewhere(Path(file).read_text(encoding="utf-8")), told_here()
    print("The story left the same public record." if elsewhere == here else f"Not the same record:\n{elsewhere}\n{here}")  # noqa: T201
    return 0 if elsewhere == here else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
