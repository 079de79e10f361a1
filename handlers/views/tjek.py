"""The check as people see it: who and what, one page of questions at a time, and the result."""

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import (
    Block,
    Button,
    InputBlock,
    ModalView,
    PlainTextInput,
    RadioButtonGroup,
    SectionBlock,
)

from bot.questions import SHORT_PAGE, Page, Question
from bot.tjek import NOTE_LENGTH, Answer, Check, Form, Sheet
from bot.tjek_told import verdict
from bot.translation import Translator
from bot.words import ANSWER
from handlers.views.parts import Typed, button, confirm, cut, option, plain, rich, row, small

BEGIN = "tjek_begin"
RESUME = "tjek_resume"
DISCARD = "tjek_discard"  # from the first form
DELETE = "tjek_delete"  # from where the draft was left
BACK = "tjek_back"
SHOW = "tjek_show"

PAGE = "tjek_page"  # callback id

NOTE = "note"
QUESTION = "question"


@dataclass(frozen=True)
class Asked:
    """One page of questions, and where it stands among the pages."""

    page: Page
    number: int
    of: int


def begin_button(t: Translator, partner_id: int | None = None) -> Button:
    """The way into a check, from wherever a partner is shown."""
    return button(t("Check an idea"), BEGIN, str(partner_id) if partner_id else None)


def begin_value(partner_id: int, idea: str, form: Form) -> str:
    """What the way into a check carries where it is known what it would be; 0 for somebody new."""
    return f"{partner_id}.{form}:{idea}"


def delete_row(t: Translator, check: Check) -> Block:
    """The way out for who opens a draft again, and does not want it."""
    return row("tjek_draft_buttons", delete_button(t, check, DELETE))


def delete_button(t: Translator, check: Check, action_id: str) -> Button:
    """A draft and its answers are deleted, after a question that says what is lost."""
    begun = any(sheet.answers or sheet.notes for sheet in check.sheets.values())
    sure = confirm(
        t("Delete the draft?"),
        t("The answers given so far are deleted.") if begun else t("Nothing is answered yet."),
        t("Delete"),
        t("Keep"),
    )
    return button(t("Delete the draft"), action_id, str(check.id), confirm=sure)


def page_view(
    t: Translator, check: Check, asked: Asked, sheet: Sheet, above: Sequence[Block] = ()
) -> ModalView:
    """One page of questions with the answers given so far; `above` them what is to be told."""
    page = asked.page
    blocks: list[Block] = [small(heading_of(check), "tjek_subject"), *above]
    if asked.number == 1 and (warning := _warning(t, check.form)):
        blocks.append(rich(warning, block_id="tjek_warning"))
    blocks += page_fields(t, asked, sheet)
    blocks += [
        row("tjek_steps", button(t("Back"), BACK)),
        small(
            t("Saved when you go on or back. If you close before, this page's answers are lost."),
            "tjek_saved",
        ),
    ]
    last = asked.number == asked.of
    return ModalView(
        plain(page_title(t, asked), 24),
        blocks,
        submit=plain(t("See the result") if last else t("Next")),
        close=plain(t("Close")),
        callback_id=PAGE,
        private_metadata=f"{check.id}:{page.id}",
    )


def page_fields(t: Translator, asked: Asked, sheet: Sheet) -> list[Block]:
    """The page's questions and its note, with what has been answered so far."""
    page = asked.page
    questions = [
        _question(t, question, sheet.answers.get(question.id)) for question in page.questions
    ]
    note = InputBlock(
        plain(t("Notes on this page")),
        PlainTextInput(
            NOTE,
            initial_value=sheet.notes.get(page.id, "")[:NOTE_LENGTH] or None,
            multiline=True,
            max_length=NOTE_LENGTH,
        ),
        hint=plain(
            t("Write to the point and briefly. The partner may be given access to read it.")
        ),
        block_id=f"{NOTE}.{page.id}",
        optional=True,
    )
    if page.id != SHORT_PAGE:
        return [*questions, note]
    numbers = small(t("The questions have the numbers of the whole check."), "tjek_numbers")
    return [numbers, *questions, note]


def page_title(t: Translator, asked: Asked) -> str:
    """Where one is, as the modal's title."""
    name = asked.page.title.in_(t.language)
    counted = t("Check {number}/{of} · {title}", number=asked.number, of=asked.of, title=name)
    return counted if asked.of > 1 else name


def where(note: str) -> tuple[int, str]:
    """Which check and which page a view's private_metadata names."""
    number, _, page = note.partition(":")
    return int(number), page


def read_page(typed: Typed) -> Sheet:
    """The answers and the note as they stand on the page; unanswered ones are left out."""
    answers: dict[str, Answer] = {}
    notes: dict[str, str] = {}
    for block_id, elements in typed.items():
        kind, _, name = block_id.partition(".")
        if kind == QUESTION and (chosen := elements[block_id].get("selected_option")):
            answers[name] = Answer(chosen["value"])
        if kind == NOTE:
            notes[name] = str(elements[NOTE].get("value") or "")
    return Sheet(answers, notes)


def heading_of(check: Check) -> str:
    """What the check is about: "Pixelværket – fast VR-rum"."""
    return cut(" – ".join(filter(None, (check.partner_name, check.idea))), 300)


def line_of(t: Translator, check: Check, number: int, *, subject: str | None = None) -> Block:
    """One line about a check: on a card about the idea, elsewhere with the partner's name too."""
    if check.decision:
        said = " – ".join(filter(None, verdict(t, check)))
    elif check.finished_at:
        said = t("answered, not yet decided")
    else:
        said = t("not finished")
    about = check.idea if subject is None else subject
    text = t("Check {day}, {about}: {said}") if about else t("Check {day}: {said}")
    words = t("Show") if check.finished_at else t("Continue")
    return SectionBlock(
        plain(text.format(day=t.day(check.started_at), about=about, said=said), 500),
        block_id=f"tjek.{number}",
        accessory=button(words, f"{SHOW}.{number}", str(check.id)),
    )


def lines_of(t: Translator, checks: Sequence[Check], first: int = 0) -> list[Block]:
    """A line for each, with what it is about; `first` keeps the ids apart in one view."""
    return [
        line_of(t, check, number, subject=heading_of(check))
        for number, check in enumerate(checks, first)
    ]


def _question(t: Translator, question: Question, answer: Answer | None) -> Block:
    choices = {choice: option(t(ANSWER[choice]), choice) for choice in Answer}
    return InputBlock(
        plain(f"{question.number}. {question.text.in_(t.language)}"),
        RadioButtonGroup(
            f"{QUESTION}.{question.id}",
            list(choices.values()),
            initial_option=choices[answer] if answer else None,
        ),
        hint=plain(question.why.in_(t.language)),
        block_id=f"{QUESTION}.{question.id}",
    )


def _warning(t: Translator, form: Form) -> str:
    if form is Form.SPONSORSHIP:
        return t(
            "A sponsor gives money for something particular and may ask for something back. That is"
            " fine, but it is not a partnership. The check fits only in part."
        )
    if form is Form.PURCHASE:
        return t(
            "When you pay for a service that was agreed beforehand, it is a supplier. Then it is"
            " the rules of purchasing you need, not this."
        )
    return ""
