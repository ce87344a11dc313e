"""Finds every life in the house: its rules module, its drawing, and the frozen thing that lives it."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from types import ModuleType, NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID, uuid4

import services
from chassis.identity import Identity
from chassis.life import Life


@dataclass(frozen=True)
class Lived:
    """One life: where its rules are, what it is drawn as, and whose it is."""

    module: ModuleType
    life: Life
    thing: type
    state: type[StrEnum]

    @property
    def name(self) -> str:
        """`ideas: endorsement`."""
        _, service, *_, last = self.module.__name__.split(".")
        return f"{service}: {last}"

    @property
    def moves(self) -> list[str]:
        """The methods of the thing that are moves."""
        return [name for name, _ in inspect.getmembers(self.thing, inspect.isfunction) if not name.startswith("_")]


def lives() -> Iterator[Lived]:
    """Every life of every service."""
    for found in pkgutil.walk_packages(services.__path__, "services."):
        if ".rules" in found.name and ".tests" not in found.name:
            module = importlib.import_module(found.name)
            if isinstance(getattr(module, "LIFE", None), Life):
                yield Lived(module, module.LIFE, _thing(module), module.State)


def _thing(module: ModuleType) -> type:
    things = [
        c
        for c in vars(module).values()
        if inspect.isclass(c)
        and is_dataclass(c)
        and c.__module__ == module.__name__
        and {"id", "state", "version"} <= {f.name for f in fields(c)}
    ]
    assert len(things) == 1, f"{module.__name__}: one life, one file"
    return things[0]


def sample(hint: Any) -> Any:
    """Some value of a type: enough to ask a rule that should say no before it looks at it."""
    if hint in SAMPLES:
        return SAMPLES[hint]
    origin, args = get_origin(hint), get_args(hint)
    if isinstance(hint, UnionType) or NoneType in args:
        return sample(next(a for a in args if a is not NoneType))
    if origin in {tuple, frozenset, list, set}:
        return origin()
    if origin is not None:
        return {}
    if inspect.isclass(hint) and issubclass(hint, Enum):
        return next(iter(hint))
    if is_dataclass(hint):
        return made(hint)
    return None


def made(thing: type, **given: Any) -> Any:
    """A thing of this kind, with samples where nothing is given."""
    hints = get_type_hints(thing)
    needed = [f for f in fields(thing) if f.default is MISSING and f.default_factory is MISSING and f.name not in given]
    return thing(**{f.name: sample(hints[f.name]) for f in needed}, **given)


SAMPLES: dict[Any, Any] = {
    UUID: uuid4(),
    str: "ord",
    int: 9,
    float: 0.5,
    bool: True,
    date: date(2026, 3, 24),
    datetime: datetime(2026, 3, 24, 17, tzinfo=UTC),
    Identity: Identity(association_id=uuid4(), person_id=uuid4()),
}
