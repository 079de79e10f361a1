"""What a file would do, before it does: how many of each, the first few, and what to decide."""

from collections.abc import Iterable
from itertools import islice

from slackblocks import (
    Block,
    CheckboxGroup,
    ModalView,
    RadioButtonGroup,
    RichTextBlock,
    RichTextList,
    RichTextSection,
)

from bot.import_draft import Choice, Likely
from bot.import_plan import Doubtful, Plan
from bot.import_record import Refused
from bot.import_step import Step
from bot.translation import Translator, mark
from handlers.views.import_change import VALUE, sentences
from handlers.views.import_form import NAME, Note
from handlers.views.parts import Typed, cut, heading, line, option, plain, rich, row, small
from handlers.views.parts_values import in_todays_form

SUBMIT = "import_do"  # callback id
LIKELY = "import_likely"  # block and action ids; each choice shows anew what would happen
UNCLEAR = "import_unclear"

LISTED = 10  # of each sort
_CHANGES = 4  # fields of a partner
_TAKE = "take"

_LIKELY = {
    Likely.LEAVE: mark("Leave them out, and let me see them"),
    Likely.SAME: mark("They are the same: update those we have"),
    Likely.NEW: mark("They are others: add them as new"),
}


def preview_view(t: Translator, plan: Plan, name: str, note: Note) -> ModalView:
    """The plan; without a submit button where it does nothing."""
    blocks: list[Block] = [
        rich(t("This happens when **{file}** is read in:"), "import_what", file=cut(name, NAME)),
        *counts(t, plan),
        *_listed(t("New"), "new", (_new(t, step) for step in plan.new), len(plan.new), t),
        *_listed(
            t("Changed"),
            "changed",
            (_changed(t, step) for step in plan.changed),
            len(plan.changed),
            t,
        ),
        *_listed(
            t("Doubtful"),
            "doubtful",
            (_doubt(t, one) for one in plan.doubtful),
            len(plan.doubtful),
            t,
        ),
        *_decisions(t, plan, note.choice),
        *_listed(
            t("Cannot be read in"),
            "refused",
            (_no(t, one) for one in plan.refused),
            len(plan.refused),
            t,
        ),
        *_listed(
            t("This does not come along"),
            "notes",
            (
                line(t("Row {row}: {reason}"), row=number, reason=why.sentence(t))
                for number, why in plan.notes
            ),
            len(plan.notes),
            t,
        ),
    ]
    does = bool(plan.new or plan.changed)
    if not does:
        blocks.append(rich(t("Nothing is to be stored."), "import_nothing"))
    return ModalView(
        plain(t("What would happen")),
        blocks,
        submit=plain(t("Read it in")) if does else None,
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=note.written(),
    )


@in_todays_form()
def read_choice(typed: Typed, choice: Choice) -> Choice:
    """What was decided about the doubtful rows."""
    likely = typed.get(LIKELY, {}).get(LIKELY, {}).get("selected_option")
    boxes = typed.get(UNCLEAR, {}).get(UNCLEAR)
    return Choice(
        Likely(likely["value"]) if likely else choice.likely,
        bool(boxes["selected_options"]) if boxes else choice.unclear,
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
    return [*counts, *left_behind(t, plan)]


def left_behind(t: Translator, plan: Plan) -> list[str]:
    """What stands in our own JSON, and is not read in."""
    return [t("contacts, moves and checks in the file are not read in")] if plan.ours else []


def counts(t: Translator, plan: Plan) -> list[Block]:
    """The same as a list; nothing, of a file in which no partner stands."""
    lines = [line(words) for words in counted(t, plan)]
    return [RichTextBlock([RichTextList("bullet", lines)], "import_counts")] if lines else []


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


def _changed(t: Translator, step: Step) -> RichTextSection:
    told = sentences(t, step)
    more = [t("and {number} more", number=len(told) - _CHANGES)] if len(told) > _CHANGES else []
    name = cut(step.after.name, NAME)
    return line("**{name}** – {told}", name=name, told="; ".join(told[:_CHANGES] + more))


def _doubt(t: Translator, one: Doubtful) -> RichTextSection:
    why = " ".join(reason.sentence(t) for reason in one.reasons)
    number, name = one.record.numbers[0], cut(one.record.name, NAME)
    return line(
        t("Row {row}, {name}: {reason}"), row=number, name=name or "–", reason=cut(why, 400)
    )


def _no(t: Translator, one: Refused) -> RichTextSection:
    why = cut(" ".join(one.sentences(t)), 400)
    return line(t("Row {row}: {reason}"), row=one.number, reason=why)


def _decisions(t: Translator, plan: Plan, choice: Choice) -> list[Block]:
    """Asked where there is something to decide, or something was decided.

    No fields of the form: each choice shows at once what would happen.
    """
    blocks: list[Block] = []
    unclear = [one for one in plan.doubtful if one.record.doubts and not choice.unclear]
    if choice.likely is not Likely.LEAVE or len(unclear) < len(plan.doubtful):
        options = [option(t(words), each) for each, words in _LIKELY.items()]
        chosen = options[list(_LIKELY).index(choice.likely)]
        ways = RadioButtonGroup(LIKELY, options, initial_option=chosen)
        asked = t("**Those that are perhaps here already:**")
        blocks += [rich(asked, "import_ask_likely"), row(LIKELY, ways)]
    if choice.unclear or unclear:
        take = option(t("Read them in anyway, as far as I understand them"), _TAKE)
        boxes = CheckboxGroup(UNCLEAR, [take], initial_options=[take] if choice.unclear else None)
        asked = t("**Rows with a word that I do not understand:**")
        blocks += [rich(asked, "import_ask_unclear"), row(UNCLEAR, boxes)]
    return blocks
