"""Delivery over HTTP: signed requests to the app's request URLs.

https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

import aiohttp

from sandbox.delivery.payload import VERIFICATION_TOKEN
from sandbox.delivery.reply import ACK_SECONDS, REFUSED, TIMED_OUT, UNREACHABLE, Parcel, Reply
from sandbox.ids import new_name

SIGNING_SECRET = "sandbox-signing-secret"  # noqa: S105 - public: it protects a play workspace
_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_OK = 200


def signature(timestamp: str, body: bytes) -> str:
    """Slack's `v0` signature of a request body sent at that Unix second."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(SIGNING_SECRET.encode(), signed, hashlib.sha256).hexdigest()


class Poster:
    """Posts parcels; an URL is asked the challenge once before its first event."""

    def __init__(self, real_time: Callable[[], datetime]) -> None:
        self._real_time = real_time
        self._session: aiohttp.ClientSession | None = None
        self._verified: set[str] = set()

    async def post(self, url: str, parcel: Parcel) -> Reply:
        """Deliver one parcel within three seconds."""
        if parcel.kind != "events_api":
            fields = parcel.payload
            if parcel.kind == "interactive":
                fields = {"payload": json.dumps(parcel.payload)}
            return await self._send(url, urlencode(fields).encode(), _FORM, {})
        if not await self.verify(url):
            return Reply(error=UNREACHABLE, reason="connection_failed")
        retry = {"x-slack-retry-num": str(parcel.attempt), "x-slack-retry-reason": parcel.reason}
        body = json.dumps(parcel.payload).encode()
        return await self._send(url, body, _JSON, retry if parcel.attempt else {})

    async def verify(self, url: str) -> bool:
        """Whether the URL has answered the challenge, now or before."""
        if url not in self._verified and await self.challenge(url):
            self._verified.add(url)
        return url in self._verified

    async def challenge(self, url: str) -> bool:
        """Ask the URL the challenge; whether the answer is right."""
        challenge = new_name(40)
        question = {
            "token": VERIFICATION_TOKEN,
            "challenge": challenge,
            "type": "url_verification",
        }
        reply = await self._send(url, json.dumps(question).encode(), _JSON, {})
        answered = reply.body if isinstance(reply.body, dict) else {}
        return challenge in (answered.get("challenge"), answered.get("text"))

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()

    async def _send(self, url: str, body: bytes, mime: str, extra: dict[str, str]) -> Reply:
        # Requests are signed in real time: the app compares with its own clock.
        timestamp = str(int(self._real_time().timestamp()))
        headers = {
            "Content-Type": mime,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(timestamp, body),
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            **extra,
        }
        try:
            async with (
                asyncio.timeout(ACK_SECONDS),
                self._http().post(url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                return await _read(answer)
        except TimeoutError:
            return Reply(error=TIMED_OUT, reason="http_timeout")
        except aiohttp.ClientError:
            return Reply(error=UNREACHABLE, reason="connection_failed")

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            # A connection kept open to an app that restarted would lose the next request.
            connector = aiohttp.TCPConnector(force_close=True, limit=0)
            self._session = aiohttp.ClientSession(connector=connector)
        return self._session


async def _read(answer: aiohttp.ClientResponse) -> Reply:
    text = await answer.text()
    if answer.status != _OK:
        again = answer.headers.get("x-slack-no-retry") != "1"
        return Reply(error=REFUSED, reason="http_error", status=answer.status, retry=again)
    if not text.strip():
        return Reply(status=_OK)
    if not answer.content_type.endswith("json"):
        return Reply(body={"text": text}, status=_OK)
    try:
        return Reply(body=json.loads(text), status=_OK)
    except ValueError:
        return Reply(error=REFUSED, reason="http_error", status=_OK)
