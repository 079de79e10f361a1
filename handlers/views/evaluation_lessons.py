"""What the year's evaluations have taught: an overview, then a line for each, a page at a time."""

from collections.abc import Mapping
from datetime import date

from slackblocks import Block, ModalView, SectionBlock

from bot.evaluation_decision import decided_in_words, word_of
from bot.evaluation_figures import Line, Side
from bot.evaluation_lessons import PER_PAGE, Followed, Lessons
from bot.home import page_of
from bot.round import count
from bot.round_steps import is_empty
from bot.text import capital
from bot.translation import Translator
from handlers.views.evaluation_figure import figure_of
from handlers.views.evaluation_result import result_button
from handlers.views.parts import button, cut, heading, plain, rich, row, small

PAGE = "evaluation_lessons"

NAME = 60  # characters of a partner's name
LINE = 700


def lessons_view(
    t: Translator, lessons: Lessons, names: Mapping[int, str], wanted: int, today: date
) -> ModalView:
    """That page of it, or the nearest that there is."""
    return ModalView(
        plain(t("What we have learned")),
        _blocks(t, lessons, names, wanted, today) if lessons.followed else [_nothing(t)],
        close=plain(t("Close")),
        callback_id="evaluation_lessons",
    )


def _nothing(t: Translator) -> Block:
    return rich(
        t(
            "**No evaluation has been answered in the last year.** They come by themselves: after"
            " an activity, before a trial is decided, and once a year with those you collaborate"
            " with. What they teach you is then gathered here."
        ),
        block_id="lessons_none",
    )


def _blocks(
    t: Translator, lessons: Lessons, names: Mapping[int, str], wanted: int, today: date
) -> list[Block]:
    page = page_of(wanted, len(lessons.followed), PER_PAGE)
    blocks: list[Block] = []
    if page.number == 1:
        blocks += [_how_many(t, lessons), _themes(t, lessons), _decided(t, lessons)]
    blocks.append(heading(t("Each of them"), "lessons_each"))
    for one in lessons.followed[page.first : page.first + PER_PAGE]:
        blocks.append(_followed(t, one, cut(names[one.partner_id], NAME), today))
    low = t(
        "Low is below 3 of 5, with us or with the partner; in the overview only where all questions"
        " of the theme are answered. There are no figures per colleague."
    )
    blocks.append(small(low, "lessons_low"))
    if page.of > 1:
        where = t("Page {number} of {of}", number=page.number, of=page.of)
        ways = []
        if page.number > 1:
            ways.append(button(t("Previous"), f"{PAGE}.back", str(page.number - 1)))
        if page.number < page.of:
            ways.append(button(t("Next"), f"{PAGE}.on", str(page.number + 1)))
        blocks += [small(where, "lessons_where"), row("lessons_pages", *ways)]
    return blocks


def _how_many(t: Translator, lessons: Lessons) -> Block:
    evaluations = t.n("one evaluation", "{number} evaluations", len(lessons.followed))
    partners = t.n(
        "one partner", "{number} partners", len({one.partner_id for one in lessons.followed})
    )
    said = t("**In the last year: {evaluations} with {partners}.**")
    return rich(said, block_id="lessons", evaluations=evaluations, partners=partners)


def _themes(t: Translator, lessons: Lessons) -> Block:
    if not lessons.themes:
        return rich(t("**No theme is low** in the latest answers."), block_id="lessons_themes")
    listed = t.list(
        t(
            "{theme} with {number} of {asked}",
            number=t.number(one.low),
            theme=one.name.in_(t.language),
            asked=t.number(one.asked),
        )
        for one in lessons.themes
    )
    return rich(
        t("**Low in the latest answers:** {themes}."), block_id="lessons_themes", themes=listed
    )


def _decided(t: Translator, lessons: Lessons) -> Block:
    often = sorted(lessons.decided.items(), key=lambda one: -one[1])
    counted = [f"{word_of(t, word)} ({t.number(number)})" for word, number in often if word]
    parts = [t("**You decided:** {decisions}.")] if counted else []
    if missing := lessons.decided.get("", 0):
        words = t.count(missing, first=True)
        parts.append(
            t.n(
                "One decision is still missing.",
                "{number} decisions are still missing.",
                missing,
                number=words,
            )
        )
    return rich(" ".join(parts), block_id="lessons_decided", decisions=t.list(counted))


def _followed(t: Translator, one: Followed, name: str, today: date) -> Block:
    month = t.month((one.this.revealed_at or one.this.opened_at).astimezone(t.zone).date(), today)
    parts = [f"{name}, {month}"]
    parts += (
        [t("Low: {themes}.", themes=t.list(_low(t, line, name) for line in one.low))]
        if one.low and not is_empty(one.this)
        else []
    )
    if not count(one.this).answered:
        parts.append(t("No answers came this time."))
    elif is_empty(one.this):
        parts.append(t("Only one answered, so the answer is not shown."))
    words = decided_in_words(t, one.this)
    parts.append(f"{capital(words)}." if words else t("Not decided yet."))
    if one.steps:
        done = t.n(
            "{done} of {number} step is done.",
            "{done} of {number} steps are done.",
            one.steps,
            done=t.number(one.done),
        )
        parts.append(done)
    first, *rest = parts
    return SectionBlock(
        plain(cut(f"{first}\n{' '.join(rest)}", LINE)),
        block_id=f"lesson.{one.this.id}",
        accessory=result_button(t, one.this.subject_id, f"lesson{one.this.id}"),
    )


def _low(t: Translator, line: Line, name: str) -> str:
    """The theme with each side's figure by itself."""
    said = {Side.OURS: t("we {figure}"), Side.THEIRS: "{name} {figure}"}
    figures = [
        said[side].format(name=name, figure=figure_of(t, line.now[side]))
        for side in Side
        if side in line.now
    ]
    return f"{line.theme.name.in_(t.language)} ({' · '.join(figures)})"
