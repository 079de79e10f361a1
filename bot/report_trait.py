"""Where the relations stand at the end of a year, by what the cards said then."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.partner import Kind, Room
from bot.report_life import Card, Place
from bot.report_words import NONE, PLACE
from bot.report_year import Figures
from bot.translation import Translator
from bot.words import called
from bot.workspace import Workspace


@dataclass(frozen=True)
class Row:
    """A line: its name, what it is called, and a figure for each column."""

    id: str
    label: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """One of the year's tables; columns with name and label."""

    id: str
    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def by_trait(t: Translator, told: Figures, library: Workspace) -> list[Table]:
    """Where the relations stand at the end, by what the cards said then."""
    day = t.day(told.year.last)

    def kind(value: str) -> str:
        return called(t, library, Kind(value))

    def room(value: str) -> str:
        return called(t, library, Room(value))

    return [
        _crossed(t, "kinds", t("By sort, {day}", day=day), told, _kind, kind, [*Kind]),
        _crossed(t, "branches", t("By branch or team, {day}", day=day), told, _branch, str),
        _crossed(
            t,
            "rooms",
            t("By room (several are possible), {day}", day=day),
            told,
            _rooms,
            room,
            [*Room],
        ),
        _crossed(
            t, "goals", t("By goal (several are possible), {day}", day=day), told, _goals, str
        ),
    ]


def _crossed(
    t: Translator,
    name: str,
    heading: str,
    told: Figures,
    values: Callable[[Card], Iterable[str]],
    words: Callable[[str], str],
    order: Sequence[str] = (),
) -> Table:
    """Nothing, where no card has any of it."""
    counted: Counter[tuple[str, Place]] = Counter()
    for card, place in told.cards:
        counted.update((value, place) for value in (*values(card),) or ("",))
    found = {value for value, _ in counted}
    ordered = [value for value in order if value in found] or sorted(found - {""})
    rows = [
        Row(
            value or "none",
            words(value) if value else t(NONE),
            tuple(counted[value, place] for place in Place),
        )
        for value in (*ordered, *({""} & found))
    ]
    columns = tuple((str(place), t(PLACE[place])) for place in Place)
    return Table(name, heading, columns, tuple(rows) if ordered else ())


def _kind(card: Card) -> Iterable[str]:
    return (card.kind,) if card.kind else ()


def _branch(card: Card) -> Iterable[str]:
    return (card.branch,) if card.branch else ()


def _rooms(card: Card) -> Iterable[str]:
    return card.rooms


def _goals(card: Card) -> Iterable[str]:
    return card.goals
