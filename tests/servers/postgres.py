"""A PostgreSQL for the run: the one that TEST_DATABASE_URL names, else the bundled one in a folder that goes away."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.bundled import bundled


@contextmanager
def postgres() -> Iterator[str]:
    """Yield the administrator's URL."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield named
        return
    with tempfile.TemporaryDirectory(prefix="samskab-", ignore_cleanup_errors=True) as place:
        Path(place).chmod(0o755)
        with bundled(Path(place) / "postgres", durable=False) as url:
            yield url
