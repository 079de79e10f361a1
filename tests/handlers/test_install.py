"""Several libraries in the one bot: installing over OAuth, keeping apart, and letting go."""

import asyncio
import html
import json
import logging
import os
import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Installation as Installed

from bot.errors import UserError
from bot.translation import Translator
from bot.workspace import Language
from handlers.app import build, web_client
from handlers.clock import SandboxClock
from handlers.connection import Http
from handlers.house import House
from handlers.install import BrowserCookie, Credentials
from handlers.install_store import Authorize, Installations, use_newest_key
from handlers.manifest import manifest_text, scopes
from handlers.vault import Vault, WrongKeyError
from handlers.views import install as views
from sandbox.server import Sandbox
from storage import workspace_installation as remembered
from storage.database import Store
from tests.handlers.library import Json, Library, said
from tests.handlers.wire import OverHttp, database, free_port
from tests.storage.databases import sqlite_url

KEY, NEXT_KEY, OTHER_KEY = (Fernet.generate_key().decode() for _ in range(3))
GONE = "Partnerbot er ikke installeret i jeres Slack længere."


@dataclass
class InTeam(OverHttp):
    """One of the libraries."""

    team: str = "T02"

    async def control(self, call: str, /, **body: Any) -> Json:
        return await super().control(call, **{"team": self.team, **body})

    async def look(self, path: str) -> Any:
        return await super().look(f"{path}&team={self.team}" if "?" in path else path)


@dataclass
class Hosted:
    """The one bot, and Slack around it."""

    address: str
    sandbox: Sandbox
    store: Store
    house: House
    http: aiohttp.ClientSession

    def library(self, team: str) -> InTeam:
        url = f"{self.address}/slack/events"
        return InTeam(self.sandbox, self.http, self.store, self.house, url, team)

    async def api(self, method: str) -> list[Json]:
        """The calls of that method so far."""
        return [e for e in await self.library("T02").log("api") if e["name"] == method]

    async def installed(self, team: str = "T02") -> Any:
        return await self.store.read(remembered.installation, team)


@dataclass
class Browser:
    """Somebody's browser, with its cookies."""

    hosted: Hosted
    http: aiohttp.ClientSession

    async def begin(self, query: str = "") -> str:
        """Open the installation's address; where Slack is to ask the question."""
        url = f"{self.hosted.address}/slack/install{query}"
        async with self.http.get(url, allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
            return answer.headers["Location"]

    async def answer(
        self, url: str, team: str = "T02", *, user: str = "U02", allow: bool = True
    ) -> str:
        """Say yes or no in Slack; where it sends the browser back to."""
        library = self.hosted.library(team)
        done = await library.control("install", user=user, url=url, allow=allow)
        assert done["ok"], done
        return str(done["location"])

    async def end(self, location: str, **headers: str) -> tuple[int, str]:
        async with self.http.get(location, headers=headers, allow_redirects=False) as answer:
            assert answer.content_type == "text/html"
            assert answer.headers["Cache-Control"] == "no-store"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
            return answer.status, await answer.text()

    async def install(self, team: str = "T02", user: str = "U02") -> str:
        """All three; the page it ends on."""
        status, page = await self.end(await self.answer(await self.begin(), team, user=user))
        assert status == 200, page
        return page


@asynccontextmanager
async def bot(
    play: Sandbox, folder: Path, port: int, keys: tuple[str, ...] = (KEY,)
) -> AsyncIterator[Hosted]:
    """The bot for many libraries, on the database in that folder."""
    address = f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as stack:
        store = await Store.open(sqlite_url(database(folder)))
        stack.push_async_callback(store.close)
        session = await stack.enter_async_context(aiohttp.ClientSession())
        clock = SandboxClock(f"{play.url}/_sandbox/clock")
        vault = Vault(keys)
        await use_newest_key(store, vault)
        app, house = build(
            client=web_client(f"{play.url}/api/", None, session),
            signing_secret="sandbox-signing-secret",
            store=store,
            clock=clock,
            credentials=Credentials("sandbox-client", "sandbox-client-secret", address, vault),
        )
        await clock.start(house.busy, house.changed)
        stack.push_async_callback(clock.stop)
        server = Http(app, port, "sandbox-signing-secret")
        await server.start()
        stack.push_async_callback(server.stop)
        stack.push_async_callback(house.drain)
        yield Hosted(address, play, store, house, session)


@asynccontextmanager
async def slack(folder: Path, port: int) -> AsyncIterator[Sandbox]:
    """A sandbox that calls a bot at that port."""
    manifest = folder / "http.yaml"
    manifest.write_text(manifest_text(f"http://127.0.0.1:{port}"), encoding="utf-8")
    play = await Sandbox.start(manifest=manifest, limits=False)
    try:
        yield play
    finally:
        await play.stop()


@pytest.fixture
async def hosted(tmp_path: Path) -> AsyncIterator[Hosted]:
    port = free_port()
    async with slack(tmp_path, port) as play, bot(play, tmp_path, port) as hosted:
        yield hosted


@asynccontextmanager
async def browsing(hosted: Hosted) -> AsyncIterator[Browser]:
    jar = aiohttp.CookieJar(unsafe=True)  # which takes cookies from an address in numbers
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        yield Browser(hosted, http)


@pytest.fixture
async def browser(hosted: Hosted) -> AsyncIterator[Browser]:
    async with browsing(hosted) as browser:
        yield browser


def files(folder: Path) -> bytes:
    """All that lies in the database's files."""
    return b"".join(path.read_bytes() for path in folder.glob("partnerbot.db*"))


# Installing.


async def test_slack_is_asked_for_what_is_needed_and_no_more(browser: Browser) -> None:
    location = urlsplit(await browser.begin())
    query = parse_qs(location.query)
    assert location.geturl().startswith(f"{browser.hosted.sandbox.url}/oauth/v2/authorize?")
    assert query["client_id"] == ["sandbox-client"]
    assert query["scope"] == [
        "commands,chat:write,users:read,channels:read,groups:read,im:write,files:write"
    ]
    assert query["redirect_uri"] == [f"{browser.hosted.address}/slack/oauth_redirect"]
    assert len(query["state"][0]) > 40


async def test_who_is_not_sent_on_by_the_browser_finds_a_link(browser: Browser) -> None:
    url = f"{browser.hosted.address}/slack/install"
    async with browser.http.get(url, allow_redirects=False) as answer:
        page, location = await answer.text(), answer.headers["Location"]
    assert f'<a href="{html.escape(location)}">Videre til Slack</a>' in page
    assert browser.hosted.sandbox.url in location


async def test_what_a_visitor_adds_to_the_address_does_not_reach_slack(browser: Browser) -> None:
    assert "admin" not in await browser.begin("?team=T1%26user_scope%3Dadmin&scope=admin")


async def test_an_installation_ends_on_a_page_that_says_what_to_do(browser: Browser) -> None:
    page = await browser.install()
    assert "<h1>Nu er Partnerbot hos Fjordby Bibliotek</h1>" in page
    assert "<code>/partner ny</code>" in page
    assert 'href="https://app.slack.com/client/T02"' in page
    assert '<html lang="da">' in page
    assert "<script" not in page


async def test_what_slack_gave_is_kept_and_the_token_sealed(
    browser: Browser, tmp_path: Path
) -> None:
    await browser.install(user="U06")
    hosted = browser.hosted
    found = await hosted.installed()
    assert found.installed_by == "U06"
    assert found.scopes == scopes().required
    app = hosted.sandbox.engine.team("T02").app
    assert (found.bot_id, found.bot_user, found.app_id) == (app.bot_id, app.bot_user, app.id)
    assert Vault([KEY]).unseal(found.sealed_token) == app.token
    assert b"T02" in files(tmp_path)
    assert b"xoxb" not in files(tmp_path)
    assert app.token not in repr(found)


async def test_states_lie_hashed_in_the_database(browser: Browser, tmp_path: Path) -> None:
    state = parse_qs(urlsplit(await browser.begin()).query)["state"][0]
    assert state.encode() not in files(tmp_path)


async def test_slack_may_be_told_no(browser: Browser) -> None:
    status, page = await browser.end(await browser.answer(await browser.begin(), allow=False))
    assert status == 200
    assert "Der er ikke installeret noget, for der blev sagt nej i Slack." in page
    assert 'href="/slack/install"' in page
    assert await browser.hosted.installed() is None


async def test_a_state_is_good_for_one_installation(browser: Browser) -> None:
    first = await browser.begin()
    state = parse_qs(urlsplit(first).query)["state"][0]
    location = await browser.answer(first)
    assert (await browser.end(location))[0] == 200
    again = await browser.answer(first)
    status, page = await browser.end(again, Cookie=f"slack-app-oauth-state={state}")
    assert status == 401
    assert "Enten gik der for lang tid, eller også er det gjort én gang." in page
    assert len(await browser.hosted.api("oauth.v2.access")) == 1


async def test_the_cookie_goes_when_it_has_done_its_duty(browser: Browser) -> None:
    first = await browser.begin()
    cookies = [cookie.key for cookie in browser.http.cookie_jar]
    await browser.end(await browser.answer(first))
    assert cookies == ["slack-app-oauth-state"]
    assert not list(browser.http.cookie_jar)


async def test_another_browser_cannot_end_what_this_one_began(browser: Browser) -> None:
    location = await browser.answer(await browser.begin())
    async with browsing(browser.hosted) as other:
        await other.begin()
        status, page = await other.end(location)
    assert status == 400
    assert "det begyndte ikke i den her browser" in page
    assert await browser.hosted.installed() is None


async def test_a_state_of_ones_own_making_is_worth_nothing(browser: Browser) -> None:
    url = re.sub(r"state=[^&]+", "state=mine", await browser.begin())
    location = await browser.answer(url)
    async with browsing(browser.hosted) as other:
        status, _ = await other.end(location, Cookie="slack-app-oauth-state=mine")
    assert status == 401
    assert await browser.hosted.installed() is None


async def test_who_takes_too_long_begins_again(browser: Browser) -> None:
    location = await browser.answer(await browser.begin())
    await browser.hosted.library("T02").control("clock", advance=601)
    status, page = await browser.end(location)
    assert status == 401
    assert "for lang tid" in page
    await browser.install()
    assert await browser.hosted.installed()


async def test_a_wrong_code_is_told_and_stores_nothing(browser: Browser) -> None:
    location = await browser.answer(await browser.begin())
    status, page = await browser.end(re.sub(r"code=[^&]+", "code=mine", location))
    assert status == 401
    assert "Slack sagde fra" in page
    assert await browser.hosted.installed() is None


async def test_a_lost_answer_is_told_with_a_code_for_the_log(
    browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    library = browser.hosted.library("T01")
    await library.control("faults", method="oauth.v2.access", drop_answer=True)
    location = await browser.answer(await browser.begin())
    with caplog.at_level(logging.ERROR):
        status, page = await browser.end(location)
    code = re.search(r"koden <strong>(\w{6})</strong>", page)
    assert status == 500
    assert code
    assert code[1] in caplog.text
    assert len(await browser.hosted.api("oauth.v2.access")) == 1
    await browser.install()


async def test_what_stands_in_the_address_is_not_drawn(browser: Browser) -> None:
    url = f"{browser.hosted.address}/slack/oauth_redirect?error=%3Cscript%3Ealert%281%29"
    _, page = await browser.end(url)
    assert "Slack sagde fra" in page
    assert "alert" not in page


def test_a_workspaces_name_is_text() -> None:
    page = views.installed(Translator(Language.ENGLISH), 'T"1', "<b>{x}</b> **A** & B")
    assert "Partnerbot is in &lt;b&gt;{x}&lt;/b&gt; **A** &amp; B now" in page
    assert 'client/T%221"' in page
    assert '<html lang="en">' in page


def test_the_cookie_is_for_the_way_to_slack_and_back() -> None:
    cookie = BrowserCookie(secure=True).build_set_cookie_for_new_state("s")
    assert cookie == (
        "slack-app-oauth-state=s; Max-Age=600; HttpOnly; SameSite=Lax; Path=/slack; Secure"
    )


async def test_the_addresses_are_for_browsers_that_look(browser: Browser) -> None:
    for path in ("install", "oauth_redirect"):
        async with browser.http.head(f"{browser.hosted.address}/slack/{path}") as answer:
            assert answer.status == 405


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"is_enterprise_install": True, "enterprise_id": "E1"}, "one workspace at a time"),
        ({"team_id": "T1", "bot_refresh_token": "xoxe-1"}, "Token rotation is on"),
    ],
)
async def test_what_partnerbot_cannot_live_with_is_not_kept(
    told: Json, sentence: str, hosted: Hosted
) -> None:
    store = Installations(hosted.house, Vault([KEY]))
    with pytest.raises(UserError, match=sentence):
        await store.async_save(Installed(user_id="U1", bot_token="xoxb-1", **told))
    assert await hosted.installed("T1") is None


# Many libraries.


async def add(library: Library, name: str) -> None:
    await library.write(f"ny {name}")
    done = await library.submit({})
    assert done["ok"], done
    view = await library.view()
    assert f"{name} er med." in said(view)
    await library.control("close", user="U02", view_id=view["id"])


async def test_each_library_sees_its_own_partners(browser: Browser) -> None:
    one, two = browser.hosted.library("T01"), browser.hosted.library("T02")
    await browser.install("T01")
    await browser.install("T02")
    await add(one, "Springbræt")
    await add(two, "Pixelværket")
    for library, own, others in (
        (one, "Springbræt", "Pixelværket"),
        (two, "Pixelværket", "Spring"),
    ):
        await library.write(own)
        assert f"{own} er i vores netværk." in said(await library.message())
        await library.write(others)
        assert "er i vores netværk" not in said(await library.message())
        await library.control("home", user="U02")
        home = said((await library.state())["home"])
        assert own in home
        assert others not in home


async def test_slack_is_not_asked_at_each_request_whether_the_token_holds(
    browser: Browser,
) -> None:
    await browser.install()
    library = browser.hosted.library("T02")
    for _ in range(3):
        await library.write("")
    assert len(await browser.hosted.api("auth.test")) == 1  # when it was installed
    assert len(await browser.hosted.api("users.info")) == 1


async def test_installing_again_takes_the_place_of_the_first(browser: Browser) -> None:
    await browser.install(user="U02")
    await add(browser.hosted.library("T02"), "Springbræt")
    await browser.install(user="U06")
    assert (await browser.hosted.installed()).installed_by == "U06"
    await browser.hosted.library("T02").write("Springbræt")
    assert "er i vores netværk" in said(await browser.hosted.library("T02").message())


async def test_who_never_installed_is_told_where(hosted: Hosted) -> None:
    library = hosted.library("T01")
    await library.write("")
    told = (await library.message())["text"]
    assert told.startswith(GONE)
    assert f"{hosted.address}/slack/install" in told


async def test_a_broken_database_is_told_to_the_person(browser: Browser, tmp_path: Path) -> None:
    await browser.install()
    (tmp_path / "partnerbot.db").rename(tmp_path / "elsewhere.db")
    library = browser.hosted.library("T02")
    await library.write("")
    assert "mangler. Læg filen tilbage" in said(await library.message())


async def test_a_restart_keeps_every_library(tmp_path: Path) -> None:
    port = free_port()
    async with slack(tmp_path, port) as play:
        async with bot(play, tmp_path, port) as hosted, browsing(hosted) as browser:
            await browser.install()
            await add(hosted.library("T02"), "Springbræt")
        async with bot(play, tmp_path, port) as hosted:
            await hosted.library("T02").write("Springbræt")
            assert "er i vores netværk" in said(await hosted.library("T02").message())


# Keys.


async def test_a_key_is_changed_by_putting_a_new_one_in_front(tmp_path: Path) -> None:
    port = free_port()
    async with slack(tmp_path, port) as play:
        async with bot(play, tmp_path, port, (KEY,)) as hosted, browsing(hosted) as browser:
            await browser.install()
            before = await hosted.installed()
        async with bot(play, tmp_path, port, (NEXT_KEY, KEY)) as hosted:
            after = await hosted.installed()
        async with bot(play, tmp_path, port, (NEXT_KEY,)) as hosted:
            assert await hosted.installed() == after  # nothing left to do
            await hosted.library("T02").write("")
            assert "Hej" in said(await hosted.library("T02").message())
    assert after.sealed_token != before.sealed_token
    with pytest.raises(WrongKeyError):
        Vault([KEY]).unseal(after.sealed_token)


async def test_a_lost_key_is_told_to_both_and_nothing_is_lost(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    async with slack(tmp_path, port) as play:
        async with bot(play, tmp_path, port) as hosted, browsing(hosted) as browser:
            await browser.install()
        with caplog.at_level(logging.ERROR):
            async with bot(play, tmp_path, port, (OTHER_KEY,)) as hosted:
                await hosted.library("T02").write("")
                assert GONE in (await hosted.library("T02").message())["text"]
        async with bot(play, tmp_path, port) as hosted:
            await hosted.library("T02").write("")
            assert "Hej" in said(await hosted.library("T02").message())
    assert "No key of PARTNERBOT_TOKEN_KEY opens the tokens of T02." in caplog.text
    assert "Put the former key after the new one" in caplog.text
    assert "xoxb" not in caplog.text


def test_a_sealed_token_that_was_tampered_with_does_not_open() -> None:
    sealed = Vault([KEY]).seal("xoxb-1")
    with pytest.raises(WrongKeyError):
        Vault([KEY]).unseal(sealed[:-10] + "AAAAAAAAA=")


# Letting go.


async def test_a_library_that_takes_the_bot_out_is_forgotten_at_once(browser: Browser) -> None:
    await browser.install("T01")
    await browser.install("T02")
    library = browser.hosted.library("T02")
    await add(library, "Springbræt")
    await library.control("app", uninstall=True)
    assert await browser.hosted.installed("T02") is None
    assert await browser.hosted.installed("T01")
    await library.control("app", uninstall=False)  # Slack brings things again, and nobody installed
    await library.write("Springbræt")
    assert GONE in (await library.message())["text"]
    await browser.install("T02")
    await library.write("Springbræt")
    assert "er i vores netværk" in said(await library.message())  # the register stayed


async def test_a_revoked_token_is_forgotten_at_once(browser: Browser) -> None:
    await browser.install()
    await browser.hosted.library("T02").control("app", revoke=True)
    assert await browser.hosted.installed() is None


async def bring(library: InTeam, *, event_time: int, **event: Any) -> None:
    """An event as Slack sends it, at a time of its own."""
    body = json.dumps(
        {
            "type": "event_callback",
            "team_id": library.team,
            "api_app_id": "A01",
            "event_id": f"Ev{event_time}",
            "event_time": event_time,
            "event": event,
        }
    ).encode()
    headers = library.signed(body) | {"Content-Type": "application/json"}
    assert (await library.post(body, **headers))[0] == 200
    await library.look("idle")


async def test_what_slack_tells_late_does_not_undo_a_new_installation(browser: Browser) -> None:
    await browser.install()
    library = browser.hosted.library("T02")
    installed_at = int((await browser.hosted.installed()).installed_at.timestamp())
    await bring(library, event_time=installed_at - 60, type="app_uninstalled")
    await browser.hosted.house.drain()
    assert await browser.hosted.installed()
    await bring(library, event_time=installed_at + 60, type="app_uninstalled")
    await browser.hosted.house.drain()
    assert await browser.hosted.installed() is None


async def test_somebodys_own_token_is_no_concern_of_ours(browser: Browser) -> None:
    await browser.install()
    library = browser.hosted.library("T02")
    later = int((await browser.hosted.installed()).installed_at.timestamp()) + 60
    await bring(library, event_time=later, type="tokens_revoked", tokens={"oauth": ["U02"]})
    await browser.hosted.house.drain()
    assert await browser.hosted.installed()


async def test_an_unknown_workspace_has_no_token(hosted: Hosted) -> None:
    authorize = Authorize(hosted.house, Vault([KEY]))
    assert await authorize(team_id="T09") is None
    assert await authorize(team_id=None) is None


# One workspace, as before.


async def test_with_one_workspace_it_forgets_and_does_not_ask_slack_to_repeat(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    await library.write("")
    team = (await library.state())["team"]["id"]
    assert library.house.profiles.get(team, "U02")
    with caplog.at_level(logging.WARNING):
        await library.control("app", uninstall=True)
    assert library.house.profiles.get(team, "U02") is None
    assert f"The bot was taken out of {team}" in caplog.text
    events = [e for e in await library.log("event") if e["name"] in LEAVING]
    assert sorted(e["name"] for e in events) == LEAVING


LEAVING = ["app_uninstalled", "tokens_revoked"]


# As it is run.


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "SLACK_SIGNING_SECRET": "sandbox-signing-secret",
        "SLACK_CLIENT_ID": "sandbox-client",
        "SLACK_CLIENT_SECRET": "sandbox-client-secret",
        "PARTNERBOT_TOKEN_KEY": f"{NEXT_KEY}, {KEY}",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'partnerbot.db'}",
    }


async def test_run_with_these_settings_lets_libraries_install(
    environment: dict[str, str], tmp_path: Path
) -> None:
    port = free_port()
    async with slack(tmp_path, port) as play:
        environment |= {
            "SLACK_API_URL": f"{play.url}/api/",
            "PARTNERBOT_PUBLIC_URL": f"http://127.0.0.1:{port}/",
            "PARTNERBOT_PORT": str(port),
            "SLACK_BOT_TOKEN": "xoxb-of-another-time",
        }
        child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            env=environment,
            cwd=tmp_path,
            stdout=PIPE,
            stderr=PIPE,
        )
        assert child.stdout
        try:
            assert await child.stdout.readline() == b"Ready\n"
            async with aiohttp.ClientSession() as http:
                store = await Store.open(environment["DATABASE_URL"])
                here = Hosted(f"http://127.0.0.1:{port}", play, store, None, http)  # type: ignore[arg-type] # it is in the other process
                async with browsing(here) as browser:
                    await browser.install()
                await add(here.library("T02"), "Springbræt")
                await store.close()
        finally:
            child.terminate()
            _, said_ = await child.communicate()
        log = said_.decode()
        assert child.returncode == 0, log
        assert f"Libraries install the bot at http://127.0.0.1:{port}/slack/install" in log
        assert "SLACK_BOT_TOKEN is not used" in log
        assert "xoxb" not in log
        assert "code=" not in log
