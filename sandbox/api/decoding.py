"""Arguments of a call, however they were sent: query, form, multipart or JSON."""

import base64
import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import web

from sandbox.errors import Refused
from sandbox.world import Json


@dataclass(frozen=True)
class Arguments:
    """The token (empty when there is none) and everything else, or Slack's name for the problem."""

    token: str
    args: Json
    problem: str | None = None


async def arguments(request: web.Request) -> Arguments:
    """Read a request's arguments and token."""
    args: Json = dict(request.query)
    problem = None
    try:
        args.update(await json_or_form(request))
    except Refused as refusal:
        problem = refusal.error
    in_body = str(args.pop("token", "") or "")
    kind, _, credentials = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "basic":
        args |= _client(credentials)
    bearer = credentials.strip() if kind.lower() == "bearer" else ""
    return Arguments(bearer or in_body, args, problem)


def _client(credentials: str) -> Json:
    """The client's id and secret, which OAuth's calls may send as HTTP Basic."""
    try:
        name, _, secret = base64.b64decode(credentials, validate=True).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": name, "client_secret": secret}


async def json_or_form(request: web.Request) -> Json:
    """The fields of a body. Refused: `invalid_json`, `json_not_object`, `invalid_form_data`."""
    if request.content_type == "multipart/form-data":
        fields = await request.post()
        return {key: value for key, value in fields.items() if isinstance(value, str)}
    raw = await request.read()
    if request.content_type != "application/json":
        return _form(raw)
    try:
        content = json.loads(raw)
    except ValueError:
        raise Refused("invalid_json") from None
    if not isinstance(content, dict):
        raise Refused("json_not_object")
    return content


def _form(raw: bytes) -> Json:
    try:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True))
    except UnicodeDecodeError:
        raise Refused("invalid_form_data") from None
