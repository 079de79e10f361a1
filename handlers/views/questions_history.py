"""Who has changed what in what the library asks, with a way back from each change."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic

from slackblocks import Block, Button, ModalView, SectionBlock

from bot.questions.put import P, Step
from bot.translation import Translator
from handlers.views.parts import button, confirm, plain, rich, row, small

LISTED = 10  # changes at a time, of up to ten lines each


@dataclass(frozen=True)
class Of(Generic[P]):
    """What the changes are of: ids of its buttons, and how it is put in words."""

    back: str
    turn: str
    take_back: str
    name: Callable[[P], str]
    added: Callable[[P], str]
    part: Callable[[P, P, str], str]  # before, after, and which part of it


@dataclass(frozen=True)
class Told(Generic[P]):
    """The changes, the newest first, and which page of them is meant, from 0."""

    steps: Sequence[Step[P]]
    page: int
    names: Mapping[str, str]  # first names by Slack user id
    today: date
    in_force: Collection[int]  # which still hold, by the change's id, and can be taken back


def history_view(t: Translator, of: Of[P], told: Told[P], above: Sequence[Block] = ()) -> ModalView:
    """A page of the changes, the newest on top."""
    steps = told.steps
    last = max(0, (len(steps) - 1) // LISTED)
    page = min(told.page, last)
    here = steps[page * LISTED : (page + 1) * LISTED]
    blocks: list[Block] = [_step(t, of, step, told, page) for step in here]
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
        callback_id="questions_history",
    )


def taken_back(t: Translator, text: str) -> list[Block]:
    """To stand on top of the history, where the way back stands as a change of its own."""
    sentence = t("**The change is undone:** {question}")
    return [rich(sentence, block_id="history_taken_back", question=text)]


def where(value: str) -> tuple[int, int]:
    """Which change is taken back, and the page it stands on."""
    change, page = value.split(":")
    return int(change), int(page)


def _step(t: Translator, of: Of[P], step: Step[P], told: Told[P], page: int) -> Block:
    """One change; with the way back, as long as it holds."""
    change = step.change
    head = t(
        "{who}, {ago}: {question}",
        who=told.names.get(change.by) or t("a former colleague"),
        ago=t.ago(change.at.astimezone(t.zone).date(), told.today),
        question=of.name(change.put),
    )
    holds = change.id in told.in_force
    over = [] if holds else [t("This has been changed since.")]
    value = f"{change.id}:{page}"
    return SectionBlock(
        plain("\n".join([head, *_what(of, step), *over])),
        block_id=f"history.{change.id}",
        accessory=_undo(t, of.take_back, change.id, value) if holds else None,
    )


def _undo(t: Translator, action_id: str, change: int, value: str) -> Button:
    question = confirm(
        t("Undo this change?"),
        t("What it changed becomes as it was before. Other changes stay."),
        t("Undo it"),
        t("Keep it"),
    )
    return button(t("Undo"), f"{action_id}.{change}", value, confirm=question)


def _what(of: Of[P], step: Step[P]) -> list[str]:
    before, after = step.before, step.change.put
    if before is None:
        return [of.added(after)]
    return [of.part(before, after, name) for name in step.parts]
