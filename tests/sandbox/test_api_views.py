from typing import Any

import pytest

from tests.sandbox.workspace import Workspace, form, home, modal, plain, workspace


async def opened(w: Workspace, view: dict[str, Any] | None = None, user: str = "U01") -> Any:
    view = view or modal()
    return (await w.call("views.open", trigger_id=w.trigger(user), view=view))["view"]


async def test_an_opened_modal_is_answered_whole() -> None:
    async with workspace() as w:
        view = await opened(w, form("navn") | {"private_metadata": "p", "callback_id": "c"})
        assert w.team.modals["U01"][0].id == view["id"]
    assert view["root_view_id"] == view["id"]
    assert view["previous_view_id"] is None
    assert (view["team_id"], view["app_id"], view["bot_id"]) == ("T01", "A01", "B01")
    assert (view["private_metadata"], view["callback_id"]) == ("p", "c")
    assert view["state"]["values"]["navn"]["navn"]["value"] is None
    assert view["hash"]


async def test_a_trigger_works_once_and_for_three_seconds() -> None:
    async with workspace() as w:
        used, late = w.trigger(), w.trigger()
        await w.call("views.open", trigger_id=used, view=modal())
        w.engine.triggers._issued[late].expires -= 3.5
        for trigger, error in (
            (used, "exchanged_trigger_id"),
            (late, "expired_trigger_id"),
            ("123.456.abc", "invalid_trigger_id"),
        ):
            assert await w.error("views.open", trigger_id=trigger, view=modal()) == error


async def test_a_refused_view_spends_no_trigger() -> None:
    async with workspace() as w:
        trigger = w.trigger()
        without_submit = form("navn")
        del without_submit["submit"]
        body = await w.ask("views.open", trigger_id=trigger, view=without_submit)
        assert body["error"] == "invalid_arguments"
        assert "submit" in body["response_metadata"]["messages"][0]
        await w.call("views.open", trigger_id=trigger, view=modal())


@pytest.mark.parametrize(
    ("view", "error"),
    [
        (None, "invalid_arguments"),
        ("not json", "invalid_arguments"),
        ([], "invalid_arguments"),
        (modal(title="x" * 25), "invalid_arguments"),
        (home(), "invalid_arguments"),
        (modal(private_metadata="x" * 3001), "invalid_arguments"),
    ],
)
async def test_views_that_slack_refuses(view: object, error: str) -> None:
    async with workspace() as w:
        assert await w.error("views.open", trigger_id=w.trigger(), view=view) == error


async def test_a_view_over_250_kilobytes_is_too_large() -> None:
    text = {"type": "section", "text": plain("x" * 3000)}
    async with workspace() as w:
        view = modal(blocks=[text] * 90)
        assert await w.error("views.open", trigger_id=w.trigger(), view=view) == "view_too_large"


async def test_opening_again_replaces_what_was_open() -> None:
    async with workspace() as w:
        await opened(w)
        second = await opened(w)
        assert [v.id for v in w.team.modals["U01"]] == [second["id"]]


async def test_three_modals_lie_on_top_of_each_other_and_no_more() -> None:
    async with workspace() as w:
        root = await opened(w)
        for _ in range(2):
            pushed = await w.call("views.push", trigger_id=w.trigger(), view=modal())
            assert pushed["view"]["root_view_id"] == root["id"]
        stack = w.team.modals["U01"]
        assert [v.previous_view_id for v in stack] == [None, stack[0].id, stack[1].id]
        args = {"trigger_id": w.trigger(), "view": modal()}
        assert await w.error("views.push", **args) == "push_limit_reached"


async def test_nothing_can_be_pushed_on_nothing() -> None:
    async with workspace() as w:
        assert await w.error("views.push", trigger_id=w.trigger(), view=modal()) == "not_found"


async def test_an_update_keeps_what_was_typed_where_the_ids_are_the_same() -> None:
    async with workspace() as w:
        view = await opened(w, form("navn", "note"))
        typed = {"type": "plain_text_input", "value": "Springbræt"}
        w.team.modals["U01"][0].typed = {"navn": {"navn": typed}, "note": {"note": typed}}
        body = await w.call("views.update", view_id=view["id"], view=form("navn", "andet"))
    values = body["view"]["state"]["values"]
    assert values["navn"]["navn"]["value"] == "Springbræt"
    assert values["andet"]["andet"]["value"] is None
    assert body["view"]["id"] == view["id"]
    assert body["view"]["hash"] != view["hash"]


async def test_an_old_hash_is_a_conflict() -> None:
    async with workspace() as w:
        view = await opened(w)
        update = {"view_id": view["id"], "view": modal("Ny")}
        await w.call("views.update", **update, hash=view["hash"])
        assert await w.error("views.update", **update, hash=view["hash"]) == "hash_conflict"
        assert w.team.modals["U01"][0].body["title"]["text"] == "Ny"


async def test_an_external_id_names_one_view() -> None:
    async with workspace() as w:
        view = await opened(w, modal(external_id="tjek-1"))
        again = {"trigger_id": w.trigger("U02"), "view": modal(external_id="tjek-1")}
        assert await w.error("views.open", **again) == "duplicate_external_id"
        body = await w.call(
            "views.update", external_id="tjek-1", view=modal("Ny", external_id="tjek-1")
        )
    assert body["view"]["id"] == view["id"]


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"view_id": "V404"}, "not_found"),
        ({"external_id": "unknown"}, "not_found"),
        ({}, "invalid_arguments"),
    ],
)
async def test_a_view_that_is_not_open_cannot_be_updated(args: dict[str, str], error: str) -> None:
    async with workspace() as w:
        assert await w.error("views.update", view=modal(), **args) == error


async def test_a_modal_cannot_become_a_home_tab() -> None:
    async with workspace() as w:
        view = await opened(w)
        assert await w.error("views.update", view_id=view["id"], view=home()) == "invalid_arguments"


async def test_a_home_tab_is_published_and_published_again() -> None:
    async with workspace() as w:
        first = (await w.call("views.publish", user_id="U02", view=home()))["view"]
        again = await w.call("views.publish", user_id="U02", view=home("Nyt"), hash=first["hash"])
        late = {"user_id": "U02", "view": home(), "hash": first["hash"]}
        assert await w.error("views.publish", **late) == "hash_conflict"
        assert again["view"]["id"] == first["id"]
        assert w.team.homes["U02"].body["blocks"][0]["text"]["text"] == "Nyt"


async def test_what_cannot_be_published() -> None:
    async with workspace() as w:
        assert await w.error("views.publish", user_id="U99", view=home()) == "user_not_found"
        assert await w.error("views.publish", user_id="U01", view=modal()) == "invalid_arguments"


async def test_two_members_do_not_see_each_others_modals() -> None:
    async with workspace() as w:
        mine, theirs = await opened(w, user="U01"), await opened(w, user="U02")
        assert [v.id for v in w.team.modals["U01"]] == [mine["id"]]
        assert [v.id for v in w.team.modals["U02"]] == [theirs["id"]]
