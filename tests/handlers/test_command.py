import pytest

from bot.text import fold
from bot.translation import Translator
from bot.workspace import Language
from handlers.command import NAME, WORDS
from handlers.command_table import SUBCOMMANDS, Subcommand
from tests.handlers.library import Library, said

DANISH, ENGLISH = Translator(Language.DANISH), Translator(Language.ENGLISH)


@pytest.mark.parametrize(
    "text", ["hjælp", "Hjælp", "hjaelp", "HJÆLP.", "help", "?", " hjælp ", "mere"]
)
async def test_help_is_found_however_it_is_written(library: Library, text: str) -> None:
    await library.write(text)
    shown = said(await library.message())
    assert "Det kan du skrive" in shown
    for row in SUBCOMMANDS:
        assert DANISH(row.example) in shown


@pytest.mark.parametrize("text", ["tjek", "check", "Tjek.", "  Tjek  ", "TJEK Springbræt"])
async def test_the_check_is_found_however_it_is_written(library: Library, text: str) -> None:
    await library.write(text)
    assert (await library.view())["title"]["text"] == "Tjek · Hvem og hvad?"


async def test_help_is_seen_by_nobody_else(library: Library) -> None:
    await library.write("hjælp")
    channels = (await library.state("U03"))["channels"]
    assert not [m for c in channels for m in c["messages"] if m["ephemeral"]]


async def test_a_guest_is_told_who_to_ask(library: Library) -> None:
    await library.control("channels", id="C03", members=["U02", "U04", "@app"])
    await library.write("hjælp", user="U04")
    assert "Spørg den, der inviterede dig." in said(await library.message("U04"))


async def test_a_removed_member_reaches_nothing(library: Library) -> None:
    await library.control("members", id="U02", name="mette", deleted=True)
    done = await library.control(
        "slash", user="U02", channel="C01", command="/partner", text="hjælp"
    )
    assert not done["ok"]


@pytest.mark.parametrize(
    "text",
    ["<!channel>", "&lt;b&gt;", "*fed* _skrå_", "\u202eabc", ":smile:", "'; DROP TABLE x;--"],
)
async def test_whatever_is_typed_is_shown_and_does_nothing(library: Library, text: str) -> None:
    await library.write(text)
    message = await library.message()
    assert "Jeg fandt ingen partner" in said(message)
    assert "<!channel>" not in message["text"]


async def test_a_slip_is_answered_with_the_word_that_was_meant(library: Library) -> None:
    for typed, meant in (("tejk", "tjek"), ("chekc", "check")):
        await library.write(typed)
        assert f"Mente du /partner {meant}?" in said(await library.message())


@pytest.mark.parametrize("row", SUBCOMMANDS, ids=lambda row: row.word)
def test_each_reader_sees_a_word_of_the_own_language(row: Subcommand) -> None:
    danish, english = (f"{t(row.example).removeprefix(NAME)} " for t in (DANISH, ENGLISH))
    assert danish.startswith(f" {row.word} ")
    (word,) = [word for word in row.also if english.startswith(f" {word} ")]
    assert WORDS[fold(word)] is row


async def test_the_help_is_english_for_who_chose_english(library: Library) -> None:
    await library.write("settings")
    await library.submit({"language": "en"})
    await library.write("help")
    shown = said(await library.message())
    assert "/partner check Springbræt" in shown
    assert "tjek" not in shown


def test_no_word_means_two_things() -> None:
    assert len(WORDS) == sum(1 + len(row.also) for row in SUBCOMMANDS)
