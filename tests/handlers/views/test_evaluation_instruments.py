from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import strategies as st

from bot.evaluation_instruments import (
    ITSELF,
    NEW,
    PART,
    Change,
    Put,
    Step,
    as_put,
    shipped,
    themes,
)
from bot.evaluation_instruments_rules import (
    LENGTH,
    LENGTH_OF_ITSELF,
    MOST_INSTRUMENTS,
    MOST_KEPT,
    THEME_LENGTH,
)
from bot.questions.put import merged
from bot.translation import Translator
from handlers.views import evaluation_instruments as views
from handlers.views import evaluation_instruments_form as form
from handlers.views import evaluation_instruments_history as history
from handlers.views.questions_history import Told
from tests.handlers.views.extreme import (
    DANISH,
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
OWN = "own_7"


def _texts(length: dict[str, int]) -> dict[str, st.SearchStrategy[str]]:
    return {
        name: words(most) if name.endswith("_da") else maybe(most) for name, most in length.items()
    }


QUESTIONS = st.builds(
    Put,
    instrument_id=st.just(OWN),
    question_id=st.sampled_from([NEW, "own_9"]),
    theme=st.sampled_from([*themes()]) | words(THEME_LENGTH),
    on=st.booleans(),
    **_texts(dict(LENGTH)),
)
HEADS = st.builds(
    Put,
    instrument_id=st.just(OWN),
    question_id=st.just(ITSELF),
    on=st.booleans(),
    **_texts(dict(LENGTH_OF_ITSELF)),
)
CHANGES = st.builds(Change, put=QUESTIONS | HEADS, by=USERS, at=MOMENTS, id=st.integers(1, 10**9))


def full(head: Put, question: Put) -> dict[tuple[str, str], Put]:
    """As many instruments and questions as there is room for, all of ours like these."""
    heads = [replace(head, instrument_id=f"own_{n}") for n in range(MOST_INSTRUMENTS - 3)]
    many = [replace(question, question_id=f"own_{n}") for n in range(MOST_KEPT)]
    puts = [*heads, replace(head, instrument_id=OWN), *many]
    return as_put(Change(one, "U01", NOW, n) for n, one in enumerate(puts, 1))


@LANGUAGES
@extremes(head=HEADS, question=QUESTIONS)
def test_the_lists_have_room_for_everything(t: Translator, head: Put, question: Put) -> None:
    puts = full(head, question)
    assert accepted_view(views.list_view(t, puts))
    above = form.saved(t, question, [question.text_en] * 2)
    shown = accepted_view(views.instrument_view(t, puts, OWN, above))
    lines = [b for b in shown["blocks"] if b["block_id"].startswith("question.")]
    assert len(lines) == MOST_KEPT
    assert accepted_view(views.instrument_view(t, puts, "partnership"))


@LANGUAGES
@extremes(put=QUESTIONS | HEADS, version=st.integers(0, 10**9))
def test_a_form_comes_back_as_it_was_opened(t: Translator, put: Put, version: int) -> None:
    puts = full(replace(put, question_id=ITSELF), replace(put, question_id="own_9"))
    shown = accepted_view(form.form_view(t, puts, put, version))
    assert form.where(shown["private_metadata"]) == (*put.key, version)
    assert form.read(put, filled(shown)) == put


def test_a_shipped_question_has_no_theme_to_choose_and_a_way_back_once_edited() -> None:
    put = shipped()["pulse", "easy"]
    as_it_came = accepted_view(form.form_view(DANISH, as_put(()), put, 0))
    assert "Den oprindelige ordlyd" not in texts(as_it_came)
    assert "theme" not in {block["block_id"] for block in as_it_came["blocks"]}
    other = replace(put, why_da="Derfor.")
    assert "Den oprindelige ordlyd" in texts(
        accepted_view(form.form_view(DANISH, as_put(()), other, 3))
    )


@LANGUAGES
@extremes(mine=QUESTIONS, theirs=QUESTIONS)
def test_two_who_edit_at_once_see_the_others_words(t: Translator, mine: Put, theirs: Put) -> None:
    base = Put(OWN, "own_9", "trust", "Er det sjovt?", "Ja.")
    theirs = replace(theirs, question_id="own_9")
    merge = merged(base, replace(mine, question_id="own_9"), theirs)
    above = form.conflict(t, merge, theirs, "U0000000001")
    puts = as_put([Change(base, "U01", NOW, 1)])
    shown = texts(accepted_view(form.form_view(t, puts, merge.merged, 7, above)))
    assert all(t(PART[name]) in shown for name in merge.theirs_changed)


@LANGUAGES
@extremes(
    changes=st.lists(CHANGES, max_size=15, unique_by=lambda one: one.id), page=st.integers(0, 3)
)
def test_every_history_is_accepted(t: Translator, changes: list[Change], page: int) -> None:
    told = [Step(one, None if n % 2 else one.put) for n, one in enumerate(changes)]
    told += [
        Step(one, replace(one.put, on=not one.put.on, text_da="Før"))
        for one in changes
        if one.put.on
    ]
    unique = {step.change.id: step for step in told}
    names = {one.by: "Mette" for one in changes[::2]}
    shown = history.history_view(t, Told([*unique.values()], page, names, TODAY, [*unique]))
    assert accepted_view(shown)
