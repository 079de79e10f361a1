"""Ending nicely: what we take along, who hears of it, and whether to say hello in a year."""

from dataclasses import dataclass

from slackblocks import InputBlock, ModalView, PlainTextInput, RadioButtonGroup

from bot.guard import NOTE_LENGTH
from bot.partner import Partner
from bot.translation import Translator
from handlers.views.circle import NAME, About, standing
from handlers.views.parts import Typed, cut, option, plain, rich

ENDED = "circle_ended"  # callback id

REASON, LEARNED, TOLD, HELLO = "reason", "learned", "told", "hello"  # block and action ids

_YES, _NO = "yes", "no"


@dataclass(frozen=True)
class Farewell:
    """What the form holds."""

    reason: str
    learned: str
    told: str
    hello: bool


def end_view(t: Translator, partner: Partner, here: About) -> ModalView:
    """Ending is part of working with partners, too."""
    sentence = t(standing(partner)) + "\n" + t("Ending is part of working with partners, too.")
    greet = [option(t("Yes, remind us"), _YES), option(t("No thanks"), _NO)]
    return ModalView(
        plain(t("Part on good terms")),
        [
            rich(sentence, block_id="end_above", name=cut(partner.name, NAME)),
            _line(t("Why does it end?"), REASON),
            _line(t("What do we take with us?"), LEARNED),
            _line(t("Who needs to know, and who tells them?"), TOLD),
            InputBlock(
                plain(t("Shall we say hello in a year?")),
                RadioButtonGroup(HELLO, greet, initial_option=greet[0]),
                block_id=HELLO,
            ),
        ],
        submit=plain(t("Part on good terms")),
        close=plain(t("Cancel")),
        callback_id=ENDED,
        private_metadata=str(here),
    )


def read_farewell(typed: Typed) -> Farewell:
    """What was written."""
    return Farewell(
        _written(typed, REASON),
        _written(typed, LEARNED),
        _written(typed, TOLD),
        typed[HELLO][HELLO]["selected_option"]["value"] == _YES,
    )


def _written(typed: Typed, name: str) -> str:
    return str(typed[name][name].get("value") or "")


def _line(label: str, name: str) -> InputBlock:
    element = PlainTextInput(name, max_length=NOTE_LENGTH)
    return InputBlock(plain(label), element, block_id=name, optional=True)
