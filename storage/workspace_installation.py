"""Which libraries have installed the bot, and the states of installations under way.

Tokens come in and go out sealed: the key is not in the database, and storage never sees it.
"""

from datetime import datetime

import sqlalchemy as sa

from bot.workspace import Installation
from storage.schema import METADATA, team_column, upsert
from storage.types import Json, PlainText, UtcDateTime

# A state is handed out before Slack has told which library the browser belongs to.
_NO_TEAM_YET = ""

_INSTALLATION = sa.Table(
    "installation",
    METADATA,
    team_column(),
    sa.Column("enterprise_id", PlainText),
    sa.Column("bot_token", PlainText, nullable=False),
    sa.Column("bot_user", PlainText, nullable=False),
    sa.Column("bot_id", PlainText, nullable=False),
    sa.Column("app_id", PlainText, nullable=False),
    sa.Column("scopes", Json, nullable=False),
    sa.Column("installed_by", PlainText, nullable=False),
    sa.Column("installed_at", UtcDateTime, nullable=False),
)

_STATE = sa.Table(
    "oauth_state",
    METADATA,
    team_column(),
    sa.Column("state_hash", PlainText, primary_key=True),
    sa.Column("expires_at", UtcDateTime, nullable=False),
)


def install(conn: sa.Connection, team: str, new: Installation) -> None:
    """Remember an installation; a former one of the same library is replaced."""
    row = {
        "team_id": team,
        "enterprise_id": new.enterprise,
        "bot_token": new.sealed_token,
        "bot_user": new.bot_user,
        "bot_id": new.bot_id,
        "app_id": new.app_id,
        "scopes": list(new.scopes),
        "installed_by": new.installed_by,
        "installed_at": new.installed_at,
    }
    upsert(conn, _INSTALLATION, row)


def installation(conn: sa.Connection, team: str) -> Installation | None:
    """The library's installation, if there is one."""
    query = sa.select(_INSTALLATION).where(_INSTALLATION.c.team_id == team)
    row = conn.execute(query).one_or_none()
    if row is None:
        return None
    return Installation(
        enterprise=row.enterprise_id,
        sealed_token=row.bot_token,
        bot_user=row.bot_user,
        bot_id=row.bot_id,
        app_id=row.app_id,
        scopes=tuple(row.scopes),
        installed_by=row.installed_by,
        installed_at=row.installed_at,
    )


def uninstall(conn: sa.Connection, team: str, *, until: datetime) -> bool:
    """Delete the library's installation, unless it was made after `until`; whether it was there."""
    query = sa.delete(_INSTALLATION).where(
        _INSTALLATION.c.team_id == team, _INSTALLATION.c.installed_at <= until
    )
    return conn.execute(query).rowcount == 1


def reseal(conn: sa.Connection, team: str, sealed_token: str) -> None:
    """Store the same token under another key."""
    query = sa.update(_INSTALLATION).where(_INSTALLATION.c.team_id == team)
    conn.execute(query.values(bot_token=sealed_token))


def teams(conn: sa.Connection) -> list[str]:
    """Every library that has installed the bot, for what is done for each of them in turn."""
    query = sa.select(_INSTALLATION.c.team_id).order_by(_INSTALLATION.c.team_id)
    return list(conn.execute(query.execution_options(every_team=True)).scalars())


def hand_out_state(
    conn: sa.Connection, state_hash: str, *, now: datetime, expires_at: datetime
) -> None:
    """Remember a state, and forget those that nobody came back with."""
    conn.execute(
        sa.delete(_STATE).where(_STATE.c.team_id == _NO_TEAM_YET, _STATE.c.expires_at <= now)
    )
    row = {"team_id": _NO_TEAM_YET, "state_hash": state_hash, "expires_at": expires_at}
    conn.execute(sa.insert(_STATE).values(**row))


def take_back_state(conn: sa.Connection, state_hash: str, *, now: datetime) -> bool:
    """Whether the state was handed out and is fresh; it is worth nothing from here on."""
    query = (
        sa.delete(_STATE)
        .where(_STATE.c.team_id == _NO_TEAM_YET, _STATE.c.state_hash == state_hash)
        .returning(_STATE.c.expires_at)
    )
    expires_at: datetime | None = conn.execute(query).scalar_one_or_none()
    return expires_at is not None and now < expires_at
