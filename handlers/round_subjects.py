"""What rounds are about, for the lists in which those of all features stand together."""

from collections.abc import Sequence

from bot.round import Kind, Round
from handlers.views.tjek import heading_of
from storage import partner as register_of
from storage import tjek as checks_of
from storage.database import Connection


def with_subjects(conn: Connection, team: str, rounds: Sequence[Round]) -> list[tuple[Round, str]]:
    """Each with what it is about; without those of which it is gone."""
    found = [(this, _subject(conn, team, this)) for this in rounds]
    return [(this, subject) for this, subject in found if subject]


def _subject(conn: Connection, team: str, this: Round) -> str:
    """The check's heading; of an evaluation the partner's name."""
    if this.kind is Kind.TJEK:
        check = checks_of.get(conn, team, this.subject_id)
        return heading_of(check) if check else ""
    partners = register_of.get_many(conn, team, [this.partner_id] if this.partner_id else [])
    return partners[0].name if partners else ""
