from collections.abc import Callable

import pytest

from bot import export_words
from bot.circle import Level
from bot.errors import UserError
from bot.export import Filters
from bot.partner import Kind, Room


@pytest.mark.parametrize(
    ("of", "typed", "meant"),
    [
        (export_words.level, "network", Level.NETWORK),
        (export_words.level, "Netværk", Level.NETWORK),
        (export_words.level, "netvaerk", Level.NETWORK),
        (export_words.kind, "forening", Kind.ASSOCIATION),
        (export_words.kind, "company", Kind.FIRM),
        (export_words.room, "læringsrummet", Room.LEARNING),
    ],
)
def test_either_language_will_do(of: Callable[[str], object], typed: str, meant: object) -> None:
    assert of(typed) is meant


def test_what_there_is_is_said_where_a_word_means_nothing() -> None:
    with pytest.raises(UserError) as refused:
        export_words.level("venner")
    assert refused.value.values == {
        "word": "venner",
        "known": "network (netværk), collaboration (samarbejde), partnership (partnerskab)",
    }


def test_what_is_left_out_chooses_everything() -> None:
    chosen = export_words.filters(levels=[Level.NETWORK], kinds=None, goals=["Flere børn læser"])
    assert chosen == Filters(levels=(Level.NETWORK,), goals=("Flere børn læser",))
