from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.partner import Kind, Room
from bot.workspace import Language, Workspace
from bot.workspace_merge import edited
from bot.workspace_settings import checked

BASE = Workspace(
    coordinators=("U01", "U02"),
    keywords=("børn", "teater"),
    room_names={Room.MEETING: "Torvet", Room.LEARNING: "Skolen"},
)
WORDS = st.lists(st.sampled_from("abcd"), unique=True).map(tuple)
NAMES = st.dictionaries(st.sampled_from(Kind), st.sampled_from(["x", "y", "z"]))
SETTINGS = st.builds(
    Workspace,
    language=st.sampled_from(Language),
    keywords=WORDS,
    kind_names=NAMES,
    controller=st.sampled_from(["", "A", "B"]),
)


def changed(settings: Workspace, **values: Any) -> Workspace:
    return settings.model_copy(update=values)


def test_different_settings_are_both_kept() -> None:
    merge = edited(
        BASE, changed(BASE, language=Language.ENGLISH), changed(BASE, controller="Kommunen")
    )
    assert merge.merged == changed(BASE, language=Language.ENGLISH, controller="Kommunen")
    assert merge.theirs_changed == ("controller",)
    assert merge.both_changed == ()


def test_of_a_list_that_both_changed_what_each_added_and_took_away_counts() -> None:
    mine = changed(BASE, keywords=("børn", "unge"))
    theirs = changed(BASE, keywords=("musik", "børn", "teater"))
    merge = edited(BASE, mine, theirs)
    assert merge.merged.keywords == ("musik", "børn", "unge")
    assert merge.both_changed == ("keywords",)


def test_so_it_is_with_names() -> None:
    mine = changed(BASE, room_names={Room.MEETING: "Pladsen"})
    theirs = changed(BASE, room_names={**BASE.room_names, Room.INSPIRATION: "Hylden"})
    assert edited(BASE, mine, theirs).merged.room_names == {
        Room.MEETING: "Pladsen",
        Room.INSPIRATION: "Hylden",
    }


def test_any_other_setting_that_both_changed_is_mine_and_told() -> None:
    merge = edited(BASE, changed(BASE, dpo="mine"), changed(BASE, dpo="theirs"))
    assert merge.merged.dpo == "mine"
    assert merge.both_changed == ("dpo",)
    same = edited(BASE, changed(BASE, dpo="one"), changed(BASE, dpo="one"))
    assert same.theirs_changed == ("dpo",)
    assert same.both_changed == ()


def test_two_coordinators_cannot_take_each_other_away() -> None:
    mine = changed(BASE, coordinators=("U01",))
    theirs = changed(BASE, coordinators=("U02",))
    with pytest.raises(UserError, match="There must be a coordinator"):
        checked(edited(BASE, mine, theirs).merged)


@given(SETTINGS, SETTINGS)
def test_where_one_changed_nothing_the_other_stands(base: Workspace, other: Workspace) -> None:
    assert edited(base, other, base).merged == other
    assert edited(base, base, other).merged == other


@given(SETTINGS, SETTINGS, SETTINGS)
def test_what_neither_touched_is_unchanged_and_nothing_added_is_lost(
    base: Workspace, mine: Workspace, theirs: Workspace
) -> None:
    merged = edited(base, mine, theirs).merged
    added = (*mine.keywords, *theirs.keywords)
    assert {word for word in added if word not in base.keywords} <= set(merged.keywords)
    gone = {word for word in base.keywords if word not in mine.keywords}
    assert not gone & set(merged.keywords)
