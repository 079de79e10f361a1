"""The statements of the search, built once: building one takes longer than running it.

Their values go in by name: `team`, `limit`, `typed`, `bare`, and `word0`, `word1`... for the words
sought. A statement has a shape: for each word, whether other words are meant in its place.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa

from storage import partner_text
from storage.partner_tables import PARTNER, PERSON, TAG, TIE, WORD, Origin
from storage.partner_text import Terms
from storage.partner_words import LAST
from storage.schema import padded
from storage.types import PlainText

Shape = tuple[bool, ...]

_TEAM: sa.BindParameter[str] = sa.bindparam("team", type_=PlainText)
_LIMIT = sa.bindparam("limit", type_=sa.Integer)
_IDS: sa.BindParameter[int] = sa.bindparam("ids", expanding=True)
_FACETS = {Origin.OTHER_NAME: "other_names", Origin.KEYWORD: "keywords"}
_MINE = WORD.c.team_id == _TEAM


def of_name(team: str, typed: str, bare: str, limit: int) -> dict[str, object]:
    """The values of `by_name`."""
    return {"team": team, "typed": typed, "typed_end": typed + LAST, "bare": bare, "limit": limit}


def of_words(team: str, terms: Terms, limit: int = 0) -> dict[str, object]:
    """The values of `known` and, with those of the text search, of `ranked`."""
    values: dict[str, object] = {"team": team, "limit": limit}
    for at, (word, instead) in enumerate(terms.items()):
        values[f"word{at}"] = word
        values[f"word{at}_end"] = word + LAST
        values[f"word{at}_instead"] = padded(instead)
    return values


def of_partners(team: str, ids: Sequence[int]) -> dict[str, object]:
    """The values of `about`."""
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
def known(count: int) -> sa.Select[Any]:
    """Of so many words, for each whether any word of the index begins so."""
    each: list[Any] = [sa.exists().where(_MINE, _fits(at, instead=False)) for at in range(count)]
    return sa.select(*each)


@cache
def ranked(dialect: str, shape: Shape) -> sa.Select[Any]:
    """Those of the partners found that have all the words; worth the place of the weakest one."""
    whole = [sa.case((WORD.c.word == _text(f"word{at}"), 0), else_=1) for at in range(len(shape))]
    found = partner_text.holding(dialect).cte("found")
    places = [
        sa.select(WORD.c.partner_id, sa.func.min(WORD.c.origin * 2 + whole[at]).label("rank"))
        .where(_MINE, WORD.c.partner_id.in_(sa.select(found.c.partner_id)))
        .where(_fits(at, instead=instead))
        .group_by(WORD.c.partner_id)
        for at, instead in enumerate(shape)
    ]
    each = sa.union_all(*places).subquery()
    weakest = sa.select(each.c.partner_id, sa.func.max(each.c.rank).label("rank"))
    having = weakest.group_by(each.c.partner_id).having(sa.func.count() == len(shape)).subquery()
    query = _partners(having.c.rank).join(having, having.c.partner_id == PARTNER.c.id)
    return query.order_by(PARTNER.c.archived, having.c.rank, PARTNER.c.folded_name).limit(_LIMIT)


@cache
def latest() -> sa.Select[Any]:
    """Those touched last."""
    query = _partners(sa.null()).where(PARTNER.c.archived.is_(False))
    return query.order_by(PARTNER.c.touched_at.desc(), PARTNER.c.id.desc()).limit(_LIMIT)


@cache
def about(*origins: Origin) -> sa.CompoundSelect[Any]:
    """Of these partners, who is tied to them (origin NULL), and the texts that are told.

    Each in its order: of the ties, the responsible colleague is the first.
    """
    kinds = [_belonging(TIE, TIE.c.user_id, sa.cast(sa.null(), sa.Integer))]
    for origin in origins:
        if origin is Origin.PERSON:
            kinds.append(_belonging(PERSON, PERSON.c.name, sa.literal_column(str(int(origin)))))
        else:
            tags = _belonging(TAG, TAG.c.value, sa.literal_column(str(int(origin))))
            kinds.append(tags.where(TAG.c.facet == _FACETS[origin]))
    return sa.union_all(*kinds).order_by("position")


def _belonging(
    table: sa.Table, text: sa.Column[Any], origin: sa.ColumnElement[Any]
) -> sa.Select[Any]:
    columns = (table.c.partner_id, origin.label("origin"), text.label("text"), table.c.position)
    return sa.select(*columns).where(table.c.team_id == _TEAM, table.c.partner_id.in_(_IDS))


def _partners(rank: sa.ColumnElement[Any]) -> sa.Select[Any]:
    own = PARTNER.c
    columns = (own.id, own.name, own.area, own.archived, own.folded_name, own.bare_name)
    return sa.select(*columns, rank.label("rank")).where(own.team_id == _TEAM)


def _fits(at: int, *, instead: bool) -> sa.ColumnElement[bool]:
    """Rows whose word begins so, as a range of the index; or is one of those meant instead."""
    if instead:
        return WORD.c.word.in_(_text(f"word{at}_instead", expanding=True))
    return sa.between(WORD.c.word, _text(f"word{at}"), _text(f"word{at}_end"))


def _text(name: str, *, expanding: bool = False) -> sa.BindParameter[str]:
    # Without a type of its own it would bring the column's collation, which BETWEEN cannot parse.
    return sa.bindparam(name, type_=PlainText, expanding=expanding)
