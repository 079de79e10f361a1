"""Which partners a new one may be already: candidates, for bot.likeness to judge."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import sqlalchemy as sa

from bot.partner import Partner
from bot.text import bare_name
from storage.partner import get_many
from storage.partner_search import search
from storage.partner_tables import PARTNER, TAG, WORD, Origin
from storage.partner_words import identities, misspelled, sought
from storage.schema import among

# A word that more names hold than this tells nothing by itself ("kultur").
_NAMES_COMPARED = 200
# Share of equal letters, word order aside, from which two names may mean the same house (0 to 100).
# Low: a candidate too many is a line to read over, a missing one is a partner kept twice.
_ALIKE = 75
# A shared host says more than names that are hardly alike, and less than names that are: a
# municipality's host is shared by many.
_SAME_HOST = 80
_SAME_CVR = 200
# A name within another ("Springbræt" in "Springbræt Aarhus") counts from this length on, and for
# less than a slip in the whole name does.
_TELLING_LENGTH = 6
_CONTAINED = 78


def lookalikes(conn: sa.Connection, team: str, probe: Partner, *, limit: int = 5) -> list[Partner]:
    """Partners with the same CVR number, web or mail host, or a similar name, likeliest first.

    The probe itself, if it is stored, is left out; archived partners are not.
    """
    mine = {bare_name(name) for name in (probe.name, *probe.other_names)}
    scores = _of_same_identity(conn, team, probe)
    for partner_id, theirs in _names_alike(conn, team, mine).items():
        likeness = max(_likeness(name, other) for name in mine for other in theirs)
        if likeness >= _ALIKE:
            scores[partner_id] = max(likeness, scores.get(partner_id, 0))
    scores.pop(probe.id, None)
    return get_many(conn, team, sorted(scores, key=lambda key: (-scores[key], key))[:limit])


def _of_same_identity(conn: sa.Connection, team: str, probe: Partner) -> dict[int, float]:
    scores: dict[int, float] = {}
    for identity in sorted(identities(probe)):
        score = _SAME_CVR if identity == probe.cvr else _SAME_HOST
        for partner_id in _with_word(conn, team, [identity], [Origin.IDENTITY]):
            scores[partner_id] = max(score, scores.get(partner_id, 0))
    return scores


def _names_alike(
    conn: sa.Connection, team: str, names: Collection[str]
) -> Mapping[int, Collection[str]]:
    """The bare names of partners that share a word of a name, or nearly one; other names too."""
    ids = {hit.id for name in names for hit in search(conn, team, name, limit=20)}
    for word in {word for name in names for word in sought(name)}:
        alike = [word, *misspelled(conn, team, word)[word]]
        ids |= _with_word(conn, team, alike, [Origin.NAME, Origin.OTHER_NAME])
    return _bare_names(conn, team, sorted(ids))


def _with_word(
    conn: sa.Connection, team: str, words: Sequence[str], origins: Sequence[Origin]
) -> set[int]:
    there = (among(WORD.c.word, words), WORD.c.origin.in_(origins))
    query = sa.select(WORD.c.partner_id).where(WORD.c.team_id == team, *there)
    return set(conn.execute(query.limit(_NAMES_COMPARED)).scalars())


def _bare_names(
    conn: sa.Connection, team: str, ids: Sequence[int]
) -> Mapping[int, Collection[str]]:
    own = sa.select(PARTNER.c.id, PARTNER.c.bare_name).where(
        PARTNER.c.team_id == team, among(PARTNER.c.id, ids)
    )
    other = sa.select(TAG.c.partner_id, TAG.c.value).where(
        TAG.c.team_id == team, among(TAG.c.partner_id, ids), TAG.c.facet == "other_names"
    )
    names = defaultdict(set)
    for partner_id, name in (*conn.execute(own), *conn.execute(other)):
        names[partner_id].add(bare_name(name))
    return names


def _likeness(bare: str, other: str) -> float:
    from rapidfuzz import fuzz  # noqa: PLC0415 - needed when a partner is added, not at start-up

    joined = fuzz.ratio(bare.replace(" ", ""), other.replace(" ", ""))
    alike = max(joined, fuzz.token_sort_ratio(bare, other))
    shorter, longer = sorted((bare, other), key=len)
    contained = len(shorter) >= _TELLING_LENGTH and f" {shorter} " in f" {longer} "
    return max(alike, _CONTAINED) if contained else alike
