"""What is seen differently than the last time the same partner was checked."""

from slackblocks import Block

from bot.tjek_again import Again, Apart, View
from bot.translation import Translator
from bot.words import ANSWER
from handlers.views.parts import rich

SHOWN = 4  # questions; who sees more differently reads the whole anyway


def again_lines(t: Translator, again: Again) -> list[Block]:
    """One line: what was answered then, and what now."""
    day = t.day(again.former.finished_at or again.former.started_at)
    if not again.changed:
        sentence = t("**Since last time ({day}):** nothing is seen differently.")
        return [rich(sentence, block_id="again", day=day)]
    said = [
        t(
            "{question} from {before} to {now}",
            question=one.question.short.in_(t.language),
            before=_seen(t, one.before),
            now=_seen(t, one.now),
        )
        for one in again.changed[:SHOWN]
    ]
    more = len(again.changed) - len(said)
    if more:
        said.append(t("{number} more", number=t.number(more)))
    sentence = t("**Since last time ({day}):** {changes}.")
    return [rich(sentence, block_id="again", day=day, changes=t.list(said))]


def _seen(t: Translator, view: View) -> str:
    return t("disagreement") if isinstance(view, Apart) else t(ANSWER[view]).lower()
