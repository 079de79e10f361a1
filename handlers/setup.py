"""For the one who installs: `partnerbot init` asks for the tokens, `partnerbot check` looks."""

import os
import re
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import typer

from bot.errors import UserError
from bot.settings import Settings
from bot.translation import Translator
from bot.workspace import Language
from handlers.clock import Clock
from handlers.slack_check import (
    APP_PLACE,
    BOT_PLACE,
    SIGNING_PLACE,
    Finding,
    partner_finding,
    slack_findings,
)
from storage import seen
from storage.database import Connection, Store, address
from storage.migrate import State, version_state

DATABASE = "sqlite:///partnerbot.db"

_NO_PLACE = "{file} cannot be written. Name another file with --env-file."


@dataclass(frozen=True)
class Secret:
    """Something to ask for: its setting, where Slack shows it, and how it looks."""

    name: str
    place: str
    shape: re.Pattern[str]
    wrong: str


BOT_TOKEN = Secret(
    "SLACK_BOT_TOKEN",
    BOT_PLACE,
    re.compile(r"xoxb-[\w-]+"),
    "That is not it: the bot token begins with xoxb-.",
)
APP_TOKEN = Secret(
    "SLACK_APP_TOKEN",
    APP_PLACE,
    re.compile(r"xapp-[\w-]+"),
    "That is not it: the app-level token begins with xapp-.",
)
SIGNING_SECRET = Secret(
    "SLACK_SIGNING_SECRET",
    SIGNING_PLACE,
    re.compile(r"(?!xox|xapp)[\w-]+"),
    "That is not it: the signing secret is letters and digits, and is no token.",
)


def ask(env_file: Path) -> None:
    """Ask for what the bot needs, and write it where only the owner can read it.

    Raises:
        UserError: the file cannot be written there.
    """
    if env_file.is_dir() or not os.access(env_file.absolute().parent, os.W_OK):
        raise UserError(_NO_PLACE, file=env_file)
    if env_file.exists() and not typer.confirm(f"{env_file} is there already. Write a new one?"):
        typer.echo("Nothing was changed.")
        return
    typer.echo("You find all of it at https://api.slack.com/apps, in your app.")
    typer.echo("What you paste is not shown.")
    settings = {BOT_TOKEN.name: _secret(BOT_TOKEN)}
    socket_mode = typer.confirm("Socket Mode (no public address needed)?", default=True)
    other = APP_TOKEN if socket_mode else SIGNING_SECRET
    settings[other.name] = _secret(other)
    settings["DATABASE_URL"] = _database_url()
    if kept := _write(env_file, settings):
        typer.echo(f"The former one is kept as {kept}; it holds tokens too.")
    typer.echo(f"Wrote {env_file}, readable by you alone. Next: partnerbot check")


async def examine(settings: Settings) -> bool:
    """Print what is right and what is wrong, and what to do about it; True when all is right."""
    findings = [
        await _database(settings.database_url),
        *await slack_findings(settings, Clock().now()),
        partner_finding(settings),
    ]
    for finding in findings:
        _print(finding)
    return all(finding.ok for finding in findings)


def _secret(wanted: Secret) -> str:
    typer.echo(f"\n{wanted.place}")
    while True:
        given = str(typer.prompt(wanted.name, hide_input=True)).strip()
        if wanted.shape.fullmatch(given):
            return given
        typer.echo(wanted.wrong)


def _database_url() -> str:
    typer.echo("\nWhere the register is kept: press Enter for a file, or paste postgresql://...")
    while True:
        given = str(typer.prompt("DATABASE_URL", default=DATABASE, hide_input=True)).strip()
        try:
            address(given)
        except UserError as error:
            typer.echo(_sentence(error))
        else:
            return given


def _write(env_file: Path, settings: dict[str, str]) -> Path | None:
    """Write the file; a former one is set aside first, and its new path returned."""
    kept = _set_aside(env_file)
    lines = ["# Written by `partnerbot init`; .env.example tells of all settings."]
    lines += [f"{name}={_quoted(value)}" for name, value in settings.items()]
    env_file.touch(mode=0o600, exist_ok=False)  # closed to others before anything stands in it
    env_file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return kept


def _set_aside(env_file: Path) -> Path | None:
    if not env_file.exists():
        return None
    names = (env_file.with_name(f"{env_file.name}.old{n}") for n in count(1))
    kept = next(path for path in names if not path.exists())
    env_file.rename(kept)
    kept.chmod(0o600)
    return kept


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


async def _database(url: str) -> Finding:
    try:
        where = address(url)
        state = await version_state(url)
        if state is State.CURRENT:
            await _try_writing(url)
    except UserError as error:
        return Finding("Database", "cannot be used", _sentence(error))
    return _schema(state, where.place, where.file)


def _schema(state: State, place: str, file: Path | None) -> Finding:
    """SQLite is migrated by `run` itself, PostgreSQL by whoever runs `migrate`."""
    if state is State.CURRENT:
        return Finding("Database", f"{place} is up to date, and can be written to")
    if state is State.NEWER:
        to_do = "Install the newer version of Partnerbot that made it; nothing was changed."
        return Finding("Database", f"{place} has a newer schema", to_do)
    seen_as = "is empty" if state is State.EMPTY else "has the schema of an older version"
    if file is None:
        return Finding("Database", f"{place} {seen_as}", "Run: partnerbot migrate")
    if not os.access(file.parent, os.W_OK):
        to_do = "Make the folder, let the bot's user write there, or correct DATABASE_URL."
        return Finding("Database", f"{file.parent} cannot be written to", to_do)
    return Finding("Database", f"{place} {seen_as}; `partnerbot run` sees to that")


class _TakenBackError(Exception):
    """The row was only a trial."""


async def _try_writing(url: str) -> None:
    store = await Store.open(url)
    try:
        await store.write(_write_and_take_back)
    except _TakenBackError:
        pass
    finally:
        await store.close()


def _write_and_take_back(conn: Connection) -> None:
    seen.mark(conn, "check", "check", Clock().now())
    raise _TakenBackError


def _sentence(error: UserError) -> str:
    return Translator(Language.ENGLISH).error(error)


def _print(finding: Finding) -> None:
    mark = typer.style("ok   ", fg="green") if finding.ok else typer.style("WRONG", fg="red")
    typer.echo(f"{mark}  {finding.subject:<10}  {finding.seen}")
    if finding.to_do:
        typer.echo(f"{'':19}{finding.to_do}")
