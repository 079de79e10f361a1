"""The command line: the only place, with __main__, that reads settings and wires the folders."""

import asyncio
import logging
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.errors import UserError
from bot.settings import Settings, SettingsError, load

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Partnerbot: a Slack bot for a public library's partnerships.",
)

DEMO = Path(".demo")


def main() -> None:
    """Run the command; what a person can put right is said in one sentence."""
    try:
        app()
    except (SettingsError, UserError) as error:
        _stop(_sentence(error))


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
    asyncio.run(play(DEMO, port=port, scene=scene, fresh=fresh, browser=not no_open))


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


def _sentence(error: SettingsError | UserError) -> str:
    if isinstance(error, UserError):
        return error.msgid.format(**error.values)
    return str(error)


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise SystemExit(1)
