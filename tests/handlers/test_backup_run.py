import asyncio
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.errors import UserError
from bot.partner import Partner
from storage import migrate, partner, partner_search
from storage.database import Store
from storage.lock import only_bot
from tests.handlers.folder import database
from tests.handlers.test_export_run import add


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library's database, and the settings that name it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    monkeypatch.setenv("DATABASE_URL", database(tmp_path))
    asyncio.run(migrate.upgrade(database(tmp_path), backup=False))
    add(tmp_path, Partner("Springbræt"), Partner("Byens Museum"))
    return tmp_path


@pytest.fixture
def another(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Name another database in the settings, of which there is no file yet."""

    def name() -> Path:
        file = folder / "another.db"
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{file}")
        return file

    return name


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def refused(*arguments: str) -> str:
    """The sentence that main() would print."""
    result = run(*arguments)
    assert isinstance(result.exception, UserError), result.output
    return result.exception.msgid.format(**result.exception.values)


def asked(file: Path, fn: Callable[..., Any], *arguments: object) -> Any:
    async def ask() -> Any:
        store = await Store.open(f"sqlite:///{file}")
        try:
            return await store.read(fn, *arguments)
        finally:
            await store.close()

    return asyncio.run(ask())


def test_everything_out_and_into_another_database(
    folder: Path, another: Callable[[], Path]
) -> None:
    saved = run("export", "--all", "kopi.jsonl")
    assert saved.exit_code == 0, saved.output
    assert stat.S_IMODE((folder / "kopi.jsonl").stat().st_mode) == 0o600
    assert not list(folder.glob("*.unfinished"))
    file = another()
    done = run("restore", "kopi.jsonl")
    assert done.exit_code == 0, done.output
    assert f"{file}: 3 rows, as of 20" in done.output
    assert "kopi.jsonl: 3 rækker" in saved.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "alembic" not in done.output
    assert asked(file, partner.count, "T1") == 2
    (hit,) = asked(file, partner_search.search, "T1", "springbr")
    assert hit.name == "Springbræt"


def test_one_library_of_several(folder: Path, another: Callable[[], Path]) -> None:
    add(folder, Partner("De andres"), team="T2")
    assert "which library: T1, T2." in refused("export", "--all", "--team", "T3", "kopi.jsonl")
    assert run("export", "--all", "--team", "T2", "kopi.jsonl").exit_code == 0
    file = another()
    assert run("restore", "kopi.jsonl").exit_code == 0
    assert [asked(file, partner.count, team) for team in ("T1", "T2")] == [0, 1]


@pytest.mark.parametrize(
    "part", [("--what", "people"), ("--format", "json"), ("--level", "network")]
)
def test_a_backup_of_a_part_is_refused(folder: Path, part: tuple[str, ...]) -> None:
    assert "--all is everything" in refused("export", "--all", *part, "kopi.jsonl")
    assert not (folder / "kopi.jsonl").exists()


def test_nothing_is_written_over(folder: Path) -> None:
    (folder / "kopi.jsonl").write_text("mine")
    assert "kopi.jsonl er der allerede." in refused("export", "--all", "kopi.jsonl")
    assert (folder / "kopi.jsonl").read_text() == "mine"
    assert "kan ikke skrives: No such" in refused("export", "--all", "ingen/kopi.jsonl")


def test_a_full_database_is_refused_and_left_alone(folder: Path) -> None:
    assert run("export", "--all", "kopi.jsonl").exit_code == 0
    add(folder, Partner("Ny"))
    assert "holds a register already" in refused("restore", "kopi.jsonl")
    assert asked(folder / "partnerbot.db", partner.count, "T1") == 3


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda content: content[:-10], "its end is missing"),
        (lambda content: content.replace(b"Byens", b"Ryens"), "is not as it was when it was made"),
        (lambda _: b"Navn;Mail\r\n", "is no backup"),
    ],
)
def test_a_spoilt_file_is_refused(
    folder: Path,
    another: Callable[[], Path],
    spoil: Callable[[bytes], bytes],
    sentence: str,
) -> None:
    assert run("export", "--all", "kopi.jsonl").exit_code == 0
    file = folder / "kopi.jsonl"
    file.write_bytes(spoil(file.read_bytes()))
    database_file = another()
    assert sentence in refused("restore", "kopi.jsonl")
    assert not database_file.exists()


def test_a_file_that_is_not_there(folder: Path) -> None:
    assert "nix.jsonl cannot be read: No such file" in refused("restore", "nix.jsonl")
    assert f"{folder.name} cannot be read: Is a directory" in refused(
        "restore", f"../{folder.name}"
    )


def test_not_under_a_running_bot(folder: Path, another: Callable[[], Path]) -> None:
    assert run("export", "--all", "kopi.jsonl").exit_code == 0
    file = another()
    with only_bot(f"sqlite:///{file}"):
        assert "Another Partnerbot is already running" in refused("restore", "kopi.jsonl")
    assert folder.is_dir()
