"""Evaluations whose answers are shown, for taking them out and reading them in elsewhere."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.evaluation_told import Agreed, Remark, Told, told
from bot.round import Kind, State
from storage import evaluation, round_queries, round_sheets
from storage.evaluation_tables import EVALUATION, REMARK, STEP
from storage.partner_rows import Row
from storage.round_tables import ANSWER, INVITED, NOTE, ROUND
from storage.schema import among

# What tells one evaluation of a partner from all its others.
Key = tuple[datetime, str]

# In which order rows() are stored.
ORDER = (EVALUATION, ROUND, INVITED, ANSWER, NOTE, STEP, REMARK)


def of_partners(
    conn: sa.Connection, team: str, partner_ids: Sequence[int]
) -> Mapping[int, list[Told]]:
    """Those of these partners that everybody may read, the oldest first."""
    found: defaultdict[int, list[Told]] = defaultdict(list)
    all_ = evaluation.of_partners(conn, team, partner_ids)
    numbers = [one.id for one in all_]
    steps, remarks = _steps(conn, team, numbers), _remarks(conn, team, numbers)
    rounds = {
        this.subject_id: this
        for this in round_queries.shown_of(conn, team, Kind.EVALUATION, numbers)
    }
    for one in reversed(all_):
        if this := rounds.get(one.id):
            sheets = round_sheets.shown(conn, team, this.id)
            of_it = (tuple(steps[one.id]), tuple(remarks[one.id]))
            found[one.partner_id].append(told(one, this, sheets, *of_it))
    return found


def keys(
    conn: sa.Connection, team: str, partner_ids: Sequence[int]
) -> Mapping[int, frozenset[Key]]:
    """What tells apart the evaluations of these partners, also those that are under way."""
    found: defaultdict[int, set[Key]] = defaultdict(set)
    for one in evaluation.of_partners(conn, team, partner_ids):
        found[one.partner_id].add((one.opened_at, one.instrument.id))
    return {number: frozenset(those) for number, those in found.items()}


def needed(one: Told) -> int:
    """How many numbers its rows take."""
    return 2 + len(one.steps) + len(one.remarks)


def rows(
    one: Told, team: str, partner_id: int, numbers: Iterator[int]
) -> Iterator[tuple[sa.Table, Row]]:
    """Its rows; nobody asked, answered or decided, and no step is anybody's."""
    number, round_id = next(numbers), next(numbers)
    own = {"team_id": team, "partner_id": partner_id}
    yield EVALUATION, {**own, "id": number, **_own_row(one)}
    yield ROUND, {**own, "id": round_id, "subject_id": number, **_round_row(one)}
    of_round = {"team_id": team, "round_id": round_id}
    for voice, how in one.invited.items():
        yield INVITED, {**of_round, "user_id": voice, "standing": how}
    for voice, sheet in one.sheets.items():
        key = {**of_round, "user_id": voice, "at": one.revealed_at or one.deadline}
        for question, answer in sheet.answers.items():
            yield ANSWER, {**key, "question_id": question, "answer": answer}
        for about, note in sheet.notes.items():
            yield NOTE, {**key, "about": about, "note": note}
    for step in one.steps:
        of_it = {"team_id": team, "evaluation_id": number, "id": next(numbers)}
        when = {"due_on": step.due_on, "at": step.at, "done_at": step.done_at}
        yield STEP, {**of_it, "user_id": "", "by": "", "text": step.text, **when}
    for remark in one.remarks:
        of_it = {"team_id": team, "evaluation_id": number, "id": next(numbers)}
        yield REMARK, {**of_it, "user_id": "", "text": remark.text, "at": remark.at}


def _own_row(one: Told) -> Row:
    same = ("occasion", "level", "due_on", "opened_at", "subject", "asks_partner")
    row: Row = {name: getattr(one, name) for name in same}
    # The activity is not in the file.
    return {**row, "instrument": one.instrument.model_dump(mode="json"), "activity_id": None}


def _round_row(one: Told) -> Row:
    same = ("opened_at", "deadline", "why", "revealed_at", "decision", "reason", "closed_at")
    row: Row = {name: getattr(one, name) for name in same}
    nobody = {"called_by": "", "caller_left": False, "closed_by": "" if one.closed_at else None}
    nowhere = {"channel": "", "open_to_all": False, "ts": "", "nudge_at": None}
    state = State.CLOSED if one.closed_at else State.REVEALED
    return {**row, **nobody, **nowhere, "kind": Kind.EVALUATION, "named": False, "state": state}


def _steps(
    conn: sa.Connection, team: str, numbers: Sequence[int]
) -> defaultdict[int, list[Agreed]]:
    found: defaultdict[int, list[Agreed]] = defaultdict(list)
    query = sa.select(STEP).where(STEP.c.team_id == team, among(STEP.c.evaluation_id, numbers))
    for row in conn.execute(query.order_by(STEP.c.id)):
        found[row.evaluation_id].append(Agreed(row.text, row.due_on, row.at, row.done_at))
    return found


def _remarks(
    conn: sa.Connection, team: str, numbers: Sequence[int]
) -> defaultdict[int, list[Remark]]:
    found: defaultdict[int, list[Remark]] = defaultdict(list)
    mine = (REMARK.c.team_id == team, among(REMARK.c.evaluation_id, numbers))
    for row in conn.execute(sa.select(REMARK).where(*mine).order_by(REMARK.c.id)):
        found[row.evaluation_id].append(Remark(row.text, row.at))
    return found
