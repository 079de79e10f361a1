"""Who said what to one question, and what to talk about: the pieces of a reveal."""

from collections.abc import Mapping, Sequence

from slackblocks import Block

from bot.questions import Question
from bot.round_spread import Spread
from bot.tjek import Answer
from bot.tjek_parts import Part, Written, crowded
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
    if len(outcome.stops) > 1:
        sentence = t(
            "**Hard stops:** {questions}. A no here usually settles the matter, unless"
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
    return [*blocks, *_more(t, outcome, part), *(note for _, note in left)]


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


def _more(t: Translator, outcome: Outcome, part: Part) -> list[Block]:
    more = len(outcome.apart) - len(part.points)
    if more < 1:
        return []
    sentence = t.n(
        "_You see one more question differently. It is further down in the thread._",
        "_You see {number} more questions differently. They are further down in the thread._",
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
            values[str(answer)] = people(t, point.spread, answer, names, figures=figures)
    if point.spread.silent:
        said.append(silent(t, point))
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
        lines.append(silent(t, point))
    return rich("\n".join(lines), block_id=f"reveal_who.{point.question.number}", **values)


def _question(t: Translator, point: Point) -> dict[str, object]:
    return {
        "number": point.question.number,
        "question": cut(point.question.text.in_(t.language), TEXT),
    }


def silent(t: Translator, point: Point) -> str:
    """How many of those who sent answers have left the question out."""
    return t("{number} not answered", number=t.number(point.spread.silent))


def _each(
    t: Translator, outcome: Outcome, points: Sequence[Point], answer: Answer, names: Names
) -> list[str]:
    """The questions, each with those who gave that answer."""
    figures = crowded(outcome)
    return [
        f"{short(t, point.question)} ({said})"
        for point in points
        if (said := people(t, point.spread, answer, names, figures=figures))
    ]


def people(t: Translator, spread: Spread, answer: Answer, names: Names, *, figures: bool) -> str:
    """Who gave that answer, or how many."""
    if figures:
        return t.number(spread.counts[answer])
    return ", ".join(_name(names, user) for user in spread.voices.get(answer, ()))


def _name(names: Names, user: str) -> str:
    return cut(names.get(user) or "?", SHOWN)


def short(t: Translator, question: Question) -> str:
    """The question in a word or two."""
    return question.short.in_(t.language)
