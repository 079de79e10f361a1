"""Does it still make sense as it is? Three ways to answer, of which none is the right one."""

from datetime import date

from slackblocks import Block, InputBlock, ModalView, PlainTextInput

from bot.evaluation_sense import REASON_LENGTH, Answer, Why
from bot.partner import Partner
from bot.translation import Translator, mark
from handlers.views.evaluation_result import result_button
from handlers.views.partner import SHOW
from handlers.views.parts import Person, Reply, Typed, button, cut, notice, plain, rich, row, small

TALK = "evaluation_sense_talk"
MOVE = "evaluation_sense_move"
FINE = "evaluation_sense_fine"
SUBMIT = "evaluation_sense_reason"  # callback id
REASON = "reason"  # block and action id

NAME = 200  # characters

_WHY = {
    Why.TWICE: mark("The results for **{name}** have been low twice running."),
    Why.NO_PURPOSE: mark(
        "The results for **{name}** are low this time, and the card does not say what you want"
        " with it."
    ),
}
_NO_GOAL = mark(
    "The results for **{name}** are low this time, and the card carries none of the library's"
    " goals."
)
_ASKS = mark("Does it still make sense as it is?")
_ANSWERED = {
    Answer.TALK: mark("**Noted:** there will be a talk about {name}."),
    Answer.MOVE: mark("**Noted:** {name} has been moved in the circle."),
    Answer.FINE: mark("**Noted:** it is all right as it is with {name}."),
}


def message(evaluation_id: int) -> str:
    """By which a form finds the way back to the message that asks."""
    return f"evaluation_sense.{evaluation_id}"


def asked(t: Translator, partner: Partner, why: Why, evaluation_id: int) -> Reply:
    """To the responsible and the coordinators, each by herself."""
    number = str(evaluation_id)
    name = cut(partner.name, NAME)
    # A card that says what it is for is tied to none of the library's own goals.
    low = _NO_GOAL if why is Why.NO_PURPOSE and partner.purposes else _WHY[why]
    sentence = f"{t(low)} {t(_ASKS)}"
    private = t(
        "Only the one who is responsible and the coordinators are asked, once after an evaluation."
    )
    return Reply(
        notice(sentence, name=name),
        [
            rich(sentence, block_id="sense", name=name),
            row(
                "sense_ways",
                button(t("Have a talk"), TALK, number),
                button(t("Move in the circle"), MOVE, number),
                button(t("It is all right, because …"), FINE, number),
                result_button(t, evaluation_id, "sense"),
            ),
            small(private, "sense_private"),
        ],
    )


def reason_view(t: Translator, partner: Partner, evaluation_id: int) -> ModalView:
    """Because of what?"""
    return ModalView(
        plain(t("It is all right")),
        [
            InputBlock(
                plain(t("Why is it all right as it is with {name}?", name=cut(partner.name, NAME))),
                PlainTextInput(REASON, max_length=REASON_LENGTH),
                hint=plain(t("One line that the next colleague understands.")),
                block_id=REASON,
            )
        ],
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=str(evaluation_id),
    )


def read_reason(typed: Typed) -> str:
    """What was written."""
    return str(typed[REASON][REASON].get("value") or "")


def answered(
    t: Translator, partner: Partner, answer: Answer, *, step_on: date | None = None, by: str = ""
) -> Reply:
    """What is kept; `step_on`: the day of the card's next step, where that is the talk now.

    `by`: a colleague who was faster.
    """
    name = cut(partner.name, NAME)
    said = t(_ANSWERED[answer])
    blocks: list[Block] = [rich(said, block_id="sense_answered", name=name)]
    if by:
        blocks.append(rich(t("{who} has answered."), block_id="sense_by", who=Person(by)))
    if answer is Answer.TALK and not by:
        follows = t("It is the next step on the card: {day}.")
        if step_on is None:
            follows = t("The card has a next step already, so choose yourself when it fits in.")
        day = t.long_day(step_on) if step_on else ""
        blocks.append(rich(follows, block_id="sense_step", day=day))
    blocks.append(row("sense_card", button(t("Show"), f"{SHOW}.sense", str(partner.id))))
    return Reply(notice(said, name=name), blocks)
