from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.circle import Level
from bot.evaluation import Evaluation, Occasion, ours, theirs
from bot.evaluation_questions import SCALES, Answers, Question, shipped
from bot.round import Kind, called
from bot.round_voice import THE_PARTNER, is_outside
from bot.timetable import Calendar

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
CALENDAR = Calendar(ZoneInfo("Europe/Copenhagen"))
VOICES = st.sampled_from(["U01", "U02", THE_PARTNER, "@17", "@U50"])


@given(st.lists(VOICES, min_size=1, unique=True))
def test_each_voice_is_ours_or_theirs(voices: list[str]) -> None:
    this = called(Kind.EVALUATION, 1, by="U01", invited=voices, now=NOW, calendar=CALENDAR)
    assert ours(this).keys() | theirs(this).keys() == set(voices)
    assert not ours(this).keys() & theirs(this).keys()
    assert not any(map(is_outside, ours(this)))


def test_an_evaluation_keeps_its_instrument_as_it_was_put() -> None:
    instrument = shipped().get("collaboration")
    one = Evaluation(1, Occasion.YEARLY, instrument, Level.COLLABORATION, date(2026, 11, 24), NOW)
    assert one.instrument.question("easy").theme == "cooperation"
    assert [question.id for question in instrument.of("results")] == ["difference", "worth"]
    assert one.id == 0


def test_every_question_can_be_answered() -> None:
    for instrument in shipped().instruments:
        for question in instrument.questions:
            assert isinstance(question, Question)
            assert SCALES[question.answers].points
    assert SCALES[Answers.CRITERION].points == ("met", "not_yet")
