"""Finding partners: by words, and while typing."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from bot.partner import Hit
from bot.text import bare_name, fold, words
from storage import partner_queries, partner_text
from storage.partner_rows import NAME_KEY_LENGTH
from storage.partner_tables import Origin
from storage.partner_text import Terms
from storage.partner_words import first_parts, misspelled, sought

# What a hit is worth that fits only when a typing error is forgiven.
_GUESSED = 0.5
# In a sentence that was pasted, so many words are looked at for slips.
_SUSPECT = 3
# Where a hit shows by what it was found.
_TOLD = {Origin.OTHER_NAME, Origin.PERSON, Origin.KEYWORD}
_ORIGINS = tuple(Origin)

Row = sa.Row[*tuple[Any, ...]]  # of storage/partner_queries.py: who, in order, and the rank
Rows = Sequence[Row]


def search(conn: sa.Connection, team: str, query: str, *, limit: int = 8) -> list[Hit]:
    """Partners with all the words in names, people, keywords or notes, the best first.

    A beginning counts as the word. Where nothing fits, typing errors are forgiven. Archived
    partners come last.
    """
    if not fold(query):
        return []
    terms = _terms(query)
    rows = _by_name(conn, team, query, limit)
    if terms and sum(not row.archived for row in rows) < limit:
        partner_text.prepare(conn)
        rows = _first_of_each(rows, _by_words(conn, team, terms, limit))
        if not rows:
            return _guessed(conn, team, query, limit)
    return sorted(_hits(conn, team, rows, query, terms), key=_best_first)[:limit]


def suggest(conn: sa.Connection, team: str, typed: str, *, limit: int = 20) -> list[Hit]:
    """As search, while typing; for an empty text those that were touched last."""
    if fold(typed):
        return search(conn, team, typed, limit=limit)
    statement = partner_queries.latest()
    return _hits(conn, team, conn.execute(statement, {"team": team, "limit": limit}).all(), "", {})


def _by_name(conn: sa.Connection, team: str, query: str, limit: int) -> Rows:
    """Those whose name is the query, or begins so; no more of them than are shown."""
    typed, bare = fold(query)[:NAME_KEY_LENGTH], bare_name(query)[:NAME_KEY_LENGTH]
    values = partner_queries.of_name(team, typed, bare, limit)
    rows = _first_of_each(conn.execute(partner_queries.by_name(), values).all())

    def order(row: Row) -> tuple[bool, bool, str]:
        _, _, _, archived, folded_name, its_bare_name, _ = row
        return archived, typed != folded_name and bare != its_bare_name, folded_name

    return sorted(rows, key=order)[:limit]


def _terms(query: str) -> Terms:
    """The words sought; one that another begins with is found with that."""
    typed = sought(query)
    ends = [word for word in typed if not any(w != word and w.startswith(word) for w in typed)]
    return dict.fromkeys(ends, ())


def _guessed(conn: sa.Connection, team: str, query: str, limit: int) -> list[Hit]:
    """What was probably meant where nothing fits, by the first reading that finds any."""
    for terms in _readings(conn, team, _terms(query)):
        rows = _by_words(conn, team, terms, limit)
        if rows:
            hits = _hits(conn, team, rows, query, terms, certainty=_GUESSED)
            return sorted(hits, key=_best_first)
    return []


def _readings(conn: sa.Connection, team: str, terms: Terms) -> Iterator[Terms]:
    """A slip in the words that fit nothing (or in any), a space too many, a space forgotten.

    Only such as leave no word that is known to fit nothing.
    """
    typed = list(terms)
    unknown = _unknown(conn, team, typed)
    suspect = (unknown or typed)[:_SUSPECT]
    near = misspelled(conn, team, *suspect)
    if any(near.values()) and all(near.get(word) for word in unknown):
        yield {**terms, **near}
    pairs = {
        "".join(pair): [*typed[:at], "".join(pair), *typed[at + 2 :]]
        for at, pair in enumerate(pairwise(typed[: _SUSPECT + 1]))
        if {*unknown} <= {*pair}
    }
    strange = _unknown(conn, team, list(pairs)) if pairs else ()
    yield from (
        dict.fromkeys(words, ()) for joined, words in pairs.items() if joined not in strange
    )
    for word in suspect if len(unknown) <= 1 else ():
        at = typed.index(word)
        for first in first_parts(conn, team, word):
            apart = [first, word.removeprefix(first)]
            yield dict.fromkeys([*typed[:at], *apart, *typed[at + 1 :]], ())


def _unknown(conn: sa.Connection, team: str, words: Sequence[str]) -> list[str]:
    """Those that no word of the index begins with."""
    values = partner_queries.of_words(team, dict.fromkeys(words, ()))
    known = conn.execute(partner_queries.known(len(words)), values).one()
    return [word for word, fits in zip(words, known, strict=True) if not fits]


def _by_words(conn: sa.Connection, team: str, terms: Terms, limit: int) -> Rows:
    dialect = conn.dialect.name
    statement = partner_queries.ranked(dialect, partner_queries.shape(terms))
    values = partner_queries.of_words(team, terms, limit)
    return conn.execute(statement, values | partner_text.sought(dialect, team, terms)).all()


def _first_of_each(*results: Rows) -> Rows:
    seen: dict[int, Row] = {}
    for rows in results:
        for row in rows:
            seen.setdefault(row[0], row)
    return list(seen.values())


def _hits(
    conn: sa.Connection,
    team: str,
    rows: Rows,
    query: str,
    terms: Terms,
    *,
    certainty: float = 1.0,
) -> list[Hit]:
    if not rows:
        return []
    known_by, matched = _about(conn, team, rows, terms)
    typed, bare = fold(query), bare_name(query)
    hits = []
    for partner_id, name, area, archived, folded_name, its_bare_name, rank in rows:
        text = matched.get(partner_id, "")
        exact = typed == folded_name or bare == its_bare_name
        if text and _origin(rank) is Origin.OTHER_NAME:
            exact = exact or fold(text) == typed
        hits.append(
            Hit(
                id=partner_id,
                name=name,
                detail=text or area,
                exact=exact,
                score=1.0 if exact else certainty * _strength(rank),
                archived=archived,
                known_by=known_by[partner_id],
            )
        )
    return hits


def _about(
    conn: sa.Connection, team: str, rows: Rows, terms: Terms
) -> tuple[Mapping[int, tuple[str, ...]], Mapping[int, str]]:
    """By partner, who is tied to it, the responsible colleague first; and by what it was found.

    That is the other name, person or keyword with the word in it, where it was found by one.
    """
    told = {row[0]: origin for row in rows if (origin := _origin(row[-1])) in _TOLD}
    tied: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    matched: dict[int, str] = {}
    statement = partner_queries.about(*sorted({*told.values()}))
    values = partner_queries.of_partners(team, [row[0] for row in rows])
    for partner_id, origin, text, _ in conn.execute(statement, values).all():
        if origin is None:
            tied[partner_id] = tuple(dict.fromkeys((*tied[partner_id], text)))
        elif told.get(partner_id) == origin and _fits(text, terms):
            matched.setdefault(partner_id, text)
    return tied, matched


def _fits(text: str, terms: Terms) -> bool:
    return any(
        word.startswith(term) or word in near
        for word in words(text)
        for term, near in terms.items()
    )


def _origin(rank: int | None) -> Origin | None:
    return None if rank is None else _ORIGINS[rank // 2]


def _strength(rank: int | None) -> float:
    """How much its place in the partner says: 0.9 for the name's beginning, less down to 0.25."""
    return 0.9 if rank is None else 0.8 - 0.05 * rank


def _best_first(hit: Hit) -> tuple[bool, float, str]:
    return hit.archived, -hit.score, fold(hit.name)
