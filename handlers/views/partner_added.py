"""After the form: it is in, it is saved, a colleague was there too, or we may have it already."""

from collections.abc import Sequence

from slackblocks import Block, ModalView, SectionBlock

from bot.edits import Merge
from bot.likeness import Likeness
from bot.partner import Partner
from bot.translation import Translator
from bot.words import FIELD, LIKENESS, shown
from bot.workspace import Workspace
from handlers.views import tjek
from handlers.views.partner import MORE, RESTORE, SHOW, TAKE
from handlers.views.partner_facts import facts
from handlers.views.partner_form import OURS
from handlers.views.partner_people import people
from handlers.views.parts import People, Person, button, cut, plain, rich, row, small
from handlers.views.privacy import to_be_told


def added(t: Translator, library: Workspace, partner: Partner) -> ModalView:
    """It is in; what was read from the signature is shown for a look."""
    number = str(partner.id)
    blocks: list[Block] = [
        rich(t("**{name} is in the register.**"), block_id="added", name=partner.name),
    ]
    if partner.people:
        blocks.append(rich(t("This is how I read it:"), block_id="added_read"))
        blocks += people(t, partner.people)
    if known := facts(t, library, partner):
        blocks.append(known)
    blocks.append(
        small(
            t("You are put down as knowing them. They are in the network until you move them."),
            "added_note",
        )
    )
    buttons = [
        button(t("I am responsible"), TAKE, number),
        button(t("Fill in more"), f"{MORE}.about", f"about:{number}"),
        tjek.begin_button(t, partner.id),
    ]
    for person in partner.people[:1]:  # the form takes one
        blocks += to_be_told(t, partner, person)
    if partner.people:
        buttons.insert(1, button(t("Correct the person"), f"{MORE}.people", f"people:{number}"))
    blocks.append(row("added_buttons", *buttons))
    return ModalView(
        plain(t("Added")), blocks, close=plain(t("Close")), callback_id="partner_added"
    )


def lookalikes(t: Translator, same: Sequence[Likeness]) -> list[Block]:
    """The ones we may have already, to stand on top of the form that adds."""
    blocks: list[Block] = [rich(t("**We may have them already:**"), block_id="lookalikes")]
    for n, like in enumerate(same):
        text = f"{like.partner.name} ({t(LIKENESS[like.reason])})"
        blocks.append(
            SectionBlock(
                plain(cut(text, 200)),
                block_id=f"lookalike.{n}",
                accessory=button(t("Open it"), f"{SHOW}.{n}", str(like.partner.id)),
            )
        )
    blocks.append(small(t("If it is another one, press the button below."), "lookalikes_else"))
    return blocks


def saved(t: Translator, partner: Partner) -> ModalView:
    """The edit is stored; the card is one click away, and so is the way out of the archive."""
    number = str(partner.id)
    sentence = t("**{name}** is in the archive.") if partner.archived else t("**{name}** is saved.")
    buttons = [button(t("Show the card"), SHOW, number)]
    if partner.archived:
        buttons.append(button(t(RESTORE), f"{MORE}.archive", f"archive:{number}"))
    return ModalView(
        plain(t("Saved")),
        [rich(sentence, block_id="saved", name=partner.name), row("saved_buttons", *buttons)],
        close=plain(t("Close")),
        callback_id="partner_saved",
    )


def conflict(t: Translator, merge: Merge, by: str) -> list[Block]:
    """What a colleague changed while this form was open, to stand on top of it."""
    fields = t.list(_quoted(t, FIELD[name]) for name in merge.theirs_changed)
    blocks: list[Block] = [
        rich(
            t("{who} changed the card while you wrote: {fields}. Your own changes are still here."),
            block_id="conflict",
            who=Person(by),
            fields=fields,
        )
    ]
    blocks += [
        rich(
            t("You both changed {fields}. Yours stands below; theirs is: {theirs}"),
            block_id=f"conflict_both.{name}",
            fields=_quoted(t, FIELD[name]),
            theirs=_theirs(t, merge, name),
        )
        for name in merge.both_changed
    ]
    blocks.append(small(t("Look it through and press Save."), "conflict_save"))
    return blocks


def _quoted(t: Translator, field: str) -> str:
    """A field's label as it stands on the form: some of them are questions."""
    return t("“{words}”", words=t(field))


def _theirs(t: Translator, merge: Merge, name: str) -> str | People:
    value = getattr(merge.theirs, name)
    if name in OURS:
        return People((value,) if isinstance(value, str) else value or ())
    return t("“{words}”", words=shown(t, value))
