"""A library's own settings, and the bot as installed in its Slack."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Language(StrEnum):
    """The languages the bot speaks."""

    DANISH = "da"
    ENGLISH = "en"


class Workspace(BaseModel):
    """What one library has decided for itself; the defaults are a Danish public library's."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Language = Language.DANISH
    timezone: str = "Europe/Copenhagen"
    keywords: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    age_groups: tuple[str, ...] = ("0-5", "6-12", "13-17", "18+")
    room_names: dict[str, str] = Field(default_factory=dict)  # the four rooms renamed, by room


@dataclass(frozen=True)
class Installation:
    """What Slack told when the library installed the bot; the token is sealed, never in clear."""

    enterprise: str | None
    sealed_token: str
    bot_user: str
    bot_id: str
    app_id: str
    scopes: tuple[str, ...]
    installed_by: str
    installed_at: datetime
