"""The register for other programs: whole, partner by partner, and as a network for Kumu."""

import json
import shutil
from dataclasses import replace
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from pydantic import TypeAdapter

from bot.circle import Level
from bot.export import Entry, Paper
from bot.export_rows import in_circle, level_name
from bot.export_writer import Writer
from bot.partner import Kind
from bot.tjek import Check, Sheet
from bot.translation import mark
from bot.words import RELATION_TYPE, STATUS, called

# Grows when a reader of the former one would lose something.
VERSION = 1

# What is written is what is read: `ENTRY.validate_python` of a partner's line is unsigned(entry).
ENTRY = TypeAdapter(Entry)
CHECK = TypeAdapter(Check)

_RING = {Level.PARTNERSHIP: 1, Level.COLLABORATION: 2, Level.NETWORK: 3}  # from the inside out
_CENTRE = "library"
_IN_MEMORY = 1_000_000  # bytes; a larger second half waits in a file


class Whole(Writer):
    """One object, a partner per line, then the checks of ideas; fields are named as in our code."""

    def __init__(self, file: IO[bytes], paper: Paper, made_at: datetime) -> None:
        super().__init__(file, paper)
        head = {"format": "partnerbot", "version": VERSION, "made_at": made_at.isoformat()}
        self._file.write(json.dumps(head)[:-1].encode() + b', "partners": [')
        self._comma, self._list = b"\n", "partners"

    def add(self, entry: Entry) -> None:
        """Write all of the partner."""
        self._write(ENTRY.dump_json(unsigned(entry)))

    def add_idea(self, check: Check) -> None:
        """Write a check that has no partner; they come after the partners."""
        self._to_ideas()
        self._write(CHECK.dump_json(_unsigned(check)))

    def close(self) -> None:
        """Write the end."""
        self._to_ideas()
        self._file.write(b"\n]}\n")

    def _to_ideas(self) -> None:
        if self._list == "partners":
            self._file.write(b'\n], "ideas": [')
            self._comma, self._list = b"\n", "ideas"

    def _write(self, one: bytes) -> None:
        self._file.write(self._comma + one)
        self._comma = b",\n"
        self.counts[self._list] += 1


class Kumu(Writer):
    """The circle with the library in its centre: elements with their ring, and connections to it.

    Kumu is a service on the internet: no contact person, no colleague and no partner who is an
    individual is in it. Ids have neither "_" nor ".", which its search stumbles over.
    """

    def __init__(self, file: IO[bytes], paper: Paper) -> None:
        super().__init__(file, paper)
        # Kumu wants all elements first, so the connections wait.
        self._connections = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed in close()
        centre = paper.library.library_name or paper.t("The library")
        element = {"id": _CENTRE, "label": centre, "type": paper.t("The library")}
        self._file.write(b'{"elements": [\n' + _line(element))

    def add(self, entry: Entry) -> None:
        """Write the partner's element, and keep its connection."""
        if entry.partner.kind is Kind.INDIVIDUAL:
            return
        key = f"p{entry.partner.id}"
        self._file.write(b",\n" + _line(_element(self._paper, entry, key)))
        relation = level_name(self._paper, entry.partner) or self._relation(entry)
        connection = {"from": _CENTRE, "to": key, "type": relation, "direction": "undirected"}
        comma = b",\n" if self.counts["elements"] else b""
        self._connections.write(comma + _line(connection))
        self.counts["elements"] += 1

    def add_idea(self, check: Check) -> None:
        """An idea is not in the circle."""

    def close(self) -> None:
        """Write the connections and the end."""
        self._file.write(b'\n], "connections": [\n')
        self._connections.seek(0)
        shutil.copyfileobj(self._connections, self._file)
        self._connections.close()
        self._file.write(b"\n]}\n")

    def _relation(self, entry: Entry) -> str:
        return self._paper.t(RELATION_TYPE[entry.partner.relation_type])


def unsigned(entry: Entry) -> Entry:
    """Without who noted, moved, told or checked something: no file is for measuring a colleague.

    Who is responsible, deputy or knows the partner is what the register is for, and stays. How
    often a row was edited is of this register only, and not told either.
    """
    told = {number: replace(one, informed_by=None) for number, one in entry.standings.items()}
    return Entry(
        replace(entry.partner, created_by="", version=0),
        told,
        tuple(replace(one, noted_by="", changed_by=None, version=0) for one in entry.contacts),
        tuple(replace(one, by="") for one in entry.moves),
        tuple(map(_unsigned, entry.checks)),
        entry.evaluations,
    )


def _unsigned(check: Check) -> Check:
    """The sheets by a number that tells neither whose they are nor who answered first."""
    ordered = (
        Sheet(dict(sorted(sheet.answers.items())), dict(sorted(sheet.notes.items())))
        for sheet in check.sheets.values()
    )
    sheets = {str(number): sheet for number, sheet in enumerate(sorted(ordered, key=repr), 1)}
    return replace(check, started_by="", decided_by=None, sheets=sheets)


def _element(paper: Paper, entry: Entry, key: str) -> dict[str, Any]:
    partner, last = entry.partner, entry.last_contact
    told = {
        "id": key,
        "label": partner.name,
        "type": called(paper.t, paper.library, partner.kind) if partner.kind else "",
        "tags": partner.keywords,
        paper.t("Place in the circle"): level_name(paper, partner),
        paper.t(mark("Ring")): _RING[partner.level] if in_circle(partner) else None,
        paper.t("Where it stands"): paper.t(STATUS[partner.status]),
        paper.t("Rooms"): [called(paper.t, paper.library, room) for room in partner.rooms],
        paper.t("Our branch or team"): partner.branch,
        paper.t("Last contact"): last.isoformat() if last else "",
    }
    return {name: value for name, value in told.items() if value}


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
