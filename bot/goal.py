"""The library's strategic goals, and which relations carry them (Byg partnerskaber!, pp. 21-24).

One looks at the partnerships through them: which goals nobody works for with us, and which
relations are tied to none. Who keeps the list renames in place; what is taken off it is taken off
the relations too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from bot import guard
from bot.circle import Level
from bot.errors import UserError
from bot.partner import Kind, Partner
from bot.text import fold
from bot.workspace import Workspace

# A plan for four years has fewer, and a telephone shows a dozen without one losing one's way.
GOALS = 12
# Slack's options hold 75 characters and 75 more below; a sentence that can be said at a meeting.
GOAL_LENGTH = 100
NAMED = 3  # partners named below a goal; the rest is one click away


@dataclass(frozen=True)
class Relation:
    """A partner in the circle, as a list names it."""

    id: int
    name: str
    level: Level
    kind: Kind | None = None


@dataclass(frozen=True)
class Overview:
    """The goals, by each how many relations of each level carry it, and the first few of them.

    `without` counts the relations that carry none.
    """

    goals: tuple[str, ...]
    carried: Mapping[str, Mapping[Level, int]]
    first: Mapping[str, Sequence[Relation]]
    without: Mapping[Level, int]


@dataclass(frozen=True)
class Draft:
    """What somebody makes of the list: for each goal of `base` its text, empty to take it away."""

    base: tuple[str, ...]
    texts: tuple[str, ...]
    new: tuple[str, ...] = ()

    @property
    def goals(self) -> tuple[str, ...]:
        """The list that comes of it."""
        return tuple(text for text in (*self.texts, *self.new) if text)

    @property
    def renamed(self) -> dict[str, str]:
        """The goals that are called something else now."""
        pairs = zip(self.base, self.texts, strict=True)
        return {goal: text for goal, text in pairs if text not in ("", goal)}

    @property
    def removed(self) -> tuple[str, ...]:
        """The goals that are taken away."""
        return tuple(goal for goal, text in zip(self.base, self.texts, strict=True) if not text)

    def checked(self) -> "Draft":
        """As it may be stored.

        Raises:
            UserError: a text is too long, stands there twice, or there are too many; `field` is
                "goal." or "goal_new." with the number of the text.
        """
        texts = tuple(_line(text, f"goal.{n}") for n, text in enumerate(self.texts))
        new = tuple(_line(text, f"goal_new.{n}") for n, text in enumerate(self.new))
        _check_doubled(
            {f"goal.{n}": text for n, text in enumerate(texts)}
            | {f"goal_new.{n}": text for n, text in enumerate(new)}
        )
        draft = replace(self, texts=texts, new=tuple(filter(None, new)))
        _check_number(draft.goals, "goal_new")
        return draft

    def moved(self, theirs: tuple[str, ...]) -> "Draft":
        """The same on top of a list that a colleague has changed meanwhile.

        What she renamed or took away stays so; a text of mine for it becomes a new goal.
        """
        mine = dict(zip(self.base, self.texts, strict=True))
        homeless = [text for goal, text in self.renamed.items() if goal not in theirs]
        texts = tuple(mine.get(goal, goal) for goal in theirs)
        here = {fold(text) for text in texts}
        new = dict.fromkeys(text for text in (*homeless, *self.new) if fold(text) not in here)
        return Draft(theirs, texts, tuple(filter(None, new)))


def tidy(texts: Sequence[str], field: str) -> tuple[str, ...]:
    """The goals in their order, without blanks and without one that differs in spelling only.

    Raises:
        UserError: there are too many, or one is too long.
    """
    kept: dict[str, str] = {}
    for text in texts:
        kept.setdefault(fold(text), guard.line(text, field=field, limit=GOAL_LENGTH))
    kept.pop("", None)
    _check_number(tuple(kept.values()), field)
    return tuple(kept.values())


def key(goal: str) -> str:
    """What a button calls a goal by."""
    return f"{crc32(goal.encode()):08x}"


def listed_as(goals: Sequence[str]) -> str:
    """Another for each list of goals, so that a form can tell whether it has changed."""
    return key("\n".join(goals))


def found(goals: Sequence[str], wanted: str) -> str:
    """The goal of that key.

    Raises:
        UserError: it is not on the list any more.
    """
    for goal in goals:
        if key(goal) == wanted:
            return goal
    raise UserError("The goals have been changed meanwhile. Write `/partner goals` to see them.")


def on_the_list(library: Workspace, now: Partner, chosen: Partner) -> Partner:
    """The partner with those of the chosen goals that may be chosen.

    They are the library's, and what stands on the card already. Where another one was chosen the
    list has changed meanwhile, and nothing that the card has now is taken off it.
    """
    known = [goal for goal in chosen.goals if goal in (*library.goals, *now.goals)]
    if len(known) == len(chosen.goals):
        return chosen
    return replace(chosen, goals=tuple(dict.fromkeys((*now.goals, *known))))


def is_tied(library: Workspace, partner: Partner) -> bool:
    """Whether the relation is tied to something that the library wants.

    To one of its goals, where it has any; otherwise to one of the general purposes.
    """
    if library.goals:
        return not set(library.goals).isdisjoint(partner.goals)
    return bool(partner.purposes)


def _line(text: str, field: str) -> str:
    line = guard.line(text, field=field, limit=GOAL_LENGTH)
    return line if fold(line) else ""


def _check_doubled(texts: Mapping[str, str]) -> None:
    seen: set[str] = set()
    for field, text in texts.items():
        if text and fold(text) in seen:
            raise UserError(
                "That goal stands there already. Word one of them otherwise, or leave it empty.",
                field=field,
            )
        seen.add(fold(text))


def _check_number(goals: Sequence[str], field: str) -> None:
    if len(goals) > GOALS:
        raise UserError(
            "There are {number} of these, and room for {limit}. Take some away.",
            field=field,
            number=len(goals),
            limit=GOALS,
        )
