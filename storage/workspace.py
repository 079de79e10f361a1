"""A library's own settings with their former versions, and what each colleague has chosen."""

from dataclasses import asdict
from datetime import date, datetime

import sqlalchemy as sa

from bot.workspace import Frequency, Language, Member, Workspace
from storage.schema import METADATA, next_ids, team_column, upsert
from storage.types import Json, OneOf, PlainText, UtcDateTime

_WORKSPACE = sa.Table(
    "workspace",
    METADATA,
    team_column(),
    sa.Column("settings", Json, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
)

# Settings change seldom: each version is kept whole, to merge two edits and to tell who changed it.
_VERSION = sa.Table(
    "workspace_version",
    METADATA,
    team_column(),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("settings", Json, nullable=False),
    sa.Column("by", PlainText, nullable=False),  # empty: a program, or before this was kept
    sa.Column("at", UtcDateTime, nullable=False),
)

MEMBER = sa.Table(
    "member",
    METADATA,
    team_column(),
    sa.Column("user_id", PlainText, primary_key=True),
    sa.Column("language", OneOf(Language)),
    sa.Column("away_until", sa.Date),
    sa.Column("deputy", PlainText),
    sa.Column("frequency", OneOf(Frequency), nullable=False, server_default=Frequency.WEEKLY.value),
    sa.Column("quarterly", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("updated_at", UtcDateTime, nullable=False),
)

_LAST_ID = METADATA.tables["last_id"]  # a library has a row here from its first partner on


def teams(conn: sa.Connection) -> list[str]:
    """The libraries that have anything in this database."""
    query = sa.select(_LAST_ID.c.team_id).execution_options(every_team=True)
    return sorted(conn.execute(query).scalars())


def settings(conn: sa.Connection, team: str, *, lock: bool = False) -> Workspace:
    """What the library has decided, or the defaults; `lock` before changing them.

    Raises:
        UserError: a newer version of the program has stored them.
    """
    if lock:
        _lock(conn, team)
    query = sa.select(_WORKSPACE.c.settings).where(_WORKSPACE.c.team_id == team)
    stored = conn.execute(query).scalar_one_or_none()
    return Workspace() if stored is None else Workspace.loaded(stored)


def version(conn: sa.Connection, team: str) -> int:
    """How often the settings were saved: what a form remembers, to be merged by."""
    query = sa.select(_WORKSPACE.c.version).where(_WORKSPACE.c.team_id == team)
    return conn.execute(query).scalar_one_or_none() or 0


def settings_at(conn: sa.Connection, team: str, version: int) -> Workspace:
    """The settings as they were at that version, which a form has seen. Raises as settings()."""
    query = sa.select(_VERSION.c.settings).where(
        _VERSION.c.team_id == team, _VERSION.c.version == version
    )
    stored = conn.execute(query).scalar_one_or_none()
    return Workspace() if stored is None else Workspace.loaded(stored)


def switched_on_at(conn: sa.Connection, team: str) -> datetime | None:
    """When the library let the bot speak for the first time; None where it never has."""
    query = sa.select(_VERSION.c.at, _VERSION.c.settings).where(_VERSION.c.team_id == team)
    rows = conn.execute(query.order_by(_VERSION.c.version))
    return next((row.at for row in rows if row.settings.get("switched_on")), None)


def changed_by(conn: sa.Connection, team: str, *, since: int) -> str | None:
    """Who saved the settings last after that version; None when nobody has."""
    query = sa.select(_VERSION.c.by).where(_VERSION.c.team_id == team, _VERSION.c.version > since)
    by: str | None = conn.execute(query.order_by(_VERSION.c.version.desc()).limit(1)).scalar()
    return by


def save_settings(
    conn: sa.Connection, team: str, changed: Workspace, *, now: datetime, by: str = ""
) -> int:
    """Store all settings and return their version; the first `now` is the workspace's birth.

    What they replace was loaded with `lock=True` in the same transaction.
    """
    stored = changed.model_dump(mode="json")
    new = version(conn, team) + 1
    if new == 1:
        row = {"team_id": team, "settings": stored, "created_at": now, "version": new}
        conn.execute(sa.insert(_WORKSPACE).values(**row))
    else:
        mine = sa.update(_WORKSPACE).where(_WORKSPACE.c.team_id == team)
        conn.execute(mine.values(version=new, settings=stored))
    kept = {"team_id": team, "version": new, "settings": stored, "by": by, "at": now}
    conn.execute(sa.insert(_VERSION).values(**kept))
    return new


# Built once: it is asked before the first word to each person.
_LANGUAGE = sa.select(MEMBER.c.language).where(
    MEMBER.c.team_id == sa.bindparam("team"), MEMBER.c.user_id == sa.bindparam("user")
)


def language_of(conn: sa.Connection, team: str, user: str) -> Language | None:
    """The language a person has chosen in the bot; None where the library's applies."""
    asked = conn.execute(_LANGUAGE, {"team": team, "user": user})
    chosen: Language | None = asked.scalar_one_or_none()
    return chosen


def languages(conn: sa.Connection, team: str) -> dict[str, Language]:
    """What everybody who has chosen a language has chosen."""
    query = sa.select(MEMBER.c.user_id, MEMBER.c.language).where(
        MEMBER.c.team_id == team, MEMBER.c.language.is_not(None)
    )
    return {row.user_id: row.language for row in conn.execute(query)}


def set_language(
    conn: sa.Connection, team: str, user: str, language: Language | None, now: datetime
) -> None:
    """Remember a person's choice; None goes back to the library's language."""
    row = {"team_id": team, "user_id": user, "language": language, "updated_at": now}
    upsert(conn, MEMBER, row)


def member(conn: sa.Connection, team: str, user: str) -> Member:
    """What a colleague has chosen for herself, or the defaults."""
    own = MEMBER.c
    columns = (own.language, own.away_until, own.deputy, own.frequency, own.quarterly)
    query = sa.select(*columns).where(own.team_id == team, own.user_id == user)
    row = conn.execute(query).one_or_none()
    return Member() if row is None else Member(*row)


def away(conn: sa.Connection, team: str, today: date) -> dict[str, str | None]:
    """Who is away that day, each with the deputy of her own choice."""
    own = MEMBER.c
    query = sa.select(own.user_id, own.deputy).where(own.team_id == team, own.away_until > today)
    return {row.user_id: row.deputy for row in conn.execute(query)}


def away_until(conn: sa.Connection, team: str, today: date) -> dict[str, date]:
    """Who is away that day, each with the first day back."""
    own = MEMBER.c
    query = sa.select(own.user_id, own.away_until).where(
        own.team_id == team, own.away_until > today
    )
    return {row.user_id: row.away_until for row in conn.execute(query)}


def save_member(conn: sa.Connection, team: str, user: str, chosen: Member, now: datetime) -> None:
    """Store all that a colleague has chosen for herself."""
    row = {"team_id": team, "user_id": user, "updated_at": now, **asdict(chosen)}
    upsert(conn, MEMBER, row)


def _lock(conn: sa.Connection, team: str) -> None:
    """Wait for others who change the same settings, until the end of the transaction."""
    query = sa.select(_WORKSPACE.c.version).where(_WORKSPACE.c.team_id == team)
    if conn.execute(query.with_for_update()).one_or_none() is None:
        next_ids(conn, team, 0)  # nothing is stored yet: the team's counter is locked in its place
