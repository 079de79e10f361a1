"""The forms of an import: the file, and what its columns are."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from slackblocks import Block, FileInput, InputBlock, ModalView, SectionBlock, StaticSelectMenu

from bot.import_draft import Choice, Likely
from bot.import_fields import FIELDS
from bot.import_header import letter
from bot.import_sheet import Column, Columns
from bot.import_undo import Imported
from bot.translation import Translator
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

TYPES = ["csv", "tsv", "txt", "xlsx", "vcf", "json"]
LISTED = 30  # columns that can be put right: all their menus must fit into one view
NAME = 100  # characters of a file's name
SAID = 1000  # of a sentence with names in it
_LEFT_OUT = "-"


@dataclass(frozen=True)
class Note:
    """What a form of an import carries along: ids and choices, in its private_metadata."""

    file: str  # its id in Slack
    columns: Mapping[str, str] = field(default_factory=dict)  # put right: letter to field
    choice: Choice = field(default_factory=Choice)
    digest: str = ""  # of the plan that was shown

    def written(self) -> str:
        """As the form keeps it."""
        choice = [self.choice.likely, self.choice.unclear]
        return json.dumps([self.file, self.columns, choice, self.digest])


@in_todays_form()
def read_note(text: str) -> Note:
    """The same again."""
    file, columns, (likely, unclear), digest = json.loads(text)
    return Note(file, columns, Choice(Likely(likely), bool(unclear)), digest)


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


def _which_sheet(t: Translator, columns: Columns) -> list[Block]:
    said = cut(columns.which_sheet(t), SAID)
    return [rich("{said}", "import_sheet", said=said)] if said else []


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
    seen = ", ".join(_example(t, one) for one in column.examples)
    why = t(column.why)
    why = why[:1].upper() + why[1:]
    hint = t("{why}. For example {examples}", why=why, examples=seen) if seen else why
    return InputBlock(
        plain(cut(column.header or letter(column.number), OPTION)),
        menu,
        hint=plain(cut(hint, NAME)),
        block_id=name,
    )


def _example(t: Translator, text: str) -> str:
    """As it stands there, but for a day, which a spreadsheet keeps without a form."""
    try:
        return t.day(datetime.strptime(text, "%Y-%m-%d").date(), date.min)  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return text


def _past(t: Translator, one: Imported, number: int, today: date) -> Block:
    new, changed = (one.counts.get(name, 0) for name in ("new", "changed"))
    what = [t.n("one new", "{number} new", new)] if new else []
    what += [t.n("one changed", "{number} changed", changed)] if changed else []
    words = t(
        "{day}: {file} ({what})",
        day=t.day(one.at, today),
        file=cut(one.file, NAME),
        what=t.list(what) or "–",
    )
    if one.undone_at:
        return rich(t("{what}. Undone."), f"import_past.{number}", what=words)
    return SectionBlock(
        plain(words),
        block_id=f"import_past.{number}",
        accessory=button(t("See it"), f"{PAST}.{number}", str(one.id)),
    )


def _meanwhile(t: Translator, title: str, said: str) -> ModalView:
    return ModalView(plain(title), [rich(said, "import_waiting")], close=plain(t("Close")))
