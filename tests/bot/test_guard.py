import pytest

from bot import guard
from bot.errors import UserError

CPR = "Anne er født 010180-1234"


def test_a_line_is_cleaned() -> None:
    assert guard.line(" Bo\u202e \n <!channel> &lt; 🎉 ", field="area", limit=20) == (
        "Bo <!channel> &lt; 🎉"
    )


def test_a_line_may_be_as_long_as_its_limit() -> None:
    assert guard.line("x" * 20, field="area", limit=20) == "x" * 20
    with pytest.raises(UserError, match="This is too long") as refused:
        guard.line("x" * 21, field="area", limit=20)
    assert refused.value.field == "area"
    assert refused.value.values == {"length": 21, "limit": 20}


def test_a_note_keeps_its_lines_and_has_a_limit() -> None:
    assert guard.note(" et\r\nto ") == "et\nto"
    assert len(guard.note("x" * guard.NOTE_LENGTH)) == guard.NOTE_LENGTH
    with pytest.raises(UserError, match="The note is too long") as refused:
        guard.note("x" * 10_214)
    assert refused.value.field == "note"
    assert refused.value.values == {"length": 10_214, "limit": 3_000}


def test_a_personal_number_stops_any_text() -> None:
    with pytest.raises(UserError, match="CPR") as refused:
        guard.line(CPR, field="area", limit=100)
    assert refused.value.field == "area"
    with pytest.raises(UserError, match="CPR") as refused:
        guard.note(CPR, field="idea")
    assert refused.value.field == "idea"
    assert "010180" not in str(refused.value.values)


def test_sentences_fill_in_their_values() -> None:
    with pytest.raises(UserError) as refused:
        guard.note("x" * 3001)
    assert refused.value.msgid.format(**refused.value.values).startswith(
        "The note is too long (3001 characters, there is room for 3000)."
    )
