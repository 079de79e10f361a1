"""Seeing a partner's place otherwise than the dialogue does, and passing over a ring."""

from slackblocks import InputBlock, ModalView, RadioButtonGroup

from bot.circle import Level
from bot.partner import Partner
from bot.translation import Translator, mark
from handlers.views.circle import NAME, About
from handlers.views.circle_ask import TITLES, chosen, form, read_reason, reason_input
from handlers.views.parts import Typed, button, cut, option, plain, rich, row

JUDGED = "circle_judged"  # callback ids
LEAPT = "circle_leapt"
COLLABORATE = "circle_collaborate"

TO_LEVEL = "to_level"  # block and action id

PLACES = {
    Level.NETWORK: mark("They are in our network"),
    Level.COLLABORATION: mark("We collaborate"),
    Level.PARTNERSHIP: mark("We have a partnership"),
}


def judge_view(t: Translator, partner: Partner, here: About) -> ModalView:
    """What do you call it, and why?"""
    options = [option(t(PLACES[level]), level) for level in Level if level is not partner.level]
    blocks = [
        rich(
            t("You know them better than I do. What you write here is shown on the card."),
            block_id="circle_judge",
        ),
        InputBlock(
            plain(t("What do you call it?")), RadioButtonGroup(TO_LEVEL, options), block_id=TO_LEVEL
        ),
        reason_input(t("And why? One line."), optional=False),
    ]
    return form(t, t("I see it differently"), blocks, JUDGED, str(here), t("Move them"))


def read_judged(typed: Typed) -> tuple[Level, str]:
    """The place that a colleague chose, and why."""
    return Level(chosen(typed, TO_LEVEL)), read_reason(typed)


def leap_view(t: Translator, partner: Partner, here: About, reason: str) -> ModalView:
    """The question before a ring is passed over."""
    sentence = t(
        "You skip the collaboration. It happens, but as a rule there is an activity first."
        " Is there one that you repeat?"
    )
    blocks = [
        rich(sentence, block_id="circle_leap", name=cut(partner.name, NAME)),
        reason_input(t("And why? One line."), reason, optional=False),
        row("circle_ways", button(t("Then it is a collaboration"), COLLABORATE, str(here))),
    ]
    return form(t, t(TITLES[Level.COLLABORATION]), blocks, LEAPT, str(here), t("Yes, go on"))
