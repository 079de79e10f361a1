from pathlib import Path

import pytest

from sandbox.manifest import Manifest, ManifestError

BOT = "http://127.0.0.1:3000/slack/events"
APP = f"""
display_information: {{name: Partnerbot}}
features:
  app_home:
    home_tab_enabled: true
    messages_tab_enabled: true
    messages_tab_read_only_enabled: true
  bot_user: {{display_name: partnerbot, always_online: true}}
  slash_commands:
    - {{command: /partner, description: Partnerskaber, usage_hint: "[hjælp]", url: "{BOT}"}}
  shortcuts:
    - {{name: Tilføj partner, type: global, callback_id: add, description: Ny}}
oauth_config:
  redirect_urls: ["http://127.0.0.1:3000/slack/oauth_redirect"]
  scopes:
    bot: [commands, "chat:write", "channels:history"]
    bot_optional: ["channels:history"]
settings:
  event_subscriptions: {{request_url: "{BOT}", bot_events: [app_home_opened]}}
  interactivity:
    is_enabled: true
    request_url: "{BOT}"
    message_menu_options_url: "http://127.0.0.1:3000/options"
  socket_mode_enabled: false
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "app.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_everything_the_sandbox_needs_is_read(tmp_path: Path) -> None:
    manifest = Manifest.load(written(tmp_path, APP))
    assert (manifest.name, manifest.bot_name) == ("Partnerbot", "partnerbot")
    assert manifest.granted == ["commands", "chat:write"]
    assert manifest.optional_scopes == ["channels:history"]
    assert manifest.events == ["app_home_opened"]
    assert manifest.home_tab
    assert manifest.messages_tab
    assert manifest.messages_read_only
    assert manifest.interactive
    assert not manifest.socket_mode
    assert manifest.events_url == manifest.interactivity_url
    assert manifest.options_url == "http://127.0.0.1:3000/options"
    assert manifest.redirect_urls == ["http://127.0.0.1:3000/slack/oauth_redirect"]


def test_commands_and_shortcuts_are_found_by_name(tmp_path: Path) -> None:
    manifest = Manifest.load(written(tmp_path, APP))
    command, shortcut = manifest.command("/partner"), manifest.shortcut("add")
    assert command is not None
    assert command["usage_hint"] == "[hjælp]"
    assert shortcut is not None
    assert shortcut["name"] == "Tilføj partner"
    assert manifest.command("/other") is None
    assert manifest.shortcut("other") is None


def test_without_a_file_there_is_a_permissive_app() -> None:
    manifest = Manifest.load(None)
    assert manifest.granted == manifest.scopes
    assert manifest.command("/partner")
    assert manifest.socket_mode
    assert manifest.home_tab


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: [", "no valid YAML"),
        ("- a\n- b", "no app manifest"),
        ("features: {}", "no app manifest"),
        ("", "no app manifest"),
    ],
)
def test_a_bad_file_is_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ManifestError, match=sentence):
        Manifest.load(written(tmp_path, text))


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="cannot be read"):
        Manifest.load(tmp_path / "none.yaml")
