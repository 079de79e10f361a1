"""Danish is complete at all times, and every sentence stands in the catalogue and nowhere else."""

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from bot.errors import UserError
from bot.translation import Translator, catalogue_files
from bot.workspace import Language

HOUSE = Path(__file__).parents[1]
FOLDERS = ("bot", "handlers", "storage")
KEYWORDS: Any = {"t": None, "n": (1, 2), "mark": None, "UserError": None}

Msgid = str | tuple[str, ...]

# Words of the command line and of danish people's own, which are not sentences of the bot.
DANISH_IN_CODE = {
    "bot/drawing_width.py",
    "bot/identifiers.py",
    "bot/signature.py",
    "bot/signature_words.py",
    "bot/text.py",
    "handlers/command_table.py",
    "handlers/views/command.py",
    "storage/partner_spelling.py",
}


def in_code() -> set[Msgid]:
    return {
        message if isinstance(message, str) else tuple(message[:2])
        for folder in FOLDERS
        for _, _, message, _, _ in extract_from_dir(
            str(HOUSE / folder),
            method_map=[("**.py", "python")],
            options_map={},
            keywords=KEYWORDS,
        )
    }


def in_danish() -> dict[Msgid, tuple[str, ...]]:
    found: dict[Msgid, tuple[str, ...]] = {}
    for path in catalogue_files(Language.DANISH):
        with path.open("rb") as file:
            for message in read_po(file, locale="da"):
                if message.id:
                    key = tuple(message.id) if isinstance(message.id, (list, tuple)) else message.id
                    assert key not in found, f"{key!r} stands in two catalogues"
                    texts = message.string or ""
                    found[key] = (texts,) if isinstance(texts, str) else tuple(texts)
    return found


def test_every_sentence_has_its_danish() -> None:
    danish = in_danish()
    assert not in_code() - danish.keys()
    assert not [key for key, texts in danish.items() if not all(texts)]


def test_no_translation_has_lost_its_sentence() -> None:
    assert not in_danish().keys() - in_code()


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("sign", ["**", "`"])
def test_translations_keep_the_markup(sign: str) -> None:
    wrong = [
        key
        for key, texts in in_danish().items()
        for text in texts
        if text.count(sign) != (key if isinstance(key, str) else key[0]).count(sign)
    ]
    assert not wrong


def test_translations_keep_the_placeholders() -> None:
    wrong = [
        key
        for key, texts in in_danish().items()
        for text in texts
        if placeholders(text) - {"number"}
        != placeholders(key if isinstance(key, str) else key[-1]) - {"number"}
    ]
    assert not wrong


def test_danish_keeps_the_tone() -> None:
    texts = [text for texts in in_danish().values() for text in texts]
    words = r"venligst|\bbrugeren (?!mangler)|systemet|valgfri|overskredet|forsinket|!|“"
    banned = re.compile(words, re.IGNORECASE)
    assert not [text for text in texts if banned.search(text)]


def test_no_danish_sentence_stands_in_the_code() -> None:
    inline = [
        f"{path.relative_to(HOUSE)}: {node.value!r}"
        for folder in FOLDERS
        for path in (HOUSE / folder).rglob("*.py")
        if path.relative_to(HOUSE).as_posix() not in DANISH_IN_CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.search("[æøåÆØÅ]", node.value) and not _is_docstring(path, node)
    ]
    assert not inline


def _is_docstring(path: Path, node: ast.Constant) -> bool:
    source = path.read_text().splitlines()
    return '"""' in source[node.lineno - 1]


def test_a_sentence_is_filled_in_and_dates_are_danish() -> None:
    t = Translator(Language.DANISH)
    assert t("**{name}** is saved.", name="Springbræt") == "**Springbræt** er gemt."
    assert t.long_day(date(2026, 11, 24)) == "tirsdag den 24. november"
    assert t.day(datetime(2026, 11, 23, 23, 30, tzinfo=UTC)) == "24. nov."
    assert t.number(1500) == "1.500"
    assert t.list(["note", "navn", "mail"]) == "note, navn og mail"
    assert t.n("and one more", "and {number} more", 3) == "og 3 mere"
    assert t.error(UserError("Write what the organisation is called.")).startswith("Skriv")


def test_english_is_the_source_and_complete_by_itself() -> None:
    t = Translator(Language.ENGLISH)
    assert t("**{name}** is saved.", name="Springbræt") == "**Springbræt** is saved."
    assert t.long_day(date(2026, 11, 24)) == "Tuesday 24 November"
    assert t.n("and one more", "and {number} more", 1) == "and one more"
