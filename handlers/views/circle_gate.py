"""The six criteria: one page to answer them, one with the result and room for notes."""

from collections.abc import Mapping
from datetime import date

from slackblocks import InputBlock, ModalView, PlainTextInput, RadioButtonGroup

from bot.circle_gate import Answer, Criterion, Gate, Standing, result
from bot.circle_words import ASKED, CRITERION, STANDING
from bot.guard import NOTE_LENGTH
from bot.partner import Partner
from bot.text import capital
from bot.translation import Translator
from handlers.views.circle import NAME, About, finding
from handlers.views.parts import Typed, cut, option, plain, rich

ANSWERED = "circle_gate_answered"  # callback ids
NOTED = "circle_gate_noted"


def gate_view(t: Translator, partner: Partner, here: About, former: Gate | None) -> ModalView:
    """The questions, holding what was answered last."""
    sentence = t("**{name}:** what is in place, and what do you still need to talk about?")
    return ModalView(
        plain(t("The six criteria")),
        [
            rich(sentence, block_id="gate_above", name=cut(partner.name, NAME)),
            *(_question(t, one, former) for one in Criterion),
        ],
        submit=plain(t("See where you are")),
        close=plain(t("Cancel")),
        callback_id=ANSWERED,
        private_metadata=str(here),
    )


def read_answers(typed: Typed) -> dict[Criterion, Standing]:
    """How far each has come."""
    chosen = {one: typed.get(one, {}).get(one, {}).get("selected_option") for one in Criterion}
    return {one: Standing(picked["value"]) for one, picked in chosen.items() if picked}


def notes_view(t: Translator, gate: Gate, here: About, today: date) -> ModalView:
    """Where you are, and a line to each; what is missing stands first."""
    laid_out = result(gate)
    order = (*laid_out.missing, *laid_out.unknown, *laid_out.met)
    return ModalView(
        plain(t("The six criteria")),
        [
            finding(t, gate, today, "gate_finding"),
            rich(
                t("It is saved. Add a line where it helps the next person who talks with them."),
                block_id="gate_saved",
            ),
            *(_note(t, one, gate.answers.get(one, Answer())) for one in order),
        ],
        submit=plain(t("Save the notes")),
        close=plain(t("No thanks")),
        callback_id=NOTED,
        private_metadata=str(here),
    )


def read_notes(typed: Typed) -> Mapping[Criterion, str]:
    """What was written to each."""
    return {one: str(typed[one][one].get("value") or "") for one in Criterion if one.value in typed}


def _question(t: Translator, one: Criterion, former: Gate | None) -> InputBlock:
    choices = {standing: option(t(STANDING[standing]), standing) for standing in Standing}
    # Unknown until somebody knows: nobody is made to choose, and nothing is taken for granted.
    before = former.answers.get(one, Answer()) if former else Answer()
    return InputBlock(
        plain(t(ASKED[one])),
        RadioButtonGroup(one, list(choices.values()), initial_option=choices[before.standing]),
        block_id=one,
    )


def _note(t: Translator, one: Criterion, answer: Answer) -> InputBlock:
    label = f"{capital(t(CRITERION[one]))} ({t(STANDING[answer.standing]).lower()})"
    return InputBlock(
        plain(label),
        PlainTextInput(
            one, initial_value=answer.note[:NOTE_LENGTH] or None, max_length=NOTE_LENGTH
        ),
        block_id=one,
        optional=True,
    )
