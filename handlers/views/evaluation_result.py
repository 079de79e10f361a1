"""What came of an evaluation: the blocks of it, and a past one as a modal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from slackblocks import Block, Button, ModalView

from bot.evaluation_figures import Side
from bot.evaluation_partner import rather_meet
from bot.evaluation_parts import Part, packed, pages
from bot.evaluation_questions import Question
from bot.evaluation_remark import Remark
from bot.evaluation_result import Result, Written
from bot.round import Standing, count
from bot.translation import Translator
from handlers.views import evaluation_figures as figures
from handlers.views.evaluation import about
from handlers.views.parts import Person, button, cut, plain, rich, row, small

RESULT = "evaluation_result"  # value: the evaluation's id, and after a point the page

PARTNER = 80  # characters of a partner's name within a sentence
_LISTED = 12  # questions in one line


@dataclass(frozen=True)
class Page:
    """One page of a past result: what the thread has in one message, or what was kept of it."""

    part: Part
    remarks: tuple[Remark, ...] = ()


def pages_of(result: Result, remarks: Sequence[Remark]) -> tuple[Page, ...]:
    """As many as it takes, so that nothing is cut off."""
    *others, last = pages(result)
    first, *more = [*packed(remarks, lambda remark: len(remark.text))] or [()]
    return (*map(Page, others), Page(last, first), *(Page(Part(), lot) for lot in more))


def result_button(t: Translator, evaluation_id: int, where: str = "") -> Button:
    """The way to a past result; `where` keeps the ids apart in one view."""
    action = f"{RESULT}.{where}" if where else RESULT
    return button(t("See the answers"), action, str(evaluation_id))


def result_view(
    t: Translator, result: Result, partner: str, remarks: Sequence[Remark], page: int = 0
) -> ModalView:
    """One page of a past result; `page` counts from 0."""
    whole = pages_of(result, remarks)
    page = min(page, len(whole) - 1)  # a name may be gone since, and its notes with it
    here = whole[page]
    part = here.part
    name = cut(partner, PARTNER)
    blocks: list[Block] = heading(t, result, name) if part.leads else []
    blocks += findings(t, result, part, name) if part.leads else rest(t, result, part.written, name)
    blocks += _kept(t, here.remarks)
    return ModalView(
        plain(t("The answers")),
        [*blocks, *_turning(t, result, page, len(whole))],
        close=plain(t("Close")),
        callback_id="evaluation_result",
    )


def heading(t: Translator, result: Result, partner: str) -> list[Block]:
    """Whose, how many have answered, and when the last time was."""
    of, last = count(result.held.this), figures.last_time(result.lines)
    sentence = t("**{partner}: the answers are here** ({answered} of {asked})")
    month = ""
    if last:
        sentence = t(
            "**{partner}: the answers are here** ({answered} of {asked}, last time in {month})"
        )
        month = figures.month_of(t, last, result.held.at)
    evaluation = result.held.evaluation
    sentence += about(t, evaluation)
    values = {"answered": of.answered, "asked": of.asked, "month": month}
    values |= {"what": evaluation.subject}
    return [rich(sentence, block_id="reveal", partner=partner, **values)]


def findings(t: Translator, result: Result, part: Part, partner: str) -> list[Block]:
    """The figures, where to begin the talk, what goes well, and what is read at a glance."""
    return [
        *_themes(t, result, partner),
        *_silent(t, result, partner),
        *_talk(t, result, part, partner),
        *_well(t, result, partner),
        *_find_out(t, result, partner),
        *rest(t, result, _not_in_talk(result, part.written), partner),
    ]


def rest(t: Translator, result: Result, written: Iterable[Written], partner: str) -> list[Block]:
    """What was written, each with its question."""
    blocks: list[Block] = []
    for number, one in enumerate(written):
        words = figures.of_written(t, result, one, partner)
        template = "_{question}_ {words}" if one.about else "{words}"
        question = figures.text_of(t, one.about, partner) if one.about else ""
        blocks.append(
            rich(template, block_id=f"reveal_written.{number}", question=question, words=words)
        )
    return blocks


def _themes(t: Translator, result: Result, partner: str) -> list[Block]:
    if not result.lines:
        return []
    values = {}
    for number, line in enumerate(result.lines):
        values[f"theme{number}"] = figures.name_of(t, line)
        values[f"said{number}"] = figures.of_theme(t, result, line, partner)
    lines = [f"**{{theme{number}}}:** {{said{number}}}" for number in range(len(result.lines))]
    blocks: list[Block] = [rich("\n".join(lines), block_id="reveal_themes", **values)]
    if said := figures.finding(t, result, partner):
        blocks.append(rich("{finding}", block_id="reveal_finding", finding=said))
    return blocks


def _silent(t: Translator, result: Result, partner: str) -> list[Block]:
    """Which side's figures are missing, and that of colleagues; never who."""
    said = []
    if result.ours_kept_back:
        said.append(
            t(
                "Only one of us has answered, so our figures are not shown: it would be plain "
                "whose they are."
            )
        )
    elif result.asked[Side.OURS] and not result.answered[Side.OURS]:
        said.append(t("None of us has answered this time."))
    if rather_meet(result.held.this):
        said.append(t("{partner} would rather talk about it when you meet."))
    elif result.asked[Side.THEIRS] and not result.answered[Side.THEIRS]:
        said.append(t("There is no answer from {partner} this time."))
    if declined := list(result.held.standings[Side.OURS].values()).count(Standing.DECLINED):
        said.append(t.n("One could not this time.", "{number} could not this time.", declined))
    lines = " ".join(said)
    return [rich(lines, block_id="reveal_silent", partner=partner)] if said else []


def _talk(t: Translator, result: Result, part: Part, partner: str) -> list[Block]:
    """What to talk about, each with what was written about it."""
    if not result.to_talk_about:
        return []
    blocks: list[Block] = [rich(t("**Worth talking about:**"), block_id="reveal_talk")]
    for number, talk in enumerate(result.to_talk_about, 1):
        question = talk.about.question
        about = [one for one in part.written if one.about == question]
        words = [figures.of_written(t, result, one, partner, below=True) for one in about]
        blocks.append(
            rich(
                "{number}. _{question}_ {said}",
                block_id=f"reveal_talk.{number}",
                number=number,
                question=figures.text_to_talk_about(t, talk, partner),
                said=" ".join([figures.of_talk(t, result, talk, partner), *words]),
            )
        )
    return blocks


def _not_in_talk(result: Result, written: Iterable[Written]) -> list[Written]:
    talk = [talk.about.question for talk in result.to_talk_about]
    return [one for one in written if one.about not in talk]


def _well(t: Translator, result: Result, partner: str) -> list[Block]:
    if not result.going_well:
        return []
    by_sides: dict[frozenset[Side], list[Question]] = {}
    for one in result.going_well:
        by_sides.setdefault(one.sides, []).append(one.question)
    blocks = []
    for number, (sides, questions) in enumerate(by_sides.items()):
        first = t("**Going well:**") + " " if number == 0 else ""
        sentence = f"{first}{{questions}} {figures.all_say(t, result, sides, '{partner}')}"
        name, most = f"reveal_well.{number}", _LISTED // len(by_sides)
        blocks.append(_listed(t, sentence, name, questions, partner, most=most))
    return blocks


def _find_out(t: Translator, result: Result, partner: str) -> list[Block]:
    if not result.find_out:
        return []
    said = [figures.to_find_out(t, one, partner) for one in result.find_out]
    questions = [one.question for one in result.find_out]
    return [_listed(t, t("**In doubt:** {questions}"), "reveal_find", questions, partner, said)]


def _listed(
    t: Translator,
    sentence: str,
    block_id: str,
    questions: Sequence[Question],
    partner: str,
    said: Sequence[str] = (),
    *,
    most: int = _LISTED,
) -> Block:
    """The questions in one line, each with what is said of it."""
    shown = questions[:most]
    values = {
        f"question{number}": figures.text_of(t, question, partner)
        for number, question in enumerate(shown)
    }
    values |= {f"said{number}": words for number, words in enumerate(said[:most])}
    values["partner"] = partner
    each = [
        f"_{{question{number}}}_" + (f" ({{said{number}}})" if said else "")
        for number in range(len(shown))
    ]
    if more := len(questions) - len(shown):
        each.append(t("and {number} more", number=t.number(more)))
    return rich(sentence.replace("{questions}", " · ".join(each)), block_id=block_id, **values)


def _kept(t: Translator, remarks: Sequence[Remark]) -> list[Block]:
    """What colleagues have kept of the talk, under their names."""
    if not remarks:
        return []
    blocks: list[Block] = [rich(t("**Kept of the talk:**"), block_id="reveal_kept")]
    for number, remark in enumerate(remarks):
        blocks.append(
            rich(
                "{who}: {text}",
                block_id=f"reveal_kept.{number}",
                who=Person(remark.user_id),
                text=remark.text,
            )
        )
    return blocks


def _turning(t: Translator, result: Result, page: int, of: int) -> list[Block]:
    """The ways to the page before and the next."""
    if of == 1:
        return []
    number = result.held.evaluation.id
    buttons = []
    if page > 0:
        buttons.append(button(t("Previous"), f"{RESULT}.previous", f"{number}.{page - 1}"))
    if page < of - 1:
        buttons.append(button(t("Next"), f"{RESULT}.next", f"{number}.{page + 1}"))
    told = t("Page {number} of {of}", number=page + 1, of=of)
    return [row("result_pages", *buttons), small(told, "result_page")]
