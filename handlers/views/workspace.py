"""The form of a person's own settings."""

from collections.abc import Mapping
from typing import Any

from slackblocks import InputBlock, ModalView, RadioButtonGroup

from bot.translation import Translator
from bot.workspace import Language
from handlers.views.parts import Reply, notice, option, plain, rich

OPEN = "settings_open"
LIBRARY = "library_open"
BECOME = "library_become_coordinator"
SWITCH = "library_switch"
SUBMIT = "settings_save"
LANGUAGE = "language"  # block and action id

LIBRARYS = "library"  # the option for "as the library"
# Each language in its own words, so that it is found by whoever looks for it.
OWN_NAME = {Language.DANISH: "Dansk", Language.ENGLISH: "English"}


def settings_view(t: Translator, own: Language | None, library: Language) -> ModalView:
    """What one may choose for oneself."""
    default = option(t("As the library: {language}", language=OWN_NAME[library]), LIBRARYS)
    options = {language: option(name, language) for language, name in OWN_NAME.items()}
    return ModalView(
        plain(t("Your settings")),
        [
            InputBlock(
                plain(t("Which language shall I speak with you?")),
                RadioButtonGroup(
                    LANGUAGE,
                    [default, *options.values()],
                    initial_option=options[own] if own else default,
                ),
                block_id=LANGUAGE,
            )
        ],
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
    )


def read_settings(typed: Mapping[str, Any]) -> Language | None:
    """The chosen language; None for the library's."""
    value = typed[LANGUAGE][LANGUAGE]["selected_option"]["value"]
    return None if value == LIBRARYS else Language(value)


def saved(t: Translator) -> Reply:
    """The choice is kept."""
    return Reply(notice(t("Saved.")), [rich(t("Saved."), block_id="settings_saved")])
