"""The form of a person's own settings, and what it says of who the coordinator is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from slackblocks import (
    Block,
    Button,
    CheckboxGroup,
    DatePicker,
    InputBlock,
    ModalView,
    Option,
    RadioButtonGroup,
    UserSelectMenu,
)

from bot.translation import Translator, mark
from bot.workspace import Frequency, Language, Member
from handlers.views.parts import (
    People,
    Person,
    Reply,
    button,
    confirm,
    notice,
    option,
    plain,
    rich,
    row,
)

OPEN = "settings_open"
LIBRARY = "library_open"
BECOME = "library_become_coordinator"
SWITCH = "library_switch"
SUBMIT = "settings_save"
LANGUAGE = "language"  # block and action id
AWAY = "away_until"
DEPUTY = "deputy"
FREQUENCY = "frequency"
QUARTERLY = "quarterly"

LIBRARYS = "library"  # the option for "as the library"
# Each language in its own words, so that it is found by whoever looks for it.
OWN_NAME = {Language.DANISH: "Dansk", Language.ENGLISH: "English"}
FREQUENCIES = {
    Frequency.WEEKLY: mark("Every week, when there is something"),
    Frequency.MONTHLY: mark("Once a month"),
    Frequency.NEVER: mark("Never"),
}


@dataclass(frozen=True)
class Me:
    """A colleague at her own settings."""

    user: str
    chosen: Member
    library: Language
    coordinators: tuple[str, ...]  # those who are colleagues still


def settings_view(t: Translator, me: Me) -> ModalView:
    """What one may choose for oneself, under what one is here."""
    return ModalView(
        plain(t("Your settings")),
        [
            *_roles(t, me),
            _language(t, me),
            InputBlock(
                plain(t("Away until")),
                DatePicker(AWAY, initial_date=_iso(me.chosen.away_until)),
                hint=plain(t("The first day you are back.")),
                block_id=AWAY,
                optional=True,
            ),
            InputBlock(
                plain(t("Who steps in for you?")),
                UserSelectMenu(DEPUTY, initial_user=me.chosen.deputy),
                block_id=DEPUTY,
                optional=True,
            ),
            _frequency(t, me.chosen.frequency),
            _quarterly(t, gets_it=me.chosen.quarterly),
        ],
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
    )


def become_button(t: Translator) -> Button:
    """Become the one who sets the bot up, for a library that has nobody."""
    question = confirm(
        t("Become coordinator?"),
        t("You set Partnerbot up for the whole library. You can name others later."),
        t("Become coordinator"),
        t("Cancel"),
    )
    return button(t("Become coordinator"), BECOME, confirm=question)


def read_settings(typed: Mapping[str, Any]) -> Member:
    """What was chosen; no language is the library's."""
    language = typed[LANGUAGE][LANGUAGE]["selected_option"]["value"]
    away = typed[AWAY][AWAY]["selected_date"]
    return Member(
        language=None if language == LIBRARYS else Language(language),
        away_until=date.fromisoformat(away) if away else None,
        deputy=typed[DEPUTY][DEPUTY]["selected_user"],
        frequency=Frequency(typed[FREQUENCY][FREQUENCY]["selected_option"]["value"]),
        quarterly=bool(typed[QUARTERLY][QUARTERLY]["selected_options"]),
    )


def saved(t: Translator, chosen: Member | None = None, gone: str | None = None) -> Reply:
    """The choice is kept; `gone` was the deputy, and is no colleague any more."""
    blocks: list[Block] = [rich(t("Saved."), block_id="settings_saved")]
    if chosen and chosen.away_until and chosen.deputy:
        sentence = t(
            "While you are away I ask {who} about your partners, your next steps and decisions"
            " included. On a card with a deputy of its own I ask that one."
        )
        blocks.append(rich(sentence, block_id="settings_meanwhile", who=Person(chosen.deputy)))
    if gone:
        sentence = t("{who} is not a colleague here any more, so nobody steps in for you now.")
        blocks.append(rich(sentence, block_id="settings_deputy", who=Person(gone)))
    return Reply(notice(t("Saved.")), blocks)


def _roles(t: Translator, me: Me) -> list[Block]:
    if me.user in me.coordinators:
        return [
            rich(t("You are the library's coordinator."), block_id="role"),
            row("role_buttons", button(t("The library's settings"), LIBRARY)),
        ]
    if me.coordinators:
        sentence = t.n(
            "Your coordinator is {coordinators}.",
            "Your coordinators are {coordinators}.",
            len(me.coordinators),
            coordinators="{coordinators}",
        )
        return [rich(sentence, block_id="role", coordinators=People(me.coordinators))]
    return [
        rich(
            t("You have no coordinator. Whoever is, sets the bot up for the library."),
            block_id="role",
        ),
        row("role_buttons", become_button(t)),
    ]


def _language(t: Translator, me: Me) -> Block:
    default = option(t("As the library: {language}", language=OWN_NAME[me.library]), LIBRARYS)
    options = {language: option(name, language) for language, name in OWN_NAME.items()}
    return _choice(
        t("Which language shall I speak with you?"),
        LANGUAGE,
        [default, *options.values()],
        options[me.chosen.language] if me.chosen.language else default,
    )


def _frequency(t: Translator, chosen: Frequency) -> Block:
    options = {each: option(t(words), each) for each, words in FREQUENCIES.items()}
    return _choice(
        t("How often may I write to you by myself?"),
        FREQUENCY,
        [*options.values()],
        options[chosen],
        hint=t(
            "I remind you when your answer is missing in a round, and tell you when a colleague"
            " moves a partner you are responsible for. With “Never” I do neither."
        ),
    )


def _quarterly(t: Translator, *, gets_it: bool) -> InputBlock:
    options = [option(t("Send me the quarter’s page"), QUARTERLY)]
    return InputBlock(
        plain(t("For those who lead")),
        CheckboxGroup(QUARTERLY, options, initial_options=options if gets_it else None),
        hint=plain(t("What moved, what you said no to and why, what is to be decided.")),
        block_id=QUARTERLY,
        optional=True,
    )


def _choice(
    label: str, name: str, options: list[Option], chosen: Option, *, hint: str | None = None
) -> InputBlock:
    return InputBlock(
        plain(label),
        RadioButtonGroup(name, options, initial_option=chosen),
        hint=plain(hint) if hint else None,
        block_id=name,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
