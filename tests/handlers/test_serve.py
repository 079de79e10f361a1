"""The program itself, as a process beside the sandbox as a process."""

import asyncio
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg  # type: ignore[import-untyped] # it carries no types
import pytest

from handlers import serve
from handlers.manifest import manifest_text
from tests.handlers.library import MANIFEST, Library, said
from tests.handlers.wire import count, free_port, rows
from tests.storage.databases import PostgresServer

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-sandbox", "SLACK_APP_TOKEN": "xapp-sandbox"}
SECRET = {"SLACK_SIGNING_SECRET": "sandbox-signing-secret"}
HOUSE = MANIFEST.parent
PATIENCE = 20  # seconds for a process to start or end


@dataclass
class Address:
    """All that is known here of a sandbox in a process of its own."""

    url: str


@dataclass
class Street(Library):
    """A sandbox in one process, and the bots that are started beside it."""

    stack: AsyncExitStack
    folder: Path
    bots: list[Process] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.sandbox.url

    @property
    def file(self) -> Path:
        return self.folder / "partnerbot.db"

    def diary(self) -> str:
        return (self.folder / "bot.log").read_text(encoding="utf-8")

    async def start(self, *arguments: str, **settings: str) -> Process:
        """`partnerbot ...` with these settings and no others."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "PYTHONPATH": str(HOUSE),
            "SLACK_API_URL": f"{self.url}/api/",
            "DATABASE_URL": f"sqlite:///{self.file}",
            "PARTNERBOT_CLOCK_URL": f"{self.url}/_sandbox/clock",
            **settings,
        }
        with (self.folder / "bot.log").open("ab") as log:
            bot = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", *arguments),
                env=environment,
                cwd=self.folder,
                stdout=PIPE,
                stderr=log,
            )
        self.stack.push_async_callback(_end, bot)
        self.bots.append(bot)
        return bot

    async def run(self, **settings: str) -> Process:
        """A bot that says it is ready."""
        bot = await self.start("run", **{**TOKENS, **settings})
        assert await _line(bot) == "Ready", self.diary()
        return bot

    async def refused(self, **settings: str) -> str:
        """What a bot says that ends by itself."""
        bot = await self.start("run", **settings)
        assert await _ended(bot) == 1
        return self.diary()

    async def until_at_work(self, method: str) -> None:
        """Wait until the bot has asked Slack that and has no answer yet."""
        async with asyncio.timeout(PATIENCE):
            while True:
                told = await self.look("idle?timeout=0.02&quiet_ms=0")
                if f"api {method}" in told["waiting_for"]:
                    return


async def _line(process: Process) -> str:
    assert process.stdout
    async with asyncio.timeout(PATIENCE):
        return (await process.stdout.readline()).decode().strip()


async def _ended(process: Process) -> int:
    async with asyncio.timeout(PATIENCE):
        return await process.wait()


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.communicate()


async def stop(bot: Process) -> int:
    bot.send_signal(signal.SIGTERM)
    return await _ended(bot)


@asynccontextmanager
async def built(folder: Path, manifest: Path = MANIFEST) -> AsyncIterator[Street]:
    async with AsyncExitStack() as stack:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "sandbox", "--port", "0", "--limits", "off"),
            *("--until-stdin-closes", "--manifest", str(manifest)),
            cwd=HOUSE,
            stdin=PIPE,
            stdout=PIPE,
        )
        stack.push_async_callback(_end, process)
        url = (await _line(process)).removeprefix("Sandbox: ")
        http = await stack.enter_async_context(aiohttp.ClientSession())
        sandbox: Any = Address(url)
        out_of_reach: Any = None  # store and house live in the bot's own process
        yield Street(sandbox, http, out_of_reach, out_of_reach, stack, folder)


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    async with built(tmp_path) as street:
        yield street


async def add_springbraet(street: Street) -> None:
    await street.write("ny Springbræt", user="U03")
    assert (await street.submit({}, user="U03"))["ok"]
    await street.control("close", user="U03", view_id=(await street.view("U03"))["id"])


async def forget_profile(street: Street, user: str, name: str) -> None:
    """Slack says that the profile changed, so the bot asks for it anew."""
    await street.control("members", id=user, name=name)


# Up and down.


async def test_it_says_ready_and_ends_when_told(street: Street) -> None:
    bot = await street.run()
    await street.write("hjælp")
    assert "Det kan du skrive" in said(await street.message())
    assert await stop(bot) == 0


async def test_ctrl_c_ends_it_as_well(street: Street) -> None:
    bot = await street.run()
    bot.send_signal(signal.SIGINT)
    assert await _ended(bot) == 0


async def test_told_to_stop_it_finishes_the_modal_it_acknowledged(street: Street) -> None:
    bot = await street.run()
    await street.control("faults", method="views.open", delay=1)
    done = await street.control(
        "slash", user="U02", channel="C03", command="/partner", text="tjek", wait="ack"
    )
    assert done["ok"]
    assert await stop(bot) == 0
    assert (await street.view())["title"]["text"] == "Tjek · Hvem og hvad?"


async def test_told_to_stop_it_stores_the_click_it_acknowledged(street: Street) -> None:
    bot = await street.run()
    await add_springbraet(street)
    await street.write("springbræt", user="U06")
    await forget_profile(street, "U06", "sofie")
    await street.control("faults", method="users.info", delay=1)
    assert (await street.press("Jeg kender dem", user="U06", wait="ack"))["ok"]
    assert await stop(bot) == 0
    ties = rows(street.file, "SELECT user_id FROM partner_tie WHERE tie = 'knows'")
    assert ("U06",) in ties
    assert "Kender dem: @U03, @U06" in said(await street.message("U06"))


async def test_told_to_stop_it_answers_the_form_it_was_given(street: Street) -> None:
    bot = await street.run()
    await street.write("tjek Pixelværket")
    await forget_profile(street, "U02", "mette")
    await street.control("faults", method="users.info", delay=1)
    form = (await street.view())["id"]
    sending = asyncio.create_task(
        street.control("submit", user="U02", view_id=form, values={}, wait="ack")
    )
    await street.until_at_work("users.info")
    assert await stop(bot) == 0
    assert (await sending)["ok"]
    assert count(street.file, "tjek") == 1


async def test_killed_outright_it_comes_back_with_all_it_said_yes_to(street: Street) -> None:
    bot = await street.run()
    await add_springbraet(street)
    for _ in range(2):
        bot.kill()
        assert await _ended(bot) == -signal.SIGKILL
        bot = await street.run()
        await street.look("ready")
        await street.write("springbræt")
        assert "Springbræt er i vores netværk." in said(await street.message())
    assert await stop(bot) == 0


async def test_killed_while_it_saves_it_has_saved_whole_or_not_at_all(street: Street) -> None:
    bot = await street.run()
    await street.write("ny Springbræt")
    sending = asyncio.create_task(
        street.submit({"contact": "Anne Holm\nanne@eksempel.dk", "source": "fra Mette"})
    )
    await asyncio.wait({sending}, timeout=0.01)
    bot.kill()
    done = await sending
    await street.run()
    whole = [count(street.file, table) for table in ("partner", "contact_person", "seen")]
    assert whole in ([1, 1, 1], [0, 0, 0])
    assert not done["ok"] or whole == [1, 1, 1]


# One bot, and the right settings.


async def test_a_second_bot_on_the_same_file_is_refused(street: Street) -> None:
    first = await street.run()
    said_by_second = await street.refused(**TOKENS)
    assert f"Another Partnerbot is already running on {street.file}." in said_by_second
    assert "Traceback" not in said_by_second
    await street.write("hjælp")
    assert "Det kan du skrive" in said(await street.message())
    assert await stop(first) == 0


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "SLACK_BOT_TOKEN is missing."),
        ({"SLACK_APP_TOKEN": "xapp-sandbox"}, "SLACK_BOT_TOKEN is missing."),
        (
            {"SLACK_BOT_TOKEN": "xoxb-sandbox"},
            "Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP).",
        ),
        ({**TOKENS, "DATABASE_URL": "mysql://x"}, "DATABASE_URL is not understood."),
        ({**TOKENS, "DATABASE_URL": "sqlite:////nowhere/x.db"}, "cannot be opened."),
        ({**TOKENS, "PARTNERBOT_PORT": "many"}, "PARTNERBOT_PORT"),
        ({**TOKENS, "SLACK_API_URL": "https://slack.com/api/"}, "is for the sandbox only"),
    ],
)
async def test_what_is_missing_or_wrong_is_said_in_a_sentence(
    street: Street, settings: dict[str, str], sentence: str
) -> None:
    said_by_bot = await street.refused(**settings)
    assert sentence in said_by_bot
    assert "Traceback" not in said_by_bot


async def test_a_token_that_slack_does_not_know_ends_it_with_a_sentence(street: Street) -> None:
    said_by_bot = await street.refused(**{**TOKENS, "SLACK_APP_TOKEN": "xapp-wrong"})
    assert "SLACK_APP_TOKEN" in said_by_bot
    assert "partnerbot check" in said_by_bot
    assert "Traceback" not in said_by_bot
    assert "xapp-wrong" not in said_by_bot
    assert "Unclosed" not in said_by_bot


async def test_a_port_that_is_taken_is_said_in_a_sentence(street: Street) -> None:
    taken = street.url.rpartition(":")[2]
    bot_token = {"SLACK_BOT_TOKEN": "xoxb-sandbox"}
    said_by_bot = await street.refused(**bot_token, **SECRET, PARTNERBOT_PORT=taken)
    assert "PARTNERBOT_PORT" in said_by_bot
    assert "Traceback" not in said_by_bot


async def test_with_both_it_is_socket_mode_and_the_log_says_so(street: Street) -> None:
    await street.run(**SECRET)
    assert "over Socket Mode" in street.diary()
    assert (await street.look("ready"))["connections"] == 1


@pytest.mark.parametrize("slack", [TOKENS, {"SLACK_BOT_TOKEN": "xoxb-sandbox", **SECRET}])
async def test_partners_reach_their_form_whichever_way_slack_comes(
    street: Street, slack: dict[str, str]
) -> None:
    port = str(free_port())
    public = {"PARTNERBOT_PUBLIC_URL": f"http://127.0.0.1:{port}", "PARTNERBOT_PORT": port}
    bot = await street.start("run", **slack, **public)
    assert await _line(bot) == "Ready", street.diary()
    token = "N" * 32
    async with street.http.get(f"http://127.0.0.1:{port}/e/{token}") as answer:
        assert answer.status == 404
        assert "Linket fører ingen steder hen" in await answer.text()
    assert token not in street.diary()
    assert await stop(bot) == 0


async def test_without_a_public_address_nothing_listens_beside_socket_mode(street: Street) -> None:
    port = free_port()
    await street.run(PARTNERBOT_PORT=str(port))
    with pytest.raises(aiohttp.ClientConnectionError):
        await street.http.get(f"http://127.0.0.1:{port}/e/{'N' * 32}")


async def test_with_the_signing_secret_alone_it_listens(tmp_path: Path) -> None:
    port = str(free_port())
    manifest = tmp_path / "http.yaml"
    manifest.write_text(manifest_text(f"http://127.0.0.1:{port}"), encoding="utf-8")
    async with built(tmp_path, manifest) as street:
        bot = await street.start(
            "run", SLACK_BOT_TOKEN="xoxb-sandbox", PARTNERBOT_PORT=port, **SECRET
        )
        assert await _line(bot) == "Ready"
        assert f"over HTTP on port {port}" in street.diary()
        await street.control("faults", method="views.open", delay=1)
        await street.control(
            "slash", user="U02", channel="C03", command="/partner", text="tjek", wait="ack"
        )
        assert await stop(bot) == 0
        assert (await street.view())["title"]["text"] == "Tjek · Hvem og hvad?"


class Away:
    """A connection that is lost from the beginning."""

    async def start(self) -> None: ...

    async def lost(self) -> None: ...

    async def stop(self) -> None: ...


async def test_a_lost_connection_ends_the_program_and_is_no_good_end() -> None:
    assert await serve._until(asyncio.Event(), Away()) is False


async def test_being_told_is_a_good_end_even_when_the_connection_is_lost_as_well() -> None:
    told = asyncio.Event()
    told.set()
    assert await serve._until(told, Away()) is True


# What the log tells.


async def test_at_its_loudest_the_log_tells_nothing_that_people_write(street: Street) -> None:
    bot = await street.run(PARTNERBOT_LOG_LEVEL="DEBUG")
    await street.write("ny hemmelig-7f3a9")
    await street.submit({})
    await street.write("hemmelig-7f3a9")
    assert await stop(bot) == 0
    assert "DEBUG" in street.diary()
    for secret in ("hemmelig", "xoxb-", "xapp-", "_hooks"):
        assert secret not in street.diary()


# The schema.


async def test_an_older_file_is_migrated_at_the_start_and_migrate_does_it_alone(
    street: Street,
) -> None:
    done = await street.start("migrate")
    assert await _line(done) == "The schema is current."
    assert await _ended(done) == 0
    assert count(street.file, "partner") == 0
    await street.run()


async def test_a_newer_file_is_refused_and_not_touched(street: Street) -> None:
    assert await _ended(await street.start("migrate")) == 0
    with closing(sqlite3.connect(street.file)) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
        conn.commit()
    before = street.file.read_bytes()
    said_by_bot = await street.refused(**TOKENS)
    assert "was made by a newer version of Partnerbot (9999)" in said_by_bot
    assert await _ended(await street.start("migrate")) == 1
    assert street.file.read_bytes() == before


async def test_an_empty_postgresql_is_refused_until_it_is_migrated(
    street: Street, postgres: PostgresServer
) -> None:
    async with postgres.database(empty=True) as url:
        said_by_bot = await street.refused(**TOKENS, DATABASE_URL=url)
        assert "is empty. Create its tables with: partnerbot migrate" in said_by_bot
        done = await street.start("migrate", DATABASE_URL=url)
        assert await _ended(done) == 0
        bots = [await street.run(DATABASE_URL=url) for _ in range(2)]  # two replicas may run
        await add_springbraet(street)
        await street.write("springbræt")
        assert "Springbræt er i vores netværk." in said(await street.message())
        assert [await stop(bot) for bot in bots] == [0, 0]


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("9999", "was made by a newer version of Partnerbot (9999)"),
        ("0001", "Take a backup, then run: partnerbot migrate"),
    ],
)
async def test_a_postgresql_of_another_version_is_refused(
    street: Street, postgres: PostgresServer, version: str, sentence: str
) -> None:
    async with postgres.database() as url:
        conn = await asyncpg.connect(url)
        await conn.execute("UPDATE alembic_version SET version_num = $1", version)
        await conn.close()
        assert sentence in await street.refused(**TOKENS, DATABASE_URL=url)
