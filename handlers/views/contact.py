"""What is answered when a contact is noted: which one, noted, undone, and all of a partner's."""

from collections.abc import Sequence
from datetime import date, datetime

from slackblocks import Block, ModalView, RichTextBlock, RichTextList, RichTextSection

from bot.contact import Contact, Kind, may_undo
from bot.partner import Partner
from bot.translation import Translator, mark
from bot.words import CONTACT
from handlers.views.parts import (
    Link,
    Reply,
    button,
    cut,
    line,
    notice,
    plain,
    rich,
    row,
    whose,
)

BEGIN = "contact_begin"
RECENT = "contact_recent"
MEANT = "contact_meant"
EDIT = "contact_edit"
UNDO = "contact_undo"
LIST = "contact_list"

SHOWN_ON_CARD = 3  # enough to know where the talk was left
LISTED = 20  # each takes two blocks of the hundred that a modal has room for
CHOICES = 8  # more of one beginning are told apart by writing more of the name
CARRIED = 1900  # characters of a line that a button can hand on; Slack takes 2000 with the id
NAME = 200  # characters of a partner's name in a sentence

NOTED = mark("**Noted:** {partner}, {day}, “{about}”.")
NOTED_BARE = mark("**Noted:** {partner}, {day}. {how}.")
NOTED_LATELY = mark("**Noted:** You have talked with {partner} lately.")
NOTED_RECENT = mark("**Noted:** You have talked with {partner} {day}.")
UNDONE = mark("**Undone.** The contact with {partner} is taken back.")
LINE = mark("{day}, {who}: {what}")
LINE_READ_IN = mark("{day}: {what}")
LINE_WITH = mark("{day}, {who}: {what} (with {whom})")


def which(t: Translator, meant: Sequence[tuple[Partner, str]], typed: str) -> Reply:
    """Several that the line may mean: a button each carries the rest of it."""
    question = t("**Which one do you mean?**")
    buttons = [
        button(_told_apart(partner), f"{MEANT}.{n}", f"{partner.id}:{text}")
        for n, (partner, text) in enumerate(meant[:CHOICES])
    ]
    none = button(t("None of them"), f"{MEANT}.none", f"0:{typed}")
    blocks: list[Block] = [
        rich(question, block_id="which"),
        row("which_buttons", *buttons, none),
    ]
    return Reply(notice(question), blocks)


def noted(
    t: Translator, partner: str, contact: Contact, today: date, more: Sequence[Block] = ()
) -> Reply:
    """It is kept; what else there is to say stands below."""
    sentence = t(NOTED if contact.about else NOTED_BARE)
    values = {
        "partner": cut(partner, NAME),
        "day": t.ago(contact.on, today),
        "about": contact.about,
        "how": t(CONTACT[contact.kind]),
    }
    return _kept(t, contact, t("Correct"), sentence, values, more)


def noted_recent(
    t: Translator,
    partner: str,
    contact: Contact,
    today: date,
    more: Sequence[Block] = (),
    sentence: str = NOTED_RECENT,
) -> Reply:
    """The same after one click, which says no more than that there was a contact."""
    values = {"partner": cut(partner, NAME), "day": t.ago(contact.on, today)}
    return _kept(t, contact, t("Add what it was about"), t(sentence), values, more)


def undone(t: Translator, partner: str) -> Reply:
    """It is taken back."""
    values = {"partner": cut(partner, NAME)}
    return Reply(notice(t(UNDONE), **values), [rich(t(UNDONE), block_id="undone", **values)])


def lines(t: Translator, contacts: Sequence[Contact], today: date) -> list[Block]:
    """The last contacts on the card; a sentence where there is none."""
    if not contacts:
        return [rich(t("No contact has been noted yet."), block_id="card_contacts")]
    entries = [_line(t, contact, today) for contact in contacts[:SHOWN_ON_CARD]]
    return [
        rich(t("**Latest contacts**"), block_id="card_contacts"),
        RichTextBlock([RichTextList("bullet", entries)], block_id="card_contact_list"),
    ]


def left_alone(t: Translator, names: Sequence[str]) -> list[Block]:
    """Below what was noted: whoever is named in it does not want to hear from us."""
    return [
        rich(t("**{name}** wishes no contact."), block_id=f"left_alone.{n}", name=cut(name, NAME))
        for n, name in enumerate(names)
    ]


def all_view(
    t: Translator, partner: Partner, contacts: Sequence[Contact], user: str, now: datetime
) -> ModalView:
    """A partner's contacts, each with the ways to correct it."""
    today = now.astimezone(t.zone).date()
    title = t("**{name}:** the last contacts")
    blocks: list[Block] = [rich(title, block_id="contacts_of", name=cut(partner.name, NAME))]
    if not contacts:
        blocks.append(rich(t("No contact has been noted yet."), block_id="contacts_none"))
    for contact in contacts[:LISTED]:
        buttons = [button(t("Correct"), f"{EDIT}.{contact.id}", str(contact.id))]
        if may_undo(contact, user, now):
            buttons.append(button(t("Undo"), f"{UNDO}.{contact.id}", str(contact.id)))
        text = RichTextBlock([_line(t, contact, today)], block_id=f"contact.{contact.id}")
        blocks += [text, row(f"contact_buttons.{contact.id}", *buttons)]
    return ModalView(
        plain(t("Contacts")), blocks, close=plain(t("Close")), callback_id="contact_all"
    )


def _kept(
    t: Translator,
    contact: Contact,
    correct: str,
    sentence: str,
    values: dict[str, str],
    more: Sequence[Block],
) -> Reply:
    number = str(contact.id)
    buttons = row("noted_buttons", button(correct, EDIT, number), button(t("Undo"), UNDO, number))
    blocks = [rich(sentence, block_id="noted", **values), buttons, *more]
    return Reply(notice(sentence, **values), blocks)


def _line(t: Translator, contact: Contact, today: date) -> RichTextSection:
    by_us = LINE_WITH if contact.with_whom else LINE
    template = t(LINE_READ_IN if contact.kind is Kind.READ_IN else by_us)
    return line(
        template + (" · {link}" if contact.link else ""),
        day=_capital(t.ago(contact.on, today)),
        who=whose(t, contact.noted_by),
        what=contact.about or _small(t(CONTACT[contact.kind])),
        whom=contact.with_whom,
        link=Link(contact.link, t("the message")),
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _told_apart(partner: Partner) -> str:
    """The name, with what tells it from another that begins alike."""
    detail = partner.area or next(iter(partner.keywords), "")
    return f"{partner.name} – {detail}" if detail else partner.name
