"""A library's own settings: its language, time zone and words."""

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
