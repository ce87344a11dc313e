"""The rules of the shared understanding, asked directly."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.refusal import NotAllowed, Refused
from services.meetings.rules import shared_understanding as rule
from services.meetings.rules.shared_understanding import Agreement, SharedUnderstanding
from services.meetings.tests.kit import ANNA, BO, CIRCLE, FACILITATOR, OUTSIDER, SPONSOR, a_circle


def words() -> SharedUnderstanding:
    return rule.word(id=uuid4(), who=BO, circle=CIRCLE, text="Lokalerne står tomme, fordi booking er besværlig.")[0]


def agree(found: SharedUnderstanding, level: int, who=ANNA, seen: int = 1) -> SharedUnderstanding:
    return found.agree(who=who, circle=CIRCLE, seen=seen, level=level)[0]


def test_those_who_take_part_put_it_into_words_and_the_members_say_how_far_they_agree() -> None:
    with pytest.raises(NotAllowed):
        rule.word(id=uuid4(), who=OUTSIDER, circle=CIRCLE, text="x")
    for somebody in (OUTSIDER, FACILITATOR, SPONSOR):
        with pytest.raises(NotAllowed):
            agree(words(), 3, somebody)
    with pytest.raises(NotAllowed):
        words().reword(who=OUTSIDER, circle=CIRCLE, seen=1, text="x")


@pytest.mark.parametrize("level", [0, 6, -1])
def test_one_agrees_from_one_to_five(level: int) -> None:
    with pytest.raises(Refused, match="off-the-scale"):
        agree(words(), level)


def test_a_later_answer_replaces_the_earlier_one() -> None:
    found = agree(agree(agree(words(), 2), 4, BO), 5)

    assert rule.counted(found.agreements) == (0, 0, 0, 1, 1)


def test_other_words_ask_everybody_again_and_keep_the_old_ones_with_their_answers() -> None:
    found, told = agree(words(), 2).reword(who=FACILITATOR, circle=CIRCLE, seen=1, text="Nøglen er problemet.")

    assert (found.text, found.edition, found.agreements, told.edition) == ("Nøglen er problemet.", 2, (), 2)
    assert [(was.edition, was.text[:9], rule.mean(was.agreements)) for was in found.earlier] == [(1, "Lokalerne", 2)]


def test_nobody_agrees_to_or_rewords_what_they_did_not_read() -> None:
    found, _ = words().reword(who=BO, circle=CIRCLE, seen=1, text="Nøglen er problemet.")

    with pytest.raises(Refused, match="changed-meanwhile"):
        agree(found, 5)
    with pytest.raises(Refused, match="changed-meanwhile") as refused:
        found.reword(who=ANNA, circle=CIRCLE, seen=1, text="Annas")
    assert refused.value.facts == {"edition": 2, "now": "Nøglen er problemet.", "yours": "Annas"}


def test_the_event_says_how_many_agree_how_far_and_not_who() -> None:
    _, told = agree(words(), 5, BO).agree(who=ANNA, circle=CIRCLE, seen=1, level=1)

    assert told.levels == (1, 0, 0, 0, 1)
    assert str(ANNA.person_id) not in str(told)


def test_staff_may_write_an_answer_down_and_that_is_kept() -> None:
    staff = uuid4()

    assert agree(words(), 3, replace(ANNA, act=staff)).agreements[0].written_by == staff


def test_once_the_body_has_the_proposal_it_stands_still() -> None:
    over = a_circle(handed_over=True)
    with pytest.raises(Refused, match="handed-over"):
        words().agree(who=ANNA, circle=over, seen=1, level=3)
    assert rule.open_to(words(), over, ANNA) == []
    assert rule.open_to(words(), CIRCLE, FACILITATOR) == ["reword"]


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_mean_and_spread_are_what_they_are_called(levels: list[int]) -> None:
    said = [Agreement(person_id=uuid4(), level=level) for level in levels]

    assert min(levels) <= rule.mean(said) <= max(levels)
    assert 0 <= rule.spread(said) <= 2
    assert (rule.spread(said) == 0) == (len(set(levels)) == 1)
    assert sum(rule.counted(said)) == len(levels)
