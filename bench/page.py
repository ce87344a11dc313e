"""The page `docs/performance.md`: a part for requests and one for the post, each as it was last measured whole."""

import os
import platform
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
REQUESTS, POST = "Requests", "The post"
INTRODUCTION = """# How fast it is

Written by `make bench`; each part says when it was measured. Figures do not carry over to another machine; ratios to a floor
measured in the same run do. A *floor* is the cheapest honest program that does the same job with the same guarantees, written by
hand for nothing else (`bench/floors`), and tested like anything else. Floor and house take turns in rounds; a ratio is the middle
of the rounds' own ratios. Commits wait for the disk. *Strangers* is how many processors others kept busy meanwhile: where they
were many, believe processor time rather than anything that was waited for.
"""


def facts(versions: Mapping[str, str], **more: str) -> str:
    """When and with what."""
    known = {**versions, "Python": platform.python_version(), "processors": str(os.cpu_count()), **more}
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"Measured on {when} with {'; '.join(f'{name} {value}' for name, value in known.items())}."


def keep(part: str, said: str, page: Path = PAGE) -> None:
    """Write one part anew; the other stays as it is."""
    parts = parts_of(page.read_text(encoding="utf-8")) | {part: said.strip()}
    whole = [f"## {name}\n\n{parts[name]}\n" for name in (REQUESTS, POST) if name in parts]
    page.write_text("\n".join([INTRODUCTION, *whole]), encoding="utf-8")


def parts_of(page: str) -> dict[str, str]:
    """What the page says of each."""
    pieces = re.split(rf"^## ({REQUESTS}|{POST})$", page, flags=re.MULTILINE)[1:]
    return {name: said.strip() for name, said in zip(pieces[::2], pieces[1::2], strict=True)}
