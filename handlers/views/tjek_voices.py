"""Who said what to one question, and where all say the same: the pieces of a reveal."""

from collections.abc import Mapping, Sequence

from slackblocks import Block

from bot.questions import Question
from bot.round_spread import Group, Spread
from bot.tjek import Answer
from bot.tjek_parts import FIRST, Part, Written, crowded
from bot.tjek_round import Outcome, Point
from bot.translation import Translator
from bot.words import ANSWER
from handlers.views.parts import cut, rich

Names = Mapping[str, str]  # by Slack user id, as colleagues call each other

TEXT = 200  # characters of a question in a message
SHOWN = 24  # characters of a name beside an answer


def stops(t: Translator, outcome: Outcome, names: Names) -> list[Block]:
    """The hard stops and whose they are; one is enough to be named."""
    if not outcome.stops:
        return []
    said = _each(t, outcome, outcome.stops, Answer.NO, names)
    sentence = t(
        "**Hard stop:** {questions}. A no here usually settles the matter, unless"
        " something changes."
    )
    return [rich(sentence, block_id="reveal_stops", questions=t.list(said))]


def talk(t: Translator, outcome: Outcome, part: Part, names: Names) -> list[Block]:
    """What to talk about, the widest spread first, each with what was written about it."""
    left = list(zip(part.notes, notes(t, part.notes, names), strict=True))
    blocks: list[Block] = []
    if part.points:
        heading = t("**You see this differently, so talk about it first:**")
        blocks.append(rich(heading, block_id="reveal_apart"))
    for point in part.points:
        blocks.append(_point(t, point, names, figures=crowded(outcome)))
        about = [pair for pair in left if point.question in pair[0].page.questions]
        blocks += [note for _, note in about]
        left = [pair for pair in left if pair not in about]
    return [*blocks, *_more(t, outcome), *(note for _, note in left)]


def rest(t: Translator, outcome: Outcome, part: Part, names: Names) -> list[Block]:
    """What comes after it: the other questions, and the other notes."""
    blocks: list[Block] = []
    if part.points:
        heading = t("**You see this differently too:**")
        if crowded(outcome):
            heading = t("**Everybody's answers, those you see most differently first:**")
        blocks.append(rich(heading, block_id="reveal_rest"))
    show = _with_all_names if crowded(outcome) else _point
    blocks += [show(t, point, names) for point in part.points]
    return [*blocks, *notes(t, part.notes, names)]


def together(t: Translator, outcome: Outcome) -> list[Block]:
    """Where all say the same, in a sentence each."""

    def named(questions: Sequence[Question]) -> str:
        return t.list(_short(t, question) for question in questions)

    def plural(questions: Sequence[Question], one: str, several: str) -> str:
        return several if len(questions) > 1 else one

    of = outcome
    speaks = plural(of.speaks_for, t("{questions} speaks for."), t("{questions} speak for."))
    against = plural(
        of.speaks_against, t("{questions} speaks against."), t("{questions} speak against.")
    )
    groups = (
        (of.speaks_for, speaks),
        (of.speaks_against, against),
        (of.partly, t("{questions} only partly.")),
    )
    said = [sentence.format(questions=named(some)) for some, sentence in groups if some]
    if not said:
        return []
    heading = t("**You agree on this:**") if of.answered > 1 else t("**The answers:**")
    return [rich(f"{heading} {{said}}", block_id="reveal_together", said=" ".join(said))]


def find_out(t: Translator, outcome: Outcome, names: Names) -> list[Block]:
    """What too many do not know, and who they are."""
    if not outcome.find_out:
        return []
    points = [point for point in outcome.points if point.spread.group is Group.FIND_OUT]
    unknown = t(ANSWER[Answer.UNKNOWN]).lower()
    said = _each(t, outcome, points, Answer.UNKNOWN, names, f"{unknown}: ")
    sentence = t("**Must be found out:** {questions}")
    return [rich(sentence, block_id="reveal_find_out", questions=t.list(said))]


def left_out(t: Translator, outcome: Outcome) -> list[Block]:
    """What some, or all, have not answered, by the numbers of the form."""
    nobody = [point for point in outcome.left_out if point.spread.silent == outcome.answered]
    some = [point for point in outcome.left_out if point not in nobody]
    lines = []
    if some:
        numbers = _numbers(t, some)
        sentence = t.n(
            "**Not all have answered** question {numbers}.",
            "**Not all have answered** questions {numbers}.",
            len(some),
            numbers=numbers,
        )
        lines.append(sentence)
    if nobody:
        numbers = _numbers(t, nobody)
        sentence = t.n(
            "**Nobody has answered** question {numbers}.",
            "**Nobody has answered** questions {numbers}.",
            len(nobody),
            numbers=numbers,
        )
        lines.append(sentence)
    return [rich("\n".join(lines), block_id="reveal_left_out")] if lines else []


def notes(t: Translator, written: Sequence[Written], names: Names) -> list[Block]:
    """What was written, word by word."""
    return [
        rich(
            t("{who} on “{page}”: {note}"),
            block_id=f"reveal_note.{number}",
            who=_name(names, one.note.user or ""),
            page=one.page.title.in_(t.language),
            note=one.note.text,
        )
        for number, one in enumerate(written)
    ]


def unknown(t: Translator, outcome: Outcome, names: Names) -> list[Block]:
    """Who did not know, where the others say the same."""
    points = [
        point
        for point in outcome.points
        if point.spread.counts[Answer.UNKNOWN] and point.spread.group is Group.TOGETHER
    ]
    if not points:
        return []
    said = _each(t, outcome, points, Answer.UNKNOWN, names)
    sentence = t("**Somebody did not know:** {questions}")
    return [rich(sentence, block_id="reveal_unknown", questions=t.list(said))]


def _more(t: Translator, outcome: Outcome) -> list[Block]:
    more = len(outcome.apart) - FIRST
    if more < 1:
        return []
    sentence = t.n(
        "_You see one more question differently. It is in the thread._",
        "_You see {number} more questions differently. They are in the thread._",
        more,
    )
    return [rich(sentence, block_id="reveal_more")]


def _point(t: Translator, point: Point, names: Names, *, figures: bool = False) -> Block:
    """A question and how it was answered; a no stands out, for it is what is talked about."""
    said = []
    values = _question(t, point)
    for answer in Answer:
        if point.spread.counts[answer]:
            word = f"{t(ANSWER[answer])} ({{{answer}}})"
            said.append(f"**{word}**" if answer is Answer.NO else word)
            values[str(answer)] = _people(t, point.spread, answer, names, figures=figures)
    if point.spread.silent:
        said.append(_silent(t, point))
    line = f"{{number}}. _{{question}}_ {' · '.join(said)}"
    return rich(line, block_id=f"reveal_apart.{point.question.number}", **values)


def _with_all_names(t: Translator, point: Point, names: Names) -> Block:
    """A question and every name beside its answer, a line each."""
    lines = ["**{number}. {question}**"]
    values = _question(t, point)
    for answer, users in point.spread.voices.items():
        if users:
            lines.append(f"{t(ANSWER[Answer(answer)])} ({len(users)}): {{{answer}}}")
            values[answer] = ", ".join(_name(names, user) for user in users)
    if point.spread.silent:
        lines.append(_silent(t, point))
    return rich("\n".join(lines), block_id=f"reveal_who.{point.question.number}", **values)


def _question(t: Translator, point: Point) -> dict[str, object]:
    return {
        "number": point.question.number,
        "question": cut(point.question.text.in_(t.language), TEXT),
    }


def _numbers(t: Translator, points: Sequence[Point]) -> str:
    return t.list(t.number(point.question.number) for point in points)


def _silent(t: Translator, point: Point) -> str:
    return t("{number} not answered", number=t.number(point.spread.silent))


def _each(
    t: Translator,
    outcome: Outcome,
    points: Sequence[Point],
    answer: Answer,
    names: Names,
    before: str = "",
) -> list[str]:
    """The questions, each with those who gave that answer."""
    figures = crowded(outcome)
    return [
        f"{_short(t, point.question)} ({before}{people})"
        for point in points
        if (people := _people(t, point.spread, answer, names, figures=figures))
    ]


def _people(t: Translator, spread: Spread, answer: Answer, names: Names, *, figures: bool) -> str:
    if figures:
        return t.number(spread.counts[answer])
    return ", ".join(_name(names, user) for user in spread.voices.get(answer, ()))


def _name(names: Names, user: str) -> str:
    return cut(names.get(user) or "?", SHOWN)


def _short(t: Translator, question: Question) -> str:
    return question.short.in_(t.language)
