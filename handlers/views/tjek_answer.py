"""A colleague's own pages in a round: kept as a draft until she sends them."""

from collections.abc import Sequence

from slackblocks import Block, ModalView

from bot.round import Round, State, count
from bot.tjek import Check, Sheet
from bot.translation import Translator
from handlers.views.parts import Reply, button, notice, plain, rich, row, small
from handlers.views.round import ANSWER, deadline_of
from handlers.views.tjek import Asked, heading_of, page_fields, page_title
from handlers.views.tjek_reveal import result_button

BACK = "tjek_answer_back"
PAGE = "tjek_answer_page"  # callback id


def answer_view(
    t: Translator,
    check: Check,
    this: Round,
    asked: Asked,
    sheet: Sheet,
    above: Sequence[Block] = (),
) -> ModalView:
    """One page of the round's questions with the person's own answers so far."""
    last = asked.number == asked.of
    hidden = t(
        "Nobody sees your answers before all are shown. Until {deadline} you can change them."
    )
    blocks: list[Block] = [
        small(heading_of(check), "tjek_subject"),
        *above,
        *page_fields(t, asked, sheet),
        *([row("tjek_steps", button(t("Back"), BACK))] if asked.number > 1 else []),
        small(hidden.format(deadline=deadline_of(t, this.deadline)), "tjek_hidden"),
    ]
    return ModalView(
        plain(page_title(t, asked), 24),
        blocks,
        submit=plain(t("Send my answers") if last else t("Next")),
        close=plain(t("Close")),
        callback_id=PAGE,
        private_metadata=f"{this.id}:{asked.page.id}",
    )


def sent(t: Translator, this: Round, left: int) -> Reply:
    """Her answers count; `left` questions were not among the few that she was asked."""
    sentence = t("**Thank you, your answers are in.** They are shown together with the others'.")
    change = t("Until {deadline} you can change them.")
    blocks: list[Block] = [
        rich(sentence, block_id="answer_sent"),
        small(change.format(deadline=deadline_of(t, this.deadline)), "answer_change"),
    ]
    if left:
        words = t.n("Answer the last one too", "Answer the other {number} too", left)
        blocks.append(row("answer_more", button(words, f"{ANSWER}.more", str(this.id))))
    return Reply(notice(sentence), blocks)


def answered(t: Translator, this: Round, subject: str) -> Reply:
    """In place of the invitation of one who has answered."""
    sentence = t(
        "**Thank you, your answers about {subject} are in.** Until {deadline} you can change them."
    )
    values = {"subject": subject, "deadline": deadline_of(t, this.deadline)}
    change = button(t("Change my answers"), f"{ANSWER}.own", str(this.id))
    return Reply(
        notice(sentence, **values),
        [rich(sentence, block_id="round_answered", **values), row("round_buttons", change)],
    )


def over(t: Translator, this: Round, subject: str) -> Reply:
    """In place of an invitation whose round has ended."""
    sentence = t(
        "**The round about {subject} is over.** If you have something to add, write it in the"
        " thread."
    )
    if this.state is State.CANCELLED:
        sentence = t("**The round about {subject} was called off.** Nobody has seen any answers.")
    blocks: list[Block] = [rich(sentence, block_id="over", subject=subject)]
    if this.state in (State.REVEALED, State.CLOSED) and count(this).answered:
        blocks.append(row("over_buttons", result_button(t, this.subject_id)))
    return Reply(notice(sentence, subject=subject), blocks)


def shown(t: Translator) -> Reply:
    """Hers was the last answer that was waited for."""
    sentence = t("**Thank you, yours was the last.** All answers are shown in the thread now.")
    return Reply(notice(sentence), [rich(sentence, block_id="answer_sent")])
