"""The first form of a check: a partner or an idea, what it would be, and how thoroughly."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from slackblocks import Block, InputBlock, ModalView, PlainTextInput, RadioButtonGroup

from bot.guard import NOTE_LENGTH
from bot.partner import Hit
from bot.questions import QuestionSet
from bot.text import one_line
from bot.tjek import IDEA_LENGTH, Check, Form
from bot.translation import Translator, mark
from bot.words import FORM
from bot.workspace import Language
from handlers.views.notice import too_long
from handlers.views.partner_pick import pick, picked
from handlers.views.parts import Modal, Typed, button, option, plain, rich, row
from handlers.views.tjek import DISCARD, RESUME, delete_button, heading_of
from handlers.views.tjek_ask import start_button

START = "tjek_start"  # callback id

IDEA = "idea"  # block and action ids
FORM_OF_IT = "form"
LENGTH = "length"
WHOLE, SHORT = "whole", "short"  # the options of LENGTH

MEANING = {
    Form.COLLABORATION: mark("an activity or two together"),
    Form.PARTNERSHIP: mark("again and again, in a larger frame"),
    Form.SPONSORSHIP: mark("money for something; fits the check only in part"),
    Form.PURCHASE: mark("we pay for a service; the rules of purchasing apply"),
}


@dataclass(frozen=True)
class Start:
    """What the form is opened with."""

    partner: Hit | None = None
    idea: str = ""
    form: Form = Form.COLLABORATION
    short: bool = False
    check_id: int = 0  # the check that is gone back in; 0 for a new one


@dataclass(frozen=True)
class Wanted:
    """What the first form says."""

    partner_id: int | None
    idea: str
    form: Form
    short: bool


def start_view(
    t: Translator,
    asked: QuestionSet,
    start: Start,
    draft: Check | None = None,
    told: Sequence[Block] = (),
) -> ModalView:
    """Who and what, with an older draft to go on with, and what is `told` about the partner."""
    whole, short = len(asked.questions), len(asked.short)
    if start != Start() or draft:
        return _view(t, whole, short, start, draft, told)
    return _empty(t.language, whole, short)


@cache  # nearly everybody begins with it, and building it takes 0.7 ms
def _empty(language: Language, whole: int, short: int) -> ModalView:
    return _view(Translator(language), whole, short, Start(), None, ())


def _view(
    t: Translator,
    whole: int,
    short: int,
    start: Start,
    draft: Check | None,
    told: Sequence[Block],
) -> ModalView:
    return Modal(
        plain(t("Check · Who and what?")),
        [
            *(_draft(t, draft) if draft else []),
            pick(t, start.partner, optional=True),
            *told,
            *_idea(t, start.idea),
            _form(t, start.form),
            _length(t, whole, short, chosen=SHORT if start.short else WHOLE),
            row("tjek_start_ask", start_button(t)),
        ],
        submit=plain(t("Next")),
        close=plain(t("Close") if start.check_id else t("Cancel")),
        callback_id=START,
        private_metadata=f"{start.check_id}:{start.partner.id if start.partner else 0}",
    )


def where(note: str) -> tuple[int, int]:
    """The check that is gone back in and the partner that was told about; 0 for none.

    A form that was open from before an update has neither.
    """
    check_id, _, partner_id = note.partition(":")
    return int(check_id or 0), int(partner_id or 0)


def read_start(typed: Typed) -> Wanted:
    """The first form, as filled in."""
    return Wanted(
        picked(typed),
        str(typed[IDEA][IDEA].get("value") or ""),
        Form(typed[FORM_OF_IT][FORM_OF_IT]["selected_option"]["value"]),
        typed[LENGTH][LENGTH]["selected_option"]["value"] == SHORT,
    )


def _idea(t: Translator, idea: str) -> list[Block]:
    # What is too long stands there to be shortened, as far as a field of Slack's holds it.
    shown = idea[:NOTE_LENGTH]
    field = InputBlock(
        plain(t("Describe the idea in one line")),
        PlainTextInput(
            IDEA,
            initial_value=shown or None,
            max_length=max(IDEA_LENGTH, len(shown)),
            multiline=len(shown) > IDEA_LENGTH,
        ),
        hint=plain(t("A new idea without a partner in the register: name and idea go here.")),
        block_id=IDEA,
        optional=True,
    )
    return [*too_long(t, one_line(idea), IDEA_LENGTH), field]


def _form(t: Translator, chosen: Form) -> Block:
    forms = {form: option(t(FORM[form]), form, t(MEANING[form])) for form in Form}
    return InputBlock(
        plain(t("What would it be?")),
        RadioButtonGroup(FORM_OF_IT, list(forms.values()), initial_option=forms[chosen]),
        block_id=FORM_OF_IT,
    )


def _length(t: Translator, whole: int, short: int, *, chosen: str) -> Block:
    lengths = {
        WHOLE: option(
            t("The whole check"),
            WHOLE,
            t("{number} questions, about three minutes", number=whole),
        ),
        SHORT: option(
            t("The short check"),
            SHORT,
            t("{number} questions, one minute; you can go on after", number=short),
        ),
    }
    return InputBlock(
        plain(t("How thoroughly?")),
        RadioButtonGroup(LENGTH, list(lengths.values()), initial_option=lengths[chosen]),
        block_id=LENGTH,
    )


def _draft(t: Translator, draft: Check) -> list[Block]:
    return [
        rich(
            t("On {day} you began a check of **{subject}**."),
            block_id="tjek_draft",
            subject=heading_of(draft),
            day=t.long_day(draft.started_at),
        ),
        row(
            "tjek_draft_buttons",
            button(t("Continue"), RESUME, str(draft.id), primary=True),
            delete_button(t, draft, DISCARD),
        ),
    ]
