"""A sorting round as it is seen: a question about one partner at a time, and thanks at the end."""

from collections.abc import Sequence
from datetime import date

from slackblocks import Block, Button, ModalView, OverflowMenu

from bot.partner import Partner
from bot.partner_sort import REST, ROUND, Asked, Course, Known, Out, Step
from bot.translation import Translator, mark
from bot.workspace import Workspace
from handlers.views.circle import standing
from handlers.views.partner import SHOW
from handlers.views.partner_question import name_of
from handlers.views.partner_sort_field import ANSWER, NAME, Shown, question
from handlers.views.parts import button, confirm, cut, option, plain, rich, row, small
from handlers.views.parts_values import in_todays_form

BEGIN = "partner_sort_begin"
OVER = "partner_sort_over"  # callback id
SKIP = "partner_sort_skip"
BACK = "partner_sort_back"
OUT = "partner_sort_out"

DETAIL = 80  # of one thing that is known
KNOWN = 300  # of all of them

# How far the register has come, by the fact's field.
HAVE = {
    "kind": mark("{known} of {number} relations now have a sort."),
    "rooms": mark("{known} of {number} relations now have a room."),
    "age_groups": mark("{known} of {number} relations now have an age group."),
    "purposes": mark("{known} of {number} relations now have a purpose."),
    "goals": mark("{known} of {number} relations now have a goal."),
    "branch": mark("{known} of {number} relations now have a branch or team."),
    "responsible": mark(
        "Of the {number} with whom you do something together, {known} now have a responsible."
    ),
}
OUTS = {
    Out.SPONSOR: mark("It is a sponsor"),
    Out.FUND: mark("It is a fund"),
    Out.SUPPLIER: mark("It is a supplier"),
    Out.ARCHIVE: mark("Put it in the archive"),
}
LEFT_OUT = {
    Out.SPONSOR: mark("{partner} now stands as a sponsor."),
    Out.FUND: mark("{partner} now stands as a fund."),
    Out.SUPPLIER: mark("{partner} now stands as a supplier."),
    Out.ARCHIVE: mark("{partner} is now in the archive."),
}


def begin_button(t: Translator) -> Button:
    """The way into a round."""
    return button(t("Sort for five minutes"), BEGIN)


def question_view(
    t: Translator, library: Workspace, course: Course, shown: Shown, today: date
) -> ModalView:
    """One partner, what is known of it in a line, and one question."""
    partner = shown.partner
    where = t("Answer {number} of at most {of}", number=course.answers + 1, of=ROUND)
    said = [small(shown.said, "sort_said")] if shown.said else []
    known = _known(t, library, shown, today)
    return ModalView(
        plain(t("Sorting round")),
        [
            *said,
            rich(t(standing(partner)), block_id="sort_partner", name=cut(partner.name, NAME)),
            *([small(known, "sort_known")] if known else []),
            question(t, library, shown),
            _ways(t, course, partner),
            small(where, "sort_where"),
        ],
        submit=plain(t("Save and go on")),
        close=plain(t("Close")),
        callback_id=ANSWER,
        private_metadata=_note(course, Asked(partner.id, shown.fact.field)),
    )


def left_out(t: Translator, name: str, way: Out) -> str:
    """What was done to whom, above the next question."""
    return t(LEFT_OUT[way], partner=cut(name, NAME))


def over_view(
    t: Translator, course: Course, known: Sequence[Known], waiting: int, said: str = ""
) -> ModalView:
    """The end of a round, or of all there is to ask: thanks, and how far the register has come."""
    blocks: list[Block] = [small(said, "sort_said")] if said else []
    blocks.append(rich(_end(t, course, known, waiting), block_id="sort_over"))
    if lines := [_progress(t, one) for one in known if one.fact in course.facts and one.of > 1]:
        blocks.append(rich("\n".join(lines), block_id="sort_progress"))
    if waiting:
        more = t.n(
            "There is more to tell about one partner.",
            "There is more to tell about {number} partners.",
            waiting,
        )
        blocks.append(small(more, "sort_waiting"))
    ways = [button(t("Five more minutes"), f"{BEGIN}.more", primary=True)] if waiting else []
    ways += [button(t("Back"), BACK)] if course.steps else []
    return ModalView(
        plain(t("Sorting round")),
        [*blocks, *([row("sort_ways", *ways)] if ways else [])],
        close=plain(t("Close")),
        callback_id=OVER,
        private_metadata=_note(course, None),
    )


@in_todays_form()
def read_note(note: str) -> tuple[Course, Asked | None]:
    """Out of a view's private_metadata: the round so far, and what is asked."""
    answers, asked, steps = note.split("|")
    taken = tuple(Step(_asked(step), int(step.split(":")[2])) for step in steps.split(",") if step)
    return Course(int(answers), taken), _asked(asked) if asked else None


def _note(course: Course, asked: Asked | None) -> str:
    steps = ",".join(f"{_told(step.asked)}:{step.version}" for step in course.steps)
    return f"{course.answers}|{_told(asked) if asked else ''}|{steps}"


def _told(asked: Asked) -> str:
    return f"{asked.partner_id}:{asked.fact}"


def _asked(told: str) -> Asked:
    number, fact, *_ = told.split(":")
    return Asked(int(number), fact)


def _known(t: Translator, library: Workspace, shown: Shown, today: date) -> str:
    partner, last = shown.partner, shown.last
    ages = [name_of(t, library, "age_groups", age) for age in partner.age_groups]
    details = [
        name_of(t, library, "kind", partner.kind) if partner.kind else "",
        partner.area,
        t.list(partner.keywords),
        t.list([*partner.target_groups, *ages]),
        t.list(name_of(t, library, "rooms", room) for room in partner.rooms),
    ]
    if last:
        day = t.day(last.on, today)
        template = t("last contact {when}: “{about}”") if last.about else t("last contact {when}")
        details.append(template.format(when=day, about=cut(last.about, DETAIL)))
    return cut(" · ".join(cut(detail, DETAIL) for detail in details if detail), KNOWN)


def _ways(t: Translator, course: Course, partner: Partner) -> Block:
    sure = confirm(
        t("Out of the sorting?"),
        t("Then it is in none of the pictures, and nobody is asked about it. Back undoes it."),
        t("Yes"),
        t("No"),
    )
    outs = [option(t(words), way.value) for way, words in OUTS.items()]
    return row(
        "sort_ways",
        button(t("Skip"), SKIP),
        *([button(t("Back"), BACK)] if course.steps else []),
        button(t("Show the card"), f"{SHOW}.sort", str(partner.id)),
        OverflowMenu(OUT, outs, confirm=sure),
    )


def _end(t: Translator, course: Course, known: Sequence[Known], waiting: int) -> str:
    if course.over:
        return t("**Thank you, that was {number} answers.**", number=t.number(ROUND))
    if waiting or not course.answers:
        return _nothing(t, known)
    thanks = t.n(
        "**Thank you for the answer.**",
        "**Thank you for {number} answers.**",
        course.answers,
        number=t.count(course.answers),
    )
    return f"{thanks} {_nothing(t, known)}"


def _nothing(t: Translator, known: Sequence[Known]) -> str:
    if not any(one.of for one in known):
        return t("There are no partners to sort yet. Add the first with `/partner new`.")
    if all(one.known == one.of for one in known):
        return t("**Nothing is missing.** All your relations are sorted.")
    return t(
        "There are no more questions now. What was skipped comes again after {days} days.",
        days=REST.days,
    )


def _progress(t: Translator, one: Known) -> str:
    return t(HAVE[one.fact.field], known=t.number(one.known), number=t.number(one.of))
