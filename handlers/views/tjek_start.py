"""The first form of a check: a partner or an idea, what it would be, and how thoroughly."""

from dataclasses import dataclass
from functools import cache

from slackblocks import Block, InputBlock, ModalView, PlainTextInput, RadioButtonGroup

from bot.partner import Hit
from bot.questions import QuestionSet
from bot.tjek import IDEA_LENGTH, Check, Form
from bot.translation import Translator, mark
from bot.words import FORM
from bot.workspace import Language
from handlers.views.partner_pick import pick, picked
from handlers.views.parts import Modal, Typed, button, confirm, option, plain, rich, row
from handlers.views.tjek import DISCARD, RESUME, heading_of

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
class Wanted:
    """What the first form says."""

    partner_id: int | None
    idea: str
    form: Form
    short: bool


def start_view(
    t: Translator,
    asked: QuestionSet,
    partner: Hit | None,
    draft: Check | None = None,
    idea: str = "",
) -> ModalView:
    """Who and what: a partner of the register or a new idea, and what it would be."""
    whole, short = len(asked.questions), len(asked.short)
    if partner or draft or idea:
        return _view(t, whole, short, partner, draft, idea)
    return _empty(t.language, whole, short)


@cache  # nearly everybody begins with it, and building it takes 0.7 ms
def _empty(language: Language, whole: int, short: int) -> ModalView:
    return _view(Translator(language), whole, short, None, None, "")


def _view(
    t: Translator, whole: int, short: int, partner: Hit | None, draft: Check | None, idea: str
) -> ModalView:
    blocks: list[Block] = _draft(t, draft) if draft else []
    lengths = [
        option(
            t("The whole check"),
            WHOLE,
            t("{number} questions, about three minutes", number=whole),
        ),
        option(
            t("The short check"),
            SHORT,
            t("{number} questions, one minute; you can go on after", number=short),
        ),
    ]
    forms = [option(t(FORM[form]), form, t(MEANING[form])) for form in Form]
    blocks += [
        pick(t, partner, optional=True),
        InputBlock(
            plain(t("Describe the idea in one line")),
            PlainTextInput(IDEA, initial_value=idea[:IDEA_LENGTH] or None, max_length=IDEA_LENGTH),
            hint=plain(t("A new idea without a partner in the register: name and idea go here.")),
            block_id=IDEA,
            optional=True,
        ),
        InputBlock(
            plain(t("What would it be?")),
            RadioButtonGroup(FORM_OF_IT, forms, initial_option=forms[0]),
            block_id=FORM_OF_IT,
        ),
        InputBlock(
            plain(t("How thoroughly?")),
            RadioButtonGroup(LENGTH, lengths, initial_option=lengths[0]),
            block_id=LENGTH,
        ),
    ]
    return Modal(
        plain(t("Check · Who and what?")),
        blocks,
        submit=plain(t("Next")),
        close=plain(t("Cancel")),
        callback_id=START,
    )


def read_start(typed: Typed) -> Wanted:
    """The first form, as filled in."""
    return Wanted(
        picked(typed),
        str(typed[IDEA][IDEA].get("value") or ""),
        Form(typed[FORM_OF_IT][FORM_OF_IT]["selected_option"]["value"]),
        typed[LENGTH][LENGTH]["selected_option"]["value"] == SHORT,
    )


def _draft(t: Translator, draft: Check) -> list[Block]:
    return [
        rich(
            t("You began a check of **{subject}** on {day}."),
            block_id="tjek_draft",
            subject=heading_of(draft),
            day=t.long_day(draft.started_at),
        ),
        row(
            "tjek_draft_buttons",
            button(t("Go on with it"), RESUME, str(draft.id), primary=True),
            button(
                t("Delete the draft"),
                DISCARD,
                str(draft.id),
                confirm=confirm(
                    t("Delete the draft?"),
                    t("The answers given so far are deleted."),
                    t("Delete"),
                    t("Keep"),
                ),
            ),
        ),
    ]
