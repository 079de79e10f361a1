"""The result of a check that several have answered, as a modal for whoever opens it."""

from slackblocks import Block, ModalView

from bot.round import Round
from bot.tjek import Check, Decision
from bot.tjek_again import Again
from bot.tjek_parts import parts
from bot.tjek_round import Outcome
from bot.translation import Translator
from handlers.views import tjek_reveal as reveal
from handlers.views.parts import Person, button, plain, rich, row, small
from handlers.views.tjek_again import again_lines
from handlers.views.tjek_decide import decision_line
from handlers.views.tjek_letter import begin_button
from handlers.views.tjek_voices import Names


def result_view(
    t: Translator,
    check: Check,
    this: Round,
    outcome: Outcome,
    names: Names,
    *,
    leads: bool,
    again: Again | None = None,
    step: str = "",
) -> ModalView:
    """What was answered and what was decided; who `leads` the round can still decide."""
    blocks: list[Block] = []
    if outcome.answered:
        blocks += reveal.heading(t, check, this, outcome)
        blocks += reveal.lead(t, this, outcome, parts(outcome)[0], names)
        blocks += again_lines(t, again) if again else []
        blocks.append(small(t("All answers are in the thread."), "result_thread"))
    else:
        blocks += reveal.nobody(t, check, this, (this.called_by,)).blocks[:1]
    blocks += _end(t, check, this, step, leads=leads)
    return ModalView(
        plain(t("Check · The result")), blocks, close=plain(t("Close")), callback_id="tjek_together"
    )


def _end(t: Translator, check: Check, this: Round, step: str, *, leads: bool) -> list[Block]:
    if check.decision is None:
        write = button(t("Write the decision"), reveal.DECIDE, str(this.id), primary=True)
        return [row("reveal_buttons", write)] if leads else []
    said = rich(
        t("Decided by {who} on {day}."),
        block_id="result_decided_by",
        who=Person(check.decided_by or this.called_by),
        day=t.long_day(check.decided_at or this.opened_at),
    )
    blocks: list[Block] = [decision_line(t, check, step), said]
    if not leads:
        return blocks
    letter = [begin_button(t, check.id)] if check.decision is Decision.KINDLY_NO else []
    return [*blocks, row("result_letter", *letter, reveal.correct_button(t, this))]
