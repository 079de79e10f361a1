"""Who has changed what in the questions of the check, with a way back from each change."""

from collections.abc import Mapping, Sequence
from datetime import date

from slackblocks import Block, ModalView, SectionBlock

from bot.tjek_questions import PART, Step
from bot.translation import Translator
from handlers.views.parts import button, confirm, plain, row, small
from handlers.views.tjek_questions import BACK, HISTORY, shown

TAKE_BACK = "tjek_questions_take_back"

LISTED = 10  # changes at a time, of up to ten lines each


def history_view(
    t: Translator, steps: Sequence[Step], page: int, names: Mapping[str, str], today: date
) -> ModalView:
    """A page of the changes, the newest on top; `names` are first names by Slack user id."""
    last = max(0, (len(steps) - 1) // LISTED)
    page = min(page, last)
    here = steps[page * LISTED : (page + 1) * LISTED]
    blocks: list[Block] = [_step(t, step, page, names, today) for step in here]
    if not steps:
        blocks.append(small(t("Nobody has changed anything yet."), "history_none"))
    turns = [button(t("Back"), BACK)]
    turns += [button(t("Newer changes"), f"{HISTORY}.later", str(page - 1))] if page else []
    turns += (
        [button(t("Older changes"), f"{HISTORY}.earlier", str(page + 1))] if page < last else []
    )
    return ModalView(
        plain(t("Who changed what?"), 24),
        [*blocks, row("history_ways", *turns)],
        close=plain(t("Close")),
        callback_id="tjek_questions_history",
    )


def where(value: str) -> tuple[int, int]:
    """Which change is taken back, and the page it stands on."""
    change, page = value.split(":")
    return int(change), int(page)


def _step(t: Translator, step: Step, page: int, names: Mapping[str, str], today: date) -> Block:
    change = step.change
    head = t(
        "{who}, {ago}: {question}",
        who=names.get(change.by) or t("a former colleague"),
        ago=t.ago(change.at.astimezone(t.zone).date(), today),
        question=change.put.short_da,
    )
    question = confirm(
        t("Take this change back?"),
        t("What it changed is put back as it was before. Later changes of the rest stay."),
        t("Take it back"),
        t("Keep it"),
    )
    return SectionBlock(
        plain("\n".join([head, *_what(t, step)])),
        block_id=f"history.{change.id}",
        accessory=button(
            t("Take back"), f"{TAKE_BACK}.{change.id}", f"{change.id}:{page}", confirm=question
        ),
    )


def _what(t: Translator, step: Step) -> list[str]:
    after = step.change.put
    if step.before is None:
        return [t("Added the question “{words}”", words=after.text_da)]
    return [
        t(
            "{part} – {before} → {after}",
            part=t(PART[name]),
            before=shown(t, step.before, name),
            after=shown(t, after, name),
        )
        for name in step.parts
    ]
