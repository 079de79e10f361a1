"""The partners behind a figure, each with the way to its card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from slackblocks import Block, Button, ModalView, SectionBlock

from bot.contact import Contact
from bot.home import Page
from bot.home_house import Which
from bot.partner import Partner
from bot.translation import Translator, mark
from bot.words import place
from handlers.views.partner import SHOW
from handlers.views.parts import button, cut, plain, rich, row, small

LIST = "home_list"

NAME = 200  # characters

_TITLE = {
    Which.UNHELD: mark("Nobody is responsible"),
    Which.ON_OFFER: mark("About to be handed over"),
}
_SAID = {
    Which.UNHELD: mark(
        "I remind nobody of these. Open one and choose somebody, or take it yourself."
    ),
    Which.ON_OFFER: mark("A colleague is asked to take these over, and has not answered yet."),
}


@dataclass(frozen=True)
class Listed:
    """One page of them, and when anybody was last in touch."""

    which: Which
    partners: Sequence[Partner]
    page: Page
    last: Mapping[int, Contact] = field(default_factory=dict)


def open_button(t: Translator, which: Which) -> Button:
    """The way to it."""
    return button(t("See the list"), f"{LIST}.{which}", f"{which}:1")


def read(value: str) -> tuple[Which, int]:
    """Which list and page a button's value names."""
    which, _, number = value.partition(":")
    return Which(which), int(number)


def list_view(t: Translator, listed: Listed, today: date) -> ModalView:
    """The page; empty where all have found somebody meanwhile."""
    blocks: list[Block] = [rich(t(_SAID[listed.which]), block_id="listed")]
    blocks += [_line(t, one, listed.last.get(one.id), today) for one in listed.partners]
    if not listed.partners:
        blocks = [rich(t("Everything has somebody now."), block_id="listed_none")]
    return ModalView(
        plain(t(_TITLE[listed.which])),
        [*blocks, *_turning(t, listed)],
        close=plain(t("Close")),
        callback_id="home_list",
    )


def _line(t: Translator, partner: Partner, last: Contact | None, today: date) -> Block:
    said = t("No contact has been noted yet.")
    if last:
        said = t("Last contact {day}", day=t.ago(last.on, today))
    return SectionBlock(
        plain(f"{cut(partner.name, NAME)} · {t(place(partner))}\n{said}"),
        block_id=f"listed.{partner.id}",
        accessory=button(t("Show"), f"{SHOW}.listed{partner.id}", str(partner.id)),
    )


def _turning(t: Translator, listed: Listed) -> list[Block]:
    page, which = listed.page, listed.which
    if page.of == 1:
        return []
    ways = []
    if page.number > 1:
        ways.append(button(t("Previous"), f"{LIST}.back", f"{which}:{page.number - 1}"))
    if page.number < page.of:
        ways.append(button(t("Next"), f"{LIST}.on", f"{which}:{page.number + 1}"))
    where = t("Page {number} of {of}", number=t.number(page.number), of=t.number(page.of))
    return [small(where, "listed_where"), row("listed_pages", *ways)]
