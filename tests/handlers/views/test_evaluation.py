from collections.abc import Mapping
from datetime import date

from hypothesis import strategies as st

from bot.circle import Level
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_open import MOST_ASKED
from bot.evaluation_questions import shipped
from bot.partner import Partner
from bot.round import Kind, Round, Standing, State
from bot.round_voice import THE_PARTNER
from bot.translation import Translator
from bot.workspace import Language
from handlers.views import evaluation as views
from handlers.views import evaluation_invited as invited
from handlers.views import evaluation_open as form
from tests.handlers.views.extreme import (
    LANGUAGES,
    MOMENTS,
    PARTNERS,
    USERS,
    accepted_message,
    accepted_view,
    extremes,
    maybe,
    words,
)

ASKED = [f"U{number:010}" for number in range(MOST_ASKED)]
VOICES = st.sampled_from([*ASKED, THE_PARTNER, "@U0123456789"])
ROUNDS = st.builds(
    Round,
    kind=st.just(Kind.EVALUATION),
    subject_id=st.integers(1, 10**9),
    called_by=USERS,
    opened_at=MOMENTS,
    deadline=MOMENTS,
    standings=st.dictionaries(VOICES, st.sampled_from(Standing), min_size=1),
    named=st.just(False),  # noqa: FBT003 - a value drawn
    channel=st.sampled_from(("", "C01")),
    state=st.sampled_from(State),
    decision=st.sampled_from(("", "go_on", "end", "later")),
    id=st.integers(1, 10**9),
)
EVALUATIONS = st.builds(
    Evaluation,
    partner_id=st.integers(1, 10**9),
    occasion=st.sampled_from(Occasion),
    instrument=st.sampled_from(shipped().instruments),
    level=st.sampled_from(Level),
    due_on=st.just(date(2026, 11, 24)),
    opened_at=MOMENTS,
    subject=maybe(300),
)
NAMES = st.fixed_dictionaries({user: words(100) for user in ASKED[:6]})
TODAY = date(2026, 11, 24)


@LANGUAGES
@extremes(this=ROUNDS, evaluation=EVALUATIONS, partner=words(200), names=NAMES)
def test_the_channel_reads_figures_and_mentions_nobody(
    t: Translator, this: Round, evaluation: Evaluation, partner: str, names: Mapping[str, str]
) -> None:
    reply = views.in_channel(t, evaluation, this, partner, names)
    accepted_message(t, reply)
    assert not any(user in str(reply.payload()) for user in this.standings if user != THE_PARTNER)


@LANGUAGES
@extremes(
    this=ROUNDS,
    evaluation=EVALUATIONS,
    partner=words(200),
    now=MOMENTS,
    channel=maybe(80),
    reason=st.sampled_from(("is_archived", "not_in_channel", "no_channel", "anything")),
)
def test_what_each_has_by_herself(
    t: Translator, this: Round, evaluation: Evaluation, partner: str, **drawn: str
) -> None:
    channel, reason = drawn["channel"], drawn["reason"]
    for leads in (True, False):
        accepted_message(t, invited.invitation(t, evaluation, this, partner, leads=leads))
        accepted_message(t, invited.answered(t, evaluation, this, partner, leads=leads))
        accepted_message(t, invited.declined(t, this, leads=leads))
    accepted_message(t, invited.nudge(t, evaluation, this, partner, drawn["now"]))  # type: ignore[arg-type] # a moment
    accepted_message(t, invited.over(t, this, partner))
    told = {"channel": channel, "reason": reason}
    accepted_message(t, invited.unplaced(t, evaluation, this, partner, user=ASKED[0], **told))
    accepted_message(t, invited.unshown(t, this, partner, **told))


@LANGUAGES
@extremes(partner=PARTNERS, this=ROUNDS, asked=st.integers(1, 8), last=st.none() | st.just(TODAY))
def test_the_form_by_hand(
    t: Translator, partner: Partner, this: Round, asked: int, last: date | None
) -> None:
    around = form.Circumstances("collaboration", asked, last)
    accepted_view(form.open_view(t, partner, shipped().instruments, around, TODAY))
    accepted_view(form.opened_view(t, this, partner))


def test_a_number_is_written_as_in_a_sentence() -> None:
    danish = Translator(Language.DANISH)
    assert [views.in_words(danish, number) for number in (1, 6, 12, 13)] == [
        "ét",
        "seks",
        "tolv",
        "13",
    ]
