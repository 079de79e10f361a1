"""The answers of an evaluation in words and figures: both sides beside each other, never as one."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from bot.evaluation_figures import Course, Line, Side, in_place, rounded
from bot.evaluation_form import names_other, to_both
from bot.evaluation_questions import SCALES, Answers, Question
from bot.evaluation_result import FindOut, Result, Written
from bot.evaluation_talk import Answered, Because, Talk
from bot.evaluation_trend import change, drawn, moves
from bot.translation import Translator, mark
from handlers.views.evaluation_figure import figure_before, figure_of
from handlers.views.parts import cut

TEXT = 160  # characters of a question in a message

_MET, _NOT_YET = SCALES[Answers.CRITERION].points

_NOW = {Side.OURS: mark("we {now}"), Side.THEIRS: mark("{partner} {now}")}
_BEFORE = {
    Side.OURS: mark("we {now} (before {before})"),
    Side.THEIRS: mark("{partner} {now} (before {before})"),
}
_IN_MONTH = {
    Side.OURS: mark("we {now} ({before} in {month})"),
    Side.THEIRS: mark("{partner} {now} ({before} in {month})"),
}
_RISEN = {
    Side.OURS: mark("{theme} has risen from {before} to {now} with us since {month}."),
    Side.THEIRS: mark("{theme} has risen from {before} to {now} with {partner} since {month}."),
}
_FALLEN = {
    Side.OURS: mark("{theme} has fallen from {before} to {now} with us since {month}."),
    Side.THEIRS: mark("{theme} has fallen from {before} to {now} with {partner} since {month}."),
}
_SAYS = {Side.OURS: mark("We say {said}."), Side.THEIRS: mark("{partner} says {said}.")}
_UNKNOWN = {
    Side.OURS: mark("{unknown} of {answered} of us do not know"),
    Side.THEIRS: mark("{unknown} of {answered} of {partner} do not know"),
}
# The same of one who was alone in answering.
_UNKNOWN_ALONE = {
    Side.OURS: mark("we do not know"),
    Side.THEIRS: mark("{partner} does not know"),
}
_NOT_ANSWERED = {
    Side.OURS: mark("we have not answered"),
    Side.THEIRS: mark("{partner} has not answered"),
}
_AT_THE_END = {
    Side.OURS: mark("One of us writes at the end: “{text}”"),
    Side.THEIRS: mark("{partner} writes at the end: “{text}”"),
}
_WRITES = {
    Side.OURS: mark("One of us writes: “{text}”"),
    Side.THEIRS: mark("{partner} writes: “{text}”"),
}
_WRITES_ALONE = {
    True: mark("We write at the end: “{text}”"),
    False: mark("We write: “{text}”"),
}
_WRITES_TOO = {Side.OURS: _WRITES[Side.OURS], Side.THEIRS: mark("They write: “{text}”")}


def month_of(t: Translator, at: datetime, now: datetime) -> str:
    """The month by its name, as it is told at `now`."""
    return t.month(at.astimezone(t.zone).date(), now.astimezone(t.zone).date())


def last_time(lines: Iterable[Line]) -> datetime | None:
    """When the newest of the figures before was shown."""
    return max((point.at for line in lines for point in line.before.values()), default=None)


def of_theme(t: Translator, result: Result, line: Line, partner: str) -> str:
    """Each side's figure, and its last one before."""
    last, now = last_time(result.lines), result.held.at
    said = []
    for side, figure in line.now.items():
        values = {"now": figure_of(t, figure), "partner": partner}
        before = line.before.get(side)
        if before is None:
            said.append(t(_NOW[side], **values))
            continue
        # The heading says of which month most are.
        then = _BEFORE if before.at == last else _IN_MONTH
        values |= {
            "before": figure_before(t, before.figure, figure),
            "month": month_of(t, before.at, now),
        }
        said.append(t(then[side], **values))
    return " · ".join(said)


def name_of(t: Translator, line: Line) -> str:
    """What stands before the figures of a theme; of criteria that so many are in place."""
    criteria = any(figure.of for figure in line.now.values())
    return t("Criteria in place") if criteria else line.theme.name.in_(t.language)


def finding(t: Translator, result: Result, partner: str) -> str:
    """What has moved most on each side since the last time; empty where this is the first."""
    if said := [_moved(t, result, course, partner) for course in moves(result.courses)]:
        return " ".join(said)
    last = max((course.points[-2].at for course in drawn(result.courses)), default=None)
    if last is None:
        return ""
    month = month_of(t, last, result.held.at)
    return t("The figures are much as they were in {month}.", month=month)


def of_talk(t: Translator, result: Result, talk: Talk, partner: str) -> str:
    """How it was answered, as far as it is worth talking about."""
    about = talk.about
    if talk.because is Because.AMONG_US:
        return _among_us(t, about)
    said = {side: _said(t, about, side) for side in about.means}
    if len(said) == len(Side):
        if names_other(about.question) and about.question.answers is Answers.FIVE:
            return t(
                "We give them {ours}, they give us {theirs}.",
                ours=said[Side.OURS],
                theirs=said[Side.THEIRS],
            )
        return t(
            "We say {ours}, {partner} says {theirs}.",
            ours=said[Side.OURS],
            theirs=said[Side.THEIRS],
            partner=partner,
        )
    return "".join(
        t(_SAYS[side], said=words + _beside(t, result, about, side, partner), partner=partner)
        for side, words in said.items()
    )


def all_say(t: Translator, result: Result, sides: Collection[Side], partner: str) -> str:
    """Who it is that says 4 or 5: nobody who has left the question out."""
    if len(sides) == len(Side):
        return t("All say 4 or 5")
    if Side.THEIRS in sides:
        return t("{partner} says 4 or 5", partner=partner)
    if not result.answered[Side.THEIRS]:  # which is said above of all of it
        return t("All of us say 4 or 5")
    return t("All of us say 4 or 5 ({partner} has not answered)", partner=partner)


def to_find_out(t: Translator, found: FindOut, partner: str) -> str:
    """How many of each side do not know."""
    return " · ".join(
        t(
            (_UNKNOWN_ALONE if found.answered[side] == 1 else _UNKNOWN)[side],
            unknown=t.number(unknown),
            answered=t.number(found.answered[side]),
            partner=partner,
        )
        for side, unknown in found.unknown.items()
    )


def of_written(
    t: Translator, result: Result, written: Written, partner: str, *, below: bool = False
) -> str:
    """What somebody wrote, word by word; `below` a line that has named the partner."""
    if written.side is Side.OURS and result.asked[Side.OURS] == 1:
        return t(_WRITES_ALONE[written.about is None], text=written.text)
    who = _AT_THE_END if written.about is None else _WRITES_TOO if below else _WRITES
    return t(who[written.side], partner=partner, text=written.text)


def text_to_talk_about(t: Translator, talk: Talk, partner: str) -> str:
    """The question as it fits what of_talk() says below it."""
    both = talk.because is not Because.AMONG_US and len(talk.about.means) == len(Side)
    question = talk.about.question
    return cut(to_both(t, question), TEXT) if both else text_of(t, question, partner)


def text_of(t: Translator, question: Question, partner: str) -> str:
    """The question as we were asked it."""
    return cut(question.text.in_(t.language).replace("{other}", partner), TEXT)


def _moved(t: Translator, result: Result, course: Course, partner: str) -> str:
    *_, before, now = course.points
    words: Mapping[Side, str] = _RISEN if change(course) > 0 else _FALLEN
    return t(
        words[course.side],
        theme=course.theme.name.in_(t.language),
        before=figure_of(t, before.figure),
        now=figure_of(t, now.figure),
        month=month_of(t, before.at, result.held.at),
        partner=partner,
    )


def _beside(t: Translator, result: Result, about: Answered, side: Side, partner: str) -> str:
    """Where one side is told of, why the other is not; of one wholly silent it is said above."""
    other = Side.OURS if side is Side.THEIRS else Side.THEIRS
    if not result.answered[other] or (other is Side.OURS and result.ours_kept_back):
        return ""
    words = _UNKNOWN_ALONE if any(about.counts[other].values()) else _NOT_ANSWERED
    return f" ({t(words[other], partner=partner)})"


def _said(t: Translator, about: Answered, side: Side) -> str:
    """One side's answer to a question: a whole figure without a decimal."""
    value = about.means[side]
    if about.question.answers is Answers.FIVE:
        return t.number(int(value)) if value.denominator == 1 else t.figure(rounded(value))
    met, not_yet = (about.counts[side][point] for point in (_MET, _NOT_YET))
    word, said = (t("yes"), met) if in_place(value) else (t("not yet"), not_yet)
    if not (met and not_yet):
        return word
    return t(
        "{answer} ({number} of {of})",
        answer=word,
        number=t.number(said),
        of=t.number(met + not_yet),
    )


def _among_us(t: Translator, about: Answered) -> str:
    counts = about.counts[Side.OURS]
    if about.question.answers is Answers.CRITERION:
        return t(
            "We do not agree among ourselves: {yes} say yes, and {no} say not yet.",
            yes=t.number(counts[_MET]),
            no=t.number(counts[_NOT_YET]),
        )
    points = SCALES[Answers.FIVE].points
    given = [t.number(int(point)) for point in points for _ in range(counts[point])]
    return t("We do not agree among ourselves: {answers}.", answers=t.list(given))
