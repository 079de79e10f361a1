"""What a coordinator is told where the channel did not take the digest."""

from slackblocks import Block, SectionBlock

from bot.translation import Translator
from handlers.views.parts import Reply, button, notice, plain, rich, row
from handlers.views.reminder_later import COORDINATOR, foot

AGAIN = "digest_again"


def unsaid(t: Translator, wrong: str, key: str) -> Reply:
    """To a coordinator, where the channel does not take it; `wrong` says what to do."""
    sentence = t("Friends of the house did not get into its channel this week.")
    blocks: list[Block] = [
        rich(sentence, block_id="digest_unsaid"),
        SectionBlock(plain(wrong), block_id="digest_wrong"),
        row("digest_again", button(t("Send it now"), AGAIN, key, primary=True)),
        *foot(t, COORDINATOR),
    ]
    return Reply(notice(sentence), blocks)


def sent_again(t: Translator, *, late: bool, sent: bool) -> Reply:
    """After [Send it now]."""
    sentence = t("It goes into the channel now.")
    if late:
        sentence = t("That week is over. The next one comes by itself, and tells all of it.")
    elif not sent:
        sentence = t("It is in the channel already.")
    return Reply(notice(sentence), [rich(sentence, block_id="digest_sent_again")])
