"""The tables of a year written: to be read, as CSV for a spreadsheet, or as JSON for a program."""

import csv
import json
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from io import StringIO
from pathlib import PurePath

from bot.errors import UserError
from bot.export import defused
from bot.report_table import tables
from bot.report_trait import Table
from bot.report_words import day_in_words, notes, title
from bot.report_year import Figures
from bot.translation import Translator, mark
from bot.workspace import Workspace

# A terminal's width; a longer label is cut nowhere, its figures then stand further out.
_LABEL = 46
_GAP = "  "

_NO_FORMAT = mark("I cannot tell from “{name}” what to write. End it in .txt, .csv or .json.")


class Form(StrEnum):
    """How it is written."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


_BY_SUFFIX = {".txt": Form.TEXT, ".csv": Form.CSV, ".json": Form.JSON}


def form_of(name: str) -> Form:
    """The form that a file's name ends in; raises UserError."""
    found = _BY_SUFFIX.get(PurePath(name).suffix.lower())
    if found is None:
        raise UserError(_NO_FORMAT, name=name)
    return found


def written(t: Translator, told: Figures, library: Workspace, form: Form, as_of: date) -> str:
    """The whole report; only the line with `as_of` differs from one day to the next."""
    found = tables(t, told, library)
    return _WRITERS[form](t, told, found, as_of)


def _text(t: Translator, told: Figures, found: Sequence[Table], as_of: date) -> str:
    heading = title(t, told)
    parts = [f"{heading}\n{'=' * len(heading)}\n{day_in_words(t, as_of)}"]
    parts += [_laid_out(t, table) for table in found]
    listed = "\n".join(f"- {note}" for note in notes(t, told))
    counted = t("How it is counted")
    parts.append(f"{counted}\n{listed}")
    return "\n\n".join(parts) + "\n"


def _laid_out(t: Translator, table: Table) -> str:
    """Labels to the left, figures to the right below their column's name."""
    names = [label for _, label in table.columns]
    cells = [[t.number(value) for value in row.values] for row in table.rows]
    wide = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    label = max(_LABEL, *(len(row.label) for row in table.rows))

    def line(first: str, rest: Sequence[str]) -> str:
        right = (text.rjust(width) for text, width in zip(rest, wide, strict=True))
        return _GAP.join([first.ljust(label), *right])

    head = line(table.title, names)
    body = [line(row.label, each) for row, each in zip(table.rows, cells, strict=True)]
    return "\n".join([head, "-" * len(head), *body])


def _csv(t: Translator, told: Figures, found: Sequence[Table], as_of: date) -> str:
    """One figure a line, with the mark and the semicolons by which a Danish Excel knows it."""
    out = StringIO()
    out.write("\ufeff")
    lines = csv.writer(out, delimiter=";")
    lines.writerow(
        [
            "year",
            "from",
            "to",
            "as_of",
            "table",
            "row",
            "column",
            t("Table"),
            t("Row"),
            t("Column"),
            t("Number"),
        ]
    )
    year = told.year
    same = [year.number, year.first, year.last, as_of]
    for table in found:
        for row in table.rows:
            for (name, label), value in zip(table.columns, row.values, strict=True):
                ours = [table.id, defused(row.id), name]
                words = [table.title, row.label, label]
                lines.writerow([*same, *ours, *map(defused, words), value])
    return out.getvalue()


def _json(t: Translator, told: Figures, found: Sequence[Table], as_of: date) -> str:
    year = told.year
    whole = {
        "year": year.number,
        "from": year.first.isoformat(),
        "to": year.last.isoformat(),
        "over": year.over,
        "register_since": year.since.isoformat(),
        "as_of": as_of.isoformat(),
        "tables": {
            table.id: {
                "title": table.title,
                "rows": [
                    {"row": row.id, "label": row.label}
                    | {
                        name: value
                        for (name, _), value in zip(table.columns, row.values, strict=True)
                    }
                    for row in table.rows
                ],
            }
            for table in found
        },
        "notes": notes(t, told),
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


_WRITERS = {Form.TEXT: _text, Form.CSV: _csv, Form.JSON: _json}
