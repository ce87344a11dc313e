"""The drawing at the top of each rules file is the law: every move that is not drawn is refused, whoever asks."""

from collections.abc import Iterator
from dataclasses import replace
from inspect import signature
from typing import get_type_hints

import pytest

from chassis.life import Life
from chassis.refusal import Refused
from tests.lives import Lived, lives, made, sample

LIVES = list(lives())


def undrawn() -> Iterator[object]:
    """Every state and move between which no arrow is drawn."""
    for lived in LIVES:
        drawn = {(move.before, move.verb) for move in lived.life.moves}
        for state in lived.state:
            for verb in sorted(lived.life.may):
                if (state.value, verb) not in drawn:
                    yield pytest.param(lived, state, verb, id=f"{lived.name}: {state.value} --{verb}--> x")


@pytest.mark.parametrize(("lived", "state", "verb"), list(undrawn()))
def test_a_move_that_is_not_drawn_is_refused(lived: Lived, state: object, verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    anybody = Life(lived.life.moves, dict.fromkeys(lived.life.may, lambda *_: True))
    monkeypatch.setattr(lived.module, "LIFE", anybody)
    move = getattr(made(lived.thing, state=state), verb)
    hints = get_type_hints(getattr(lived.thing, verb))

    with pytest.raises(Refused):
        move(**{name: sample(hints[name]) for name in signature(move).parameters})


@pytest.mark.parametrize("lived", LIVES, ids=lambda lived: lived.name)
def test_the_drawing_and_the_code_name_the_same_states_and_moves(lived: Lived) -> None:
    drawn = {state for move in lived.life.moves for state in (move.before, move.after)}

    assert drawn <= {state.value for state in lived.state}, "drawn, but no state"
    assert {state.value for state in lived.state} <= drawn, "a state that is not drawn"
    assert set(lived.moves) == set(lived.life.may), "moves and drawing differ"


@pytest.mark.parametrize("lived", LIVES, ids=lambda lived: lived.name)
def test_every_arrow_says_who_may_and_leads_to_one_state(lived: Lived) -> None:
    starts = [(move.before, move.verb) for move in lived.life.moves]

    assert all(move.by for move in lived.life.moves)
    assert len(starts) == len(set(starts)), "one move, two ends"


@pytest.mark.parametrize("lived", LIVES, ids=lambda lived: lived.name)
def test_a_thing_cannot_be_changed_behind_the_rules_back(lived: Lived) -> None:
    thing = made(lived.thing, state=next(iter(lived.state)))

    with pytest.raises(AttributeError):
        thing.state = "anything"
    assert replace(thing) == thing


def test_there_are_lives_to_look_at() -> None:
    assert {"ideas: idea", "ideas: endorsement"} <= {lived.name for lived in LIVES}
