"""Installing the one bot into many libraries' Slack, over OAuth.

Slack's own library walks the steps (https://docs.slack.dev/authentication/installing-with-oauth);
here it is told what to ask for, where to keep what it gets, and what the browser is shown. Loaded
only where SLACK_CLIENT_ID is set.
"""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from urllib.parse import urljoin

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_bolt_request
from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.oauth import OAuthStateUtils
from slack_sdk.web.async_client import AsyncWebClient

from bot.translation import Translator, mark
from bot.workspace import Language
from handlers.errors import Trouble, answered
from handlers.house import House
from handlers.install_store import STATE_SECONDS, Installations, States
from handlers.language import settings as settings_of
from handlers.manifest import INSTALL_PATH, REDIRECT_PATH, scopes
from handlers.vault import Vault
from handlers.views import install as views

log = logging.getLogger(__name__)

NOT_INSTALLED = mark(
    "Partnerbot is not installed in your Slack any more. The one who looks after your Slack can"
    " install it again: {address}"
)

DECLINED = mark("Nothing was installed, because Slack was told no.")
OTHER_BROWSER = mark(
    "Nothing was installed, because this is not the browser that it began in. Begin again here."
)
TOO_OLD = mark("Nothing was installed, because it took too long or was done already. Begin again.")
REFUSED = mark("Nothing was installed, because Slack did not agree. Begin again.")

# Why an installation ended, by Slack's names and Bolt's; the browser brings some of them, so any
# other may stand there too.
REASONS = {"access_denied": DECLINED, "invalid_browser": OTHER_BROWSER, "invalid_state": TOO_OLD}

# The address of these pages holds a code and a state: neither kept, nor sent on, nor framed.
PAGE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Content-Type": "text/html; charset=utf-8",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Credentials:
    """What the bot shows Slack, where Slack sends people back to, and what keeps their tokens."""

    client_id: str
    client_secret: str
    public_url: str
    vault: Vault


class BrowserCookie(OAuthStateUtils):
    """The cookie by which a browser is known again; over http, on one machine, without Secure."""

    def __init__(self, *, secure: bool) -> None:
        super().__init__(expiration_seconds=STATE_SECONDS)
        self._flags = "; HttpOnly; SameSite=Lax; Path=/slack" + "; Secure" * secure

    def build_set_cookie_for_new_state(self, state: str) -> str:
        """For the way to Slack and back."""
        return f"{self.cookie_name}={state}; Max-Age={self.expiration_seconds}{self._flags}"

    def build_set_cookie_for_deletion(self) -> str:
        """Once it is back."""
        return f"{self.cookie_name}=; Max-Age=0{self._flags}"


def flow(house: House, client: AsyncWebClient, credentials: Credentials) -> AsyncOAuthFlow:
    """The steps of an installation; `client` has no token of its own."""
    cookie = BrowserCookie(secure=credentials.public_url.startswith("https"))
    pages = _Pages(house, cookie)
    settings = AsyncOAuthSettings(
        client_id=credentials.client_id,
        client_secret=credentials.client_secret,
        scopes=scopes().required,
        user_scopes=(),
        redirect_uri=credentials.public_url + REDIRECT_PATH,
        install_page_rendering_enabled=False,
        callback_options=AsyncCallbackOptions(pages.installed, pages.failed),
        authorization_url=urljoin(client.base_url, "/oauth/v2/authorize"),
        installation_store=Installations(house, credentials.vault),
        state_store=States(house),
    )
    settings.state_utils = cookie
    return AsyncOAuthFlow(client=client, settings=settings)


def not_installed(credentials: Credentials) -> str:
    """What is said in a workspace that let the bot go."""
    return _danish()(NOT_INSTALLED, address=credentials.public_url + INSTALL_PATH)


def routes(steps: AsyncOAuthFlow) -> list[web.RouteDef]:
    """The two addresses that a browser visits."""

    async def begin(request: web.Request) -> web.Response:
        bolt_request = await to_bolt_request(request)
        bolt_request.query = {}  # Bolt would put its `team` into Slack's address as it stands
        return await _served(_sent_on(steps.handle_installation(bolt_request)))

    async def end(request: web.Request) -> web.Response:
        return await _served(steps.handle_callback(await to_bolt_request(request)))

    return [
        web.get(INSTALL_PATH, begin, allow_head=False),
        web.get(REDIRECT_PATH, end, allow_head=False),
    ]


@dataclass(frozen=True)
class _Pages:
    """Where the browser ends."""

    house: House
    cookie: BrowserCookie

    async def installed(self, args: AsyncSuccessArgs) -> BoltResponse:
        team, name = args.installation.team_id or "", args.installation.team_name or ""
        library = await settings_of(self.house, team)
        html = views.installed(Translator(library.language), team, name)
        return self._page(200, html)

    async def failed(self, args: AsyncFailureArgs) -> BoltResponse:
        log.info("An installation ended with %r", args.reason)
        sentence = _danish()(REASONS.get(args.reason, REFUSED))
        html = views.failed(_danish(), sentence, INSTALL_PATH)
        return self._page(args.suggested_status_code, html)

    def _page(self, status: int, html: str) -> BoltResponse:
        forget = self.cookie.build_set_cookie_for_deletion()
        return BoltResponse(status=status, body=html, headers={**PAGE, "Set-Cookie": forget})


async def _sent_on(work: Awaitable[BoltResponse]) -> BoltResponse:
    response = await work
    response.body = views.onward(_danish(), response.headers["location"][0])
    return response


async def _served(work: Awaitable[BoltResponse]) -> web.Response:
    outcome = await answered(_danish(), work)
    if isinstance(outcome, Trouble):
        html = views.failed(_danish(), outcome.sentence, INSTALL_PATH, **outcome.values)
        return web.Response(status=500, body=html.encode(), headers=PAGE)
    # Bolt's own adapter knows no SameSite, and makes every cookie Secure.
    headers = [(name, value) for name, each in outcome.headers.items() for value in each]
    return web.Response(status=outcome.status, body=outcome.body.encode(), headers=headers)


def _danish() -> Translator:
    """No library is there yet that could have chosen another language."""
    return Translator(Language.DANISH)
