"""What a file would do, before it does: how many of each, the first few, and what to decide."""

from collections.abc import Iterable, Mapping
from itertools import islice

from slackblocks import Block, ModalView, RichTextBlock, RichTextList, RichTextSection

from bot.import_plan import Plan
from bot.import_record import Refused
from bot.import_step import Step
from bot.translation import Translator
from handlers.views.import_change import VALUE, sentences, users_of
from handlers.views.import_doubt import questions
from handlers.views.import_form import NAME
from handlers.views.import_note import Note
from handlers.views.import_story import told
from handlers.views.parts import button, cut, heading, line, plain, rich, row, small

SUBMIT = "import_do"  # callback id
BACK = "import_back"

LISTED = 10  # of each sort
_CHANGES = 4  # fields of a partner
_TWO = 2


def colleagues(plan: Plan) -> set[str]:
    """Those (user ids) who are named in the preview."""
    return {user for step in plan.changed[:LISTED] for user in users_of(step)}


def preview_view(
    t: Translator,
    plan: Plan,
    name: str,
    note: Note,
    names: Mapping[str, str],
    *,
    columns: bool,
    answered: bool = False,
) -> ModalView:
    """The plan; without a submit button where it does nothing.

    `names` are colleagues' first names by user id. `columns`: there are some to go back to.
    `answered`: she wanted it read in, and had decided something that she has not seen the outcome
    of.
    """
    blocks: list[Block] = [
        *_answered(t, answered=answered),
        rich(t("This happens when **{file}** is read in:"), "import_what", file=cut(name, NAME)),
        *counts(t, plan),
        *_listed(t("New"), "new", (_new(t, step) for step in plan.new), len(plan.new), t),
        *_listed(
            t("Changed"),
            "changed",
            (_changed(t, step, names) for step in plan.changed),
            len(plan.changed),
            t,
        ),
        *questions(t, plan, note.choice),
        *_listed(
            t("Cannot be read in"),
            "refused",
            (_no(t, one) for one in plan.refused),
            len(plan.refused),
            t,
        ),
        *_listed(
            t("Worth a look"),
            "notes",
            (
                line(t("Row {row}: {reason}"), row=number, reason=why.sentence(t))
                for number, why in plan.notes
            ),
            len(plan.notes),
            t,
        ),
    ]
    if not plan.does:
        blocks.append(rich(t("Nothing is to be stored."), "import_nothing"))
    if columns:
        blocks.append(row(BACK, button(t("Back to the columns"), BACK)))
    return ModalView(
        plain(t("What would happen")),
        blocks,
        submit=plain(t("Read it in")) if plan.does else None,
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=note.written(),
    )


def counted(t: Translator, plan: Plan) -> list[str]:
    """How many of each there are."""
    said = (
        t.n("one is new", "{number} are new", len(plan.new)),
        t.n("one is changed", "{number} are changed", len(plan.changed)),
        t.n("one is as it is here already", "{number} are as they are here already", plan.same),
        t.n("one is doubtful", "{number} are doubtful", len(plan.doubtful)),
        t.n("one row cannot be read in", "{number} rows cannot be read in", len(plan.refused)),
    )
    many = (len(plan.new), len(plan.changed), plan.same, len(plan.doubtful), len(plan.refused))
    counts = [words for words, number in zip(said, many, strict=True) if number]
    return [*counts, *_put_together(t, plan), *told(t, plan.counts)]


def _put_together(t: Translator, plan: Plan) -> list[str]:
    """Where several rows are about one partner, so that the counts do not add up."""
    several = [step for step in (*plan.new, *plan.changed) if len(step.numbers) > 1]
    if not several:
        return []
    named = [cut(step.after.name, VALUE) for step in several[:_CHANGES]]
    more = len(several) - len(named)
    names = t.list([*named, t("{number} more", number=t.number(more))] if more else named)
    rows = sum(len(step.numbers) for step in several)
    if rows == _TWO:
        return [t("two rows about {names} are put together", names=names)]
    number = t.number(rows)
    return [t("{number} rows about {names} are put together", number=number, names=names)]


def counts(t: Translator, plan: Plan) -> list[Block]:
    """The same as a list; nothing, of a file in which no partner stands."""
    lines = [line(words) for words in counted(t, plan)]
    return [RichTextBlock([RichTextList("bullet", lines)], "import_counts")] if lines else []


def _answered(t: Translator, *, answered: bool) -> list[Block]:
    said = t("**With your answers it is this.** Nothing is read in yet.")
    return [rich(said, "import_answered")] if answered else []


def _listed(
    title: str, name: str, lines: Iterable[RichTextSection], total: int, t: Translator
) -> list[Block]:
    if not total:
        return []
    blocks: list[Block] = [
        heading(title, f"import_{name}"),
        RichTextBlock(
            [RichTextList("bullet", list(islice(lines, LISTED)))], block_id=f"import_{name}_list"
        ),
    ]
    if total > LISTED:
        more = t("and {number} more", number=t.number(total - LISTED))
        blocks.append(small(more, f"import_{name}_more"))
    return blocks


def _new(t: Translator, step: Step) -> RichTextSection:
    people = t.list([cut(one.called, VALUE) for one in step.after.people[:_CHANGES]])
    name = cut(step.after.name, NAME)
    return (
        line("{name} ({people})", name=name, people=people) if people else line("{name}", name=name)
    )


def _changed(t: Translator, step: Step, names: Mapping[str, str]) -> RichTextSection:
    told = sentences(t, step, names)
    more = [t("and {number} more", number=len(told) - _CHANGES)] if len(told) > _CHANGES else []
    name = cut(step.after.name, NAME)
    return line("**{name}** – {told}", name=name, told="; ".join(told[:_CHANGES] + more))


def _no(t: Translator, one: Refused) -> RichTextSection:
    why = cut(" ".join(one.sentences(t)), 400)
    return line(t("Row {row}: {reason}"), row=one.number, reason=why)
