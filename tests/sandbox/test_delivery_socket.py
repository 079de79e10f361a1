"""Socket Mode as a bare client sees it."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.sandbox.play import Json, Play, Wire, play, wire


@pytest.fixture
async def p() -> AsyncIterator[Play]:
    async with play() as running:
        yield running


def slash(p: Play, **more: str) -> "asyncio.Task[Json]":
    call = {"user": "U01", "channel": "C01", "command": "/partner", "text": "", "wait": "ack"}
    return asyncio.create_task(p.do("slash", **(call | more)))


async def test_hello_comes_first_and_an_address_opens_once(p: Play) -> None:
    first = await wire(p)
    assert first.hello["type"] == "hello"
    assert first.hello["num_connections"] == 1
    assert first.hello["connection_info"] == {"app_id": "A01"}
    assert first.hello["debug_info"]["approximate_connection_time"] > 3600
    second = await wire(p)
    assert second.hello["num_connections"] == 2
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await p.http.ws_connect(p.sandbox.url + "/_socket/used")


async def test_an_envelope_is_answered_with_a_payload(p: Play) -> None:
    connection = await wire(p)
    asked = slash(p, text="hjælp")
    envelope = await connection.envelope()
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert envelope["payload"]["text"] == "hjælp"
    await connection.ack(envelope, {"text": "Her er *hjælp*"})
    done = await asked
    assert done["ok"]
    assert done["ack"]["body"] == {"text": "Her er *hjælp*"}
    told = (await p.messages())[-1]
    assert (told["text"], told["ephemeral"], told["bot_id"]) == ("Her er *hjælp*", True, "B01")
    assert all(m["text"] != "Her er *hjælp*" for m in await p.messages(user="U02"))


async def test_each_envelope_goes_to_one_of_the_connections_in_turn(p: Play) -> None:
    connections = [await wire(p), await wire(p)]
    got = [0, 0]
    for _ in range(4):
        asked = slash(p)
        number = await first_to_hear(connections)
        got[number] += 1
        await asked
    assert got == [2, 2]


async def first_to_hear(connections: list[Wire]) -> int:
    hearing = [asyncio.create_task(c.envelope()) for c in connections]
    done, silent = await asyncio.wait(hearing, return_when=asyncio.FIRST_COMPLETED)
    (heard,) = done
    for task in silent:
        task.cancel()
    await asyncio.gather(*silent, return_exceptions=True)
    number = hearing.index(heard)
    await connections[number].ack(heard.result())
    return number


async def test_no_more_than_ten_connections(p: Play) -> None:
    for _ in range(10):
        await wire(p)
    refused = await wire(p)
    assert refused.hello["type"] == "disconnect"
    assert refused.hello["reason"] == "too_many_websockets"
    assert p.sandbox.engine.delivery.connected() == 10


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
async def test_after_a_disconnect_message_the_new_connection_gets_the_envelopes(
    p: Play, reason: str
) -> None:
    old = await wire(p)
    await p.do("socket", disconnect=reason)
    assert (await old.envelope())["reason"] == reason
    asked = slash(p)
    new = await wire(p)
    await new.ack(await new.envelope())
    assert (await asked)["ok"]


async def test_a_connection_that_was_only_warned_still_serves(p: Play) -> None:
    old = await wire(p)
    await p.do("socket", disconnect="warning")
    await old.envelope()
    asked = slash(p)
    await old.ack(await old.envelope())
    assert (await asked)["ok"]


async def test_an_answer_may_come_on_the_refreshed_connection(p: Play) -> None:
    old = await wire(p)
    asked = slash(p)
    envelope = await old.envelope()
    await p.do("socket", disconnect="refresh_requested", wait="ack")
    new = await wire(p)
    await new.ack(envelope)
    assert (await asked)["ok"]


async def test_link_disabled_closes_the_connection(p: Play) -> None:
    old = await wire(p)
    await p.do("socket", disconnect="link_disabled")
    assert (await old.envelope())["reason"] == "link_disabled"
    assert (await old.socket.receive()).type is aiohttp.WSMsgType.CLOSE


async def test_what_is_unanswered_on_a_broken_connection_is_lost(p: Play) -> None:
    old = await wire(p)
    asked = slash(p)
    await old.envelope()
    await p.do("socket", disconnect="abrupt", wait="ack")
    done = await asked
    assert (done["ok"], done["error"], done["ack"]) == (False, "operation_timeout", None)
    assert p.sandbox.engine.delivery.connected() == 0


async def test_an_answer_after_three_seconds_is_too_late(p: Play) -> None:
    connection = await wire(p)
    asked = slash(p)
    envelope = await connection.envelope()
    done = await asked
    assert (done["ok"], done["error"]) == (False, "operation_timeout")
    await connection.ack(envelope, {"text": "for sent"})
    asked = slash(p)
    await connection.ack(await connection.envelope())
    assert (await asked)["ok"]
    assert (await p.log("envelope", "too_late"))[0]["response"]["payload"] == {"text": "for sent"}
    assert all(m["text"] != "for sent" for m in await p.messages())


async def test_without_any_app_a_command_fails_at_once(p: Play) -> None:
    done = await p.do("slash", user="U01", channel="C01", command="/partner", text="")
    assert (done["ok"], done["error"]) == (False, "dispatch_failed")


async def test_noise_on_the_line_harms_nobody(p: Play) -> None:
    connection = await wire(p)
    for noise in ("", "{", "[]", '{"envelope_id": 7}', "null"):
        await connection.socket.send_str(noise)
    asked = slash(p)
    await connection.ack(await connection.envelope())
    assert (await asked)["ok"]


async def test_a_lost_event_comes_again_on_another_connection_with_its_id(p: Play) -> None:
    old, other = await wire(p), await wire(p)
    await p.do("home", user="U01", wait="ack")
    envelopes = {}
    for connection in (old, other):
        try:
            envelopes[connection.hello["num_connections"]] = await connection.envelope(0.2)
        except TimeoutError:
            spare = connection
    ((number, first),) = envelopes.items()
    broken = old if number == 1 else other
    assert (first["type"], first["retry_attempt"]) == ("events_api", 0)
    broken.socket._response.connection.transport.abort()  # type: ignore[union-attr] # it is open
    again = await spare.envelope()
    assert again["payload"]["event_id"] == first["payload"]["event_id"]
    assert (again["retry_attempt"], again["retry_reason"]) == (1, "timeout")
    await spare.ack(again)
    assert (await p.look("idle?quiet_ms=0"))["idle"]
