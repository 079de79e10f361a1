from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import strategies as st

from bot.circle import Level
from bot.evaluation import Decision, Evaluation, Occasion, Unanswered
from bot.evaluation_lessons import lessons
from bot.evaluation_questions import shipped
from bot.evaluation_sense import Answer, Why
from bot.evaluation_step import AGREED_LENGTH, MOST, STEP_LENGTH, Agreed, Row
from bot.partner import Partner
from bot.round import Kind, Round, State
from bot.round_step import Step
from bot.translation import Translator
from bot.workspace import Language
from handlers.views import evaluation_card as card
from handlers.views import evaluation_copy as copy
from handlers.views import evaluation_decide as form
from handlers.views import evaluation_decided as decided
from handlers.views import evaluation_lessons, evaluation_sense, evaluation_step
from handlers.views.notice import notice_view
from handlers.views.parts import Reply
from tests.bot.evaluations import FINE, LOW, held
from tests.handlers.views.extreme import (
    LANGUAGES,
    PARTNERS,
    USERS,
    accepted_message,
    accepted_view,
    extremes,
    maybe,
    words,
)

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TODAY = NOW.date()
SHOWN = Round(
    kind=Kind.EVALUATION,
    subject_id=1,
    called_by="U01",
    opened_at=NOW,
    deadline=NOW,
    standings={},
    named=False,
    state=State.REVEALED,
    id=1,
)
EVALUATION = Evaluation(
    1, Occasion.YEARLY, shipped().get("pulse"), Level.PARTNERSHIP, TODAY, NOW, id=1
)
ROWS = st.builds(
    Row,
    text=maybe(STEP_LENGTH),
    on=st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2090, 1, 1))),
    who=st.lists(USERS, max_size=5, unique=True).map(tuple),
)
STEPS = st.lists(
    st.builds(
        Step,
        words(STEP_LENGTH),
        st.dates(date(2020, 1, 1), date(2090, 1, 1)),
        st.lists(USERS, min_size=1, max_size=5, unique=True).map(tuple),
    ),
    max_size=MOST,
).map(tuple)
NAMES = {f"U{n:010}": f"{n} " + "Å" * 90 for n in range(401)}


def closed(decision: str, reason: str = "") -> Round:
    reason = "network>partnership" if decision == Decision.MOVE else reason
    return replace(SHOWN, state=State.CLOSED, decision=decision, reason=reason, closed_at=NOW)


@LANGUAGES
@extremes(rows=st.lists(ROWS, min_size=1, max_size=MOST).map(tuple), agreed=maybe(AGREED_LENGTH))
def test_the_form_of_an_adjustment_is_accepted(
    t: Translator, rows: tuple[Row, ...], agreed: str
) -> None:
    adjusting = form.Adjusting(rows, agreed)
    shown = accepted_view(form.adjust_view(t, 10**9, adjusting, corrects=True))
    assert ("more_steps" in str(shown)) is (len(rows) < MOST)
    assert len(form.with_one_more(adjusting, Row()).rows) == min(MOST, len(rows) + 1)


@LANGUAGES
@pytest.mark.parametrize("decision", [*Decision, *Unanswered])
def test_every_decision_is_told_and_put_right(t: Translator, decision: str) -> None:
    this = closed(decision, "Vi ringer sammen " * 50)
    accepted_view(form.correct_view(t, this, "x" * 300))
    accepted_message(t, form.decided(t, this, (TODAY, TODAY)))
    steps = (Step("Å" * STEP_LENGTH, TODAY, ("U01",)),)
    for again, corrected in ((None, True), (TODAY, False)):
        said = decided.Said(this, steps, {}, again, corrected=corrected)
        accepted_message(t, decided.in_thread(t, said, TODAY))
    for last in ((this, EVALUATION), (SHOWN, EVALUATION)):
        accepted_message(t, Reply("x", card.lines(t, card.Evaluated(last, TODAY), TODAY)))
    assert card.lines(t, card.Evaluated(), TODAY) == []
    assert len(card.lines(t, card.Evaluated(None, TODAY), TODAY)) == 1


@LANGUAGES
@extremes(steps=STEPS, agreed=maybe(AGREED_LENGTH))
def test_all_steps_stand_in_the_thread(t: Translator, steps: tuple[Step, ...], agreed: str) -> None:
    said = decided.Said(closed(Decision.ADJUST, agreed), steps, NAMES, TODAY)
    shown = str(accepted_message(t, decided.in_thread(t, said, TODAY)))
    assert shown.count("rich_text_section") >= len(steps)


@LANGUAGES
@extremes(text=words(STEP_LENGTH), subject=words(500), many=st.integers(1, MOST))
def test_who_is_chosen_hears_of_all_her_steps(
    t: Translator, text: str, subject: str, many: int
) -> None:
    mine = [
        (Agreed(1, "U02", text, TODAY, "U01", NOW, id=number), subject)
        for number in range(1, many + 1)
    ]
    accepted_message(t, evaluation_step.chosen(t, mine, TODAY))
    lines = evaluation_step.lines(t, mine, TODAY)
    accepted_message(t, Reply("x", lines))


@LANGUAGES
@extremes(text=words(3500))
def test_a_mail_of_any_length_is_accepted(t: Translator, text: str) -> None:
    for language in Language:
        accepted_view(copy.mail_view(t, 10**9, text, language))


@LANGUAGES
@extremes(name=words(255))
def test_the_lessons_are_accepted_page_by_page(t: Translator, name: str) -> None:
    asked = [
        held(LOW, FINE, theirs=LOW, number=n, partner_id=n, decision=Decision.ADJUST)
        for n in range(1, 15)
    ]
    names = dict.fromkeys(range(1, 15), name)
    told = lessons(asked, [Agreed(1, "U02", "Ring", TODAY, "U01", NOW)], names, TODAY)
    for page in (1, 2, 99):
        accepted_view(evaluation_lessons.lessons_view(t, told, names, page, TODAY))
    nothing = lessons([], (), names, TODAY)
    accepted_view(evaluation_lessons.lessons_view(t, nothing, names, 1, TODAY))
    fine = lessons([held(FINE, FINE, partner_id=1)], (), names, TODAY)
    accepted_view(evaluation_lessons.lessons_view(t, fine, names, 1, TODAY))


@LANGUAGES
@extremes(partner=PARTNERS)
def test_what_is_asked_privately_is_accepted(t: Translator, partner: Partner) -> None:
    for why in Why:
        accepted_message(t, evaluation_sense.asked(t, partner, why, 10**9))
    accepted_view(evaluation_sense.reason_view(t, partner, 10**9))
    for answer in Answer:
        said = evaluation_sense.answered(t, partner, answer, step_on=TODAY)
        accepted_message(t, said)
        accepted_view(notice_view(t, said))
        accepted_message(t, evaluation_sense.answered(t, partner, answer, by="U02"))
        accepted_message(t, evaluation_sense.answered(t, partner, answer))
