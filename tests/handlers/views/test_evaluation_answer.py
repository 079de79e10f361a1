from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from bot.circle import Level
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_form import Audience, pages
from bot.evaluation_questions import LAST, shipped
from bot.evaluation_remark import PER_PAGE, Remark
from bot.guard import NOTE_LENGTH
from bot.home import page_of
from bot.round import Round, Sheet, Standing
from bot.translation import Translator
from handlers.views import evaluation_answer as form
from handlers.views import evaluation_remark as remark_views
from handlers.views import evaluation_round as round_views
from handlers.views.notice import notice_view
from tests.handlers.views.extreme import (
    LANGUAGES,
    MOMENTS,
    USERS,
    accepted_view,
    extremes,
    maybe,
    texts,
    words,
)
from tests.handlers.views.test_round import ROUNDS

THEN = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
EVALUATIONS = st.sampled_from(
    [
        Evaluation(1, Occasion.YEARLY, one, Level.PARTNERSHIP, THEN.date(), THEN)
        for one in shipped().instruments
    ]
)
VOICES = st.dictionaries(
    st.one_of(USERS, USERS.map("@{}".format), st.just("@0")),
    st.sampled_from(Standing),
    min_size=1,
    max_size=5,
)
REMARKS = st.lists(
    st.builds(Remark, st.just(1), USERS, words(NOTE_LENGTH), MOMENTS, st.integers(1, 10**9)),
    max_size=2 * PER_PAGE + 1,
    unique_by=lambda one: one.id,
)


@LANGUAGES
@extremes(
    this=ROUNDS,
    evaluation=EVALUATIONS,
    other=words(500),
    own=maybe(500),
    audience=st.sampled_from(Audience),
    answer=st.sampled_from([None, "1", "5", "unknown", "gone"]),
    note=maybe(NOTE_LENGTH),
    above=maybe(300),
)
def test_every_page_is_accepted_and_reads_back_what_it_shows(
    t: Translator,
    this: Round,
    evaluation: Evaluation,
    other: str,
    own: str,
    audience: Audience,
    answer: str | None,
    note: str,
    above: str,
) -> None:
    ids = [one.id for one in evaluation.instrument.questions]
    given = {one: answer for one in ids if answer}
    sheet = Sheet(given, dict.fromkeys([*ids, LAST], note))
    for number, page in enumerate(pages(evaluation.instrument)):
        asked = form.Asked(evaluation, number, other, own, audience)
        shown = accepted_view(form.answer_view(t, this, asked, sheet, above))
        blocks = {block["block_id"]: block for block in shown["blocks"]}
        fives = [one.id for one in page if f"evaluation_note.{one.id}" in blocks]
        assert bool(fives) is (answer == "1" and number == 0)
        assert form.where(shown["private_metadata"]) == (this.id, number)


@LANGUAGES
@extremes(this=ROUNDS, partner=words(500), viewer=USERS, standings=VOICES)
def test_the_status_names_no_voice_of_theirs(
    t: Translator, this: Round, partner: str, viewer: str, standings: dict[str, Standing]
) -> None:
    mine = replace(this, standings=standings, called_by=viewer, caller_left=False)
    shown = accepted_view(round_views.status_view(t, mine, partner, viewer))
    assert not any("'user_id': '@" in str(block) for block in shown["blocks"])


@LANGUAGES
@extremes(this=ROUNDS, partner=words(500), remarks=REMARKS)
def test_remarks_are_shown_whole_page_by_page(
    t: Translator, this: Round, partner: str, remarks: list[Remark]
) -> None:
    seen = ""
    for number in range(1, page_of(1, len(remarks), PER_PAGE).of + 1):
        page = page_of(number, len(remarks), PER_PAGE)
        view = remark_views.list_view(t, this, partner, remarks, page)
        seen += texts(accepted_view(view))
    assert all(one.text in seen for one in remarks)
    accepted_view(remark_views.form_view(t, this, partner))
    accepted_view(notice_view(t, remark_views.kept(t, this)))
    accepted_view(notice_view(t, form.unshown(t)))
