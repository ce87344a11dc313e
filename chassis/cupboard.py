"""Takes a thing out of its table and puts it back: one row, held until the work is done, one event for each change."""

from collections.abc import Callable, Iterator
from dataclasses import Field, fields, replace
from enum import StrEnum
from types import UnionType
from typing import Any, ClassVar, Generic, Protocol, TypeVar, cast, get_args, get_type_hints
from uuid import UUID

from sqlalchemy import Insert, Select, Table, Update, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB

from chassis.refusal import CHANGED_MEANWHILE, NOT_FOUND, NotFound, Refused
from chassis.work import Work
from contracts.event import Event, plain


class Thing(Protocol):
    """A frozen dataclass with an id; `version` counts its changes and is 0 before it was ever put away."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def id(self) -> UUID: ...
    @property
    def version(self) -> int: ...


T = TypeVar("T", bound=Thing)


class Cupboard(Generic[T]):
    """The things of one kind. The table has a column for each field of the thing, of the same name; nested values are JSONB."""

    def __init__(self, table: Table, thing: type[T]) -> None:
        self.table, self.thing = table, thing
        hints = get_type_hints(thing)
        self.hints = {f.name: hints[f.name] for f in fields(thing)}
        self.nested = {name for name in self.hints if isinstance(table.c[name].type, JSONB)}
        self.words = {name: word for name, hint in self.hints.items() if (word := _word(hint))}
        key = (table.c.association_id == bindparam("k_association"), table.c.id == bindparam("k_id"))
        self.look: Select[Any] = select(*(table.c[name] for name in self.hints)).where(*key)
        self.every: Select[Any] = select(*(table.c[name] for name in self.hints)).where(key[0]).order_by(table.c.id)
        self.take: Select[Any] = self.look.with_for_update()
        self.add: Insert = insert(table)
        self.change: Update = (
            update(table)
            .where(*key, table.c.version == bindparam("k_version"))
            .values({table.c[name]: bindparam(f"v_{name}") for name in self.hints if name != "id"})
        )

    def get(self, work: Work, id: UUID) -> T:
        """Take the thing out; nobody else can change it until the work is done. Raises `NotFound`, also for a neighbour's."""
        return self._found(self.find(work, id))

    def find(self, work: Work, id: UUID) -> T | None:
        """The same, or None where there is none."""
        return self._one(work, self.take, id)

    def see(self, work: Work, id: UUID) -> T:
        """Look at the thing without holding it. Raises `NotFound`."""
        return self._found(self._one(work, self.look, id))

    def put(self, work: Work, thing: T, told: Event) -> T:
        """Put the thing away as it now is and tell what happened; its version moves on by one and numbers the event.

        Raises `Refused` when somebody else put it away since it was taken out.
        """
        if work.seen is not None and thing.version:
            work.seen.must_be(thing.id, thing.version, lambda: self._stands(work, thing.id))
        kept = cast(T, replace(cast(Any, thing), version=thing.version + 1))
        row = {name: self._plain(name, getattr(kept, name)) for name in self.hints}
        if thing.version == 0:
            work.execute(self.add, row | {"association_id": work.who.association_id})
        else:
            key = {"k_association": work.who.association_id, "k_id": thing.id, "k_version": thing.version}
            if work.execute(self.change, key | {f"v_{n}": v for n, v in row.items() if n != "id"}).rowcount != 1:
                raise Refused(CHANGED_MEANWHILE)
        work.tell(told, subject=thing.id, sequence=kept.version)
        return kept

    def all(self, work: Work) -> Iterator[T]:
        """Every thing of the association, one after the other."""
        for row in work.execute(self.every, {"k_association": work.who.association_id}):
            yield self.made(row)

    def told_again(self, says: Callable[[T], Event | None]) -> Callable[[Work], Iterator[tuple[UUID, int, Event]]]:
        """How every thing stands now, as the event that `says` so, under its newest number; None: nothing to tell of it."""

        def tell(work: Work) -> Iterator[tuple[UUID, int, Event]]:
            for thing in self.all(work):
                event = says(thing)
                if event is not None:
                    yield thing.id, thing.version, event

        return tell

    def made(self, row: Any) -> T:
        """The thing that a row of its table stands for."""
        return self.thing(**{name: self._lively(name, getattr(row, name)) for name in self.hints})

    def _stands(self, work: Work, id: UUID) -> dict[str, Any]:
        """What the thing says now, by field; the fields of a value with an inside of its own as well."""
        says: dict[str, Any] = plain.unstructure(self.see(work, id))
        return {n: v for inner in says.values() if isinstance(inner, dict) for n, v in inner.items()} | says

    def _one(self, work: Work, statement: Select[Any], id: UUID) -> T | None:
        row = work.execute(statement, {"k_association": work.who.association_id, "k_id": id}).one_or_none()
        return None if row is None else self.made(row)

    def _found(self, thing: T | None) -> T:
        if thing is None:
            raise NotFound(NOT_FOUND)
        return thing

    def _plain(self, name: str, value: Any) -> Any:
        return plain.unstructure(value, self.hints[name]) if name in self.nested else value

    def _lively(self, name: str, value: Any) -> Any:
        if name in self.nested:
            return plain.structure(value, self.hints[name])
        return self.words[name](value) if name in self.words and value is not None else value


def _word(hint: Any) -> type[StrEnum] | None:
    """The enumeration behind a type hint, `State` or `State | None`."""
    options = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    return next((o for o in options if isinstance(o, type) and issubclass(o, StrEnum)), None)
