from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from bot.questions import load
from bot.questions.put import changed, merged
from bot.tjek import Check, Sheet, findings
from bot.tjek_questions import PART, Change, Put, Step, as_put, question_set, shipped
from bot.tjek_questions_rules import LENGTH, MOST_ON_A_PAGE
from bot.translation import Translator
from handlers.views import questions_history, tjek_result, tjek_start
from handlers.views import tjek as check_views
from handlers.views import tjek_questions as views
from handlers.views import tjek_questions_history as history
from handlers.views.questions_history import Told
from handlers.views.tjek import Asked
from handlers.views.tjek_start import Start
from tests.handlers.views.extreme import (
    CHECKS,
    DANISH,
    ENGLISH,
    LANGUAGES,
    MOMENTS,
    USERS,
    accepted_view,
    extremes,
    filled,
    maybe,
    texts,
    words,
)

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
PAGES = [page.id for page in load("tjek").pages]
PUTS = st.builds(
    Put,
    question_id=st.sampled_from(["", "own_7", *shipped()]),
    page=st.sampled_from(PAGES),
    **{
        name: words(LENGTH[name]) if name.endswith("_da") else maybe(LENGTH[name])
        for name in LENGTH
    },
    on=st.booleans(),
    stop=st.booleans(),
    short_check=st.booleans(),
)
STORED = PUTS.filter(lambda put: put.question_id)
CHANGES = st.builds(Change, put=STORED, by=USERS, at=MOMENTS, id=st.integers(1, 10**9))


def full(put: Put) -> dict[str, Put]:
    """As many questions as there is room for, all of ours like that one."""
    more = [
        replace(put, question_id=f"own_{page}{number}", page=page, on=True, short_check=number < 2)
        for page in PAGES
        for number in range(MOST_ON_A_PAGE - len(load("tjek").page(page).questions))
    ]
    return as_put(Change(one, "U01", NOW, number) for number, one in enumerate(more, 1))


@LANGUAGES
@extremes(put=PUTS)
def test_the_list_has_room_for_every_question(t: Translator, put: Put) -> None:
    puts = full(put)
    shown = accepted_view(views.list_view(t, puts, views.saved(t, put, [put.text_en] * 3)))
    edits = [b for b in shown["blocks"] if b["block_id"].startswith("question.")]
    assert len(edits) == MOST_ON_A_PAGE * len(PAGES)


@LANGUAGES
@extremes(put=PUTS, version=st.integers(0, 10**9))
def test_a_form_comes_back_as_it_was_opened(t: Translator, put: Put, version: int) -> None:
    shown = accepted_view(views.form_view(t, put, version))
    assert views.where(shown["private_metadata"]) == (put.question_id, version)
    assert views.read(put, filled(shown)) == put
    read = views.read(Put(question_id=put.question_id), filled(shown))
    assert read == (put if put.own else replace(put, page=""))


def test_an_empty_form_asks_for_the_danish_alone() -> None:
    shown = accepted_view(views.form_view(DANISH, Put(), 0))
    optional = {b["block_id"]: b.get("optional") for b in shown["blocks"] if b["type"] == "input"}
    assert [name for name, free in optional.items() if not free] == [
        "page",
        "text_da",
        "why_da",
        "short_da",
    ]
    assert "Spørgsmålet stilles" in texts(shown)


@LANGUAGES
@extremes(mine=STORED, theirs=STORED)
def test_two_who_edit_at_once_see_the_others_words(t: Translator, mine: Put, theirs: Put) -> None:
    base = shipped()["hours"]
    theirs = replace(theirs, question_id="hours")
    merge = merged(base, replace(mine, question_id="hours"), theirs)
    above = views.conflict(t, merge, theirs, "U0000000001")
    shown = texts(accepted_view(views.form_view(t, merge.merged, 7, above)))
    assert all(t(PART[name]) in shown for name in merge.theirs_changed)


@LANGUAGES
@extremes(
    changes=st.lists(CHANGES, max_size=30, unique_by=lambda one: one.id), page=st.integers(0, 9)
)
def test_every_history_is_accepted_page_by_page(
    t: Translator, changes: list[Change], page: int
) -> None:
    steps = [
        Step(change, None if number % 3 == 0 else changes[number - 1].put)
        for number, change in enumerate(changes)
    ]
    names = {change.by: "Mette" * 20 for change in changes[::2]}
    holds = {change.id for change in changes[::3]}
    above = questions_history.taken_back(t, changes[0].put.text_da) if changes else []
    view = history.history_view(t, Told(steps, page, names, TODAY, holds), above)
    shown = accepted_view(view)
    backs = [b for b in shown["blocks"] if b["block_id"].startswith("history.")]
    assert len(backs) <= questions_history.LISTED
    for block in backs:
        stands = int(block["block_id"].partition(".")[2]) in holds
        assert stands == ("accessory" in block)
        if not stands:
            continue
        number, at = questions_history.where(block["accessory"]["value"])
        assert number in holds
        assert at <= page


@LANGUAGES
@extremes(put=PUTS, check=CHECKS)
def test_the_longest_questions_can_be_asked(t: Translator, put: Put, check: Check) -> None:
    asked = question_set(full(replace(put, short_da="Å")))
    accepted_view(tjek_start.start_view(t, asked, Start()))
    through = (*asked.pages, asked.short_page)
    for number, page in enumerate(through, 1):
        accepted_view(check_views.page_view(t, check, Asked(page, number, 5), Sheet()))
    laid_out = findings(asked, Sheet(), short=False)
    check = replace(check, wording=asked.model_dump(mode="json"), short=False)
    accepted_view(tjek_result.result_view(t, check, laid_out, 0, mine=True))


def test_what_changed_is_told_in_words() -> None:
    before = shipped()["hours"]
    after = replace(before, short_en="", stop=False, page="fit")
    told = [views.shown(DANISH, after, name) for name in changed(before, after)]
    assert told == ["Passer det?", "–", "Nej"]
    assert views.shown(ENGLISH, before, "stop") == "Yes"
