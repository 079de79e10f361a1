"""Modals from the slash command to the end, with a real Bolt app over both ways of delivery."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from tests.sandbox.play import Json, Play, actions, button, field_block, modal, option, plain, play

NAME = field_block("name", {"type": "plain_text_input", "max_length": 10})
KIND = field_block(
    "kind",
    {
        "type": "static_select",
        "options": [option("a"), option("b")],
        "initial_option": option("b"),
    },
)
NOTE = field_block("note", {"type": "plain_text_input"}, optional=True)
ANSWERS: dict[str, Json] = {
    "wrong": {"response_action": "errors", "errors": {"name": "Prøv igen"}},
    "nowhere": {"response_action": "errors", "errors": {"elsewhere": "Prøv igen"}},
    "update": {"response_action": "update", "view": modal(NAME, NOTE, submit=plain("Videre"))},
    "push": {"response_action": "push", "view": modal(NAME, title=plain("Øverst"))},
    "bad view": {"response_action": "push", "view": modal(NAME, title=plain("x" * 25))},
    "clear": {"response_action": "clear"},
}


def form_app(p: Play) -> AsyncApp:
    """`/partner` opens a form; what is typed as name says how the app answers."""
    app = p.app()

    @app.command("/partner")
    async def opened(ack: Any, body: Json, client: Any) -> None:
        await ack()
        view = modal(NAME, KIND, NOTE, private_metadata=body["text"], notify_on_close=True)
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("form")
    async def submitted(ack: Any, view: Json) -> None:
        name = view["state"]["values"].get("name", {}).get("name", {}).get("value")
        await ack(**ANSWERS.get(name, {}))

    @app.view_closed("form")
    async def closed(ack: Any) -> None:
        await ack()

    @app.options("search")
    async def options(ack: Any, body: Json) -> None:
        await ack(options=[option(f"{body['value']}-{n}") for n in range(2)])

    return app


@pytest.fixture(params=["socket", "http"])
async def p(request: pytest.FixtureRequest) -> AsyncIterator[Play]:
    async with play() as running:
        app = form_app(running)
        if request.param == "socket":
            await running.over_socket(app)
        else:
            await running.over_http(app)
        yield running


async def top(p: Play, user: str = "U01") -> Json:
    view: Json = (await p.state(user))["views"][-1]
    return view


async def open_form(p: Play, text: str = "ny") -> str:
    done = await p.do("slash", user="U01", channel="C01", command="/partner", text=text)
    assert done["ok"], done
    view_id: str = (await top(p))["id"]
    return view_id


async def submit(p: Play, view_id: str, name: str, **fields: Any) -> Json:
    values = {"name": {"name": name}, **{k: {k: v} for k, v in fields.items()}}
    return await p.do("submit", user="U01", view_id=view_id, values=values)


async def test_a_slash_command_tells_all_that_slack_tells(p: Play) -> None:
    done = await p.do("slash", user="U02", channel="C01", command="/partner", text="tjek <&> æ")
    body = p.seen[-1]
    assert done["ack"]["ms"] >= 0
    assert body["text"] == "tjek <&> æ"
    assert (body["user_id"], body["user_name"]) == ("U02", "mette")
    assert (body["channel_id"], body["channel_name"]) == ("C01", "partnerskaber")
    assert body["response_url"].startswith(p.sandbox.url)
    assert body["is_enterprise_install"] in ("false", False)
    assert {"team_id", "team_domain", "api_app_id", "trigger_id", "token"} <= set(body)


async def test_a_form_goes_through_errors_update_push_and_clear(p: Play) -> None:
    view_id = await open_form(p)
    refused = await submit(p, view_id, "wrong")
    assert (refused["ok"], refused["by"], refused["errors"]) == (
        False,
        "app",
        {"name": "Prøv igen"},
    )
    assert refused["view"]["id"] == view_id

    updated = await submit(p, view_id, "update", note="bliver")
    assert updated["ok"]
    assert (updated["view"]["id"], updated["view"]["submit"]["text"]) == (view_id, "Videre")
    assert updated["view"]["state"]["values"]["note"]["note"]["value"] == "bliver"

    pushed = await submit(p, view_id, "push")
    second = pushed["view"]
    assert (second["title"]["text"], second["previous_view_id"]) == ("Øverst", view_id)
    assert second["root_view_id"] == view_id
    assert len((await p.state())["views"]) == 2
    assert await p.refused("submit", user="U01", view_id=view_id) == (400, "not_visible")

    done = await submit(p, second["id"], "clear")
    assert (done["ok"], done["view"], done["errors"]) == (True, None, {})
    assert (await p.state())["views"] == []


async def test_an_empty_answer_closes_the_view_on_top(p: Play) -> None:
    view_id = await open_form(p)
    second = (await submit(p, view_id, "push"))["view"]
    after = await submit(p, second["id"], "fine")
    assert after["view"]["id"] == view_id
    assert (await submit(p, view_id, "fine"))["view"] is None


async def test_a_submission_carries_the_whole_state(p: Play) -> None:
    await submit(p, await open_form(p, "hemmelig"), "Springbræt")
    body = p.seen[-1]
    view = body["view"]
    values = view["state"]["values"]
    assert values["name"]["name"] == {"type": "plain_text_input", "value": "Springbræt"}
    assert values["kind"]["kind"]["selected_option"]["value"] == "b"
    assert values["note"]["note"]["value"] is None
    assert view["private_metadata"] == "hemmelig"
    assert body["user"]["team_id"] == body["team"]["id"] == "T01"
    assert body["response_urls"] == []


@pytest.mark.parametrize("answer", ["nowhere", "bad view"])
async def test_an_answer_that_slack_refuses_changes_nothing(p: Play, answer: str) -> None:
    view_id = await open_form(p)
    done = await submit(p, view_id, answer)
    assert not done["ok"]
    assert done["error"] in ("invalid_response_action", "invalid_arguments")
    assert done["view"]["id"] == view_id


async def test_the_client_stops_a_form_before_the_app_hears_of_it(p: Play) -> None:
    view_id = await open_form(p)
    heard = len(p.seen)
    missing = await p.do("submit", user="U01", view_id=view_id, values={})
    assert (missing["ok"], missing["by"], list(missing["errors"])) == (False, "client", ["name"])
    assert missing["ack"] is None
    assert list((await submit(p, view_id, "x" * 11))["errors"]) == ["name"]
    assert len(p.seen) == heard


async def test_bad_calls_are_named(p: Play) -> None:
    view_id = await open_form(p)
    wrong = {"user": "U01", "view_id": view_id}
    unknown = {"elsewhere": {"x": "y"}}
    assert await p.refused("submit", **wrong, values=unknown) == (404, "no_such_element")
    bad_option = {"kind": {"kind": "c"}}
    assert await p.refused("submit", **wrong, values=bad_option) == (400, "invalid_value")
    assert await p.refused("submit", user="U02", view_id=view_id) == (400, "not_visible")
    assert await p.refused("submit", user="U01", view_id="V0") == (404, "no_such_view")
    assert await p.refused("submit", user="U99", view_id=view_id) == (404, "no_such_user")


async def test_closing_tells_the_app_without_what_was_typed(p: Play) -> None:
    view_id = await open_form(p)
    await submit(p, view_id, "wrong")
    done = await p.do("close", user="U01", view_id=view_id)
    assert (done["ok"], done["view"]) == (True, None)
    body = p.seen[-1]
    assert (body["type"], body["is_cleared"]) == ("view_closed", False)
    assert body["view"]["state"]["values"] == {}
    assert (await p.state())["views"] == []


async def test_what_was_typed_comes_with_a_click_and_stays(p: Play) -> None:
    search = {"type": "external_select", "min_query_length": 0}
    press = actions("row", button("press"), button("no", confirm=confirmation()))
    opened = await open_with(p, modal(NAME, press, field_block("search", search)))
    await p.do(
        "click",
        user="U01",
        view_id=opened,
        action_id="press",
        values={"name": {"name": "halvt"}},
        wait="ack",
    )
    body = p.seen[-1]
    assert body["view"]["state"]["values"]["name"]["name"]["value"] == "halvt"
    assert body["container"] == {"type": "view", "view_id": opened}
    assert body["actions"][0]["action_id"] == "press"
    assert (await top(p))["state"]["values"]["name"]["name"]["value"] == "halvt"

    heard = len(p.seen)
    said_no = {"user": "U01", "view_id": opened, "action_id": "no", "confirm": False}
    assert (await p.do("click", **said_no))["ok"]
    assert len(p.seen) == heard


async def test_an_external_option_has_to_be_suggested_first(p: Play) -> None:
    search = {"type": "external_select", "min_query_length": 2}
    opened = await open_with(p, modal(field_block("search", search)))
    there = {"user": "U01", "view_id": opened}
    guess = {"search": {"search": "kode-1"}}
    assert await p.refused("submit", **there, values=guess) == (400, "invalid_value")

    assert (await p.do("suggest", **there, action_id="search", value="k"))["options"] == []
    offered = await p.do("suggest", **there, action_id="search", value="kode")
    assert [o["value"] for o in offered["options"]] == ["kode-0", "kode-1"]
    asked = p.seen[-1]
    assert (asked["type"], asked["value"], asked["block_id"]) == (
        "block_suggestion",
        "kode",
        "search",
    )
    assert asked["view"]["id"] == opened

    assert (await p.do("submit", **there, values=guess))["ok"]
    chosen = p.seen[-1]["view"]["state"]["values"]["search"]["search"]
    assert chosen["selected_option"] == option("kode-1")


def confirmation() -> Json:
    return {
        "title": plain("Sikker?"),
        "text": plain("Det kan ikke gøres om."),
        "confirm": plain("Ja"),
        "deny": plain("Nej"),
    }


async def open_with(p: Play, view: Json) -> str:
    """Open a view of the test's own through the trigger of a command."""
    await p.do("slash", user="U01", channel="C01", command="/partner", text="")
    await p.do("close", user="U01", view_id=(await top(p))["id"])
    team = p.sandbox.engine.team()
    trigger = p.sandbox.engine.triggers.issue(team, "U01")
    opened: str = (await p.api("views.open", trigger_id=trigger, view=view))["view"]["id"]
    return opened
