from dataclasses import replace

from hypothesis import strategies as st

from bot.partner import Hit
from bot.questions import SHORT_PAGE
from bot.tjek import Check, Decision, Form, Sheet, findings, pages, unasked
from bot.translation import Translator
from handlers.views import tjek as views
from handlers.views import tjek_result, tjek_start
from handlers.views.parts import Reply
from handlers.views.tjek import Asked
from tests.handlers.views.extreme import (
    CHECKS,
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


@LANGUAGES
@extremes(partner=st.one_of(st.none(), HITS), draft=st.one_of(st.none(), CHECKS), idea=maybe(9000))
def test_the_first_form_takes_any_partner_draft_and_idea(
    t: Translator, partner: Hit | None, draft: Check | None, idea: str
) -> None:
    shown = accepted_view(tjek_start.start_view(t, QUESTIONS, partner, draft, idea))
    wanted = tjek_start.read_start(filled(shown))
    assert wanted.partner_id == (partner.id if partner else None)
    assert wanted.idea == idea[: len(wanted.idea)]
    assert len(wanted.idea) == min(len(idea), 200)
    assert wanted.form is Form.COLLABORATION
    assert not wanted.short


@LANGUAGES
@extremes(check=CHECKS, sheet=SHEETS)
def test_every_page_comes_back_as_it_was_filled_in(
    t: Translator, check: Check, sheet: Sheet
) -> None:
    for short, gone_on in ((False, False), (True, False), (True, True)):
        check = replace(check, short=short, gone_on=gone_on)
        through = pages(check)
        for number, asked in enumerate(through, 1):
            shown = accepted_view(
                views.page_view(t, check, Asked(asked, number, len(through)), sheet)
            )
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
