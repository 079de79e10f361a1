"""What writes the files: one writer for each format, with its library loaded when it is wanted."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import IO, assert_never

from bot.export import Entry, Format, Paper, Wanted
from bot.tjek import Check


class Writer(ABC):
    """Writes partner after partner and keeps none. The file is its opener's to close."""

    def __init__(self, file: IO[bytes], paper: Paper) -> None:
        self.counts: Counter[str] = Counter()  # what was written, by kind
        self._file = file
        self._paper = paper

    @abstractmethod
    def add(self, entry: Entry) -> None:
        """Write what the format has of a partner."""

    @abstractmethod
    def add_idea(self, check: Check) -> None:
        """Write a check that belongs to no partner, after all partners (Wanted.ideas)."""

    @abstractmethod
    def close(self) -> None:
        """Write the end."""


def writer(file: IO[bytes], paper: Paper, wanted: Wanted, now: datetime) -> Writer:
    """The one for that format, with the beginning of the file written."""
    from bot import export_json, export_people, export_table  # noqa: PLC0415 - slow to load

    match wanted.format:
        case Format.XLSX:
            return export_table.Xlsx(file, paper, wanted)
        case Format.CSV:
            return export_table.Csv(file, paper, wanted)
        case Format.VCARD:
            return export_people.Vcard(file, paper)
        case Format.MAIL:
            return export_people.Mail(file, paper)
        case Format.KUMU:
            return export_json.Kumu(file, paper)
        case Format.JSON:
            return export_json.Whole(file, paper, now)
    assert_never(wanted.format)  # pragma: nocover - mypy refuses a format without its writer


def write(to: Writer, entries: Iterable[Entry]) -> None:
    """Write these partners."""
    for entry in entries:
        to.add(entry)
