"""A made-up register for `data_search.py`: names as libraries' partners have them.

More than half share a word ("Foreningen"), some words are in every second note, and the names of
people and places come again and again, as they do; each partner has one word of its own.
"""

import random
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

import asyncpg  # type: ignore[import-untyped] # it carries no types

from bot.partner import ContactPerson, Partner
from storage import partner_rows, partner_text, partner_words
from storage.partner_tables import PARTNER, PERSON, TAG, TIE, WORD

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
BATCH = 2_000
_PEOPLE = 10  # numbers kept for each partner's
_GIVEN = """
    CREATE TEMP TABLE given_text (team_id text, partner_id int, names text[], words text[])
"""
_TEXTS = """
    INSERT INTO partner_text (team_id, partner_id, names, words)
    SELECT team_id, partner_id, array_to_tsvector(names), array_to_tsvector(words) FROM given_text
"""
STAFF = [f"U{number:02d}" for number in range(6, 60)]


def _listed(words: str) -> list[str]:
    return words.split()


_FORMS = (
    "Foreningen {own}",
    "Foreningen {own} {place}",
    "{place} {theme}forening",
    "{place} {theme}forening af {own}",
    "{theme}foreningen {own}",
    "Forening for {theme} i {place}",
    "{own} {theme}",
    "{place} Kulturhus {own}",
    "Teater {own}",
    "{own} ApS",
    "Café {own}",
    "{theme}klubben {own}",
)
_PLACES = _listed(
    "Aarhus Århus Aalborg Ålborg Odense Esbjerg Randers Kolding Horsens Vejle Roskilde Herning"
    " Silkeborg Hørsholm Helsingør Næstved Fredericia Viborg Køge Holstebro Tårnby Slagelse"
    " Taastrup Hillerød Sønderborg Svendborg Holbæk Hjørring Frederikshavn Haderslev Ringsted"
    " Ølstykke Skive Grenaa Nyborg Ærøskøbing Rønne Middelfart Kalundborg Valby Vanløse Nørrebro"
    " Østerbro"
)
_THEMES = _listed(
    "idræts svømme sejl teater musik lektie ungdoms ældre natur have kunst film litteratur"
    " historie sprog håndbold skak bibliotek kultur børne frivillig madlavnings genbrugs klima"
    " fugle slægts"
)
_FIRST = _listed(
    "Mette Anne Kirsten Hanne Søren Jens Lars Peter Åse Jørgen Bjørn Ærø Sofie Ali Fatima Ida Bo"
    " Karen Niels Ole Lene Marianne Thomas Mads Freja Emma Noah Aksel Øjvind Åge"
)
_LAST = _listed(
    "Jensen Nielsen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Holm"
    " Lind Aagaard Ågård Kjær Østergaard Nørgaard Bæk Møller Skov"
)
_KEYWORDS = (
    "kultur",
    "musik",
    "børn og unge",
    "lektiehjælp",
    "sårbare unge",
    "ældre",
    "kulturnat",
    "litteratur",
    "frivillighed",
    "sprogcafé",
    "læsning",
    "natur",
    "it-hjælp",
    "foredrag",
    "håndarbejde",
    "demokrati",
)
_NOTES = (
    "Vi mødtes til kulturnatten og talte om lektiehjælp",
    "De låner gerne vores lokale til foredrag om foråret",
    "Kultur og fællesskab for børn og unge i byen",
    "Ringer igen efter sommerferien",
    "",
)
_SYLLABLES = _listed(
    "ba be bo bræ da du fjo fo fre ga gro hav hø ka kla"
    " kø la lu ly mo mø na ni ra rø sa sko spring sti stæ sø ta tro va vi væ å ø"
)
_ENDINGS = _listed("bæk dal ling mark nes rup sen ster strup sund ta ve ås øre")


def partners(count: int, *, seed: int = 1) -> Iterator[Partner]:
    """The same ones each time for the same seed."""
    chance = random.Random(seed)
    for number in range(count):
        own = "".join(chance.choices(_SYLLABLES, k=chance.randint(1, 3))) + chance.choice(_ENDINGS)
        values = {"place": chance.choice(_PLACES), "theme": chance.choice(_THEMES)}
        form = chance.choices(_FORMS, weights=range(len(_FORMS), 0, -1))[0]
        name = form.format(own=own.capitalize(), **values)
        host = f"{own}{number % 7}.example"
        yield Partner(
            name[:1].upper() + name[1:],
            other_names=(f"{own.capitalize()}s Venner",) if number % 9 == 0 else (),
            keywords=tuple(dict.fromkeys(chance.choices(_KEYWORDS, k=2))),
            people=_people(chance, host),
            note=chance.choice(_NOTES),
            area=values["place"],
            responsible=chance.choice(STAFF),
            archived=number % 20 == 0,
        )


def _people(chance: random.Random, host: str) -> tuple[ContactPerson, ...]:
    names = {f"{chance.choice(_FIRST)} {chance.choice(_LAST)}" for _ in range(chance.randint(0, 2))}
    return tuple(ContactPerson(name, email=f"post@{host}", source="mail") for name in sorted(names))


Rows = list[dict[str, object]]


async def fill(
    file: Path,
    libraries: Mapping[str, int],
    *,
    postgres: str = "",
    made: Callable[[int], Iterator[Partner]] = partners,
) -> None:
    """Put so many partners into each library of an SQLite file with empty tables, that nobody uses.

    The same ones go into an empty database of PostgreSQL, if its address is given. Past SQLAlchemy
    and with nothing written twice, else it takes longer than what is measured.
    """
    sqlite = opened(file)
    server = await asyncpg.connect(postgres) if postgres else None
    indexes = await _bare(server) if server else []
    for team, batch in _batches(libraries, made):
        tables, texts = _tables(team, batch)
        spelled = [partner_text.row_of("sqlite", team, text) for text in texts]
        for table, rows in {**tables, "partner_text": spelled}.items():
            insert(sqlite, table, rows)
        if server:
            spelled = [partner_text.row_of("postgresql", team, text) for text in texts]
            for table, rows in {**tables, "given_text": spelled}.items():
                await _copy(server, table, rows)
    sqlite.close()
    if server:
        for statement in (_TEXTS, *indexes, "RESET session_replication_role", "VACUUM ANALYZE"):
            await server.execute(statement)
        await server.close()


def _batches(
    libraries: Mapping[str, int], made: Callable[[int], Iterator[Partner]]
) -> Iterator[tuple[str, list[Partner]]]:
    for team, count in libraries.items():
        numbered = enumerate(made(count), start=1)
        while batch := [replace(one, id=number) for number, one in islice(numbered, BATCH)]:
            yield team, batch


def _tables(team: str, batch: Sequence[Partner]) -> tuple[dict[str, Rows], list[partner_text.Text]]:
    made = {"team_id": team, "version": 1, "created_by": "U06", "created_at": NOW}
    rows: dict[str, Rows] = {table.name: [] for table in (PARTNER, TAG, PERSON, TIE, WORD)}
    texts = []
    for one in batch:
        people = tuple(
            replace(person, id=one.id * _PEOPLE + at) for at, person in enumerate(one.people)
        )
        partner = replace(one, people=people)
        own = partner_rows.own_row(partner)
        rows[PARTNER.name].append({**made, **own, "id": partner.id, "touched_at": NOW})
        rows[TAG.name] += partner_rows.tag_rows(team, partner, partner_rows.FACETS)
        rows[PERSON.name] += partner_rows.person_rows(team, partner)
        rows[TIE.name] += partner_rows.tie_rows(team, partner)
        words, text = partner_words.words_of(partner)
        rows[WORD.name] += [
            {"team_id": team, "partner_id": number, "word": word, "origin": origin}
            for word, origin, number in words
        ]
        texts.append(text)
    return rows, texts


def opened(file: Path) -> sqlite3.Connection:
    """The file, for filling it fast: what a power cut would lose is made again."""
    conn = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
        conn.execute(f"PRAGMA {pragma}")
    return conn


def insert(conn: sqlite3.Connection, table: str, rows: Rows) -> None:
    """Put the rows in, all at once."""
    if rows:
        names = ", ".join(f'"{name}"' for name in rows[0])  # "on" is a word of SQL, too
        columns = f"{names}) VALUES ({', '.join('?' * len(rows[0]))}"
        conn.execute("BEGIN")
        conn.executemany(
            f"INSERT INTO {table} ({columns})",
            [[_stored(value) for value in row.values()] for row in rows],
        )
        conn.execute("COMMIT")


def _stored(value: object) -> object:
    """A moment, or a day, as SQLAlchemy writes it for SQLite."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ", "microseconds")
    return value.isoformat() if isinstance(value, date) else value


async def _bare(server: asyncpg.Connection) -> list[str]:
    """Have it check nothing and keep no index of texts; how to make those again."""
    indexes = await server.fetch(
        "SELECT indexname, indexdef FROM pg_indexes"
        " WHERE tablename = 'partner_text' AND indexdef LIKE '%USING gin%'"
    )
    await server.execute("SET session_replication_role = replica")
    await server.execute(_GIVEN)
    for name, _ in indexes:
        await server.execute(f"DROP INDEX {name}")
    return [index for _, index in indexes]


async def _copy(server: asyncpg.Connection, table: str, rows: Rows) -> None:
    if rows:
        records = [tuple(row.values()) for row in rows]
        await server.copy_records_to_table(table, columns=list(rows[0]), records=records)
