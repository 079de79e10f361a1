"""Contacts, moves and checks of our own JSON, tested as they would be at a form.

A hand may have been in the file: what could not have come out of a register is named by its place.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from pydantic import ValidationError

from bot import guard
from bot.circle import Move
from bot.contact import Contact
from bot.errors import UserError
from bot.evaluation_questions import SCALES
from bot.evaluation_told import DECISION, THEIRS, Agreed, Told
from bot.export import Entry
from bot.import_story import Story
from bot.privacy import Standing
from bot.round import Sheet as RoundSheet
from bot.text import clean
from bot.tjek import Check, Sheet, asked

# Twice what a form takes: a word in place of a forgotten name may have made it longer.
_TEXT_LENGTH = 600
_LONG = 6_000  # of a note or a remark in an evaluation
_KEY_LENGTH = 100  # characters of the id of a question, a page or a sheet
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # no register is older
_FIRST_DAY = date(1900, 1, 1)  # as a list's day of a last contact
_WEB = ("https://", "http://")
_NOBODY = re.compile(rf"({re.escape(THEIRS)})?[0-9]{{1,4}}")
_ANSWERS = {answer for one in SCALES.values() for answer in (*one.points, one.unknown)}


class WrongError(Exception):
    """What is not as we write it; the text is its place in the entry, as in "contacts.0.about"."""


def story_of(entry: Entry, today: date) -> Story:
    """What happened to the entry's partner; raises WrongError."""
    for number, standing in entry.standings.items():
        _see_standing(standing, f"standings.{number}.informed", today)
    return Story(
        tuple(_contact(one, f"contacts.{n}", today) for n, one in enumerate(entry.contacts)),
        tuple(_move(one, f"moves.{n}", today) for n, one in enumerate(entry.moves)),
        tuple(check_of(one, f"checks.{n}.", today) for n, one in enumerate(entry.checks)),
        _maybe(entry.partner.created_at, "partner.created_at", today),
        evaluations=tuple(
            _evaluation(one, f"evaluations.{n}", today) for n, one in enumerate(entry.evaluations)
        ),
    )


def check_of(check: Check, at: str, today: date) -> Check:
    """The check as nobody's; `at` begins its place. Raises WrongError."""
    if not (check.finished_at or check.decision):
        raise WrongError(f"{at}finished_at")  # a draft is private, and somebody's
    try:
        asked(check)
    except ValidationError:
        raise WrongError(f"{at}wording") from None
    return replace(
        check,
        started_by="",
        started_at=_moment(check.started_at, f"{at}started_at", today),
        partner_name=_text(check.partner_name, f"{at}partner_name"),
        idea=_text(check.idea, f"{at}idea"),
        page=_text(check.page, f"{at}page"),
        finished_at=_maybe(check.finished_at, f"{at}finished_at", today),
        reason=_text(check.reason, f"{at}reason"),
        decided_by=None,
        decided_at=_maybe(check.decided_at, f"{at}decided_at", today),
        sheets={
            _key(whose, f"{at}sheets"): _sheet(sheet, f"{at}sheets.{whose}")
            for whose, sheet in check.sheets.items()
        },
    )


def _contact(one: Contact, at: str, today: date) -> Contact:
    if not _FIRST_DAY <= one.on <= today:
        raise WrongError(f"{at}.on")
    if one.link and not one.link.startswith(_WEB):
        raise WrongError(f"{at}.link")
    return replace(
        one,
        noted_by="",
        noted_at=_moment(one.noted_at, f"{at}.noted_at", today),
        about=_text(one.about, f"{at}.about"),
        with_whom=_text(one.with_whom, f"{at}.with_whom"),
        link=_text(one.link, f"{at}.link"),
        version=1,
        changed_by=None,
        undone_at=None,
    )


def _move(one: Move, at: str, today: date) -> Move:
    return replace(
        one,
        by="",
        at=_moment(one.at, f"{at}.at", today),
        reason=_text(one.reason, f"{at}.reason"),
        learned=_text(one.learned, f"{at}.learned"),
        told=_text(one.told, f"{at}.told"),
    )


def _evaluation(one: Told, at: str, today: date) -> Told:
    voices = (*one.invited, *one.sheets)
    if one.revealed_at is None or not all(map(_NOBODY.fullmatch, voices)):
        raise WrongError(f"{at}.sheets")  # what is not shown is hidden, and a voice is nobody's
    if one.decision and one.decision not in DECISION:
        raise WrongError(f"{at}.decision")
    return replace(
        one,
        opened_at=_moment(one.opened_at, f"{at}.opened_at", today),
        deadline=_aware(one.deadline, f"{at}.deadline"),
        subject=_text(one.subject, f"{at}.subject"),
        revealed_at=_moment(one.revealed_at, f"{at}.revealed_at", today),
        sheets={
            whose: _answers(sheet, f"{at}.sheets.{whose}") for whose, sheet in one.sheets.items()
        },
        reason=_text(one.reason, f"{at}.reason", _LONG),
        closed_at=_maybe(one.closed_at, f"{at}.closed_at", today),
        steps=tuple(_step(step, f"{at}.steps.{n}", today) for n, step in enumerate(one.steps)),
        remarks=tuple(
            replace(
                remark,
                text=_text(remark.text, f"{at}.remarks.{n}.text", _LONG),
                at=_moment(remark.at, f"{at}.remarks.{n}.at", today),
            )
            for n, remark in enumerate(one.remarks)
        ),
    )


def _step(step: Agreed, at: str, today: date) -> Agreed:
    return replace(
        step,
        text=_text(step.text, f"{at}.text"),
        at=_moment(step.at, f"{at}.at", today),
        done_at=_maybe(step.done_at, f"{at}.done_at", today),
    )


def _answers(sheet: RoundSheet, at: str) -> RoundSheet:
    if not _ANSWERS.issuperset(sheet.answers.values()):
        raise WrongError(at)
    answers = {_key(question, at): answer for question, answer in sheet.answers.items()}
    return RoundSheet(
        answers, {_key(about, at): _text(note, at, _LONG) for about, note in sheet.notes.items()}
    )


def _sheet(sheet: Sheet, at: str) -> Sheet:
    answers = {_key(question, at): answer for question, answer in sheet.answers.items()}
    return Sheet(answers, _notes(sheet.notes, at))


def _notes(notes: Mapping[str, str], at: str) -> dict[str, str]:
    return {_key(page, at): _text(note, at) for page, note in notes.items()}


def _see_standing(standing: Standing, at: str, today: date) -> None:
    if standing.informed is None:
        return
    if not _FIRST_DAY <= standing.informed.on <= today:
        raise WrongError(f"{at}.on")
    _text(standing.informed.how, f"{at}.how")


def _moment(moment: datetime, at: str, today: date) -> datetime:
    """As UTC, and of the past; a day more for those who are ahead of it."""
    if moment.tzinfo is None or not moment >= _EARLIEST or moment.date() > today + timedelta(1):
        raise WrongError(at)
    return moment.astimezone(UTC)


def _maybe(moment: datetime | None, at: str, today: date) -> datetime | None:
    return _moment(moment, at, today) if moment else None


def _aware(moment: datetime, at: str) -> datetime:
    """As UTC; it may lie ahead."""
    if moment.tzinfo is None or not moment >= _EARLIEST:
        raise WrongError(at)
    return moment.astimezone(UTC)


def _text(text: str, at: str, limit: int = _TEXT_LENGTH) -> str:
    """Cleaned, and not too long to be shown."""
    try:
        return guard.without_cpr(guard.within(clean(text), field=at, limit=limit), field=at)
    except UserError:
        raise WrongError(at) from None


def _key(text: str, at: str) -> str:
    if not text or len(text) > _KEY_LENGTH:
        raise WrongError(at)
    return text
