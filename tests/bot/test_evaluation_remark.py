import pytest

from bot.errors import UserError
from bot.evaluation_remark import TEXT, checked_remark
from bot.guard import NOTE_LENGTH


def test_a_remark_is_kept_word_by_word() -> None:
    text = "Vi ringer til Nadia.\n\nOg kun *hende*."
    assert checked_remark(f" {text}\n") == text
    assert checked_remark("x" * NOTE_LENGTH) == "x" * NOTE_LENGTH


@pytest.mark.parametrize(
    ("text", "told"),
    [(" \n", "Write what is to be kept"), ("x" * 3001, "too long"), ("010203-1234", "CPR")],
)
def test_what_cannot_be_kept_says_why(text: str, told: str) -> None:
    with pytest.raises(UserError, match=told) as refused:
        checked_remark(text)
    assert refused.value.field == TEXT
