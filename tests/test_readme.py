"""The documents say what the code does: their tables, their paths, their lists."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import app
from handlers.command import NAME
from handlers.command_table import SUBCOMMANDS
from handlers.manifest import manifest_content
from tests.test_house_rules import FEATURES, HOUSE, MECHANISMS

README = HOUSE / "README.md"
DOCUMENTS = [README, HOUSE / "CHANGELOG.md", *sorted((HOUSE / "docs").glob("*.md"))]
LONGEST = 150  # lines of the README: what is longer has a document of its own

SUFFIXES = {".example", ".lock", ".md", ".po", ".png", ".py", ".toml", ".yaml"}
# What is made on the reader's machine is named in the documents and not in the repository.
MADE = tuple(line.rstrip("/") for line in (HOUSE / ".gitignore").read_text().split())


def words(document: Path) -> str:
    """The text without its blocks of commands."""
    return re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)


def quoted(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", text)


def table(heading: str) -> list[list[str]]:
    """The cells of the first table under a heading of the README, without its head."""
    section = words(README).split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line.strip("|") for line in section.splitlines() if line.startswith("|")]
    return [line.split("|") for line in lines[2:]]


def is_path(word: str) -> bool:
    named = re.fullmatch(r"[\w.<>*-]+(/[\w.<>*-]+)*/?", word)
    return bool(named) and ("/" in word or Path(word).suffix in SUFFIXES)


def paths(document: Path) -> Iterator[str]:
    """What is named in backticks, from the top of the house, <word> standing for any word."""
    for word in quoted(words(document)):
        if is_path(word) and word.split("/")[0] not in MADE:
            yield re.sub(r"<\w+>", "*", word)


def links(document: Path) -> list[str]:
    """What is linked to, from the document's own folder."""
    found = re.findall(r"\]\(([^)#]+)", words(document))
    return [link for link in found if "://" not in link]


def test_the_readme_is_read_in_one_go() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) < LONGEST


def test_the_subcommands_are_those_of_the_code() -> None:
    rows = [(quoted(word)[0], tuple(quoted(also))) for word, also, _ in table("What you can write")]
    told = [row for row in rows if row[0] != NAME]
    assert told == [(f"{NAME} {row.word}", row.also) for row in SUBCOMMANDS]


def test_the_command_is_the_one_that_slack_is_told_of() -> None:
    (command,) = manifest_content()["features"]["slash_commands"]
    assert command["command"] in quoted(words(README))


def test_the_command_line_is_that_of_the_code() -> None:
    told = [quoted(command) for command, _ in table("The command line")]
    known = [row.name or row.callback.__name__ for row in app.registered_commands if row.callback]
    assert sorted(told) == sorted([f"partnerbot {name}"] for name in known)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_that_is_named_is_there(document: Path) -> None:
    assert not [path for path in paths(document) if not any(HOUSE.glob(path.rstrip("/")))]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    assert not [link for link in links(document) if not (document.parent / link).exists()]


def test_every_make_target_that_is_named_is_there() -> None:
    makefile = (HOUSE / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE)
    text = "".join(document.read_text(encoding="utf-8") for document in DOCUMENTS)
    named = set(re.findall(r"(?:`|^)make (\w+)", text, flags=re.MULTILINE))
    assert {"demo", "test"} <= named <= set(targets)


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    wanted = [name for group in groups for line in group for name in re.findall(r"^[\w-]+", line)]
    reasons = words(HOUSE / "docs" / "decisions.md").split("## What does each dependency")[1]
    given = [
        name
        for line in reasons.splitlines()
        if line.startswith("- ")
        for name in quoted(line.split(": ")[0])
    ]
    assert not set(given) ^ set(wanted)


def test_every_room_is_in_the_glossary() -> None:
    lines = words(HOUSE / "docs" / "glossary.md").splitlines()
    first = {word for line in lines if line.startswith("| ") for word in line.split("|")[1].split()}
    known = {word.strip(",") for word in first}
    assert not (FEATURES | MECHANISMS) - known
