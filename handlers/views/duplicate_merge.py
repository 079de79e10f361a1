"""Two cards side by side: a choice where they differ, and what becomes of the rest."""

from collections.abc import Mapping, Sequence

from slackblocks import Block, InputBlock, ModalView, RadioButtonGroup

from bot.duplicate_merge import Picks, Side, differing, sides, united
from bot.partner import Partner
from bot.translation import Translator
from bot.words import FIELD, called, shown
from bot.workspace import Workspace
from handlers.views.duplicate import NAME
from handlers.views.duplicate_card import UNDO
from handlers.views.partner import SHOW
from handlers.views.parts import OPTION, Typed, button, cut, option, plain, rich, row, small
from handlers.views.parts_values import in_todays_form

SUBMIT = "duplicate_merged"
DONE = "duplicate_done"

COLLEAGUES = ("responsible", "deputy")

Seen = tuple[tuple[int, int], tuple[int, int]]  # the number and version of each


def merge_view(
    t: Translator,
    library: Workspace,
    kept: Partner,
    gone: Partner,
    names: Mapping[str, str],
    below: str = "",
) -> ModalView:
    """The form; `names` are the colleagues', `below` tells which list it was opened from."""
    blocks: list[Block] = [
        rich(
            t("**{kept}** stays, for that card is the older one. **{gone}** becomes part of it."),
            "merge_which",
            kept=cut(kept.name, NAME),
            gone=cut(gone.name, NAME),
        )
    ]
    fields = differing(kept, gone)
    if fields:
        blocks.append(rich(t("They differ here. Choose what is to stand:"), "merge_choose"))
    blocks += [_choice(t, library, kept, gone, name, names) for name in fields]
    blocks += _rest(t, kept, gone)
    return ModalView(
        plain(t("Make two one")),
        blocks,
        submit=plain(t("Make them one")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=f"{kept.id}:{kept.version}:{gone.id}:{gone.version}:{below}",
    )


def read_picks(typed: Typed) -> Picks:
    """What was chosen, by field."""
    return {
        name: Side(state["selected_option"]["value"])
        for name, elements in typed.items()
        for state in elements.values()
        if state.get("selected_option")
    }


@in_todays_form()
def seen(note: str) -> tuple[Seen, str]:
    """The two cards that the form was made from, and what tells the list below."""
    kept, kept_version, gone, gone_version, below = note.split(":", 4)
    return ((int(kept), int(kept_version)), (int(gone), int(gone_version))), below


def merged_view(t: Translator, partner: Partner, merge_id: int, below: str = "") -> ModalView:
    """They are one; `below` as in merge_view."""
    blocks: list[Block] = [
        rich(
            t("**They are one card now: {name}.** You can undo it for thirty days, here or there."),
            "merged",
            name=cut(partner.name, NAME),
        ),
        row(
            "merged_buttons",
            button(t("Show the card"), SHOW, str(partner.id)),
            button(t("Undo"), UNDO, str(merge_id)),
        ),
    ]
    return ModalView(
        plain(t("Made one")),
        blocks,
        close=plain(t("Close")),
        callback_id=DONE,
        private_metadata=below,
    )


def parted(t: Translator, kept: Partner, gone: Partner) -> list[Block]:
    """They are two again."""
    return [
        rich(
            t("**{kept}** and **{gone}** are two cards again."),
            "parted",
            kept=cut(kept.name, NAME),
            gone=cut(gone.name, NAME),
        ),
        row(
            "parted_buttons",
            *(
                button(t("Show {name}", name=cut(one.name, 40)), f"{SHOW}.{n}", str(one.id))
                for n, one in enumerate((kept, gone))
            ),
        ),
    ]


def parted_view(t: Translator, blocks: Sequence[Block]) -> ModalView:
    """The same, in place of a modal."""
    return ModalView(
        plain(t("Two again")), [*blocks], close=plain(t("Close")), callback_id="duplicate_parted"
    )


def _choice(
    t: Translator,
    library: Workspace,
    kept: Partner,
    gone: Partner,
    name: str,
    names: Mapping[str, str],
) -> InputBlock:
    said = {
        Side.KEPT: _value(t, library, kept, name, names),
        Side.GONE: _value(t, library, gone, name, names),
        Side.BOTH: t("Both notes, one after the other"),
    }
    options = [option(said[side], side) for side in sides(kept, gone, name)]
    return InputBlock(
        plain(t(FIELD[name])),
        RadioButtonGroup(name, options, initial_option=options[0]),
        block_id=name,
    )


def _value(
    t: Translator, library: Workspace, partner: Partner, name: str, names: Mapping[str, str]
) -> str:
    value = getattr(partner, name)
    if name in COLLEAGUES:
        return names.get(value) or t("a former colleague")
    if name == "kind":
        return called(t, library, value)
    if name == "next_step" and partner.next_step_on:
        return f"{cut(value, OPTION - 20)} ({t.day(partner.next_step_on)})"
    return " ".join(shown(t, value).split())


def _rest(t: Translator, kept: Partner, gone: Partner) -> list[Block]:
    both = united(kept, gone, {})
    twice = [one.called for one in both.partner.people if one.id in both.same.values()]
    blocks: list[Block] = []
    if twice:
        said = t.n(
            "{people} is on both cards, and becomes one.",
            "{people} are on both cards, and become one each.",
            len(twice),
            people=t.list(twice),
        )
        blocks.append(small(said, "merge_people"))
    blocks.append(
        small(
            t(
                "The rest is put together: contact persons, keywords, names, and who knows them."
                " Contacts, checks, rounds and the history in the circle come along. You can undo"
                " it for thirty days."
            ),
            "merge_rest",
        )
    )
    return blocks
