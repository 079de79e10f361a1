"""Contacts, moves and checks that an import brings: what is here already, their rows, and undoing.

Their rows are those with the import's own numbers, so that they are known again wherever they went.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from bot.circle import Move
from bot.contact import Contact
from bot.import_draft import Draft
from bot.import_story import CheckKey, Past, Story, key_of
from bot.import_undo import Imported
from bot.tjek import Check
from storage import contact as contacts_of
from storage import evaluation_told, tjek
from storage.circle_tables import MOVE
from storage.contact_tables import CONTACT
from storage.contact_tables import WORD as CONTACT_WORD
from storage.evaluation_tables import EVALUATION
from storage.partner_rows import Row
from storage.round_tables import ROUND
from storage.schema import among
from storage.tjek_tables import ANSWER, NOTE, TJEK

T = TypeVar("T", Contact, Move)
V = TypeVar("V")
Inserted = Mapping[sa.Table, list[Row]]

# What is written, in this order, after the partners.
ORDER = (MOVE, CONTACT, CONTACT_WORD, TJEK, ANSWER, NOTE, *evaluation_told.ORDER)

_NAMED = {"contacts": CONTACT, "moves": MOVE, "checks": TJEK, "evaluations": EVALUATION}
_CHUNK = 500  # values in a condition
_KEY = (TJEK.c.started_at, TJEK.c.idea)
_MOVE = [column for column in MOVE.c if column.name != "team_id"]


def past(conn: sa.Connection, team: str, found: Draft) -> Past:
    """What has happened already to those of whom the file tells what happened."""
    told = {
        number: [record.story for record in records if record.story]
        for number, records in found.targets.items()
    }
    here = sorted(number for number, stories in told.items() if number > 0 and stories)
    checks = [check for stories in told.values() for story in stories for check in story.checks]
    checks += [idea.check for idea in found.ideas]
    return Past(
        _by_partner(_contacts(conn, team, here)),
        _by_partner(_moves(conn, team, here)),
        frozenset(_checks(conn, team, [check.started_at for check in checks])),
        {
            number: those
            for some in _chunks(here)
            for number, those in evaluation_told.keys(conn, team, some).items()
        },
    )


def needed(story: Story) -> int:
    """How many numbers its rows take."""
    of_evaluations = sum(evaluation_told.needed(one) - 1 for one in story.evaluations)
    return sum(story.counts.values()) + of_evaluations


def tell(
    inserted: Inserted, team: str, story: Story, partner_id: int, numbers: Iterator[int]
) -> None:
    """The rows of what happened to that partner."""
    for contact in story.contacts:
        own = {"id": next(numbers), "partner_id": partner_id}
        inserted[CONTACT].append({"team_id": team, **vars(contact), **own})
        words = contacts_of.words_of(contact)
        key = {"team_id": team, "contact_id": own["id"]}
        inserted[CONTACT_WORD].extend({**key, "word": word} for word in words)
    for move in story.moves:
        own = {"id": next(numbers), "partner_id": partner_id}
        inserted[MOVE].append({"team_id": team, **vars(move), **own})
    tell_checks(inserted, team, story.checks, partner_id, numbers)
    for one in story.evaluations:
        for table, row in evaluation_told.rows(one, team, partner_id, numbers):
            inserted[table].append(row)


def tell_checks(
    inserted: Inserted,
    team: str,
    checks: Iterable[Check],
    partner_id: int | None,
    numbers: Iterator[int],
) -> None:
    """The rows of checks of that partner, or of none."""
    for check in checks:
        number = next(numbers)
        own = {name: getattr(check, name) for name in tjek.OWN}
        of = {"id": number, "partner_id": partner_id}
        inserted[TJEK].append({"team_id": team, **own, **of})
        for whose, sheet in check.sheets.items():
            key = {"team_id": team, "tjek_id": number, "user_id": whose, "at": check.started_at}
            for question, answer in sheet.answers.items():
                inserted[ANSWER].append({**key, "question_id": question, "answer": answer})
            for page, note in sheet.notes.items():
                inserted[NOTE].append({**key, "page": page, "note": note})


def brought(table: sa.Table, imported: Imported) -> sa.ColumnElement[bool]:
    """Whether a row of the table is as the import brought it; of a table whose rows have numbers.

    Of an import from before the numbers were kept there is a contact of its moment only.
    """
    mine = table.c.id.between(imported.id, imported.last_id or imported.id)
    if table is not CONTACT:
        return mine
    by_moment = imported.last_id is None
    return (CONTACT.c.noted_at == imported.at if by_moment else mine) & (CONTACT.c.version == 1)


def brought_to(
    conn: sa.Connection, team: str, imported: Imported, ids: Sequence[int]
) -> Mapping[str, int]:
    """How much of it stands with these partners as it came, the checks that have none included."""
    found: Counter[str] = Counter()
    for name, table in _NAMED.items():
        mine = (table.c.team_id == team, brought(table, imported), *_beside(table, imported))
        own = [among(table.c.partner_id, some) for some in _chunks(ids)]
        for which in [*own, table.c.partner_id.is_(None)]:
            query = sa.select(sa.func.count()).select_from(table).where(*mine, which)
            found[name] += conn.execute(query).scalar_one()
    return found


def forget(
    conn: sa.Connection, team: str, imported: Imported, changed: Sequence[int], gone: Sequence[int]
) -> None:
    """Delete what it brought to these partners, and the checks that have none.

    With those that go, all but the checks goes by itself.
    """
    for ids in _chunks(changed):
        for table in (MOVE, CONTACT, EVALUATION, ROUND):
            mine = (table.c.team_id == team, brought(table, imported))
            also = _beside(table, imported) if table is MOVE else ()
            here = among(table.c.partner_id, ids)
            conn.execute(sa.delete(table).where(*mine, *also, here))
    checks = (TJEK.c.team_id == team, brought(TJEK, imported))
    for ids in _chunks([*changed, *gone]):
        conn.execute(sa.delete(TJEK).where(*checks, among(TJEK.c.partner_id, ids)))
    conn.execute(sa.delete(TJEK).where(*checks, TJEK.c.partner_id.is_(None)))


def _beside(table: sa.Table, imported: Imported) -> Sequence[sa.ColumnElement[bool]]:
    """Without what the import itself noted: a list's last contact, and a card's other place."""
    if table in (TJEK, EVALUATION):
        return ()
    return ((MOVE.c.at if table is MOVE else CONTACT.c.noted_at) != imported.at,)


def _contacts(conn: sa.Connection, team: str, ids: Sequence[int]) -> Iterator[Contact]:
    """Those that were undone, too: what somebody took back does not come again."""
    for some in _chunks(ids):
        here = contacts_of.every(team).where(among(CONTACT.c.partner_id, some))
        yield from contacts_of.loaded(conn, here)


def _moves(conn: sa.Connection, team: str, ids: Sequence[int]) -> Iterator[Move]:
    for some in _chunks(ids):
        here = (MOVE.c.team_id == team, among(MOVE.c.partner_id, some))
        for row in conn.execute(sa.select(*_MOVE).where(*here)).mappings():
            yield Move(**row)


def _checks(conn: sa.Connection, team: str, begun: Sequence[datetime]) -> Iterator[CheckKey]:
    for some in _chunks(sorted(set(begun))):
        then = (TJEK.c.team_id == team, among(TJEK.c.started_at, some))
        for row in conn.execute(sa.select(*_KEY).where(*then)):
            yield key_of(Check("", row.started_at, idea=row.idea))


def _by_partner(found: Iterable[T]) -> Mapping[int, list[T]]:
    by_partner: defaultdict[int, list[T]] = defaultdict(list)
    for one in found:
        by_partner[one.partner_id].append(one)
    return by_partner


def _chunks(values: Sequence[V]) -> Iterator[Sequence[V]]:
    return (values[first : first + _CHUNK] for first in range(0, len(values), _CHUNK))
