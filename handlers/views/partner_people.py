"""Their contact persons: the short list on the card, the whole one, and the form for one."""

from collections.abc import Sequence

from slackblocks import (
    Block,
    EmailInput,
    InputBlock,
    ModalView,
    PlainTextInput,
    RichTextBlock,
    RichTextList,
    SectionBlock,
)

from bot.guard import NOTE_LENGTH
from bot.intake import NAME_LENGTH
from bot.partner import ContactPerson, Partner
from bot.translation import Translator, mark
from handlers.views.parts import Typed, button, confirm, cut, line, plain, row, small

EDIT = "person_edit"
REMOVE = "person_remove"
SUBMIT = "person_save"

SHOWN_ON_CARD = 5  # a card is read at a glance; the rest stand in the list
ON_CARD = 400  # characters of one person; the form shows all
LISTED = 40  # each takes a section; a view has room for a hundred blocks
ROOM = {
    "name": NAME_LENGTH,
    "title": NAME_LENGTH,
    "email": 254,
    "phone": 60,
    "source": NAME_LENGTH,
    "note": NOTE_LENGTH,
}
LABELS = {
    "name": mark("Name"),
    "title": mark("Title or role"),
    "email": mark("Mail"),
    "phone": mark("Phone"),
    "source": mark("Where do we have the details from?"),
    "note": mark("Note"),
}
HINTS = {
    "source": mark("We must be able to answer that if the person asks."),
    "note": mark("Write to the point and briefly. The partner may be given access to read it."),
}
REQUIRED = {"name", "source"}


def people(t: Translator, persons: Sequence[ContactPerson]) -> list[Block]:
    """Theirs, as a short list."""
    entries = [
        line("{who}", who=cut(" · ".join(filter(None, (_titled(p), p.email, p.phone))), ON_CARD))
        for p in persons[:SHOWN_ON_CARD]
    ]
    more = len(persons) - SHOWN_ON_CARD
    if more > 0:
        entries.append(line(t.n("and one more", "and {number} more", more)))
    return [RichTextBlock([RichTextList("bullet", entries)], block_id="card_people")]


def _titled(person: ContactPerson) -> str:
    return f"{person.name}, {person.title}" if person.name and person.title else person.name


def people_view(t: Translator, partner: Partner) -> ModalView:
    """All of them, each with the way to its form."""
    blocks: list[Block] = [small(partner.name, "people_of")]
    for n, person in enumerate(partner.people[:LISTED]):
        text = " · ".join(filter(None, (person.name, person.title, person.email, person.phone)))
        blocks.append(
            SectionBlock(
                plain(cut(text, 300)),
                block_id=f"person.{n}",
                accessory=button(t("Edit"), f"{EDIT}.{n}", f"{partner.id}:{person.id}"),
            )
        )
    blocks.append(row("people_add", button(t("Add a contact person"), EDIT, f"{partner.id}:0")))
    return ModalView(
        plain(t("Contact persons")), blocks, close=plain(t("Close")), callback_id="people"
    )


def person_view(
    t: Translator, partner: Partner, person: ContactPerson, above: Sequence[Block] = ()
) -> ModalView:
    """The form; private_metadata names partner, person (0 for a new one) and version."""
    blocks: list[Block] = [*above]
    blocks += [_input(t, name, getattr(person, name)) for name in LABELS]
    if person.id:
        question = confirm(
            t("Remove {name}?", name=cut(person.name, 60)),
            t("The name and the details are deleted from the card."),
            t("Remove"),
            t("Keep"),
        )
        remove = button(
            t("Remove from the card"), REMOVE, f"{partner.id}:{person.id}", confirm=question
        )
        blocks.append(row("person_buttons", remove))
    return ModalView(
        plain(t("Contact person")),
        blocks,
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=f"{partner.id}:{person.id}:{partner.version}",
    )


def where(value: str) -> tuple[int, int]:
    """Which partner and which person a button means."""
    partner, person = value.split(":")
    return int(partner), int(person)


def form_of(note: str) -> tuple[int, int, int]:
    """Which partner, which person and which version of the partner a form was filled from."""
    partner, person, version = note.split(":")
    return int(partner), int(person), int(version)


def read_person(typed: Typed, number: int) -> ContactPerson:
    """The person as typed."""
    values = {name: str(typed.get(name, {}).get(name, {}).get("value") or "") for name in LABELS}
    return ContactPerson(**values, id=number)


def _input(t: Translator, name: str, value: str) -> InputBlock:
    hint = HINTS.get(name)
    element = (
        EmailInput(name, initial_value=value or None)
        if name == "email"
        else PlainTextInput(
            name, initial_value=value or None, multiline=name == "note", max_length=ROOM[name]
        )
    )
    return InputBlock(
        plain(t(LABELS[name])),
        element,
        hint=plain(t(hint)) if hint else None,
        block_id=name,
        optional=name not in REQUIRED,
    )
