"""What an import did, the way to undo it, and what an undoing left."""

from collections.abc import Mapping, Sequence
from datetime import date

from slackblocks import Block, ModalView, RichTextBlock, RichTextList

from bot.import_plan import Plan
from bot.import_undo import Imported, Stay, Undoing
from bot.translation import Translator
from bot.words import FIELD
from handlers.views.import_form import NAME
from handlers.views.import_story import came, listed
from handlers.views.parts import (
    Person,
    button,
    confirm,
    cut,
    heading,
    line,
    plain,
    rich,
    row,
    small,
)

UNDO = "import_undo"
LISTED = 20


def done_view(t: Translator, plan: Plan, number: int, name: str) -> ModalView:
    """What was stored."""
    blocks: list[Block] = [
        rich(t("**{file}** is read in:"), "import_done", file=cut(name, NAME)),
        *_bullets(_stored(t, plan.counts), "import_counts"),
    ]
    if plan.left_out:
        blocks.append(
            rich(
                t(
                    "The rows that were left out come as a file in your direct messages with me,"
                    " with the reason in each. Put them right there, and read that file in."
                ),
                "import_left_out",
            )
        )
    if any(step.after.people for step in plan.new):
        blocks.append(
            rich(
                t(
                    "Contact persons who are new must be told that you have their details, within"
                    " a month. Write `/partner privacy` for the list."
                ),
                "import_to_tell",
            )
        )
    blocks += [_undo(t, number), small(t("It can be undone for thirty days."), "import_how_long")]
    return ModalView(plain(t("Read in")), blocks, close=plain(t("Close")))


def past_view(t: Translator, one: Imported, today: date, *, undoable: bool) -> ModalView:
    """An earlier import, and the way to undo it while there is one."""
    late = t("That import is more than thirty days old, so it cannot be undone.")
    return ModalView(
        plain(t("An import")),
        [
            rich(
                t(
                    "{day}: {who} read in **{file}**.",
                    day=t.day(one.at, today),
                    who="{who}",
                    file="{file}",
                ),
                "import_one",
                who=Person(one.by),
                file=cut(one.file, NAME),
            ),
            *_bullets(_stored(t, one.counts), "import_one_counts"),
            _undo(t, one.id) if undoable else small(late, "import_late"),
        ],
        close=plain(t("Close")),
    )


def undone_view(t: Translator, what: Undoing) -> ModalView:
    """What the undoing did, and what stays and why."""
    blocks: list[Block] = [
        rich(t("**The import is undone.**"), "import_undone"),
        *_bullets(taken_back(t, what), "import_undone_counts"),
    ]
    if what.stays:
        named = [
            line("{name}: {why}", name=cut(stay.name, NAME) or "–", why=why(t, stay))
            for stay in what.stays[:LISTED]
        ]
        blocks += [
            heading(t("These stay"), "import_stays"),
            RichTextBlock([RichTextList("bullet", named)], block_id="import_stays_list"),
        ]
    if len(what.stays) > LISTED:
        more = t("and {number} more", number=len(what.stays) - LISTED)
        blocks.append(small(more, "import_stays_more"))
    return ModalView(plain(t("Undone")), blocks, close=plain(t("Close")))


def taken_back(t: Translator, what: Undoing) -> list[str]:
    """What the undoing did, a sentence for each thing."""
    gone = len(what.gone)
    back = len(what.back) - sum(stay.in_part for stay in what.stays)
    sentences = [t.n("one is gone again", "{number} are gone again", gone)] if gone else []
    sentences += [t.n("one is as it was", "{number} are as they were", back)] if back > 0 else []
    if what.noted:
        noted = t.n(
            "what the file noted of one contact person is deleted",
            "what the file noted of {number} contact persons is deleted",
            len(what.noted),
        )
        sentences.append(noted)
    if story := listed(t, what.story):
        sentences.append(t("what it had brought is deleted: {story}", story=story))
    return sentences


def why(t: Translator, stay: Stay) -> str:
    """Why a partner stays, or what of it."""
    if not stay.fields:
        return t(stay.why)
    fields = t.list([t(FIELD[name]) if name in FIELD else name for name in stay.fields])
    said = t(stay.why, fields=fields)
    return t("{why} – the rest is as it was", why=said) if stay.in_part else said


def _stored(t: Translator, many: Mapping[str, int]) -> list[str]:
    """What an import did, by the counts that are kept of it."""
    new, changed, same = (many.get(name, 0) for name in ("new", "changed", "same"))
    left = many.get("doubtful", 0) + many.get("refused", 0)
    said = (
        (new, t.n("one was new", "{number} were new", new)),
        (changed, t.n("one was changed", "{number} were changed", changed)),
        (same, t.n("one was the same", "{number} were the same", same)),
        (left, t.n("one row was left out", "{number} rows were left out", left)),
    )
    return [*(words for number, words in said if number), *came(t, many)]


def _bullets(sentences: Sequence[str], name: str) -> list[Block]:
    lines = [line(words) for words in sentences]
    return [RichTextBlock([RichTextList("bullet", lines)], block_id=name)] if lines else []


def _undo(t: Translator, number: int) -> Block:
    sure = confirm(
        t("Undo the import?"),
        t("What was new goes, and what was changed goes back. What somebody has worked on stays."),
        t("Undo the import"),
        t("Leave it"),
    )
    return row("import_undo", button(t("Undo the import"), UNDO, str(number), confirm=sure))
