"""Who said what to one question, and where all say the same: the pieces of a reveal."""

from collections.abc import Mapping, Sequence

from slackblocks import Block, DataTableBlock, RawNumber, RawText, RichTextBlock

from bot.questions import Question
from bot.round_spread import Spread
from bot.tjek import Answer
from bot.tjek_parts import FEW, Written
from bot.tjek_round import Outcome, Point
from bot.translation import Translator
from bot.words import ANSWER
from handlers.views.parts import cut, rich

Names = Mapping[str, str]  # by Slack user id, as colleagues call each other

TEXT = 200  # characters of a question in a message
SHOWN = 24  # characters of a name beside an answer
NONE = "–"  # an empty cell of a table


def stops(t: Translator, outcome: Outcome, names: Names) -> list[Block]:
    """The hard stops and whose they are; one is enough to be named."""
    if not outcome.stops:
        return []
    said = [
        f"{_short(t, point.question)} ({_people(t, point.spread, Answer.NO, names)})"
        for point in outcome.stops
    ]
    sentence = t(
        "**Hard stop:** {questions}. A no here usually settles the matter, unless"
        " something changes."
    )
    return [rich(sentence, block_id="reveal_stops", questions=t.list(said))]


def apart(t: Translator, outcome: Outcome, names: Names) -> list[Block]:
    """What to talk about, the widest spread first."""
    if not outcome.apart:
        return []
    heading = t("**You see this differently, so talk about it first:**")
    points = [
        _point(t, number, point, names, f"reveal_apart.{number}")
        for number, point in enumerate(outcome.apart, 1)
    ]
    return [rich(heading, block_id="reveal_apart"), *points]


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
    said = [
        f"{_short(t, point.question)} ({t(ANSWER[Answer.UNKNOWN]).lower()}: {people})"
        if (people := _people(t, point.spread, Answer.UNKNOWN, names))
        else _short(t, point.question)
        for point in outcome.points
        if point.question in outcome.find_out
    ]
    if not said:
        return []
    sentence = t("**Must be found out:** {questions}")
    return [rich(sentence, block_id="reveal_find_out", questions=t.list(said))]


def everybody(t: Translator, points: Sequence[Point], names: Names) -> list[Block]:
    """Every name beside its answer, where they are too many for the first message."""
    blocks: list[Block] = []
    for point in points:
        lines = ["**{question}**"]
        values: dict[str, object] = {"question": cut(point.question.text.in_(t.language), TEXT)}
        for answer in Answer:
            users = point.spread.voices.get(answer, ())
            if users:
                lines.append(f"{t(ANSWER[answer])} ({len(users)}): {{{answer}}}")
                values[str(answer)] = ", ".join(_name(names, user) for user in users)
        blocks.append(rich("\n".join(lines), block_id=f"reveal_who.{point.question.id}", **values))
    return blocks


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
    told = (*outcome.apart, *(p for p in outcome.points if p.question in outcome.find_out))
    said = [
        f"{_short(t, point.question)} ({_people(t, point.spread, Answer.UNKNOWN, names)})"
        for point in outcome.points
        if point not in told and point.spread.counts[Answer.UNKNOWN]
    ]
    if not said:
        return []
    sentence = t("**Somebody did not know:** {questions}")
    return [rich(sentence, block_id="reveal_unknown", questions=t.list(said))]


def table(t: Translator, outcome: Outcome, caption: str) -> Block:
    """All answers in figures, to be sorted by; a thread is too narrow for names beside each other.

    They stand in what is talked about, or in the messages after this.
    """
    header = [t("Question"), *(t(ANSWER[answer]) for answer in Answer)]
    rows: list[list[RawText | RawNumber | RichTextBlock]] = [[RawText(cell) for cell in header]]
    rows += [_row(t, point) for point in outcome.points]
    return DataTableBlock(rows, caption, page_size=len(rows), block_id="reveal_table")


def _row(t: Translator, point: Point) -> list[RawText | RawNumber | RichTextBlock]:
    figures = [_cell(t, point.spread, answer) for answer in Answer]
    return [RawText(_short(t, point.question)), *figures]


def _cell(t: Translator, spread: Spread, answer: Answer) -> RawNumber:
    people = spread.counts[answer]
    return RawNumber(people, t.number(people) if people else NONE)


def _point(t: Translator, number: int, point: Point, names: Names, block_id: str) -> Block:
    """A question and how it was answered; a no stands out, for it is what is talked about."""
    said = []
    values: dict[str, object] = {"question": cut(point.question.text.in_(t.language), TEXT)}
    for answer in Answer:
        if point.spread.counts[answer]:
            word = f"{t(ANSWER[answer])} ({{{answer}}})"
            said.append(f"**{word}**" if answer is Answer.NO else word)
            values[str(answer)] = _people(t, point.spread, answer, names)
    if point.spread.silent:
        said.append(t("{number} not answered", number=t.number(point.spread.silent)))
    return rich(f"{number}. _{{question}}_ {' · '.join(said)}", block_id=block_id, **values)


def _people(t: Translator, spread: Spread, answer: Answer, names: Names) -> str:
    """Their names while they are few, else how many."""
    if _many(spread):
        return t.number(spread.counts[answer])
    return ", ".join(_name(names, user) for user in spread.voices.get(answer, ()))


def _many(spread: Spread) -> bool:
    return sum(spread.counts.values()) + spread.silent > FEW


def _name(names: Names, user: str) -> str:
    return cut(names.get(user) or "?", SHOWN)


def _short(t: Translator, question: Question) -> str:
    return question.short.in_(t.language)
