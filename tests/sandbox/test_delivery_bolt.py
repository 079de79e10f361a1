"""Bolt's own Socket Mode handler through a sandbox's ups and downs."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from tests.sandbox.play import (
    Json,
    Play,
    actions,
    button,
    field_block,
    modal,
    option,
    play,
)

CALL: Json = {"user": "U01", "channel": "C01", "command": "/partner", "text": ""}
TEXT = field_block("text", {"type": "plain_text_input"})


@pytest.fixture
async def p() -> AsyncIterator[Play]:
    async with play() as running:
        yield running


def counting_app(p: Play, name: str, got: Counter[str]) -> AsyncApp:
    app = p.app()

    @app.command("/partner")
    async def command(ack: Any) -> None:
        got[name] += 1
        await ack()

    @app.event("app_home_opened")
    async def opened() -> None:
        got[name] += 1

    return app


async def test_two_replicas_share_the_envelopes(p: Play) -> None:
    got: Counter[str] = Counter()
    await p.over_socket(counting_app(p, "one", got))
    await p.over_socket(counting_app(p, "two", got))
    for _ in range(3):
        await p.do("slash", **CALL)
        await p.do("home", user="U01")
    assert got == {"one": 3, "two": 3}


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
async def test_bolt_comes_back_after_a_disconnect_message(p: Play, reason: str) -> None:
    got: Counter[str] = Counter()
    await p.over_socket(counting_app(p, "one", got))
    await p.do("socket", disconnect=reason, wait="ack")
    calls = [p.do("slash", **CALL, wait="ack") for _ in range(5)]
    for done in await asyncio.gather(*calls):
        assert done["ok"], done
    assert got["one"] == 5


async def test_a_killed_app_finds_its_events_again(p: Play) -> None:
    got: Counter[str] = Counter()
    first = await p.over_socket(counting_app(p, "one", got))
    await first.close_async()  # type: ignore[no-untyped-call] # Bolt leaves it bare
    # Bolt's handler is not typed.
    await p.do("home", user="U01", wait="ack")
    await p.over_socket(counting_app(p, "two", got))
    await p.do("clock", advance=360)
    assert got["two"] == 1


async def open_view(p: Play, view: Json, user: str = "U01") -> str:
    team = p.sandbox.engine.team()
    trigger = p.sandbox.engine.triggers.issue(team, user)
    opened: str = (await p.api("views.open", trigger_id=trigger, view=view))["view"]["id"]
    return opened


async def test_a_field_that_dispatches_speaks_when_it_is_clicked_only(p: Play) -> None:
    heard: list[Json] = []
    app = p.app()

    @app.action("loud")
    @app.action("many")
    async def acted(ack: Any, action: Json) -> None:
        heard.append(action)
        await ack()

    @app.view("form")
    async def submitted(ack: Any) -> None:
        await ack()

    await p.over_socket(app)
    options = [option("a"), option("b")]
    loud = field_block("loud", {"type": "plain_text_input"}, dispatch_action=True)
    quiet = field_block("quiet", {"type": "plain_text_input"}, optional=True)
    many = {"type": "multi_static_select", "action_id": "many", "options": options}
    view_id = await open_view(p, modal(loud, quiet, actions("row", many)))
    there: Json = {"user": "U01", "view_id": view_id}
    await p.do("click", **there, action_id="loud", value="Hej")
    assert (heard[-1]["value"], heard[-1]["type"]) == ("Hej", "plain_text_input")
    await p.do("click", **there, action_id="quiet", value="Tys")
    assert len(heard) == 1
    await p.do("click", **there, action_id="many", values=["b"])
    assert heard[-1]["selected_options"] == [option("b")]

    await p.do("submit", **there, values={"loud": {"loud": "Hej igen"}})
    assert len(heard) == 2
    values = p.seen[-1]["view"]["state"]["values"]
    assert values["loud"]["loud"]["value"] == "Hej igen"
    assert values["quiet"]["quiet"]["value"] == "Tys"
    assert values["row"]["many"]["selected_options"] == [option("b")]


async def test_closing_can_clear_the_whole_stack(p: Play) -> None:
    app = p.app()

    @app.view_closed("form")
    async def closed(ack: Any) -> None:
        await ack()

    await p.over_socket(app)
    telling = {"notify_on_close": True}
    await open_view(p, modal(TEXT, **telling))
    team = p.sandbox.engine.team()
    trigger = p.sandbox.engine.triggers.issue(team, "U01")
    view = modal(TEXT, clear_on_close=True, **telling)
    top = (await p.api("views.push", trigger_id=trigger, view=view))["view"]["id"]
    await p.do("close", user="U01", view_id=top)
    assert (await p.state())["views"] == []
    assert [body["is_cleared"] for body in p.seen] == [True, True]


async def test_a_chosen_conversation_brings_its_response_url(p: Play) -> None:
    app = p.app()

    @app.view("form")
    async def submitted(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="Meldt til kanalen", response_type="in_channel")

    await p.over_socket(app)
    where = {"type": "conversations_select", "response_url_enabled": True}
    view_id = await open_view(p, modal(field_block("where", where)))
    done = await p.do("submit", user="U01", view_id=view_id, values={"where": {"where": "C03"}})
    assert done["ok"]
    (given,) = p.seen[0]["response_urls"]
    assert (given["block_id"], given["channel_id"]) == ("where", "C03")
    assert (await p.messages("C03"))[-1]["text"] == "Meldt til kanalen"


GOOD = option("a")
OFFERS: list[tuple[Json, str | None]] = [
    ({"options": [GOOD] * 100}, None),
    ({"options": [GOOD] * 101}, "more than 100"),
    ({"options": [option("a", "x" * 76)]}, "75"),
    ({"options": [option("x" * 151, "x")]}, "150"),
    ({"option_groups": [{"label": {"type": "plain_text", "text": "G"}, "options": [GOOD]}]}, None),
    ({"option_groups": [{"options": [GOOD]}]}, "label"),
]


@pytest.mark.parametrize(("offer", "problem"), OFFERS)
async def test_offered_options_are_checked(p: Play, offer: Json, problem: str | None) -> None:
    app = p.app()

    @app.options("search")
    async def options(ack: Any) -> None:
        await ack(**offer)

    await p.over_socket(app)
    search = {"type": "external_select", "action_id": "search", "min_query_length": 0}
    menu = actions("row", {**search, "placeholder": {"type": "plain_text", "text": "Søg"}})
    told = await p.api("chat.postMessage", channel="C01", text="Hej", blocks=[menu])
    place = {"channel": "C01", "ts": told["ts"]}
    call: Json = {"user": "U02", "message": place, "action_id": "search"}
    done = await p.do("suggest", **call, value="")
    assert p.seen[-1]["container"]["type"] == "message"
    if problem:
        assert (done["ok"], done["error"]) == (False, "invalid_options")
        assert problem in done["detail"]
        return
    assert {key: done[key] for key in offer} == offer
    assert await p.refused("click", **call | {"user": "U03"}, value="a") == (400, "invalid_value")
    assert (await p.do("click", **call, value="a"))["ok"]
    assert p.seen[-1]["actions"][0]["selected_option"] == GOOD


async def test_people_of_other_workspaces_have_no_commands(p: Play) -> None:
    await p.over_socket(counting_app(p, "one", Counter()))
    await p.do("members", id="U50", name="fremmed", is_stranger=True, wait="ack")
    await p.do("channels", id="C01", members=["U01", "U50", "@app"], wait="ack")
    assert await p.refused("slash", **CALL | {"user": "U50"}) == (400, "not_visible")
    assert await p.refused("shortcut", user="U50", callback_id="x") == (400, "not_visible")
    press = actions("row", button("go"))
    told = await p.api("chat.postMessage", channel="C01", text="Hej", blocks=[press])
    place = {"channel": "C01", "ts": told["ts"]}
    await p.do("click", user="U50", message=place, action_id="go", wait="ack")
    assert p.seen[-1]["user"]["team_id"] != p.seen[-1]["team"]["id"]
