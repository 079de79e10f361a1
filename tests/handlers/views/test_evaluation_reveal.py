"""The answers to an evaluation pass Slack's rules, whatever was asked and answered."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

from bot.circle import Level
from bot.evaluation import Evaluation, Occasion
from bot.evaluation_figures import Held
from bot.evaluation_parts import parts
from bot.evaluation_picture import svg
from bot.evaluation_questions import Answers, Instrument, Question, Theme, shipped
from bot.evaluation_remark import Remark
from bot.evaluation_result import Result, result
from bot.intake import NAME_LENGTH
from bot.questions import Bilingual
from bot.round import Kind, Round, Sheet, Standing, State
from bot.translation import Translator
from handlers.views.evaluation_result import pages_of, result_view
from handlers.views.evaluation_reveal import Lead, message
from handlers.views.evaluation_trend import picture
from sandbox.validation import check_message
from tests.handlers.views.extreme import (
    DANISH,
    ENGLISH,
    LANGUAGES,
    accepted_message,
    accepted_view,
    assert_fine,
    extremes,
    maybe,
    texts,
    words,
)

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
YEAR = timedelta(days=365)
LEAD = Lead(("U01", "U02"), responsible=False)
TRANSLATORS = st.sampled_from([DANISH, ENGLISH])


def instrument_of(themes: int, questions: int, text: str) -> Instrument:
    """As large, and with as long words, as a library may make one."""
    both = Bilingual(da=text or "?", en=text or "?")
    return Instrument(
        id="own",
        name=both,
        source=both,
        themes=tuple(Theme(id=f"t{n}", name=both) for n in range(themes)),
        questions=tuple(
            Question(
                id=f"q{n}",
                theme=f"t{n % themes}",
                text=both,
                why=both,
                answers=Answers.CRITERION if n % 5 == 4 else Answers.FIVE,
            )
            for n in range(questions)
        ),
    )


INSTRUMENTS = st.one_of(
    st.sampled_from(shipped().instruments),
    st.builds(instrument_of, st.integers(1, 8), st.integers(8, 20), words(300).map(str.strip)),
)
FIVE = st.sampled_from(["1", "2", "3", "4", "5", "unknown"])
CRITERION = st.sampled_from(["met", "not_yet", "unknown"])


@st.composite
def sheets_of(draw: st.DrawFn, instrument: Instrument) -> dict[str, Sheet]:
    found = {}
    notes = st.dictionaries(
        st.sampled_from([*(one.id for one in instrument.questions), "last"]),
        words(3000),
        max_size=3,
    )
    people, theirs = draw(st.integers(0, 8)), draw(st.integers(0, 3))
    for number in range(people + theirs):
        answers = {
            one.id: draw(FIVE if one.answers is Answers.FIVE else CRITERION)
            for one in instrument.questions
        }
        voice = f"{number}" if number < people else f"@#{number}"
        found[voice] = Sheet(answers, draw(notes))
    return found


@st.composite
def results(draw: st.DrawFn) -> Result:
    instrument = draw(INSTRUMENTS)
    years = draw(st.integers(0, 4))
    silent = {"U0SILENT": draw(st.sampled_from(Standing)), "@0": Standing.WAITING}
    state = draw(st.sampled_from([State.REVEALED, State.CLOSED]))
    held = [
        held_by(instrument, draw(sheets_of(instrument)), NOW - ago * YEAR, silent, state)
        for ago in range(years + 1)
    ]
    return result(held[0], held[1:])


def held_by(
    instrument: Instrument,
    sheets: Mapping[str, Sheet],
    at: datetime,
    silent: Mapping[str, Standing] | None = None,
    state: State = State.REVEALED,
) -> Held:
    this = Round(
        kind=Kind.EVALUATION,
        subject_id=7,
        called_by="U02",
        opened_at=at,
        deadline=at,
        standings=dict.fromkeys(sheets, Standing.ANSWERED) | dict(silent or {}),
        named=False,
        state=state,
        revealed_at=at,
        id=5,
    )
    evaluation = Evaluation(1, Occasion.YEARLY, instrument, Level.PARTNERSHIP, at.date(), at, id=7)
    return Held(evaluation, this, sheets)


@extremes(found=results(), partner=words(NAME_LENGTH), t=TRANSLATORS)
def test_every_message_is_accepted_and_every_note_is_in_one(
    found: Result, partner: str, t: Translator
) -> None:
    shown = ""
    for part in parts(found):
        reply = message(t, found, part, partner, LEAD)
        if part.charts:
            payload = reply.payload()
            assert_fine(payload, check_message(payload))
            assert 1 < len(reply.blocks) <= 4
        else:
            shown += texts(accepted_message(t, reply))
    if not found.is_empty:
        assert all(one.text in shown for one in found.written)


@extremes(found=results(), partner=words(NAME_LENGTH), t=TRANSLATORS, remark=maybe(3000))
def test_every_page_of_a_past_result_is_accepted(
    found: Result, partner: str, t: Translator, remark: str
) -> None:
    kept = [Remark(7, "U01", f"{n}{remark}"[:3000], NOW) for n in range(15)]
    shown = "".join(
        texts(accepted_view(result_view(t, found, partner, kept, page)))
        for page in range(len(pages_of(found, kept)))
    )
    assert all(one.text in shown for one in found.written)
    assert all(one.text in shown for one in kept)
    last = result_view(t, found, partner, kept, 999).to_dict()  # of a longer one, before a merge
    assert last["blocks"]


@extremes(found=results(), partner=words(NAME_LENGTH), t=TRANSLATORS)
def test_every_picture_is_a_drawing(found: Result, partner: str, t: Translator) -> None:
    drawn = svg(picture(t, found, partner))
    assert ET.fromstring(drawn).tag.endswith("svg")  # noqa: S314 - a drawing of our own


@LANGUAGES
def test_a_crowd_with_200_long_notes_is_split(t: Translator) -> None:
    instrument = shipped().get("partnership")
    sheets = {
        f"{n}": Sheet({"easy": str(n % 5 + 1)}, {"last": f"{n:03}" + "<@U01> " * 428})
        for n in range(200)
    }
    found = result(held_by(instrument, sheets, NOW), [])
    shown = "".join(
        texts(accepted_message(t, message(t, found, part, "Springbræt", LEAD)))
        for part in parts(found)
    )
    assert all(sheet.notes["last"].strip() in shown for sheet in sheets.values())


@LANGUAGES
def test_the_longest_questions_fit_in_the_first_message(t: Translator) -> None:
    instrument = instrument_of(8, 40, "Æ<" * 150)
    asked = instrument.questions
    unknown = {one.id: "unknown" for one in asked[:20]}
    well = {one.id: "5" for one in asked[20:] if one.answers is Answers.FIVE}
    sheets = {voice: Sheet(unknown | well) for voice in ("1", "2", "@#3")}
    sheets["2"] = Sheet(unknown | well | {"q20": "1", "q21": "1", "q22": "1"}, {"q20": "æ" * 1500})
    found = result(held_by(instrument, sheets, NOW), [held_by(instrument, sheets, NOW - YEAR)])
    part, *_ = parts(found)
    assert part.written
    shown = texts(accepted_message(t, message(t, found, part, "Å" * NAME_LENGTH, LEAD)))
    assert t("and {number} more", number=8) in shown
