"""Asking the partner: whom, in which way, and the mail that the colleague sends herself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from slackblocks import (
    Block,
    Button,
    InputBlock,
    ModalView,
    RadioButtonGroup,
    StaticSelectMenu,
)

from bot.evaluation_mail import Mail
from bot.partner import ContactPerson
from bot.round import Round
from bot.round_voice import THE_PARTNER, of_person
from bot.translation import Translator
from bot.workspace import Language
from handlers.views.evaluation_letter import letter_fields, text_field
from handlers.views.parts import Typed, button, cut, option, plain, rich, row, small
from handlers.views.round import deadline_of
from handlers.views.workspace import OWN_NAME

PASTE = "evaluation_paste"
FROM_MEETING = "evaluation_from_meeting"
OPEN_MAIL = "evaluation_open_mail"

FORM = "evaluation_ask_form"  # callback ids
SENT = "evaluation_ask_sent"

TO = "to"  # block and action ids
WAY = "way"
LANGUAGE = "language"
BY_LINK, IN_THE_MAIL = "link", "mail"  # the options of WAY

MOST_PERSONS = 99  # a menu has room for 100, and one is the organisation
NAME = 60  # characters of a partner's name in a sentence
URL = 3000  # characters that Slack takes of a button's address


@dataclass(frozen=True)
class Offer:
    """What the form is opened with."""

    this: Round
    partner: str
    persons: Sequence[ContactPerson]  # those who may be written to
    made: Mapping[str, datetime]  # when each voice was last given a link
    has_address: bool  # browsers reach the bot
    lacks_statements: bool  # of privacy or accessibility, below the form
    language: Language
    minutes: str  # that it takes, in words


@dataclass(frozen=True)
class Wishes:
    """What was chosen."""

    voice: str
    by_link: bool
    language: Language


def ask_view(t: Translator, offer: Offer) -> ModalView:
    """Whom to ask and how; private_metadata names the round."""
    until = t("{partner} can answer until {deadline}.")
    deadline = deadline_of(t, offer.this.deadline)
    blocks: list[Block] = [
        small(
            until.format(partner=cut(offer.partner, NAME), deadline=deadline), "evaluation_until"
        ),
        InputBlock(plain(t("Who do you write to?")), _to(t, offer), block_id=TO),
        *([_way(t, offer.minutes)] if offer.has_address else []),
        _language(t, offer.language),
        rich(t("**Have they answered already?**"), block_id="evaluation_have_answered"),
        row(
            "evaluation_told",
            button(t("Paste answers from a mail"), PASTE, str(offer.this.id)),
            button(t("Write in answers from a meeting"), FROM_MEETING, str(offer.this.id)),
        ),
    ]
    if offer.has_address and offer.lacks_statements:
        lacks = t(
            "The form does not link to your privacy or accessibility statement yet. The coordinator"
            " can put the addresses into the library's settings."
        )
        blocks.append(small(lacks, "evaluation_statements"))
    return ModalView(
        plain(t("Ask the partner")),
        blocks,
        submit=plain(t("See the draft")),
        close=plain(t("Close")),
        callback_id=FORM,
        private_metadata=str(offer.this.id),
    )


def read_wishes(typed: Typed) -> Wishes:
    """What the form holds."""
    way = typed.get(WAY, {}).get(WAY, {}).get("selected_option")
    return Wishes(
        str(typed[TO][TO]["selected_option"]["value"]),
        by_link=way is not None and way["value"] == BY_LINK,
        language=Language(typed[LANGUAGE][LANGUAGE]["selected_option"]["value"]),
    )


def mail_view(t: Translator, partner: str, mail: Mail, address: str, *, by_link: bool) -> ModalView:
    """The mail in fields to correct and copy; the link in it is shown this once."""
    blocks: list[Block] = [
        rich(
            t("Make it sound like yourself, and send it **from your own mail**."),
            block_id="evaluation_mail_how",
        ),
        text_field("subject", t("Subject line"), mail.subject),
        *letter_fields("letter", t("The letter"), mail.body),
    ]
    if (url := mail.to(address)) and len(url) <= URL:
        opens = Button(plain(t("Open in the mail program")), action_id=OPEN_MAIL, url=url)
        blocks.append(row("evaluation_mail_open", opens))
        as_it_was = t(
            "The button opens the letter as it stood when this window opened. If you have changed"
            " it here, copy it from here instead."
        )
        blocks.append(small(as_it_was, "evaluation_mail_as_it_was"))
    said = (
        t(
            "The link stands only here, and I do not keep it. Whoever has it can answer for"
            " {partner}, but not see what they have answered."
        )
        if by_link
        else t("When they answer, paste their mail here: I read the numbers for you.")
    )
    blocks.append(small(said.format(partner=cut(partner, NAME)), "evaluation_mail_link"))
    return ModalView(
        plain(t("Ask the partner")),
        blocks,
        submit=plain(t("Done")),
        close=plain(t("Close")),
        callback_id=SENT,
    )


def voices(t: Translator, offer: Offer) -> StaticSelectMenu:
    """Whose answer it is; as in the form that asks."""
    return _to(t, offer)


def _to(t: Translator, offer: Offer) -> StaticSelectMenu:
    offered = [
        option(person.name, of_person(person.id), _beside(t, offer, person))
        for person in offer.persons[:MOST_PERSONS]
    ]
    whole = option(t("The whole organisation"), THE_PARTNER, _asked(t, offer, THE_PARTNER))
    only = [*offered, whole][0] if len(offered) < 2 else None  # noqa: PLR2004 - nobody to mix up
    return StaticSelectMenu(TO, [*offered, whole], initial_option=only)


def _beside(t: Translator, offer: Offer, person: ContactPerson) -> str | None:
    asked = _asked(t, offer, of_person(person.id))
    return " · ".join(filter(None, (person.title, asked))) or None


def _asked(t: Translator, offer: Offer, voice: str) -> str | None:
    made = offer.made.get(voice)
    return t("has a link since {day}", day=t.day(made)) if made else None


def _way(t: Translator, minutes: str) -> Block:
    offered = [
        option(
            t("By a link to a short form"),
            BY_LINK,
            t("No account, and it takes {minutes}", minutes=minutes),
        ),
        option(t("In the mail itself"), IN_THE_MAIL, t("You paste their answer here afterwards")),
    ]
    return InputBlock(
        plain(t("How do they answer?")),
        RadioButtonGroup(WAY, offered, initial_option=offered[0]),
        block_id=WAY,
    )


def _language(t: Translator, language: Language) -> Block:
    offered = {each: option(own, each) for each, own in OWN_NAME.items()}
    return InputBlock(
        plain(t("The letter's language")),
        RadioButtonGroup(LANGUAGE, [*offered.values()], initial_option=offered[language]),
        block_id=LANGUAGE,
    )
