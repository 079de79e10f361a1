from hypothesis import strategies as st

from bot.translation import Translator
from handlers.command_table import SUBCOMMANDS
from handlers.views.command import Entry, help_reply
from handlers.views.notice import already_saved, trouble
from tests.handlers.views.extreme import (
    LANGUAGES,
    NASTY,
    accepted_message,
    accepted_view,
    extremes,
    texts,
    words,
)


@LANGUAGES
def test_the_help_is_accepted_and_names_every_command(t: Translator) -> None:
    entries = [Entry(row.example, row.help) for row in SUBCOMMANDS]
    shown = accepted_message(t, help_reply(t, entries))
    for row in SUBCOMMANDS:
        assert t(row.example) in texts(shown)
        assert t(row.help) in texts(shown)


@LANGUAGES
@extremes(
    value=words(300), sentence=st.sampled_from(("Nej: {value}.", "**{value}** `x`", "{value}"))
)
def test_a_sentence_of_trouble_takes_any_value_as_text(
    t: Translator, value: str, sentence: str
) -> None:
    shown = accepted_message(t, trouble(sentence, value=value))
    assert value in texts(shown)


@LANGUAGES
def test_a_sentence_without_values_is_left_alone(t: Translator) -> None:
    for piece in NASTY:
        accepted_message(t, trouble(f"Der står {piece} på skiltet."))


@LANGUAGES
def test_a_form_sent_twice_says_it_is_saved(t: Translator) -> None:
    accepted_view(already_saved(t))
