"""How relations that are alike add up to what white spots are seen in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from bot.circle import Level
from bot.goal_gap import NOTHING, Dimension, Facts, Tally

Values = Mapping[Dimension, Sequence[str]]


@dataclass(frozen=True)
class Alike:
    """So many relations of one level, or possible ones (None), with the same values."""

    number: int
    level: Level | None
    start: bool  # whether they could be a start
    values: Values
    told_no: bool = False  # for now


_Key = tuple[str, ...]  # (), (dimension,), (dimension, value) or (_BOTH, room, age)
_BOTH = "both"
_COLUMNS = (*Level, "starts", "told_no")


def counted(branch: str, values: Values, every: Iterable[Alike], *again: Iterable[Alike]) -> Facts:
    """The facts; `again` are the same relations once more, by values of other dimensions.

    What is not among the `values` of the library does not count as known.
    """
    sums: dict[_Key, list[int]] = defaultdict(lambda: [0] * len(_COLUMNS))
    used = {dimension: frozenset(own) for dimension, own in values.items()}
    for n, part in enumerate((every, *again)):
        for one in part:
            has = _known(one, used)
            pairs = product(has.get(Dimension.ROOM, ()), has.get(Dimension.AGE, ()))
            both = [(_BOTH, *pair) for pair in pairs]
            once = [] if n else [()]
            _add(sums, one, *once, *_places(has), *both, *([(_BOTH,)] if both else []))

    def tally(*key: str) -> Tally:
        return Tally(*sums[key]) if key in sums else NOTHING

    return Facts(
        branch,
        tally(),
        values,
        {of: {value: tally(of, value) for value in own} for of, own in values.items()},
        {of: tally(of) for of in values},
        {(key[1], key[2]): Tally(*sums[key]) for key in sums if key[1:] and key[0] == _BOTH},
        tally(_BOTH),
    )


def _known(one: Alike, used: Mapping[Dimension, frozenset[str]]) -> Values:
    return {
        dimension: tuple(dict.fromkeys(value for value in own if value in used[dimension]))
        for dimension, own in one.values.items()
    }


def _places(has: Values) -> Iterable[_Key]:
    for dimension, own in has.items():
        if own:
            yield (dimension,)
        for value in own:
            yield (dimension, value)


def _add(sums: dict[_Key, list[int]], one: Alike, *keys: _Key) -> None:
    columns = [_COLUMNS.index(one.level)] if one.level else []
    columns += [_COLUMNS.index("starts")] if one.start else []
    told_no = one.told_no and one.level is Level.COLLABORATION
    columns += [_COLUMNS.index("told_no")] if told_no else []
    for key in keys:
        row = sums[key]
        for column in columns:
            row[column] += one.number
