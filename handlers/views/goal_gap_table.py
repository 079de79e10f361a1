"""The counts of a picture: as a table of Slack's own, or in words where it draws none."""

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import Block, DataTableBlock, RawNumber, RawText, RichTextBlock, RichTextList

from bot.circle import Level
from bot.goal_gap import Dimension, Facts
from bot.goal_gap_matrix import Matrix, Picture, Shows, matrix
from bot.text import capital
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views.goal_gap_words import COUNTS, LEVELS, SHOWS, name_of, row_name
from handlers.views.parts import cut, line, rich, small

NONE = "–"  # an empty cell
ROWS = 12  # of a table that are shown at once: more than most libraries have
MOST = 100  # rows of a table, which has pages
LINES = 20  # rows in words: with the menus there is room for no more
NAME = 40  # characters of a row's or a column's name


@dataclass(frozen=True)
class Seen:
    """What is looked at, and by whom; `branches` are those that can be chosen."""

    picture: Picture
    facts: Facts
    library: Workspace
    branches: Sequence[str] = ()
    coordinator: bool = False


def table(t: Translator, seen: Seen) -> list[Block]:
    """One row for each value, with its counts; an empty cell has a dash. None without values."""
    shown = matrix(seen.facts, seen.picture)
    if not shown.rows:
        return []
    head = [t(SHOWS[_rows_of(seen.picture)]), *_columns(t, seen, shown)]
    rows: list[list[RawText | RawNumber | RichTextBlock]] = [[RawText(cell) for cell in head]]
    for value, counts in shown.rows[:MOST]:
        figures = [RawNumber(each, t.number(each) if each else NONE) for each in counts]
        rows.append([RawText(_row(t, seen, value)), *figures])
    caption = _caption(t, seen.picture)
    return [DataTableBlock(rows, caption, page_size=ROWS, block_id="goal_gap")]


def lines(t: Translator, seen: Seen) -> list[Block]:
    """The same, a line for each row."""
    shown = matrix(seen.facts, seen.picture)
    columns = _columns(t, seen, shown)
    items = [
        line(
            "**{name}:** {counts}",
            name=_row(t, seen, value),
            counts=" · ".join(
                f"{_small(column)} {t.number(each)}"
                for column, each in zip(columns, counts, strict=True)
            ),
        )
        for value, counts in shown.rows[:LINES]
    ]
    if not items:
        return []
    rest = len(shown.rows) - len(items)
    caption = _caption(t, seen.picture)
    return [
        rich("**{caption}**", block_id="goal_gap_caption", caption=caption),
        RichTextBlock([RichTextList("bullet", items)], block_id="goal_gap"),
        *([small(t.n("and one more", "and {number} more", rest), "goal_gap_rest")] if rest else []),
    ]


def _rows_of(picture: Picture) -> Shows:
    return Shows.AGE if picture.shows is Shows.ROOM_AGE else picture.shows


def _columns(t: Translator, seen: Seen, shown: Matrix) -> list[str]:
    return [
        t(LEVELS[each])
        if isinstance(each, Level)
        else cut(capital(name_of(t, seen.library, Dimension.ROOM, each)), NAME)
        for each in shown.columns
    ]


def _row(t: Translator, seen: Seen, value: str | None) -> str:
    if value is None:
        return t("Not on the card")
    return cut(row_name(t, seen.library, seen.picture.shows, value), NAME)


def _caption(t: Translator, picture: Picture) -> str:
    words = t(SHOWS[picture.shows])
    if picture.shows is Shows.ROOM_AGE:
        words = f"{words}: {t(COUNTS[picture.counts]).lower()}"
    return f"{words} · {picture.branch or t('The whole house')}"


def _small(column: str) -> str:
    return column[:1].lower() + column[1:]
