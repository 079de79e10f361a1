"""Persons for an address book and for a mail. Those who wish no contact are in neither."""

from typing import IO

from bot.export import Entry, Paper
from bot.export_writer import Writer
from bot.partner import ContactPerson, Partner
from bot.text import fold, one_line
from bot.tjek import Check

_SPECIAL = frozenset('()<>[]:;@\\,."')  # RFC 5322, specials: a name with one of them is quoted


class Vcard(Writer):
    """A card for each person: version 3, because Outlook and many telephones read no version 4.

    Our own note and where we have the details from stay in the register.
    """

    def add(self, entry: Entry) -> None:
        """Write the cards of the partner's persons."""
        for person in entry.reachable:
            if fold(person.email) not in self._paper.unwilling:
                self._file.write(_card(person, entry.partner).encode())
                self.counts["cards"] += 1

    def add_idea(self, check: Check) -> None:
        """An idea has no persons."""

    def close(self) -> None:
        """Every line is complete by itself."""


class Mail(Writer):
    """A line for each address, to be pasted into the field for recipients: `Name <address>;`.

    An address comes once, however many partners it is noted at.
    """

    def __init__(self, file: IO[bytes], paper: Paper) -> None:
        super().__init__(file, paper)
        self._left_out = set(paper.unwilling)

    def add(self, entry: Entry) -> None:
        """Write the addresses that have not come yet."""
        for person in entry.reachable:
            address = fold(person.email)
            if address and address not in self._left_out:
                self._left_out.add(address)
                name = _quoted(person.name or entry.partner.name)
                self._file.write(f"{name} <{person.email}>;\r\n".encode())
                self.counts["addresses"] += 1

    def add_idea(self, check: Check) -> None:
        """An idea has no persons."""

    def close(self) -> None:
        """Every line is complete by itself."""


def _card(person: ContactPerson, partner: Partner) -> str:
    import vobject  # noqa: PLC0415 - loaded when somebody wants cards

    card = vobject.vCard()
    called = one_line(person.called)
    given, _, family = one_line(person.name).rpartition(" ")
    card.add("n").value = vobject.vcard.Name(family=family, given=given)
    card.add("fn").value = called
    card.add("org").value = [one_line(partner.name)]
    more = {
        "title": person.title,
        "email": person.email,
        "tel": person.phone,
        "url": partner.website,
    }
    for name, value in more.items():
        if value:
            card.add(name).value = one_line(value)
    text: str = card.serialize()
    return text


def _quoted(name: str) -> str:
    plain = one_line(name)
    if not _SPECIAL & set(plain):
        return plain
    escaped = plain.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
