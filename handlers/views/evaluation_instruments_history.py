"""Who has changed what in the instruments, with a way back from each change."""

from collections.abc import Sequence

from slackblocks import Block, ModalView

from bot.evaluation_instruments import PART, PART_OF_ITSELF, Put
from bot.translation import Translator, mark
from handlers.views import questions_history
from handlers.views.evaluation_instruments import BACK, HISTORY, shown
from handlers.views.questions_history import Of, Told
from handlers.views.tjek_questions_history import TURNED

TAKE_BACK = "evaluation_instruments_take_back"

# An instrument that was switched on, off.
_USED = (mark("It is used again"), mark("It is not used any more"))


def history_view(t: Translator, told: Told[Put], above: Sequence[Block] = ()) -> ModalView:
    """A page of the changes."""
    of = Of[Put](
        BACK,
        HISTORY,
        TAKE_BACK,
        lambda put: put.text_da,
        lambda put: _added(t, put),
        lambda before, after, name: _part(t, before, after, name),
    )
    return questions_history.history_view(t, of, told, above)


def _added(t: Translator, put: Put) -> str:
    if put.is_question:
        return t("Added the question “{words}”", words=put.text_da)
    return t("Added the questionnaire “{words}”", words=put.text_da)


def _part(t: Translator, before: Put, after: Put, name: str) -> str:
    if name == "on":
        on, off = TURNED["on"] if after.is_question else _USED
        return t(on if after.on else off)
    labels = PART if after.is_question else PART_OF_ITSELF
    return t(
        "{part}: {after} (before: {before})",
        part=t(labels[name]),
        before=shown(t, before, name),
        after=shown(t, after, name),
    )
