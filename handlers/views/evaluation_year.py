"""The year of evaluations as the coordinator sees it: who is asked when, and what she changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from slackblocks import Block, Button, ModalView, Option, OverflowMenu, SectionBlock

from bot.evaluation import Occasion
from bot.evaluation_relation import Due
from bot.evaluation_year import Beyond, How, Line
from bot.home import Page
from bot.translation import Translator, mark
from handlers.views.partner import SHOW
from handlers.views.parts import button, cut, heading, option, plain, rich, row, small

OPEN = "evaluation_year"
PAGE = "evaluation_year_page"
MENU = "evaluation_year_menu"
LIST = "evaluation_year"  # callback id

# What the menu of a line offers.
MOVE, SKIP, NOW, QUESTIONS, BACK = "move", "skip", "now", "questions", "back"

A_PAGE = 15
NAME = 100  # characters
SUBJECT = 80

CHOICES = {
    MOVE: mark("Move to …"),
    SKIP: mark("Not this time"),
    NOW: mark("Ask now …"),
    QUESTIONS: mark("Other questions …"),
    BACK: mark("Undo"),
}
OCCASIONS = {
    Occasion.ACTIVITY: mark("after an activity"),
    Occasion.YEARLY: mark("once a year"),
    Occasion.PULSE: mark("half-way, three questions"),
    Occasion.TRIAL: mark("before the trial is decided"),
    Occasion.BY_HAND: mark("asked for"),
}
BEYOND = {
    Beyond.WEEK: mark("More rounds begin that week than usual."),
    Beyond.AWAY: mark("The responsible is away."),
    Beyond.PERSON: mark("The responsible was asked in another round lately, or has been often."),
    Beyond.CHANNEL: mark("The channel gets more threads than usual."),
    Beyond.SEASON: mark("It is a time in which rounds do not begin otherwise."),
}
HEADINGS = {
    How.NO_ROOM: mark("No room in the year ahead"),
    How.NOBODY: mark("Nobody is responsible, so nobody is asked"),
}


@dataclass(frozen=True)
class About:
    """One evaluation of the year, and the page on which it stands: what a menu's value carries."""

    partner_id: int
    occasion: Occasion
    due_on: date  # under which it is remembered: Due.about
    page: int = 1

    def __str__(self) -> str:
        return f"{self.partner_id}:{self.occasion}:{self.due_on}:{self.page}"

    @property
    def key(self) -> tuple[int, Occasion, date]:
        """As Line.key."""
        return self.partner_id, self.occasion, self.due_on

    @classmethod
    def read(cls, value: str) -> Self:
        """As it stood in a menu or a form."""
        number, occasion, day, page = value.split(":")
        return cls(int(number), Occasion(occasion), date.fromisoformat(day), int(page))


def year_view(
    t: Translator, lines: Sequence[Line], page: Page, names: Mapping[str, str], today: date
) -> ModalView:
    """A page of it. `lines` are those of the page, `names` first names by user."""
    blocks: list[Block] = [
        small(
            t(
                "I open these rounds by myself, at nine on their day: at most four a week. Nobody"
                " is asked more than once in 14 days or 12 times a year, and a partner at most"
                " every half year."
            ),
            "year_note",
        )
    ]
    if not lines:
        blocks.append(rich(t("Nothing is to be evaluated in the year ahead."), "year_none"))
    blocks += _listed(t, lines, page, names, today)
    turns = [*_turn(page, -1, t("Earlier")), *_turn(page, 1, t("Further ahead"))]
    if turns:
        blocks.append(row("year_turns", *turns))
    return ModalView(
        plain(t("The year's evaluations"), 24),
        blocks,
        close=plain(t("Close")),
        callback_id=LIST,
        private_metadata=str(page.number),
    )


def read_choice(value: str) -> tuple[str, About]:
    """What was chosen in a line's menu, and of which."""
    what, _, about = value.partition(":")
    return what, About.read(about)


def about(line: Line, page: int = 1) -> About:
    """What tells that line from all others."""
    return About(*line.key, page)


def who(t: Translator, line: Line, names: Mapping[str, str]) -> str:
    """Who is asked, the partner by its name; nobody where there is no day yet."""
    ours = [names[user] for user in line.asked if names.get(user)]
    partner = cut(line.relation.name, NAME)
    return t.list([*ours, *([partner] if line.asks_partner else [])])


def occasion(t: Translator, due: Due) -> str:
    """Why it is asked, in a few words; after which activity."""
    if due.subject:
        return t("after {activity}", activity=cut(due.subject, SUBJECT))
    return t(OCCASIONS[due.occasion])


def open_button(t: Translator) -> Button:
    """The way to it, from Home and the settings."""
    return button(t("See the year"), OPEN)


def _listed(
    t: Translator, lines: Sequence[Line], page: Page, names: Mapping[str, str], today: date
) -> Iterator[Block]:
    above = ""
    for number, line in enumerate(lines):
        title = _title(t, line, today)
        if title != above:
            yield heading(title, f"year_title.{number}")
            above = title
        accessory = _accessory(t, line, about(line, page.number), number)
        yield _line(t, line, accessory, names, today)


def _title(t: Translator, line: Line, today: date) -> str:
    if line.how in HEADINGS:
        return t(HEADINGS[line.how])
    month = t.month(line.day, today)
    return month[:1].upper() + month[1:]


def _line(
    t: Translator,
    line: Line,
    accessory: Button | OverflowMenu,
    names: Mapping[str, str],
    today: date,
) -> SectionBlock:
    texts = [f"{cut(line.relation.name, NAME)} · {occasion(t, line.due)}", *_told(t, line, names)]
    if line.on:
        texts.insert(0, t.long_day(line.on, today))
    key = "year.{}.{}.{}".format(*line.key)
    return SectionBlock(plain("\n".join(texts)), block_id=key, accessory=accessory)


def _accessory(t: Translator, line: Line, here: About, number: int) -> Button | OverflowMenu:
    """The menu; where nobody is responsible, the way to the card, where one can be."""
    if line.how is How.NOBODY:
        return button(t("Show"), f"{SHOW}.year{number}", str(here.partner_id))
    return OverflowMenu(f"{MENU}.{number}", _choices(t, line, here))


def _told(t: Translator, line: Line, names: Mapping[str, str]) -> list[str]:
    if line.how is How.LEFT_OUT:
        return [t("Left out this time.")]
    if line.how is How.NOBODY:
        return []
    told = [t("Asks {who}", who=who(t, line, names))] if line.on else []
    if line.due.put_on:
        told.append(t("Put here by one of you."))
    if line.due.instrument:
        told.append(t("The questions were chosen by one of you."))
    return [*told, *(t(BEYOND[one]) for one in line.beyond)]


def _choices(t: Translator, line: Line, here: About) -> list[Option]:
    offered = [MOVE, SKIP, NOW, QUESTIONS]
    if line.how is How.LEFT_OUT:
        offered = [BACK, MOVE]
    elif line.due.moved:
        offered = [BACK, *offered]
    return [option(t(CHOICES[what]), f"{what}:{here}") for what in offered]


def _turn(page: Page, step: int, words: str) -> list[Button]:
    to = page.number + step
    return [button(words, f"{PAGE}.{to}", str(to))] if 1 <= to <= page.of else []
