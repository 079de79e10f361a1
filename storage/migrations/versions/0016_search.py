"""Which partners hold several words, by the text search of the database."""

import re
from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"

_READ = 1_000  # partners at a time
_LETTERS = re.compile(r"[^\W_]+")

_PARTNER = sa.table("partner", sa.column("team_id"), sa.column("id"), sa.column("archived"))
_WORD = sa.table(
    "partner_word",
    sa.column("team_id"),
    sa.column("partner_id"),
    sa.column("word"),
    sa.column("origin"),
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        _create_for_postgresql()
    else:
        # A search of 1 to 3 letters finds a list made for it; 7 more are the mark of the library.
        op.execute(
            "CREATE VIRTUAL TABLE partner_text USING fts5("
            "key, names, words, team_id UNINDEXED, partner_id UNINDEXED,"
            " tokenize='ascii', prefix='8 9 10', detail=column, columnsize=0)"
        )
    _fill()
    op.drop_index("ix_partner_touched_at", "partner")
    op.create_index("ix_partner_touched_at", "partner", ["team_id", "archived", "touched_at", "id"])


def _create_for_postgresql() -> None:
    op.create_table(
        "partner_text",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("partner_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("names", postgresql.TSVECTOR(), nullable=False),
        sa.Column("words", postgresql.TSVECTOR(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "partner_id", name=op.f("pk_partner_text")),
        sa.ForeignKeyConstraint(
            ["team_id", "partner_id"],
            ["partner.team_id", "partner.id"],
            name=op.f("fk_partner_text_partner"),
            ondelete="CASCADE",
        ),
    )
    for column in ("names", "words"):
        # Otherwise new rows wait in a list that every search reads through.
        op.create_index(
            f"ix_partner_text_{column}",
            "partner_text",
            [column],
            postgresql_using="gin",
            postgresql_with={"fastupdate": "off"},
        )


def _fill() -> None:
    """From the words that are there already."""
    conn = op.get_bind()
    partners = sa.select(_PARTNER.c.team_id, _PARTNER.c.id, _PARTNER.c.archived)
    rows = conn.execute(partners.order_by(_PARTNER.c.team_id, _PARTNER.c.id)).all()
    teams = defaultdict(list)
    for row in rows:
        teams[row.team_id].append(row)
    for team, theirs in teams.items():
        for first in range(0, len(theirs), _READ):
            _fill_page(conn, team, theirs[first : first + _READ])


def _fill_page(conn: sa.Connection, team: str, page: Sequence[Any]) -> None:
    mine = (_WORD.c.team_id == team, _WORD.c.partner_id.between(page[0].id, page[-1].id))
    words = defaultdict(set)
    names = defaultdict(set)
    for row in conn.execute(
        sa.select(_WORD.c.partner_id, _WORD.c.word, _WORD.c.origin).where(*mine)
    ):
        for word in _LETTERS.findall(row.word)[:1]:  # of an address, what is before the first dot
            words[row.partner_id].add(word)
            if row.origin <= 1:  # of the name, and of other names
                names[row.partner_id].add(word)
    mark = blake2b(team.encode(), digest_size=3).hexdigest()
    texts = [
        (row.id, ("z" if row.archived else "a") + mark, names[row.id], words[row.id])
        for row in page
    ]
    if conn.dialect.name == "postgresql":
        _insert_postgresql(conn, team, texts)
    else:
        _insert_sqlite(conn, team, mark, texts)


_Texts = Sequence[tuple[int, str, set[str], set[str]]]


def _insert_sqlite(conn: sa.Connection, team: str, mark: str, texts: _Texts) -> None:
    conn.execute(
        sa.text(
            "INSERT INTO partner_text (key, names, words, team_id, partner_id)"
            " VALUES (:key, :names, :words, :team, :partner)"
        ),
        [
            {
                "team": team,
                "partner": partner,
                "key": f"k{mark}{partner}",
                "names": " ".join(own + word for word in sorted(names)),
                "words": " ".join(own + word for word in sorted(words)),
            }
            for partner, own, names, words in texts
        ],
    )


def _insert_postgresql(conn: sa.Connection, team: str, texts: _Texts) -> None:
    def lexemes(own: str, words: set[str]) -> list[str]:
        short = {f"{own}{word[:length]}_" for word in words for length in (1, 2)}
        return sorted(short | {own + word for word in words})

    conn.execute(
        sa.text(
            "INSERT INTO partner_text (team_id, partner_id, names, words) VALUES"
            " (:team, :partner, array_to_tsvector(CAST(:names AS text[])),"
            " array_to_tsvector(CAST(:words AS text[])))"
        ),
        [
            {
                "team": team,
                "partner": partner,
                "names": lexemes(own, names),
                "words": lexemes(own, words),
            }
            for partner, own, names, words in texts
        ],
    )
