"""The history of a partner in a modal: day by day who changed what, with a way back from each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from slackblocks import Block, Button, ModalView, SectionBlock

from bot.circle import Move
from bot.circle_partner import carries_level
from bot.history import Entry, Logged, Past, What, values
from bot.history_undo import OF_THE_CIRCLE, bar, can_be_undone
from bot.partner import Change, Partner
from bot.text import capital
from bot.translation import Translator
from handlers.views.circle import BEGIN
from handlers.views.history_told import told
from handlers.views.history_words import (
    WHOLE,
    Words,
    changed,
    is_cut,
    label_of,
    labelled,
    lines_of,
    stands,
)
from handlers.views.parts import Person, button, confirm, cut, plain, rich, row, small
from handlers.views.parts_values import in_todays_form

SHOW = "history_show"
MORE = "history_more"
UNDO = "history_undo"
CALLBACK = "history"

NAME = 150  # characters of a partner's name in a sentence


@dataclass(frozen=True)
class Where:
    """What a button of the history is about; `seen`: a later change that the person knows of."""

    partner_id: int
    page: int = 0
    change: int = 0
    seen: int = 0

    def __str__(self) -> str:
        return f"{self.partner_id}:{self.page}:{self.change}:{self.seen}"


@dataclass(frozen=True)
class Shown:
    """One page of the history, and how many there are."""

    past: Past
    entries: Sequence[Entry]
    number: int
    pages: int


@dataclass(frozen=True)
class Asked:
    """Before a change is undone that others have come after."""

    now: Partner
    result: Partner  # what an undoing would make of it
    fields: Sequence[str]
    since: Change | None  # the last of those that came after, if it is known

    @property
    def colleagues(self) -> set[str]:
        """Those who stand in it."""
        return {
            user
            for partner in (self.now, self.result)
            for user in (partner.responsible, partner.deputy, *partner.known_by)
            if user
        }


@in_todays_form()
def where(value: str) -> Where:
    """From a button's value; the card's has the partner only."""
    return Where(*map(int, value.split(":")))


def card_button(t: Translator, partner_id: int) -> Button:
    """The way into it."""
    return button(t("Changes"), SHOW, str(Where(partner_id)))


def history_view(words: Words, shown: Shown, above: Sequence[Block] = ()) -> ModalView:
    """A page, the newest on top."""
    t, partner = words.t, shown.past.partner
    blocks: list[Block] = [*above, small(cut(partner.name, NAME), "history_of")]
    day: date | None = None
    for entry in shown.entries:
        on = _local(t, entry.at).date()
        if on != day:
            title = capital(t.long_day(on, words.today))
            blocks.append(rich("**{day}**", block_id=f"history_day.{on}", day=title))
            day = on
        blocks += _entry(words, shown, entry)
    turns = _turns(t, shown)
    return _modal(t, [*blocks, row("history_turns", *turns)] if turns else blocks)


def undone(t: Translator, names: Sequence[str]) -> list[Block]:
    """To stand on top of the history, where the way back stands as a change of its own."""
    listed = t.list(t("“{words}”", words=label_of(t, name)) for name in names)
    return [rich(t("**Undone:** {fields}"), block_id="history_undone", fields=listed)]


def more_view(words: Words, past: Past, lines: Sequence[Logged], here: Where) -> ModalView:
    """The first change of one moment with all of its text."""
    t, one = words.t, lines[0]
    blocks = [_head(words, one.change.by, one.change.at, "whole"), *_whole(words, one.change)]
    undoable = can_be_undone(past, [line.change for line in lines])
    ways = [_undo(t, replace(here, change=one.id))] if undoable else []
    return _modal(t, [*blocks, row("history_ways", *ways, _back(t, here))])


def ask_view(words: Words, asked: Asked, here: Where) -> ModalView:
    """It was changed again since: by whom, to what, and what an undoing would make of it."""
    t, since = words.t, asked.since
    said = t("**The card has been changed since.**")
    if since:
        said = t("**{who} has changed it since, {ago}.**")
    blocks: list[Block] = [
        rich(
            said,
            block_id="history_since",
            who=Person(since.by if since else ""),
            ago=t.ago(_local(t, since.at).date(), words.today) if since else "",
        )
    ]
    for name in asked.fields:
        stood, then = (getattr(one, name) for one in (asked.now, asked.result))
        lines = (
            labelled(t, label_of(t, name), t("now {value}", value=stands(words, name, stood))),
            t("If you undo the older change: {value}", value=stands(words, name, then)),
        )
        for n, text in enumerate(lines):
            blocks.append(SectionBlock(plain(text), block_id=f"history_stands.{name}.{n}"))
    undo = button(t("Undo it all the same"), UNDO, str(here))
    return _modal(t, [*blocks, row("history_ways", undo, _back(t, here))])


def _turns(t: Translator, shown: Shown) -> list[Button]:
    number, partner_id = shown.number, shown.past.partner.id
    newer, older = (str(Where(partner_id, number + step)) for step in (-1, 1))
    turns = [button(t("Newer changes"), f"{SHOW}.later", newer)] if number else []
    if number + 1 < shown.pages:
        turns.append(button(t("Older changes"), f"{SHOW}.earlier", older))
    return turns


def _whole(words: Words, change: Change) -> list[Block]:
    t, sides = words.t, values(change)
    if not all(isinstance(side, str) for side in sides):
        return [SectionBlock(plain(changed(words, change, WHOLE)), block_id="history_whole")]
    blocks: list[Block] = []
    for n, (title, side) in enumerate(zip((t("Before"), t("After")), sides, strict=True)):
        heading = rich(
            "**{field}** · {title}",
            f"history_title.{n}",
            field=label_of(t, change.field),
            title=title,
        )
        text = plain(side or t("nothing"))
        blocks += [heading, SectionBlock(text, block_id=f"history_whole.{n}")]
    return blocks


def _entry(words: Words, shown: Shown, entry: Entry) -> list[Block]:
    """Who, when, and a line for each thing."""
    number = f"{entry.at.timestamp():f}"
    blocks: list[Block] = [_head(words, entry.by, entry.at, number, read_in=_is_nobodys(entry))]
    for n, one in enumerate(entry.happened):
        subject = one.subject
        move = _move(words.t, shown.past, subject.id) if isinstance(subject, Move) else None
        text, block_id = plain(told(words, one)), f"history_told.{number}.{n}"
        blocks.append(SectionBlock(text, block_id=block_id, accessory=move))
    here = Where(shown.past.partner.id, shown.number)
    return [
        *blocks,
        *(_line(words, shown.past, one, entry, here) for one in lines_of(entry.logged)),
    ]


def _line(words: Words, past: Past, one: Logged, entry: Entry, here: Where) -> Block:
    reason, value = bar(past, one.change), replace(here, change=one.id)
    others = [line.change for line in entry.logged if line is not one]
    way: Button | None = None
    if is_cut(words, one.change):
        way = button(words.t("Show more"), f"{MORE}.{one.id}", str(value))
    elif reason == OF_THE_CIRCLE:
        way = _move(words.t, past, one.id)
    elif can_be_undone(past, [one.change, *others]):
        way = _undo(words.t, value)
    said = changed(words, one.change)
    text = plain(words.t("Undone: {what}", what=said) if one.undo else said)
    return SectionBlock(text, block_id=f"history_line.{one.id}", accessory=way)


def _is_nobodys(entry: Entry) -> bool:
    """Whether it was told by a file of our own, which does not say by whom."""
    return not entry.by and any(one.what in (What.ADDED, What.MOVED) for one in entry.happened)


def _head(words: Words, by: str, at: datetime, number: str, *, read_in: bool = False) -> Block:
    t, local = words.t, _local(words.t, at)
    time = t("{hour}:{minute}", hour=local.hour, minute=f"{local.minute:02}")
    alone = t("At {time} (from a file that was read in)") if read_in else t("At {time}")
    return rich(
        t("{who}, at {time}") if by else alone,
        block_id=f"history_who.{number}",
        who=Person(by),
        time=time,
    )


def _undo(t: Translator, value: Where) -> Button:
    question = confirm(
        t("Undo this change?"),
        t("What it changed becomes as it was before. Other changes stay."),
        t("Undo it"),
        t("Keep it"),
    )
    return button(t("Undo"), f"{UNDO}.{value.change}", str(value), confirm=question)


def _move(t: Translator, past: Past, number: int) -> Button | None:
    """Where a place in the circle is put right."""
    if past.partner.archived or not carries_level(past.partner.relation_type):
        return None
    return button(t("Move in the circle"), f"{BEGIN}.{number}", str(past.partner.id))


def _back(t: Translator, here: Where) -> Button:
    return button(t("Back"), SHOW, str(replace(here, change=0, seen=0)))


def _modal(t: Translator, blocks: list[Block]) -> ModalView:
    return ModalView(plain(t("Changes")), blocks, close=plain(t("Close")), callback_id=CALLBACK)


def _local(t: Translator, at: datetime) -> datetime:
    return at.astimezone(t.zone)
