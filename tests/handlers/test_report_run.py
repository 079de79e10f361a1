"""`partnerbot report`, as the one who runs the bot meets it."""

import asyncio
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app, main
from bot.partner import Partner
from bot.workspace import Workspace
from handlers.clock import Clock
from storage import migrate
from storage import partner as register_of
from storage import workspace as settings_of
from storage.database import Store
from tests.handlers.folder import database, with_store

OLD = datetime(2024, 3, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library's database, and the settings that name it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database(tmp_path))
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    asyncio.run(migrate.upgrade(database(tmp_path), backup=False))
    return tmp_path


def add(folder: Path, name: str = "Springbræt", team: str = "T1") -> None:
    async def work(store: Store) -> None:
        await store.write(register_of.add, team, Partner(name), by="U01", now=OLD)
        await store.write(settings_of.save_settings, team, Workspace(), now=OLD)

    with_store(folder, work)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["report", *arguments])


def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    monkeypatch.setattr(sys, "argv", ["partnerbot", "report", *more])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    return capsys.readouterr().err.strip()


def test_a_process_tells_it_in_the_librarys_language(folder: Path) -> None:
    add(folder)
    command = [sys.executable, "-m", "bot", "report", "--year", "2024"]
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(command, capture_output=True, check=True, env=here, encoding="utf-8")  # noqa: S603 - our own command
    assert done.stdout.startswith("Partnerskaber i 2024\n====")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "Netværk 0 1 0 0 0 1" in lines


def test_a_file_for_a_spreadsheet_and_one_for_a_program(folder: Path) -> None:
    add(folder)
    assert run("--year", "2025", "--out", "tal.csv").stdout == "tal.csv\n"
    assert (folder / "tal.csv").read_bytes().startswith(b"\xef\xbb\xbfyear;from;to;")
    assert run("--year", "2025", "--out", "tal.txt", "--format", "json").exit_code == 0
    assert json.loads((folder / "tal.txt").read_text("utf-8"))["tables"]["circle"]["rows"]


def test_the_same_whenever_it_is_asked_for(folder: Path) -> None:
    add(folder)
    first = run("--year", "2025").stdout
    add(folder, "Byens Museum, hentet i 2024 med fejl", team="T2")
    assert run("--year", "2025", "--team", "T1").stdout == first


def test_a_year_that_is_not_over_says_so(folder: Path) -> None:
    add(folder)
    year = str(Clock().now().year)
    assert " til og med " in run("--year", year).stdout.splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--year", "2023"), "Registret begynder 2024-03-01. Der er ingen tal for 2023."),
        (("--year", "9999"), "9999 er ikke begyndt."),
        (("--year", "2024", "--team", "T9"), "Say with --team which library: T1."),
        (("--year", "2024", "--out", "tal.pdf"), "Jeg kan ikke se på ”tal.pdf”"),
        (("--year", "2024", "--out", "der.txt"), "der.txt er der allerede"),
    ],
)
def test_what_cannot_be_told_is_said_in_a_sentence(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    sentence: str,
) -> None:
    add(folder)
    (folder / "der.txt").write_text("noget")
    assert refused(monkeypatch, capsys, *arguments).startswith(sentence)


def test_several_libraries_and_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert refused(monkeypatch, capsys, "--year", "2024").endswith("holds no register yet.")
    add(folder)
    add(folder, team="T2")
    assert refused(monkeypatch, capsys, "--year", "2024").endswith("which library: T1, T2.")
