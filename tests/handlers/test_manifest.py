from typing import Any

import pytest
import yaml

from bot.errors import UserError
from handlers.manifest import manifest_content, manifest_file, manifest_text, scopes


def over_http(address: str) -> Any:
    return yaml.safe_load(manifest_text(address))


def test_for_socket_mode_it_is_app_yaml_without_comments() -> None:
    text = manifest_text(None)
    assert yaml.safe_load(text) == manifest_content()
    assert "#" in manifest_file().read_text(encoding="utf-8")
    assert "#" not in text


def test_its_letters_and_lines_stay_readable() -> None:
    text = manifest_text(None)
    assert "Tilføj partner" in text
    for line in manifest_content()["display_information"]["long_description"].splitlines():
        assert line in text


def test_its_keys_stay_in_order() -> None:
    written = [line for line in manifest_text(None).splitlines() if line[0:1].isalpha()]
    assert written == [
        "display_information:",
        "features:",
        "oauth_config:",
        "settings:",
    ]


def test_over_http_every_kind_of_request_has_its_address() -> None:
    manifest = over_http("https://partner.example.dk")
    url = "https://partner.example.dk/slack/events"
    settings = manifest["settings"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"]["request_url"] == url
    assert settings["interactivity"] == {
        "is_enabled": True,
        "request_url": url,
        "message_menu_options_url": url,
    }
    assert [command["url"] for command in manifest["features"]["slash_commands"]] == [url]


def test_over_http_nothing_else_differs() -> None:
    manifest = over_http("https://partner.example.dk")
    settings = manifest["settings"]
    settings["socket_mode_enabled"] = True
    del settings["event_subscriptions"]["request_url"]
    del settings["interactivity"]["request_url"]
    del settings["interactivity"]["message_menu_options_url"]
    del manifest["features"]["slash_commands"][0]["url"]
    del manifest["oauth_config"]["redirect_urls"]
    assert manifest == manifest_content()


def test_over_http_slack_may_send_an_installer_back() -> None:
    manifest = over_http("https://partner.example.dk/")
    assert manifest["oauth_config"]["redirect_urls"] == [
        "https://partner.example.dk/slack/oauth_redirect"
    ]


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://partner.example.dk/", "https://partner.example.dk"),
        ("  https://partner.example.dk\n", "https://partner.example.dk"),
        ("https://bibliotek-ærø.dk", "https://bibliotek-ærø.dk"),
        ("https://partner.example.dk:8443", "https://partner.example.dk:8443"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000"),
        ("http://localhost:3000/", "http://localhost:3000"),
    ],
)
def test_an_address_that_slack_can_call(address: str, host: str) -> None:
    command = over_http(address)["features"]["slash_commands"][0]
    assert command["url"] == f"{host}/slack/events"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "partner.example.dk",
        "http://partner.example.dk",
        "http://127.0.0.1.example.dk",
        "http://localhost@example.dk",
        "ftp://partner.example.dk",
        "https://",
        "https:///slack/events",
        "https://partner.example.dk/slack/events",
        "https://me:secret@partner.example.dk",
        "https://partner.example.dk?x=1",
        "https://partner.example.dk#x",
        "https://a b.dk",
        "https://a.dk:port",
        "https://a.dk\nurl: x",
        "https://{a}.dk",
    ],
)
def test_any_other_address_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(UserError) as refused:
        manifest_text(address)
    sentence = refused.value.msgid.format(**refused.value.values)
    assert sentence.startswith(f"{address} cannot be the bot's public address.")
    assert "https://partnerbot.example.dk" in sentence


def test_optional_scopes_are_apart_from_those_it_needs() -> None:
    found = scopes()
    assert found.required == (
        "commands",
        "chat:write",
        "users:read",
        "channels:read",
        "groups:read",
        "im:write",
        "files:write",
    )
    assert set(found.optional) == {
        "channels:history",
        "groups:history",
        "im:history",
        "metadata.message:read",
        "files:read",
    }
