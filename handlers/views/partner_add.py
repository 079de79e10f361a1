"""Adding a partner: three fields and under thirty seconds; the rest behind "Fill in more"."""

from collections.abc import Sequence

from slackblocks import Block, InputBlock, ModalView, PlainTextInput

from bot.intake import NAME_LENGTH
from bot.partner import Partner
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views.notice import too_long
from handlers.views.partner_form import ABOUT, fields, read
from handlers.views.parts import Typed, button, plain, row, small

SUBMIT = "partner_add"
EVERYTHING = "partner_add_more"

CONTACT = "contact"  # block and action ids beside the partner's own attributes
SOURCE = "source"

PASTED = 3000  # what a multi-line field of Slack takes
SHORTCUT = "add_partner"  # callback id of the shortcut in app.yaml

SURE = "sure"  # private_metadata once the lookalikes have been seen
MORE = "more"  # private_metadata once the other fields are shown


def add_view(
    t: Translator,
    library: Workspace,
    partner: Partner,
    contact: str = "",
    source: str = "",
    *,
    more: bool = False,
    sure: bool = False,
    above: Sequence[Block] = (),
) -> ModalView:
    """The form; shown again it holds what was typed."""
    blocks: list[Block] = [
        *above,
        *too_long(t, contact, PASTED),
        _text(
            "name", t("Who is it?"), t("The name of the organisation"), NAME_LENGTH, partner.name
        ),
        _text(
            CONTACT,
            t("Contact person"),
            t("Paste a whole mail signature, or write name, mail and phone. I sort it out."),
            PASTED,
            contact,
        ),
        _text(
            SOURCE,
            t("Where do you know each other from?"),
            t("For example “business card from the culture night” or “from Mette”."),
            NAME_LENGTH,
            source,
            hint=t(
                "Needed when you write a contact person: we must be able to answer that if the"
                " person asks."
            ),
        ),
    ]
    if more:
        blocks += fields(t, library, partner, [name for name in ABOUT if name != "name"])
    else:
        blocks.append(row("add_more", button(t("Fill in more"), EVERYTHING)))
    blocks.append(
        small(
            t("You are put down as knowing them. They are in the network until you move them."),
            "add_note",
        )
    )
    return ModalView(
        plain(t("Add a partner")),
        blocks,
        submit=plain(t("Create anyway") if sure else t("Save")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=",".join([SURE] * sure + [MORE] * more),
    )


def read_add(typed: Typed) -> tuple[Partner, str, str]:
    """The partner as typed, the pasted contact person, and where we have the details from."""
    return read(Partner(""), typed), _string(typed, CONTACT), _string(typed, SOURCE)


def _string(typed: Typed, name: str) -> str:
    return str(typed.get(name, {}).get(name, {}).get("value") or "")


def _text(
    name: str, label: str, placeholder: str, room: int, value: str = "", hint: str = ""
) -> InputBlock:
    return InputBlock(
        plain(label),
        PlainTextInput(
            name,
            initial_value=value[:room] or None,
            multiline=name == CONTACT,
            max_length=room,
            placeholder=plain(placeholder, 150),
        ),
        hint=plain(hint) if hint else None,
        block_id=name,
        optional=name != "name",
    )
