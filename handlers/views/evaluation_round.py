"""An evaluation's round as who leads it sees it."""

from slackblocks import Block, Button, ModalView

from bot.evaluation_partner import rather_meet
from bot.round import Round, Standing, State, count
from bot.round_steps import is_empty, may_show
from bot.round_voice import is_outside
from bot.translation import Translator
from handlers.views.evaluation import ANSWER, DECLINE
from handlers.views.evaluation_decide import ways, ways_unanswered
from handlers.views.evaluation_remark import remarks_button
from handlers.views.evaluation_result import RESULT
from handlers.views.parts import button, confirm, cut, plain, rich, row, small
from handlers.views.round import counted, deadline_of

SHOW = "evaluation_show"
CANCEL = "evaluation_cancel"

NAME = 200  # characters


def status_view(t: Translator, this: Round, partner: str, user: str) -> ModalView:
    """How many have answered, and what she can do; never who of us, or what they answered."""
    blocks: list[Block] = [
        rich(
            t("**How is it going with {partner}?**"),
            block_id="evaluation_subject",
            partner=cut(partner, NAME),
        ),
        _standing(t, this, partner),
    ]
    below: list[Button] = []
    if this.state is State.OPEN:
        blocks.append(row("evaluation_buttons", *_ways(t, this, user)))
        hidden = t("Nobody sees any answer, not even you, before all are shown at once.")
        blocks.append(small(hidden, "evaluation_hidden"))
    elif this.state is not State.CANCELLED and not is_empty(this):
        below = [button(t("See the answers"), RESULT, str(this.subject_id))]
    if this.state is State.REVEALED:
        blocks.append(_to_end(t, this))
    blocks.append(row("evaluation_kept", *below, remarks_button(t, this)))
    return ModalView(
        plain(t("The round")), blocks, close=plain(t("Close")), callback_id="evaluation_status"
    )


def _standing(t: Translator, this: Round, partner: str) -> Block:
    of = count(this)
    lines = [t("{count} Deadline {deadline}.") if this.state is State.OPEN else _ended(t, this)]
    how_theirs = (how for voice, how in this.standings.items() if is_outside(voice))
    if Standing.ANSWERED in how_theirs:
        lines.append(t("{partner} has answered."))
    meet = rather_meet(this)
    if meet:
        lines.append(t("{partner} would rather talk about it when you meet."))
    if cannot := of.declined - meet:
        lines.append(t.n("One cannot this time.", "{number} cannot this time.", cannot))
    if of.left:
        lines.append(t.n("One has left Slack.", "{number} have left Slack.", of.left))
    return rich(
        "\n".join(lines),
        block_id="evaluation_standing",
        count=counted(t, of),
        deadline=deadline_of(t, this.deadline),
        partner=cut(partner, NAME),
    )


def _to_end(t: Translator, this: Round) -> Block:
    return ways_unanswered(t, this) if is_empty(this) else ways(t, this)


def _ended(t: Translator, this: Round) -> str:
    if this.state is State.CANCELLED:
        return t("This round was called off. Nobody has seen anybody's answers.")
    if not count(this).answered:
        return t("No answers came this time.")
    if is_empty(this):
        return t("Only one has answered, so the answer is not shown.")
    return t("{count} The answers are in the thread.")


def _ways(t: Translator, this: Round, user: str) -> list[Button]:
    number, how = str(this.id), this.standings.get(user)
    buttons = []
    if how in (Standing.WAITING, Standing.DECLINED):
        buttons.append(button(t("Answer yourself"), f"{ANSWER}.own", number, primary=True))
    if how is Standing.WAITING:
        buttons.append(button(t("I will not answer myself"), DECLINE, number))
    if how is Standing.ANSWERED:
        buttons.append(button(t("Change my answers"), f"{ANSWER}.own", number))
    if may_show(this, user):
        buttons.append(_show_button(t, number))
    return [*buttons, _cancel_button(t, number)]


def _show_button(t: Translator, number: str) -> Button:
    sure = confirm(
        t("Show the answers now?"),
        t("Everybody sees all answers, and nobody can answer any more."),
        t("Show them"),
        t("Wait"),
    )
    return button(t("Show the answers now"), SHOW, number, confirm=sure)


def _cancel_button(t: Translator, number: str) -> Button:
    sure = confirm(
        t("Call the round off?"),
        t("The answers are deleted unseen. The message in the channel says so."),
        t("Call it off"),
        t("Let it go on"),
    )
    return button(t("Call the round off"), CANCEL, number, confirm=sure)
