"""Why a colleague is asked about a partner that is not hers."""

from collections.abc import Collection
from dataclasses import dataclass

from slackblocks import Block

from bot.circle_asked import Tied
from bot.translation import Translator
from handlers.views.parts import Person, rich


@dataclass(frozen=True)
class Asked:
    """Who is asked, and which colleagues are away or have left."""

    user: str
    away: Collection[str] = ()
    left: Collection[str] = ()


def why_hers(t: Translator, key: str, tied: Tied, asked: Asked) -> list[Block]:
    """Whose it is is away, or there is nobody; nothing where it is her own."""
    who, user = tied.responsible, asked.user
    if who and who != user and who in asked.away:
        sentence = t("You are asked while {who} is away.")
        return [rich(sentence, block_id=f"instead.{key}", who=Person(who))]
    if who and who not in asked.left:
        return []
    said = t("Nobody is responsible just now, and you coordinate the partners.")
    if user in (tied.deputy, *tied.known_by):
        said = t("Nobody is responsible just now, and you know them.")
    return [rich(said, block_id=f"instead.{key}")]
