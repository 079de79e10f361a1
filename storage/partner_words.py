"""The search index: every folded word of a partner with its origin, and how a word finds others."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from bot.identifiers import domain
from bot.partner import Partner
from bot.text import words
from storage import partner_spelling, partner_text
from storage.partner_tables import WORD, Origin
from storage.schema import among
from storage.types import PlainText, storable

# The fields whose change makes the index old.
INDEXED = frozenset(
    {"name", "other_names", "people", "keywords", "note", "website", "cvr", "archived"}
)

# Longer ones are pasted rubbish, and PostgreSQL refuses index entries of 2,700 bytes.
WORD_LENGTH = 40

# What a search for a misspelled word reads at most, so that no beginning makes it slow.
_WORDS_READ = 2_000
_WORDS_TRIED = 20

# A word written together with the next is taken apart where both have so many letters.
_SHORTEST_PART = 3
_PARTS_TRIED = 3

Row = tuple[str, int, int]  # word, origin, partner
_ROW = ("word", "origin", "partner_id")

_TEAM: sa.BindParameter[str] = sa.bindparam("team", type_=PlainText)
_BETWEEN = " "  # words that come in one text

LAST = "\U0010ffff"  # sorts behind whatever may follow a prefix


def index(conn: sa.Connection, team: str, *partners: Partner) -> None:
    """Put the words of these partners in place of those they had."""
    ids = [partner.id for partner in partners]
    mine = sa.delete(WORD).where(WORD.c.team_id == team, among(WORD.c.partner_id, ids))
    conn.execute(mine)
    found = [words_of(partner) for partner in partners]
    insert(conn, team, packed(row for rows, _ in found for row in rows))
    partner_text.put(conn, team, [text for _, text in found])


def forget(conn: sa.Connection, team: str, *partner_ids: int) -> None:
    """Leave no word of partners that will be deleted now."""
    partner_text.take(conn, team, partner_ids)  # their other words go with the partner


def words_of(partner: Partner) -> tuple[list[Row], partner_text.Text]:
    """The partner's words, as the table of words has them, and as the text search does."""
    found = sorted({(storable(word)[:WORD_LENGTH], origin) for word, origin in _words(partner)})
    every = [(partner_text.searchable(word), origin) for word, origin in found]
    names = {word: None for word, origin in every if word and origin <= Origin.OTHER_NAME}
    words_ = {word: None for word, _ in every if word}
    rows = [(word, int(origin), partner.id) for word, origin in found]
    return rows, partner_text.Text(partner.id, partner.archived, tuple(names), tuple(words_))


def packed(rows: Iterable[Row]) -> str:
    """Rows for insert(), in a third of the room; in the order in which they are stored fastest."""
    return json.dumps(sorted(rows), ensure_ascii=False, separators=(",", ":"))


def insert(conn: sa.Connection, team: str, packed_rows: str) -> None:
    """Store the rows, in one statement: they are most of what is written of a partner."""
    conn.execute(_insert(conn.dialect.name), {"team_id": team, "packed": packed_rows})


@cache
def _insert(dialect: str) -> sa.Insert:
    given: sa.ColumnElement[Any] = sa.bindparam("packed", type_=sa.Text)
    team: sa.BindParameter[str] = sa.bindparam("team_id", type_=PlainText)
    places = range(len(_ROW))
    row: sa.ColumnElement[Any] = sa.column("value")
    parts: list[sa.ColumnElement[Any]]
    if dialect == "postgresql":
        each = sa.func.json_array_elements(sa.cast(given, sa.JSON)).table_valued(row)
        word, *numbers = (each.c.value.op("->>")(place) for place in places)
        parts = [word, *(sa.cast(number, sa.Integer) for number in numbers)]
    else:
        each = sa.func.json_each(given).table_valued(row)
        parts = [sa.func.json_extract(each.c.value, f"$[{place}]") for place in places]
    return sa.insert(WORD).from_select(["team_id", *_ROW], sa.select(team, *parts))


def identities(partner: Partner) -> set[str]:
    """What hardly two organisations share: the CVR number, the hosts of web and mail."""
    addresses = (partner.website, *(person.email for person in partner.people))
    return {partner.cvr, *(domain(address) for address in addresses)} - {""}


def sought(text: str) -> list[str]:
    """The words that a search is for: each one once, a few, as the index spells them."""
    return list(dict.fromkeys(word[:WORD_LENGTH] for word in words(text)))[:_WORDS_TRIED]


def misspelled(conn: sa.Connection, team: str, *typed: str) -> Mapping[str, list[str]]:
    """For each mistyped word those of the index that it may have meant, the nearest first.

    A second slip is only found behind the first letters.
    """
    forgiven = [word for word in typed if partner_spelling.slips_forgiven(word)]
    if not forgiven:
        return {word: [] for word in typed}
    respelled = {other for word in forgiven for other in partner_spelling.respelled(word)}
    heads = sorted({word[: partner_spelling.HEAD] for word in forgiven})
    values: dict[str, object] = {"team": team, "words": json.dumps(sorted(respelled))}
    for at, head in enumerate(heads):
        values |= {f"head{at}": head, f"head{at}_end": head + LAST}
    found = conn.execute(_near(conn.dialect.name, len(heads)), values).one()
    known = {word for joined in found if joined for word in joined.split(_BETWEEN)}
    return {
        word: partner_spelling.nearest(word, known, limit=_WORDS_TRIED) if word in forgiven else []
        for word in typed
    }


def first_parts(conn: sa.Connection, team: str, word: str) -> list[str]:
    """The words of the index that a word without its space may begin with, the longest first."""
    lengths = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    if not lengths:
        return []
    values = {"team": team, "words": json.dumps([word[:length] for length in lengths])}
    joined = conn.execute(sa.select(_there(conn.dialect.name)), values).scalar()
    return sorted(joined.split(_BETWEEN) if joined else (), key=len, reverse=True)[:_PARTS_TRIED]


@cache
def _near(dialect: str, heads: int) -> sa.Select[Any]:
    """Those of `words` that are in the index, and those that begin as each of so many heads."""
    return sa.select(_there(dialect), *(_begun(f"head{at}") for at in range(heads)))


@cache
def _there(dialect: str) -> sa.ScalarSelect[Any]:
    """Those of a list that are words of the index; one look for each, however often it stands."""
    given: sa.ColumnElement[Any] = sa.bindparam("words", type_=sa.Text)
    if dialect == "postgresql":
        each = sa.func.json_array_elements_text(sa.cast(given, sa.JSON))
    else:
        each = sa.func.json_each(given)
    word = each.table_valued(sa.column("value", PlainText)).c.value
    there = sa.exists().where(WORD.c.team_id == _TEAM, WORD.c.word == word)
    return _joined(sa.select(word.label("word")).where(there))


def _begun(head: str) -> sa.ScalarSelect[Any]:
    """The words from a head to its end.

    From one to the next through the index: DISTINCT would read each as often as it stands there.
    """
    first, last = (sa.bindparam(name, type_=PlainText) for name in (head, f"{head}_end"))
    mine = (WORD.c.team_id == _TEAM, WORD.c.word <= last)
    lowest = sa.select(sa.func.min(WORD.c.word).label("word")).where(*mine, WORD.c.word >= first)
    word = lowest.cte(f"begun_{head}", recursive=True)
    following = sa.select(sa.func.min(WORD.c.word)).where(*mine, WORD.c.word > word.c.word)
    word = word.union_all(sa.select(following.scalar_subquery()).where(word.c.word.is_not(None)))
    return _joined(sa.select(word.c.word).limit(_WORDS_READ))


def _joined(words: sa.Select[Any]) -> sa.ScalarSelect[Any]:
    """In one text: each row that is handed over may cost a wait for Python's lock."""
    each = words.subquery()
    return sa.select(sa.func.aggregate_strings(each.c.word, _BETWEEN)).scalar_subquery()


def _words(partner: Partner) -> Iterator[tuple[str, Origin]]:
    people = [person.name for person in partner.people]
    notes = [partner.note, *(person.note for person in partner.people)]
    texts = {
        Origin.NAME: [partner.name],
        Origin.OTHER_NAME: partner.other_names,
        Origin.PERSON: people,
        Origin.KEYWORD: partner.keywords,
        Origin.NOTE: notes,
    }
    for origin, of_origin in texts.items():
        for text in of_origin:
            yield from ((word, origin) for word in words(text))
    yield from ((identity, Origin.IDENTITY) for identity in identities(partner))
