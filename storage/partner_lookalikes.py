"""Which partners a new one may be already: candidates, for bot.likeness to judge."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from bot.partner import Partner
from bot.text import bare_name
from storage.partner import get_many
from storage.partner_search import search
from storage.partner_tables import PARTNER, WORD, Origin
from storage.partner_words import identities, misspelled, sought
from storage.schema import among

# A word that more names hold than this tells nothing by itself ("kultur").
_NAMES_COMPARED = 200
# Share of equal letters, word order aside, from which two names may mean the same house (0 to 100).
# Low: a candidate too many is a line to read over, a missing one is a partner kept twice.
_ALIKE = 75
# A name within another ("Springbræt" in "Springbræt Aarhus") counts from this length on.
_TELLING_LENGTH = 6


def lookalikes(conn: sa.Connection, team: str, probe: Partner, *, limit: int = 5) -> list[Partner]:
    """Partners with the same CVR number, web or mail host, or a similar name, likeliest first.

    The probe itself, if it is stored, is left out; archived partners are not.
    """
    found = [*_of_same_identity(conn, team, probe), *_of_like_name(conn, team, probe.name)]
    others = [partner_id for partner_id in dict.fromkeys(found) if partner_id != probe.id]
    return get_many(conn, team, others[:limit])


def _of_same_identity(conn: sa.Connection, team: str, probe: Partner) -> Sequence[int]:
    """Also by a host that many share, such as a municipality's: the names then decide the order."""
    theirs = identities(probe)
    if not theirs:
        return ()
    query = _names(team).where(WORD.c.origin == Origin.IDENTITY, among(WORD.c.word, sorted(theirs)))
    by_cvr = sa.case((PARTNER.c.cvr == probe.cvr, 0), else_=1) if probe.cvr else sa.literal(1)
    rows = conn.execute(query.order_by(by_cvr, PARTNER.c.id).limit(_NAMES_COMPARED)).all()
    bare = bare_name(probe.name)
    same_cvr = [row.id for row in rows if probe.cvr and row.cvr == probe.cvr]
    return same_cvr + [
        row.id for row in sorted(rows, key=lambda row: -_likeness(bare, row.bare_name))
    ]


def _of_like_name(conn: sa.Connection, team: str, name: str) -> Sequence[int]:
    bare = bare_name(name)
    names = {hit.id: bare_name(hit.name) for hit in search(conn, team, bare, limit=20)}
    of_a_name = WORD.c.origin.in_((Origin.NAME, Origin.OTHER_NAME))
    for word in sought(bare):
        alike = among(WORD.c.word, [word, *misspelled(conn, team, word)])
        rows = conn.execute(_names(team).where(of_a_name, alike).limit(_NAMES_COMPARED))
        names |= {row.id: row.bare_name for row in rows}
    likeness = {partner_id: _likeness(bare, other) for partner_id, other in names.items()}
    return sorted(
        (partner_id for partner_id, share in likeness.items() if share >= _ALIKE),
        key=lambda partner_id: -likeness[partner_id],
    )


def _names(team: str) -> sa.Select[Any]:
    return (
        sa.select(PARTNER.c.id, PARTNER.c.bare_name, PARTNER.c.cvr)
        .join(WORD, (WORD.c.team_id == PARTNER.c.team_id) & (WORD.c.partner_id == PARTNER.c.id))
        .where(PARTNER.c.team_id == team, WORD.c.team_id == team)
    )


def _likeness(bare: str, other: str) -> float:
    # Loaded when the first partner is added, not at start-up.
    from rapidfuzz import fuzz  # noqa: PLC0415

    shorter, longer = sorted((bare, other), key=len)
    if len(shorter) >= _TELLING_LENGTH and f" {shorter} " in f" {longer} ":
        return 100.0
    joined = fuzz.ratio(bare.replace(" ", ""), other.replace(" ", ""))
    return max(joined, fuzz.token_sort_ratio(bare, other))
