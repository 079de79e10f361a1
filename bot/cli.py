"""The command line: the only place, with __main__, that reads settings and wires the folders."""

import asyncio
import logging
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot import export_words
from bot.backup import see_that_nothing_is_chosen
from bot.circle import Level
from bot.errors import UserError
from bot.export import Format, Wanted, What, checked, format_of
from bot.import_choice import Choice, Likely, with_rows
from bot.partner import Kind, Room
from bot.report_file import Form
from bot.settings import Settings, SettingsError, load
from bot.translation import Translator
from bot.workspace import Language

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Partnerbot: a Slack bot for a public library's partnerships.",
)


def main() -> None:
    """Run the command; what a person can put right is said in one sentence."""
    try:
        app()
    except SettingsError as error:
        _stop(str(error))
    except UserError as error:
        _stop(Translator(Language.ENGLISH).error(error))


@app.command()
def run() -> None:
    """Run the bot until it is told to stop."""
    from handlers.serve import serve  # noqa: PLC0415 - each command loads only what it needs

    settings = _settings()
    if not asyncio.run(serve(settings, lambda: typer.echo("Ready"))):
        raise typer.Exit(1)


@app.command()
def demo(
    *,
    port: Annotated[int, typer.Option(help="Where the sandbox listens on 127.0.0.1.")] = 8137,
    scene: Annotated[str, typer.Option(help="lively, or empty for a first day.")] = "lively",
    fresh: Annotated[bool, typer.Option("--fresh", help="Forget the last demo.")] = False,
    no_open: Annotated[bool, typer.Option("--no-open", help="Open no browser.")] = False,
) -> None:
    """A workspace to try the bot in, on this machine; it keeps what you do in .demo."""
    from handlers.demo import play  # noqa: PLC0415 - as in run()

    _log("WARNING")
    asyncio.run(play(Path(".demo"), port=port, scene=scene, fresh=fresh, browser=not no_open))


@app.command()
def migrate() -> None:
    """Bring the database's schema up to this version."""
    from storage.migrate import upgrade  # noqa: PLC0415 - as in run()

    copy = asyncio.run(upgrade(_settings().database_url, backup=True))
    typer.echo("The schema is current.")
    if copy:
        typer.echo(f"A copy from before lies in {copy}")


@app.command()
def init(
    env_file: Annotated[Path, typer.Option(help="The file to write.")] = Path(".env"),
) -> None:
    """Ask for the tokens and write them to .env."""
    from handlers.setup import ask  # noqa: PLC0415 - as in run()

    ask(env_file)


@app.command()
def check() -> None:
    """Say what is wrong with settings, database, tokens and scopes, and what to do."""
    from handlers.setup import examine  # noqa: PLC0415 - as in run()

    if not asyncio.run(examine(_settings())):
        raise typer.Exit(1)


@app.command()
def manifest(
    http: Annotated[
        str | None, typer.Option(help="The bot's public address, for HTTP in place of Socket Mode.")
    ] = None,
) -> None:
    """Print the Slack app manifest."""
    from handlers.manifest import manifest_text  # noqa: PLC0415 - as in run()

    typer.echo(manifest_text(http), nl=False)


@app.command()
def export(
    out: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
    *,
    form: Annotated[
        Format | None, typer.Option("--format", help="If the file's name does not say it.")
    ] = None,
    what: Annotated[What | None, typer.Option(help="The rows of a csv or xlsx.")] = None,
    level: Annotated[
        list[Level] | None,
        typer.Option(
            parser=export_words.level, metavar="LEVEL", help="Only network, say; again for more."
        ),
    ] = None,
    kind: Annotated[
        list[Kind] | None,
        typer.Option(parser=export_words.kind, metavar="KIND", help="As --level."),
    ] = None,
    keyword: Annotated[list[str] | None, typer.Option(help="As --level.")] = None,
    room: Annotated[
        list[Room] | None,
        typer.Option(parser=export_words.room, metavar="ROOM", help="As --level."),
    ] = None,
    branch: Annotated[list[str] | None, typer.Option(help="As --level.")] = None,
    goal: Annotated[list[str] | None, typer.Option(help="As --level.")] = None,
    team: Annotated[str | None, typer.Option(help="The library, where there are several.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="A backup of all that the database holds.")
    ] = False,
) -> None:
    """Write the register, or a part of it, to a file: spreadsheet, address book and more.

    With --all it is a backup, for `partnerbot restore`; tokens are not in it.
    """
    from handlers.backup_run import save  # noqa: PLC0415 - as in run()
    from handlers.export_run import run as write  # noqa: PLC0415 - as in run()

    own = {"keywords": keyword, "branches": branch, "goals": goal}
    filters = export_words.filters(levels=level, kinds=kind, rooms=room, **own)
    if everything:
        see_that_nothing_is_chosen(form, what, filters)
        asyncio.run(save(_settings().database_url, out, team))
        return
    wanted = checked(Wanted(form or format_of(out.name), what, filters))
    asyncio.run(write(_settings().database_url, wanted, out, team))


@app.command(name="import")
def import_(
    file: Annotated[
        Path | None, typer.Argument(help="xlsx, csv, vcf, or the register's own json.")
    ] = None,
    *,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help="Put a column right; again for more."),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="Which of a workbook; else the first with partners.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    likely: Annotated[
        Likely, typer.Option(help="Rows that are likely a partner we have.")
    ] = Likely.LEAVE,
    unclear: Annotated[
        bool, typer.Option("--unclear", help="Take rows with a word not understood, without it.")
    ] = False,
    rows: Annotated[
        list[str] | None,
        typer.Option(
            "--row",
            metavar="ROW=ANSWER",
            help="One doubtful row: leave, same, new, take, or the number of its partner.",
        ),
    ] = None,
    by: Annotated[
        str | None, typer.Option(help="Whose import it is: a Slack member id, or the coordinator.")
    ] = None,
    team: Annotated[str | None, typer.Option(help="The library, where there are several.")] = None,
    undo: Annotated[
        bool, typer.Option("--undo", help="Show the last imports, and take one of them back.")
    ] = False,
) -> None:
    """Read partners in from a file. Ends with 2 where rows were left out; they lie beside it."""
    from handlers.import_back import undo as take_back  # noqa: PLC0415 - as in run()
    from handlers.import_run import Asked, read_in  # noqa: PLC0415 - as in run()

    if undo:
        asyncio.run(take_back(_settings().database_url, team, by))
        return
    if file is None:
        raise UserError("Name the file to read in, or write --undo to take an import back.")
    choice = with_rows(Choice(likely, unclear), rows or ())
    asked = Asked(file, tuple(columns or ()), sheet, choice, dry_run, team, by)
    if not asyncio.run(read_in(_settings().database_url, asked)):
        raise typer.Exit(2)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="Made with: partnerbot export --all")],
) -> None:
    """Put a backup back into an empty database."""
    from handlers.backup_run import restore as put_back  # noqa: PLC0415 - as in run()

    asyncio.run(put_back(_settings().database_url, file))


@app.command()
def report(
    *,
    year: Annotated[int, typer.Option(help="Which one.")],
    out: Annotated[Path | None, typer.Option(help="A file to write: txt, csv or json.")] = None,
    form: Annotated[Form | None, typer.Option("--format", help="How it is written.")] = None,
    team: Annotated[str | None, typer.Option(help="The library, where there are several.")] = None,
) -> None:
    """Tell the figures of a year, from history: the same whenever it is asked for."""
    from handlers.report_run import run as tell  # noqa: PLC0415 - as in run()

    asyncio.run(tell(_settings().database_url, year, out, form, team))


def _settings() -> Settings:
    settings = load()
    _log(settings.partnerbot_log_level)
    return settings


def _log(level: str) -> None:
    # At DEBUG the libraries print requests and rows, and with them what people write.
    quiet = max(logging.INFO, logging.getLevelName(level))
    logging.basicConfig(level=quiet, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it tells of each second
    for ours in ("bot", "handlers", "storage"):
        logging.getLogger(ours).setLevel(level)


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise SystemExit(1)
