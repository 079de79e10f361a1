"""Who has changed what in the questions of the check."""

from collections.abc import Sequence

from slackblocks import Block, ModalView

from bot.tjek_questions import PART, SWITCHES, Put
from bot.translation import Translator, mark
from handlers.views import questions_history
from handlers.views.questions_history import Of, Told
from handlers.views.tjek_questions import BACK, HISTORY, shown

TAKE_BACK = "tjek_questions_take_back"

# A switch that was turned: on, off.
TURNED = {
    "on": (mark("It is asked again"), mark("It is not asked any more")),
    "stop": (mark("A no became a hard stop"), mark("A no is no hard stop any more")),
    "short_check": (
        mark("It came into the short check"),
        mark("It is not in the short check any more"),
    ),
}


def history_view(t: Translator, told: Told[Put], above: Sequence[Block] = ()) -> ModalView:
    """A page of the changes."""
    of = Of[Put](
        BACK,
        HISTORY,
        TAKE_BACK,
        lambda put: put.short_da,
        lambda put: t("Added the question “{words}”", words=put.text_da),
        lambda before, after, name: _part(t, before, after, name),
    )
    return questions_history.history_view(t, of, told, above)


def _part(t: Translator, before: Put, after: Put, name: str) -> str:
    if name in SWITCHES:
        on, off = TURNED[name]
        return t(on if getattr(after, name) else off)
    return t(
        "{part}: {after} (before: {before})",
        part=t(PART[name]),
        before=shown(t, before, name),
        after=shown(t, after, name),
    )
