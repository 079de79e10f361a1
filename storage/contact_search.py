"""Who here knows whom, by name or topic; and the names that a line or a message may hold."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from bot.contact import Acquaintance, Contact, colleagues
from bot.contact_line import phrases
from bot.partner import Hit, Partner
from bot.text import bare_name
from storage import contact as contacts_of
from storage import partner as register
from storage import privacy
from storage.contact_tables import CONTACT, by_us
from storage.contact_tables import WORD as TOPIC
from storage.partner_rows import NAME_KEY_LENGTH
from storage.partner_search import search
from storage.partner_tables import PARTNER, TAG, Origin
from storage.partner_tables import WORD as NAME_WORD
from storage.partner_words import LAST, sought
from storage.schema import among

# A topic that colleagues talked about says more than a word in a note, and less than a keyword, as
# storage.partner_search scores them.
_TOPIC_SCORE = 0.45
# Of a word that stands in more contacts than this, the newest ones tell enough.
_CONTACTS_READ = 2000
# More partners than this with the same beginning are no choice for a person.
_NAMES_READ = 20
# Of an other name, words enough to tell it from the rest.
_OTHER_NAME_WORDS = 3
# A word that more names share than this does not say whom a message is about.
_NAMES_OF_A_RARE_WORD = 5
_SHORTEST_RARE_WORD = 4
# A shorter beginning of a line is more likely a word than a person's name.
_SHORTEST_PERSON = 3


def who_knows(conn: sa.Connection, team: str, query: str, *, limit: int = 5) -> list[Acquaintance]:
    """The partners of that name, person, keyword or topic, the best first, with who knows them.

    A topic is what colleagues noted that contacts were about. Archived partners come last.
    """
    about = _about(conn, team, query, limit)
    hits = {hit.id: hit for hit in search(conn, team, query, limit=limit)}
    partners = {one.id: one for one in register.get_many(conn, team, [*{**hits, **about}])}
    for partner_id in about:
        hits.setdefault(partner_id, _hit(partners[partner_id]))
    best = sorted(hits.values(), key=lambda hit: (hit.archived, -hit.score))[:limit]
    last = _last_of_each(conn, team, [hit.id for hit in best])
    standings = privacy.standings(conn, team, [hit.id for hit in best])
    left_alone = {number for number, standing in standings.items() if standing.no_contact}
    return [
        Acquaintance(
            hit,
            colleagues(partners[hit.id], last[hit.id]),
            people=sum(person.id not in left_alone for person in partners[hit.id].people),
            about=about.get(hit.id),
        )
        for hit in best
    ]


def named(conn: sa.Connection, team: str, beginnings: Sequence[str]) -> list[tuple[int, str]]:
    """The names, other names too, that may begin a line, for bot.contact_line.split.

    `beginnings` are its lead_words. Typing errors are forgiven where nothing fits without.
    Archived partners are left out.
    """
    if not beginnings:
        return []
    parts = [*_begun_so(team, beginnings), *_also_called(team, beginnings)]
    ids = set(conn.execute(sa.union_all(*parts)).scalars())
    if not ids:
        ids = {hit.id for typed in beginnings[:2] for hit in search(conn, team, typed)}
    return _names(conn, team, ids)


def of_person(conn: sa.Connection, team: str, beginnings: Sequence[str]) -> list[int]:
    """The partners that have a contact person called so, for a line that begins with a person.

    `beginnings` are its lead_words; the first word decides. Archived partners are left out.
    """
    first = sought(beginnings[0])[:1] if beginnings else []
    if not first or len(first[0]) < _SHORTEST_PERSON:
        return []
    called = (NAME_WORD.c.origin == Origin.PERSON) & (NAME_WORD.c.word == first[0])
    query = (
        sa.select(PARTNER.c.id)
        .join(NAME_WORD, (NAME_WORD.c.partner_id == PARTNER.c.id))
        .where(PARTNER.c.team_id == team, PARTNER.c.archived.is_(False))
        .where(NAME_WORD.c.team_id == team, called)
        .order_by(PARTNER.c.id)
        .limit(_NAMES_READ)
    )
    return list(conn.execute(query).scalars())


def mentioned(conn: sa.Connection, team: str, text: str) -> list[tuple[int, str]]:
    """The names that may be mentioned in a message, for bot.contact_line.guess_partner.

    Whole names, and those with a word of the text that few others have; none of the archived.
    """
    runs = phrases(text)
    if not runs:
        return []
    single = [word for word in runs if " " not in word and len(word) >= _SHORTEST_RARE_WORD]
    in_a_name = (
        NAME_WORD.c.team_id == team,
        NAME_WORD.c.origin.in_((Origin.NAME, Origin.OTHER_NAME)),
    )
    rare = (
        sa.select(NAME_WORD.c.word)
        .where(*in_a_name, among(NAME_WORD.c.word, single))
        .group_by(NAME_WORD.c.word)
        .having(sa.func.count() <= _NAMES_OF_A_RARE_WORD)
    )
    by_word = sa.select(NAME_WORD.c.partner_id).where(*in_a_name, NAME_WORD.c.word.in_(rare))
    by_name = sa.select(PARTNER.c.id).where(
        PARTNER.c.team_id == team, among(PARTNER.c.bare_name, runs)
    )
    return _names(conn, team, set(conn.execute(sa.union_all(by_name, by_word)).scalars()))


def _hit(partner: Partner) -> Hit:
    return Hit(partner.id, partner.name, score=_TOPIC_SCORE, archived=partner.archived)


def _about(conn: sa.Connection, team: str, query: str, limit: int) -> dict[int, Contact]:
    """The last contact about all the words sought, of the partners where that was last."""
    terms = sorted(sought(query), key=len, reverse=True)  # long ones are rare
    if not terms:
        return {}
    first, *others = terms
    also = []
    for term in others:
        other = TOPIC.alias()
        same = (other.c.team_id == team) & (other.c.contact_id == TOPIC.c.contact_id)
        also.append(sa.exists().where(same, sa.between(other.c.word, term, term + LAST)))
    read = (
        sa.select(TOPIC.c.contact_id)
        .where(TOPIC.c.team_id == team, sa.between(TOPIC.c.word, first, first + LAST), *also)
        .order_by(TOPIC.c.word.desc(), TOPIC.c.contact_id.desc())
        .limit(_CONTACTS_READ)
        .subquery()
    )
    columns = (CONTACT.c.partner_id, CONTACT.c.id, CONTACT.c.on, CONTACT.c.noted_at)
    rows = conn.execute(
        sa.select(*columns)
        .join(read, read.c.contact_id == CONTACT.c.id)
        .where(CONTACT.c.team_id == team, by_us())
    )
    # Sorted here: asked to, SQLite reads the whole table in that order.
    last: dict[int, int] = {}
    for row in sorted(rows, key=lambda row: (row.on, row.noted_at, row.id), reverse=True):
        last.setdefault(row.partner_id, row.id)
    found = contacts_of.get_many(conn, team, [*last.values()][:limit])
    return {contact.partner_id: contact for contact in found}


def _last_of_each(
    conn: sa.Connection, team: str, partner_ids: Sequence[int]
) -> Mapping[int, list[Contact]]:
    """By partner, every colleague's last contact: there is no later one of the same colleague."""
    later = CONTACT.alias()
    by_same = (later.c.partner_id == CONTACT.c.partner_id) & (
        later.c.noted_by == CONTACT.c.noted_by
    )
    moment, own = (
        sa.tuple_(table.c.on, table.c.noted_at, table.c.id) for table in (later, CONTACT)
    )
    overtaken = sa.exists().where(later.c.team_id == team, by_same, by_us(later), moment > own)
    query = contacts_of.every(team).where(
        among(CONTACT.c.partner_id, partner_ids), by_us(), ~overtaken
    )
    last = defaultdict(list)
    for contact in contacts_of.loaded(conn, query):
        last[contact.partner_id].append(contact)
    return last


def _begun_so(team: str, beginnings: Sequence[str]) -> Iterator[sa.Select[Any]]:
    """Those whose name begins as the line does, a whole name before the beginning of one."""
    for bare in dict.fromkeys(bare_name(typed)[:NAME_KEY_LENGTH] for typed in beginnings):
        own = (PARTNER.c.team_id == team, PARTNER.c.archived.is_(False))
        begun = sa.between(PARTNER.c.bare_name, bare, bare + LAST)
        query = sa.select(PARTNER.c.id).where(*own, begun).order_by(PARTNER.c.bare_name)
        yield _first(query)


def _also_called(team: str, beginnings: Sequence[str]) -> Iterator[sa.Select[Any]]:
    """Those with an other name that holds the first word of the line, the first two, three."""
    heads = sought(bare_name(beginnings[-1]))[:_OTHER_NAME_WORDS]
    for last, begun in enumerate(heads):
        called = NAME_WORD.c.origin == Origin.OTHER_NAME
        fits = sa.between(NAME_WORD.c.word, begun, begun + LAST)
        query = sa.select(NAME_WORD.c.partner_id).where(NAME_WORD.c.team_id == team, called, fits)
        for word in heads[:last]:
            other = NAME_WORD.alias()
            same = (other.c.team_id == team) & (other.c.partner_id == NAME_WORD.c.partner_id)
            holds = (other.c.word == word) & (other.c.origin == Origin.OTHER_NAME)
            query = query.where(sa.exists().where(same, holds))
        yield _first(query.order_by(NAME_WORD.c.word))


def _first(query: sa.Select[Any]) -> sa.Select[Any]:
    return query.limit(_NAMES_READ).subquery().select()


def _names(conn: sa.Connection, team: str, ids: set[int]) -> list[tuple[int, str]]:
    """The names and other names of these partners, without the archived, names first."""
    wanted = sorted(ids)
    own = sa.select(PARTNER.c.id, PARTNER.c.name, PARTNER.c.archived).where(
        PARTNER.c.team_id == team, among(PARTNER.c.id, wanted)
    )
    other = sa.select(TAG.c.partner_id, TAG.c.value).where(
        TAG.c.team_id == team, among(TAG.c.partner_id, wanted), TAG.c.facet == "other_names"
    )
    names = {row.id: row.name for row in conn.execute(own) if not row.archived}
    others = [(row.partner_id, row.value) for row in conn.execute(other)]
    return [*names.items(), *((key, name) for key, name in others if key in names)]
