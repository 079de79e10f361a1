"""The form of one contact: new, to be corrected, or suggested from a message in Slack."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from slackblocks import (
    Block,
    DatePicker,
    InputBlock,
    ModalView,
    PlainTextInput,
    StaticSelectMenu,
)

from bot.contact import OURS, WHOM_LENGTH, Contact, Kind
from bot.guard import NOTE_LENGTH
from bot.partner import Hit
from bot.translation import Translator
from bot.words import CONTACT
from handlers.views.partner import ADD
from handlers.views.partner_pick import pick, picked
from handlers.views.parts import Typed, button, option, plain, rich, row
from handlers.views.parts_values import in_todays_form

SUBMIT = "contact_save"
SHORTCUT = "note_contact"  # callback id of the message shortcut in app.yaml

LINE = 100  # characters that a field of one line shows without scrolling

# Block and action ids, named as the fields of bot.contact.Contact.
ABOUT, KIND, ON, WITH_WHOM = "about", "kind", "on", "with_whom"


@dataclass(frozen=True)
class Origin:
    """What the form remembers: the contact it corrects, or the message it was suggested from."""

    contact_id: int = 0
    version: int = 0
    channel: str = ""
    ts: str = ""

    def __str__(self) -> str:
        return f"{self.contact_id}:{self.version}:{self.channel}:{self.ts}"

    @classmethod
    @in_todays_form()
    def read(cls, note: str) -> "Origin":
        """From a view's private_metadata."""
        contact_id, version, channel, ts = note.split(":")
        return cls(int(contact_id), int(version), channel, ts)


NEW = Origin()


def contact_view(
    t: Translator,
    contact: Contact,
    partner: Hit | None,
    origin: Origin = NEW,
    above: Sequence[Block] = (),
) -> ModalView:
    """The form, filled in with what is known; only the partner must be chosen."""
    offered = [kind for kind in Kind if kind in (*OURS, contact.kind)]
    kinds = {kind: option(t(CONTACT[kind]), kind) for kind in offered}
    blocks: list[Block] = [
        *above,
        pick(t, partner, optional=False),
        InputBlock(
            plain(t("What was it about?")),
            PlainTextInput(
                ABOUT,
                # Room for more than is stored: what is too long comes back to be shortened.
                initial_value=contact.about[:NOTE_LENGTH] or None,
                max_length=NOTE_LENGTH,
                multiline=len(contact.about) > LINE,
                placeholder=plain(t("For example: talked with Anne about the spring")),
            ),
            hint=plain(
                t("Write to the point and briefly. The partner may be given access to read it.")
            ),
            block_id=ABOUT,
            optional=True,
        ),
        InputBlock(
            plain(t("How?")),
            StaticSelectMenu(KIND, [*kinds.values()], initial_option=kinds[contact.kind]),
            block_id=KIND,
        ),
        InputBlock(
            plain(t("When?")), DatePicker(ON, initial_date=contact.on.isoformat()), block_id=ON
        ),
        InputBlock(
            plain(t("Who of theirs?")),
            PlainTextInput(
                WITH_WHOM,
                initial_value=contact.with_whom or None,
                max_length=WHOM_LENGTH,
                placeholder=plain(t("For example: Anne Holm")),
            ),
            block_id=WITH_WHOM,
            optional=True,
        ),
    ]
    if partner is None:
        blocks.insert(len(above) + 1, row("contact_new_partner", button(t("Add a partner"), ADD)))
    return ModalView(
        plain(t("Correct the contact") if origin.contact_id else t("Note a contact")),
        blocks,
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=str(origin),
    )


def read_contact(typed: Typed, before: Contact) -> Contact:
    """The contact as the form has it now."""
    day = typed[ON][ON]["selected_date"]
    return replace(
        before,
        partner_id=picked(typed) or 0,
        about=str(typed[ABOUT][ABOUT]["value"] or ""),
        kind=Kind(typed[KIND][KIND]["selected_option"]["value"]),
        on=date.fromisoformat(day),
        with_whom=str(typed[WITH_WHOM][WITH_WHOM]["value"] or ""),
    )


def unclear(t: Translator) -> list[Block]:
    """Above the form when the line named nobody that is in the register."""
    return [
        rich(
            t("I could not see which partner you mean. Choose it here; your words are kept."),
            block_id="contact_unclear",
        )
    ]


def refused(sentence: str, values: dict[str, object]) -> list[Block]:
    """Above the form when the line could not be kept as it was."""
    return [rich(sentence, block_id="contact_refused", **values)]
