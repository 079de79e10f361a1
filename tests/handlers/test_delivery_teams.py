from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.delivery_teams import OneTeam
from handlers.tick import Tick
from storage import delivery as deliveries
from storage import workspace as settings_of
from storage import workspace_installation
from storage.database import Connection
from storage.delivery import Delivery, State
from tests.handlers.deliveries import TEAM, greets
from tests.handlers.library import Library
from tests.handlers.test_install import Hosted, bot, browsing, slack
from tests.handlers.wire import fault, free_port

TEAMS = ["T01", "T02"]


@asynccontextmanager
async def ticking(hosted: Hosted) -> AsyncIterator[None]:
    tick = Tick(hosted.house)
    await tick.start(alone=True)
    try:
        yield
    finally:
        await tick.stop()


@pytest.fixture
async def hosted(tmp_path: Path) -> AsyncIterator[Hosted]:
    """A bot that two libraries have installed, both switched on."""
    port = free_port()
    async with slack(tmp_path, port) as play, bot(play, tmp_path, port) as hosted:
        for team in TEAMS:
            async with browsing(hosted) as browser:
                await browser.install(team)
            await hosted.store.write(_switch_on, team, hosted)
            hosted.house.forget(team)
        yield hosted


def _switch_on(conn: Connection, team: str, hosted: Hosted) -> None:
    library = settings_of.settings(conn, team, lock=True)
    on = library.model_copy(update={"switched_on": True})
    settings_of.save_settings(conn, team, on, now=hosted.house.clock.now())


async def put(hosted: Hosted, team: str) -> None:
    due = hosted.house.clock.now()
    greeting = Delivery("greeting", 1, "C01", due, team)
    assert await hosted.store.write(deliveries.put, team, greeting)


async def idle(hosted: Hosted) -> bool:
    url = f"{hosted.sandbox.url}/_sandbox/idle?quiet_ms=0&timeout=10"
    async with hosted.http.get(url) as answer:
        return bool((await answer.json())["idle"])


async def test_each_library_hears_with_a_token_of_its_own(hosted: Hosted) -> None:
    greets(hosted.house)
    assert list(await hosted.house.teams.all()) == TEAMS
    for team in TEAMS:
        await put(hosted, team)
    async with ticking(hosted):
        assert await idle(hosted)
        posted = await hosted.api("chat.postMessage")
        assert sorted(entry["team"] for entry in posted) == TEAMS


async def test_where_the_bot_is_not_installed_any_more_it_says_nothing(hosted: Hosted) -> None:
    greeter = greets(hosted.house)
    await put(hosted, "T02")
    until = hosted.house.clock.now() + timedelta(hours=1)
    await hosted.store.write(workspace_installation.uninstall, "T02", until=until)
    hosted.house.forget("T02")
    async with ticking(hosted):
        assert await idle(hosted)
    assert list(await hosted.house.teams.all()) == ["T01"]
    assert await hosted.house.teams.client("T02") is None
    assert not greeter.asked
    found = await hosted.store.read(deliveries.outcome, "T02", "T02")
    assert found
    assert found.state is State.WAITING


async def test_with_one_token_there_is_one_library(library: Library) -> None:
    assert await library.house.teams.client("T99") is None
    assert list(await library.house.teams.all()) == [TEAM]


async def test_whose_token_it_is_is_asked_again_when_slack_did_not_say(library: Library) -> None:
    client = await library.house.teams.client(TEAM)
    assert client
    teams = OneTeam(client)
    await fault(library, "auth.test", status=503)
    assert list(await teams.all()) == []
    assert list(await teams.all()) == []  # not at every tick
    teams._ask_at = 0.0
    assert list(await teams.all()) == [TEAM]
