"""The pairs that may be one partner, a page at a time, and two that somebody picks herself."""

from collections.abc import Sequence
from dataclasses import dataclass

from slackblocks import Block, DividerBlock, ExternalSelectMenu, InputBlock, ModalView

from bot.likeness import Reason
from bot.partner import Partner
from bot.translation import Translator
from bot.words import LIKENESS
from handlers.views.parts import Typed, button, cut, plain, rich, row, small
from handlers.views.parts_values import in_todays_form

LIST = "duplicate_list"
PAGE = "duplicate_page"
MERGE = "duplicate_merge"
APART = "duplicate_apart"
PICK = "duplicate_pick"
PICKED = "duplicate_picked"  # callback id
ONE, OTHER = "duplicate_one", "duplicate_other"  # block and action ids of the two selects

LISTED = 10  # pairs on a page
NAME = 150  # characters of a name in a line
PEOPLE = 3  # contact persons named with each


@dataclass(frozen=True)
class Shown:
    """Two that may be one, and why."""

    one: Partner
    other: Partner
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Page:
    """A page of `total` pairs; `about` the partners (ids) of which only those are listed.

    `parted`: two have just been noted as not the same.
    """

    pairs: Sequence[Shown]
    number: int
    total: int
    about: tuple[int, ...] = ()
    parted: bool = False


def list_view(t: Translator, page: Page) -> ModalView:
    """The likeliest on top."""
    blocks: list[Block] = [_how_many(t, page)]
    if page.parted:
        noted = t("I have noted that those two are not the same, and do not ask again.")
        blocks.insert(0, rich(noted, "duplicate_parted"))
    for n, shown in enumerate(page.pairs):
        blocks += _pair(t, shown, page.number, n)
    if page.pairs:
        blocks.append(DividerBlock(block_id="duplicate_end"))
    turns = []
    if page.number:
        turns.append(button(t("Earlier"), f"{PAGE}.back", str(page.number - 1)))
    if page.total > (page.number + 1) * LISTED:
        turns.append(button(t("More"), f"{PAGE}.on", str(page.number + 1)))
    blocks.append(row("duplicate_more", *turns, button(t("Pick two yourself"), PICK)))
    return ModalView(
        plain(t("Perhaps the same")),
        blocks,
        close=plain(t("Close")),
        callback_id=LIST,
        private_metadata=_about_whom(page.about),
    )


def waiting_view(t: Translator, size: int, about: tuple[int, ...]) -> ModalView:
    """While `size` partners are compared."""
    said = t(
        "I am comparing {number} partners with each other. It takes a moment, and the list comes"
        " here by itself.",
        number=t.number(size),
    )
    return ModalView(
        plain(t("Perhaps the same")),
        [rich(said, "duplicate_waiting")],
        close=plain(t("Close")),
        callback_id=LIST,
        private_metadata=_about_whom(about),
    )


def pick_view(t: Translator) -> ModalView:
    """Two of one's own choice."""
    return ModalView(
        plain(t("Make two one")),
        [_select(t, ONE, t("One of them")), _select(t, OTHER, t("The other"))],
        submit=plain(t("Go on")),
        close=plain(t("Cancel")),
        callback_id=PICKED,
    )


def read_picked(typed: Typed) -> tuple[int, int]:
    """The two chosen."""
    one, other = (typed[name][name]["selected_option"]["value"] for name in (ONE, OTHER))
    return int(one), int(other)


@in_todays_form()
def which(value: str) -> tuple[int, int, int]:
    """The two of a button, and the page that it stood on."""
    one, other, page = value.split(":")
    return int(one), int(other), int(page)


@in_todays_form()
def read_about(note: str) -> tuple[int, ...]:
    """The partners that a list, by its private_metadata, is about; nobody, where it is of all."""
    return tuple(int(number) for number in note.split(",") if number)


def _about_whom(about: tuple[int, ...]) -> str:
    return ",".join(map(str, about))


def _how_many(t: Translator, page: Page) -> Block:
    if not page.total:
        return rich(t("I have found no two that look like the same partner."), "duplicate_none")
    said = t.n(
        "**One pair may be the same partner.**",
        "**{number} pairs may be the same partner.** The likeliest stand on top.",
        page.total,
    )
    return rich(said, "duplicate_count")


def _pair(t: Translator, shown: Shown, page: int, n: int) -> list[Block]:
    value = f"{shown.one.id}:{shown.other.id}:{page}"
    reasons = t.list(t(LIKENESS[reason]) for reason in shown.reasons)
    return [
        rich(
            "**{one}**{about_one}\n**{other}**{about_other}",
            f"duplicate.{n}",
            one=cut(shown.one.name, NAME),
            other=cut(shown.other.name, NAME),
            about_one=_about(t, shown.one),
            about_other=_about(t, shown.other),
        ),
        small(t("They have {reasons}.", reasons=reasons), f"duplicate_why.{n}"),
        row(
            f"duplicate_do.{n}",
            button(t("Make them one"), f"{MERGE}.{n}", value),
            button(t("Not the same"), f"{APART}.{n}", value),
        ),
    ]


def _about(t: Translator, partner: Partner) -> str:
    """What tells it from one of the same name."""
    people = [person.called for person in partner.people[:PEOPLE]]
    archived = t("archived") if partner.archived else ""
    details = (partner.area, partner.website, t.list(people) if people else "", archived)
    said = " · ".join(filter(None, details))
    return cut(f" – {said}", NAME) if said else ""


def _select(t: Translator, name: str, label: str) -> InputBlock:
    menu = ExternalSelectMenu(name, min_query_length=0, placeholder=plain(t("Type a name")))
    return InputBlock(plain(label), menu, block_id=name)
