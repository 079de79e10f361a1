from dataclasses import replace

from hypothesis import strategies as st

from bot.guard import NOTE_LENGTH
from bot.questions import SHORT_PAGE
from bot.tjek import Check, Decision, Form, Sheet, findings, pages, unasked
from bot.translation import Translator
from handlers.views import tjek as views
from handlers.views import tjek_result, tjek_start
from handlers.views.parts import Reply
from handlers.views.tjek import Asked
from handlers.views.tjek_lately import Lately, lately_lines
from handlers.views.tjek_start import Start
from tests.handlers.views.extreme import (
    CHECKS,
    DANISH,
    ENGLISH,
    HITS,
    LANGUAGES,
    QUESTIONS,
    SHEETS,
    accepted_message,
    accepted_view,
    extremes,
    filled,
    maybe,
    texts,
    words,
)
from tests.handlers.views.test_contact_double import CONTACTS, TODAY

STARTS = st.builds(
    Start,
    partner=st.one_of(st.none(), HITS),
    idea=maybe(9000),
    form=st.sampled_from(Form),
    short=st.booleans(),
    check_id=st.integers(0, 10**9),
)
LATELY = st.builds(
    Lately, contact=st.one_of(st.none(), CONTACTS), check=st.one_of(st.none(), CHECKS)
)


def any_of_them(lately: Lately) -> list[object]:
    return [done for done in (lately.contact, lately.check) if done]


@LANGUAGES
@extremes(start=STARTS, draft=st.one_of(st.none(), CHECKS), lately=LATELY)
def test_the_first_form_comes_back_as_it_was_opened(
    t: Translator, start: Start, draft: Check | None, lately: Lately
) -> None:
    told = lately_lines(t, lately, TODAY, "T01")
    shown = accepted_view(tjek_start.start_view(t, QUESTIONS, start, draft, told))
    wanted = tjek_start.read_start(filled(shown))
    partner_id = start.partner.id if start.partner else None
    assert wanted.partner_id == partner_id
    assert wanted.idea == start.idea[:NOTE_LENGTH]
    assert (wanted.form, wanted.short) == (start.form, start.short)
    assert tjek_start.where(shown["private_metadata"]) == (start.check_id, partner_id or 0)


def test_a_first_form_of_an_earlier_version_begins_a_new_check() -> None:
    assert tjek_start.where("") == (0, 0)


def test_the_first_form_for_anything_is_drawn_once() -> None:
    once = tjek_start.start_view(DANISH, QUESTIONS, Start())
    assert tjek_start.start_view(DANISH, QUESTIONS, Start()) is once
    assert tjek_start.start_view(ENGLISH, QUESTIONS, Start()) is not once


@LANGUAGES
@extremes(lately=LATELY.filter(any_of_them))
def test_what_colleagues_did_is_told_with_a_way_to_write(t: Translator, lately: Lately) -> None:
    shown = texts(accepted_message(t, Reply("Tjek", lately_lines(t, lately, TODAY, "T01"))))
    assert shown.count(t("Write to your colleague")) == len(any_of_them(lately))
    if lately.check:
        assert lately.check.partner_name in shown


@LANGUAGES
@extremes(check=CHECKS, sheet=SHEETS, lately=LATELY)
def test_every_page_comes_back_as_it_was_filled_in(
    t: Translator, check: Check, sheet: Sheet, lately: Lately
) -> None:
    for short, gone_on in ((False, False), (True, False), (True, True)):
        check = replace(check, short=short, gone_on=gone_on)
        through = pages(check)
        for number, asked in enumerate(through, 1):
            above = lately_lines(t, lately, TODAY, "T01")
            place = Asked(asked, number, len(through))
            shown = accepted_view(views.page_view(t, check, place, sheet, above))
            labels = [b["label"]["text"] for b in shown["blocks"] if "question" in b["block_id"]]
            assert [f"{q.number}." for q in asked.questions] == [
                label.split()[0] for label in labels
            ]
            assert views.heading_of(check) in texts(shown)
            assert views.where(shown["private_metadata"]) == (check.id, asked.id)
            ids = [question.id for question in asked.questions]
            again = views.read_page(filled(shown))
            assert again.answers == {n: a for n, a in sheet.answers.items() if n in ids}
            assert again.notes == {asked.id: sheet.notes.get(asked.id, "")}


@LANGUAGES
@extremes(
    check=CHECKS,
    sheet=SHEETS,
    other=SHEETS,
    mine=st.booleans(),
    reason=maybe(300),
    missing=st.one_of(st.just(""), words(200)),
)
def test_every_result_is_accepted(
    t: Translator,
    check: Check,
    sheet: Sheet,
    other: Sheet,
    mine: bool,  # noqa: FBT001 - Hypothesis calls it
    reason: str,
    missing: str,
) -> None:
    sheets = {check.started_by: sheet, "U0OTHER": other}
    for decision in (None, *Decision):
        for short, page in ((False, ""), (True, SHORT_PAGE)):
            of = replace(check, decision=decision, short=short, page=page, sheets=sheets)
            left = unasked(of)
            laid_out = findings(QUESTIONS, sheet, short=short)
            view = tjek_result.result_view(
                t, of, laid_out, left, mine=mine, reason=reason, missing=missing
            )
            shown = accepted_view(view)
            if mine and not decision:
                assert tjek_result.read_reason(filled(shown)) == reason


@LANGUAGES
@extremes(checks=st.lists(CHECKS, min_size=1, max_size=5))
def test_a_line_about_a_check_fits_everywhere(t: Translator, checks: list[Check]) -> None:
    blocks = [views.line_of(t, check, n) for n, check in enumerate(checks)]
    accepted_message(t, Reply("Tjek", blocks))


@LANGUAGES
@extremes(check=CHECKS, sheet=SHEETS)
def test_a_result_never_adds_up(t: Translator, check: Check, sheet: Sheet) -> None:
    check = replace(check, partner_name="Pixelværket", idea="", reason="", short=False)
    check = replace(check, sheets={check.started_by: Sheet(sheet.answers)})
    laid_out = findings(QUESTIONS, sheet, short=False)
    shown = texts(accepted_view(tjek_result.result_view(t, check, laid_out, 0, mine=True)))
    assert "%" not in shown
    assert not [word for word in ("point", "score", "anbefal", "recommend") if word in shown]
