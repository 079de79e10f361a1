"""What the forms of an import carry along from one to the next."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.import_choice import Choice, Likely, Sort
from handlers.views.parts_values import in_todays_form


@dataclass(frozen=True)
class Note:
    """What a form of an import carries along: ids and choices, in its private_metadata."""

    file: str  # its id in Slack
    sheet: int | None = None  # of a workbook, where somebody chose one: its place
    columns: Mapping[str, str] = field(default_factory=dict)  # put right: letter to field
    choice: Choice = field(default_factory=Choice)
    digest: str = ""  # of the plan that was shown

    def written(self) -> str:
        """As the form keeps it."""
        one = self.choice
        choice = [one.likely, one.unclear, one.sorts, one.rows, one.taken]
        kept = [self.file, self.sheet, self.columns, choice, self.digest]
        return json.dumps(kept, separators=(",", ":"))


@in_todays_form()
def read_note(text: str) -> Note:
    """The same again."""
    file, sheet, columns, (likely, unclear, sorts, rows, taken), digest = json.loads(text)
    choice = Choice(
        Likely(likely),
        bool(unclear),
        {Sort(sort): Likely(answer) for sort, answer in sorts.items()},
        {int(row): str(answer) for row, answer in rows.items()},
        {int(row): bool(take) for row, take in taken.items()},
    )
    return Note(file, sheet, columns, choice, digest)
