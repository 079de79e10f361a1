"""What a coordinator is told when a colleague has left Slack, and what is left behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slackblocks import Block, ModalView, SectionBlock

from bot.home import Left
from bot.partner import Partner
from bot.reminder import Thing
from bot.round_step import Lost
from bot.translation import Translator, mark
from bot.words import place
from handlers.views.partner import SHOW
from handlers.views.parts import Reply, button, cut, notice, plain, rich, row, small
from handlers.views.reminder_later import COORDINATOR, foot
from handlers.views.reminder_lines import NAME, Shown, lines, subject_of

LIST = "reminder_left_list"
ASK_ALL = "reminder_left_ask"
TAKE = "reminder_left_take"

NAMED = 5  # in a sentence
SHORT = 60  # characters of such a name
KNOWN = mark("You get it because you know them, and whose they were has left.")

LISTED = 90  # a modal has room for a hundred
STEPS = 20  # of these
STEP = 250  # characters


def told(t: Translator, left: Left) -> Reply:
    """Who has left, and how many partners and next steps that leaves."""
    sentence, values = _said(t, left)
    return Reply(notice(sentence, **values), [*left_lines(t, left), *foot(t, COORDINATOR)])


def left_lines(t: Translator, left: Left) -> list[Block]:
    """The same on Home, until all of them have somebody."""
    sentence, values = _said(t, left)
    ways = [button(t("See the list"), f"{LIST}.{left.user}", left.user)]
    if left.partners:
        ways.append(button(t("Ask those who know them"), f"{ASK_ALL}.{left.user}", left.user))
    return [
        rich(sentence, block_id=f"left.{left.user}", **values),
        row(f"left_ways.{left.user}", *ways),
    ]


def _said(t: Translator, left: Left) -> tuple[str, dict[str, object]]:
    gone = t("{name} is not in Slack any more.") if left.name else t("A colleague has left Slack.")
    lacking = []
    if left.partners:
        partners = t.n(
            "One partner lacks somebody who is responsible.",
            "{number} partners lack somebody who is responsible.",
            left.partners,
        )
        lacking.append(partners)
    if left.steps:
        steps = t.n(
            "One next step lacks somebody who sees to it.",
            "{number} next steps lack somebody who sees to them.",
            left.steps,
        )
        lacking.append(steps)
    return f"{gone} {{lacking}}", {"name": left.name, "lacking": " ".join(lacking)}


@dataclass(frozen=True)
class Behind:
    """A partner that is left behind, and what one must know to find somebody; first names."""

    partner: Partner
    last: date | None = None  # contact
    known_by: Sequence[str] = ()
    asked: str = ""  # who has not answered yet
    no_yes: Sequence[str] = ()  # from those who were asked before


def list_view(
    t: Translator, behind: Sequence[Behind], steps: Sequence[Lost], today: date
) -> ModalView:
    """The next steps, each with what it is about; the partners, where somebody takes them."""
    blocks: list[Block] = [
        SectionBlock(
            plain(cut(f"{one.subject}: {one.text} ({t.long_day(one.due_on, today)})", STEP)),
            block_id=f"left_step.{one.number}",
            accessory=button(t("I take it"), f"{TAKE}.{one.number}", f"{one.number}.{one.user_id}"),
        )
        for one in steps[:STEPS]
    ]
    blocks += [
        SectionBlock(
            plain(_behind(t, one, today)),
            block_id=f"left.{one.partner.id}",
            accessory=button(t("Show"), f"{SHOW}.left{one.partner.id}", str(one.partner.id)),
        )
        for one in behind[: LISTED - len(blocks)]
    ]
    if not blocks:
        blocks = [rich(t("Everything has somebody now."), block_id="left_none")]
    return ModalView(
        plain(t("Who takes it?")), blocks, close=plain(t("Close")), callback_id="reminder_left"
    )


def _behind(t: Translator, one: Behind, today: date) -> str:
    last = t("No contact is noted.")
    if one.last:
        last = t("Last contact in {month}.", month=t.month(one.last, today))
    said = [last]
    if one.known_by:
        said.append(t("Known by {names}.", names=_names(t, one.known_by)))
    if one.asked:
        said.append(t("{who} is asked.", who=cut(one.asked, SHORT)))
    if one.no_yes:
        said.append(t("Has not said yes: {names}.", names=_names(t, one.no_yes)))
    name, where = cut(one.partner.name, NAME), t(place(one.partner))
    return f"{name} · {where}\n{' '.join(said)}"


@dataclass(frozen=True)
class Asked:
    """How many partners somebody is asked about, now or already; the names of the others."""

    now: int
    already: int = 0
    unknown: Sequence[str] = ()  # nobody is tied to them
    asked_all: Sequence[str] = ()  # all who are tied to them were asked, or are not here


def asked(t: Translator, of: Asked) -> Reply:
    """What came of "Ask those who know them"."""
    parts = []
    if of.now:
        parts.append(t.n("I ask about one of them.", "I ask about {number} of them.", of.now))
    if of.already:
        waits = t.n(
            "One of them waits for an answer.", "{number} of them wait for an answer.", of.already
        )
        parts.append(waits)
    if of.unknown:
        names = _names(t, of.unknown)
        nobody = t.n(
            "Nobody has noted that they know {names}. Choose somebody on the card.",
            "Nobody has noted that they know {names}. Choose somebody on the cards.",
            len(of.unknown),
            names=names,
        )
        parts.append(nobody)
    if of.asked_all:
        names = _names(t, of.asked_all)
        every = t.n(
            "All who know {names} were asked or are away. Choose somebody on the card.",
            "All who know {names} were asked or are away. Choose somebody on the cards.",
            len(of.asked_all),
            names=names,
        )
        parts.append(every)
    said = " ".join(parts) or t("Everything has somebody now.")
    return Reply(notice("{said}", said=said), [rich("{said}", block_id="left_asked", said=said)])


def _names(t: Translator, names: Sequence[str]) -> str:
    rest = len(names) - NAMED
    more = [t.n("one more", "{number} more", rest)] if rest > 0 else []
    return t.list([*(cut(name, SHORT) for name in names[:NAMED]), *more])


def offers(t: Translator, things: Sequence[Thing], shown: Shown, *, more: int) -> Reply:
    """To the one who is asked: a line for each."""
    names = t.list(subject_of(thing, shown) for thing in things)
    blocks = [block for thing in things for block in lines(t, thing, shown)]
    if more:
        rest = t.n(
            "And one more on the Home tab.",
            "And {number} more on the Home tab.",
            more,
            number=t.count(more),
        )
        blocks.append(small(rest, "offers_more"))
    short = t("A colleague asks whether you will be responsible for {name}.")
    return Reply(notice(short, name=names), [*blocks, *foot(t, KNOWN)])
