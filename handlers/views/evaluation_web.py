"""The partner's form in a browser: the questions on one page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from bot import guard
from bot.errors import UserError
from bot.evaluation import Evaluation
from bot.evaluation_form import addressed
from bot.evaluation_mail import LAST_QUESTION, day_and_hour
from bot.evaluation_questions import LAST, Answers, Question
from bot.evaluation_words import ANSWERS
from bot.round import Sheet
from bot.text import clean
from bot.translation import Translator, mark
from bot.workspace import Workspace
from handlers.views.evaluation_page import called, capital, drawn, foot

DEED = "do"  # the button that was pressed
SEND, MEETING = "send", "meeting"
_CHOICE, _NOTE = "q.", "n."  # what the fields' names begin with

NOT_ANSWERED = mark("Answer at least one question, or choose to talk about it when we meet.")
_CPR = mark(
    "This looks like a CPR number, and it must not stand here. Take it out, and you can send."
)


@dataclass(frozen=True)
class Fault:
    """What keeps the answers from being stored, at the note with that key; empty: at the first."""

    key: str
    sentence: str


@dataclass(frozen=True)
class Asked:
    """One evaluation as it is put to the partner."""

    evaluation: Evaluation
    partner: str
    library: Workspace
    deadline: datetime


@dataclass(frozen=True)
class Filled:
    """What stands in the form."""

    sheet: Sheet = field(default_factory=Sheet)
    faults: Sequence[Fault] = ()
    told: str = ""  # above the questions: what was sent before


def form_page(t: Translator, asked: Asked, filled: Filled) -> str:
    """The questions, with what stands in the form."""
    heading = _heading(t, asked.evaluation)
    wrong = {fault.key: fault.sentence for fault in filled.faults}
    title = t("Not sent yet: {title}", title=heading) if wrong else heading
    return drawn(
        "form.html",
        t,
        heading,
        title=title,
        lines=_above(t, asked),
        told=filled.told,
        faults_heading=t("Not sent yet. What you wrote is still here."),
        faults=[
            {"at": _place(asked, one.key), "sentence": _with_place(t, asked, one)}
            for one in filled.faults
        ],
        themes=_themes(t, asked, filled.sheet, wrong),
        more_label=t("What would it take?"),
        last={
            "id": LAST,
            "text": t(LAST_QUESTION),
            "note": filled.sheet.notes.get(LAST, ""),
            "fault": wrong.get(LAST, ""),
        },
        send=t("Send"),
        meeting=t("We would rather talk about it when we meet"),
        foot=foot(t, asked.library),
    )


def too_late(t: Translator, name: str, mail: str) -> str:
    """To one whose answers were shown; whom to write to is named as far as it is known."""
    if not name:
        whom = t("Answer the mail that the link came with, if there is more.")
    else:
        whom = t("Write to {name}: {mail}, if there is more.") if mail else ""
        whom = whom or t("Write to {name}, if there is more.")
    stands = t("Thank you, we have your answers. They are shown now, so they cannot be changed.")
    return f"{stands} {whom}"


def read_form(evaluation: Evaluation, typed: Mapping[str, Any]) -> Sheet:
    """What stood in the form; what is not one of its answers is none."""
    answers, notes = {}, {}
    for question in evaluation.instrument.questions:
        chosen = typed.get(_CHOICE + question.id)
        if chosen in ANSWERS[question.answers]:
            answers[question.id] = str(chosen)
    for key in (*(one.id for one in evaluation.instrument.questions), LAST):
        text = typed.get(_NOTE + key)
        notes[key] = text if isinstance(text, str) else ""
    return Sheet(answers, notes)


def checked(t: Translator, sheet: Sheet) -> tuple[Sheet, list[Fault]]:
    """The sheet as it may be stored, and what keeps it from it."""
    notes, faults = {}, []
    for key, text in sheet.notes.items():
        try:
            notes[key] = guard.note(text, field=key)
        except UserError:  # its sentence is for those who save
            over = len(clean(text)) - guard.NOTE_LENGTH
            faults.append(Fault(key, _too_long(t, over) if over > 0 else t(_CPR)))
    if not sheet.answers:
        faults.insert(0, Fault("", t(NOT_ANSWERED)))
    return replace(sheet, notes=notes), faults


def written_out(t: Translator, asked: Asked, sheet: Sheet) -> str:
    """A sheet as text."""
    lines = []
    for number, question in enumerate(asked.evaluation.instrument.questions, 1):
        answer = sheet.answers.get(question.id)
        words = [t(ANSWERS[question.answers][answer])] if answer else []
        words += filter(None, [sheet.notes.get(question.id, "").strip()])
        if words:
            lines.append(f"{number}. {_text(t, asked, question)} {' – '.join(words)}")
    return "\n".join(filter(None, [*lines, sheet.notes.get(LAST, "").strip()]))


def _heading(t: Translator, evaluation: Evaluation) -> str:
    about = evaluation.subject or t("our cooperation")
    return t("How is it going with {subject}?", subject=about)


def _above(t: Translator, asked: Asked) -> list[str]:
    count = len(asked.evaluation.instrument.questions)
    day, hour = day_and_hour(t, asked.deadline)
    values = {"library": called(t, asked.library), "partner": asked.partner}
    values["number"] = t.count(count)
    who = t.n(
        "One question from {library} to {partner}. You answer on behalf of the organisation.",
        "{number} questions from {library} to {partner}. You answer on behalf of the organisation.",
        count,
        **values,
    )
    hidden = t(
        "Nobody sees your answers before all answers are shown, {day} at {hour} at the latest."
        " Until then you can answer again here.",
        day=day,
        hour=hour,
    )
    shown = t("Your answers are shown as those of {partner}.", partner=asked.partner)
    return [capital(who), f"{hidden} {shown}"]


def _themes(
    t: Translator, asked: Asked, sheet: Sheet, wrong: Mapping[str, str]
) -> list[dict[str, Any]]:
    names = {theme.id: theme.name.in_(t.language) for theme in asked.evaluation.instrument.themes}
    numbered = enumerate(asked.evaluation.instrument.questions, 1)
    return [
        {
            "name": names[theme],
            "questions": [_question(t, asked, one, sheet, wrong) | {"number": n} for n, one in of],
        }
        for theme, of in groupby(numbered, key=lambda pair: pair[1].theme)
    ]


def _question(
    t: Translator, asked: Asked, question: Question, sheet: Sheet, wrong: Mapping[str, str]
) -> dict[str, Any]:
    answer = sheet.answers.get(question.id)
    other = called(t, asked.library)
    return {
        "id": question.id,
        "text": _text(t, asked, question),
        "why": addressed(question.why.in_(t.language), other),
        "choices": [
            {"value": value, "words": t(words), "chosen": value == answer}
            for value, words in ANSWERS[question.answers].items()
        ],
        "more": question.answers is Answers.FIVE or bool(sheet.notes.get(question.id)),
        "note": sheet.notes.get(question.id, ""),
        "fault": wrong.get(question.id, ""),
    }


def _text(t: Translator, asked: Asked, question: Question) -> str:
    return addressed(question.text.in_(t.language), called(t, asked.library))


def _too_long(t: Translator, over: int) -> str:
    return t.n(
        "The text is one character too long. There is room for {limit}.",
        "The text is {number} characters too long. There is room for {limit}.",
        over,
        limit=t.number(guard.NOTE_LENGTH),
    )


def _with_place(t: Translator, asked: Asked, fault: Fault) -> str:
    """Where it is, for the list above the form."""
    if not fault.key:
        return fault.sentence
    if fault.key == LAST:
        return t("The last field: {sentence}", sentence=fault.sentence)
    numbers = {one.id: n for n, one in enumerate(asked.evaluation.instrument.questions, 1)}
    return t("Question {number}: {sentence}", number=numbers[fault.key], sentence=fault.sentence)


def _place(asked: Asked, key: str) -> str:
    return f"n-{key}" if key else f"q-{asked.evaluation.instrument.questions[0].id}-1"
