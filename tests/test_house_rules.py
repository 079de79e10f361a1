"""The map of the house, kept true: where things may live and what a file may do."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
LONGEST = 250  # lines: one room is seen at a glance

FEATURES = {
    "partner",
    "circle",
    "tjek",
    "evaluation",
    "reminder",
    "digest",
    "goal",
    "offer",
    "meeting",
    "campaign",
    "privacy",
    "duplicate",
    "workspace",
    "home",
    "export",
    "backup",
    "import",
    "history",
    "report",
}
MECHANISMS = {"contact", "round"}
ROOMS = FEATURES | MECHANISMS

# What has no room in every folder, and what it is for.
MACHINERY = {
    "bot": {
        "cli": "the command line",
        "delivery": "what helps a message that did not get through",
        "drawing": "pieces of a picture",
        "edits": "two who edit at once",
        "errors": "sentences a person can act on",
        "guard": "what every typed text must pass",
        "identifiers": "CVR, mail, phone and web addresses",
        "intake": "what may be stored of a partner",
        "likeness": "whether two partners are one",
        "settings": "what the one who runs the bot decides",
        "signature": "reading a pasted mail signature",
        "text": "folding and cleaning of what people type",
        "timetable": "working days, and what runs every day or week",
        "translation": "the catalogues",
        "words": "the names of what the method counts",
    },
    "handlers": {
        "access": "who may use the bot",
        "app": "all features signed up",
        "clock": "what time it is",
        "command": "the table of subcommands",
        "connection": "Socket Mode and HTTP",
        "delivery": "saying something later or to somebody else",
        "demo": "sandbox and bot in one command",
        "desk": "where listeners sign up",
        "errors": "the two endings",
        "house": "what lives as long as the process",
        "install": "many workspaces over OAuth",
        "language": "which language a person is spoken to in",
        "manifest": "app.yaml, for Socket Mode or HTTP",
        "png": "a drawing as a picture",
        "private": "a file for the one who asked for it",
        "questions": "editing what a library asks",
        "serve": "from settings to a running bot",
        "setup": "init and check",
        "shell": "what the commands of a shell share",
        "slack": "what check asks Slack",
        "stale": "old buttons",
        "tick": "what is due, asked once a second",
        "turn": "one interaction",
        "vault": "tokens encrypted at rest",
    },
    "handlers/views": {
        "command": "the help",
        "delivery": "what did not get through, on Home",
        "install": "what the browser says after an installation",
        "notice": "a message as a modal",
        "parts": "the pieces of every view",
        "questions": "who changed what a library asks",
    },
    "storage": {
        "database": "transactions",
        "delivery": "what is to be said, and whether it was",
        "errors": "the database's troubles as sentences",
        "job": "which planned jobs have run",
        "lock": "one bot per SQLite file",
        "migrate": "the schema's versions",
        "schema": "the one MetaData",
        "seen": "each event and interaction once",
        "types": "columns both databases share",
    },
}

EDGES = {"handlers/clock.py", "sandbox/clock.py"}  # where the time may be read


def tracked(*suffixes: str) -> list[Path]:
    """What git knows or would take, so that a scratch file breaks no rule."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=HOUSE, capture_output=True, text=True, check=True).stdout  # noqa: S603 - a fixed command
    return [path for n in names.split() if n.endswith(suffixes) and (path := HOUSE / n).exists()]


def name_of(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def sources(*folders: str) -> list[Path]:
    paths = [p for p in tracked(".py") if name_of(p).startswith(tuple(f"{f}/" for f in folders))]
    return [p for p in paths if "migrations" not in p.parts]


def modules(folder: str) -> list[Path]:
    """The modules right in that folder, without __init__ and __main__."""
    inside = [p for p in tracked(".py") if name_of(p.parent) == folder]
    return [p for p in inside if not p.stem.startswith("__")]


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


@pytest.mark.parametrize("folder", MACHINERY)
def test_every_module_is_a_room_or_named_machinery(folder: str) -> None:
    here = {p.stem for p in modules(folder)}
    assert here
    known = ROOMS | {*MACHINERY[folder]}
    strangers = {stem for stem in here if stem.partition("_")[0] not in known}
    assert not strangers, "a room has one word everywhere; machinery is named above, with its use"


@pytest.mark.parametrize("folder", MACHINERY)
def test_the_list_of_machinery_names_nothing_that_is_gone(folder: str) -> None:
    assert {*MACHINERY[folder]} <= {p.stem.partition("_")[0] for p in modules(folder)}


@pytest.mark.parametrize("folder", ["bot", "handlers", "storage"])
def test_every_room_has_its_tests(folder: str) -> None:
    rooms = {p.stem.partition("_")[0] for p in modules(folder)} & ROOMS
    tests = modules(f"tests/{folder}")
    tested = {p.stem.removeprefix("test_").partition("_")[0] for p in tests}
    types_only = {"partner", "workspace"} if folder == "bot" else set()
    assert rooms - types_only <= tested


def test_no_file_is_longer_than_a_glance() -> None:
    long = {
        name_of(p): lines
        for p in tracked(".py")
        if not name_of(p).startswith(("tests/", "storage/migrations/"))
        if (lines := len(p.read_text().splitlines())) > LONGEST
    }
    assert not long


def test_no_room_is_called_a_junk_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "lib"}
    assert not [name_of(p) for p in tracked(".py") if drawers & {p.stem, *p.parts}]


def test_the_time_is_read_at_the_edge_only() -> None:
    reading = {"datetime.now", "datetime.utcnow", "date.today", "time.time", "datetime.today"}
    late = [
        f"{name_of(path)}: {name}"
        for path in sources("bot", "handlers", "storage", "sandbox")
        if name_of(path) not in EDGES
        for name, _ in calls(path)
        if name in reading or name.endswith((".datetime.now", ".date.today"))
    ]
    assert not late, "take now or today as an argument"


def test_tests_neither_mock_nor_sleep() -> None:
    lazy = [
        name_of(path)
        for path in sources("tests")
        for name, _ in calls(path)
        if name.endswith("sleep") or "Mock" in name
    ]
    assert not lazy


def test_only_the_walls_catch_everything() -> None:
    walls = {"handlers/errors.py", "handlers/clock.py", "handlers/delivery.py"}
    broad = {
        name_of(path)
        for path in sources("bot", "handlers", "storage")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and not any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
    }
    assert broad <= walls


def test_every_exemption_gives_its_reason() -> None:
    bare = [
        f"{name_of(path)}: {line.strip()}"
        for path in tracked(".py")
        for line in path.read_text().splitlines()
        if re.search(r"#\s*(noqa|type: ignore|pragma)", line) and not _has_reason(line)
        if path != Path(__file__)
    ]
    assert not bare


def _has_reason(line: str) -> bool:
    return bool(
        re.search(r"#\s*(noqa: [A-Z0-9, ]+|type: ignore\[[\w-]+\]|pragma: \w+) *[-#] \S", line)
    )


def test_every_ignored_lint_rule_gives_its_reason() -> None:
    text = (HOUSE / "pyproject.toml").read_text()
    ruff = text[text.index("[tool.ruff.lint]") : text.index("[tool.ruff.lint.flake8-tidy-imports]")]
    rules = [line for line in ruff.splitlines() if re.match(r'\s+"[A-Z]+\d*"', line)]
    assert rules
    assert not [line for line in rules if "# " not in line]


def test_nothing_speaks_of_where_it_was_made() -> None:
    places = re.compile("|".join(["/wo" + "rk/", "/ro" + "ot/", "python" + "hosted", "npm" + "js"]))
    files = tracked(".py", ".md", ".yaml", ".toml", ".lock", "Makefile", "run")
    assert not [name_of(p) for p in files if places.search(p.read_text())]
