import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import MAKE_A_KEY, SLACK, Settings, SettingsError, load

EXAMPLE = Path(__file__).parents[2] / ".env.example"
OURS = ("SLACK_", "PARTNERBOT_", "DATABASE_URL")


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.upper().startswith(OURS):
            monkeypatch.delenv(name)


def described() -> list[tuple[str, str, str]]:
    """The example's settings: comment, name, value."""
    paragraphs = EXAMPLE.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    found = []
    for paragraph in paragraphs:
        comment, line = paragraph.split("\n")
        name, _, value = line.partition("=")
        found.append((comment.removeprefix("# "), name, value))
    return found


def test_the_example_shows_every_setting_its_words_and_its_default() -> None:
    assert described() == [
        (field.description, name.upper(), "" if field.default is None else str(field.default))
        for name, field in Settings.model_fields.items()
    ]


def test_the_example_as_it_stands_is_the_defaults() -> None:
    assert load(EXAMPLE) == load(None)


def test_the_defaults_are_real_slack_and_a_file_here() -> None:
    settings = load(None)
    assert settings.real_slack
    assert settings.slack_api_url == SLACK
    assert settings.slack_bot_token is None
    assert settings.database_url == "sqlite:///partnerbot.db"


def test_the_environment_goes_before_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("PARTNERBOT_PORT=4000\nPARTNERBOT_LOG_LEVEL=ERROR\n")
    monkeypatch.setenv("PARTNERBOT_PORT", "5000")
    settings = load(file)
    assert (settings.partnerbot_port, settings.partnerbot_log_level) == (5000, "ERROR")


def test_empty_means_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert load(None) == Settings(_env_file=None)
    assert load(None).slack_bot_token is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARTNERBOT_PORT", "three thousand"),
        ("PARTNERBOT_LOG_LEVEL", "LOUD"),
        ("PARTNERBOT_PORT", "-"),
    ],
)
def test_a_wrong_value_is_named_and_not_shown(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        load(None)
    assert str(raised.value).startswith(f"{name}: ")
    assert "Look in the environment and in .env." in str(raised.value)
    assert f"'{value}'" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_every_wrong_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNERBOT_PORT", "x")
    monkeypatch.setenv("PARTNERBOT_LOG_LEVEL", "x")
    with pytest.raises(SettingsError, match=r"PARTNERBOT_PORT: .*; PARTNERBOT_LOG_LEVEL: "):
        load(None)


def test_secrets_never_appear(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {
        "SLACK_BOT_TOKEN": "xoxb-very-secret",
        "SLACK_APP_TOKEN": "xapp-very-secret",
        "SLACK_SIGNING_SECRET": "very-secret",
    }
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    settings = load(None)
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == "xoxb-very-secret"
    assert "very-secret" not in f"{settings!r} {settings} {settings.model_dump_json()}"
    monkeypatch.setenv("PARTNERBOT_PORT", "x")
    with pytest.raises(SettingsError) as raised:
        load(None)
    assert "very-secret" not in str(raised.value)


@pytest.mark.parametrize("url", ["", SLACK, "https://slack.example/api/"])
def test_another_clock_is_refused_with_real_slack(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_API_URL", url)
    monkeypatch.setenv("PARTNERBOT_CLOCK_URL", "http://127.0.0.1:8137/_sandbox/clock")
    with pytest.raises(SettingsError, match=r"^PARTNERBOT_CLOCK_URL moves the clock"):
        load(None)


@pytest.mark.parametrize("host", ["127.0.0.1:8137", "localhost:8137", "[::1]:8137"])
def test_another_clock_is_taken_with_the_sandbox(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_API_URL", f"http://{host}/api/")
    monkeypatch.setenv("PARTNERBOT_CLOCK_URL", f"http://{host}/_sandbox/clock")
    settings = load(None)
    assert not settings.real_slack
    assert settings.partnerbot_clock_url == f"http://{host}/_sandbox/clock"


def test_slacks_address_ends_with_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:8137/api")
    assert load(None).slack_api_url == "http://127.0.0.1:8137/api/"


# Many workspaces.

KEY = "A" * 43 + "="
MANY = {
    "SLACK_CLIENT_ID": "1.2",
    "SLACK_CLIENT_SECRET": "very-secret",
    "SLACK_SIGNING_SECRET": "very-secret-too",
    "PARTNERBOT_PUBLIC_URL": "https://partnerbot.example.dk/",
    "PARTNERBOT_TOKEN_KEY": KEY,
}


def set_many(monkeypatch: pytest.MonkeyPatch, **other: str) -> None:
    for name, value in (MANY | other).items():
        monkeypatch.setenv(name, value)


def test_with_id_and_secret_many_workspaces_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not load(None).many_workspaces
    set_many(monkeypatch)
    settings = load(None)
    assert settings.many_workspaces
    assert settings.partnerbot_public_url == "https://partnerbot.example.dk"
    assert settings.token_keys == [KEY]
    assert settings.slack_bot_token is None
    for secret in ("very-secret", KEY):
        assert secret not in f"{settings!r} {settings} {settings.model_dump_json()}"


def test_several_keys_stand_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    newer = "-_9z" * 10 + "abc="
    set_many(monkeypatch, PARTNERBOT_TOKEN_KEY=f"{newer}, {KEY}")
    assert load(None).token_keys == [newer, KEY]


def test_one_workspace_needs_no_address_and_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNERBOT_TOKEN_KEY", "none")
    assert not load(None).many_workspaces
    assert load(None).partnerbot_public_url is None
    assert Settings(_env_file=None, partnerbot_token_key=None).token_keys == []


def test_one_workspace_may_have_an_address_for_its_partners(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PARTNERBOT_PUBLIC_URL", "https://partner.example.dk/")
    assert load(None).partnerbot_public_url == "https://partner.example.dk"
    monkeypatch.setenv("PARTNERBOT_PUBLIC_URL", "partner.example.dk")
    with pytest.raises(SettingsError, match=r"^PARTNERBOT_PUBLIC_URL is not https:// and the host"):
        load(None)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SLACK_CLIENT_ID", "", "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together"),
        ("SLACK_CLIENT_SECRET", "", "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together"),
        ("SLACK_APP_TOKEN", "xapp-1", "SLACK_APP_TOKEN (Socket Mode) and SLACK_CLIENT_ID"),
        ("SLACK_SIGNING_SECRET", "", "SLACK_SIGNING_SECRET is missing"),
        ("PARTNERBOT_PUBLIC_URL", "", "PARTNERBOT_PUBLIC_URL is missing"),
        ("PARTNERBOT_PUBLIC_URL", "http://partnerbot.example.dk", "PARTNERBOT_PUBLIC_URL is"),
        ("PARTNERBOT_PUBLIC_URL", "https://example.dk/bot", "PARTNERBOT_PUBLIC_URL is not https"),
        ("PARTNERBOT_TOKEN_KEY", "", "PARTNERBOT_TOKEN_KEY is missing or malformed"),
        ("PARTNERBOT_TOKEN_KEY", "very-secret", "PARTNERBOT_TOKEN_KEY is missing or malformed"),
        ("PARTNERBOT_TOKEN_KEY", f"{KEY},", "PARTNERBOT_TOKEN_KEY is missing or malformed"),
        ("PARTNERBOT_TOKEN_KEY", f"{KEY} {KEY}", "PARTNERBOT_TOKEN_KEY is missing or malformed"),
    ],
)
def test_what_does_not_fit_is_said_with_what_to_do(
    name: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_many(monkeypatch, **{name: value})
    with pytest.raises(SettingsError) as raised:
        load(None)
    assert str(raised.value).startswith(sentence)
    for secret in ("very-secret", KEY):
        assert secret not in str(raised.value)


def test_the_sentence_about_the_key_makes_one(monkeypatch: pytest.MonkeyPatch) -> None:
    made = subprocess.run(  # noqa: S602 - the command that people are told to paste
        MAKE_A_KEY.replace("python", f"'{sys.executable}'", 1),
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    set_many(monkeypatch, PARTNERBOT_TOKEN_KEY=made)
    assert load(None).token_keys == [made]
