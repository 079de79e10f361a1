"""What the one who runs the bot decides, from the environment or a file named .env.

Built in __main__ and cli only; everything else is handed what it needs. Slack's usual names stand
as they are, all others begin with PARTNERBOT_. `.env.example` shows them all (a test compares).
"""

import re
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SLACK = "https://slack.com/api/"

_ADDRESS = re.compile(
    r"(https://[\w-]+(\.[\w-]+)*|http://(127\.0\.0\.1|localhost))(:\d{1,5})?(?=/?$)"
)
MAKE_A_KEY = (
    "python -c 'from cryptography.fernet import Fernet; print(Fernet.generate_key().decode())'"
)
_NO_ADDRESS = (
    "not https:// and the host alone. Write it like https://partnerbot.example.dk; http:// is for"
    " 127.0.0.1 only"
)
_KEY = re.compile(r"[\w-]{43}=", re.ASCII)  # 32 bytes in base64, as Fernet wants a key


class SettingsError(Exception):
    """The settings cannot be used; the message says which and what to do."""


class Settings(BaseSettings):
    """The settings; each description stands in .env.example too."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    slack_bot_token: SecretStr | None = Field(
        None, description="Bot User OAuth Token, begins with xoxb-"
    )
    slack_app_token: SecretStr | None = Field(
        None, description="App-level token with connections:write, begins with xapp-"
    )
    slack_signing_secret: SecretStr | None = Field(
        None, description="Signing Secret; needed where Slack calls the bot over HTTP"
    )
    slack_api_url: str = Field(
        SLACK, description="Slack's Web API; only a sandbox has another address"
    )
    database_url: str = Field(
        "sqlite:///partnerbot.db",
        repr=False,  # it may hold a password
        description="sqlite:///FILE or postgresql://USER@HOST/NAME",
    )
    slack_client_id: str | None = Field(
        None, description="Client ID; with the secret, several workspaces install the one bot"
    )
    slack_client_secret: SecretStr | None = Field(
        None, description="Client Secret; it stands beside the Client ID"
    )
    partnerbot_public_url: str | None = Field(
        None, description="https:// and the host where partners answer, and libraries install"
    )
    partnerbot_token_key: SecretStr | None = Field(
        None, description="Seals the libraries' tokens; several with commas, the first seals"
    )
    partnerbot_port: int = Field(
        3000, description="The port on 127.0.0.1 in HTTP mode, and for partners who answer"
    )
    partnerbot_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much is logged; never what people write"
    )
    partnerbot_clock_url: str | None = Field(
        None, description="The sandbox's clock, for demos and tests only"
    )

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not self.slack_api_url.endswith("/"):
            self.slack_api_url += "/"
        if self.partnerbot_clock_url and self.real_slack:
            raise ValueError(
                "PARTNERBOT_CLOCK_URL moves the clock and is for the sandbox only: remove it, or"
                " point SLACK_API_URL at the sandbox"
            )
        if self.partnerbot_public_url:
            self.partnerbot_public_url = public_address(self.partnerbot_public_url)
            if not self.partnerbot_public_url:
                raise ValueError(f"PARTNERBOT_PUBLIC_URL is {_NO_ADDRESS}")
        if self.slack_client_id or self.slack_client_secret:
            self._check_oauth()
        return self

    def _check_oauth(self) -> None:
        if not (self.slack_client_id and self.slack_client_secret):
            raise ValueError(
                "SLACK_CLIENT_ID and SLACK_CLIENT_SECRET go together: set both where several"
                " workspaces install the bot, and neither for one workspace"
            )
        if self.slack_app_token:
            raise ValueError(
                "SLACK_APP_TOKEN (Socket Mode) and SLACK_CLIENT_ID (several workspaces) exclude"
                " each other, for installing goes over HTTP: remove one of them"
            )
        if not self.slack_signing_secret:
            raise ValueError(
                "SLACK_SIGNING_SECRET is missing: with SLACK_CLIENT_ID Slack calls the bot over"
                " HTTP. It stands in the app under Basic Information, App Credentials"
            )
        if not self.partnerbot_public_url:
            raise ValueError(f"PARTNERBOT_PUBLIC_URL is missing or {_NO_ADDRESS}")
        if not self.token_keys or not all(_KEY.fullmatch(key) for key in self.token_keys):
            raise ValueError(
                "PARTNERBOT_TOKEN_KEY is missing or malformed: it seals the libraries' tokens in"
                f" the database. Make a key with: {MAKE_A_KEY}"
            )

    @property
    def many_workspaces(self) -> bool:
        """Whether libraries install the bot themselves, over OAuth."""
        return self.slack_client_id is not None

    @property
    def token_keys(self) -> list[str]:
        """The keys that tokens are sealed with: the first seals, each of them opens."""
        keys = self.partnerbot_token_key
        return [key.strip() for key in keys.get_secret_value().split(",")] if keys else []

    @property
    def real_slack(self) -> bool:
        """Whether this is Slack itself and not a stand-in on this machine."""
        return urlsplit(self.slack_api_url).hostname not in {"127.0.0.1", "localhost", "::1"}


def public_address(text: str) -> str | None:
    """The address without its last slash; None unless https:// and a host (http:// here only)."""
    found = _ADDRESS.match(text.strip())
    return found[0] if found else None


def load(env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings; SettingsError names each that is wrong, and never shows a secret."""
    try:
        return Settings(_env_file=env_file)
    except ValidationError as error:
        wrong = "; ".join(_said(fault["loc"], fault["msg"]) for fault in error.errors())
        raise SettingsError(f"{wrong}. Look in the environment and in .env.") from None


def _said(where: tuple[int | str, ...], what: str) -> str:
    name = "".join(str(part).upper() for part in where)
    return f"{name}: {what}" if name else what.removeprefix("Value error, ")
