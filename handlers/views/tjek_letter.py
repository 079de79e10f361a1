"""A kind no: the form that a letter is made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slackblocks import (
    Block,
    Button,
    DatePicker,
    InputBlock,
    ModalView,
    Option,
    OptionGroup,
    PlainTextInput,
    RadioButtonGroup,
    StaticMultiSelectMenu,
    StaticSelectMenu,
)

from bot.partner import ContactPerson, Partner
from bot.tjek import Check, Decision
from bot.tjek_letter import LINE_LENGTH, MOST_REASONS, Wishes, asked_again, reasons
from bot.translation import Translator
from bot.words import DECISION
from bot.workspace import Language
from handlers.views.parts import Typed, button, option, plain, small
from handlers.views.tjek import heading_of
from handlers.views.workspace import OWN_NAME

BEGIN = "tjek_letter"
FORM = "tjek_letter_form"  # callback id

REASONS = "reasons"  # block and action ids
LIKED = "liked"
CHANGE = "change"
TO = "to"
AGAIN = "again"
LANGUAGE = "language"

MOST_PERSONS = 100  # options of a menu


@dataclass(frozen=True)
class Offer:
    """What the form is opened with."""

    check: Check
    partner: Partner | None
    persons: Sequence[ContactPerson]  # those who may be written to
    suggested: Sequence[str]  # ids of reasons
    again: date
    language: Language


def begin_button(t: Translator, check_id: int) -> Button:
    """The way to the letter, from wherever a kind no is shown."""
    return button(t("Write the letter"), BEGIN, str(check_id))


def form_view(t: Translator, offer: Offer) -> ModalView:
    """What the letter is to say; private_metadata names the check."""
    blocks: list[Block] = [
        small(heading_of(offer.check), "letter_subject"),
        _reasons(t, offer.suggested),
        _line(t("What did we like?"), t("Continue: We liked … You can leave it empty."), LIKED),
        _line(
            t("What could change the answer?"),
            t(
                "Continue: Our answer could change if … If you leave it empty, I use what goes with"
                " the reasons."
            ),
            CHANGE,
        ),
    ]
    if offer.persons:
        blocks.append(_to(t, offer.persons[:MOST_PERSONS]))
    if asked_again(offer.partner):
        blocks.append(_again(t, offer.again))
    return ModalView(
        plain(t(DECISION[Decision.KINDLY_NO]), 24),
        [*blocks, _language(t, offer.language)],
        submit=plain(t("See the draft")),
        close=plain(t("Close")),
        callback_id=FORM,
        private_metadata=str(offer.check.id),
    )


def read_wishes(typed: Typed) -> tuple[Wishes, Language]:
    """What the form holds, and the letter's language."""
    chosen = typed[REASONS][REASONS].get("selected_options") or ()
    person = typed.get(TO, {}).get(TO, {}).get("selected_option")
    again = typed.get(AGAIN, {}).get(AGAIN, {}).get("selected_date")
    wishes = Wishes(
        tuple(reason["value"] for reason in chosen),
        liked=str(typed[LIKED][LIKED].get("value") or ""),
        change=str(typed[CHANGE][CHANGE].get("value") or ""),
        person_id=int(person["value"]) if person else 0,
        again=date.fromisoformat(again) if again else None,
    )
    return wishes, Language(typed[LANGUAGE][LANGUAGE]["selected_option"]["value"])


def _reasons(t: Translator, suggested: Sequence[str]) -> Block:
    offered = {name: _reason(t, name) for name in reasons()}
    first = [offered.pop(name) for name in suggested]
    rest = [*offered.values()]
    groups = [
        OptionGroup(plain(t("What you said no to")), first) if first else None,
        OptionGroup(plain(t("Other reasons")), rest) if rest else None,
    ]
    return InputBlock(
        plain(t("Why do we say no?")),
        StaticMultiSelectMenu(
            REASONS,
            None,  # type: ignore[arg-type] # taken where there are groups, but not typed so
            option_groups=[group for group in groups if group],
            max_selected_items=MOST_REASONS,
            placeholder=plain(t("Choose one or two")),
        ),
        block_id=REASONS,
    )


def _reason(t: Translator, name: str) -> Option:
    said = reasons()[name]
    change = said.change.in_(t.language) if said.change else ""
    return option(said.reason.in_(t.language), name, f"… {change}" if change else None)


def _line(label: str, hint: str, name: str) -> Block:
    return InputBlock(
        plain(label),
        PlainTextInput(name, max_length=LINE_LENGTH),
        hint=plain(hint),
        block_id=name,
        optional=True,
    )


def _to(t: Translator, persons: Sequence[ContactPerson]) -> Block:
    offered = [option(person.name, str(person.id), person.title or None) for person in persons]
    only = offered[0] if len(offered) == 1 else None
    return InputBlock(
        plain(t("Who do you write to?")),
        StaticSelectMenu(TO, offered, initial_option=only),
        block_id=TO,
        optional=True,
    )


def _again(t: Translator, day: date) -> Block:
    return InputBlock(
        plain(t("When do we look at it again?")),
        DatePicker(AGAIN, initial_date=day.isoformat()),
        hint=plain(
            t(
                "The letter names the month. Empty it to promise nothing. You can still "
                "choose another day."
            )
        ),
        block_id=AGAIN,
        optional=True,
    )


def _language(t: Translator, language: Language) -> Block:
    offered = {each: option(own, each) for each, own in OWN_NAME.items()}
    return InputBlock(
        plain(t("The letter's language")),
        RadioButtonGroup(LANGUAGE, [*offered.values()], initial_option=offered[language]),
        block_id=LANGUAGE,
    )
