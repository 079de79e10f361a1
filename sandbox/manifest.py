"""The app as its manifest describes it. https://docs.slack.dev/reference/app-manifest."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from sandbox.errors import CannotStartError
from sandbox.reading import parse

Json = dict[str, Any]


class ManifestError(CannotStartError):
    """A sentence that says what is wrong with the file."""


@dataclass(frozen=True)
class Manifest:
    """What the sandbox needs to know of an app; commands and shortcuts are the manifest's dicts."""

    name: str
    bot_name: str
    scopes: list[str]
    optional_scopes: list[str] = field(default_factory=list)
    accepted_scopes: list[str] = field(default_factory=list)  # of these, by the one who installs
    commands: list[Json] = field(default_factory=list)
    shortcuts: list[Json] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    socket_mode: bool = False
    home_tab: bool = False
    messages_tab: bool = False
    messages_read_only: bool = False
    interactive: bool = False
    events_url: str | None = None
    interactivity_url: str | None = None
    options_url: str | None = None
    redirect_urls: list[str] = field(default_factory=list)

    @property
    def granted(self) -> list[str]:
        """The bot scopes that an installation grants; those that may be declined mostly are."""
        declined = {*self.optional_scopes} - {*self.accepted_scopes}
        return [scope for scope in self.scopes if scope not in declined]

    def command(self, name: str) -> Json | None:
        """The slash command of that name, with its slash."""
        return next((c for c in self.commands if c["command"] == name), None)

    def shortcut(self, callback_id: str) -> Json | None:
        """The shortcut with that callback id."""
        return next((s for s in self.shortcuts if s["callback_id"] == callback_id), None)

    @classmethod
    def load(cls, path: Path | None) -> "Manifest":
        """Read the file (YAML or JSON), or answer the permissive default app. ManifestError."""
        if path is None:
            return DEFAULT
        try:
            content = parse(path.read_text(encoding="utf-8"))
            return cls.parse(content)
        except OSError as error:
            raise ManifestError(f"{path} cannot be read: {error.strerror}.") from error
        except yaml.YAMLError as error:
            raise ManifestError(f"{path} is no valid YAML: {error}") from error
        except (KeyError, TypeError, AttributeError) as error:
            raise ManifestError(f"{path} is no app manifest: {error!r} is missing.") from error

    @classmethod
    def parse(cls, content: Json) -> "Manifest":
        """Take what matters here out of a manifest's content."""
        features, settings = content.get("features", {}), content.get("settings", {})
        oauth = content.get("oauth_config", {})
        scopes = oauth.get("scopes", {})
        home = features.get("app_home", {})
        subscriptions = settings.get("event_subscriptions", {})
        interactivity = settings.get("interactivity", {})
        name = content["display_information"]["name"]
        return cls(
            name=name,
            bot_name=features.get("bot_user", {}).get("display_name", name),
            scopes=list(scopes.get("bot", [])),
            optional_scopes=list(scopes.get("bot_optional", [])),
            commands=list(features.get("slash_commands", [])),
            shortcuts=list(features.get("shortcuts", [])),
            events=list(subscriptions.get("bot_events", [])),
            socket_mode=bool(settings.get("socket_mode_enabled")),
            home_tab=bool(home.get("home_tab_enabled")),
            messages_tab=bool(home.get("messages_tab_enabled")),
            messages_read_only=bool(home.get("messages_tab_read_only_enabled")),
            interactive=bool(interactivity.get("is_enabled")),
            events_url=subscriptions.get("request_url"),
            interactivity_url=interactivity.get("request_url"),
            options_url=interactivity.get("message_menu_options_url"),
            redirect_urls=list(oauth.get("redirect_urls", [])),
        )


DEFAULT = Manifest(
    name="Partnerbot",
    bot_name="partnerbot",
    scopes=[
        "app_mentions:read",
        "bookmarks:read",
        "bookmarks:write",
        "channels:history",
        "channels:read",
        "chat:write",
        "chat:write.public",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "metadata.message:read",
        "mpim:history",
        "mpim:read",
        "reactions:read",
        "reactions:write",
        "team:read",
        "users:read",
        "users:read.email",
    ],
    commands=[
        {"command": "/partner", "description": "Partnerskaber", "usage_hint": "[hjælp]"},
    ],
    events=[
        "app_home_opened",
        "app_mention",
        "app_uninstalled",
        "channel_archive",
        "channel_deleted",
        "channel_rename",
        "channel_unarchive",
        "member_joined_channel",
        "member_left_channel",
        "message.channels",
        "message.groups",
        "message.im",
        "reaction_added",
        "reaction_removed",
        "team_join",
        "tokens_revoked",
        "user_change",
    ],
    socket_mode=True,
    home_tab=True,
    messages_tab=True,
    interactive=True,
)
