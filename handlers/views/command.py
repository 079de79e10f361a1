"""What /partner answers by itself: the help."""

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import Block, RichTextBlock, RichTextList

from bot.translation import Translator
from handlers.views.parts import Reply, line, notice, rich, small

HELP = "help"


@dataclass(frozen=True)
class Entry:
    """One line of the help: how it is written, and what it does (both msgids)."""

    example: str
    help: str


def help_reply(t: Translator, entries: Sequence[Entry]) -> Reply:
    """What one can write, and that none of it must be remembered."""
    search = line(
        "**{example}** – {help}",
        example="/partner Springbræt",
        help=t("see a partner: who knows them, what is next"),
    )
    lines = [
        line("**{example}** – {help}", example=t(entry.example), help=t(entry.help))
        for entry in entries
    ]
    blocks: list[Block] = [
        rich(t("**What you can write**"), block_id="help"),
        RichTextBlock([RichTextList("bullet", [search, *lines])], block_id="help_list"),
        rich(
            t("You need not remember any of it. Write `/partner`, and you get buttons."),
            block_id="help_forget",
        ),
        small(t("Only you can see this. I never read your messages."), "help_privacy"),
    ]
    return Reply(notice(t("What you can write")), blocks)
