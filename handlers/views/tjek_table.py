"""All answers to a check as a table that can be sorted."""

from slackblocks import Block, DataTableBlock, RawNumber, RawText, RichTextBlock

from bot.round_spread import Spread
from bot.tjek import Answer
from bot.tjek_round import Outcome, Point
from bot.translation import Translator
from bot.words import ANSWER

NONE = "–"  # an empty cell
# On a telephone all four fit where no column is wider than its figures; the caption has the words.
SIGNS = {Answer.PARTLY: "½", Answer.UNKNOWN: "?"}
ROWS = 8  # that are shown at once: what a telephone has room for


def table(t: Translator, outcome: Outcome, caption: str) -> Block:
    """All answers in figures, to be sorted by; a thread is too narrow for names beside each other.

    They stand in what is talked about, or in the messages before this.
    """
    header = [t("Question"), *(SIGNS.get(answer, t(ANSWER[answer])) for answer in Answer)]
    rows: list[list[RawText | RawNumber | RichTextBlock]] = [[RawText(cell) for cell in header]]
    rows += [_row(t, point) for point in outcome.points]
    signs = " · ".join(f"{sign} {t(ANSWER[answer]).lower()}" for answer, sign in SIGNS.items())
    words = f"{caption} ({signs})"
    return DataTableBlock(rows, words, page_size=ROWS, block_id="reveal_table")


def _row(t: Translator, point: Point) -> list[RawText | RawNumber | RichTextBlock]:
    figures = [_cell(t, point.spread, answer) for answer in Answer]
    return [RawText(point.question.short.in_(t.language)), *figures]


def _cell(t: Translator, spread: Spread, answer: Answer) -> RawNumber:
    people = spread.counts[answer]
    return RawNumber(people, t.number(people) if people else NONE)
