"""Writes what is made from the code: the event catalogue, its golden examples, what leaves the house, life cycles, refusals and the table of rules.

`make docs` writes; `tests/test_generated.py` says when somebody forgot to.
"""

import ast
import importlib
import json
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_type_hints
from uuid import UUID, uuid5

import chassis
import gateway
import services
from chassis.reader import Order
from chassis.refusal import No
from contracts import described
from contracts.event import Event, Letter, plain
from deploy.openapi import document
from deploy.services import SERVICES
from gateway.document import KEPT, written
from tests.invariants import INVARIANTS
from tests.lives import lives, made

HOUSE = Path(__file__).parent.parent
SAMPLES = UUID("00000000-0000-4000-8000-000000000000")
MADE = "<!-- Made by `make docs`; do not edit. -->\n"


def everything() -> dict[Path, str]:
    """Every generated file, and what should stand in it."""
    return {
        HOUSE / "contracts/README.md": catalogue(),
        HOUSE / "docs/lifecycles.md": life_cycles(),
        HOUSE / "docs/refusals.md": refusals(),
        HOUSE / "docs/rules.md": rules(),
        HOUSE / "contracts/asyncapi.json": _json(described.asyncapi()),
        **{HOUSE / f"contracts/schemas/{name}.json": _json(schema) for name, schema in described.schemas().items()},
        KEPT: written(document()),
    } | {HOUSE / f"contracts/examples/{kind}.json": golden(event) for kind, event in sorted(Event.known.items())}


def _json(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def golden(event: type[Event]) -> str:
    """One real letter of this kind. Written once and then kept: what was once sent must be readable for ever."""
    kept = HOUSE / f"contracts/examples/{event.kind}.json"
    if kept.exists():
        return kept.read_text(encoding="utf-8")
    letter = Letter(
        id=uuid5(SAMPLES, event.kind),
        association_id=uuid5(SAMPLES, "association"),
        kind=event.kind,
        source=event.teller(),
        subject=uuid5(SAMPLES, event.thing()),
        sequence=1,
        at=datetime(2026, 3, 24, 16, tzinfo=UTC),
        data=plain.unstructure(made(event)),
        trace="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        correlation=uuid5(SAMPLES, "request"),
    )
    return json.dumps(json.loads(letter.to_bytes()), ensure_ascii=False, indent=2) + "\n"


def catalogue() -> str:
    """Who tells what, and who listens."""
    listeners = defaultdict(list)
    for service in SERVICES:
        for event, reaction in service.listens.items():
            order = service.order.get(event.thing(), Order.UNORDERED)
            listeners[event.kind].append(f"{service.name} (`{reaction.__name__}`, {order})")
    lines = [MADE, "# Who tells, who listens\n", "An event that nobody listens to stays in its teller's journal.\n"]
    for teller in sorted({event.teller() for event in Event.known.values()}):
        lines += [f"\n## {teller} tells\n", "| event | what happened | carries | who listens |", "|---|---|---|---|"]
        for kind, event in sorted(Event.known.items()):
            if event.teller() == teller:
                carried = ", ".join(f"`{name}`" for name in get_type_hints(event) if name not in {"kind", "known"})
                says = " ".join((event.__doc__ or "").split())
                lines.append(f"| [`{kind}`](examples/{kind}.json) | {says} | {carried} | {', '.join(listeners[kind]) or '–'} |")
    return "\n".join(lines) + "\n"


def life_cycles() -> str:
    """Every drawing, as the code reads it."""
    lines = [MADE, "# Life cycles\n", "Each is the drawing at the top of a rules file; a move that is not drawn is refused.\n"]
    for lived in sorted(lives(), key=lambda lived: lived.name):
        lines += [f"\n## {lived.name}\n", "```mermaid", "stateDiagram-v2"]
        lines += [f"    {move.before} --> {move.after}: {move.verb}" for move in lived.life.moves]
        lines += ["```\n", "| from | move | to | who |", "|---|---|---|---|"]
        lines += [f"| {move.before} | {move.verb} | {move.after} | {move.by} |" for move in lived.life.moves]
    return "\n".join(lines) + "\n"


def refusals() -> str:
    """Every way to say no."""
    for package in (chassis, services, gateway):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".tests" not in found.name and ".migrations" not in found.name and ".alembic" not in found.name:
                importlib.import_module(found.name)
    lines = [
        MADE,
        "# Refusals\n",
        "A refusal is told by its slug to programs and by its sentence to people.\n",
        "| slug | dansk | English |",
        "|---|---|---|",
    ]
    lines += [f"| `{no.slug}` | {no.da} | {no.en} |" for _, no in sorted(No.known.items())]
    return "\n".join(lines) + "\n"


def rules() -> str:
    """Every invariant and the tests that hold it; `missing` where none does."""
    held = defaultdict(list)
    for number, test in sorted(marks()):
        held[number].append(test)
    lines = [
        MADE,
        "# The rules, and what holds them\n",
        "| number | the rule | law, practice or ours | tests |",
        "|---|---|---|---|",
    ]
    for number, (sentence, basis) in INVARIANTS.items():
        lines.append(f"| {number} | {sentence} | {basis} | {'<br>'.join(f'`{test}`' for test in held[number]) or 'missing'} |")
    return "\n".join(lines) + "\n"


def marks() -> Iterator[tuple[int, str]]:
    """Every `@pytest.mark.invariant(n)`, with the test it stands on."""
    for path in sorted(HOUSE.glob("**/test_*.py")):
        if ".venv" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for mark in node.decorator_list:
                    if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.invariant":
                        yield from ((int(ast.unparse(number)), node.name) for number in mark.args)


def main() -> None:
    """Write everything that differs."""
    for path, text in everything().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(HOUSE))  # noqa: T201  the command's answer


if __name__ == "__main__":
    main()
