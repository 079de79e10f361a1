"""The search index: every folded word of a partner with its origin, and how a word finds others."""

from collections.abc import Iterator

import sqlalchemy as sa

from bot.identifiers import domain
from bot.partner import Partner
from bot.text import words
from storage import partner_spelling
from storage.partner_tables import WORD, Origin
from storage.schema import among

# The fields whose change makes the index old.
INDEXED = frozenset({"name", "other_names", "people", "keywords", "note", "website", "cvr"})

# Longer ones are pasted rubbish, and PostgreSQL refuses index entries of 2,700 bytes.
WORD_LENGTH = 40

# What a search for a misspelled word reads at most, so that no beginning makes it slow.
_ROWS_READ = 20_000
_WORDS_TRIED = 20

# A word written together with the next is taken apart where both have so many letters.
_SHORTEST_PART = 3
_PARTS_TRIED = 3

LAST = "\U0010ffff"  # sorts behind whatever may follow a prefix


def index(conn: sa.Connection, team: str, partner: Partner) -> None:
    """Put the partner's words in place of those it had."""
    mine = WORD.c.partner_id == partner.id
    conn.execute(sa.delete(WORD).where(WORD.c.team_id == team, mine))
    key = {"team_id": team, "partner_id": partner.id}
    found = {(word[:WORD_LENGTH], origin) for word, origin in _words(partner)}
    rows = [{**key, "word": word, "origin": origin} for word, origin in sorted(found)]
    if rows:
        conn.execute(sa.insert(WORD), rows)


def identities(partner: Partner) -> set[str]:
    """What hardly two organisations share: the CVR number, the hosts of web and mail."""
    addresses = (partner.website, *(person.email for person in partner.people))
    return {partner.cvr, *(domain(address) for address in addresses)} - {""}


def sought(text: str) -> list[str]:
    """The words that a search is for: each one once, a few, as the index spells them."""
    return list(dict.fromkeys(word[:WORD_LENGTH] for word in words(text)))[:_WORDS_TRIED]


def misspelled(conn: sa.Connection, team: str, word: str) -> list[str]:
    """The words of the index that a mistyped one may have meant, the nearest first.

    A second slip is only found behind the first letters.
    """
    if not partner_spelling.slips_forgiven(word):
        return []
    mine = WORD.c.team_id == team
    head = word[: partner_spelling.HEAD]
    begun = sa.select(WORD.c.word).where(mine, sa.between(WORD.c.word, head, head + LAST))
    long_enough = sa.func.length(WORD.c.word) >= partner_spelling.shortest_meant(word)
    read = begun.where(long_enough).order_by(WORD.c.word).limit(_ROWS_READ).subquery()
    begun_alike = conn.execute(sa.select(read.c.word).distinct()).scalars()
    respelled = among(WORD.c.word, sorted(partner_spelling.respelled(word)))
    differently_begun = conn.execute(sa.select(WORD.c.word).distinct().where(mine, respelled))
    known = {*begun_alike, *differently_begun.scalars()}
    return partner_spelling.nearest(word, known, limit=_WORDS_TRIED)


def first_parts(conn: sa.Connection, team: str, word: str) -> list[str]:
    """The words of the index that a word without its space may begin with, the longest first."""
    lengths = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    parts = among(WORD.c.word, [word[:length] for length in lengths])
    query = sa.select(WORD.c.word).distinct().where(WORD.c.team_id == team, parts)
    return sorted(conn.execute(query).scalars(), key=len, reverse=True)[:_PARTS_TRIED]


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
