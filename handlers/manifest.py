"""The Slack app manifest: app.yaml as it stands, or turned into the one for HTTP."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import UserError
from bot.settings import public_address

Json = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
EVENTS_PATH = "/slack/events"  # events, interactions and option look-ups: Bolt takes all on one
INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"  # where Slack sends the browser after an installation

_NO_ADDRESS = (
    "{address} cannot be the bot's public address. Write https:// and the host alone, for example"
    " https://partnerbot.example.dk; http:// is for 127.0.0.1 only."
)


class _BlockText(yaml.SafeDumper):
    """Writes text of several lines as a person would: under a bar, not in quotes."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_BlockText.add_representer(str, _text)


@dataclass(frozen=True)
class Scopes:
    """What the app asks for: what it cannot do without, and what may be declined."""

    required: tuple[str, ...]
    optional: tuple[str, ...]


def manifest_file() -> Path:
    """app.yaml: at the top of a checkout, within the package once installed."""
    checkout = ROOT / "app.yaml"
    return checkout if checkout.is_file() else ROOT / "bot" / "app.yaml"


def manifest_content() -> Json:
    """The manifest for Socket Mode."""
    content: Json = yaml.safe_load(manifest_file().read_text(encoding="utf-8"))
    return content


def scopes() -> Scopes:
    """The bot scopes of the manifest."""
    listed = manifest_content()["oauth_config"]["scopes"]
    optional = tuple(listed["bot_optional"])
    return Scopes(tuple(s for s in listed["bot"] if s not in optional), optional)


def manifest_text(http: str | None) -> str:
    """The manifest as YAML without comments; `http` is the bot's public address in HTTP mode.

    Raises:
        UserError: the address is not https:// and a host.
    """
    content = manifest_content()
    if http is not None:
        address = public_address(http)
        if address is None:
            raise UserError(_NO_ADDRESS, address=http)
        _call_over_http(content, address)
    return yaml.dump(content, Dumper=_BlockText, allow_unicode=True, sort_keys=False, width=1000)


def _call_over_http(content: Json, address: str) -> None:
    """Socket Mode and request URLs exclude each other, so one goes as the others come."""
    url = address + EVENTS_PATH
    settings = content["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"] = {"request_url": url, **settings["event_subscriptions"]}
    settings["interactivity"] |= {"request_url": url, "message_menu_options_url": url}
    redirect = {"redirect_urls": [address + REDIRECT_PATH]}
    content["oauth_config"] = redirect | content["oauth_config"]
    for command in content["features"]["slash_commands"]:
        command["url"] = url
