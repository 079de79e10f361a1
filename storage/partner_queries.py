"""The statements of the search, built once: building one takes longer than running it.

Their values go in by name: `team`, `limit`, `typed`, `bare`, and `word0`, `word1`... for the words
sought. A statement has a shape: for each word, whether other words are meant in its place.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from storage.partner_tables import PARTNER, PERSON, TAG, TIE, WORD, Origin
from storage.partner_words import LAST
from storage.schema import padded
from storage.types import PlainText

# A search word with the words of the index that it may have meant, where it fits none by itself.
Terms = Mapping[str, Sequence[str]]
Shape = tuple[bool, ...]

# How many matches are ranked: of more than that, nobody reads the tail. They come in the order of
# the index, so that whole words in names are among them before anything else.
_RANKED = 300
# How far words are counted to find the rarest.
_COUNTED = 10_000

_TEAM: sa.BindParameter[str] = sa.bindparam("team")
_LIMIT = sa.bindparam("limit", type_=sa.Integer)
_IDS: sa.BindParameter[int] = sa.bindparam("ids", expanding=True)


def of_name(team: str, typed: str, bare: str, limit: int) -> dict[str, object]:
    """The values of `by_name`."""
    return {"team": team, "typed": typed, "typed_end": typed + LAST, "bare": bare, "limit": limit}


def of_words(team: str, terms: Terms, limit: int = 0) -> dict[str, object]:
    """The values of `rows_by_word` and `by_words`."""
    values: dict[str, object] = {"team": team, "limit": limit}
    for at, (word, instead) in enumerate(terms.items()):
        values[f"word{at}"] = word
        values[f"word{at}_end"] = word + LAST
        values[f"word{at}_instead"] = padded(instead)
    return values


def of_partners(team: str, ids: Sequence[int]) -> dict[str, object]:
    """The values of `ties` and `texts`."""
    return {"team": team, "ids": padded(ids)}


def shape(terms: Terms) -> Shape:
    """Which statement these words need."""
    return tuple(bool(instead) for instead in terms.values())


@cache
def by_name() -> sa.CompoundSelect[Any]:
    """Those whose name is what was typed, or begins so; never reads more than is shown."""
    own = PARTNER.c
    equal = _partners(sa.null()).where(own.bare_name == _text("bare"))
    range_of_index = sa.between(own.folded_name, _text("typed"), _text("typed_end"))
    begun = _partners(sa.null()).where(range_of_index).order_by(own.folded_name)
    parts = (equal, begun.where(own.archived.is_(False)), begun.where(own.archived.is_(True)))
    return sa.union_all(*(part.limit(_LIMIT).subquery().select() for part in parts))


@cache
def rows_by_word(shape: Shape) -> sa.Select[Any]:
    """How many rows of the index each word fits, counted no further than necessary."""
    counts = []
    for at, instead in enumerate(shape):
        fitting = sa.select(WORD.c.word).where(WORD.c.team_id == _TEAM, _fits(WORD, at, instead))
        rows = fitting.limit(_COUNTED).subquery()
        counts.append(sa.select(sa.func.count()).select_from(rows).scalar_subquery())
    return sa.select(*counts)


@cache
def by_words(shape: Shape) -> sa.Select[Any]:
    """Those that have all the words, ranked by where the first stands: the rarest goes first."""
    whole = sa.case((WORD.c.word == _text("word0"), 0), else_=1)
    also = []
    for at, instead in list(enumerate(shape))[1:]:
        other = WORD.alias()
        same_partner = (other.c.team_id == _TEAM) & (other.c.partner_id == WORD.c.partner_id)
        also.append(sa.exists().where(same_partner, _fits(other, at, instead)))
    rows = (
        sa.select(WORD.c.partner_id, (WORD.c.origin * 2 + whole).label("rank"))
        .where(WORD.c.team_id == _TEAM, _fits(WORD, 0, shape[0]), *also)
        .order_by(WORD.c.word, WORD.c.origin)
        .limit(_RANKED)
        .subquery()
    )
    best = sa.select(rows.c.partner_id, sa.func.min(rows.c.rank).label("rank"))
    ranked = best.group_by(rows.c.partner_id).subquery()
    query = _partners(ranked.c.rank).join(ranked, ranked.c.partner_id == PARTNER.c.id)
    return query.order_by(PARTNER.c.archived, ranked.c.rank, PARTNER.c.folded_name).limit(_LIMIT)


@cache
def latest() -> sa.Select[Any]:
    """Those touched last."""
    query = _partners(sa.null()).where(PARTNER.c.archived.is_(False))
    return query.order_by(PARTNER.c.touched_at.desc(), PARTNER.c.id.desc()).limit(_LIMIT)


@cache
def ties() -> sa.Select[Any]:
    """Which colleagues are tied to these partners, the responsible one first."""
    mine = (TIE.c.team_id == _TEAM, TIE.c.partner_id.in_(_IDS))
    return sa.select(TIE.c.partner_id, TIE.c.user_id).where(*mine).order_by(TIE.c.position)


@cache
def texts(origin: Origin) -> sa.Select[Any]:
    """The other names, persons or keywords of these partners."""
    if origin is Origin.PERSON:
        mine = (PERSON.c.team_id == _TEAM, PERSON.c.partner_id.in_(_IDS))
        return sa.select(PERSON.c.partner_id, PERSON.c.name).where(*mine)
    facet = "other_names" if origin is Origin.OTHER_NAME else "keywords"
    tags = (TAG.c.team_id == _TEAM, TAG.c.partner_id.in_(_IDS), TAG.c.facet == facet)
    return sa.select(TAG.c.partner_id, TAG.c.value).where(*tags)


def _partners(rank: sa.ColumnElement[Any]) -> sa.Select[Any]:
    own = PARTNER.c
    columns = (own.id, own.name, own.area, own.archived, own.folded_name, own.bare_name)
    return sa.select(*columns, rank.label("rank")).where(own.team_id == _TEAM)


def _fits(table: sa.FromClause, at: int, instead: bool) -> sa.ColumnElement[bool]:  # noqa: FBT001 - part of a shape
    """Rows whose word begins so, as a range of the index; or is one of those meant instead."""
    if instead:
        return table.c.word.in_(_text(f"word{at}_instead", expanding=True))
    return sa.between(table.c.word, _text(f"word{at}"), _text(f"word{at}_end"))


def _text(name: str, *, expanding: bool = False) -> sa.BindParameter[str]:
    # Without a type of its own it would bring the column's collation, which BETWEEN cannot parse.
    return sa.bindparam(name, type_=PlainText, expanding=expanding)
