"""Clicks in messages, what members write, and what each of them can see."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.play import Json, Play, actions, button, manifest_file, option, play

PICK = {"type": "static_select", "action_id": "pick", "options": [option("a"), option("b")]}
MORE = {"type": "overflow", "action_id": "more", "options": [option("x"), option("y")]}
ROW = actions("row", button("replace", value="7"), button("ask"), PICK, MORE)
TWINS = actions("twins", button("open", value="1"))
OTHER_TWIN = actions("twins2", button("open", value="2"))


@pytest.fixture
async def p() -> AsyncIterator[Play]:
    async with play() as running:
        app = running.app()

        @app.action("replace")
        async def replace(ack: Any, respond: Any) -> None:
            await ack()
            await respond(text="Afløst", replace_original=True)

        @app.action("ask")
        async def ask(ack: Any, respond: Any) -> None:
            await ack()
            await respond(text="Kun til dig")

        @app.event("app_mention")
        async def mentioned(event: Json, say: Any) -> None:
            await say(text="Hej!", thread_ts=event["ts"])

        await running.over_socket(app)
        yield running


async def post(p: Play, *blocks: Json, channel: str = "C01") -> Json:
    told = await p.api("chat.postMessage", channel=channel, text="Hej", blocks=list(blocks))
    return {"channel": told["channel"], "ts": told["ts"]}


async def test_a_button_replaces_its_message(p: Play) -> None:
    place = await post(p, ROW)
    done = await p.do("click", user="U02", message=place, action_id="replace")
    assert done["ok"]
    body = p.seen[-1]
    assert body["actions"][0]["value"] == "7"
    assert body["actions"][0]["block_id"] == "row"
    assert float(body["actions"][0]["action_ts"]) > 0
    assert body["container"]["message_ts"] == place["ts"]
    assert body["channel"] == {"id": "C01", "name": "partnerskaber"}
    assert body["message"]["blocks"][0]["block_id"] == "row"
    assert body["state"]["values"] == {
        "row": {"pick": {"type": "static_select", "selected_option": None}}
    }
    assert (body["enterprise"], body["is_enterprise_install"]) == (None, False)
    last = (await p.messages())[-1]
    assert (last["ts"], last["text"], last["blocks"]) == (place["ts"], "Afløst", [])
    assert last["edited"]


async def test_an_ephemeral_answer_is_for_one_and_names_no_content_when_clicked(p: Play) -> None:
    place = await post(p, ROW)
    await p.do("click", user="U02", message=place, action_id="ask")
    own = (await p.messages(user="U02"))[-1]
    assert (own["text"], own["ephemeral"]) == ("Kun til dig", True)
    assert (await p.messages(user="U01"))[-1]["ts"] == place["ts"]

    told = await p.api("chat.postEphemeral", channel="C01", user="U02", text="Hm", blocks=[TWINS])
    hidden = {"channel": "C01", "ts": told["message_ts"]}
    click = {"message": hidden, "action_id": "open"}
    assert await p.refused("click", user="U01", **click) == (400, "not_visible")
    assert (await p.do("click", user="U02", **click))["ok"]
    assert p.seen[-1]["container"]["is_ephemeral"]
    assert "message" not in p.seen[-1]


async def test_menus_take_what_they_offer(p: Play) -> None:
    there: Json = {"user": "U02", "message": await post(p, ROW)}
    assert await p.refused("click", **there, action_id="pick", value="z") == (400, "invalid_value")
    assert await p.refused("click", **there, action_id="more", value="z") == (400, "invalid_value")
    assert await p.refused("click", **there, action_id="pick") == (400, "invalid_value")
    wrong = {"action_id": "replace", "value": "8"}
    assert await p.refused("click", **there, **wrong) == (400, "invalid_value")

    await p.do("click", **there, action_id="pick", value="b")
    assert p.seen[-1]["actions"][0]["selected_option"] == option("b")
    await p.do("click", **there, action_id="more", value="y")
    assert p.seen[-1]["actions"][0]["selected_option"] == option("y")
    chosen = p.seen[-1]["state"]["values"]["row"]["pick"]["selected_option"]
    assert chosen == option("b")


async def test_buttons_of_one_name_are_told_apart(p: Play) -> None:
    place = await post(p, TWINS)
    message = p.sandbox.engine.team().channels["C01"].messages[-1]
    message.blocks = [TWINS, OTHER_TWIN]  # as Slack lets an app do it, if not our judge
    there: Json = {"user": "U02", "message": place, "action_id": "open"}
    assert await p.refused("click", **there) == (400, "ambiguous_element")
    await p.do("click", **there, value="2")
    assert p.seen[-1]["actions"][0]["block_id"] == "twins2"
    await p.do("click", **there, block_id="twins")
    assert p.seen[-1]["actions"][0]["value"] == "1"


async def test_only_what_is_there_and_seen_can_be_clicked(p: Play) -> None:
    place = await post(p, ROW)
    assert await p.refused("click", user="U01", message=place, action_id="no") == (
        404,
        "no_such_element",
    )
    nothing = {"channel": "C01", "ts": "1.0"}
    call = {"user": "U01", "action_id": "ask"}
    assert await p.refused("click", **call, message=nothing) == (404, "no_such_message")
    await p.do("channels", id="C01", is_private=True, members=["U01", "@app"])
    assert await p.refused("click", **call | {"user": "U02"}, message=place) == (
        400,
        "not_visible",
    )
    assert (await p.do("click", **call, message=place))["ok"]
    await p.do("channels", id="C01", is_archived=True)
    assert await p.refused("click", **call, message=place) == (400, "is_archived")


async def test_a_guest_sees_the_channels_of_a_guest(p: Play) -> None:
    assert [c["id"] for c in (await p.state("U04"))["channels"]] == ["C02"]
    say = {"user": "U04", "channel": "C01", "text": "Hej"}
    assert await p.refused("message", **say) == (400, "not_visible")


async def test_a_mention_is_answered_in_a_thread(p: Play) -> None:
    written = await p.do("message", user="U02", channel="C01", text="<@U0BOT> er du der?")
    parent = (await p.messages())[-1]
    assert parent["ts"] == written["ts"]
    assert [r["text"] for r in parent["replies"]] == ["Hej!"]
    reply = await p.do("message", user="U01", channel="C01", text="Ja", thread_ts=parent["ts"])
    last = (await p.messages())[-1]["replies"][-1]
    assert (last["ts"], last["thread_ts"], last["user"]) == (reply["ts"], parent["ts"], "U01")


async def test_writing_to_the_app_opens_the_direct_message(p: Play) -> None:
    written = await p.do("message", user="U02", channel="@app", text="Hej")
    channel = next(c for c in (await p.state("U02"))["channels"] if c["id"] == written["channel"])
    assert (channel["is_im"], channel["user"]) == (True, "U02")
    assert channel["messages"][-1]["text"] == "Hej"
    assert p.seen[-1]["event"]["channel_type"] == "im"
    assert all(not c["is_im"] for c in (await p.state("U01"))["channels"])


async def test_messages_need_words_a_place_and_a_person(p: Play) -> None:
    assert await p.refused("message", user="U01", channel="C01", text="") == (400, "no_text")
    await p.do("channels", id="C04", members=["U01"])
    outsider = {"user": "U02", "channel": "C04", "text": "Hej"}
    assert await p.refused("message", **outsider) == (400, "not_in_channel")
    assert await p.refused("message", user="U01", channel="C77", text="Hej") == (
        404,
        "no_such_channel",
    )
    lost = {"user": "U01", "channel": "C01", "text": "Hej", "thread_ts": "1.0"}
    assert await p.refused("message", **lost) == (404, "no_such_message")
    await p.do("members", id="U02", deleted=True)
    gone = {"user": "U02", "channel": "C01", "text": "Hej"}
    assert await p.refused("message", **gone) == (400, "user_deactivated")
    assert await p.refused("message", **gone | {"user": "U0BOT"}) == (400, "user_is_bot")
    assert await p.refused("message", **gone | {"user": None}) == (400, "invalid_arguments")


async def test_commands_and_shortcuts_are_those_of_the_manifest(tmp_path: Path) -> None:
    async with play(manifest_file(tmp_path)) as p:
        app = p.app()

        @app.shortcut("new")
        @app.shortcut("keep")
        @app.command("/navn")
        async def taken(ack: Any) -> None:
            await ack("Fint")

        await p.over_socket(app)
        call: Json = {"user": "U01", "channel": "C01"}
        assert await p.refused("slash", **call, command="/x") == (404, "no_such_command")
        await p.do("slash", **call, command="/navn", text="@mette i #generelt ikke a@mette.dk")
        assert p.seen[-1]["text"] == "<@U02|mette> i <#C03|generelt> ikke a@mette.dk"
        assert (await p.messages())[-1]["text"] == "Fint"

        await p.do("shortcut", user="U01", callback_id="new")
        assert (p.seen[-1]["type"], p.seen[-1]["callback_id"]) == ("shortcut", "new")
        assert "trigger_id" in p.seen[-1]
        message = {"channel": "C01", "ts": (await p.messages())[0]["ts"]}
        await p.do("shortcut", user="U01", callback_id="keep", message=message)
        body = p.seen[-1]
        assert (body["type"], body["message_ts"]) == ("message_action", message["ts"])
        assert body["message"]["text"].startswith("Velkommen")
        assert body["response_url"]
        for wrong in ({"callback_id": "keep"}, {"callback_id": "new", "message": message}):
            assert await p.refused("shortcut", user="U01", **wrong) == (404, "no_such_shortcut")


async def test_the_home_tab_comes_from_the_app(p: Play) -> None:
    view = {"type": "home", "blocks": [actions("row", button("open", value="1"))]}
    assert (await p.do("home", user="U02"))["view"] is None
    await p.api("views.publish", user_id="U02", view=view)
    home = (await p.do("home", user="U02"))["view"]
    assert (await p.state("U02"))["home"]["id"] == home["id"]
    opened = p.sandbox.engine.log.since(0)
    events = [e for e in opened if e["kind"] == "event"]
    assert "view" not in events[0]["request"]["payload"]["event"]
    assert events[1]["request"]["payload"]["event"]["view"]["id"] == home["id"]
    await p.do("click", user="U02", view_id=home["id"], action_id="open")
    assert p.seen[-1]["view"]["type"] == "home"
    click = {"view_id": home["id"], "action_id": "open"}
    assert await p.refused("click", user="U01", **click) == (400, "not_visible")
    assert await p.refused("submit", user="U02", view_id=home["id"]) == (400, "not_submittable")
    assert await p.refused("close", user="U02", view_id=home["id"]) == (400, "not_closable")
