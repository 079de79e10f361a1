"""Their contact persons: the short list on the card, the whole one, and the form for one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

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
from bot.identifiers import phone_shown
from bot.intake import NAME_LENGTH
from bot.partner import ContactPerson, Partner
from bot.privacy import Standing
from bot.translation import Translator, mark
from handlers.views import privacy, privacy_erasure
from handlers.views.parts import Typed, button, confirm, cut, line, plain, row, small
from handlers.views.parts_values import in_todays_form

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


@dataclass(frozen=True)
class Owed:
    """What we owe a partner's persons, by person id; `deadlines` has those still to be told."""

    today: date
    standings: Mapping[int, Standing]
    deadlines: Mapping[int, date]


def people(
    t: Translator,
    persons: Sequence[ContactPerson],
    standings: Mapping[int, Standing] | None = None,
) -> list[Block]:
    """Theirs, as a short list; with what we owe each, where `standings` are known."""
    entries = [
        line("{who}", who=cut(_reached(t, person, standings), ON_CARD))
        for person in persons[:SHOWN_ON_CARD]
    ]
    more = len(persons) - SHOWN_ON_CARD
    if more > 0:
        entries.append(line(t.n("and one more", "and {number} more", more)))
    return [RichTextBlock([RichTextList("bullet", entries)], block_id="card_people")]


def _reached(t: Translator, person: ContactPerson, standings: Mapping[int, Standing] | None) -> str:
    """Who it is and how to reach her; who wishes no contact is not to be reached."""
    titled = f"{person.name}, {person.title}" if person.name and person.title else person.name
    noted = (standings or {}).get(person.id, Standing())
    if noted.no_contact:
        return " · ".join(filter(None, (titled, t("wishes no contact"))))
    owed = "" if standings is None or noted.informed else t("not told yet")
    return " · ".join(filter(None, (titled, person.email, phone_shown(person.phone), owed)))


def standing(t: Translator, owed: Owed, number: int) -> str:
    """What is noted of the person of that id, and what is still owed."""
    noted = owed.standings.get(number, Standing())
    parts = [t("wishes no contact")] if noted.no_contact else []
    if noted.informed:
        parts.append(t("told {day}", day=t.ago(noted.informed.on, owed.today)))
    elif number in owed.deadlines:
        last = privacy.dated(t, owed.deadlines[number], owed.today)
        parts.append(t("is to be told by {day}", day=last))
    return " · ".join(parts)


def people_view(t: Translator, partner: Partner, owed: Owed) -> ModalView:
    """All of them, each with the way to its form."""
    blocks: list[Block] = [small(partner.name, "people_of")]
    for n, person in enumerate(partner.people[:LISTED]):
        left_alone = owed.standings.get(person.id, Standing()).no_contact
        reached = () if left_alone else (person.email, phone_shown(person.phone))
        text = cut(" · ".join(filter(None, (person.name, person.title, *reached))), 300)
        blocks.append(
            SectionBlock(
                plain("\n".join(filter(None, (text, standing(t, owed, person.id))))),
                block_id=f"person.{n}",
                accessory=button(t("Edit"), f"{EDIT}.{n}", f"{partner.id}:{person.id}"),
            )
        )
    blocks.append(row("people_add", button(t("Add a contact person"), EDIT, f"{partner.id}:0")))
    return ModalView(
        plain(t("Contact persons")), blocks, close=plain(t("Close")), callback_id="people"
    )


def person_view(
    t: Translator,
    partner: Partner,
    person: ContactPerson,
    owed: Owed,
    above: Sequence[Block] = (),
    *,
    may_anonymise: bool = False,
) -> ModalView:
    """The form; private_metadata names partner, person (0 for a new one) and version."""
    blocks: list[Block] = [*above]
    if noted := standing(t, owed, person.id):
        blocks.append(small(noted[:1].upper() + noted[1:], "person_standing"))
    held = replace(person, phone=phone_shown(person.phone))
    blocks += [_input(t, name, getattr(held, name), partner.version) for name in LABELS]
    if person.id:
        blocks.append(_ways_on(t, partner, person, owed, may_anonymise=may_anonymise))
    return ModalView(
        plain(t("Contact person")),
        blocks,
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=f"{partner.id}:{person.id}:{partner.version}",
    )


def _ways_on(
    t: Translator, partner: Partner, person: ContactPerson, owed: Owed, *, may_anonymise: bool
) -> Block:
    meant = f"{partner.id}:{person.id}"
    left_alone = owed.standings.get(person.id, Standing()).no_contact
    question = confirm(
        t("Remove {name}?", name=cut(person.name, 60)),
        t("The name and the details are deleted from the card."),
        t("Remove"),
        t("Keep"),
    )
    buttons = [
        button(t("Text that informs"), privacy.INFORM, f"{meant}:{partner.version}"),
        button(
            t("May be contacted again") if left_alone else t("Wishes no contact"),
            privacy.NO_CONTACT,
            f"{meant}:{partner.version}:{int(not left_alone)}",
        ),
        button(t("Remove from the card"), REMOVE, meant, confirm=question),
    ]
    if may_anonymise:
        buttons.append(button(t("Anonymise …"), privacy_erasure.BEGIN, meant))
    return row("person_buttons", *buttons)


@in_todays_form()
def form_of(note: str) -> tuple[int, int, int]:
    """Which partner, which person and which version of the partner a form was filled from."""
    partner, person, version = note.split(":")
    return int(partner), int(person), int(version)


def read_person(typed: Typed, number: int) -> ContactPerson:
    """The person as typed."""
    return ContactPerson(**{name: _typed(typed[name]) for name in LABELS}, id=number)


def _typed(elements: Mapping[str, Mapping[str, Any]]) -> str:
    (state,) = elements.values()
    return str(state["value"] or "")


def _input(t: Translator, name: str, value: str, version: int) -> InputBlock:
    hint = HINTS.get(name)
    action_id = f"{name}.{version}"  # as in partner_form
    element = (
        EmailInput(action_id, initial_value=value or None)
        if name == "email"
        else PlainTextInput(
            action_id, initial_value=value or None, multiline=name == "note", max_length=ROOM[name]
        )
    )
    return InputBlock(
        plain(t(LABELS[name])),
        element,
        hint=plain(t(hint)) if hint else None,
        block_id=name,
        optional=name not in REQUIRED,
    )
