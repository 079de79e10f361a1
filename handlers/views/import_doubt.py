"""The doubtful rows of a preview: an answer for each of a few, or for all of a sort."""

from collections.abc import Iterator

from slackblocks import (
    Block,
    CheckboxGroup,
    Option,
    RadioButtonGroup,
    RichTextBlock,
    RichTextList,
    SectionBlock,
    StaticSelectMenu,
)

from bot.import_choice import Choice, Likely, Sort
from bot.import_plan import Doubtful, Plan
from bot.partner import Partner
from bot.translation import Translator, mark
from handlers.views.parts import (
    OPTION,
    Typed,
    button,
    cut,
    heading,
    line,
    option,
    plain,
    rich,
    row,
    small,
)
from handlers.views.parts_values import in_todays_form

ROW = "import_row"  # block and action ids; the row's number behind
TAKE = "import_take"
SORT = "import_sort"  # the sort behind
UNCLEAR = "import_unclear"
AGAIN = "import_again"  # shows what happens with the answers given

FEW = 12  # rows that are answered one by one
LISTED = 10
_NAME = 100  # characters of a name in a sentence
_REASON = 400
_TAKE = "take"

_ASKED = {
    Sort.OTHER_NAME: mark("**Rows with something of a partner we have, but another name:**"),
    Sort.OTHER_CVR: mark("**Rows with the name of a partner we have, but another CVR number:**"),
    Sort.SEVERAL: mark("**Rows with a name that several of our partners have:**"),
    Sort.SIMILAR: mark("**Rows with nearly the name of a partner we have:**"),
}
_ANSWERS = {
    Likely.LEAVE: mark("Leave them out, and let me see them"),
    Likely.SAME: mark("They are the same: update those we have"),
    Likely.NEW: mark("They are others: add them as new"),
}


def questions(t: Translator, plan: Plan, choice: Choice) -> list[Block]:
    """Every doubtful row or sort of rows, decided or not: an answer can be changed."""
    asked = _asked(plan)
    if not asked:
        return []
    blocks: list[Block] = [heading(t("Doubtful"), "import_doubtful")]
    if _are_few(asked):
        blocks += [_row(t, one, choice) for one in asked]
        return [*blocks, row(AGAIN, button(t("Show what happens then"), AGAIN))]
    return [*blocks, *_first(t, plan), *_sorts(t, asked, choice), *_unclear(t, asked, choice)]


def pinned(plan: Plan, choice: Choice) -> Choice:
    """The answers as the view shows them, each by itself: what is sent with it is the same then."""
    asked = _asked(plan)
    if not _are_few(asked):
        sorts = {one.sort: choice.of_sort(one.sort) for one in asked if one.sort}
        return Choice(choice.likely, choice.unclear, sorts)
    return Choice(
        choice.likely,
        choice.unclear,
        choice.sorts,
        {_number(one): _chosen(one, choice) for one in asked if one.sort},
        {_number(one): choice.takes(one.record) for one in asked if not one.sort},
    )


@in_todays_form()
def read_choice(typed: Typed, choice: Choice) -> Choice:
    """What was decided about the doubtful rows."""
    rows, taken, sorts = dict(choice.rows), dict(choice.taken), dict(choice.sorts)
    unclear = choice.unclear
    for block_id, elements in typed.items():
        name, _, about = block_id.partition(".")
        state = elements.get(block_id, {})
        picked = (state.get("selected_option") or {}).get("value")
        if name == UNCLEAR:
            unclear = bool(state.get("selected_options"))
        elif picked is None:
            continue
        elif name == ROW:
            rows[int(about)] = picked
        elif name == TAKE:
            taken[int(about)] = picked == _TAKE
        elif name == SORT:
            sorts[Sort(about)] = Likely(picked)
    return Choice(choice.likely, unclear, sorts, rows, taken)


def _asked(plan: Plan) -> list[Doubtful]:
    """Those decided too, in the order of the file; what was not understood comes first."""
    every = (*plan.doubtful, *plan.settled)
    return sorted(every, key=lambda one: (one.record.numbers, bool(one.sort)))


def _are_few(asked: list[Doubtful]) -> bool:
    return len({_number(one) for one in asked}) <= FEW


def _number(one: Doubtful) -> int:
    return one.record.numbers[0]


def _chosen(one: Doubtful, choice: Choice) -> str:
    """The answer among those that there are for the row."""
    said = choice.said(one.record, one.sort) if one.sort else Likely.LEAVE
    return said if said in {value for value, _ in _partners(one)} | {Likely.NEW} else Likely.LEAVE


def _partners(one: Doubtful) -> list[tuple[str, Partner]]:
    """Those that the row may be, with the answers that say so."""
    several = one.sort is Sort.SEVERAL
    return [(str(known.id) if several else Likely.SAME, known) for known in one.meant]


def _row(t: Translator, one: Doubtful, choice: Choice) -> Block:
    number = _number(one)
    options = [option(t("Leave it out"), Likely.LEAVE)]
    if one.sort:
        name, chosen = f"{ROW}.{number}", _chosen(one, choice)
        options += [_is(t, value, known) for value, known in _partners(one)]
        options.append(option(t("Read it in as new"), Likely.NEW))
    else:
        name, chosen = f"{TAKE}.{number}", _TAKE if choice.takes(one.record) else Likely.LEAVE
        options.append(option(t("Read it in all the same"), _TAKE))
    now = next(each for each in options if each.value == chosen)
    menu = StaticSelectMenu(name, options, initial_option=now)
    return SectionBlock(plain(_sentence(t, one)), block_id=name, accessory=menu)


def _is(t: Translator, value: str, known: Partner) -> Option:
    people = [person.called for person in known.people[:1]]
    about = " · ".join(filter(None, (known.area, known.website, *people)))
    return option(cut(t("It is “{name}”", name=cut(known.name, OPTION - 15)), OPTION), value, about)


def _sentence(t: Translator, one: Doubtful) -> str:
    why = cut(" ".join(reason.sentence(t) for reason in one.reasons), _REASON)
    name = cut(one.record.name, _NAME) or "–"
    return t("Row {row}, {name}: {reason}", row=_number(one), name=name, reason=why)


def _first(t: Translator, plan: Plan) -> Iterator[Block]:
    """The first that are left out."""
    if plan.doubtful:
        lines = [line("{said}", said=_sentence(t, one)) for one in plan.doubtful[:LISTED]]
        yield RichTextBlock([RichTextList("bullet", lines)], block_id="import_doubtful_list")
    if len(plan.doubtful) > LISTED:
        more = t("and {number} more", number=t.number(len(plan.doubtful) - LISTED))
        yield small(more, "import_doubtful_more")


def _sorts(t: Translator, asked: list[Doubtful], choice: Choice) -> Iterator[Block]:
    """No fields of the form: each answer shows at once what would happen."""
    there = {one.sort for one in asked}
    for sort in (one for one in Sort if one in there):
        answers = [each for each in Likely if (sort, each) != (Sort.SEVERAL, Likely.SAME)]
        options = [option(t(_ANSWERS[each]), each) for each in answers]
        now = options[answers.index(choice.of_sort(sort))]
        name = f"{SORT}.{sort}"
        yield rich(t(_ASKED[sort]), f"import_ask.{sort}")
        yield row(name, RadioButtonGroup(name, options, initial_option=now))


def _unclear(t: Translator, asked: list[Doubtful], choice: Choice) -> Iterator[Block]:
    if any(not one.sort for one in asked):
        take = option(t("Read them in anyway, as far as I understand them"), _TAKE)
        boxes = CheckboxGroup(UNCLEAR, [take], initial_options=[take] if choice.unclear else None)
        yield rich(t("**Rows with a word that I do not understand:**"), "import_ask_unclear")
        yield row(UNCLEAR, boxes)
