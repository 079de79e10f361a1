"""All answers to an evaluation, shown at once in the thread, and what to do about them."""

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import Block

from bot.evaluation_empty import Empty, why_empty
from bot.evaluation_figures import Side
from bot.evaluation_partner import rather_meet, reads_along
from bot.evaluation_parts import Part
from bot.evaluation_result import Result
from bot.round import Round, State
from bot.translation import Translator
from bot.workspace_roles import Colleagues
from handlers.views import evaluation_figures as figures
from handlers.views import evaluation_trend as trend
from handlers.views.evaluation import LOOK
from handlers.views.evaluation_decide import COPY, ways, ways_unanswered
from handlers.views.evaluation_empty import SAID
from handlers.views.evaluation_result import PARTNER, findings, heading, rest
from handlers.views.parts import Reply, button, cut, notice, rich, row


@dataclass(frozen=True)
class Lead:
    """Who decides: the responsible, or whoever stands in for her."""

    users: Sequence[str]
    responsible: bool


def message(
    t: Translator, result: Result, part: Part, partner: str, lead: Lead, *, moved: bool = False
) -> Reply:
    """One of the messages; `moved`: the relation came to another level while it was asked about."""
    name = cut(partner, PARTNER)
    if result.is_empty:
        return _empty(t, result.held.this, name, lead)
    if part.charts:
        return trend.message(t, result, part, name)
    if not part.leads:
        said = t("More of what was written about {partner}.")
        return Reply(notice(said, partner=name), rest(t, result, part.written, name))
    blocks = [
        *heading(t, result, name),
        *(_moved(t, name) if moved else ()),
        *findings(t, result, part, name),
        *decide(t, result, lead),
        *_next(t, result, name, lead),
    ]
    said = t("{partner}: the answers are here.")
    words = figures.finding(t, result, name)
    return Reply(notice(f"{said} {{finding}}", partner=name, finding=words).rstrip(), blocks)


def in_private(t: Translator, this: Round) -> Block:
    """The way to the decision where the partner reads along: only who leads the round comes in."""
    return row("reveal_decide", button(t("Write what comes of it"), LOOK, str(this.id)))


def _moved(t: Translator, partner: str) -> list[Block]:
    said = t(
        "_Since the round opened, {partner} has been moved in the circle. The questions are those"
        " that you began with._"
    )
    return [rich(said, block_id="reveal_moved", partner=partner)]


def _empty(t: Translator, this: Round, partner: str, lead: Lead) -> Reply:
    """There is nothing to show, which says something too: three ways on."""
    why = why_empty(this)
    sentence = t(SAID[why])
    blocks: list[Block] = [rich(sentence, block_id="reveal", partner=partner)]
    if rather_meet(this) and why is not Empty.MEETS:
        meets = t("{partner} would rather talk about it when you meet.")
        blocks.append(rich(meets, block_id="reveal_meets", partner=partner))
    if this.state is not State.CLOSED:
        blocks.append(in_private(t, this) if reads_along(this) else ways_unanswered(t, this))
        if lead.users:
            who = Colleagues(tuple(lead.users))
            blocks.append(rich(t("_{who} chooses._"), block_id="reveal_next", who=who))
    return Reply(notice(sentence, partner=partner), blocks)


def decide(t: Translator, result: Result, lead: Lead) -> list[Block]:
    """The four ways on, until one is chosen."""
    this = result.held.this
    if this.state is State.CLOSED or not lead.users:
        return []
    return [in_private(t, this) if reads_along(this) else ways(t, this)]


def _next(t: Translator, result: Result, partner: str, lead: Lead) -> list[Block]:
    """Who writes what is agreed on, and that the partner gets to see it, where we have answered."""
    said = []
    ours = result.answered[Side.OURS] and not result.ours_kept_back
    asked = bool(ours and result.asked[Side.THEIRS]) and not reads_along(result.held.this)
    if lead.users and lead.responsible:
        said.append(t("_{who} is responsible and writes what you agree on._"))
    elif lead.users:
        said.append(t("_{who} writes what you agree on._"))
    if asked:
        said.append(t("_{partner} gets to see your answers afterwards._"))
    blocks: list[Block] = []
    if said:
        who = Colleagues(tuple(lead.users))
        blocks.append(rich(" ".join(said), block_id="reveal_next", who=who, partner=partner))
    if asked:
        copies = button(t("Copy the answer for them"), COPY, str(result.held.this.id))
        blocks.append(row("reveal_copy", copies))
    return blocks
