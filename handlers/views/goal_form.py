"""The forms around goals: the library's list, and the ones of a single relation."""

from collections.abc import Iterator, Mapping, Sequence

from slackblocks import Block, InputBlock, ModalView, PlainTextInput

from bot.goal import GOAL_LENGTH, GOALS, Draft, listed_as
from bot.partner import Partner
from bot.translation import Translator, mark
from bot.workspace import Workspace
from handlers.views.partner_form import fields
from handlers.views.parts import Person, Reply, Typed, notice, plain, rich, small
from handlers.views.parts_values import in_todays_form

SUBMIT = "goal_save"  # callback ids
CHOSEN = "goal_chosen"

BLANKS = 2  # fields for new goals
OLD, NEW = "goal", "goal_new"  # block ids, with the number of the text behind

HELP = mark(
    "Put a goal right where it stands, and the partners follow. Empty its field to take it away."
)
FULL = mark("There is room for {limit} goals.")


def edit_view(
    t: Translator, draft: Draft, version: int, above: Sequence[Block] = (), *, sure: bool = False
) -> ModalView:
    """The list, a field for each goal; `sure`: what is taken away has been told of above."""
    blanks = len(draft.new) + max(0, min(BLANKS, GOALS - len(draft.texts) - len(draft.new)))
    new = (*draft.new, *[""] * (blanks - len(draft.new)))
    help_ = [] if above or not draft.base else [small(t(HELP), "goal_help")]
    full = [] if new else [small(t(FULL, limit=GOALS), "goal_full")]
    return ModalView(
        plain(t("Edit the goals")),
        [*above, *help_, *_inputs(t, draft, new, version), *full],
        submit=plain(t("Yes, save") if sure else t("Save")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=f"{version}:{listed_as(draft.removed) if sure else ''}",
    )


@in_todays_form()
def where(note: str) -> tuple[int, str]:
    """The version of the settings that the form showed, and what it has told would be taken off."""
    version, _, told = note.partition(":")
    return int(version), told


def read(base: tuple[str, ...], typed: Typed) -> Draft:
    """What was made of the goals that the form showed."""
    texts = _texts(typed, OLD)
    new = _texts(typed, NEW)
    return Draft(
        base,
        tuple(texts.get(n, goal) for n, goal in enumerate(base)),
        tuple(new[n] for n in sorted(new)),
    )


def taken_off(t: Translator, bearing: Mapping[str, int]) -> list[Block]:
    """How many cards lose each of these goals, on top of the form shown again."""
    blocks: list[Block] = []
    for n, (goal, number) in enumerate(bearing.items()):
        said = t.n(
            "**One card has “{goal}”.** It is taken off it when you save. That stands in its"
            " history.",
            "**{number} cards have “{goal}”.** It is taken off them when you save. That stands in"
            " their history.",
            number,
            goal="{goal}",
        )
        blocks.append(rich(said, f"goal_bearing.{n}", goal=goal))
    return blocks


def changed_meanwhile(t: Translator, by: str) -> list[Block]:
    """A colleague was faster; both her changes and mine stand in the form."""
    said = t(
        "**{who} has changed the goals meanwhile.** Yours stand here with them. Look, and save."
    )
    who = Person(by) if by else t("A colleague")
    return [rich(said, "goal_meanwhile", who=who)]


def saved(t: Translator) -> Reply:
    """In place of the form."""
    said = t("The goals are saved.")
    return Reply(notice(said), [rich(said, "goals_saved")])


def choose_view(
    t: Translator, library: Workspace, partner: Partner, page: int, above: Sequence[Block] = ()
) -> ModalView:
    """The goals of one relation; `page` is that of the list it was opened from."""
    name = rich("**{name}**", "goal_partner", name=partner.name)
    return ModalView(
        plain(t("Choose goals")),
        [name, *above, *fields(t, library, partner, ("goals",))],
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=CHOSEN,
        private_metadata=f"{partner.id}:{partner.version}:{page}",
    )


@in_todays_form()
def of_choice(note: str) -> tuple[int, int, int]:
    """The partner, its version, and the page of the list."""
    partner, version, page = note.split(":")
    return int(partner), int(version), int(page)


def list_changed(t: Translator) -> list[Block]:
    """Somebody chose a goal that is not on the list any more."""
    said = t("**The goals have been changed while you wrote.** Choose again among those below.")
    return [rich(said, "goal_list_changed")]


def _inputs(t: Translator, draft: Draft, new: Sequence[str], version: int) -> Iterator[Block]:
    for n, text in enumerate(draft.texts):
        label = t("Goal {number}", number=n + 1)
        yield _input(label, f"{OLD}.{n}", text, version)
    for n, text in enumerate(new):
        yield _input(t("New goal"), f"{NEW}.{n}", text, version)


def _input(label: str, name: str, text: str, version: int) -> Block:
    """With the version in the action_id, so that a client shows what a colleague has changed."""
    element = PlainTextInput(
        f"{name}.{version}",
        initial_value=text or None,
        max_length=max(GOAL_LENGTH, len(text)),
    )
    return InputBlock(plain(label), element, block_id=name, optional=True)


def _texts(typed: Typed, which: str) -> dict[int, str]:
    """What the fields of that sort hold, by their number."""
    found: dict[int, str] = {}
    for block_id, elements in typed.items():
        name, _, number = block_id.partition(".")
        if name == which:
            (state,) = elements.values()
            found[int(number)] = state.get("value") or ""
    return found
