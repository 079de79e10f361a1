"""What somebody decides about the doubtful rows of a file: all of a sort at once, or row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.errors import UserError
from bot.import_match import Meant
from bot.import_record import Record
from bot.import_traits import Clue
from bot.translation import mark

_BAD_ROW = mark(
    "--row is written row=answer, as 7=new, and “{given}” is not. The answers are: leave, same, new"
    " and take, or the number of the partner that it is."
)

_TAKE = "take"


class Likely(StrEnum):
    """What becomes of a row that is likely a partner we have."""

    LEAVE = "leave"
    SAME = "same"
    NEW = "new"


class Sort(StrEnum):
    """Why a row is only likely a partner we have: one answer may do for all of a sort."""

    OTHER_NAME = "other_name"  # a number, an address or a website in common, and another name
    OTHER_CVR = "other_cvr"  # the name in common, and another CVR number
    SEVERAL = "several"  # we have more than one of that name
    SIMILAR = "similar"  # nearly the name


_SORTS: Mapping[Clue, Sort] = {
    Clue.NAME: Sort.OTHER_CVR,
    Clue.SEVERAL: Sort.SEVERAL,
    Clue.SIMILAR: Sort.SIMILAR,
}


@dataclass(frozen=True)
class Choice:
    """The answers; by default every doubtful row is left out.

    A row is named by the number of its first line. In `rows` an answer is a Likely, or the number
    of the partner that the row is.
    """

    likely: Likely = Likely.LEAVE  # of the sorts that are not in `sorts`
    unclear: bool = False  # take rows in which a value was not understood, as far as it was
    sorts: Mapping[Sort, Likely] = field(default_factory=dict)
    rows: Mapping[int, str] = field(default_factory=dict)
    taken: Mapping[int, bool] = field(default_factory=dict)  # rows otherwise than `unclear` says

    def takes(self, record: Record) -> bool:
        """Whether a row in which something was not understood is read in as far as it was."""
        return self.taken.get(record.numbers[0], self.unclear)

    def of_sort(self, sort: Sort) -> Likely:
        """What becomes of the rows of a sort, but for those with an answer of their own."""
        said = self.sorts.get(sort, self.likely)
        # Which of several it is must be said of each row.
        return Likely.LEAVE if (sort, said) == (Sort.SEVERAL, Likely.SAME) else said

    def said(self, record: Record, sort: Sort) -> str:
        """The row's own answer, or that of its sort."""
        return self.rows.get(record.numbers[0], self.of_sort(sort))

    def answer(self, record: Record, meant: Meant) -> tuple[Likely, int]:
        """What becomes of a row that only likely means a partner, and which partner it is then."""
        said = self.said(record, sort_of(meant))
        if said.isdecimal():
            known = int(said) in meant.among
            return (Likely.SAME, int(said)) if known else (Likely.LEAVE, 0)
        if said == Likely.SAME and meant.clue is Clue.SEVERAL:
            return Likely.LEAVE, 0
        return Likely(said), meant.id


def sort_of(meant: Meant) -> Sort:
    """Why it is only likely."""
    return _SORTS.get(meant.clue, Sort.OTHER_NAME)


def with_rows(choice: Choice, given: Sequence[str]) -> Choice:
    """With what was written on the command line, as "7=new"; raises UserError."""
    rows, taken = dict(choice.rows), dict(choice.taken)
    for one in given:
        number, _, answer = (part.strip() for part in one.partition("="))
        known = answer in {*Likely, _TAKE} or answer.isdecimal()
        if not number.isdecimal() or not known:
            raise UserError(_BAD_ROW, given=one)
        if answer in (_TAKE, Likely.LEAVE):
            taken[int(number)] = answer == _TAKE
        if answer != _TAKE:
            rows[int(number)] = answer
    return Choice(choice.likely, choice.unclear, choice.sorts, rows, taken)
