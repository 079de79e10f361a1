"""`partnerbot import`, as the one who runs the bot meets it."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app, main
from bot.errors import UserError
from bot.import_limits import MOST_PARTNERS
from bot.import_record import Words
from bot.workspace import Workspace
from handlers.clock import Clock
from handlers.import_read import Source, opened
from storage import import_log, migrate, partner
from storage import workspace as settings_of
from storage.database import Store
from tests.bot.import_files import workbook
from tests.handlers.folder import database, with_store

LIST = "Navn;Mail;Ukendt\nSpringbræt;anne@springbraet.dk;Nord\nKulturhuset;bo@hus;Syd\n"


def count(folder: Path) -> int:
    return with_store(folder, lambda store: store.read(partner.count, "T1"))


def decided(folder: Path, library: Workspace) -> None:
    """The settings of the library."""
    now = Clock().now()

    async def settle(store: Store) -> None:
        await store.write(settings_of.save_settings, "T1", library, by="U01", now=now)

    with_store(folder, settle)


@pytest.fixture
def folder(unsettled: Path) -> Path:
    """The same of a library with two coordinators."""
    decided(unsettled, Workspace(coordinators=("U01", "U02")))
    return unsettled


@pytest.fixture
def unsettled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library's database without partners, the settings that name it, and a list."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", database(tmp_path))
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-1")
    asyncio.run(migrate.upgrade(database(tmp_path), backup=False))
    (tmp_path / "liste.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["import", *words])


def test_it_shows_stores_and_writes_what_it_left_out(folder: Path) -> None:
    done = run("liste.csv", "--team", "T1", "--by", "U01", "--map", "Ukendt=area")
    assert done.exit_code == 2
    assert "én er ny" in done.output
    assert "bo@hus" in done.output
    left_out = (folder / "ikke-læst-ind-liste.csv").read_text(encoding="utf-8-sig")
    assert "Kulturhuset;bo@hus;Syd" in left_out
    (one,) = with_store(folder, lambda store: store.read(import_log.latest, "T1", 5))
    assert (one.by, one.file, one.counts["new"]) == ("U01", "liste.csv", 1)
    (stored,) = with_store(folder, lambda store: store.read(partner.get_many, "T1", range(1, 9)))
    assert (stored.name, stored.area) == ("Springbræt", "Nord")


def test_the_rows_left_out_are_read_by_the_columns_that_were_chosen(folder: Path) -> None:
    run("liste.csv", "--team", "T1", "--by", "U01", "--map", "Ukendt=area")
    out = folder / "ikke-læst-ind-liste.csv"
    text = out.read_text(encoding="utf-8-sig")
    out.write_text(text.replace("bo@hus", "bo@hus.dk"), encoding="utf-8-sig")
    done = run(out.name, "--team", "T1", "--by", "U01")
    assert done.exit_code == 0, done.output
    found = with_store(folder, lambda store: store.read(partner.get_many, "T1", range(1, 9)))
    assert [(one.name, one.area) for one in found] == [
        ("Springbræt", "Nord"),
        ("Kulturhuset", "Syd"),
    ]


def test_a_dry_run_stores_nothing(folder: Path) -> None:
    done = run("liste.csv", "--team", "T1", "--by", "U01", "--dry-run")
    assert done.exit_code == 2
    assert "Der er ikke gemt noget." in done.output
    assert count(folder) == 0
    assert not list(folder.glob("ikke-*"))


def test_again_it_changes_nothing_and_writes_over_nothing(folder: Path) -> None:
    for _ in range(2):
        run("liste.csv", "--team", "T1", "--by", "U01")
    assert len(with_store(folder, lambda store: store.read(import_log.latest, "T1", 5))) == 1
    assert len(list(folder.glob("ikke-*"))) == 2


def test_whole_it_ends_with_nought(folder: Path) -> None:
    (folder / "liste.csv").write_text("Navn\nSpringbræt\n", encoding="utf-8")
    assert run("liste.csv", "--team", "T1", "--by", "U01").exit_code == 0
    assert run("liste.csv", "--by", "U01").exit_code == 0


def test_it_is_the_coordinators_where_nobody_is_named(folder: Path) -> None:
    decided(folder, Workspace(coordinators=("U07",)))
    run("liste.csv", "--team", "T1")
    (one,) = with_store(folder, lambda store: store.read(import_log.latest, "T1", 5))
    assert one.by == "U07"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("liste.csv", "--by", "U01"), "no register yet"),
        (("liste.csv", "--team", "T1", "--map", "Navn"), "column=field"),
        (("liste.csv", "--team", "T1", "--row", "7"), "--row is written"),
        (("nix.csv", "--team", "T1"), "nix.csv kan ikke læses"),
        (("liste.csv", "--team", "T1", "--sheet", "Nu"), "Der er ingen ark at vælge imellem"),
        (("liste.csv", "--team", "T1", "--by", "U99"), "Skriv en af de her efter --by: U01, U02."),
    ],
)
def test_what_is_not_clear_is_said(folder: Path, words: tuple[str, ...], sentence: str) -> None:
    assert sentence in refused(run(*words))
    assert count(folder) == 0


def test_only_a_coordinator_reads_in_and_undoes(unsettled: Path) -> None:
    said = "I har ingen koordinator endnu"
    assert said in refused(run("liste.csv", "--team", "T1", "--by", "U01"))
    decided(unsettled, Workspace(coordinators=("U01",)))
    run("liste.csv", "--team", "T1")
    assert "U02 er ikke koordinator hos jer" in refused(undo("\nj\n", "--by", "U02"))
    assert count(unsettled) == 1


def test_the_sheet_that_is_named_is_read(folder: Path) -> None:
    sheets = {"Nu": [("Navn",), ("Springbræt",)], "Før": [("Navn",), ("Rotary",)]}
    (folder / "liste.xlsx").write_bytes(workbook(sheets))
    done = run("liste.xlsx", "--team", "T1", "--sheet", "før", "--dry-run")
    assert "Jeg læser arket ”Før”. I filen er også: Nu. Vælg et andet med --sheet." in done.output
    assert run("liste.xlsx", "--team", "T1", "--sheet", "før").exit_code == 0
    (stored,) = with_store(folder, lambda store: store.read(partner.get_many, "T1", range(1, 9)))
    assert stored.name == "Rotary"


def test_doubtful_rows_are_answered_one_by_one(folder: Path) -> None:
    (folder / "liste.csv").write_text("Navn\nKulturhuset Nord\n", encoding="utf-8")
    assert run("liste.csv", "--team", "T1").exit_code == 0
    rows = "Kulturhust Nord\nKulturhuset Nrod\nKulturhuset Norrd\n"
    (folder / "liste.csv").write_text(f"Navn\n{rows}", encoding="utf-8")
    assert run("liste.csv", "--row", "2=new", "--row", "3=same").exit_code == 2
    stored = with_store(folder, lambda store: store.read(partner.get_many, "T1", range(1, 99)))
    assert [(one.name, one.other_names) for one in stored] == [
        ("Kulturhuset Nord", ("Kulturhuset Nrod",)),
        ("Kulturhust Nord", ()),
    ]


def refused(done: Result) -> str:
    """The sentence that main() would print."""
    assert isinstance(done.exception, UserError), done.output
    return done.exception.msgid.format(**done.exception.values)


def test_a_refusal_ends_with_one(
    unsettled: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["partnerbot", "import", str(unsettled / "nix.csv")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "no register yet" in capsys.readouterr().err


def undo(answers: str, *words: str) -> Result:
    return CliRunner().invoke(app, ["import", "--undo", *words], input=answers)


def test_the_last_imports_are_shown_and_one_is_undone(folder: Path) -> None:
    run("liste.csv", "--team", "T1", "--by", "U01")
    (one,) = with_store(folder, lambda store: store.read(import_log.latest, "T1", 5))
    done = undo("\nja\n", "--by", "U02")
    assert f"{one.id}: " in done.output
    assert "liste.csv (én ny)" in done.output
    assert f"Hvilken? Skriv nummeret [{one.id}]" in done.output
    assert f"Vil du fortryde indlæsning {one.id}? [j/N]" in done.output
    assert f"Indlæsning {one.id} er fortrudt." in done.output
    assert "én er væk igen" in done.output
    assert done.exit_code == 0
    assert count(folder) == 0
    (after,) = with_store(folder, lambda store: store.read(import_log.latest, "T1", 5))
    assert after.undone_by == "U02"


def test_without_a_yes_nothing_is_undone(folder: Path) -> None:
    run("liste.csv", "--team", "T1", "--by", "U01")
    done = undo("\nn\n")
    assert "Der er ikke fortrudt noget." in done.output
    assert count(folder) == 1


def test_what_cannot_be_undone_is_said(folder: Path) -> None:
    run("liste.csv", "--team", "T1", "--by", "U01")
    for number in ("999999", "den sidste"):
        assert f"Ingen af de indlæsninger har nummer {number}." in refused(undo(f"{number}\n"))
    assert count(folder) == 1
    undo("\ny\n")
    assert "Der er ingen indlæsning at fortryde" in refused(undo("\ny\n"))


def test_an_import_without_a_file_says_what_to_name(folder: Path) -> None:
    assert "--undo" in refused(run())
    assert count(folder) == 0


def test_more_than_can_be_held_is_refused_before_all_of_it_is_read(folder: Path) -> None:
    names = "\n".join(f"Forening {number}" for number in range(2 * MOST_PARTNERS))
    (folder / "liste.csv").write_text(f"Navn\n{names}\n", encoding="utf-8")
    size = (folder / "liste.csv").stat().st_size
    told: list[int] = []
    words = Words(Workspace())
    source = Source(folder / "liste.csv", "liste.csv", {})
    with opened(source, words) as file, pytest.raises(UserError) as too_many:
        file.records(date(2026, 11, 24), told.append)
    assert too_many.value.values == {"most": MOST_PARTNERS}
    assert sum(told) < 0.6 * size
