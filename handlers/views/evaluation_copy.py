"""The mail to the partner after an evaluation, in a field from which it is copied."""

from slackblocks import InputBlock, ModalView, RadioButtonGroup

from bot.translation import Translator
from bot.workspace import Language
from handlers.views.evaluation_letter import letter_fields
from handlers.views.parts import Typed, option, plain, small
from handlers.views.workspace import OWN_NAME

COPIED = "evaluation_copied"  # callback id
CHOICE = "evaluation_mail_language"  # block and action id
MAIL = "mail"


def mail_view(
    t: Translator, round_id: int, text: str, language: Language, *, read_along: bool = False
) -> ModalView:
    """The mail in one of the two languages; `read_along`: they have read the thread, too."""
    without = t("What colleagues have written, and who answered what, is not in it.")
    if read_along:
        without += " " + t("They have been able to read the remarks in the thread.")
    choices = {one: option(name, one) for one, name in OWN_NAME.items()}
    name = f"{MAIL}.{language}"  # what was changed in one language is not put into the other
    return ModalView(
        plain(t("Back to the partner")),
        [
            InputBlock(
                plain(t("In which language?")),
                RadioButtonGroup(CHOICE, list(choices.values()), initial_option=choices[language]),
                block_id=CHOICE,
                dispatch_action=True,
            ),
            *letter_fields(
                name,
                t("The mail"),
                text,
                t("Change it so that it sounds like you. Copy it and send it yourself."),
            ),
            small(without, "mail_without"),
        ],
        submit=plain(t("Done")),
        close=plain(t("Close")),
        callback_id=COPIED,
        private_metadata=str(round_id),
    )


def read_language(typed: Typed) -> Language:
    """Which one is chosen."""
    return Language(typed[CHOICE][CHOICE]["selected_option"]["value"])
