"""Who has changed what in the questions of the check, with a way back from each change."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic

from slackblocks import Block, Button, ModalView, SectionBlock

from bot.questions import put as library_put
from bot.questions.put import P
from bot.tjek_questions import PART, SWITCHES, Put, Step
from bot.translation import Translator, mark
from handlers.views.parts import button, confirm, plain, rich, row, small
from handlers.views.tjek_questions import BACK, HISTORY, shown

TAKE_BACK = "tjek_questions_take_back"

LISTED = 10  # changes at a time, of up to ten lines each

# A switch that was turned: on, off.
TURNED = {
    "on": (mark("It is asked again"), mark("It is not asked any more")),
    "stop": (mark("A no became a hard stop"), mark("A no is no hard stop any more")),
    "short_check": (
        mark("It came into the short check"),
        mark("It is not in the short check any more"),
    ),
}


@dataclass(frozen=True)
class Of(Generic[P]):
    """What the changes are of: ids of its buttons, and how it is put in words."""

    back: str
    turn: str
    take_back: str
    name: Callable[[P], str]
    added: Callable[[P], str]
    part: Callable[[P, P, str], str]  # before, after, and which part of it


def history_view(
    t: Translator,
    steps: Sequence[Step],
    page: int,
    names: Mapping[str, str],
    today: date,
    in_force: Collection[int],
    above: Sequence[Block] = (),
) -> ModalView:
    """A page of the changes in the questions of the check; as in pages()."""
    of = Of[Put](
        BACK,
        HISTORY,
        TAKE_BACK,
        lambda put: put.short_da,
        lambda put: t("Added the question “{words}”", words=put.text_da),
        lambda before, after, name: _part(t, before, after, name),
    )
    return pages(t, of, steps, page, names, today, in_force, above)


def pages(
    t: Translator,
    of: Of[P],
    steps: Sequence[library_put.Step[P]],
    page: int,
    names: Mapping[str, str],
    today: date,
    in_force: Collection[int],
    above: Sequence[Block] = (),
) -> ModalView:
    """A page of the changes, the newest on top; `names` are first names by Slack user id.

    Only what is still `in_force`, by the change's id, can be taken back.
    """
    last = max(0, (len(steps) - 1) // LISTED)
    page = min(page, last)
    here = steps[page * LISTED : (page + 1) * LISTED]
    value = {step.change.id: f"{step.change.id}:{page}" for step in here}
    blocks: list[Block] = [
        _step(
            t, of, step, value[step.change.id] if step.change.id in in_force else "", names, today
        )
        for step in here
    ]
    if not steps:
        blocks.append(small(t("Nobody has changed anything yet."), "history_none"))
    turns = [button(t("Back"), of.back)]
    turns += [button(t("Newer changes"), f"{of.turn}.later", str(page - 1))] if page else []
    turns += (
        [button(t("Older changes"), f"{of.turn}.earlier", str(page + 1))] if page < last else []
    )
    return ModalView(
        plain(t("Who changed what?"), 24),
        [*above, *blocks, row("history_ways", *turns)],
        close=plain(t("Close")),
        callback_id="tjek_questions_history",
    )


def taken_back(t: Translator, text: str) -> list[Block]:
    """To stand on top of the history, where the way back stands as a change of its own."""
    sentence = t("**The change is undone:** {question}")
    return [rich(sentence, block_id="history_taken_back", question=text)]


def where(value: str) -> tuple[int, int]:
    """Which change is taken back, and the page it stands on."""
    change, page = value.split(":")
    return int(change), int(page)


def _step(
    t: Translator,
    of: Of[P],
    step: library_put.Step[P],
    value: str,
    names: Mapping[str, str],
    today: date,
) -> Block:
    """One change; with the way back, where `value` says to what."""
    change = step.change
    head = t(
        "{who}, {ago}: {question}",
        who=names.get(change.by) or t("a former colleague"),
        ago=t.ago(change.at.astimezone(t.zone).date(), today),
        question=of.name(change.put),
    )
    over = [] if value else [t("This has been changed since.")]
    return SectionBlock(
        plain("\n".join([head, *_what(of, step), *over])),
        block_id=f"history.{change.id}",
        accessory=_undo(t, of.take_back, change.id, value) if value else None,
    )


def _undo(t: Translator, action_id: str, change: int, value: str) -> Button:
    question = confirm(
        t("Undo this change?"),
        t("What it changed becomes as it was before. Other changes stay."),
        t("Undo it"),
        t("Keep it"),
    )
    return button(t("Undo"), f"{action_id}.{change}", value, confirm=question)


def _what(of: Of[P], step: library_put.Step[P]) -> list[str]:
    before, after = step.before, step.change.put
    if before is None:
        return [of.added(after)]
    return [of.part(before, after, name) for name in step.parts]


def _part(t: Translator, before: Put, after: Put, name: str) -> str:
    if name in SWITCHES:
        on, off = TURNED[name]
        return t(on if getattr(after, name) else off)
    return t(
        "{part}: {after} (before: {before})",
        part=t(PART[name]),
        before=shown(t, before, name),
        after=shown(t, after, name),
    )
