"""The question of a sorting round: what it is filled in with, and what was chosen."""

from dataclasses import dataclass

from slackblocks import (
    CheckboxGroup,
    Element,
    ExternalMultiSelectMenu,
    ExternalSelectMenu,
    InputBlock,
    Option,
    RadioButtonGroup,
    StaticMultiSelectMenu,
    StaticSelectMenu,
    UserSelectMenu,
)

from bot.contact import Contact
from bot.partner import Partner
from bot.partner_question import choices
from bot.partner_sort import Fact
from bot.text import fold
from bot.translation import Translator, mark
from bot.workspace import Workspace
from handlers.views.partner_question import QUESTION, name_of
from handlers.views.parts import Typed, cut, option, plain

ANSWER = "partner_sort"  # the form's callback id, and its field's action id
EVERY = "*"  # in place of the age groups: all of them
LAID_OUT = 10  # more answers than Slack lays out side by side become a menu
MENU = 100  # options of a menu
NAME = 120  # characters of a partner's name
ASKED = 60  # of it in the question below
# Where one answer is not all that may be given.
SEVERAL = {"rooms": mark("Which rooms does {partner} fit?")}


@dataclass(frozen=True)
class Shown:
    """A partner to be asked about, and the last contact with it."""

    partner: Partner
    fact: Fact
    last: Contact | None = None
    chosen: tuple[str, ...] = ()  # what was answered before, as it is stored
    said: str = ""  # about what has just happened


def question(t: Translator, library: Workspace, shown: Shown) -> InputBlock:
    """The question with its answers."""
    fact, partner = shown.fact, shown.partner
    # A client keeps what stood in an element of the same id: each question has its own.
    name = f"{fact.field}.{partner.id}-{partner.version}"
    asked = SEVERAL.get(fact.field, QUESTION[fact.field])
    return InputBlock(
        plain(t(asked, partner=cut(partner.name, ASKED))),
        _element(t, library, shown),
        hint=plain(t("Choose as many as fit.")) if fact.several else None,
        block_id=name,
    )


def read_answer(typed: Typed, library: Workspace) -> tuple[str, tuple[str, ...]]:
    """The field's block_id, for what is wrong with it, and the values chosen."""
    ((field, elements),) = typed.items()
    (state,) = elements.values()
    match state:
        case {"selected_user": user}:
            return field, (user,)
        case {"selected_option": chosen}:
            return field, (chosen["value"],)
        case _:
            values = tuple(one["value"] for one in state["selected_options"])
            return field, library.age_groups if EVERY in values else values


def suggested(t: Translator, library: Workspace, field: str, typed: str) -> list[Option]:
    """Of more answers than a menu holds, those with what was typed in them."""
    options = _options(t, library, field)
    return [one for one in options if fold(typed) in fold(one.text.text)][:MENU]


def _options(t: Translator, library: Workspace, field: str) -> list[Option]:
    return [option(name_of(t, library, field, one), one) for one in choices(field, library)]


def _element(t: Translator, library: Workspace, shown: Shown) -> Element:
    fact, partner = shown.fact, shown.partner
    action_id = f"{ANSWER}.{fact.field}-{partner.id}-{partner.version}"
    if fact.typed:
        return UserSelectMenu(action_id, initial_user=next(iter(shown.chosen), None))
    options = _options(t, library, fact.field)
    chosen = [one for one in options if one.value in shown.chosen]
    if fact.field == "age_groups" and 1 < len(options) < LAID_OUT:
        options.append(option(t("Everybody"), EVERY))
    if fact.several:
        return _several(t, action_id, options, chosen)
    return _one(t, action_id, options, next(iter(chosen), None))


def _several(t: Translator, action_id: str, options: list[Option], chosen: list[Option]) -> Element:
    if len(options) <= LAID_OUT:
        return CheckboxGroup(action_id, options, initial_options=chosen or None)
    if len(options) <= MENU:
        choose = plain(t("Choose"))
        return StaticMultiSelectMenu(
            action_id, options, initial_options=chosen or None, placeholder=choose
        )
    return ExternalMultiSelectMenu(
        action_id,
        min_query_length=0,
        initial_options=chosen or None,
        placeholder=plain(t("Type a name")),
    )


def _one(t: Translator, action_id: str, options: list[Option], chosen: Option | None) -> Element:
    if len(options) <= LAID_OUT:
        return RadioButtonGroup(action_id, options, initial_option=chosen)
    if len(options) <= MENU:
        choose = plain(t("Choose"))
        return StaticSelectMenu(action_id, options, initial_option=chosen, placeholder=choose)
    return ExternalSelectMenu(
        action_id, initial_option=chosen, min_query_length=0, placeholder=plain(t("Type a name"))
    )
