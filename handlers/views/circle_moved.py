"""After a step through the circle: where they are now, and what one may do next."""

from slackblocks import Block, InputBlock, ModalView, PlainTextInput

from bot.circle import Level, Move
from bot.circle_words import NOW_ENDED, NOW_IN, NOW_OUT
from bot.guard import NOTE_LENGTH
from bot.partner import Partner
from bot.translation import Translator
from handlers.views.circle import NAME
from handlers.views.circle_story import card_button
from handlers.views.parts import Person, Typed, cut, plain, rich

LEARNED = "circle_learned"  # callback id
FIELD = "learned"  # block and action id
THANKS = "circle_thanks"  # block and action id, and the callback id of the form around it


def moved_view(t: Translator, partner: Partner, move: Move, said: str = "") -> ModalView:
    """It is done; back in the network there is room for what worked."""
    inwards = NOW_IN if move.inwards else NOW_OUT
    blocks: list[Block] = [
        rich(t(inwards[move.to_level]), block_id="moved", name=cut(partner.name, NAME))
    ]
    blocks += [rich(said, block_id="moved_said")] if said else []
    blocks += _responsible(t, partner)
    learns = move.to_level is Level.NETWORK
    if learns:
        blocks.append(_learned(t))
    return ModalView(
        plain(t("Moved")),
        [*blocks, *card_button(t, partner.id, six=move.to_level is Level.PARTNERSHIP)],
        submit=plain(t("Save the line")) if learns else None,
        close=plain(t("No thanks") if learns else t("Close")),
        callback_id=LEARNED if learns else "circle_moved",
        private_metadata=str(move.id),
    )


def read_learned(typed: Typed) -> str:
    """What worked."""
    return str(typed[FIELD][FIELD].get("value") or "")


def ended_view(t: Translator, partner: Partner, move: Move, sender: str, house: str) -> ModalView:
    """It is ended, and a letter of thanks is ready to be copied."""
    sentence = t(NOW_ENDED[move.from_level]) + " " + t("They are old friends of the house now.")
    return ModalView(
        plain(t("Ended nicely")),
        [
            rich(sentence, block_id="ended", name=cut(partner.name, NAME)),
            InputBlock(
                plain(t("A letter of thanks")),
                PlainTextInput(
                    THANKS,
                    initial_value=_letter(t, sender, house),
                    multiline=True,
                    max_length=NOTE_LENGTH,
                ),
                hint=plain(
                    t("Change it so that it sounds like you. Copy it and send it yourself.")
                ),
                block_id=THANKS,
                optional=True,
            ),
            *card_button(t, partner.id),
        ],
        submit=plain(t("Done")),
        close=plain(t("Close")),
        callback_id=THANKS,
    )


def _letter(t: Translator, sender: str, house: str) -> str:
    letter = t(
        "Dear …\n\n"
        "Thank you for what we have made together. We have been glad of it, and we take a lot of it"
        " with us.\n\n"
        "What we had together stops here, but the door is open. Write or drop in when you feel like"
        " it, and tell us how you are getting on.\n\n"
        "Kind regards"
    )
    signed = ", ".join(filter(None, (sender, house)))
    return f"{letter}\n{signed}" if signed else letter


def _responsible(t: Translator, partner: Partner) -> list[Block]:
    if not partner.responsible:
        return [
            rich(
                t("Nobody is responsible for them, so everybody who knows them is asked later on."),
                block_id="moved_nobody",
            )
        ]
    return [
        rich(
            t("Responsible: {who}."),
            block_id="moved_responsible",
            who=Person(partner.responsible),
        )
    ]


def _learned(t: Translator) -> InputBlock:
    return InputBlock(
        plain(t("Will you keep a line about what worked?")),
        PlainTextInput(FIELD, max_length=NOTE_LENGTH),
        block_id=FIELD,
    )
