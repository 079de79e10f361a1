"""On the coordinator's Home: messages that did not get through, why, and what to do."""

from collections.abc import Mapping

from slackblocks import (
    Block,
    RichText,
    RichTextBlock,
    RichTextChannel,
    RichTextElement,
    RichTextSection,
    RichTextUser,
)

from bot.delivery_failed import Failed, Help
from bot.home import Desktop
from bot.translation import Translator, mark
from handlers.views.parts import button, cut, heading, row, small

AGAIN = "delivery_again"
LET_BE = "delivery_let_be"

MOST = 3  # a Home has room for a hundred blocks; the next comes up when one is seen to

SENTENCE = mark("{what} to {to} did not get through {day}.")
# By the kind of delivery.
WHAT: Mapping[str, str] = {
    "circle_moved": mark("That a partner was moved in the circle"),
    "digest": mark("Friends of the house"),
    "digest_plain": mark("Friends of the house"),
    "digest_rest": mark("The rest of Friends of the house"),
    "digest_unsaid": mark("That Friends of the house was not sent"),
    "evaluation.decision": mark("The decision of a round"),
    "evaluation.invitation": mark("The invitation to a round"),
    "evaluation.nudge": mark("The reminder of a round"),
    "evaluation.opened": mark("The message about a new round"),
    "evaluation.unplaced": mark("The message about a new round"),
    "evaluation.unshown": mark("That a round's answers were not shown"),
    "evaluation.reveal": mark("The answers of a round"),
    "evaluation_sense": mark("The question whether it still makes sense"),
    "evaluation_step": mark("What is to be done after a decision"),
    "reminder.accepted": mark("The yes to taking over a partner"),
    "reminder.declined": mark("The no to taking over a partner"),
    "reminder.left": mark("That a colleague has left"),
    "reminder.offered": mark("The question whether to take over a partner"),
    "reminder.offers": mark("The question whether to take over some partners"),
    "reminder.weekly": mark("The weekly message"),
    "report": mark("The quarter’s page"),
    "tjek.decision": mark("The decision of a round"),
    "tjek.invitation": mark("The invitation to a round"),
    "tjek.nudge": mark("The reminder of a round"),
    "tjek.opened": mark("The message about a new round"),
    "tjek.reveal": mark("The answers of a round"),
    "tjek.unshown": mark("That a round's answers were not shown"),
    "tjek_step": mark("What is to be done after a decision"),
}
ANYTHING = mark("A message")
_HELP: Mapping[Help, str] = {
    Help.LET_IN: mark(
        "I am not in that channel. Write /invite @Partnerbot there, and send it again."
    ),
    Help.OPEN_AGAIN: mark("The channel is archived. Open it again in Slack, and send it again."),
    Help.NOBODY_THERE: mark(
        "There is nobody any more whom I can write to. Talk to your colleague, or let it be."
    ),
    Help.THREAD_GONE: mark("What it was an answer to is deleted. Let it be."),
    Help.ALLOW: mark(
        "Slack does not let me ({reason}). Ask whoever administers Slack with you, and send it"
        " again."
    ),
    Help.ONLY_AGAIN: mark(
        "Something went wrong ({reason}). Send it again. If it comes back, tell whoever runs"
        " Partnerbot."
    ),
}
_REASON = 100


def failed_lines(t: Translator, desktop: Desktop) -> list[Block]:
    """The newest, with what helps and two buttons each."""
    if not desktop.failed:
        return []
    more = len(desktop.failed) - MOST
    blocks: list[Block] = [heading(t("Did not get through"), "home_failed")]
    for number, one in enumerate(desktop.failed[:MOST]):
        blocks += [_line(t, desktop, one, number), _ways(t, one, number)]
    if more > 0:
        said = t.n("There is one more.", "There are {number} more.", more)
        blocks.append(small(said, "home_failed_more"))
    return blocks


def help_of(t: Translator, one: Failed) -> str:
    """Why it did not get through, and what helps."""
    return t(_HELP[one.helps], reason=cut(one.reason, _REASON))


def _line(t: Translator, desktop: Desktop, one: Failed, number: int) -> Block:
    helps = help_of(t, one)
    before, _, after = t(
        SENTENCE, what=t(WHAT.get(one.kind, ANYTHING)), to="\0", day=t.ago(one.on, desktop.today)
    ).partition("\0")
    parts = [RichText(before, bold=True), _to(one), RichText(f"{after}\n{helps}")]
    return RichTextBlock([RichTextSection(parts)], block_id=f"failed.{number}")


def _to(one: Failed) -> RichTextElement:
    if not one.to:  # Slack refuses the whole Home for a channel without an id
        return RichText("?")
    return RichTextUser(one.to) if one.to_person else RichTextChannel(one.to)


def _ways(t: Translator, one: Failed, number: int) -> Block:
    again = button(t("Send again"), f"{AGAIN}.{number}", one.key)
    let_be = button(t("Let it be"), f"{LET_BE}.{number}", one.key)
    helpless = one.helps in (Help.NOBODY_THERE, Help.THREAD_GONE)
    return row(f"failed_ways.{number}", *((let_be, again) if helpless else (again, let_be)))
