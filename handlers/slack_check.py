"""What `partnerbot check` asks Slack: are the tokens good, the scopes there, the clocks alike?"""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.evaluation_token import PATH
from bot.settings import Settings
from handlers.manifest import EVENTS_PATH, INSTALL_PATH, scopes

PATIENCE_SECONDS = 10
SIGNATURE_AGE = timedelta(minutes=5)  # Slack's signed requests are refused when older than this

BOT_PLACE = "OAuth & Permissions, Bot User OAuth Token (begins with xoxb-)"
APP_PLACE = "Basic Information, App-Level Tokens (begins with xapp-)"
SIGNING_PLACE = "Basic Information, App Credentials, Signing Secret"
CLIENT_PLACE = "Basic Information, App Credentials"

# Slack's error names for a token that does not work, in words.
_REFUSALS = {
    "invalid_auth": "Slack does not know it",
    "not_authed": "Slack does not know it",
    "not_allowed_token_type": "it is a token of another kind",
    "token_revoked": "it was revoked",
    "token_expired": "it has expired: token rotation is on in the app, and must be off",
    "account_inactive": "the app is no longer installed in the workspace",
    "missing_scope": "it lacks a scope",
    "invalid_client_id": "Slack does not know it",
    "bad_client_secret": "the secret belongs to another one",
}
# Error names that go away by themselves.
_PASSING = {"ratelimited", "internal_error", "fatal_error", "service_unavailable"}


@dataclass(frozen=True)
class Finding:
    """What was looked at and seen; something is wrong where there is something to do."""

    subject: str
    seen: str
    to_do: str = ""

    @property
    def ok(self) -> bool:
        """Whether it is as it should be."""
        return not self.to_do


class UnreachableError(Exception):
    """What answers at SLACK_API_URL, if anything, is not Slack."""


async def slack_findings(settings: Settings, now: datetime) -> list[Finding]:
    """Ask Slack about what the bot shows it; `now` is this machine's time."""
    shown = _client_id if settings.many_workspaces else _bot_token
    try:
        return [*await shown(settings, now), await _connection(settings)]
    except UnreachableError as error:
        return [
            Finding(
                "Slack",
                f"no answer from {settings.slack_api_url} ({error})",
                "Check the network and the proxy (HTTPS_PROXY), and leave SLACK_API_URL unset.",
            )
        ]


def partner_finding(settings: Settings) -> Finding:
    """Whether partners can answer in a browser."""
    url, port = settings.partnerbot_public_url, settings.partnerbot_port
    if url is None:
        return Finding(
            "Partners", "answer by mail; with PARTNERBOT_PUBLIC_URL they get a form in the browser"
        )
    passed_on = f"your proxy must pass {PATH} on to 127.0.0.1:{port}{PATH}"
    return Finding("Partners", f"answer at {url}{PATH}...; {passed_on}")


async def _bot_token(settings: Settings, now: datetime) -> list[Finding]:
    problem = _shape(settings.slack_bot_token, "SLACK_BOT_TOKEN", "xoxb-", BOT_PLACE)
    if problem:
        return [Finding("Bot token", *problem)]
    answer = await _ask(_client(settings, settings.slack_bot_token).auth_test())
    findings = [_bot(answer), clock_finding(_header(answer, "date"), now)]
    if answer.get("ok"):
        findings.insert(1, scope_finding(_header(answer, "x-oauth-scopes")))
    return findings


async def _client_id(settings: Settings, now: datetime) -> list[Finding]:
    """With a code that is nobody's: Slack refuses it after it has looked at id and secret."""
    secret = settings.slack_client_secret
    exchange = _client(settings, None).oauth_v2_access(
        client_id=settings.slack_client_id or "",
        client_secret=secret.get_secret_value() if secret else "",
        code="partnerbot-check",
    )
    answer = await _ask(exchange)
    clock = clock_finding(_header(answer, "date"), now)
    if answer.get("error") != "invalid_code":
        return [_refused("Client ID", answer, f"Set both anew from {CLIENT_PLACE}."), clock]
    seen = f"Slack knows it; libraries install at {settings.partnerbot_public_url}{INSTALL_PATH}"
    return [Finding("Client ID", seen), clock]


def _bot(answer: AsyncSlackResponse) -> Finding:
    if not answer.get("ok"):
        to_do = f"Install the app again, and set the new token from {BOT_PLACE}."
        return _refused("Bot token", answer, to_do)
    return Finding("Bot token", f"{answer['user']} in the workspace {answer['team']}")


def scope_finding(granted: str) -> Finding:
    """Compare what the token may (Slack's x-oauth-scopes, by commas) with the manifest."""
    has = {scope.strip() for scope in granted.split(",")}
    wanted = scopes()
    missing = [scope for scope in wanted.required if scope not in has]
    if missing:
        return Finding(
            "Scopes",
            f"missing: {', '.join(missing)}",
            "Put the text of `partnerbot manifest` into App Manifest, save, and install again.",
        )
    optional = [scope for scope in wanted.optional if scope in has]
    return Finding("Scopes", f"all that are needed; optional ones: {', '.join(optional) or 'none'}")


def clock_finding(date: str, now: datetime) -> Finding:
    """Compare Slack's Date header with this machine's time."""
    if not date:
        return Finding("Clock", "Slack did not tell its time")
    apart = now - parsedate_to_datetime(date)
    if abs(apart) <= SIGNATURE_AGE:
        return Finding("Clock", "agrees with Slack's")
    side = "ahead of" if apart > timedelta(0) else "behind"
    return Finding(
        "Clock",
        f"{abs(apart) // timedelta(minutes=1)} minutes {side} Slack's",
        "Set this machine's clock by the network (timedatectl set-ntp true): signed requests more"
        " than 5 minutes apart are refused.",
    )


async def _connection(settings: Settings) -> Finding:
    """As `run` chooses: Socket Mode where there is an app token, else signed HTTP."""
    if settings.slack_app_token is not None:
        return await _socket_mode(settings, settings.slack_app_token)
    if settings.slack_signing_secret is not None:
        path = "/slack/" if settings.many_workspaces else EVENTS_PATH
        where = f"127.0.0.1:{settings.partnerbot_port}{path}"
        return Finding("Connection", f"HTTP; your proxy must pass {path} on to {where}")
    return Finding(
        "Connection",
        "neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set",
        f"For Socket Mode set the token from {APP_PLACE}; for HTTP the secret from"
        f" {SIGNING_PLACE}. `partnerbot init` asks for it.",
    )


async def _socket_mode(settings: Settings, token: SecretStr) -> Finding:
    problem = _shape(token, "SLACK_APP_TOKEN", "xapp-", APP_PLACE)
    if problem:
        return Finding("App token", *problem)
    client = _client(settings, token)
    answer = await _ask(client.apps_connections_open(app_token=token.get_secret_value()))
    if answer.get("ok"):
        return Finding("App token", "Slack opens Socket Mode with it")
    return _refused(
        "App token",
        answer,
        "Turn on Socket Mode in the app, and make a token with the scope connections:write under"
        f" {APP_PLACE}.",
    )


def _shape(
    token: SecretStr | None, name: str, beginning: str, place: str
) -> tuple[str, str] | None:
    if token is None:
        return f"{name} is not set", f"It stands under {place}. `partnerbot init` asks for it."
    if not token.get_secret_value().startswith(beginning):
        return f"{name} does not begin with {beginning}", f"The right one stands under {place}."
    return None


def _client(settings: Settings, token: SecretStr | None) -> AsyncWebClient:
    return AsyncWebClient(
        token=token.get_secret_value() if token else None,
        base_url=settings.slack_api_url,
        timeout=PATIENCE_SECONDS,
    )


async def _ask(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse:
    """Slack's answer, a refusal too; UnreachableError when it is not Slack that answers."""
    try:
        return await call
    except SlackApiError as error:
        answer: Any = error.response
        if isinstance(answer, AsyncSlackResponse) and _is_slacks(answer.data):
            return answer
        status = getattr(answer, "status_code", None) or getattr(answer, "status", "")
        raise UnreachableError(f"HTTP {status}, and not in Slack's form") from error
    except AttributeError as error:  # the SDK expects JSON wherever HTTP says 200
        raise UnreachableError("HTTP 200, and not in Slack's form") from error
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise UnreachableError(str(error) or type(error).__name__) from error


def _is_slacks(body: object) -> bool:
    return isinstance(body, dict) and "error" in body


def _refused(subject: str, answer: AsyncSlackResponse, to_do: str) -> Finding:
    name = str(answer.get("error"))
    if name in _PASSING:
        return Finding(subject, f"Slack is busy ({name})", "Try again in a minute.")
    return Finding(subject, f"{_REFUSALS.get(name, 'Slack refuses it')} ({name})", to_do)


def _header(answer: AsyncSlackResponse, name: str) -> str:
    headers: Mapping[str, str] = answer.headers
    return next((value for key, value in headers.items() if key.lower() == name), "")
