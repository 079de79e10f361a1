"""The texts about a partner that stand outside its own rows, where a person may be named.

One list for both duties: what is looked through to tell a person everything is what is cleared
when she is to be forgotten. A feature with a text of its own about a partner adds it here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.privacy_everything import Place
from bot.round import Kind, Standing, State
from bot.tjek_round import Unanswered
from storage.circle_tables import ACTIVITY, GATE, MOVE, TRIAL
from storage.contact_tables import CONTACT
from storage.contact_who import QUESTION
from storage.digest_greeting import GREETING
from storage.evaluation_tables import EVALUATION, REMARK, SENSE
from storage.evaluation_tables import STEP as EVALUATION_STEP
from storage.export_log import EXPORT_LOG
from storage.home_start import ANSWER
from storage.import_tables import IMPORT
from storage.round_tables import INVITED, ROUND
from storage.round_tables import NOTE as ROUND_NOTE
from storage.schema import METADATA
from storage.tjek_step import TJEK_STEP
from storage.tjek_tables import TJEK

TJEK_NOTE = METADATA.tables["tjek_note"]


@dataclass(frozen=True)
class Texts:
    """Columns of text, when they were written, and which rows are about a partner."""

    where: Place
    table: sa.Table
    columns: tuple[str, ...]
    at: str
    about: Callable[[str, int], sa.ColumnElement[bool]]  # of team and partner id
    names: tuple[str, ...] = ()  # columns that repeat the partner's own name
    readable: Callable[[str], sa.ColumnElement[bool]] | None = None  # by anybody yet; of team

    def rows(
        self, conn: sa.Connection, team: str, partner_id: int, *, to_read: bool = False
    ) -> Iterator[sa.RowMapping]:
        """The rows about the partner, by their primary key; without those nobody may read yet."""
        query = sa.select(self.table).where(
            self.table.c.team_id == team, self.about(team, partner_id)
        )
        if to_read and self.readable:
            query = query.where(self.readable(team))
        yield from conn.execute(query.order_by(*self.table.primary_key)).mappings().all()

    def write(
        self, conn: sa.Connection, team: str, row: sa.RowMapping, values: Mapping[str, Any]
    ) -> None:
        """Put other texts in that row."""
        keys = [column == row[column.name] for column in self.table.primary_key]
        mine = sa.update(self.table).where(self.table.c.team_id == team, *keys)
        conn.execute(mine.values(**values))


def _note_of_check(team: str, partner_id: int) -> sa.ColumnElement[bool]:
    checks = sa.select(TJEK.c.id).where(TJEK.c.team_id == team, TJEK.c.partner_id == partner_id)
    return TJEK_NOTE.c.tjek_id.in_(checks)


def _of_a_finished_check(team: str) -> sa.ColumnElement[bool]:
    """A draft is its owner's alone, and while colleagues answer unseen all that was said is.

    Where they were asked and nobody answered, it may have been a draft that was never sent.
    """
    mine = (INVITED.c.team_id == team) & (INVITED.c.round_id == ROUND.c.id)
    answered = sa.exists().where(mine, INVITED.c.standing == Standing.ANSWERED)
    shown = ROUND.c.state.in_((State.REVEALED, State.CLOSED))
    hidden = sa.select(ROUND.c.subject_id).where(
        ROUND.c.team_id == team,
        ROUND.c.kind == Kind.TJEK,
        ROUND.c.decision != Unanswered.ASKED_AGAIN,
        (ROUND.c.state == State.OPEN) | (shown & ~answered),
    )
    finished = sa.select(TJEK.c.id).where(TJEK.c.team_id == team, TJEK.c.finished_at.is_not(None))
    return TJEK_NOTE.c.tjek_id.in_(finished) & TJEK_NOTE.c.tjek_id.not_in(hidden)


def _step_of_check(team: str, partner_id: int) -> sa.ColumnElement[bool]:
    checks = sa.select(TJEK.c.id).where(TJEK.c.team_id == team, TJEK.c.partner_id == partner_id)
    return TJEK_STEP.c.tjek_id.in_(checks)


def _note_of_round(team: str, partner_id: int) -> sa.ColumnElement[bool]:
    rounds = sa.select(ROUND.c.id).where(ROUND.c.team_id == team, ROUND.c.partner_id == partner_id)
    return ROUND_NOTE.c.round_id.in_(rounds)


def _of_a_shown_round(team: str) -> sa.ColumnElement[bool]:
    """Answers of an open round are hidden from everybody; of one called off they stay so."""
    shown = ROUND.c.state.in_((State.REVEALED, State.CLOSED))
    return ROUND_NOTE.c.round_id.in_(sa.select(ROUND.c.id).where(ROUND.c.team_id == team, shown))


def _of_evaluation(table: sa.Table) -> Callable[[str, int], sa.ColumnElement[bool]]:
    def about(team: str, partner_id: int) -> sa.ColumnElement[bool]:
        mine = (EVALUATION.c.team_id == team, EVALUATION.c.partner_id == partner_id)
        return table.c.evaluation_id.in_(sa.select(EVALUATION.c.id).where(*mine))

    return about


def _asked(_team: str, partner_id: int) -> sa.ColumnElement[bool]:
    """Also what was asked of nobody's card: it may name somebody who was not registered then."""
    return (QUESTION.c.partner_id == partner_id) | QUESTION.c.partner_id.is_(None)


ELSEWHERE: tuple[Texts, ...] = (
    Texts(
        Place.TJEK,
        TJEK,
        ("idea", "reason"),
        "started_at",
        lambda _team, partner_id: TJEK.c.partner_id == partner_id,
        names=("partner_name",),
    ),
    Texts(
        Place.CONTACT,
        CONTACT,
        ("about", "with_whom"),
        "noted_at",
        lambda _team, partner_id: CONTACT.c.partner_id == partner_id,
    ),
    Texts(
        Place.CONTACT,
        QUESTION,
        ("words",),
        "asked_at",
        _asked,
    ),
    Texts(Place.TJEK, TJEK_NOTE, ("note",), "at", _note_of_check, readable=_of_a_finished_check),
    Texts(Place.TJEK, TJEK_STEP, ("text",), "at", _step_of_check),
    Texts(
        Place.CIRCLE,
        MOVE,
        ("reason", "learned", "told"),
        "at",
        lambda _team, partner_id: MOVE.c.partner_id == partner_id,
    ),
    Texts(
        Place.CIRCLE,
        GATE,
        ("note",),
        "at",
        lambda _team, partner_id: GATE.c.partner_id == partner_id,
    ),
    Texts(
        Place.CIRCLE,
        ACTIVITY,
        ("what",),
        "noted_at",
        lambda _team, partner_id: ACTIVITY.c.partner_id == partner_id,
    ),
    Texts(
        Place.CIRCLE,
        TRIAL,
        ("agreed_with",),
        "noted_at",
        lambda _team, partner_id: TRIAL.c.partner_id == partner_id,
    ),
    Texts(
        Place.ROUND,
        ROUND,
        ("reason",),
        "opened_at",
        lambda _team, partner_id: ROUND.c.partner_id == partner_id,
    ),
    Texts(
        Place.ORGANISATION,
        EXPORT_LOG,
        ("filters",),
        "at",
        lambda team, _partner_id: EXPORT_LOG.c.team_id == team,  # a keyword may be a name
    ),
    Texts(
        Place.ORGANISATION,
        IMPORT,
        ("file",),
        "at",
        lambda team, _partner_id: IMPORT.c.team_id == team,  # a file may be called after somebody
    ),
    Texts(
        Place.ORGANISATION,
        GREETING,
        ("text",),
        "at",
        lambda team, _partner_id: GREETING.c.team_id == team,  # it may thank somebody by name
    ),
    Texts(
        Place.ORGANISATION,
        ANSWER,
        ("text",),
        "at",
        lambda team, _partner_id: ANSWER.c.team_id == team,  # it may name whom they know there
    ),
    Texts(
        Place.EVALUATION,
        EVALUATION,
        ("subject",),
        "opened_at",
        lambda _team, partner_id: EVALUATION.c.partner_id == partner_id,
    ),
    # Both stand where every colleague can read them, the remarks from the moment they are kept.
    Texts(Place.EVALUATION, EVALUATION_STEP, ("text",), "at", _of_evaluation(EVALUATION_STEP)),
    Texts(Place.EVALUATION, REMARK, ("text",), "at", _of_evaluation(REMARK)),
    Texts(Place.EVALUATION, SENSE, ("reason",), "at", _of_evaluation(SENSE)),
    Texts(Place.ROUND, ROUND_NOTE, ("note",), "at", _note_of_round, readable=_of_a_shown_round),
)
