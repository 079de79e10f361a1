"""After a step through the circle: where they are now, and what one may do next."""

from dataclasses import dataclass

from slackblocks import Block, InputBlock, ModalView, PlainTextInput

from bot.circle import Level, Move
from bot.circle_words import NOW_ENDED, NOW_IN, NOW_OUT, moved
from bot.guard import NOTE_LENGTH
from bot.partner import Partner
from bot.text import capital
from bot.translation import Translator
from handlers.views.circle import NAME, Whom
from handlers.views.circle_story import ACTIVITIES_TOLD, card_button
from handlers.views.circle_way import why_of
from handlers.views.partner import SHOW
from handlers.views.parts import (
    Person,
    Reply,
    Typed,
    button,
    cut,
    notice,
    plain,
    rich,
    row,
    small,
)

LEARNED = "circle_learned"  # callback id
FIELD = "learned"  # block and action id
THANKS = "circle_thanks"  # block and action id, and the callback id of the form around it


@dataclass(frozen=True)
class Taken:
    """A step that was taken, and whether the responsible will be told of it."""

    partner: Partner
    move: Move
    told: bool = False
    over: tuple[str, ...] = ()  # what ended with it


def moved_view(t: Translator, taken: Taken, whom: Whom, said: str = "") -> ModalView:
    """It is done; back in the network there is room for what worked.

    `said`: what follows from it, which may name {whom}.
    """
    partner, move = taken.partner, taken.move
    inwards = NOW_IN if move.inwards else NOW_OUT
    blocks: list[Block] = [
        rich(t(inwards[move.to_level]), block_id="moved", name=cut(partner.name, NAME))
    ]
    blocks += [rich(said, block_id="moved_said", whom=whom.words(t))] if said else []
    blocks += [*_over(t, taken), *_responsible(t, taken, whom)]
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


def ended_view(t: Translator, taken: Taken, whom: Whom, signed: str, greets: str = "") -> ModalView:
    """It is ended, and a letter of thanks is ready to be copied; `greets`: the day of the hello."""
    partner, move = taken.partner, taken.move
    friend = t("From now on it is “old friend of the house” on the card.")
    sentence = f"{t(NOW_ENDED[move.from_level])} {friend}"
    if greets:
        sentence += "\n" + t("On {day} I remind {whom} to say hello.")
    return ModalView(
        plain(t("Parted on good terms")),
        [
            rich(
                sentence,
                block_id="ended",
                name=cut(partner.name, NAME),
                day=capital(greets),
                whom=whom.words(t),
            ),
            *_over(t, taken),
            *_responsible(t, taken, whom),
            InputBlock(
                plain(t("A letter of thanks")),
                PlainTextInput(
                    THANKS,
                    initial_value=_letter(t, signed),
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


def told(t: Translator, partner: Partner, move: Move) -> Reply:
    """To the responsible, when a colleague has moved her partner."""
    why = why_of(t, move)
    sentence = t("{who} has moved **{name}** {way}")
    short = t("A colleague has moved {name} {way}.")
    if move.ends:
        sentence = t("{who} has parted on good terms with **{name}**")
        short = t("A colleague has parted on good terms with {name}.")
    values = {"name": cut(partner.name, NAME), "way": t(moved(move)), "why": why}
    reason = t(
        "You hear of it when a colleague moves somebody you are responsible for. If somebody else"
        " is responsible now, change it on the card."
    )
    return Reply(
        notice(short, **values),
        [
            rich(
                sentence + (": {why}." if why else "."),
                block_id="circle_told",
                who=Person(move.by),
                **values,
            ),
            small(reason, "circle_told_why"),
            row("circle_told_card", button(t("Show the card"), SHOW, str(partner.id))),
        ],
    )


def _letter(t: Translator, signed: str) -> str:
    letter = t(
        "Dear …\n\n"
        "Thank you for what we have done together. We have enjoyed it, and we take a lot with us."
        "\n\n"
        "What we had together ends here, but the door is open. Write or drop in whenever you like,"
        " and tell us how you are getting on.\n\n"
        "Kind regards"
    )
    return f"{letter}\n{signed}" if signed else letter


def _over(t: Translator, taken: Taken) -> list[Block]:
    if not taken.over:
        return []
    what = t.list(cut(one, NAME).rstrip(".") for one in taken.over[:ACTIVITIES_TOLD])
    return [rich(t("This stands as over now: {what}."), block_id="moved_over", what=what)]


def _responsible(t: Translator, taken: Taken, whom: Whom) -> list[Block]:
    responsible = taken.partner.responsible
    values = {"who": Person(responsible or ""), "whom": whom.words(t)}
    if not responsible:
        sentence = t(
            "Nobody is responsible for them, so I ask {whom} when there is something to decide."
        )
    elif responsible not in whom.users:
        sentence = t(
            "{who} is responsible, but is no longer in Slack, so I ask {whom} when there is"
            " something to decide."
        )
    elif taken.told:
        sentence = t("{who} is responsible and gets a message from me.")
    elif responsible != taken.move.by:
        sentence = t("{who} is responsible. I do not write to them, so tell them yourself.")
    else:
        sentence = t("You are responsible.")
    return [rich(sentence, block_id="moved_responsible", **values)]


def _learned(t: Translator) -> InputBlock:
    return InputBlock(
        plain(t("Would you like to keep a line about what worked?")),
        PlainTextInput(FIELD, max_length=NOTE_LENGTH),
        block_id=FIELD,
    )
