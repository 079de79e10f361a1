"""Which partners hold all the words of a search: FTS5 on SQLite, text search on PostgreSQL.

The words are those of the index in storage/partner_words.py. A word alone is quickly found there;
two words of which each stands on half of all cards are not, and that is what both databases keep
lists for that they can hold against each other. Where the two differ stands in this file.

Every word carries a mark of its library, so that another's words lie elsewhere in the index, and
of whether the partner is archived. Nobody's typing reaches a query but as such a word.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY

from storage.schema import among
from storage.types import PlainText

# A search word with the words of the index that it may have meant, where it fits none by itself.
Terms = Mapping[str, Sequence[str]]

# So many of each kind of fit are ranked: of more than that, nobody reads the tail.
_OF_A_KIND = 60
_RANKED = 120
# PostgreSQL reads every word that begins so; beginnings of so many letters are words of their own.
_SHORT = 2

# Not in METADATA: on SQLite it is a virtual table, on PostgreSQL it has columns of type tsvector.
_TEXT = sa.table(
    "partner_text",
    sa.column("team_id", PlainText),
    sa.column("partner_id", sa.Integer),
    sa.column("key"),
    sa.column("names"),
    sa.column("words"),
)


_FITS_NOTHING = '""'  # to FTS5
_LETTERS = re.compile(r"[^\W_]+")


class _Kind(StrEnum):
    """What a mark begins with."""

    LIVE = "a"
    ARCHIVED = "z"
    KEY = "k"


@dataclass(frozen=True)
class Text:
    """The words of one partner: those of its names, and all of them."""

    partner_id: int
    archived: bool
    names: Collection[str]
    words: Collection[str]


# The kinds of fit, the best first: by which words, whether whole ones, and of whom.
_FITS = {
    "named": ("names", False, _Kind.LIVE),
    "whole": ("words", True, _Kind.LIVE),
    "begun": ("words", False, _Kind.LIVE),
    "archived": ("words", False, _Kind.ARCHIVED),
}


def put(conn: sa.Connection, team: str, texts: Sequence[Text]) -> None:
    """Make these partners found by these words, and by no others."""
    take(conn, team, [text.partner_id for text in texts])
    add(conn, team, texts)


def add(conn: sa.Connection, team: str, texts: Sequence[Text]) -> None:
    """As put(), for partners that are found by no words yet."""
    if texts:
        dialect = conn.dialect.name
        conn.execute(_insert(dialect), [row_of(dialect, team, text) for text in texts])


def row_of(dialect: str, team: str, text: Text) -> dict[str, object]:
    """As the database has it; PostgreSQL makes its vectors from the lists."""
    return _for_postgresql(team, text) if dialect == "postgresql" else _for_sqlite(team, text)


def searchable(word: str) -> str:
    """What a search can tell of a word: of an address, the letters before the first dot."""
    found = _LETTERS.search(word)
    return found[0] if found else ""


def take(conn: sa.Connection, team: str, partner_ids: Iterable[int]) -> None:
    """Make these partners found no more, as must be before one is deleted.

    PostgreSQL would by itself; a virtual table of SQLite knows no foreign keys.
    """
    numbers = list(partner_ids)
    if not numbers:
        return
    if conn.dialect.name == "sqlite":
        # In one statement: before each that looks, FTS5 writes out all that it was told.
        keys = " OR ".join(f'"{_key(team, number)}"' for number in numbers)
        theirs = _match(sa.literal(f"key : ({keys})", sa.Text))
    else:
        theirs = among(_TEXT.c.partner_id, numbers)
    conn.execute(sa.delete(_TEXT).where(_TEXT.c.team_id == team, theirs))


def prepare(conn: sa.Connection) -> None:
    """Do this once in a transaction, before `holding` is asked for."""
    if conn.dialect.name == "postgresql":
        # It would rather read all libraries' texts one by one than believe in a rare pair of words.
        conn.execute(sa.select(sa.func.set_config("enable_seqscan", "off", sa.true())))


def sought(dialect: str, team: str, terms: Terms) -> dict[str, object]:
    """The values of `holding`."""
    asked = _postgresql_query if dialect == "postgresql" else _sqlite_query
    values: dict[str, object] = {"team": team}
    for fit, (column, whole, kind) in _FITS.items():
        values[f"query_{fit}"] = asked(column, _mark(team, kind), terms, whole=whole)
    return values


_TEAM: sa.BindParameter[str] = sa.bindparam("team", type_=PlainText)


@cache
def holding(dialect: str) -> sa.CompoundSelect[Any]:
    """Partners with all the words, some twice; where there are very many, the best kinds of fit.

    A beginning counts as the word, unless others are meant in its place.
    """
    begun = _kind(dialect, "begun").cte("begun")
    # These are all there are but the archived, unless they are as many as are ranked of a kind:
    # then the better ones may be missing, and the archived would come behind them anyway.
    many = sa.select(sa.func.count()).select_from(begun).scalar_subquery() == _OF_A_KIND
    each = (
        _kind(dialect, "named", many).subquery().select(),
        _kind(dialect, "whole", many).subquery().select(),
        begun.select(),
        _kind(dialect, "archived", sa.not_(many)).subquery().select(),
    )
    return sa.union_all(*each).limit(_RANKED)


def _kind(dialect: str, fit: str, needed: sa.ColumnElement[bool] | None = None) -> sa.Select[Any]:
    query: sa.ColumnElement[str] = sa.bindparam(f"query_{fit}", type_=sa.Text)
    kind = sa.select(_TEXT.c.partner_id).where(_TEXT.c.team_id == _TEAM).limit(_OF_A_KIND)
    if dialect == "postgresql":
        column = _TEXT.c[_FITS[fit][0]]
        fits = column.op("@@", is_comparison=True)(sa.cast(query, TSQUERY))
        return kind.where(fits) if needed is None else kind.where(fits, needed)
    # FTS5 would look for all of them before it learns that none is needed.
    asked = query if needed is None else sa.case((needed, query), else_=_FITS_NOTHING)
    return kind.where(_match(asked))


@cache
def _insert(dialect: str) -> sa.Insert:
    if dialect == "sqlite":
        return sa.insert(_TEXT)
    lexemes = {
        name: sa.func.array_to_tsvector(sa.bindparam(name, type_=ARRAY(sa.Text)))
        for name in ("names", "words")
    }
    return sa.insert(_TEXT).values(
        team_id=sa.bindparam("team_id"), partner_id=sa.bindparam("partner_id"), **lexemes
    )


def _match(query: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """FTS5's condition: the table itself stands for all of its columns."""
    table: sa.ColumnElement[str] = sa.literal_column(_TEXT.name)
    return table.op("MATCH", is_comparison=True)(query)


def _for_sqlite(team: str, text: Text) -> dict[str, object]:
    mark = _mark(team, _Kind.ARCHIVED if text.archived else _Kind.LIVE)
    return {
        "team_id": team,
        "partner_id": text.partner_id,
        "key": _key(team, text.partner_id),
        "names": " ".join(mark + word for word in text.names),
        "words": " ".join(mark + word for word in text.words),
    }


def _for_postgresql(team: str, text: Text) -> dict[str, object]:
    mark = _mark(team, _Kind.ARCHIVED if text.archived else _Kind.LIVE)
    return {
        "team_id": team,
        "partner_id": text.partner_id,
        "names": sorted(_lexemes(mark, text.names)),
        "words": sorted(_lexemes(mark, text.words)),
    }


def _lexemes(mark: str, words: Iterable[str]) -> set[str]:
    return {
        lexeme
        for word in words
        for lexeme in (mark + word, *(_beginning(mark, word[: n + 1]) for n in range(_SHORT)))
    }


def _beginning(mark: str, letters: str) -> str:
    return f"{mark}{letters}_"  # no word has such an end


def _sqlite_query(column: str, mark: str, terms: Terms, *, whole: bool) -> str:
    def one(word: str, instead: Sequence[str]) -> str:
        if instead:
            return "(" + " OR ".join(f'"{mark}{searchable(other)}"' for other in instead) + ")"
        return f'"{mark}{word}"' if whole else f'"{mark}{word}" *'

    return f"{column} : (" + " AND ".join(one(*term) for term in terms.items()) + ")"


def _postgresql_query(_column: str, mark: str, terms: Terms, *, whole: bool) -> str:
    def one(word: str, instead: Sequence[str]) -> str:
        if instead:
            return "(" + " | ".join(f"'{mark}{searchable(other)}'" for other in instead) + ")"
        if whole:
            return f"'{mark}{word}'"
        return f"'{_beginning(mark, word)}'" if len(word) <= _SHORT else f"'{mark}{word}':*"

    return " & ".join(one(*term) for term in terms.items())


def _key(team: str, partner_id: int) -> str:
    return f"{_mark(team, _Kind.KEY)}{partner_id}"


@cache
def _mark(team: str, kind: _Kind) -> str:
    """Of one length for all libraries, as FTS5 counts a beginning in letters, the mark's too.

    Should two libraries share one, each still finds its own, and not quite so fast.
    """
    return kind + blake2b(team.encode(), digest_size=3).hexdigest()
