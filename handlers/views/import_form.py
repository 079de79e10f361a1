"""The forms of an import: the file, and what its columns are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from slackblocks import Block, FileInput, InputBlock, ModalView, SectionBlock, StaticSelectMenu

from bot.import_fields import FIELDS
from bot.import_header import all_known, letter
from bot.import_sheet import Column, Columns, Sure
from bot.import_undo import Imported
from bot.partner import Kind
from bot.translation import Translator
from bot.words import shown
from handlers.views.import_note import Note
from handlers.views.parts import (
    OPTION,
    Typed,
    bare,
    button,
    cut,
    heading,
    option,
    plain,
    rich,
    small,
)
from handlers.views.parts_values import in_todays_form

BEGIN = "import_begin"  # opens the form
PAST = "import_past"  # what an earlier import did
SUBMIT = "import_file"  # callback ids
COLUMNS = "import_columns"

FILE = "file"  # block and action id
COLUMN = "column"  # with the column's letter behind it
SHEET = "import_sheet"  # which of a workbook

TYPES = ["csv", "tsv", "txt", "xlsx", "vcf", "json"]
LISTED = 30  # columns that can be put right: all their menus must fit into one view
NAME = 100  # characters of a file's name
SHEETS = 100  # as many as a menu of Slack's holds
_LEFT_OUT = "-"


def file_view(t: Translator, latest: Sequence[Imported], today: date) -> ModalView:
    """Where a file is chosen, and the last imports."""
    blocks: list[Block] = [
        InputBlock(
            plain(t("Your list of partners")),
            FileInput(FILE, filetypes=TYPES, max_files=1),
            hint=plain(
                t(
                    "A spreadsheet (xlsx or csv), an address book (vcf) or an export from here"
                    " (json). At most 10 MB."
                )
            ),
            block_id=FILE,
        ),
        rich(
            t(
                "You see what would happen before anything does, and you can undo it for thirty"
                " days. A blank cell deletes nothing, and nobody is written to."
            ),
            "import_promise",
        ),
    ]
    if latest:
        blocks.append(heading(t("Earlier imports"), "import_log"))
        blocks += [_past(t, one, n, today) for n, one in enumerate(latest)]
    return ModalView(
        plain(t("Fetch your partners")),
        blocks,
        submit=plain(t("Read the file")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
    )


def reading_view(t: Translator) -> ModalView:
    """While a file is read and compared with the register."""
    said = t(
        "I am reading the file and looking at what would happen. It takes a moment, and it comes"
        " here by itself."
    )
    return _meanwhile(t, t("What would happen"), said)


def storing_view(t: Translator) -> ModalView:
    """While what it says is stored."""
    said = t(
        "I am reading the file in. It takes a moment, and the receipt comes here by itself. You can"
        " close this window: it goes on."
    )
    return _meanwhile(t, t("Read in"), said)


def undoing_view(t: Translator) -> ModalView:
    """While an import is taken back."""
    said = t(
        "I am undoing the import. It takes a moment, and you can see here what came of it. You can"
        " close this window: it goes on."
    )
    return _meanwhile(t, t("Undo the import"), said)


@in_todays_form()
def read_file(typed: Typed) -> str:
    """The chosen file's id."""
    return str(typed[FILE][FILE]["files"][0]["id"])


def columns_view(t: Translator, columns: Columns, name: str, note: Note) -> ModalView:
    """What I take each column for; every one can be put right."""
    ordered = sorted(columns.all, key=lambda column: (not column.field, column.number))
    shown = sorted(ordered[:LISTED], key=lambda column: column.number)
    blocks: list[Block] = [
        *_all_known(t, columns),
        rich(
            t("This is what I take the columns of **{file}** for. Put right what is wrong."),
            "import_columns",
            file=cut(name, NAME),
        ),
        *_which_sheet(t, columns),
        *(_column(t, column) for column in shown),
    ]
    if len(columns.all) > LISTED:
        more = len(columns.all) - LISTED
        said = t.n(
            "One more column is not shown, and not read.",
            "{number} more columns are not shown, and not read.",
            more,
        )
        blocks.append(small(bare(said, number=more), "import_more_columns"))
    return ModalView(
        plain(t("The columns")),
        blocks,
        submit=plain(t("See what happens")),
        close=plain(t("Cancel")),
        callback_id=COLUMNS,
        private_metadata=note.written(),
    )


@in_todays_form()
def read_columns(typed: Typed, note: Note) -> Note:
    """With all columns as they were chosen."""
    chosen = {}
    for block_id, elements in typed.items():
        name, _, at = block_id.partition(".")
        if name == COLUMN:
            picked = elements[block_id]["selected_option"]
            value = str(picked["value"]) if picked else _LEFT_OUT
            chosen[at] = "" if value == _LEFT_OUT else value
    return replace(note, columns=chosen)


_BOTH = 2


def _all_known(t: Translator, columns: Columns) -> list[Block]:
    number = len(columns.all)
    said = t.n(
        "The column is recognised.",
        "All {number} columns are recognised.",
        number,
        number=t.count(number),
    )
    if number == _BOTH:
        said = t("Both columns are recognised.")
    return [rich(said, "import_all_known")] if all_known(columns) else []


def _which_sheet(t: Translator, columns: Columns) -> list[Block]:
    """Which sheet of a workbook is read, where it has more than one; another can be chosen."""
    if len(columns.sheets) <= 1:
        return []
    options = [option(title, str(n)) for n, title in enumerate(columns.sheets[:SHEETS])]
    place = columns.sheets.index(columns.title)
    now = options[place] if place < SHEETS else None
    menu = StaticSelectMenu(SHEET, options, initial_option=now)
    said = plain(t("There are several sheets in the file. I read this one:"))
    return [SectionBlock(said, block_id=SHEET, accessory=menu)]


def _column(t: Translator, column: Column) -> Block:
    options = [option(t("Leave it out"), _LEFT_OUT)]
    options += [option(t(each.label), key) for key, each in FIELDS.items()]
    taken = column.field or _LEFT_OUT
    name = f"{COLUMN}.{letter(column.number)}"
    menu = StaticSelectMenu(
        name,
        options,
        initial_option=next(one for one in options if one.value == taken),
    )
    seen = ", ".join(_example(t, column, one) for one in column.examples)
    why = t(column.why)
    why = why[:1].upper() + why[1:]
    hint = t("{why}. For example {examples}", why=why, examples=seen) if seen else why
    return InputBlock(
        plain(cut(column.header or letter(column.number), OPTION)),
        menu,
        hint=plain(cut(hint, NAME)),
        block_id=name,
    )


def _example(t: Translator, column: Column, text: str) -> str:
    """As it stands there, but for a day, which a spreadsheet keeps without a form.

    Of an address card the kind is our own word.
    """
    if column.sure is Sure.FILE and text in set(Kind):
        return shown(t, Kind(text))
    try:
        return t.day(datetime.strptime(text, "%Y-%m-%d").date(), date.min)  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return text


def summary(t: Translator, one: Imported, today: date) -> str:
    """An earlier import in a line."""
    new, changed = (one.counts.get(name, 0) for name in ("new", "changed"))
    what = [t.n("one new", "{number} new", new)] if new else []
    what += [t.n("one changed", "{number} changed", changed)] if changed else []
    return t(
        "{day}: {file} ({what})",
        day=t.day(one.at, today),
        file=cut(one.file, NAME),
        what=t.list(what) or "–",
    )


def _past(t: Translator, one: Imported, number: int, today: date) -> Block:
    words = summary(t, one, today)
    if one.undone_at:
        return rich(t("{what}. Undone."), f"import_past.{number}", what=words)
    return SectionBlock(
        plain(words),
        block_id=f"import_past.{number}",
        accessory=button(t("See it"), f"{PAST}.{number}", str(one.id)),
    )


def _meanwhile(t: Translator, title: str, said: str) -> ModalView:
    return ModalView(plain(title), [rich(said, "import_waiting")], close=plain(t("Close")))
