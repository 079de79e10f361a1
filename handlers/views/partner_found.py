"""What a search says: the few that fit, or nobody of that name."""

from collections.abc import Sequence

from slackblocks import Block, SectionBlock

from bot.partner import Hit
from bot.translation import Translator
from handlers.views import tjek
from handlers.views.partner import ADD, SHOW, SOUGHT
from handlers.views.parts import Reply, button, cut, notice, plain, rich, row, small


def several(t: Translator, words: str, hits: Sequence[Hit], *, more: bool = False) -> Reply:
    """Several that fit: choose one. `more`: there are others."""
    blocks: list[Block] = [rich(t("**Which one do you mean?**"), block_id="found")]
    blocks += [hit_line(t, hit, n, t("Show"), SHOW) for n, hit in enumerate(hits)]
    if more:
        said = t("There are more. Write one more word to narrow it down.")
        blocks.append(small(said, "found_narrow"))
    add = button(t("Add “{name}”", name=cut(words, 40)), ADD, words[:SOUGHT])
    blocks.append(row("found_more", add))
    return Reply(notice(t("Which one do you mean?")), blocks)


def nothing(t: Translator, words: str, nearest: str | None) -> Reply:
    """Nobody of that name: the nearest command word, and the way to add them."""
    question = t("I found no partner called “{words}”.")
    add = button(t("Add “{name}” as a partner", name=cut(words, 40)), ADD, words[:SOUGHT])
    if nearest:
        question += " " + t("Did you mean `/partner {nearest}`?")
    shown = cut(words, 200)
    blocks: list[Block] = [
        rich(question, block_id="nothing", words=shown, nearest=nearest or ""),
        row("nothing_buttons", tjek.begin_button(t), add),
    ]
    return Reply(notice(t("I found no partner called “{words}”."), words=shown), blocks)


def hit_line(t: Translator, hit: Hit, number: int, words: str, action_id: str) -> Block:
    """One that fits, with a button of these words for it."""
    detail = hit.detail
    if hit.archived:
        detail = t("archived") if not detail else f"{detail}, {t('archived')}"
    text = f"{hit.name} – {detail}" if detail else hit.name
    return SectionBlock(
        plain(cut(text, 300)),
        block_id=f"found.{number}",
        accessory=button(words, f"{action_id}.{number}", str(hit.id)),
    )
