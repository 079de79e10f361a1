"""The forms around a partner: adding takes three fields, the rest stands in short forms.

A field's block_id and action_id are the name of the partner's attribute, so that an error finds its
field, and a view that is updated keeps what was typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from slackblocks import (
    Block,
    InputBlock,
    ModalView,
    PlainTextInput,
)

from bot.goal import listed_as
from bot.partner import Partner
from bot.translation import Translator, mark
from bot.words import FIELD
from bot.workspace import Workspace
from handlers.views.partner_input import ENUMS, LISTS, element_of
from handlers.views.parts import Typed, plain

SUBMIT = "partner_edit"


ABOUT = (
    "name",
    "other_names",
    "kind",
    "relation_type",
    "website",
    "cvr",
    "area",
    "picture_link",
    "channel",
)
WORK = (
    "status",
    "branch",
    "keywords",
    "target_groups",
    "age_groups",
    "rooms",
    "purposes",
    "goals",
    "start",
    "agreement_link",
    "case_number",
    "next_step",
    "next_step_on",
    "note",
)
OURS = ("responsible", "deputy", "known_by")
FORMS = {"about": ABOUT, "work": WORK, "ours": OURS}

TITLES = {
    "about": mark("Who they are"),
    "work": mark("What we do together"),
    "ours": mark("Who here knows them"),
}
HINTS = {
    "other_names": mark("What people also call them. Separate with commas."),
    "cvr": mark("Eight digits."),
    "target_groups": mark("For example “families with small children”. Separate with commas."),
    "keywords": mark("Separate with commas."),
    "goals": mark("The coordinator keeps the list. You see it with /partner goals."),
    "note": mark("Write to the point and briefly. The partner may be given access to read it."),
    "responsible": mark("The one who is asked first."),
    "channel": mark(
        "Where you talk about them. Rounds about how it goes have their thread there; otherwise in"
        " the library's channel."
    ),
    "relation_type": mark("Sponsors, funds and suppliers carry no place in the circle."),
}
REQUIRED = {"name", "relation_type", "status"}


def fields(
    t: Translator, library: Workspace, partner: Partner, names: Sequence[str]
) -> list[Block]:
    """The inputs for these attributes, holding what the partner has now.

    A list longer than any field of Slack's (an import's) is left out, and so stays as it is.
    """
    inputs = [_input(t, library, name, partner) for name in names]
    return [block for block in inputs if block]


def read(partner: Partner, typed: Typed) -> Partner:
    """The partner with whatever the submitted form held; other attributes stay."""
    changes: dict[str, Any] = {}
    for block_id, elements in typed.items():
        if block_id in FIELD:
            (state,) = elements.values()
            changes[block_id] = _value(block_id, state)
    return replace(partner, **changes)


def edit_view(
    t: Translator,
    library: Workspace,
    partner: Partner,
    form: str,
    above: Sequence[Block] = (),
) -> ModalView:
    """One of the short forms; its private_metadata names partner, version and form."""
    return ModalView(
        plain(t(TITLES[form]), 24),
        [*above, *fields(t, library, partner, FORMS[form])],
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=f"{partner.id}:{partner.version}:{form}",
    )


def where(note: str) -> tuple[int, int, str]:
    """Which partner, which version of it and which form a view's private_metadata names."""
    number, version, form = note.split(":")
    return int(number), int(version), form


def _input(t: Translator, library: Workspace, name: str, partner: Partner) -> InputBlock | None:
    # With the version in it: a client keeps what stood in an element of the same id, and a form
    # shown again after a colleague's edit must hold both edits.
    action_id = f"{name}.{partner.version}"
    if name == "goals":  # of which the list may have changed, and the partner not
        action_id += f".{listed_as(library.goals)}"
    element = element_of(t, library, name, getattr(partner, name), action_id)
    if element is None:
        return None
    hint = HINTS.get(name)
    # A hint on how to write a list has no place where one picks from the library's own.
    picks = name in LISTS and not isinstance(element, PlainTextInput)
    return InputBlock(
        plain(t(FIELD[name])),
        element,
        hint=plain(t(hint)) if hint and not picks else None,
        block_id=name,
        optional=name not in REQUIRED,
    )


def _value(name: str, state: Mapping[str, Any]) -> Any:  # noqa: ANN401, PLR0911 - any attribute; one return per kind of element
    match state:
        case {"selected_date": day}:
            return date.fromisoformat(day) if day else None
        case {"selected_user": user}:
            return user
        case {"selected_conversation": channel}:
            return channel or ""
        case {"selected_users": users}:
            return tuple(users or ())
        case {"selected_options": options}:
            return tuple(_word(name, o["value"]) for o in options or ())
        case {"selected_option": option_}:
            return _word(name, option_["value"]) if option_ else _nothing(name)
        case {"value": text} if name in LISTS:
            return tuple(part.strip() for part in (text or "").split(",") if part.strip())
        case _:
            return state.get("value") or ""


def _word(name: str, value: str) -> str:
    return ENUMS[name](value) if name in ENUMS else value


def _nothing(name: str) -> str | None:
    return None if name in ENUMS else ""
