"""The form of an evaluation: its pages, what is kept of one, and how hidden the answers are."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from itertools import pairwise

from bot import guard
from bot.evaluation import ours
from bot.evaluation_instruments_rules import OTHER
from bot.evaluation_open import FEW
from bot.evaluation_questions import LAST, LOW, Answers, Instrument, Question
from bot.round import Round, Sheet, Standing
from bot.round_voice import OUTSIDE
from bot.translation import Translator

# The nine of a yearly round stand together; on a longer page one loses one's place.
PAGE_LENGTH = 9

NOTE = "evaluation_note"

Page = tuple[Question, ...]


class Audience(Enum):
    """How well an answer of ours is hidden among the others'."""

    AMONG_OTHERS = auto()
    FEW = auto()
    ALONE = auto()  # nobody else was asked, so it is shown as hers


def pages(instrument: Instrument) -> tuple[Page, ...]:
    """The questions as they are shown together; the criteria, answered otherwise, come last."""
    found: list[Page] = []
    for kind in Answers:
        questions = tuple(one for one in instrument.questions if one.answers is kind)
        parts = -(-len(questions) // PAGE_LENGTH)
        cuts = [len(questions) * part // parts for part in range(parts + 1)] if parts else []
        found += [questions[begin:end] for begin, end in pairwise(cuts)]
    return tuple(found)


def begin_at(instrument: Instrument, sheet: Sheet) -> int:
    """The number, from 0, of the first page with something left to answer, or of the first."""
    left = (
        number
        for number, page in enumerate(pages(instrument))
        if any(one.id not in sheet.answers for one in page)
    )
    return next(left, 0)


def is_low(question: Question, answer: str | None) -> bool:
    """Whether such an answer is asked what it would take."""
    return question.answers is Answers.FIVE and answer in LOW


def merged(before: Sheet, typed: Sheet) -> Sheet:
    """What was kept before with what stands on the page now."""
    return Sheet({**before.answers, **typed.answers}, {**before.notes, **typed.notes})


def to_keep(page: Page, typed: Sheet) -> tuple[Mapping[str, str | None], Mapping[str, str]]:
    """What is kept of a page: its answers, and its notes without those of answers no longer low.

    Raises:
        UserError: a note is too long or holds a CPR number; with field_of() its key.
    """
    answers = {one.id: typed.answers.get(one.id) for one in page}
    high = {one.id for one in page if not is_low(one, answers[one.id])} - {LAST}
    written = {key: text for key, text in typed.notes.items() if key not in high}
    kept = {key: guard.note(text, field=field_of(key)) for key, text in written.items()}
    return answers, dict.fromkeys(high, "") | kept


def field_of(key: str) -> str:
    """The field of a form that a note is written in, by the note's key."""
    return f"{NOTE}.{key}"


def not_asked_yet(page: Page, typed: Sheet) -> Sequence[Question]:
    """The low answers on that page below which there was no field yet to say what it would take.

    The form brings one as soon as such an answer is chosen, but who is quick sends it before.
    """
    return [
        one for one in page if is_low(one, typed.answers.get(one.id)) and one.id not in typed.notes
    ]


def audience(this: Round) -> Audience:
    """How well an answer of the house's own is hidden in this round."""
    mine = ours(this)
    if len(mine) == 1:
        return Audience.ALONE
    may_come = [how for how in mine.values() if how in (Standing.WAITING, Standing.ANSWERED)]
    return Audience.FEW if len(may_come) < FEW else Audience.AMONG_OTHERS


def voice_in_slack(user: str, *, visits: bool) -> str:
    """The voice of somebody in Slack: a colleague's own, or that of one of the partner's people."""
    return f"{OUTSIDE}{user}" if visits else user


def addressed(text: str, other: str) -> str:
    """A question's text to one side, with the other side's name in it."""
    return text.replace(OTHER, other)


def names_other(question: Question) -> bool:
    """Whether each side is asked about the other, so that their answers are about two things."""
    return OTHER in question.text.da + question.text.en


def to_both(t: Translator, question: Question) -> str:
    """A question's text where the answers of both sides stand: one's own view would be turned."""
    text = question.text.in_(t.language)
    if not names_other(question):
        return text
    return question.both.in_(t.language) if question.both else addressed(text, t("the other"))
