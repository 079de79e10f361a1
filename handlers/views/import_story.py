"""How many contacts, moves, checks and evaluations come along with our own JSON."""

from collections.abc import Mapping

from bot.translation import Translator


def told(t: Translator, many: Mapping[str, int]) -> list[str]:
    """A sentence for each sort of which there is one."""
    contacts, moves, checks, evaluations = _numbers(many)
    said = (
        (contacts, t.n("one contact comes along", "{number} contacts come along", contacts)),
        (moves, t.n("one move comes along", "{number} moves come along", moves)),
        (checks, t.n("one check comes along", "{number} checks come along", checks)),
        (
            evaluations,
            t.n("one evaluation comes along", "{number} evaluations come along", evaluations),
        ),
    )
    return [words for number, words in said if number]


def came(t: Translator, many: Mapping[str, int]) -> list[str]:
    """The same of what is stored."""
    contacts, moves, checks, evaluations = _numbers(many)
    said = (
        (contacts, t.n("one contact came along", "{number} contacts came along", contacts)),
        (moves, t.n("one move came along", "{number} moves came along", moves)),
        (checks, t.n("one check came along", "{number} checks came along", checks)),
        (
            evaluations,
            t.n("one evaluation came along", "{number} evaluations came along", evaluations),
        ),
    )
    return [words for number, words in said if number]


def listed(t: Translator, many: Mapping[str, int]) -> str:
    """What is new on a card that we have, as one of its changes; empty where it is nothing."""
    contacts, moves, checks, evaluations = _numbers(many)
    said = (
        (contacts, t.n("one contact", "{number} contacts", contacts)),
        (moves, t.n("one move in the circle", "{number} moves in the circle", moves)),
        (checks, t.n("one check", "{number} checks", checks)),
        (evaluations, t.n("one evaluation", "{number} evaluations", evaluations)),
    )
    return t.list([words for number, words in said if number])


def _numbers(many: Mapping[str, int]) -> list[int]:
    return [many.get(name, 0) for name in ("contacts", "moves", "checks", "evaluations")]
