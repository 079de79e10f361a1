from datetime import date

import pytest

from bot.partner import Kind, Room
from bot.translation import Translator
from bot.words import shown
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
