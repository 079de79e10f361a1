"""app.yaml agrees with Slack's rules for manifests, and with what the code can do.

The limits are those of https://docs.slack.dev/reference/app-manifest.
"""

import re
from pathlib import Path

import handlers
from handlers.command import NAME
from handlers.command_table import SUBCOMMANDS
from handlers.manifest import manifest_content, scopes
from tests.handlers.library import Library
from tests.handlers.wire import api

SOCKET = manifest_content()
GUIDE = (Path(handlers.__file__).parents[1] / "docs" / "slack-app.md").read_text(encoding="utf-8")

# What handles Slack's requests; slack_check asks with tokens of its own, connection's client is the
# socket.
CODE = "".join(
    path.read_text(encoding="utf-8")
    for path in Path(handlers.__file__).parent.rglob("*.py")
    if path.stem not in {"slack_check", "connection"}
)

# The scope behind each method of Slack's Web API that a listener calls with the bot token.
SCOPE_OF = {
    "chat_getPermalink": None,
    "chat_postMessage": "chat:write",
    "chat_update": "chat:write",
    "auth_test": None,
    "conversations_history": "channels:history",
    "conversations_info": "channels:read",
    "conversations_members": "channels:read",
    "conversations_open": "im:write",
    "conversations_replies": "channels:history",
    "files_delete": "files:write",
    "files_info": "files:read",
    "files_upload_v2": "files:write",
    "users_info": "users:read",
    "users_list": "users:read",
    "views_open": None,
    "views_publish": None,
    "views_push": None,
    "views_update": None,
}

KEYS = {
    "": {"display_information", "features", "oauth_config", "settings"},
    "display_information": {"name", "description", "long_description"},
    "features": {"app_home", "bot_user", "slash_commands", "shortcuts"},
    "oauth_config": {"scopes"},
    "settings": {
        "event_subscriptions",
        "interactivity",
        "org_deploy_enabled",
        "socket_mode_enabled",
        "token_rotation_enabled",
    },
}


def test_it_says_only_what_slack_knows() -> None:
    for part, keys in KEYS.items():
        assert set(SOCKET[part] if part else SOCKET) == keys


def test_its_texts_fit() -> None:
    display = SOCKET["display_information"]
    assert 1 <= len(display["name"]) <= 35
    assert 1 <= len(display["description"]) <= 140
    assert 175 <= len(display["long_description"]) <= 4000
    assert re.fullmatch(r"[a-z0-9._-]{1,80}", SOCKET["features"]["bot_user"]["display_name"])


def test_its_command_fits() -> None:
    (command,) = SOCKET["features"]["slash_commands"]
    assert set(command) == {"command", "description", "usage_hint", "should_escape"}
    assert re.fullmatch(r"/\S{1,31}", command["command"])
    assert 1 <= len(command["description"]) <= 2000
    assert 1 <= len(command["usage_hint"]) <= 1000


def test_its_shortcuts_fit() -> None:
    for shortcut in SOCKET["features"]["shortcuts"]:
        assert set(shortcut) == {"name", "type", "callback_id", "description"}
        assert shortcut["type"] in {"global", "message"}
        assert 1 <= len(shortcut["name"]) <= 24
        assert 1 <= len(shortcut["callback_id"]) <= 255
        assert 1 <= len(shortcut["description"]) <= 150


def test_people_read_the_messages_tab_and_do_not_write_in_it() -> None:
    assert SOCKET["features"]["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": True,
    }


def test_it_is_for_socket_mode_without_what_the_code_cannot_do() -> None:
    settings = SOCKET["settings"]
    assert settings["socket_mode_enabled"] is True
    assert settings["token_rotation_enabled"] is False
    assert settings["org_deploy_enabled"] is False
    assert settings["interactivity"] == {"is_enabled": True}
    assert set(settings["event_subscriptions"]) == {"bot_events"}


def test_what_may_be_declined_stands_among_what_is_asked_for() -> None:
    scopes = SOCKET["oauth_config"]["scopes"]
    assert set(scopes["bot_optional"]) < set(scopes["bot"])
    assert len(set(scopes["bot"])) == len(scopes["bot"])


def test_reading_messages_is_never_asked_for_outright() -> None:
    scopes = SOCKET["oauth_config"]["scopes"]
    reading = {scope for scope in scopes["bot"] if "history" in scope or "message" in scope}
    assert reading == set(scopes["bot_optional"]) - {"files:read"}
    assert not [
        e for e in SOCKET["settings"]["event_subscriptions"]["bot_events"] if "message" in e
    ]


def test_the_command_and_its_words_are_the_ones_in_the_code() -> None:
    (command,) = SOCKET["features"]["slash_commands"]
    assert command["command"] == NAME
    words = [row.word for row in SUBCOMMANDS if not row.rare]
    assert command["usage_hint"] == f"[navn] eller: {', '.join(words)}"
    assert command["should_escape"] is False


async def test_every_shortcut_opens_its_form(library: Library) -> None:
    ts = (await api(library, "chat.postMessage", channel="C01", text="Hej"))["ts"]
    for shortcut in SOCKET["features"]["shortcuts"]:
        on = {"message": {"channel": "C01", "ts": ts}} if shortcut["type"] == "message" else {}
        done = await library.control(
            "shortcut", user="U02", callback_id=shortcut["callback_id"], **on
        )
        assert done["ok"], done
        assert (await library.view())["title"]["text"] == shortcut["name"]


def test_every_event_that_is_listened_to_is_subscribed_to() -> None:
    heard = set(re.findall(r'desk\.event\(\s*"(\w+)"', CODE))
    assert "app_home_opened" in heard
    assert heard <= set(SOCKET["settings"]["event_subscriptions"]["bot_events"])


def test_every_call_has_its_scope_and_every_scope_its_call() -> None:
    called = set(re.findall(r"\bclient\.(\w+)\(", CODE))
    assert called <= set(SCOPE_OF), "add the method and its scope to SCOPE_OF"
    # groups:read is what conversations.info needs where the channel is private.
    needed = {"commands", "groups:read"} | {s for name in called if (s := SCOPE_OF[name])}
    # chat:write is asked for ahead, so that a library's IT approves once; see docs/slack-app.md.
    # files:read may be declined: then partners are read in on the machine. And so may history be:
    # then what may not have been said is said again.
    declinable = {"files:read", "channels:history"}
    assert set(scopes().required) == (needed | {"chat:write"}) - declinable
    assert declinable <= needed & set(scopes().optional)


def test_every_scope_has_its_reason_in_both_languages() -> None:
    danish, english = GUIDE.split("\n---\n")
    for scope in [*scopes().required, *scopes().optional]:
        assert f"`{scope}`" in danish.split("## Tilladelser")[1], scope
        assert f"`{scope}`" in english.split("## Scopes")[1], scope
