import json
import logging

import pytest

from tests.sandbox.workspace import TOKEN, workspace


async def test_the_bot_token_says_who_it_is() -> None:
    async with workspace() as w:
        body = await w.call("auth.test")
    assert (body["team_id"], body["user_id"], body["bot_id"]) == ("T01", "U0BOT", "B01")
    assert body["team"] == "Byens Bibliotek"


@pytest.mark.parametrize(
    ("token", "error"),
    [
        (None, "not_authed"),
        ("xoxb-other", "invalid_auth"),
        ("xapp-sandbox", "not_allowed_token_type"),
    ],
)
async def test_other_tokens_are_refused(token: str | None, error: str) -> None:
    async with workspace() as w:
        assert await w.error("auth.test", token=token) == error


async def test_token_and_arguments_may_come_as_a_form() -> None:
    async with workspace() as w:
        form = {"token": TOKEN, "channel": "C01", "text": "Hej", "blocks": json.dumps([])}
        async with w.session.post(f"{w.sandbox.url}/api/chat.postMessage", data=form) as response:
            body = await response.json()
    assert body["ok"]
    assert body["message"]["text"] == "Hej"


async def test_arguments_may_stand_in_the_query() -> None:
    async with workspace() as w:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        url = f"{w.sandbox.url}/api/users.info?user=U02"
        async with w.session.get(url, headers=headers) as response:
            body = await response.json()
    assert body["user"]["real_name"] == "Mette Lund"


@pytest.mark.parametrize(
    ("raw", "error"), [(b"{not json", "invalid_json"), (b"[1]", "json_not_object")]
)
async def test_a_body_that_cannot_be_read_is_refused(raw: bytes, error: str) -> None:
    async with workspace() as w:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
        url = f"{w.sandbox.url}/api/auth.test"
        async with w.session.post(url, data=raw, headers=headers) as response:
            assert (await response.json())["error"] == error


async def test_an_unknown_method_is_loud(caplog: pytest.LogCaptureFixture) -> None:
    async with workspace() as w:
        with caplog.at_level(logging.ERROR, "sandbox.api"):
            assert await w.error("chat.scheduleMessage") == "unknown_method"
        assert "chat.scheduleMessage" in caplog.text
        assert w.logged()[-1]["response"]["error"] == "unknown_method"


async def test_a_missing_scope_is_named_with_those_at_hand() -> None:
    async with workspace() as w:
        w.team.app.scopes = ["commands", "chat:write"]
        body = await w.ask("users.info", user="U01")
    assert body["error"] == "missing_scope"
    assert body["needed"] == "users:read"
    assert body["provided"] == "commands,chat:write"


async def test_answers_carry_the_scopes_in_their_headers() -> None:
    async with workspace() as w:
        w.team.app.scopes = ["commands", "users:read"]
        headers = {"Authorization": f"Bearer {TOKEN}"}
        url = f"{w.sandbox.url}/api/users.list"
        async with w.session.post(url, headers=headers) as response:
            assert response.headers["X-OAuth-Scopes"] == "commands,users:read"
            assert response.headers["X-Accepted-OAuth-Scopes"] == "users:read"


async def test_a_revoked_token_is_dead() -> None:
    async with workspace() as w:
        assert (await w.call("auth.revoke", test=True))["revoked"] is False
        assert (await w.call("auth.revoke"))["revoked"] is True
        assert await w.error("auth.test") == "token_revoked"


async def test_an_uninstalled_app_is_out() -> None:
    async with workspace() as w:
        client = {"client_id": "sandbox-client", "client_secret": "sandbox-client-secret"}
        wrong = client | {"client_secret": "guessed"}
        assert await w.error("apps.uninstall", **wrong) == "bad_client_secret"
        await w.call("apps.uninstall", **client)
        assert await w.error("auth.test") == "account_inactive"


async def test_team_info_tells_name_and_domain() -> None:
    async with workspace() as w:
        team = (await w.call("team.info"))["team"]
    assert (team["id"], team["name"], team["domain"]) == (
        "T01",
        "Byens Bibliotek",
        "byens-bibliotek",
    )


async def test_socket_mode_needs_the_app_level_token() -> None:
    async with workspace() as w:
        body = await w.call("apps.connections.open", token="xapp-sandbox")
        assert body["url"].startswith("ws://127.0.0.1:")
        assert await w.error("apps.connections.open") == "not_allowed_token_type"


async def test_every_call_is_written_down_without_its_token() -> None:
    async with workspace() as w:
        await w.ask("users.info", user="U01", token=None)
        await w.call("users.info", user="U02")
        refused, served = w.logged()
    assert refused["team"] is None
    assert refused["response"]["error"] == "not_authed"
    assert served["request"] == {"user": "U02"}
    assert served["name"] == "users.info"
    assert served["team"] == "T01"
    assert served["status"] == 200
    assert served["seq"] == refused["seq"] + 1
    assert served["ms"] > 0
