"""A changed field in the words of the form and the card: from what to what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.history import Logged, values
from bot.partner import Change, ContactPerson, Kind, Room
from bot.text import capital
from bot.translation import Translator, mark
from bot.words import AGE, FIELD, shown
from bot.workspace import Workspace
from handlers.views.parts import cut

SHORT = 120  # characters of a text in a line; the whole of it is one click away
WHOLE = 3000

_COLLEAGUES = {"responsible", "deputy", "known_by"}
_CHANNEL = "channel"
_WHO = {
    "responsible": (mark("{who} is responsible now"), mark("{who} is not responsible any more")),
    "deputy": (mark("{who} is the deputy now"), mark("{who} is not the deputy any more")),
}
# What people typed stands in quotes; what they chose does not.
_TYPED = {
    "name",
    "other_names",
    "website",
    "cvr",
    "area",
    "branch",
    "keywords",
    "target_groups",
    "goals",
    "agreement_link",
    "case_number",
    "next_step",
    "note",
    "picture_link",
}
# What of a contact person was corrected; the new number itself stands on the card.
_PARTS = {
    "name": mark("the name"),
    "title": mark("the title"),
    "email": mark("the mail address"),
    "phone": mark("the telephone number"),
    "note": mark("the note"),
    "source": mark("where we know each other from"),
}


@dataclass(frozen=True)
class Words:
    """What is needed to put a value in words.

    `names` are first names by Slack user id, and channels' names by theirs.
    """

    t: Translator
    library: Workspace
    names: Mapping[str, str]
    today: date

    def name(self, user: str) -> str:
        """A colleague's."""
        return self.names.get(user) or self.t("a former colleague")


def users_of(change: Change) -> set[str]:
    """The colleagues who stand in it, and who made it."""
    if change.field not in _COLLEAGUES:
        return {change.by}
    sides = (_several(side) for side in values(change))
    return {change.by, *(str(user) for side in sides for user in side)}


def channels_of(change: Change) -> set[str]:
    """The channels that stand in it."""
    sides = values(change) if change.field == _CHANNEL else ()
    return {str(side) for side in sides if side}


def changed(words: Words, change: Change, limit: int = SHORT) -> str:
    """The whole line; each text in it cut to `limit` characters."""
    t = words.t
    before, after = values(change)
    if change.field == "archived":
        return t("Put into the archive") if after else t("Taken out of the archive")
    if _is_done(change):
        step = _worded(words, change.field, before, limit)
        return t("Next step done: {step}", step=step)
    if change.field in _WHO and not (before and after):
        return _who(words, change.field, before, after)
    if change.field == "people":
        what = _people(t, before, after)
    elif isinstance(before, tuple):
        what = _list(words, change.field, before, after, limit)
    else:
        what = _single(words, change.field, before, after, limit)
    return labelled(t, label_of(t, change.field), what)


def lines_of(logged: Sequence[Logged]) -> list[Logged]:
    """Without the day of a step that is done: both are undone together."""
    done = any(_is_done(line.change) for line in logged)
    return [one for one in logged if not (done and one.change.field == "next_step_on")]


def _is_done(change: Change) -> bool:
    """Whether a next step was taken off the card, and no other put in its place."""
    return change.field == "next_step" and bool(change.before) and not change.after


def _who(words: Words, name: str, before: str | None, after: str | None) -> str:
    now, no_longer = _WHO[name]
    return words.t(now if after else no_longer, who=words.name(str(after or before)))


def label_of(t: Translator, name: str) -> str:
    """What a field is called where it is told of, not asked for."""
    return t("Status") if name == "status" else t(FIELD[name])


def labelled(t: Translator, label: str, what: str) -> str:
    """What happened to the field of that label, some of which are questions."""
    if label.endswith("?"):
        return f"{label} {capital(what)}"
    return t("{label}: {what}", label=label, what=what)


def stands(words: Words, name: str, value: object, limit: int = WHOLE) -> str:
    """One value by itself."""
    if not value:
        return words.t("nothing")
    return words.t.list(_worded(words, name, one, limit) for one in _several(value))


def is_cut(words: Words, change: Change) -> bool:
    """Whether something of it does not fit into a line."""
    return changed(words, change) != changed(words, change, WHOLE)


def _single(words: Words, name: str, before: object, after: object, limit: int) -> str:
    t = words.t
    if name == "note" and before and str(after).startswith(f"{before}\n"):  # one put below it
        before, after = "", str(after).removeprefix(str(before)).strip()
    told = {side: _worded(words, name, value, limit) for side, value in _sides(before, after)}
    if not before:
        return t("added {after}", after=told["after"])
    if not after:
        return t("removed {before}", before=told["before"])
    return t("from {before} to {after}", **told)


def _sides(before: object, after: object) -> Sequence[tuple[str, object]]:
    return ("before", before), ("after", after)


def _list(
    words: Words, name: str, before: tuple[object, ...], after: tuple[object, ...], limit: int
) -> str:
    t = words.t
    gone, new = ([one for one in a if one not in b] for a, b in ((before, after), (after, before)))
    said = []
    if new:
        said.append(t("added {after}", after=_listed(words, name, new, limit)))
    if gone:
        said.append(t("removed {before}", before=_listed(words, name, gone, limit)))
    return "; ".join(said) or t("in another order")


def _listed(words: Words, name: str, items: Sequence[object], limit: int) -> str:
    return cut(words.t.list(_worded(words, name, one, limit) for one in items), 2 * limit)


def _worded(words: Words, name: str, value: object, limit: int) -> str:
    t = words.t
    if name in _COLLEAGUES:
        return words.name(str(value))
    if name == _CHANNEL:
        called = words.names.get(str(value))
        return f"#{called}" if called else t("a channel that I cannot see")
    if isinstance(value, ContactPerson):
        return _called(t, value)
    if isinstance(value, date):
        return t.long_day(value, words.today)
    text = cut(_own_words(words, value) or shown(t, value), limit)
    return t("“{words}”", words=text) if name in _TYPED else text


def _own_words(words: Words, value: object) -> str:
    """What the library itself calls a room or a sort of partner, and ages."""
    library = words.library
    if isinstance(value, Room):
        return library.room_names.get(value, "")
    if isinstance(value, Kind):
        return library.kind_names.get(value, "")
    return words.t(AGE[str(value)]) if value in AGE else ""


def _people(t: Translator, before: Sequence[ContactPerson], after: Sequence[ContactPerson]) -> str:
    """Persons by name only: how to reach them stands on the card, unless they wish no contact."""
    old, new = ({person.id: person for person in people} for people in (before, after))
    added = [_called(t, person) for person in after if person.id not in old]
    gone = [_called(t, person) for person in before if person.id not in new]
    said = [t("added {after}", after=t.list(added))] if added else []
    said += [t("removed {before}", before=t.list(gone))] if gone else []
    both = [(old[person.id], person) for person in after if person.id in old]
    said += [_edited(t, *pair) for pair in both if pair[0] != pair[1]]
    return cut("; ".join(said), WHOLE) or t("in another order")


def _edited(t: Translator, before: ContactPerson, after: ContactPerson) -> str:
    differ = [name for name in _PARTS if getattr(before, name) != getattr(after, name)]
    said = []
    if "name" in differ and before.name and after.name:
        differ.remove("name")
        names = {"before": cut(before.name, SHORT), "after": cut(after.name, SHORT)}
        said.append(t("{before} is now called {after}", **names))
    if differ:
        parts = t.list(t(_PARTS[name]) for name in differ)
        said.append(t("corrected {parts} for {name}", parts=parts, name=_called(t, after)))
    return "; ".join(said)


def _called(t: Translator, person: ContactPerson) -> str:
    return cut(person.name, SHORT) or t("a contact person")


def _several(value: object) -> tuple[object, ...]:
    if isinstance(value, tuple):
        return value
    return (value,) if value else ()
