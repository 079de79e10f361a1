"""The partner's ways into a round: links, of which only hashes are kept, and the voices behind."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from bot.round import Round, Standing
from bot.round_voice import THE_PARTNER
from storage.evaluation_tables import LINK
from storage.round_tables import INVITED


@dataclass(frozen=True)
class Link:
    """Whose answer a link leads to; `made_by` is a colleague's Slack user id."""

    team: str
    round_id: int
    voice: str
    made_by: str
    made_at: datetime


def keep(
    conn: sa.Connection,
    team: str,
    round_id: int,
    voice: str,
    token_hash: str,
    *,
    by: str,
    now: datetime,
) -> None:
    """Remember a new link; older ones of the same voice lead there too."""
    row = {"round_id": round_id, "voice": voice, "made_by": by, "made_at": now}
    conn.execute(sa.insert(LINK).values(team_id=team, token_hash=token_hash, **row))


def find(conn: sa.Connection, token_hash: str) -> Link | None:
    """Where a link leads, in whichever library it was made."""
    query = sa.select(
        LINK.c.team_id, LINK.c.round_id, LINK.c.voice, LINK.c.made_by, LINK.c.made_at
    ).where(LINK.c.token_hash == token_hash)
    row = conn.execute(query.execution_options(every_team=True)).one_or_none()
    return None if row is None else Link(*row)


def made(conn: sa.Connection, team: str, round_id: int) -> Mapping[str, datetime]:
    """When each voice of the round got its newest link."""
    query = sa.select(LINK.c.voice, LINK.c.made_at).where(
        LINK.c.team_id == team, LINK.c.round_id == round_id
    )
    return {row.voice: row.made_at for row in conn.execute(query.order_by(LINK.c.made_at))}


def let_in(conn: sa.Connection, team: str, this: Round, voice: str) -> Round:
    """The round with that voice among those who are asked; the caller has locked it.

    Somebody whom one can name takes the place of the organisation as such, where nobody has been
    sent that one yet: it was only kept free.
    """
    if voice in this.standings:
        return this
    free = this.standings.get(THE_PARTNER) is Standing.WAITING
    if free and THE_PARTNER not in made(conn, team, this.id):
        return _renamed(conn, team, this, THE_PARTNER, voice)
    row = {"team_id": team, "round_id": this.id, "user_id": voice, "standing": Standing.WAITING}
    conn.execute(sa.insert(INVITED).values(**row))
    return replace(this, standings={**this.standings, voice: Standing.WAITING})


def _renamed(conn: sa.Connection, team: str, this: Round, before: str, voice: str) -> Round:
    mine = (INVITED.c.team_id == team, INVITED.c.round_id == this.id, INVITED.c.user_id == before)
    conn.execute(sa.update(INVITED).where(*mine).values(user_id=voice))
    others = {who: how for who, how in this.standings.items() if who != before}
    return replace(this, standings={**others, voice: Standing.WAITING})
