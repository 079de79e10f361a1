"""What each of those asked, and the one who leads it, has from an evaluation by herself."""

from datetime import datetime, timedelta

from slackblocks import Block, Button

from bot.evaluation import Evaluation, ours
from bot.evaluation_empty import why_empty
from bot.evaluation_partner import asks_by_mail
from bot.round import Round, State
from bot.round_steps import is_empty
from bot.translation import Translator, mark
from handlers.views.evaluation import (
    ANSWER,
    LOOK,
    NAME,
    about,
    answer_button,
    ask_partner_button,
    cannot_button,
    questions_of,
    time_for,
)
from handlers.views.evaluation_decide import ways_unanswered
from handlers.views.evaluation_empty import SAID
from handlers.views.evaluation_result import result_button
from handlers.views.parts import Reply, button, cut, notice, rich, row, small
from handlers.views.round import deadline_of

_BECAUSE = {
    "is_archived": mark("because it is archived"),
    "not_in_channel": mark("because I am not in it any more"),
    "channel_not_found": mark("because I am not in it any more"),
}
_REFUSED = mark("because Slack does not let me write there")


def invitation(
    t: Translator, evaluation: Evaluation, this: Round, partner: str, *, leads: bool = False
) -> Reply:
    """To one of those asked; who `leads` the round sees to it from here."""
    sentence = t(
        "**How is it going with {partner}?** {questions}, {minutes}, answer by {deadline}."
    )
    hidden = t(
        "Each of you answers alone. Nobody sees anything before then; after that figures are shown"
        " without names, and remarks word by word."
    )
    if len(ours(this)) == 1:
        hidden = t("Nobody sees any answer before all are shown at once.")
        hidden += " " + t("Nobody else here is asked, so your answers are shown as yours.")
    why = t("You get it because you know them. Fewer messages: /partner settings")
    values, below = _values(t, evaluation, this, partner), about(t, evaluation)
    return Reply(
        notice(t("How is it going with {partner}?"), **values),
        [
            rich(f"{sentence}{below}\n{hidden}", block_id="evaluation_asks", **values),
            row(
                "evaluation_buttons",
                answer_button(t, evaluation, this),
                cannot_button(t, this),
                *(_leading(t, this) if leads else ()),
            ),
            small(why, "evaluation_because"),
        ],
    )


def nudge(t: Translator, evaluation: Evaluation, this: Round, partner: str, now: datetime) -> Reply:
    """The one reminder, to who has not answered."""
    days = this.deadline.astimezone(t.zone).date() - now.astimezone(t.zone).date()
    if days == timedelta(days=1):
        sentence = t("Tomorrow at {hour} the answers about {partner} are shown.")
    else:
        sentence = t("The answers about {partner} are shown {deadline}.")
    sentence += " " + t("Yours is missing; it takes {minutes}.")
    values = _values(t, evaluation, this, partner)
    answer = button(t("Answer"), ANSWER, str(this.id), primary=True)
    return Reply(
        notice(sentence, **values),
        [
            rich(sentence, block_id="evaluation_nudge", **values),
            row("evaluation_buttons", answer, cannot_button(t, this)),
        ],
    )


def answered(
    t: Translator, evaluation: Evaluation, this: Round, partner: str, *, leads: bool = False
) -> Reply:
    """In place of the invitation of one who has answered."""
    sentence = t(
        "**Thank you, your answers about {subject} are in.** Until {deadline} you can change them."
    )
    values = _values(t, evaluation, this, partner)
    change = button(t("Change my answers"), f"{ANSWER}.own", str(this.id))
    ways = _leading(t, this) if leads else ()
    return Reply(
        notice(sentence, **values),
        [
            rich(sentence, block_id="evaluation_answered", **values),
            row("evaluation_buttons", change, *ways),
        ],
    )


def declined(t: Translator, this: Round, *, leads: bool = False) -> Reply:
    """She does not take part this time, and may think again."""
    sentence = t(
        "That is quite all right. The round does not wait for you. Nobody is told that it is you."
    )
    again = button(t("I want to answer after all"), f"{ANSWER}.after_all", str(this.id))
    ways = _leading(t, this) if leads else ()
    return Reply(
        notice(sentence),
        [
            rich(sentence, block_id="evaluation_declined"),
            row("evaluation_buttons", again, *ways),
        ],
    )


def over(t: Translator, this: Round, partner: str) -> Reply:
    """In place of an invitation whose round has ended."""
    subject = cut(partner, NAME)
    if this.state is State.CANCELLED:
        sentence = t("**The round about {subject} was called off.** Nobody has seen any answers.")
        return Reply(
            notice(sentence, subject=subject), [rich(sentence, "evaluation_over", subject=subject)]
        )
    sentence = t(
        "**The round about {subject} is over.** If you have something to add, press [Keep a remark]"
        " in the thread's first message."
    )
    blocks: list[Block] = [rich(sentence, block_id="evaluation_over", subject=subject)]
    if this.state is not State.OPEN and not is_empty(this):
        blocks.append(row("evaluation_buttons", _see_button(t, this)))
    return Reply(notice(sentence, subject=subject), blocks)


def unplaced(
    t: Translator,
    evaluation: Evaluation,
    this: Round,
    partner: str,
    *,
    channel: str,
    reason: str,
    user: str,
) -> Reply:
    """To who leads it: the round is under way, and the channel known by its name has no thread."""
    sentence = t("**How is it going with {partner}?** The round is open until {deadline}.")
    where = t(
        "There is no channel where I can write about it, so I ask each of you in private, and"
        " show you the answers there. Choose a channel on the card of {partner}, or ask the"
        " coordinator to choose one in the settings; it counts from the next round."
    )
    if channel:
        where = t(
            "It has no thread in #{channel}, {why}. So I ask each of you in private, and show you"
            " the answers there."
        )
    values = {"channel": channel, "why": t(_BECAUSE.get(reason, _REFUSED))}
    values |= _values(t, evaluation, this, partner)
    ways = _leading(t, this)
    if user in this.standings:
        ways = (answer_button(t, evaluation, this), cannot_button(t, this), *ways)
    return Reply(
        notice(sentence, **values),
        [
            rich(
                f"{sentence}{about(t, evaluation)}\n{where}",
                block_id="evaluation_unplaced",
                **values,
            ),
            row("evaluation_buttons", *ways),
        ],
    )


def unshown(t: Translator, this: Round, partner: str, *, channel: str, reason: str) -> Reply:
    """To who leads it: the answers are not in the channel, and stand here; `reason` is Slack's.

    Where there is nothing to see, the three ways on stand here instead.
    """
    name = cut(partner, NAME)
    if is_empty(this):
        return _nothing(t, this, name)
    sentence = t("**The answers about {subject} are here.** There is no channel to show them in.")
    if channel:
        sentence = t("**The answers about {subject} cannot be shown in {channel}**, {why}.")
    where = t(
        "Everybody who was asked can see them all the same: you here, the others from the message "
        "that they have from me."
    )
    why = t(_BECAUSE.get(reason, _REFUSED))
    values = {"subject": name, "channel": f"#{channel}", "why": why}
    return Reply(
        notice(sentence, **values),
        [
            rich(sentence, block_id="evaluation_unshown", **values),
            rich(where, block_id="evaluation_unshown_where"),
            row("evaluation_buttons", _see_button(t, this)),
        ],
    )


def _nothing(t: Translator, this: Round, partner: str) -> Reply:
    sentence = t(SAID[why_empty(this)])
    blocks: list[Block] = [rich(sentence, block_id="evaluation_unshown", partner=partner)]
    if this.state is State.REVEALED:
        blocks += [
            rich(t("You choose here what comes next:"), "evaluation_unshown_where"),
            ways_unanswered(t, this),
        ]
    return Reply(notice(sentence, partner=partner), blocks)


def _leading(t: Translator, this: Round) -> tuple[Button, ...]:
    """What the one who leads it can do besides answering."""
    ask = (ask_partner_button(t, this),) if asks_by_mail(this) else ()
    return (*ask, button(t("See the round"), LOOK, str(this.id)))


def _see_button(t: Translator, this: Round) -> Button:
    return result_button(t, this.subject_id)


def _values(t: Translator, evaluation: Evaluation, this: Round, partner: str) -> dict[str, str]:
    name = cut(partner, NAME)
    return {
        "partner": name,
        "subject": name,
        "what": evaluation.subject,
        "questions": _capital(questions_of(t, evaluation.instrument)),
        "minutes": time_for(t, evaluation.instrument),
        "deadline": deadline_of(t, this.deadline),
        "hour": t.hour(this.deadline),
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
