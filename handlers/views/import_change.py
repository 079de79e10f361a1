"""What a file changes on a card, field by field."""

from collections.abc import Mapping

from bot.import_step import Step
from bot.partner import ContactPerson, Partner
from bot.translation import Translator
from bot.words import FIELD, shown
from handlers.views.import_story import listed
from handlers.views.parts import cut

_TIES = ("responsible", "deputy", "known_by")

VALUE = 60  # characters of a value


def users_of(step: Step) -> set[str]:
    """The colleagues (user ids) who stand in what changes."""
    sides = (step.before, step.after) if step.before else ()
    values = (getattr(side, name) for side in sides for name in _TIES if name in step.changed)
    return {user for value in values for user in _users(value)}


def sentences(t: Translator, step: Step, names: Mapping[str, str] | None = None) -> list[str]:
    """What changes on a card, each field in a line.

    `names` are colleagues' first names by user id; where Slack is not asked they stand by that id.
    """

    def called(name: str, value: object) -> object:
        if names is None or name not in _TIES:
            return value
        return tuple(names.get(user) or t("a former colleague") for user in _users(value))

    told = [
        _field(
            t,
            name,
            called(name, getattr(step.before, name)),
            called(name, getattr(step.after, name)),
        )
        for name in step.changed
        if name != "people"
    ]
    if step.before and "people" in step.changed:
        told += _people(t, step.before, step.after)
    if step.last_contact:
        told.append(t("Last contact: {day}", day=t.day(step.last_contact)))
    if step.told:
        told.append(t("who was told of their details, and who wishes no contact"))
    if step.story.tells:
        told.append(t("new: {story}", story=listed(t, step.story.counts)))
    return told


def _field(t: Translator, name: str, before: object, after: object) -> str:
    called = t(FIELD[name]) if name in FIELD else name
    more = str(after).removeprefix(f"{before}\n")
    if name == "note" and before and more != after:
        return t("{field}: “{more}” is added", field=called, more=_value(t, more.strip()))
    return t(
        "{field}: {before} → {after}",
        field=called,
        before=_value(t, before),
        after=_value(t, after),
    )


def _people(t: Translator, before: Partner, after: Partner) -> list[str]:
    old = {person.id: person for person in before.people}
    told = []
    for person in after.people:
        known = old.get(person.id)
        if known is None:
            told.append(t("new contact person: {name}", name=cut(person.called, VALUE)))
        elif person != known:
            told.append(_person(t, known, person))
    return told


def _person(t: Translator, known: ContactPerson, now: ContactPerson) -> str:
    names = ("name", "title", "email", "phone", "note", "source")
    pairs = ((getattr(known, name), getattr(now, name)) for name in names)
    told = (
        t("{before} → {after}", before=_value(t, one), after=_value(t, other))
        for one, other in pairs
        if one != other
    )
    return t("{name}: {changes}", name=cut(known.called, VALUE), changes=", ".join(told))


def _users(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return (str(value),) if value else ()


def _value(t: Translator, value: object) -> str:
    if isinstance(value, bool):
        return t("yes") if value else t("no")
    return cut(shown(t, value), VALUE) or "–"
