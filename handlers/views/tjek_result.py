"""The result of a check: the answers laid out, never added up, and the person's own decision."""

from collections.abc import Sequence

from slackblocks import Block, InputBlock, ModalView, PlainTextInput

from bot.questions import Question
from bot.tjek import REASON_LENGTH, Answer, Check, Decision, Findings, PageCount
from bot.tjek_again import Again
from bot.tjek_told import verdict
from bot.translation import Translator
from bot.words import DECISION
from handlers.views.parts import Person, Typed, button, cut, plain, rich, row, small, whose
from handlers.views.tjek import heading_of
from handlers.views.tjek_again import again_lines
from handlers.views.tjek_ask import ask_button
from handlers.views.tjek_letter import begin_button

DECIDE = "tjek_decide"
GO_ON = "tjek_go_on"  # from the short check to the whole one
RETHINK = "tjek_rethink"
LATER = "tjek_later"  # callback id
REASON = "reason"  # block and action id

NOTES = 2000  # characters of a page's notes; only in a check that was read in are there several


def result_view(
    t: Translator,
    check: Check,
    laid_out: Findings,
    left: int,
    *,
    mine: bool,
    reason: str = "",
    missing: str = "",
    again: Again | None = None,
    apart: Sequence[Question] = (),
) -> ModalView:
    """The result; `left` questions wait in the whole check, `missing` says what a click lacked.

    `apart` are those that were seen differently, in a check that came with a file.
    """
    blocks: list[Block] = [
        rich(
            t("**Check: {subject}** ({who}, {day})"),
            block_id="result",
            subject=heading_of(check),
            who=whose(t, check.started_by),
            day=t.day(check.finished_at or check.started_at),
        ),
        *_apart(t, apart),
        *_findings(t, laid_out),
        *_notes(t, check, laid_out),
        *(again_lines(t, again) if again else []),
        small(t("These are the answers side by side, not a grade."), "result_no_mark"),
    ]
    deciding = mine and not check.decision
    if left and deciding:
        rest = t.n("Answer the last one too", "Answer the other {number} too", left)
        blocks.append(row("result_left", button(rest, GO_ON, str(check.id))))
    blocks += _decide(t, check, reason, missing) if deciding else _decided(t, check, mine=mine)
    return ModalView(
        plain(t("Check · The result")),
        blocks,
        submit=plain(t("Decide later")) if deciding else None,
        close=plain(t("Close")),
        callback_id=LATER,
        private_metadata=f"{check.id}:",
    )


def read_reason(typed: Typed) -> str:
    """The line that stands beside the decision."""
    return str(typed.get(REASON, {}).get(REASON, {}).get("value") or "")


def _apart(t: Translator, apart: Sequence[Question]) -> list[Block]:
    seen = t("**Here you did not agree:** {questions}")
    return [rich(seen, "result_apart", questions=_numbered(t, apart))] if apart else []


def _findings(t: Translator, laid_out: Findings) -> list[Block]:
    blocks: list[Block] = []
    if laid_out.stops:
        blocks.append(
            rich(
                t(
                    "**Hard stop:** {questions}. A no here usually settles the matter, unless"
                    " something changes."
                ),
                block_id="result_stops",
                questions=_numbered(t, laid_out.stops),
            )
        )
    rows = (
        ("for", t("**Speaks for:** {questions}"), _short(t, laid_out.speaks_for)),
        ("against", t("**Speaks against:** {questions}"), _short(t, laid_out.speaks_against)),
        ("partly", t("**Partly:** {questions}"), _short(t, laid_out.partly)),
        (
            "find_out",
            t("**Must be found out:** {questions}"),
            _numbered(t, laid_out.find_out),
        ),
    )
    for name, template, questions in rows:
        if questions:
            blocks.append(rich(template, block_id=f"result_{name}", questions=questions))
    blocks.append(_profile(t, laid_out.profile))
    return blocks


def _short(t: Translator, questions: Sequence[Question]) -> str:
    return ", ".join(question.short.in_(t.language) for question in questions)


def _numbered(t: Translator, questions: Sequence[Question]) -> str:
    """By name and the number it was put with."""
    return ", ".join(f"{q.short.in_(t.language)} ({q.number})" for q in questions)


def _profile(t: Translator, profile: Sequence[PageCount]) -> Block:
    lines = []
    values = {}
    for n, count in enumerate(profile):
        colon = "" if count.page.title.in_(t.language).endswith("?") else ":"
        lines.append(f"**{{title{n}}}{colon}** {{counts{n}}}")
        values[f"title{n}"] = count.page.title.in_(t.language)
        values[f"counts{n}"] = _counts(t, count)
    return rich("\n".join(lines), block_id="result_profile", **values)


def _counts(t: Translator, count: PageCount) -> str:
    names = {
        Answer.YES: t("{number} yes"),
        Answer.PARTLY: t("{number} partly"),
        Answer.NO: t("{number} no"),
        Answer.UNKNOWN: t("{number} don't know"),
        None: t("{number} not answered"),
    }
    return ", ".join(
        words.format(number=count.counts[answer])
        for answer, words in names.items()
        if count.counts.get(answer)
    )


def _notes(t: Translator, check: Check, laid_out: Findings) -> list[Block]:
    kept: dict[str, str] = {}
    for sheet in check.sheets.values():
        for page, note in sheet.notes.items():
            kept[page] = f"{kept[page]}\n{note}" if page in kept else note
    titles = {count.page.id: count.page.title.in_(t.language) for count in laid_out.profile}
    in_order = [*titles, *(page for page in kept if page not in titles)]
    return [
        rich(
            "_{title}_ {note}",
            block_id=f"result_note.{page}",
            title=titles.get(page, t("Note")),
            note=cut(kept[page], NOTES),
        )
        for page in in_order
        if kept.get(page)
    ]


def _decide(t: Translator, check: Check, reason: str, missing: str) -> list[Block]:
    number = str(check.id)
    buttons = [
        button(t(DECISION[decision]), f"{DECIDE}.{decision}", f"{number}:{decision}")
        for decision in Decision
    ]
    above = [rich(missing, block_id="result_missing")] if missing else []
    return [
        *above,
        InputBlock(
            plain(t("Your reason")),
            PlainTextInput(REASON, initial_value=reason or None, max_length=REASON_LENGTH),
            hint=plain(
                t(
                    "Leave it until you decide, if you like. Then write one line that the next "
                    "colleague understands."
                )
            ),
            block_id=REASON,
            optional=True,
        ),
        rich(t("**What do you decide?**"), block_id="result_question"),
        row("result_decide", *buttons),
        row("result_ask", ask_button(t, check.id)),
    ]


def _decided(t: Translator, check: Check, *, mine: bool) -> list[Block]:
    if check.decision is None:
        return []
    buttons = [button(t("Change the decision"), RETHINK, str(check.id))]
    if check.decision is Decision.KINDLY_NO:
        buttons.insert(0, begin_button(t, check.id))
    decision, reason = verdict(t, check)
    by = check.decided_by or check.started_by
    return [
        rich(
            t("**{decision}** – {reason}") if reason else "**{decision}**",
            block_id="result_decided",
            decision=decision,
            reason=reason,
        ),
        rich(
            t("Decided by {who} on {day}.") if by else t("Decided on {day}."),
            block_id="result_decided_by",
            who=Person(by),
            day=t.long_day(check.decided_at or check.started_at),
        ),
        *([row("result_rethink", *buttons)] if mine else []),
    ]
