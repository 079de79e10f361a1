"""Giving a person access to what we have: whom it is about and why, and then the document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from slackblocks import Block, InputBlock, ModalView, Option, SectionBlock, StaticSelectMenu

from bot.partner import ContactPerson
from bot.privacy_document import PLACE, Document, Section
from bot.privacy_everything import Mention
from bot.translation import Translator
from handlers.views import privacy_erasure
from handlers.views.parts import (
    Reply,
    Typed,
    button,
    cut,
    heading,
    notice,
    option,
    plain,
    rich,
    row,
    small,
)
from handlers.views.parts_values import partner_and_person

SUBMIT = "privacy_disclose"
SEND = "privacy_send"

WHO = "who"  # block and action id of the form

CHOICES = 100  # as many as a menu of Slack's holds
# A view holds 250 kB, and one character may take twelve bytes in it.
SHOWN = 15_000  # characters of the document; the files have all of it
PIECE = 2500  # characters of one block
UNSURE = 10  # texts that may be about somebody else
ONE_TEXT = 300  # characters of one of these


@dataclass(frozen=True)
class Choice:
    """A person that a search found, and where. `former`: on the card no more."""

    partner_id: int
    partner_name: str
    person: ContactPerson
    former: bool

    @property
    def value(self) -> str:
        """How the menu names her."""
        return f"{self.partner_id}:{self.person.id}"


def nobody(t: Translator, words: str) -> Reply:
    """Nobody is called that."""
    sentence = t(
        "I have no contact person called “{words}”, also not among those taken off a card. Write"
        " the name or the whole mail address."
    )
    elsewhere = t("Notes can name people too: search for the name with `/partner`.")
    shown = cut(words, 200)
    return Reply(
        notice(sentence, words=shown),
        [rich(f"{sentence}\n{elsewhere}", block_id="nobody", words=shown)],
    )


def ask_view(t: Translator, found: Sequence[Choice]) -> ModalView:
    """Whom it is about, and why."""
    offered = [_option(t, one) for one in found[:CHOICES]]
    only = offered[0] if len(offered) == 1 else None
    blocks: list[Block] = [
        InputBlock(
            plain(t("Whom is it about?")),
            StaticSelectMenu(WHO, offered, initial_option=only, placeholder=plain(t("Choose"))),
            block_id=WHO,
        ),
        privacy_erasure.purpose_input(
            t,
            t("Why do you take the details out?"),
            t("For example “asked for it in a mail on 20 November”."),
        ),
    ]
    if len(found) > CHOICES:
        more = t("{number} fit. Write more of the name to see the others.", number=len(found))
        blocks.insert(0, small(more, "too_many"))
    return ModalView(
        plain(t("A person's details")),
        blocks,
        submit=plain(t("Show the details")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
    )


def read_who(typed: Typed) -> tuple[int, int]:
    """The partner and the person chosen."""
    return partner_and_person(typed[WHO][WHO]["selected_option"]["value"])


def document_view(
    t: Translator, told: Document, unsure: Sequence[Mention], meant: str, *, sent: bool = False
) -> ModalView:
    """The document, and its way out as files; `meant` names partner and person.

    `unsure` is for the coordinator, who must look whether it is the same person.
    """
    pieces = list(_pieces(told.sections))
    shown = _within(pieces)
    blocks: list[Block] = [heading(told.title, "document")]
    blocks += [
        rich(
            "**{heading}**\n{text}" if first else "{text}",
            f"document.{n}",
            heading=first,
            text=text,
        )
        for n, (first, text) in enumerate(shown)
    ]
    if len(shown) < len(pieces):
        blocks.append(small(t("There is more. The files have all of it."), "document_more"))
    blocks += _unsure(t, unsure)
    if sent:
        blocks.append(rich(t("**The files are in your direct messages with me.**"), "sent"))
    buttons = [] if sent else [button(t("Send me the files"), SEND, meant, primary=True)]
    buttons.append(button(t("Anonymise …"), privacy_erasure.BEGIN, meant))
    blocks.append(row("document_buttons", *buttons))
    return ModalView(
        plain(t("A person's details")),
        blocks,
        close=plain(t("Close")),
        callback_id="privacy_document",
    )


def _option(t: Translator, one: Choice) -> Option:
    name = one.person.called
    details = [one.person.title] if one.person.title else []
    details += [t("taken off the card")] if one.former else []
    return option(f"{name} · {one.partner_name}", one.value, ", ".join(details) or None)


def _pieces(sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    """A heading, where a section begins, and as much text as one block is to hold."""
    for section in sections:
        text = "\n".join(section.lines)
        for start in range(0, max(1, len(text)), PIECE):
            yield "" if start else section.heading, text[start : start + PIECE]


def _within(pieces: Sequence[tuple[str, str]]) -> Sequence[tuple[str, str]]:
    """As many of them as a view has room for."""
    lengths = accumulate(len(text) for _, text in pieces)
    return [piece for piece, length in zip(pieces, lengths, strict=True) if length <= SHOWN]


def _unsure(t: Translator, unsure: Sequence[Mention]) -> list[Block]:
    if not unsure:
        return []
    sentence = t(
        "**Look for yourself whether this is the same person.** It is not in the files; if it is"
        " about the person, add it:"
    )
    blocks: list[Block] = [rich(sentence, "unsure")]
    blocks += [
        SectionBlock(
            plain(cut(f"{t(PLACE[mention.where])}: {mention.text}", ONE_TEXT)),
            block_id=f"unsure.{n}",
        )
        for n, mention in enumerate(unsure[:UNSURE])
    ]
    if len(unsure) > UNSURE:
        more = t.n("and one more", "and {number} more", len(unsure) - UNSURE)
        blocks.append(small(more, "unsure_more"))
    return blocks
