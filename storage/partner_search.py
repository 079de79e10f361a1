"""Finding partners: by words, and while typing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.partner import Hit
from bot.text import bare_name, fold, words
from storage import partner_queries
from storage.partner_queries import Terms
from storage.partner_rows import NAME_KEY_LENGTH
from storage.partner_tables import Origin
from storage.partner_words import first_parts, misspelled, sought

# What a hit is worth that fits only when a typing error is forgiven.
_GUESSED = 0.5

Rows = Sequence[sa.Row[Any]]


def search(conn: sa.Connection, team: str, query: str, *, limit: int = 8) -> list[Hit]:
    """Partners with all the words in names, people, keywords or notes, the best first.

    A beginning counts as the word. Where nothing fits, typing errors are forgiven. Archived
    partners come last.
    """
    if not fold(query):
        return []
    terms: Terms = dict.fromkeys(sought(query), ())
    rows = _by_name(conn, team, query, limit)
    if terms and sum(not row.archived for row in rows) < limit:
        fits = _rows_by_word(conn, team, terms)
        rows = _first_of_each(rows, _by_words(conn, team, terms, fits, limit))
        if not rows:
            return _guessed(conn, team, query, fits, limit)
    return sorted(_hits(conn, team, rows, query, terms), key=_best_first)[:limit]


def suggest(conn: sa.Connection, team: str, typed: str, *, limit: int = 20) -> list[Hit]:
    """As search, while typing; for an empty text those that were touched last."""
    if fold(typed):
        return search(conn, team, typed, limit=limit)
    statement = partner_queries.latest()
    return _hits(conn, team, conn.execute(statement, {"team": team, "limit": limit}).all(), "", {})


def _by_name(conn: sa.Connection, team: str, query: str, limit: int) -> Rows:
    typed, bare = fold(query)[:NAME_KEY_LENGTH], bare_name(query)[:NAME_KEY_LENGTH]
    values = partner_queries.of_name(team, typed, bare, limit)
    return _first_of_each(conn.execute(partner_queries.by_name(), values))


def _rows_by_word(conn: sa.Connection, team: str, terms: Terms) -> Mapping[str, int]:
    statement = partner_queries.rows_by_word(partner_queries.shape(terms))
    counts = conn.execute(statement, partner_queries.of_words(team, terms)).one()
    return dict(zip(terms, counts, strict=True))


def _guessed(
    conn: sa.Connection, team: str, query: str, fits: Mapping[str, int], limit: int
) -> list[Hit]:
    """What was probably meant where nothing fits, by the first reading that finds any."""
    for terms in _readings(conn, team, fits):
        rows = _by_words(conn, team, terms, _rows_by_word(conn, team, terms), limit)
        if rows:
            hits = _hits(conn, team, rows, query, terms, certainty=_GUESSED)
            return sorted(hits, key=_best_first)
    return []


def _readings(conn: sa.Connection, team: str, fits: Mapping[str, int]) -> Iterator[Terms]:
    """A slip in the words that fit nothing (or in any), a space too many, a space forgotten."""
    typed = list(fits)
    suspect = [word for word in typed if not fits[word]] or typed
    yield {word: misspelled(conn, team, word) if word in suspect else () for word in typed}
    for at in range(len(typed) - 1):
        joined = "".join(typed[at : at + 2])
        yield dict.fromkeys([*typed[:at], joined, *typed[at + 2 :]], ())
    for word in suspect:
        at = typed.index(word)
        for first in first_parts(conn, team, word):
            apart = [first, word.removeprefix(first)]
            yield dict.fromkeys([*typed[:at], *apart, *typed[at + 1 :]], ())


def _by_words(
    conn: sa.Connection, team: str, terms: Terms, fits: Mapping[str, int], limit: int
) -> Rows:
    if not all(fits.values()):
        return ()
    rarest_first = sorted(terms, key=lambda word: (fits[word], -len(word)))
    ordered = {word: terms[word] for word in rarest_first}
    statement = partner_queries.by_words(partner_queries.shape(ordered))
    return conn.execute(statement, partner_queries.of_words(team, ordered, limit)).all()


def _first_of_each(*results: Iterable[sa.Row[Any]]) -> Rows:
    seen: dict[int, sa.Row[Any]] = {}
    for rows in results:
        for row in rows:
            seen.setdefault(row.id, row)
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
    known_by = _tied_to(conn, team, [row.id for row in rows])
    matched = _matched_texts(conn, team, rows, terms)
    typed, bare = fold(query), bare_name(query)
    hits = []
    for row in rows:
        text = matched.get(row.id, "")
        other_name = _origin(row) is Origin.OTHER_NAME and fold(text) == typed
        exact = other_name or typed == row.folded_name or bare == row.bare_name
        hits.append(
            Hit(
                id=row.id,
                name=row.name,
                detail=text or row.area,
                exact=exact,
                score=1.0 if exact else certainty * _strength(row),
                archived=row.archived,
                known_by=known_by[row.id],
            )
        )
    return hits


def _tied_to(conn: sa.Connection, team: str, ids: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    """The responsible colleague first, then the deputy, then those who know them."""
    tied: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    values = partner_queries.of_partners(team, ids)
    for partner_id, user in conn.execute(partner_queries.ties(), values):
        tied[partner_id] = tuple(dict.fromkeys((*tied[partner_id], user)))
    return tied


def _matched_texts(conn: sa.Connection, team: str, rows: Rows, terms: Terms) -> Mapping[int, str]:
    """The other name, person or keyword by which a partner was found, where it was by one."""
    found: dict[int, str] = {}
    for origin in (Origin.OTHER_NAME, Origin.PERSON, Origin.KEYWORD):
        ids = [row.id for row in rows if _origin(row) is origin]
        if ids:
            values = partner_queries.of_partners(team, ids)
            for partner_id, text in conn.execute(partner_queries.texts(origin), values):
                if _fits(text, terms):
                    found.setdefault(partner_id, text)
    return found


def _fits(text: str, terms: Terms) -> bool:
    return any(
        word.startswith(term) or word in near
        for word in words(text)
        for term, near in terms.items()
    )


def _origin(row: sa.Row[Any]) -> Origin | None:
    return None if row.rank is None else Origin(row.rank // 2)


def _strength(row: sa.Row[Any]) -> float:
    """How much its place in the partner says: 0.9 for the name's beginning, less down to 0.25."""
    strength: float = 0.9 if row.rank is None else 0.8 - 0.05 * row.rank
    return strength


def _best_first(hit: Hit) -> tuple[bool, float, str]:
    return hit.archived, -hit.score, fold(hit.name)
