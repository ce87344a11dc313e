"""What partners were promised about events is kept; what is broken is named, with what to do instead."""

from copy import deepcopy
from typing import Any

import pytest

from contracts.described import schemas
from tests.promised import breaks, promised

IDEA, DECISION = "dk.samskab.idea.published", "dk.samskab.decision.published"


def test_what_partners_were_promised_is_kept() -> None:
    assert list(breaks(promised(), schemas())) == []


def gone(now: dict[str, Any]) -> None:
    del now[IDEA]


def without(now: dict[str, Any]) -> None:
    del now[IDEA]["properties"]["title"]
    now[IDEA]["required"].remove("title")


def another_type(now: dict[str, Any]) -> None:
    now[IDEA]["properties"]["title"] = {"type": "integer"}


def narrower(now: dict[str, Any]) -> None:
    now[IDEA]["properties"]["answer_by"]["type"] = "string"


def perhaps(now: dict[str, Any]) -> None:
    now[IDEA]["required"].remove("title")


def one_word_less(now: dict[str, Any]) -> None:
    now[DECISION]["properties"]["outcome"]["examples"].pop()


def demanded(now: dict[str, Any]) -> None:
    now[IDEA]["properties"]["colour"] = {"type": "string"}
    now[IDEA]["required"].append("colour")


def inside_a_list(now: dict[str, Any]) -> None:
    now[IDEA]["properties"]["departments"]["items"] = {"type": "string"}


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (gone, "new name beside it"),
        (without, "`title` is gone"),
        (another_type, "`title` was"),
        (narrower, "`answer_by` was"),
        (perhaps, "may be missing now"),
        (one_word_less, "any more"),
        (demanded, "give it a default"),
        (inside_a_list, "`departments` was"),
    ],
)
def test_each_way_to_break_the_promise_is_named_with_what_to_do(harm: Any, says: str) -> None:
    now = deepcopy(schemas())
    harm(now)

    (broken,) = breaks(schemas(), now)
    assert says in broken, broken
    assert broken.startswith("dk.samskab.")


def test_what_only_grows_breaks_nothing() -> None:
    now = deepcopy(schemas())
    now[IDEA]["properties"]["colour"] = {"type": "string"}
    now[DECISION]["properties"]["outcome"]["examples"].append("postponed")
    now["dk.samskab.idea.painted"] = now[IDEA]

    assert list(breaks(schemas(), now)) == []
