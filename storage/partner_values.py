"""What is in use in the register, to be chosen from and to be recognised."""

from collections.abc import Collection

import sqlalchemy as sa

from bot.partner import Tie
from bot.text import alphabetic
from storage.partner_tables import PARTNER, TAG, TIE
from storage.schema import among


def keywords(conn: sa.Connection, team: str) -> list[str]:
    """The keywords in use, by the alphabet."""
    query = sa.select(TAG.c.value).where(TAG.c.team_id == team, TAG.c.facet == "keywords")
    return sorted(conn.execute(query.distinct()).scalars(), key=alphabetic)


def shared_keywords(conn: sa.Connection, team: str, words: Collection[str]) -> set[str]:
    """Those that more than one partner has."""
    own = TAG.c
    mine = (own.team_id == team, own.facet == "keywords", among(own.value, sorted(words)))
    query = sa.select(own.value).where(*mine).group_by(own.value).having(sa.func.count() > 1)
    return set(conn.execute(query).scalars())


def branches(conn: sa.Connection, team: str) -> list[str]:
    """The branches in use, by the alphabet."""
    query = sa.select(PARTNER.c.branch).where(PARTNER.c.team_id == team, PARTNER.c.branch != "")
    return sorted(conn.execute(query.distinct()).scalars(), key=alphabetic)


def responsibles(conn: sa.Connection, team: str) -> list[str]:
    """The colleagues (Slack user ids) who stand in the tables, so that their names can be found."""
    leading = among(TIE.c.tie, (Tie.RESPONSIBLE, Tie.DEPUTY))
    query = sa.select(TIE.c.user_id).where(TIE.c.team_id == team, leading)
    return sorted(conn.execute(query.distinct()).scalars())
