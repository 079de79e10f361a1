"""Every question with both sides' answers, a line each, as the partner gets them afterwards."""

from collections.abc import Sequence

from bot.evaluation_figures import Side, in_place, rounded
from bot.evaluation_form import names_other, to_both
from bot.evaluation_questions import SCALES, Answers
from bot.evaluation_talk import Answered
from bot.evaluation_words import ANSWERS
from bot.translation import Translator

_MET, _NOT_YET = SCALES[Answers.CRITERION].points


def every_line(t: Translator, said: Sequence[Answered]) -> list[str]:
    """The lines, addressed to the partner."""
    return [f"- {to_both(t, one.question)} {_both(t, one)}" for one in said]


def _both(t: Translator, one: Answered) -> str:
    values = {"theirs": _said(t, one, Side.THEIRS), "ours": _said(t, one, Side.OURS)}
    if names_other(one.question):  # what each says is about the other
        return t("You about us: {theirs} · We about you: {ours}", **values)
    return t("You: {theirs} · We: {ours}", **values)


def _said(t: Translator, one: Answered, side: Side) -> str:
    counts, answers = one.counts[side], one.question.answers
    if side not in one.means:
        unknown = t(ANSWERS[answers][SCALES[answers].unknown]).lower()
        return unknown if any(counts.values()) else t("not answered")
    mean = one.means[side]
    if answers is Answers.FIVE:
        return t.number(float(rounded(mean)))
    word, people = (t("yes"), counts[_MET])
    if not in_place(mean):
        word, people = (t("not yet"), counts[_NOT_YET])
    if not (counts[_MET] and counts[_NOT_YET]):
        return word
    of = counts[_MET] + counts[_NOT_YET]
    return t("{answer} ({number} of {of})", answer=word, number=t.number(people), of=t.number(of))
