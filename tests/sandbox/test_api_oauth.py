import aiohttp
import pytest

from sandbox.api.oauth import grant
from sandbox.errors import Refused
from sandbox.scene import open_team
from tests.sandbox.workspace import Workspace, workspace

CLIENT = {"client_id": "sandbox-client", "client_secret": "sandbox-client-secret"}


def granted(w: Workspace, *, redirect_uri: str = "") -> str:
    second = open_team(w.engine, "T02")
    scopes = ["commands", "chat:write"]
    return grant(w.engine, second, user="U01", scopes=scopes, redirect_uri=redirect_uri)


async def test_a_code_becomes_a_token_of_another_workspace() -> None:
    async with workspace() as w:
        body = await w.call("oauth.v2.access", **CLIENT, code=granted(w))
        who = await w.ask("auth.test", token=body["access_token"])
        first = await w.call("auth.test")
    assert body["team"]["id"] == who["team_id"] == "T02"
    assert body["scope"] == "commands,chat:write"
    assert body["access_token"] != "xoxb-sandbox"
    assert body["authed_user"] == {"id": "U01"}
    assert (first["team_id"], first["team"]) == ("T01", "Byens Bibliotek")


async def test_the_client_may_show_itself_as_http_basic() -> None:
    async with workspace() as w:
        basic = aiohttp.encode_basic_auth(CLIENT["client_id"], CLIENT["client_secret"])
        url = f"{w.sandbox.url}/api/oauth.v2.access"
        form = {"code": granted(w)}
        headers = {"Authorization": basic}
        async with w.session.post(url, data=form, headers=headers) as response:
            assert (await response.json())["ok"]


async def test_a_code_works_once_for_the_right_client_and_address() -> None:
    async with workspace() as w:
        code = granted(w, redirect_uri="http://127.0.0.1/back")
        ask = {"code": code, "redirect_uri": "http://127.0.0.1/back"}
        wrong = {"client_id": "x", "client_secret": "y"}
        assert await w.error("oauth.v2.access", **wrong, **ask) == "invalid_client_id"
        secret = CLIENT | {"client_secret": "y"}
        assert await w.error("oauth.v2.access", **secret, **ask) == "bad_client_secret"
        elsewhere = ask | {"redirect_uri": "http://127.0.0.1/other"}
        assert await w.error("oauth.v2.access", **CLIENT, **elsewhere) == "bad_redirect_uri"
        await w.call("oauth.v2.access", **CLIENT, **ask)
        assert await w.error("oauth.v2.access", **CLIENT, **ask) == "invalid_code"


async def test_a_workspace_without_the_app_has_no_token() -> None:
    async with workspace() as w:
        second = open_team(w.engine, "T02")
        assert second is open_team(w.engine, "T02")
        assert await w.error("auth.test", token=second.app.token) == "account_inactive"


async def test_only_the_manifests_scopes_can_be_granted() -> None:
    async with workspace() as w:
        with pytest.raises(Refused, match="invalid_scope"):
            grant(w.engine, w.team, user="U01", scopes=["admin"])


async def test_an_installation_gives_a_revoked_app_its_life_back() -> None:
    async with workspace() as w:
        await w.call("auth.revoke")
        code = grant(w.engine, w.team, user="U01", scopes=["commands"])
        await w.call("oauth.v2.access", token=None, **CLIENT, code=code)
        await w.call("auth.test")
        assert w.team.app.scopes == ["commands"]
