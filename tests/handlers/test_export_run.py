"""`partnerbot export`, as the one who runs the bot meets it."""

import asyncio
import csv
import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from bot.circle import Level
from bot.cli import app, main
from bot.errors import UserError
from bot.export import Format, Taken, What
from bot.partner import ContactPerson, Kind, Partner, Room
from handlers.clock import Clock
from storage import export_log, migrate
from storage import partner as register_of
from storage.database import Store
from tests.handlers.folder import database, with_store

ANNE = ContactPerson("Anne Holm", email="anne@springbraet.dk")


def add(folder: Path, *partners: Partner, team: str = "T1") -> None:
    async def work(store: Store) -> None:
        now = Clock().now()
        for partner in partners:
            await store.write(register_of.add, team, partner, by="U01", now=now)

    with_store(folder, work)


def latest(folder: Path, team: str = "T1") -> list[Taken]:
    return with_store(folder, lambda store: store.read(export_log.latest, team, 9))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library's database, and the settings that name it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database(tmp_path))
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    asyncio.run(migrate.upgrade(database(tmp_path), backup=False))
    add(
        tmp_path,
        Partner(
            "Springbræt",
            kind=Kind.ASSOCIATION,
            keywords=("Lektiehjælp",),
            rooms=(Room.LEARNING,),
            branch="Nord",
            level=Level.PARTNERSHIP,
            people=(ANNE,),
            responsible="U02",
        ),
        Partner("Byens Museum"),
    )
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["export", *arguments])


def refused(*arguments: str) -> str:
    """The sentence that main() would print."""
    result = run(*arguments)
    assert isinstance(result.exception, UserError), result.output
    return result.exception.msgid.format(**result.exception.values)


def test_a_csv_by_its_name(folder: Path) -> None:
    result = run("ud.csv")
    assert result.exit_code == 0, result.output
    assert "ud.csv – Partnere: 2" in result.output
    with (folder / "ud.csv").open(encoding="utf-8-sig", newline="") as file:
        first, second = csv.DictReader(file, delimiter=";")
    assert (first["Navn"], first["Tovholder"], second["Navn"]) == (
        *("Springbræt", "U02", "Byens Museum"),
    )
    assert stat.S_IMODE((folder / "ud.csv").stat().st_mode) == 0o600
    assert not list(folder.glob("*.unfinished"))


def test_every_option(folder: Path) -> None:
    result = run(
        *("--format", "xlsx", "--what", "people", "--level", "partnership", "--level", "netværk"),
        *("--kind", "association", "--keyword", "LEKTIEHJAELP", "--room", "learning"),
        *("--branch", "nord", "--team", "T1", "ud.dat"),
    )
    assert result.exit_code == 0, result.output
    (folder / "ud.dat").rename(folder / "ud.xlsx")
    book = openpyxl.load_workbook(folder / "ud.xlsx")
    assert book.sheetnames == ["Kontaktpersoner"]
    assert book.worksheets[0]["D2"].value == "Anne Holm"
    (taken,) = latest(folder)
    assert (taken.by, taken.format, taken.what) == (None, Format.XLSX, What.PEOPLE)
    assert "keyword: Lektiehjælp" in taken.filters
    assert taken.counts == {"people": 1}


def test_a_json_is_the_whole_register_unless_it_is_to_be_drawn(folder: Path) -> None:
    assert run("ud.json").exit_code == 0
    assert len(json.loads((folder / "ud.json").read_text())["partners"]) == 2
    assert run("kort.json", "--format", "kumu").exit_code == 0
    assert len(json.loads((folder / "kort.json").read_text())["elements"]) == 3


def test_nothing_is_written_over(folder: Path) -> None:
    (folder / "ud.csv").write_text("mine")
    assert "ud.csv er der allerede." in refused("ud.csv")
    assert (folder / "ud.csv").read_text() == "mine"
    assert latest(folder) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("ud",), "Say it with --format"),
        (("ud.txt", "--what", "people"), "csv and xlsx only"),
        (("ud.csv", "--keyword", "dans"), "De, der er i brug: Lektiehjælp."),
        (("ud.csv", "--branch", "syd"), "De, der er i brug: Nord."),
        (("ud.csv", "--kind", "firm"), "Der er ikke noget i registret, der passer"),
        (("ud.csv", "--what", "moves"), "Der er ikke noget i registret, der passer"),
        (("ud.csv", "--team", "T2"), "which library: T1."),
        (("ingen/ud.csv",), "kan ikke skrives: No such file or directory."),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(
    folder: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in refused(*arguments)
    assert {path.name.split(".")[0] for path in folder.iterdir()} == {"partnerbot"}


def test_of_several_libraries_one_is_named(folder: Path) -> None:
    add(folder, Partner("De andres"), team="T2")
    assert "Say with --team which library: T1, T2." in refused("ud.csv")
    assert run("ud.csv", "--team", "T2").exit_code == 0
    assert "De andres" in (folder / "ud.csv").read_text(encoding="utf-8-sig")
    assert "Springbræt" not in (folder / "ud.csv").read_text(encoding="utf-8-sig")
    assert (len(latest(folder)), len(latest(folder, "T2"))) == (0, 1)


def test_a_database_without_a_register(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(folder / "partnerbot.db")) as conn:
        conn.execute("DELETE FROM last_id")
        conn.commit()
    assert "holds no register yet" in refused("ud.csv")
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder / 'ny.db'}")
    assert "partnerbot migrate" in refused("ud.csv")


def test_the_sentence_is_what_the_shell_sees(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    monkeypatch.setattr("sys.argv", ["partnerbot", "export", "ud"])
    with pytest.raises(SystemExit):
        main()
    assert "Say it with --format" in capsys.readouterr().err
