"""A library's own settings, and its members' choice of language."""

from datetime import datetime

import sqlalchemy as sa

from bot.workspace import Language, Workspace
from storage.schema import METADATA, team_column, upsert
from storage.types import Json, OneOf, PlainText, UtcDateTime

_WORKSPACE = sa.Table(
    "workspace",
    METADATA,
    team_column(),
    sa.Column("settings", Json, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

_MEMBER = sa.Table(
    "member",
    METADATA,
    team_column(),
    sa.Column("user_id", PlainText, primary_key=True),
    sa.Column("language", OneOf(Language)),
    sa.Column("updated_at", UtcDateTime, nullable=False),
)


def settings(conn: sa.Connection, team: str, *, lock: bool = False) -> Workspace:
    """What the library has decided, or the defaults; `lock` before changing them."""
    query = sa.select(_WORKSPACE.c.settings).where(_WORKSPACE.c.team_id == team)
    stored = conn.execute(query.with_for_update() if lock else query).scalar_one_or_none()
    return Workspace() if stored is None else Workspace.model_validate(stored)


def save_settings(conn: sa.Connection, team: str, changed: Workspace, *, now: datetime) -> None:
    """Store all settings; `now` counts as the workspace's birth the first time."""
    mine = _WORKSPACE.c.team_id == team
    stored = {"settings": changed.model_dump(mode="json")}
    bumped = conn.execute(
        sa.update(_WORKSPACE).where(mine).values(version=_WORKSPACE.c.version + 1, **stored)
    )
    if bumped.rowcount:
        return
    upsert(conn, _WORKSPACE, {"team_id": team, "created_at": now, "version": 1, **stored})


def language_of(conn: sa.Connection, team: str, user: str) -> Language | None:
    """The language a person has chosen in the bot; None where the library's applies."""
    query = sa.select(_MEMBER.c.language).where(
        _MEMBER.c.team_id == team, _MEMBER.c.user_id == user
    )
    chosen: Language | None = conn.execute(query).scalar_one_or_none()
    return chosen


def set_language(
    conn: sa.Connection, team: str, user: str, language: Language | None, now: datetime
) -> None:
    """Remember a person's choice; None goes back to the library's language."""
    row = {"team_id": team, "user_id": user, "language": language, "updated_at": now}
    upsert(conn, _MEMBER, row)
