"""`partnerbot init` and `partnerbot check`, as the one who installs meets them."""

import os
import sqlite3
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.settings import Settings, load
from handlers.manifest import manifest_file, manifest_text, scopes
from handlers.setup import _schema, examine
from handlers.slack_check import CLIENT_PLACE, clock_finding, scope_finding, slack_findings
from sandbox.server import Sandbox
from storage.migrate import State, upgrade

BOT = "xoxb-1234-abcd"
APP = "xapp-1-A01-5678-efgh"
SIGNING = "0123456789abcdef0123456789abcdef"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def init(file: Path, *lines: str) -> Result:
    typed = "".join(f"{line}\n" for line in lines)
    return CliRunner().invoke(app, ["init", "--env-file", str(file)], input=typed)


def secret(value: Any) -> str:
    return str(value.get_secret_value())


def test_init_for_socket_mode_asks_for_two_tokens(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    result = init(file, BOT, "y", APP, "")
    assert result.exit_code == 0, result.output
    settings = load(file)
    assert secret(settings.slack_bot_token) == BOT
    assert secret(settings.slack_app_token) == APP
    assert settings.slack_signing_secret is None
    assert settings.database_url == "sqlite:///partnerbot.db"
    assert "partnerbot check" in result.output


def test_init_for_http_asks_for_the_signing_secret(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    result = init(file, BOT, "n", SIGNING, "")
    assert result.exit_code == 0, result.output
    settings = load(file)
    assert secret(settings.slack_signing_secret) == SIGNING
    assert settings.slack_app_token is None


def test_init_says_where_each_is_found(tmp_path: Path) -> None:
    said = init(tmp_path / ".env", BOT, "y", APP, "").output
    assert "https://api.slack.com/apps" in said
    assert "OAuth & Permissions, Bot User OAuth Token" in said
    assert "Basic Information, App-Level Tokens" in said
    other = init(tmp_path / ".env2", BOT, "n", SIGNING, "").output
    assert "Basic Information, App Credentials, Signing Secret" in other


def test_init_shows_nothing_of_what_was_pasted(tmp_path: Path) -> None:
    database = "postgresql://partnerbot:pass-word@db.example/partnerbot"
    output = init(
        tmp_path / ".env", APP, BOT, "y", BOT, APP, "mysql://pass-word@x", database
    ).output
    assert "Wrote" in output
    for pasted in (BOT, APP, "pass-word"):
        assert pasted not in output


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (APP, "begins with xoxb-"),
        ("xoxb-", "begins with xoxb-"),
        ("xoxb-1 2", "begins with xoxb-"),
        ("xoxb-1'\\nSLACK_API_URL=x", "begins with xoxb-"),
        ("xoxe.xoxb-1-2", "begins with xoxb-"),
    ],
)
def test_init_asks_again_for_what_is_no_bot_token(
    wrong: str, sentence: str, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    result = init(file, wrong, f"  {BOT} ", "y", APP, "")
    assert sentence in result.output
    assert secret(load(file).slack_bot_token) == BOT


def test_init_takes_no_token_for_the_signing_secret(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    result = init(file, BOT, "n", BOT, APP, SIGNING, "")
    assert result.output.count("That is not it: the signing secret") == 2
    assert secret(load(file).slack_signing_secret) == SIGNING


def test_init_asks_again_for_a_database_it_does_not_understand(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    result = init(file, BOT, "y", APP, "mysql://localhost/x", "sqlite:////srv/partnerbot.db")
    assert "DATABASE_URL is not understood." in result.output
    assert load(file).database_url == "sqlite:////srv/partnerbot.db"


def test_a_difficult_password_is_read_back_as_it_was_typed(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    url = "postgresql://me:a'b\"c#d\\e$f g@db.example/partnerbot"
    assert init(file, BOT, "y", APP, url).exit_code == 0
    assert load(file).database_url == url


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    before = os.umask(0)
    try:
        init(file, BOT, "y", APP, "")
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_former_file_stays_as_it_is_unless_told(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("PARTNERBOT_PORT=4000\n")
    for answer in ("n", ""):
        result = init(file, answer)
        assert result.exit_code == 0
        assert "Nothing was changed." in result.output
    assert [path.name for path in tmp_path.iterdir()] == [".env"]
    assert file.read_text() == "PARTNERBOT_PORT=4000\n"


def test_every_former_file_is_kept_and_closed_to_others(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("first\n")
    file.chmod(0o644)
    init(file, "y", BOT, "y", APP, "")
    second = file.read_text()
    result = init(file, "y", BOT, "n", SIGNING, "")
    assert str(tmp_path / ".env.old2") in result.output
    assert (tmp_path / ".env.old1").read_text() == "first\n"
    assert (tmp_path / ".env.old2").read_text() == second
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("answered", [(), (BOT,), (BOT, "y"), (BOT, "y", APP)])
def test_who_stops_half_way_has_written_nothing(answered: tuple[str, ...], tmp_path: Path) -> None:
    assert init(tmp_path / ".env", *answered).exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_a_former_file_survives_whoever_stops_half_way(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("first\n")
    assert init(file, "y", BOT).exit_code == 1
    assert [path.read_text() for path in tmp_path.iterdir()] == ["first\n"]


@pytest.mark.parametrize("place", ["missing/.env", "."])
def test_a_place_that_cannot_be_written_is_told_before_anything_is_asked(
    place: str, tmp_path: Path
) -> None:
    result = init(tmp_path / place, BOT, "y", APP, "")
    assert result.exit_code == 1
    assert "SLACK_BOT_TOKEN" not in result.output
    assert "cannot be written" in str(result.exception)


# From here on: partnerbot check.


class Workspace:
    """A sandbox, and settings that fit it."""

    def __init__(self, sandbox: Sandbox, database: Path) -> None:
        self.sandbox = sandbox
        self.database = database

    def settings(self, **other: Any) -> Settings:
        fitting = {
            "slack_bot_token": "xoxb-sandbox",
            "slack_app_token": "xapp-sandbox",
            "slack_signing_secret": None,
            "slack_api_url": f"{self.sandbox.url}/api/",
            "database_url": f"sqlite:///{self.database}",
        }
        return Settings(_env_file=None, **(fitting | other))

    async def control(self, name: str, **body: Any) -> None:
        url = f"{self.sandbox.url}/_sandbox/{name}"
        async with aiohttp.ClientSession() as http, http.post(url, json=body) as answer:
            assert (await answer.json())["ok"], await answer.text()


@asynccontextmanager
async def playing(folder: Path, manifest: Path) -> AsyncIterator[Workspace]:
    sandbox = await Sandbox.start(manifest=manifest)
    try:
        yield Workspace(sandbox, folder / "partnerbot.db")
    finally:
        await sandbox.stop()


@pytest.fixture
async def workspace(tmp_path: Path) -> AsyncIterator[Workspace]:
    async with playing(tmp_path, manifest_file()) as workspace:
        await upgrade(f"sqlite:///{workspace.database}", backup=False)
        yield workspace


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str]) -> Callable[[], dict[str, str]]:
    """What was printed: for each subject, whether it is right, what was seen and is to do."""

    def read() -> dict[str, str]:
        found: dict[str, str] = {}
        subject = ""
        for line in capsys.readouterr().out.splitlines():
            if line[0] != " ":
                subject = line[7:19].strip()
                found[subject] = ""
            words = [*found[subject].split(), *line[:7].split(), *line[19:].split()]
            found[subject] = " ".join(words)
        return found

    return read


Report = Callable[[], dict[str, str]]


async def test_check_says_when_all_is_right(workspace: Workspace, report: Report) -> None:
    assert await examine(workspace.settings())
    assert report() == {
        "Database": f"ok {workspace.database} is up to date, and can be written to",
        "Bot token": "ok partnerbot in the workspace Byens Bibliotek",
        "Scopes": "ok all that are needed; optional ones: none",
        "Clock": "ok agrees with Slack's",
        "App token": "ok Slack opens Socket Mode with it",
        "Partners": "ok answer by mail; with PARTNERBOT_PUBLIC_URL they get a form in the browser",
    }


async def test_check_leaves_nothing_behind(workspace: Workspace) -> None:
    await examine(workspace.settings())
    with sqlite3.connect(workspace.database) as conn:
        assert conn.execute("SELECT count(*) FROM seen").fetchone() == (0,)
    conn.close()


async def test_check_shows_no_secret(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    for database in (
        "postgresql://me:pass-word@127.0.0.1:1/partnerbot",
        "mysql://me:pass-word@127.0.0.1/partnerbot",
    ):
        await examine(
            workspace.settings(
                slack_bot_token="xoxb-very-secret",
                slack_app_token="xapp-very-secret",
                slack_signing_secret="very-secret",
                database_url=database,
            )
        )
    told = capsys.readouterr()
    assert "WRONG" in told.out
    assert "very-secret" not in told.out + told.err
    assert "pass-word" not in told.out + told.err


async def test_a_database_that_is_not_there_yet_is_made_by_run(
    workspace: Workspace, tmp_path: Path, report: Report
) -> None:
    file = tmp_path / "new.db"
    assert await examine(workspace.settings(database_url=f"sqlite:///{file}"))
    assert report()["Database"] == f"ok {file} is empty; `partnerbot run` sees to that"
    assert not file.exists()


async def test_a_folder_that_is_not_there_is_for_the_operator(
    workspace: Workspace, tmp_path: Path, report: Report
) -> None:
    url = f"sqlite:///{tmp_path / 'missing' / 'new.db'}"
    assert not await examine(workspace.settings(database_url=url))
    assert report()["Database"].startswith(f"WRONG {tmp_path / 'missing'} cannot be written to")


async def test_a_file_that_is_no_database(
    workspace: Workspace, tmp_path: Path, report: Report
) -> None:
    file = tmp_path / "letter.db"
    file.write_text("Kære Anne. Tak for sidst!\n" * 100)
    assert not await examine(workspace.settings(database_url=f"sqlite:///{file}"))
    assert "WRONG cannot be used" in report()["Database"]


async def test_a_newer_database_is_left_alone(workspace: Workspace, report: Report) -> None:
    with sqlite3.connect(workspace.database) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.close()
    before = workspace.database.read_bytes()
    assert not await examine(workspace.settings())
    assert "has a newer schema Install the newer version" in report()["Database"]
    assert workspace.database.read_bytes() == before


async def test_a_postgresql_that_does_not_answer(workspace: Workspace, report: Report) -> None:
    url = "postgresql://me@127.0.0.1:1/partnerbot"
    assert not await examine(workspace.settings(database_url=url))
    assert "PostgreSQL does not answer at 127.0.0.1:1/partnerbot." in report()["Database"]


def test_an_old_schema_is_migrated_by_run_on_sqlite_and_by_hand_on_postgresql(
    tmp_path: Path,
) -> None:
    on_sqlite = _schema(State.OLD, "partnerbot.db", tmp_path / "partnerbot.db")
    assert on_sqlite.ok
    assert on_sqlite.seen.startswith("partnerbot.db has the schema of an older version")
    for state in (State.OLD, State.EMPTY):
        assert _schema(state, "db.example/partnerbot", None).to_do == "Run: partnerbot migrate"


@pytest.mark.parametrize(
    ("token", "seen"),
    [
        (None, "WRONG SLACK_BOT_TOKEN is not set"),
        ("xapp-sandbox", "WRONG SLACK_BOT_TOKEN does not begin with xoxb-"),
        ("xoxb-other", "WRONG Slack does not know it (invalid_auth)"),
    ],
)
async def test_a_bot_token_that_does_not_work(
    token: str | None, seen: str, workspace: Workspace, report: Report
) -> None:
    assert not await examine(workspace.settings(slack_bot_token=token))
    told = report()
    assert told["Bot token"].startswith(seen)
    assert "OAuth & Permissions, Bot User OAuth Token" in told["Bot token"]
    assert "Scopes" not in told
    assert told["App token"].startswith("ok")


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        ({"revoke": True}, "WRONG it was revoked (token_revoked) Install the app again"),
        ({"uninstall": True}, "WRONG the app is no longer installed in the workspace"),
    ],
)
async def test_an_app_that_lost_its_access(
    change: dict[str, bool], seen: str, workspace: Workspace, report: Report
) -> None:
    await workspace.control("app", **change)
    assert not await examine(workspace.settings())
    assert report()["Bot token"].startswith(seen)


async def test_missing_scopes_are_named(workspace: Workspace, report: Report) -> None:
    await workspace.control("app", scopes=["commands", "im:history"])
    assert not await examine(workspace.settings())
    missing = "chat:write, users:read, channels:read, groups:read, im:write, files:write"
    assert report()["Scopes"].startswith(f"WRONG missing: {missing} Put the text of")


async def test_optional_scopes_are_reported_and_not_asked_for(
    workspace: Workspace, report: Report
) -> None:
    granted = [*scopes().required, "im:history", "pins:read"]
    await workspace.control("app", scopes=granted)
    assert await examine(workspace.settings())
    assert report()["Scopes"] == "ok all that are needed; optional ones: im:history"


def test_scopes_are_read_as_slack_writes_them() -> None:
    written = "commands, chat:write,users:read, channels:read,groups:read,im:write, files:write"
    assert scope_finding(written).ok
    assert "commands, chat:write, users:read" in scope_finding("").seen


@pytest.mark.parametrize(
    ("token", "seen"),
    [
        ("xoxb-sandbox", "WRONG SLACK_APP_TOKEN does not begin with xapp-"),
        ("xapp-other", "WRONG Slack does not know it (invalid_auth)"),
    ],
)
async def test_an_app_token_that_does_not_work(
    token: str, seen: str, workspace: Workspace, report: Report
) -> None:
    assert not await examine(workspace.settings(slack_app_token=token))
    told = report()["App token"]
    assert told.startswith(seen)
    assert "Basic Information, App-Level Tokens" in told


async def test_socket_mode_that_is_off_in_the_app(tmp_path: Path, report: Report) -> None:
    manifest = tmp_path / "http.yaml"
    manifest.write_text(manifest_text("http://127.0.0.1:3000"), encoding="utf-8")
    async with playing(tmp_path, manifest) as workspace:
        assert not await examine(workspace.settings())
    assert "Turn on Socket Mode in the app" in report()["App token"]


async def test_where_partners_answer(workspace: Workspace, report: Report) -> None:
    assert await examine(workspace.settings())
    assert report()["Partners"].startswith("ok answer by mail; with PARTNERBOT_PUBLIC_URL")
    public = {"partnerbot_public_url": "https://partner.example.dk", "partnerbot_port": 3456}
    assert await examine(workspace.settings(**public))
    assert report()["Partners"] == (
        "ok answer at https://partner.example.dk/e/...; your proxy must pass /e/ on to"
        " 127.0.0.1:3456/e/"
    )


async def test_http_needs_the_signing_secret(workspace: Workspace, report: Report) -> None:
    http = {"slack_app_token": None, "partnerbot_port": 3456}
    assert await examine(workspace.settings(slack_signing_secret="very-secret", **http))
    assert "to 127.0.0.1:3456/slack/events" in report()["Connection"]
    assert not await examine(workspace.settings(**http))
    told = report()["Connection"]
    assert told.startswith("WRONG neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set")
    assert "Signing Secret" in told


async def test_a_slack_that_is_busy_is_asked_again_later(
    workspace: Workspace, report: Report
) -> None:
    await workspace.control("faults", method="auth.test", times=1, retry_after=30)
    assert not await examine(workspace.settings())
    assert report()["Bot token"] == "WRONG Slack is busy (ratelimited) Try again in a minute."


async def test_a_slack_that_does_not_answer(workspace: Workspace, report: Report) -> None:
    settings = workspace.settings(slack_api_url="http://127.0.0.1:1/api/")
    assert not await examine(settings)
    assert set(told := report()) == {"Database", "Slack", "Partners"}
    assert told["Slack"].startswith("WRONG no answer from http://127.0.0.1:1/api/")


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (200, "text/plain", "hello"),
        (200, "text/html", "<h1>Log in to the municipality's network</h1>"),
        (200, "application/json", "{"),
        (200, "application/json", "[]"),
        (404, "text/plain", "404: Not Found"),
        (502, "text/html", "<h1>Bad gateway</h1>"),
    ],
)
async def test_something_that_answers_and_is_not_slack(
    status: int, kind: str, body: str, workspace: Workspace
) -> None:
    async def serve(_: web.Request) -> web.Response:
        return web.Response(status=status, content_type=kind, text=body)

    server = web.Application()
    server.router.add_post("/api/auth.test", serve)
    runner = web.AppRunner(server)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        url = f"http://127.0.0.1:{port}/api/"
        (finding,) = await slack_findings(workspace.settings(slack_api_url=url), NOW)
    finally:
        await runner.cleanup()
    assert not finding.ok
    assert finding.seen.startswith(f"no answer from {url}")


@pytest.mark.parametrize(
    ("minutes", "seen"),
    [
        (0, "agrees with Slack's"),
        (5, "agrees with Slack's"),
        (-5, "agrees with Slack's"),
        (6, "6 minutes ahead of Slack's"),
        (-90, "90 minutes behind Slack's"),
    ],
)
def test_the_clock_may_be_five_minutes_off(minutes: int, seen: str) -> None:
    date = format_datetime(NOW, usegmt=True)
    finding = clock_finding(date, NOW + timedelta(minutes=minutes))
    assert finding.seen == seen
    assert finding.ok == (abs(minutes) <= 5)


def test_a_proxy_that_eats_the_time_is_no_fault() -> None:
    assert clock_finding("", NOW).ok


# Many workspaces.

MANY = {
    "slack_bot_token": None,
    "slack_app_token": None,
    "slack_signing_secret": "sandbox-signing-secret",
    "slack_client_id": "sandbox-client",
    "slack_client_secret": "sandbox-client-secret",
    "partnerbot_public_url": "https://partner.example.dk",
    "partnerbot_token_key": "A" * 43 + "=",
}


async def test_where_libraries_install_the_client_id_is_looked_at(
    workspace: Workspace, report: Report
) -> None:
    assert await examine(workspace.settings(**MANY))
    told = report()
    assert list(told) == ["Database", "Client ID", "Clock", "Connection", "Partners"]
    assert told["Client ID"] == (
        "ok Slack knows it; libraries install at https://partner.example.dk/slack/install"
    )
    assert "pass /slack/ on to 127.0.0.1:3000/slack/" in told["Connection"]


@pytest.mark.parametrize(
    ("wrong", "seen"),
    [
        ({"slack_client_id": "1.2"}, "Slack does not know it (invalid_client_id)"),
        ({"slack_client_secret": "x"}, "the secret belongs to another one (bad_client_secret)"),
    ],
)
async def test_a_wrong_client_id_or_secret(
    wrong: dict[str, str], seen: str, workspace: Workspace, report: Report
) -> None:
    assert not await examine(workspace.settings(**MANY | wrong))
    told = report()
    assert told["Client ID"] == f"WRONG {seen} Set both anew from {CLIENT_PLACE}."
    assert told["Clock"] == "ok agrees with Slack's"
