"""On a card that two were made into: that it was so, and the way back while there is one."""

from datetime import date

from slackblocks import Block

from bot.duplicate_merge import Merged
from bot.translation import Translator
from handlers.views.parts import Person, button, confirm, cut, rich, row

UNDO = "duplicate_undo"

NAME = 150  # characters of a name in a sentence


def lines(t: Translator, merged: Merged, today: date) -> list[Block]:
    """With whom, when, by whom, and the button."""
    sentence = t("Made one with **{name}** {day} by {who}.")
    sure = confirm(
        t("Two cards again?"),
        t("Both become as they were. What was noted since stays on this card."),
        t("Take them apart"),
        t("Keep one card"),
    )
    return [
        rich(
            sentence,
            block_id="card_merged",
            name=cut(merged.gone_name, NAME),
            day=t.long_day(merged.at, today),
            who=Person(merged.by),
        ),
        row("card_undo_merge", button(t("Undo"), UNDO, str(merged.id), confirm=sure)),
    ]
