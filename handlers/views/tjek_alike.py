"""What nobody sees differently: where all say the same, and where some have not said or know."""

from collections.abc import Sequence

from slackblocks import Block

from bot.questions import Question
from bot.round_spread import Group
from bot.tjek import Answer
from bot.tjek_parts import crowded
from bot.tjek_round import Outcome, Point
from bot.translation import Translator
from bot.words import ANSWER
from handlers.views.parts import rich
from handlers.views.tjek_voices import Names, people, short, silent


def together(t: Translator, outcome: Outcome) -> list[Block]:
    """Where all say the same, in a sentence each."""

    def named(questions: Sequence[Question]) -> str:
        return t.list(short(t, question) for question in questions)

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
    heading = t("**You agree on this:**")
    return [rich(f"{heading} {{said}}", block_id="reveal_together", said=" ".join(said))]


def find_out(t: Translator, outcome: Outcome, names: Names) -> list[Block]:
    """What too many do not know, who they are, and what the others say."""
    if not outcome.find_out:
        return []
    points = [point for point in outcome.points if point.spread.group is Group.FIND_OUT]
    said = [
        f"{short(t, point.question)} ({_all_said(t, outcome, point, names)})" for point in points
    ]
    sentence = t("**Must be found out:** {questions}")
    return [rich(sentence, block_id="reveal_find_out", questions=t.list(said))]


def not_all(t: Translator, outcome: Outcome, names: Names) -> list[Block]:
    """What only some have said something to, or know, and what they said."""
    unsure = [point for point in outcome.not_all if point.spread.counts[Answer.UNKNOWN]]
    some = [point for point in outcome.not_all if point not in unsure]
    alone = outcome.answered == 1
    groups = (
        ("unknown", t("**Not everybody knows:**"), unsure),
        ("not_all", t("**The answers:**") if alone else t("**Not all have answered:**"), some),
    )
    return [
        rich(
            f"{heading}\n{{said}}",
            block_id=f"reveal_{name}",
            said=_by_answers(t, outcome, points, names),
        )
        for name, heading, points in groups
        if points
    ]


def unanswered(t: Translator, outcome: Outcome) -> list[Block]:
    """What nobody has answered, by the numbers of the form."""
    if not outcome.unanswered:
        return []
    numbers = _numbers(t, outcome.unanswered)
    sentence = t.n(
        "**Nobody has answered** question {numbers}.",
        "**Nobody has answered** questions {numbers}.",
        len(outcome.unanswered),
        numbers=numbers,
    )
    return [rich(sentence, block_id="reveal_unanswered")]


def _all_said(t: Translator, outcome: Outcome, point: Point, names: Names) -> str:
    """Every answer to one question in brackets, those who do not know it first."""
    figures = crowded(outcome)
    said = [
        f"{t(ANSWER[answer]).lower()}: {people(t, point.spread, answer, names, figures=figures)}"
        for answer in reversed(Answer)
        if point.spread.counts[answer]
    ]
    if point.spread.silent:
        said.append(silent(t, point))
    return "; ".join(said)


def _by_answers(t: Translator, outcome: Outcome, points: Sequence[Point], names: Names) -> str:
    """A line for the questions that the same people have answered alike."""
    lines: dict[str, list[str]] = {}
    for point in points:
        lines.setdefault(_some_said(t, outcome, point, names), []).append(short(t, point.question))
    return "\n".join(f"{answers}: {t.list(questions)}" for answers, questions in lines.items())


def _some_said(t: Translator, outcome: Outcome, point: Point, names: Names) -> str:
    """The answers and whose they are; in a crowd the names come after."""
    told = {answer: t(ANSWER[answer]) for answer in Answer if point.spread.counts[answer]}
    if crowded(outcome):
        return " · ".join(told.values())
    return " · ".join(
        f"{word} ({people(t, point.spread, answer, names, figures=False)})"
        for answer, word in told.items()
    )


def _numbers(t: Translator, points: Sequence[Point]) -> str:
    return t.list(t.number(point.question.number) for point in points)
