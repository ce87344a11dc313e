"""What partners were promised about the events that they get, and what would break it.

`contracts/promised.json` is what was promised at the last release; `make promise` records what is promised from now on.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from contracts.described import schemas

PROMISED = Path(__file__).parent.parent / "contracts/promised.json"
BESIDE = "Keep it as it is, and tell what is new under a new name beside it."
KEPT_LACK_IT = "Events that are kept from before do not have it: give it a default."

Schemas = Mapping[str, Mapping[str, Any]]


def promised() -> Schemas:
    """The forms that partners rely on."""
    return dict(json.loads(PROMISED.read_text(encoding="utf-8")))


def breaks(then: Schemas, now: Schemas) -> Iterator[str]:
    """What a partner who relies on then cannot live with now, each with what to do instead."""
    for name, was in then.items():
        if name not in now:
            yield f"{name} is gone. {BESIDE}"
        else:
            yield from (f"{name}: {wrong}" for wrong in _fields(was, now[name]))


def _fields(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for name, form in was["properties"].items():
        found = now["properties"].get(name)
        if found is None:
            yield f"`{name}` is gone. {BESIDE}"
        elif _bare(found) != _bare(form):
            yield f"`{name}` was {json.dumps(_bare(form))} and is {json.dumps(_bare(found))}. {BESIDE}"
        elif lost := set(form.get("examples", ())) - set(found.get("examples", ())):
            yield f"`{name}` is never {', '.join(sorted(lost))} any more. {BESIDE}"
    for name in set(was["required"]) - set(now["required"]):
        if name in now["properties"]:
            yield f"`{name}` was always there and may be missing now. {BESIDE}"
    for name in set(now["required"]) - set(was["required"]):
        yield f"`{name}` has to be there now. {KEPT_LACK_IT}"


def _bare(form: Mapping[str, Any]) -> dict[str, Any]:
    """A form without the words that are examples, for a word may be added."""
    return {key: _bare(value) if isinstance(value, Mapping) else value for key, value in form.items() if key != "examples"}


def main() -> None:
    """Record what is promised from now on; what it breaks is said, for it is written in the changelog."""
    if PROMISED.exists():
        for broken in breaks(promised(), schemas()):
            print(f"broken: {broken}")  # noqa: T201  whoever releases reads what it prints
    PROMISED.write_text(json.dumps(schemas(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
