"""The leader's page, in a modal and as a message: one screen, and the way to each card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slackblocks import (
    Block,
    Button,
    Element,
    ModalView,
    RichTextBlock,
    RichTextList,
    RichTextSection,
    StaticSelectMenu,
)

from bot.circle import Move
from bot.circle_words import moved
from bot.report import NAMED, Count, Needs, No, Page, Waiting
from bot.text import capital
from bot.translation import Translator, mark
from bot.workspace import Frequency, Member
from handlers.views.circle_way import why_of
from handlers.views.partner import SHOW
from handlers.views.parts import (
    Reply,
    button,
    cut,
    heading,
    line,
    notice,
    option,
    plain,
    rich,
    row,
    small,
)

OPEN = "report_open"
PAGE = "report_page"
SEND = "report_send"
STOP = "report_stop"

NAME = 40  # characters of a name: several stand in one line
REASON = 160  # the rest stands in the check
CARDS = 25  # in the menu

_NEEDS: Mapping[Needs, str] = {
    Needs.TRIAL: mark("**On trial:** {names}"),
    Needs.EVALUATION: mark("**Evaluated, and nothing decided:** {names}"),
    Needs.LOW: mark("**Low results twice running:** {names}"),
    Needs.UNANSWERED: mark("**Asked, and too few answered:** {names}"),
    Needs.AGREEMENT: mark("**The agreement ends:** {names}"),
    Needs.NOBODY: mark("**Nobody is responsible:** {names}"),
}
_NEVER = mark(
    "You have chosen that I never write to you by myself, so the page does not come either. You"
    " can change that in your settings."
)


@dataclass(frozen=True)
class Reader:
    """Whether she has chosen to get the page, when the next one comes, and whether none does."""

    gets_it: bool
    never: bool  # she has chosen that the bot never writes to her by itself
    next_on: date | None  # None where every day is closed for as long as the calendar reaches
    today: date

    @classmethod
    def of(cls, member: Member, next_on: date | None, today: date) -> "Reader":
        """As she has chosen."""
        return cls(member.quarterly, member.frequency is Frequency.NEVER, next_on, today)


def open_button(t: Translator) -> Button:
    """The way to the running quarter's page."""
    return button(t("The quarter’s page"), OPEN)


def report_view(t: Translator, told: Page, reader: Reader, *, newest: bool) -> ModalView:
    """The page of a quarter; `newest`: there is none after it yet."""
    ways = [button(t("Quarter before"), f"{PAGE}.back", told.quarter.before.key)]
    if not newest:
        ways.append(button(t("Quarter after"), f"{PAGE}.on", told.quarter.after.key))
    return ModalView(
        plain(title(t, told)),
        [
            *_blocks(t, told),
            row("report_ways", *_cards(t, told), *ways, _choice(t, told, reader)),
            *([small(_comes(t, reader), "report_comes")] if reader.gets_it else []),
        ],
        close=plain(t("Close")),
        callback_id="report",
    )


def message(t: Translator, told: Page) -> Reply:
    """The same, sent to who has chosen to get it."""
    ways: list[Element] = [
        *_cards(t, told),
        button(t("Quarter before"), f"{PAGE}.back", told.quarter.before.key),
        button(t("Stop sending it"), STOP, told.quarter.key),
    ]
    why = t("You get it because you have asked for it, four times a year.")
    blocks = [
        heading(title(t, told), "report"),
        *_blocks(t, told),
        row("report_ways", *ways),
        small(why, "report_why"),
    ]
    return Reply(notice("{title}", title=title(t, told)), blocks)


def chosen(t: Translator, reader: Reader) -> Reply:
    """After [Stop sending it] below a message."""
    said = t("You do not get the page any more. It is always at `/partner quarter`.")
    if reader.gets_it:
        said = _comes(t, reader)
    return Reply(notice(said), [rich(said, block_id="report_chosen")])


def _comes(t: Translator, reader: Reader) -> str:
    """Where and when she gets the next one."""
    if reader.never:
        return t(_NEVER)
    said = t("It comes as a message from me on the first partner day of the quarter")
    if reader.next_on is None:
        return f"{said}."
    day = t.long_day(reader.next_on, reader.today)
    return t("{when}: {day}.", when=said, day=day)


def title(t: Translator, told: Page) -> str:
    """Which quarter it is."""
    quarter = told.quarter
    return t("Quarter {number}, {year}", number=str(quarter.number), year=str(quarter.year))


def _blocks(t: Translator, told: Page) -> list[Block]:
    moves = [_moved(t, told, move) for move in told.moves]
    noes = [_no(t, one) for one in told.noes]
    waiting = [_waiting(t, told, needs, found) for needs, found in told.waiting.items()]
    blocks = [
        rich(_figures(t, told), block_id="report_figures"),
        *_section(t, t("**What moved**"), "report_moved", moves, told.more_moves),
        *_section(t, t("**What we said no to, and why**"), "report_noes", noes, told.more_noes),
        *_section(t, t("**What is to be decided now**"), "report_waiting", waiting),
    ]
    if len(blocks) == 1:
        quiet = t("Nothing has moved, nothing was turned down, and nothing waits for a decision.")
        if told.until == told.quarter.last:  # what waits stands on the running quarter's
            quiet = t("Nothing has moved, and nothing was turned down.")
        blocks.append(rich(quiet, block_id="report_nothing"))
    return blocks


def _figures(t: Translator, told: Page) -> str:
    """Three lines: until when, what went in and out, and the quarter beside the one before."""
    days = t(
        "{first} up to and including {last}",
        first=t.day(told.quarter.first),
        last=t.day(told.until),
    )
    ways = t(
        "{inwards} in towards partnership, {outwards} out",
        inwards=t.number(told.inwards),
        outwards=t.number(told.outwards),
    )
    if not told.moves:
        ways = t("Nobody has moved in the circle")
    beside = t(
        "{now}. The whole quarter before: {before}.",
        now=capital(_counted(t, told.count)),
        before=_counted(t, told.before),
    )
    return f"_{days}_\n**{ways}.**\n{beside}"


def _counted(t: Translator, count: Count) -> str:
    return t(
        "{contacts} with {partners}, {new}",
        contacts=t.n("one contact", "{number} contacts", count.contacts),
        partners=t.n("one partner", "{number} partners", count.contacted),
        new=t.n("one new", "{number} new", count.new) if count.new else t("none new"),
    )


def _section(
    t: Translator, title: str, block_id: str, listed: Sequence[RichTextSection], more: int = 0
) -> list[Block]:
    if not listed:
        return []
    rest = [line(t.n("and one more", "and {number} more", more))] if more else []
    bullets = RichTextList("bullet", [*listed, *rest])
    return [rich(title, block_id=block_id), RichTextBlock([bullets], block_id=f"{block_id}_list")]


def _moved(t: Translator, told: Page, move: Move) -> RichTextSection:
    name, why = _name(told, move.partner_id), why_of(t, move)
    sentence = "**{name}** {way}: {why}" if why else "**{name}** {way}"
    return line(sentence, name=name, way=t(moved(move)), why=cut(why, REASON))


def _no(t: Translator, one: No) -> RichTextSection:
    sentence = t("**{name}**, {idea}: “{reason}”") if one.idea else t("**{name}**: “{reason}”")
    reason = cut(one.reason.rstrip("."), REASON)
    return line(sentence, name=cut(one.what, NAME), idea=cut(one.idea, NAME), reason=reason)


def _waiting(t: Translator, told: Page, needs: Needs, found: Sequence[Waiting]) -> RichTextSection:
    named = [
        f"{_name(told, one.partner_id)} ({t.day(one.on, told.until)})"
        if one.on
        else _name(told, one.partner_id)
        for one in found[:NAMED]
    ]
    more = len(found) - NAMED
    if more > 0:
        named.append(t.n("one more", "{number} more", more))
    return line(t(_NEEDS[needs]), names=t.list(named))


def _cards(t: Translator, told: Page) -> list[Element]:
    """A menu, for a button beside each line would take a second screen."""
    known = [number for number in told.shown if number in told.names]
    options = [option(told.names[number], str(number)) for number in known[:CARDS]]
    if not options:
        return []
    return [StaticSelectMenu(f"{SHOW}.report", options, placeholder=plain(t("Show a card")))]


def _choice(t: Translator, told: Page, reader: Reader) -> Button:
    if reader.gets_it:
        return button(t("Stop sending it"), STOP, told.quarter.key)
    return button(t("Send it to me every quarter"), SEND, told.quarter.key)


def _name(told: Page, partner_id: int) -> str:
    return cut(told.names.get(partner_id, "?"), NAME)
