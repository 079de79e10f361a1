from datetime import date

import pytest

from bot.partner import Kind, Partner, RelationType, Room, Status
from bot.translation import Translator
from bot.words import place, shown
from bot.workspace import Language


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [
        (date(2026, 11, 24), "24. nov.", "24 Nov"),
        (Kind.CULTURE, "kulturinstitution", "cultural institution"),
        ((Room.LEARNING,), "læringsrummet", "the learning room"),
        (("lektier", "unge"), "lektier, unge", "lektier, unge"),
        ("Springbræt", "Springbræt", "Springbræt"),
        ((), "", ""),
        (None, "", ""),
    ],
)
def test_a_value_is_shown_in_words(value: object, danish: str, english: str) -> None:
    assert shown(Translator(Language.DANISH), value) == danish
    assert shown(Translator(Language.ENGLISH), value) == english


@pytest.mark.parametrize(
    ("partner", "word"),
    [
        (Partner("Museet", status=Status.ACTIVE), "network"),
        (Partner("Museet", status=Status.RESTING), "resting"),
        (Partner("Banken", relation_type=RelationType.SPONSOR, status=Status.ACTIVE), "sponsor"),
    ],
)
def test_a_partner_stands_in_the_circle_or_is_what_it_is(partner: Partner, word: str) -> None:
    assert place(partner) == word
