"""The form for taking the register out: in which form, and of which partners."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from slackblocks import (
    Block,
    InputBlock,
    ModalView,
    Option,
    StaticMultiSelectMenu,
    StaticSelectMenu,
)

from bot.circle import Level
from bot.export import TITLE, Filters, Format, Taken, Wanted, What
from bot.export_conditions import conditions
from bot.partner import Kind, Room
from bot.translation import Translator, mark
from bot.words import called, shown
from bot.workspace import Workspace
from handlers.views.parts import (
    OPTION,
    Person,
    Reply,
    Typed,
    cut,
    notice,
    option,
    plain,
    rich,
    small,
)
from handlers.views.parts_values import in_todays_form

SUBMIT = "export_make"  # callback id

FORM = "form"  # block and action ids
LEVELS = "levels"
KINDS = "kinds"
KEYWORDS = "keywords"
ROOMS = "rooms"
BRANCHES = "branches"
GOALS = "goals"

CHOICES = 100  # as many as a menu of Slack's holds

_TABLE = mark("CSV: {table}")
_FORMS: Sequence[tuple[Format, What | None, str]] = (
    (Format.XLSX, None, mark("Spreadsheet (Excel) with everything")),
    *((Format.CSV, what, _TABLE) for what in What),
    (Format.MAIL, None, mark("Mail list for Outlook")),
    (Format.VCARD, None, mark("Address book (vCard)")),
    (Format.KUMU, None, mark("The circle as a drawing (Kumu)")),
    (Format.JSON, None, mark("Partners and people for another Partnerbot (JSON)")),
)

_LABEL = {
    "level": mark("Place in the circle"),
    "kind": mark("What sort"),
    "keyword": mark("Keywords"),
    "room": mark("Rooms"),
    "branch": mark("Our branch or team"),
    "goal": mark("Goals"),
}
_WORDS: Mapping[str, type[Level | Kind | Room]] = {"level": Level, "kind": Kind, "room": Room}
_CONDITIONS = 500  # characters of an earlier time's


@dataclass(frozen=True)
class Choices:
    """What the register has to choose by, and the last times that something was taken out."""

    keywords: tuple[str, ...]
    branches: tuple[str, ...]
    latest: tuple[Taken, ...]


def ask_view(t: Translator, library: Workspace, choices: Choices, today: date) -> ModalView:
    """The form; its conditions are those that would find something."""
    forms = [option(_named(t, of, what, name), _value(of, what)) for of, what, name in _FORMS]
    kinds = [(_called(t, library, kind), kind) for kind in Kind]
    rooms = [(_called(t, library, room), room) for room in Room]
    blocks: list[Block | None] = [
        InputBlock(
            plain(t("What do you want?")),
            StaticSelectMenu(FORM, forms, initial_option=forms[0]),
            hint=plain(t("Mail list and address book leave out those who wish no contact.")),
            block_id=FORM,
        ),
        _several(t, "level", LEVELS, [(shown(t, each), each) for each in Level]),
        _several(t, "kind", KINDS, kinds),
        _several(t, "keyword", KEYWORDS, _own(choices.keywords)),
        _several(t, "room", ROOMS, rooms),
        _several(t, "branch", BRANCHES, _own(choices.branches)),
        _several(t, "goal", GOALS, [(goal, goal) for goal in library.goals]),
        small(
            t(
                "Leave a field empty for all. The file comes in your direct messages with me. I"
                " keep a note of who took out what."
            ),
            "export_note",
        ),
        *(_line(t, library, taken, n, today) for n, taken in enumerate(choices.latest)),
    ]
    return ModalView(
        plain(t("Take out"), 24),
        [block for block in blocks if block],
        submit=plain(t("Make the file")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
    )


@in_todays_form()
def read(typed: Typed) -> Wanted:
    """What was chosen."""
    of, _, what = str(typed[FORM][FORM]["selected_option"]["value"]).partition(":")
    return Wanted(
        Format(of),
        What(what) if what else None,
        Filters(
            levels=tuple(Level(value) for value in _chosen(typed, LEVELS)),
            kinds=tuple(Kind(value) for value in _chosen(typed, KINDS)),
            keywords=tuple(_chosen(typed, KEYWORDS)),
            rooms=tuple(Room(value) for value in _chosen(typed, ROOMS)),
            branches=tuple(_chosen(typed, BRANCHES)),
            goals=tuple(_chosen(typed, GOALS)),
        ),
    )


def on_its_way(t: Translator) -> Reply:
    """The form is answered, the file not made yet."""
    sentence = t("I am making the file. It comes in your direct messages with me.")
    return Reply(notice(sentence), [rich(sentence, block_id="export_on_its_way")])


def _named(t: Translator, of: Format, what: What | None, name: str) -> str:
    return t(name, table=t(TITLE[what]).lower()) if what and of is Format.CSV else t(name)


def _value(of: Format, what: What | None) -> str:
    return f"{of}:{what}" if what else of


def _own(words: Sequence[str]) -> list[tuple[str, str]]:
    """A word is its own value, as long as that may be one."""
    return [(word, word) for word in words if len(word) <= OPTION]


def _several(
    t: Translator, condition: str, name: str, choices: Sequence[tuple[str, str]]
) -> Block | None:
    """A menu of which several may be chosen; none where the register has nothing to choose."""
    if not choices:
        return None
    options: list[Option] = [option(text, value) for text, value in choices[:CHOICES]]
    return InputBlock(
        plain(t(_LABEL[condition])),
        StaticMultiSelectMenu(name, options),
        block_id=name,
        optional=True,
    )


def _chosen(typed: Typed, name: str) -> Iterable[str]:
    options = typed.get(name, {}).get(name, {}).get("selected_options") or ()
    return (str(each["value"]) for each in options)


def _line(t: Translator, library: Workspace, taken: Taken, number: int, today: date) -> Block:
    name = next(
        _named(t, of, what, name)
        for of, what, name in _FORMS
        if of is taken.format and what in (taken.what, None)
    )
    words = t("{day}: {what}, by {who}", day=t.day(taken.at, today), what=name, who="{who}")
    who = Person(taken.by) if taken.by else t("the one who runs the bot")
    only = [
        t("{label}: {what}", label=t(_LABEL[name]), what=_worded(t, library, name, values))
        for name, values in conditions(taken.filters)
    ]
    below = f"\n{cut(' · '.join(only), _CONDITIONS)}" if only else ""
    return rich(f"{words}{{only}}", f"export_taken.{number}", who=who, only=below)


def _worded(t: Translator, library: Workspace, name: str, values: str) -> str:
    """The values of a condition as the form has them; a word that is none any more as it stands."""
    known = {str(each): each for each in _WORDS.get(name, ())}
    if not known:
        return values
    found = ((value, known.get(value)) for value in values.split(", "))
    return ", ".join(_called(t, library, each) if each else value for value, each in found)


def _called(t: Translator, library: Workspace, value: Level | Kind | Room) -> str:
    """As the library calls it."""
    return shown(t, value) if isinstance(value, Level) else called(t, library, value)
