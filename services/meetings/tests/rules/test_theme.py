"""The rules of themes, asked directly."""

from uuid import uuid4

import pytest

from chassis.refusal import NotAllowed, NotFound, Refused
from services.meetings.rules import theme
from services.meetings.tests.kit import BO, CIRCLE, FACILITATOR, OUTSIDER, a_circle


def a_theme() -> theme.Theme:
    return theme.name_theme(id=uuid4(), who=BO, circle=CIRCLE, name="Booking")[0]


def test_themes_are_named_and_renamed_by_those_who_take_part() -> None:
    assert a_theme().rename(who=BO, circle=CIRCLE, name="Nøgler")[0].name == "Nøgler"
    with pytest.raises(NotAllowed):
        theme.name_theme(id=uuid4(), who=OUTSIDER, circle=CIRCLE, name="Booking")
    with pytest.raises(NotAllowed):
        a_theme().rename(who=OUTSIDER, circle=CIRCLE, name="Nøgler")


def test_themes_are_merged_by_who_leads_the_group_into_another_that_is_open() -> None:
    into = uuid4()
    merged, _ = a_theme().merge(who=FACILITATOR, circle=CIRCLE, into=into, open=True)
    assert (merged.state, merged.into_id) == (theme.State.MERGED, into)

    with pytest.raises(NotAllowed):
        a_theme().merge(who=BO, circle=CIRCLE, into=into, open=True)
    with pytest.raises(NotFound):
        a_theme().merge(who=FACILITATOR, circle=CIRCLE, into=into, open=False)
    with pytest.raises(Refused, match="not-now"):
        merged.rename(who=BO, circle=CIRCLE, name="x")


def test_a_theme_is_not_merged_into_itself() -> None:
    found = a_theme()
    with pytest.raises(Refused, match="theme-into-itself"):
        found.merge(who=FACILITATOR, circle=CIRCLE, into=found.id, open=True)


def test_what_one_may_do_with_a_theme_is_told() -> None:
    assert theme.open_to(a_theme(), CIRCLE, FACILITATOR) == ["rename", "merge"]
    assert theme.open_to(a_theme(), CIRCLE, BO) == ["rename"]
    assert theme.open_to(a_theme(), CIRCLE, OUTSIDER) == theme.open_to(a_theme(), a_circle(handed_over=True), BO) == []
