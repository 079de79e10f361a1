"""What the one who runs the bot decides, from the environment or a file named .env.

Built in __main__ and cli only; everything else is handed what it needs. Slack's usual names stand
as they are, all others begin with PARTNERBOT_. `.env.example` shows them all (a test compares).
"""

from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SLACK = "https://slack.com/api/"


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
    slack_api_url: str = Field(SLACK, description="Where Slack's Web API is; the sandbox's here")
    database_url: str = Field(
        "sqlite:///partnerbot.db",
        repr=False,  # it may hold a password
        description="sqlite:///FILE or postgresql://USER@HOST/NAME",
    )
    partnerbot_port: int = Field(3000, description="The port on 127.0.0.1 in HTTP mode")
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
        return self

    @property
    def real_slack(self) -> bool:
        """Whether this is Slack itself and not a stand-in on this machine."""
        return urlsplit(self.slack_api_url).hostname not in {"127.0.0.1", "localhost", "::1"}


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
