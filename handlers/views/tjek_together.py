"""The result of a check that several have answered, as a modal for whoever opens it."""

from slackblocks import Block, ModalView

from bot.round import Round
from bot.tjek import Check, Decision
from bot.tjek_again import Again
from bot.tjek_parts import Part, at_once, crowded, parts
from bot.tjek_round import Outcome
from bot.tjek_told import Told
from bot.translation import Translator
from handlers.views import tjek_reveal as reveal
from handlers.views.parts import Person, button, plain, rich, row, small
from handlers.views.tjek_again import again_lines
from handlers.views.tjek_decided import decision_line
from handlers.views.tjek_letter import begin_button
from handlers.views.tjek_voices import Names, rest


def result_view(
    t: Translator,
    check: Check,
    this: Round,
    outcome: Outcome,
    names: Names,
    *,
    leads: bool,
    again: Again | None = None,
    told: Told | None = None,
    in_thread: bool = True,
) -> ModalView:
    """What was answered and what was decided; who `leads` the round can still decide.

    Everybody's answers stand here where they could not be shown `in_thread`.
    """
    blocks: list[Block] = []
    if outcome.answered:
        blocks += reveal.heading(t, check, this, outcome)
        part = parts(outcome)[0] if in_thread else at_once(outcome)
        blocks += reveal.lead(t, this, outcome, part, names)
        blocks += again_lines(t, again) if again else []
        blocks += _rest(t, outcome, names, in_thread=in_thread)
    else:
        blocks += reveal.nobody(t, check, this, (this.called_by,)).blocks[:1]
    decided = decision_line(t, check, told or Told(), names) if check.decision else None
    blocks += _end(t, check, this, decided, leads=leads)
    return ModalView(
        plain(t("Check · The result")), blocks, close=plain(t("Close")), callback_id="tjek_together"
    )


def _rest(t: Translator, outcome: Outcome, names: Names, *, in_thread: bool) -> list[Block]:
    if in_thread:
        return [small(t("All answers are in the thread."), "result_thread")]
    return rest(t, outcome, Part(points=outcome.points), names) if crowded(outcome) else []


def _end(
    t: Translator, check: Check, this: Round, decided: Block | None, *, leads: bool
) -> list[Block]:
    if decided is None:
        write = button(t("Write the decision"), reveal.DECIDE, str(this.id), primary=True)
        return [row("reveal_buttons", write)] if leads else []
    said = rich(
        t("Decided by {who} on {day}."),
        block_id="result_decided_by",
        who=Person(check.decided_by or this.called_by),
        day=t.long_day(check.decided_at or this.opened_at),
    )
    blocks: list[Block] = [decided, said]
    if not leads:
        return blocks
    letter = [begin_button(t, check.id)] if check.decision is Decision.KINDLY_NO else []
    return [*blocks, row("result_letter", *letter, reveal.correct_button(t, this))]
