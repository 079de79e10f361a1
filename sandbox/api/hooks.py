"""Answers through a `response_url`; faults know them as a method of that name.

https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
"""

from aiohttp import web

from sandbox.api.call import Call
from sandbox.api.decoding import json_or_form
from sandbox.api.posting import add_message, change_message, content_of, remove_message
from sandbox.engine import ENGINE, Engine
from sandbox.errors import Refused
from sandbox.tickets import ResponseUrl
from sandbox.world import Channel, Json, Message

NAME = "response_url"


async def receive(request: web.Request) -> web.Response:
    """Take one answer; Slack says `ok`, or a name of what is wrong with status 404 or 400."""
    engine = request.app[ENGINE]
    began = engine.clock.monotonic()
    with engine.activity.during(NAME):
        args: Json = {}
        body: Json = {"ok": True}
        status, team = 200, None
        try:
            args = await json_or_form(request)
            await _meet_fault(engine, args)
            ticket = engine.response_urls.redeem(request.match_info["secret"])
            team = ticket.team
            _answer(engine, ticket, args)
        except Refused as refusal:
            body = {"ok": False, "error": refusal.error}
            status = refusal.extra.get("status", 404 if refusal.error.endswith("_url") else 400)
        ms = (engine.clock.monotonic() - began) * 1000
        engine.log.add("api", NAME, team=team, request=args, response=body, status=status, ms=ms)
        return web.Response(text="ok") if body["ok"] else web.json_response(body, status=status)


async def _meet_fault(engine: Engine, args: Json) -> None:
    fault = engine.faults.take(NAME, args)
    if fault and fault.delay:
        await engine.faults.hold(fault)
    if fault and fault.refuses:
        raise Refused(fault.error or "internal_error", status=fault.status or 500)


def _answer(engine: Engine, ticket: ResponseUrl, args: Json) -> None:
    call = Call(engine, engine.teams[ticket.team], NAME, args)
    channel = call.team.channels[ticket.channel]
    original = channel.message(ticket.message_ts) if ticket.message_ts else None
    if original and call.flag("delete_original"):
        remove_message(engine, call.team, channel, original)
        return
    content = content_of(call)
    if original and call.flag("replace_original"):
        change_message(engine, call.team, channel, original, content)
        return
    _post(call, ticket, channel, content)


def _post(call: Call, ticket: ResponseUrl, channel: Channel, content: Json) -> Message:
    public = call.text("response_type") == "in_channel"
    return add_message(
        call.engine,
        call.team,
        channel,
        user=call.app.bot_user,
        bot_id=call.app.bot_id,
        thread_ts=call.text("thread_ts") or None,
        ephemeral_to=None if public else ticket.user,
        **content,
    )
