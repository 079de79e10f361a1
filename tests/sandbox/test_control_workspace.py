"""Members, channels, the installation, files, faults: the workspace from behind the stage."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.sandbox.play import Json, Play, field_block, manifest_file, modal, play

EVENTS = ["user_change", "team_join", "member_joined_channel", "member_left_channel"]
EVENTS += ["channel_archive", "channel_rename", "channel_deleted", "channel_left"]
EVENTS += ["app_uninstalled", "tokens_revoked", "channel_created", "group_archive", "group_left"]
SCOPES = ["users:read", "channels:read", "groups:read", "chat:write", "commands"]
REDIRECT = "http://127.0.0.1:3000/slack/oauth_redirect"


@pytest.fixture
async def p(tmp_path: Path) -> AsyncIterator[Play]:
    changes: Json = {
        "settings__event_subscriptions__bot_events": EVENTS,
        "oauth_config__scopes": {"bot": SCOPES},
        "oauth_config__redirect_urls": [REDIRECT],
    }
    async with play(manifest_file(tmp_path, **changes)) as running:
        yield running


async def heard(p: Play) -> list[Json]:
    """The events that were sent since the last look, whoever did not take them."""
    entries = await p.log("event")
    first = [e["request"] for e in entries if e["request"]["retry_attempt"] == 0]
    p.sandbox.engine.log._entries.clear()
    return [request["payload"]["event"] for request in first]


async def test_members_join_and_change(p: Play) -> None:
    done = await p.do("members", id="U50", name="ny", is_restricted=True)
    assert done["member"]["is_restricted"]
    (joined,) = await heard(p)
    assert (joined["type"], joined["user"]["name"]) == ("team_join", "ny")
    await p.do("members", id="U50", tz="America/Nuuk", locale="da-DK")
    (changed,) = await heard(p)
    assert (changed["type"], changed["user"]["tz"]) == ("user_change", "America/Nuuk")
    assert (await p.api("users.info", user="U50"))["user"]["tz"] == "America/Nuuk"
    assert await p.refused("members", id="U50", tz="Mars/Base") == (400, "invalid_value")
    assert await p.refused("members", id="U50", deleted="yes") == (400, "invalid_value")
    assert await heard(p) == []


async def test_people_come_and_go(p: Play) -> None:
    await p.do("channels", id="C01", members=["U01", "U04", "@app"])
    told = await heard(p)
    left = {e["user"] for e in told if e["type"] == "member_left_channel"}
    assert left == {"U02", "U03", "U05", "U06", "U07", "U08", "U09"}
    assert [e["user"] for e in told if e["type"] == "member_joined_channel"] == ["U04"]

    await p.do("channels", id="C01", members=["U01"])
    told = await heard(p)
    assert [(e["type"], e.get("user")) for e in told if "user" in e] == [
        ("member_left_channel", "U0BOT")
    ]
    assert [e["channel"] for e in told if e["type"] == "channel_left"] == ["C01"]
    assert await p.refused("channels", id="C01", members=["U77"]) == (400, "invalid_value")


async def test_channels_are_made_renamed_archived_and_deleted(p: Play) -> None:
    await p.do("channels", id="C50", name="nyt", members=["U01", "@app"])
    assert (await heard(p))[0]["type"] == "channel_created"
    await p.do("channels", id="C50", name="nyere", is_archived=True)
    assert {e["type"] for e in await heard(p)} == {"channel_rename", "channel_archive"}
    await p.do("channels", id="C50", is_private=True, is_archived=False, wait="ack")
    await p.do("channels", id="C50", is_archived=True)
    assert "group_archive" in {e["type"] for e in await heard(p)}
    await p.do("channels", id="C50", deleted=True)
    assert all(c["id"] != "C50" for c in (await p.state())["channels"])


async def test_an_uninstalled_app_is_told_and_then_left_alone(p: Play) -> None:
    done = await p.do("app", uninstall=True)
    assert not done["installed"]
    assert [e["type"] for e in await heard(p)] == ["app_uninstalled", "tokens_revoked"]
    await p.do("members", id="U50", name="ny")
    assert await heard(p) == []
    call = {"user": "U01", "channel": "C01", "command": "/partner", "text": ""}
    assert await p.refused("slash", **call) == (400, "app_not_installed")
    await p.do("app", uninstall=False)
    assert (await p.api("auth.test"))["ok"]
    await p.do("app", revoke=True)
    assert [e["type"] for e in await heard(p)] == ["tokens_revoked"]
    assert await p.refused("app", request_url="https://example.org/x") == (400, "invalid_value")


def authorize(**more: str) -> str:
    query = {"client_id": "sandbox-client", "scope": "commands,chat:write", "state": "s1"} | more
    pairs = "&".join(f"{key}={value}" for key, value in query.items())
    return f"https://slack.com/oauth/v2/authorize?{pairs}"


async def exchange(p: Play, code: str) -> Json:
    form = {"code": code, "client_id": "sandbox-client", "client_secret": "sandbox-client-secret"}
    async with p.http.post(f"{p.sandbox.url}/api/oauth.v2.access", data=form) as answer:
        found: Json = await answer.json()
        return found


async def test_another_library_installs_the_app(p: Play) -> None:
    call: Json = {"user": "U01", "team": "T02", "url": authorize(), "allow": True}
    location = urlsplit((await p.do("install", **call))["location"])
    answer = parse_qs(location.query)
    assert location.geturl().startswith(REDIRECT)
    assert answer["state"] == ["s1"]
    installed = await exchange(p, answer["code"][0])
    assert installed["team"]["id"] == "T02"
    assert installed["scope"] == "commands,chat:write"
    assert installed["access_token"] != "xoxb-sandbox"


async def test_an_installation_can_be_denied_or_malformed(p: Play) -> None:
    call: Json = {"user": "U01", "allow": False}
    location = (await p.do("install", **call, url=authorize()))["location"]
    assert "error=access_denied" in location
    wrong = authorize(client_id="other")
    assert await p.refused("install", **call, url=wrong) == (400, "invalid_client_id")
    elsewhere = authorize(redirect_uri="http://127.0.0.1:9/")
    assert await p.refused("install", **call, url=elsewhere) == (400, "bad_redirect_uri")


async def test_a_file_is_uploaded_shown_and_put_into_a_form(p: Play) -> None:
    content = base64.b64encode(b"<script>").decode()
    done = await p.do("upload", user="U01", name="plakat.html", content_base64=content)
    file_id = done["id"]
    async with p.http.get(f"{p.sandbox.url}/_sandbox/files/{file_id}") as answer:
        assert await answer.read() == b"<script>"
        assert answer.headers["Content-Security-Policy"] == "sandbox"
    assert [f["id"] for f in (await p.state())["files"]] == [file_id]
    assert (await p.state("U02"))["files"] == []
    say = {"channel": "C01", "text": "Se her", "files": [file_id]}
    assert await p.refused("message", user="U02", **say) == (404, "no_such_file")
    await p.do("message", user="U01", **say)
    assert (await p.messages())[-1]["files"][0]["name"] == "plakat.html"
    assert [f["id"] for f in (await p.state("U02"))["files"]] == [file_id]
    bad = {"user": "U01", "name": "x", "content_base64": "%"}
    assert await p.refused("upload", **bad) == (400, "invalid_value")
    assert (await p.look("files/F0"))["error"] == "no_such_file"


async def test_faults_hit_the_next_calls(p: Play) -> None:
    await p.do("faults", method="auth.test", times=2, error="fatal_error")
    with pytest.raises(AssertionError, match="fatal_error"):
        await p.api("auth.test")
    for wrong in ({"times": "2"}, {"retry_after": 1.5}, {"match": 7}):
        call = {"method": "auth.test", **wrong}
        assert await p.refused("faults", **call) == (400, "invalid_value")
    assert await p.refused("faults", times=1) == (400, "invalid_arguments")
    await p.do("faults", clear=True)
    assert (await p.api("auth.test"))["ok"]


async def test_reset_goes_back_to_the_start(p: Play) -> None:
    await p.do("message", user="U01", channel="C01", text="Nyt")
    await p.do("clock", advance=86_400, jump=True)
    before = (await p.state())["now"]
    assert (await p.do("reset"))["scene"] == "default"
    state = await p.state()
    assert state["now"] < before
    assert (await p.messages())[-1]["text"] != "Nyt"
    assert await p.refused("reset", scene="nowhere") == (400, "no_such_scene")


async def test_the_log_tells_what_was_done(p: Play) -> None:
    await p.api("auth.test")
    await p.do("home", user="U01")
    entries = await p.look("log?since=0")
    assert [e["seq"] for e in entries] == sorted(e["seq"] for e in entries)
    assert {"api", "control"} <= {e["kind"] for e in entries}
    last = entries[-1]["seq"]
    assert await p.look(f"log?since={last}") == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "https://127.0.0.1.evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Host": "evil.example"},
    ],
)
async def test_pages_of_other_sites_are_refused(p: Play, headers: dict[str, str]) -> None:
    url = f"{p.sandbox.url}/_sandbox/"
    async with p.http.post(url + "reset", json={}, headers=headers) as answer:
        assert answer.status == 403
    async with p.http.get(url + "log", headers=headers) as answer:
        assert answer.status == 403
    own = {"Origin": p.sandbox.url}
    async with p.http.post(url + "reset", json={}, headers=own) as answer:
        assert answer.status == 200


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ("{", 400, "invalid_json"),
        ("[]", 400, "json_not_object"),
        ('{"team": "T77"}', 404, "no_such_team"),
        ('{"wait": "long"}', 400, "invalid_value"),
    ],
)
async def test_bad_bodies_are_named(p: Play, body: str, status: int, error: str) -> None:
    async with p.http.post(f"{p.sandbox.url}/_sandbox/home", data=body) as answer:
        assert (answer.status, (await answer.json())["error"]) == (status, error)


async def test_looks_that_fail_are_named(p: Play) -> None:
    assert (await p.look("state"))["error"] == "invalid_arguments"
    assert (await p.look("state?user=U77"))["error"] == "no_such_user"
    assert (await p.look("state?user=U01&team=T9"))["error"] == "no_such_team"
    assert (await p.look("log?since=now"))["error"] == "invalid_value"
    assert not (await p.look("ready?timeout=0.01"))["ok"]


async def test_a_file_field_takes_the_members_own_files(p: Play) -> None:
    team = p.sandbox.engine.team()
    trigger = p.sandbox.engine.triggers.issue(team, "U01")
    await p.do("app", scopes=[*SCOPES, "files:read"])
    view: Any = modal(field_block("doc", {"type": "file_input", "max_files": 1}))
    opened = (await p.api("views.open", trigger_id=trigger, view=view))["view"]["id"]
    content = base64.b64encode(b"x").decode()
    files = [
        (await p.do("upload", user=user, name="a.pdf", content_base64=content))["id"]
        for user in ("U01", "U01", "U02")
    ]
    call: Json = {"user": "U01", "view_id": opened}
    strangers = {"doc": {"doc": [files[2]]}}
    assert await p.refused("submit", **call, values=strangers) == (400, "invalid_value")
    too_many = await p.do("submit", **call, values={"doc": {"doc": files[:2]}})
    assert (too_many["by"], list(too_many["errors"])) == ("client", ["doc"])


async def test_a_call_that_does_not_exist_is_said_in_json() -> None:
    async with play() as p:
        assert await p.refused("slsh") == (404, "no_such_call")
