"""The form of an evaluation, for the house's own people and for the partner's."""

from dataclasses import dataclass

from slackblocks import (
    Block,
    InputBlock,
    ModalView,
    PlainTextInput,
    RadioButtonGroup,
)

from bot.evaluation import Evaluation
from bot.evaluation_form import NOTE, Audience, Page, addressed, field_of, is_low, pages
from bot.evaluation_questions import LAST, Question
from bot.evaluation_words import ANSWERS
from bot.guard import NOTE_LENGTH
from bot.round import Round, Sheet
from bot.translation import Translator, mark
from handlers.views.evaluation import FEW, about
from handlers.views.parts import Reply, Typed, button, cut, notice, option, plain, rich, row, small
from handlers.views.round import deadline_of

CHOICE = "evaluation_choice"
BACK = "evaluation_back"
PAGE = "evaluation_page"  # callback id

NAME = 200  # characters

_HOW_HIDDEN = {
    Audience.FEW: FEW,
    Audience.ALONE: mark("Nobody else here is asked, so your answers are shown as yours."),
}


@dataclass(frozen=True)
class Asked:
    """What one person is asked: which page, about whom, and for whom she answers."""

    evaluation: Evaluation
    number: int  # of the page, from 0
    other: str  # the other side's name
    own: str  # the organisation that one answers for; empty for a colleague
    audience: Audience
    read_along: bool = False  # the partner's people are in the channel

    @property
    def of(self) -> int:
        """How many pages there are."""
        return len(pages(self.evaluation.instrument))

    @property
    def page(self) -> Page:
        """The questions on it."""
        return pages(self.evaluation.instrument)[self.number]


def answer_view(
    t: Translator, this: Round, asked: Asked, sheet: Sheet, above: str = ""
) -> ModalView:
    """One page with the person's own answers so far; below a low one, what it would take."""
    is_last = asked.number + 1 == asked.of
    blocks: list[Block] = [*_heading(t, asked), *_told(above)]
    blocks += _fields(t, asked, sheet)
    if is_last:
        label = t("What should we do more of – or stop doing?")
        blocks.append(_note(t, LAST, label, sheet, asked))
    if asked.number:
        blocks.append(row("evaluation_steps", button(t("Back"), BACK)))
    blocks.append(_hidden(t, this, asked))
    return ModalView(
        plain(_title(t, asked), 24),
        blocks,
        submit=plain(t("Send my answers") if is_last else t("Next")),
        close=plain(t("Close")),
        callback_id=PAGE,
        private_metadata=f"{this.id}:{asked.number}",
    )


def where(note: str) -> tuple[int, int]:
    """Which round, and which page."""
    number, _, page = note.partition(":")
    return int(number), int(page)


def read_page(typed: Typed) -> Sheet:
    """The answers and the notes as they stand on the page; unanswered ones are left out."""
    answers: dict[str, str] = {}
    notes: dict[str, str] = {}
    for block_id, elements in typed.items():
        kind, _, name = block_id.partition(".")
        held = elements.get(block_id, {})
        if kind == CHOICE and (chosen := held.get("selected_option")):
            answers[name] = str(chosen["value"])
        if kind == NOTE:
            notes[name] = str(held.get("value") or "")
    return Sheet(answers, notes)


def unshown(t: Translator) -> Reply:
    """Hers was the last answer that was waited for, and there are too few to show."""
    sentence = t(
        "**Thank you, your answers are in.** Too few of you have answered to show them without"
        " names, so they are shown to nobody. Talk about it instead."
    )
    return Reply(notice(sentence), [rich(sentence, block_id="answer_sent")])


def _title(t: Translator, asked: Asked) -> str:
    if asked.of == 1:
        return t("How is it going?")
    return t("How is it going? {number}/{of}", number=asked.number + 1, of=asked.of)


def _heading(t: Translator, asked: Asked) -> list[Block]:
    other, what = cut(asked.other, NAME), asked.evaluation.subject
    below = about(t, asked.evaluation)
    if asked.own:
        words = t("Questions from {other} to {own}. You answer on behalf of your organisation.")
        told = words.format(other=other, own=cut(asked.own, NAME))
        return [rich("{told}" + below, block_id="evaluation_subject", told=told, what=what)]
    heading = t("**How is it going with {partner}?**") + below
    blocks: list[Block] = [rich(heading, block_id="evaluation_subject", partner=other, what=what)]
    if asked.audience in _HOW_HIDDEN:
        blocks.append(rich(t(_HOW_HIDDEN[asked.audience]), block_id="evaluation_few"))
    return blocks


def _told(above: str) -> list[Block]:
    return [rich(above, block_id="evaluation_above")] if above else []


def _fields(t: Translator, asked: Asked, sheet: Sheet) -> list[Block]:
    """The questions, each theme with its name above."""
    themes = {theme.id: theme.name.in_(t.language) for theme in asked.evaluation.instrument.themes}
    blocks: list[Block] = []
    above = ""
    for question in asked.page:
        if question.theme != above:
            above = question.theme
            name = f"evaluation_theme.{question.id}"
            blocks.append(rich("**{theme}**", block_id=name, theme=themes[above]))
        blocks += _question(t, question, sheet, asked)
    return blocks


def _question(t: Translator, question: Question, sheet: Sheet, form: Asked) -> list[Block]:
    other = cut(form.other, NAME)
    answer = sheet.answers.get(question.id)
    choices = {value: option(t(words), value) for value, words in ANSWERS[question.answers].items()}
    name = f"{CHOICE}.{question.id}"
    chosen = choices.get(answer) if answer else None
    asked = InputBlock(
        plain(addressed(question.text.in_(t.language), other)),
        RadioButtonGroup(name, list(choices.values()), initial_option=chosen),
        hint=plain(addressed(question.why.in_(t.language), other)),
        block_id=name,
        dispatch_action=True,
    )
    if not is_low(question, answer):
        return [asked]
    return [asked, _note(t, question.id, t("What would it take?"), sheet, form)]


def _note(t: Translator, key: str, label: str, sheet: Sheet, asked: Asked) -> Block:
    hint = t("What you write is shown to the library word by word, without your name.")
    if not asked.own:
        hint = t(
            "What you write stands word by word in the thread. Leave out the names of the partner's"
            " people."
        )
    if asked.read_along and not asked.own:
        hint += " " + t("{partner} can read it, too.", partner=cut(asked.other, NAME))
    name = field_of(key)
    written = sheet.notes.get(key, "")[:NOTE_LENGTH]
    field = PlainTextInput(
        name, initial_value=written or None, multiline=True, max_length=NOTE_LENGTH
    )
    return InputBlock(plain(label), field, hint=plain(hint), block_id=name, optional=True)


def _hidden(t: Translator, this: Round, asked: Asked) -> Block:
    how = t("Nobody sees any answer before all are shown at once, without your name.")
    if asked.own:
        how = t(
            "Nobody sees any answer before all are shown at once. Yours are shown as those of"
            " {own}, without your name."
        )
    if asked.audience is Audience.ALONE and not asked.own:
        how = t("Nobody sees any answer before all are shown at once.")
    change = t("Until {deadline} you can change them.")
    values = {"own": cut(asked.own, NAME), "deadline": deadline_of(t, this.deadline)}
    return small(f"{how} {change}".format(**values), "evaluation_hidden")
