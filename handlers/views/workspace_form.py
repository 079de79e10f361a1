"""The forms of the library's settings; a field's block_id is the setting's name.

The action_id carries the version of the settings as well: a client keeps what stood in a field that
is called the same, and a form shown again after a colleague's edit must hold both edits.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from slackblocks import (
    Block,
    ConversationFilter,
    ConversationSelectMenu,
    Element,
    InputBlock,
    ModalView,
    NumberInput,
    PlainTextInput,
    RadioButtonGroup,
    StaticMultiSelectMenu,
    TimePicker,
    UserMultiSelectMenu,
)

from bot.guard import NOTE_LENGTH
from bot.partner import Kind, Room
from bot.translation import Translator, mark
from bot.words import KIND, ROOM
from bot.workspace import Workspace
from bot.workspace_days import write_closed_days
from bot.workspace_settings import (
    ENTRY_LENGTH,
    LABEL,
    LINE_LENGTH,
    LONGEST_RETENTION_MONTHS,
    NAME_LENGTH,
    WITHIN,
)
from handlers.views.parts import option, plain, small
from handlers.views.workspace import OWN_NAME

SUBMIT = "library_save"

LISTS = ("keywords", "branches", "target_groups", "age_groups")
EVALUATION_DAYS = ("evaluate_after", "evaluate_before")
FORMS: Mapping[str, tuple[str, ...]] = {
    "basics": ("language", "timezone", "coordinators"),
    "channels": ("digest_channel", "partner_channel"),
    "hours": ("working_hours", "closed_days", "weeks_off"),
    "evaluation": ("evaluate_months", "evaluate_pulse", *EVALUATION_DAYS),
    "words": LISTS,
    "rooms": ("room_names",),
    "kinds": ("kind_names", "kinds_off"),
    "notice": (
        "library_name",
        "controller",
        "privacy_contact",
        "dpo",
        "retention_months",
        "purpose",
        "legal_basis",
        "transfer",
    ),
    "web": ("privacy_url", "accessibility_url"),
}
TITLES = {
    "basics": mark("Language, coordinators"),
    "channels": mark("Channels"),
    "hours": mark("Hours and closed days"),
    "evaluation": mark("When I evaluate"),
    "words": mark("Your own words"),
    "rooms": mark("The four rooms"),
    "kinds": mark("Sorts of partners"),
    "notice": mark("The privacy notice"),
    "web": mark("The partners' form"),
}
IN_IT = mark("I must be a member of it: write /invite @Partnerbot there first.")
A_LINE_EACH = mark("One on each line.")
STANDARD = mark("Leave it empty for the standard text.")
AS_IN_THE_BROWSER = mark(
    "It stands below the form in which partners answer. Municipal websites must have one."
)
HINTS = {
    "coordinators": mark("Choose the one who takes over before you take yourself away."),
    "digest_channel": IN_IT,
    "partner_channel": IN_IT,
    "closed_days": mark("A day or a period on each line, like 24.12.2026 or 1.7.2026 - 31.7.2026."),
    "weeks_off": mark("For example 7 and 42. What is due then comes the week after."),
    "evaluate_months": mark("For collaborations and partnerships alike. Usually 12."),
    "evaluate_pulse": mark("So that one can see which way it goes. Only we are asked."),
    "evaluate_after": mark("Usually 14. Never twice within nine months."),
    "evaluate_before": mark("Usually 21: time to answer, to talk and to decide."),
    **dict.fromkeys(LISTS, A_LINE_EACH),
    "kinds_off": mark("They are not offered any more. Partners of that sort keep it."),
    "controller": mark("The municipality or institution, as the register of controllers has it."),
    "purpose": STANDARD,
    "legal_basis": STANDARD,
    **dict.fromkeys(("privacy_url", "accessibility_url"), AS_IN_THE_BROWSER),
    "transfer": mark("For example that Slack is certified under the EU-US Data Privacy Framework."),
}
REQUIRED = {
    "language",
    "timezone",
    "coordinators",
    "working_hours",
    "retention_months",
    *FORMS["evaluation"],
}
NUMBERS = {**WITHIN, "retention_months": (1, LONGEST_RETENTION_MONTHS)}
YES, NO = "yes", "no"  # the options of a choice
CHANNELS = ("digest_channel", "partner_channel")
OWN_NAMES: Mapping[str, tuple[type[StrEnum], Mapping[Any, str]]] = {
    "room_names": (Room, ROOM),
    "kind_names": (Kind, KIND),
}
OWN_NAME_OR_NONE = mark("What do you call them? Where you write nothing, the name above stays.")
ENDS = {
    "start": mark("The working day begins"),
    "end": mark("The working day ends"),
}


def form_view(
    t: Translator, library: Workspace, version: int, form: str, above: Sequence[Block] = ()
) -> ModalView:
    """One of the forms; its private_metadata names form and version."""
    inputs = [block for name in FORMS[form] for block in _inputs(t, library, name, version)]
    own = small(t(OWN_NAME_OR_NONE), "own_names")
    return ModalView(
        plain(t(TITLES[form]), 24),
        [*above, *([own] if FORMS[form][0] in OWN_NAMES else []), *inputs],
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=f"{form}:{version}",
    )


def where(note: str) -> tuple[str, int]:
    """Which form, and which version of the settings it showed."""
    form, _, version = note.partition(":")
    return form, int(version)


def _inputs(t: Translator, library: Workspace, name: str, version: int) -> Iterator[Block]:
    value = getattr(library, name)
    if name == "working_hours":
        for end, label in ENDS.items():
            picker = TimePicker(f"{end}.{version}", initial_time=f"{getattr(value, end):%H:%M}")
            yield InputBlock(plain(t(label)), picker, block_id=f"{name}.{end}")
    elif name in OWN_NAMES:
        for key, standard in OWN_NAMES[name][1].items():
            own = value.get(key, "")
            text = _text(f"{key}.{version}", own, NAME_LENGTH)
            called = plain(_capital(t(standard)))
            yield InputBlock(called, text, block_id=f"{name}.{key}", optional=True)
    else:
        yield _input(t, name, value, version)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _input(t: Translator, name: str, value: Any, version: int) -> Block:  # noqa: ANN401 - one of Workspace's settings
    element = _element(t, name, value, f"{name}.{version}")
    if element is None:
        words = t("{field}: {number} of them, too many to correct here.")
        field = t(LABEL[name])
        return small(words.format(field=field, number=t.number(len(value))), f"{name}_too_many")
    hint = HINTS.get(name)
    return InputBlock(
        plain(t(LABEL[name])),
        element,
        hint=plain(t(hint)) if hint else None,
        block_id=name,
        optional=name not in REQUIRED,
    )


def _element(t: Translator, name: str, value: Any, action_id: str) -> Element | None:  # noqa: ANN401, PLR0911 - any setting; one return per kind of element
    if name == "language":
        options = {language: option(own, language) for language, own in OWN_NAME.items()}
        return RadioButtonGroup(action_id, [*options.values()], initial_option=options[value])
    if name == "coordinators":
        return UserMultiSelectMenu(action_id, initial_users=list(value) or None)
    if name in CHANNELS:
        return ConversationSelectMenu(
            action_id, initial_conversation=value, filter=_channels_of_our_own()
        )
    if name == "kinds_off":
        kinds = {kind: option(t(words), kind) for kind, words in KIND.items()}
        off = [kinds[kind] for kind in value]
        return StaticMultiSelectMenu(action_id, [*kinds.values()], initial_options=off or None)
    if name == "weeks_off":
        weeks = {week: option(t("Week {week}", week=week), str(week)) for week in range(1, 54)}
        chosen = [weeks[week] for week in value]
        return StaticMultiSelectMenu(action_id, [*weeks.values()], initial_options=chosen or None)
    if name == "evaluate_pulse":
        yes_no = {True: option(t("Yes"), YES), False: option(t("No"), NO)}
        return RadioButtonGroup(action_id, [*yes_no.values()], initial_option=yes_no[value])
    if name in NUMBERS:
        least, most = NUMBERS[name]
        return NumberInput(
            is_decimal_allowed=False,
            action_id=action_id,
            initial_value=str(value),
            min_value=str(least),
            max_value=str(most),
        )
    if name == "closed_days":
        return _lines(action_id, write_closed_days(value))
    if name in LISTS:
        return _lines(action_id, "\n".join(value))
    return _text(action_id, value, ENTRY_LENGTH if name == "library_name" else LINE_LENGTH)


def _channels_of_our_own() -> ConversationFilter:
    return ConversationFilter(
        include=["public", "private"],
        exclude_external_shared_channels=True,
        exclude_bot_users=True,
    )


def _text(action_id: str, value: str, room: int) -> PlainTextInput:
    return PlainTextInput(action_id, initial_value=value or None, max_length=max(room, len(value)))


def _lines(action_id: str, text: str) -> PlainTextInput | None:
    if len(text) > NOTE_LENGTH:
        return None
    return PlainTextInput(action_id, initial_value=text or None, multiline=True)
