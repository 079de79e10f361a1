"""One field of a partner's form: what of Slack's it is filled in with, and what it then holds."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from slackblocks import (
    ConversationFilter,
    ConversationSelectMenu,
    DatePicker,
    Element,
    Option,
    PlainTextInput,
    StaticMultiSelectMenu,
    StaticSelectMenu,
    UserMultiSelectMenu,
    UserSelectMenu,
)

from bot.guard import NOTE_LENGTH
from bot.intake import LINE_LENGTH
from bot.partner import Kind, Purpose, RelationType, Room, Status
from bot.translation import Translator
from bot.words import AGE, KIND, PURPOSE, RELATION_TYPE, ROOM, STATUS
from bot.workspace import Workspace
from handlers.views.parts import OPTION, option

CHOICES: dict[str, Mapping[Any, str]] = {
    "kind": KIND,
    "relation_type": RELATION_TYPE,
    "status": STATUS,
    "rooms": ROOM,
    "purposes": PURPOSE,
}
ENUMS: dict[str, type[StrEnum]] = {
    "kind": Kind,
    "relation_type": RelationType,
    "status": Status,
    "rooms": Room,
    "purposes": Purpose,
}
SEVERAL = {"rooms", "purposes", "goals"}
LISTS = {"other_names", "keywords", "target_groups", "age_groups"}
DATES = {"start", "next_step_on"}
PERSONS = {"responsible", "deputy"}
LONG = {"note"}
OPTIONS = 100  # as many as a menu of Slack's holds; a longer list of the library's own is typed


def element_of(
    t: Translator,
    library: Workspace,
    name: str,
    value: Any,  # noqa: ANN401 - one of Partner's attributes
    action_id: str,
) -> Element | None:
    """What the attribute is filled in with; None where it holds more than any field of Slack's."""
    if name in DATES:
        return DatePicker(action_id, initial_date=value.isoformat() if value else None)
    if name in (*PERSONS, "known_by", "channel"):
        return _slack_select(name, value, action_id)
    options = _options(t, library, name, value)
    if options and (name in SEVERAL or name in LISTS):
        offered = {o.value: o for o in options}
        chosen = [offered[str(v)] for v in value if str(v) in offered]
        return StaticMultiSelectMenu(action_id, options, initial_options=chosen or None)
    if options:
        chosen = [o for o in options if o.value == str(value)]
        return StaticSelectMenu(action_id, options, initial_option=chosen[0] if chosen else None)
    if name == "goals":  # they are chosen, or there are none
        return None
    return _text_input(action_id, name, ", ".join(value) if name in LISTS else str(value or ""))


def _slack_select(
    name: str,
    value: Any,  # noqa: ANN401 - as above
    action_id: str,
) -> Element:
    """Whom or what Slack itself offers."""
    if name in PERSONS:
        return UserSelectMenu(action_id, initial_user=value)
    if name == "known_by":
        return UserMultiSelectMenu(action_id, initial_users=list(value) or None)
    # One that is shared with the partner is as good: theirs are in it.
    channels = ConversationFilter(include=["public", "private"], exclude_bot_users=True)
    return ConversationSelectMenu(action_id, initial_conversation=value or None, filter=channels)


def _text_input(action_id: str, name: str, text: str) -> PlainTextInput | None:
    if len(text) > NOTE_LENGTH:
        return None
    return PlainTextInput(
        action_id,
        initial_value=text or None,
        multiline=name in LONG,
        max_length=max(_room(name), len(text)),  # a cleaned link or list may have grown
    )


def _options(t: Translator, library: Workspace, name: str, value: Any) -> list[Option]:  # noqa: ANN401 - as above
    if name in CHOICES:
        names = {key: t(words) for key, words in CHOICES[name].items()}
        own_names: Mapping[str, Mapping[Any, str]] = {
            "rooms": library.room_names,
            "kind": library.kind_names,
        }
        names |= own_names.get(name, {})
        # A kind that the library no longer uses stays on those that are of it; and an end is come
        # to by the circle's own form, which keeps what was learned.
        off: dict[str, set[StrEnum]] = {"kind": {*library.kinds_off}, "status": {Status.ENDED}}
        gone = off.get(name, set()) - {value}
        return [option(words, str(key)) for key, words in names.items() if key not in gone]
    own: Sequence[str] = {
        "age_groups": library.age_groups,
        "keywords": library.keywords,
        "target_groups": library.target_groups,
        "branch": library.branches,
        "goals": library.goals,
    }.get(name, ())
    # A word the library no longer has stays on those who carry it.
    kept = [v for v in ((value,) if isinstance(value, str) else value or ()) if v and v not in own]
    words = list(dict.fromkeys((*own, *kept))) if own or name == "goals" else []
    return [of_our_own(t, word) for word in words] if len(words) <= OPTIONS else []


def of_our_own(t: Translator, word: str, value: str = "") -> Option:
    """One of the library's own words; of a goal longer than an option the rest stands below."""
    rest = word[OPTION - 1 :] if len(word) > OPTION else None
    return option(t(AGE.get(word, word)), value or word, rest and f"…{rest}")


def _room(name: str) -> int:
    return NOTE_LENGTH if name in LONG else LINE_LENGTH
