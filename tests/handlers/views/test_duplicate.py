from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from bot.duplicate_merge import Merged, Side, differing
from bot.intake import NAME_LENGTH
from bot.likeness import Reason
from bot.partner import Partner
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views import duplicate as views
from handlers.views import duplicate_card
from handlers.views import duplicate_merge as form
from handlers.views.parts import Reply, Typed
from tests.handlers.library import said
from tests.handlers.views.extreme import (
    DANISH,
    ENGLISH,
    LANGUAGES,
    MOMENTS,
    PARTNERS,
    USERS,
    accepted_message,
    accepted_view,
    extremes,
    objects,
    words,
)

TODAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
REASONS = st.lists(st.sampled_from(Reason), min_size=1, unique=True).map(tuple)
SHOWN = st.builds(views.Shown, PARTNERS, PARTNERS, REASONS)


@LANGUAGES
@extremes(pairs=st.lists(SHOWN, max_size=views.LISTED), number=st.integers(0, 3))
def test_any_pairs_are_shown(t: Translator, pairs: list[views.Shown], number: int) -> None:
    total = number * views.LISTED + len(pairs)
    view = accepted_view(views.list_view(t, views.Page(pairs, number, total, (1, 2))))
    merge = [one for one in objects(view) if str(one.get("action_id")).startswith(views.MERGE)]
    assert len(merge) == len(pairs)
    assert views.read_about(view["private_metadata"]) == (1, 2)


@LANGUAGES
@extremes(size=st.integers(0, 10**9), about=st.lists(st.integers(1, 10**9), max_size=20))
def test_any_size_is_waited_for(t: Translator, size: int, about: list[int]) -> None:
    view = accepted_view(views.waiting_view(t, size, tuple(about)))
    assert t.number(size) in said(view)
    assert views.read_about(view.get("private_metadata", "")) == tuple(about)


@LANGUAGES
@extremes(kept=PARTNERS, gone=PARTNERS)
def test_any_two_are_set_side_by_side(t: Translator, kept: Partner, gone: Partner) -> None:
    view = accepted_view(form.merge_view(t, Workspace(), kept, gone, {"U01": "Karen"}))
    asked = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    assert asked == differing(kept, gone)
    note = replace(kept, id=1, version=2), replace(gone, id=3, version=4)
    view = accepted_view(form.merge_view(t, Workspace(), *note, {}, "5:1,2"))
    assert form.seen(view["private_metadata"]) == (((1, 2), (3, 4)), "5:1,2")


@LANGUAGES
@extremes(name=words(NAME_LENGTH), by=USERS, at=MOMENTS)
def test_any_merger_stands_on_the_card(t: Translator, name: str, by: str, at: datetime) -> None:
    lines = duplicate_card.lines(t, Merged(1, name, by, at), TODAY)
    assert by in str(accepted_message(t, Reply("Kort", lines)))


@LANGUAGES
@extremes(kept=PARTNERS, gone=PARTNERS)
def test_any_two_are_told_of_afterwards(t: Translator, kept: Partner, gone: Partner) -> None:
    accepted_view(form.merged_view(t, kept, 7))
    accepted_view(form.parted_view(t, form.parted(t, kept, gone)))


def test_the_words_of_the_card() -> None:
    merged = Merged(1, "Brættet", "U02", NOON)
    shown = [
        said({"blocks": Reply("", duplicate_card.lines(t, merged, TODAY)).payload()["blocks"]})
        for t in (DANISH, ENGLISH)
    ]
    assert shown[0].startswith("Slået sammen med Brættet tirsdag den 24. november af @U02.")
    assert shown[1].startswith("Made one with Brættet")


def test_what_was_chosen_is_read() -> None:
    state: Typed = {
        "area": {"area": {"selected_option": {"value": "gone"}}},
        "cvr": {"cvr": {"selected_option": None}},
    }
    assert form.read_picks(state) == {"area": Side.GONE}
