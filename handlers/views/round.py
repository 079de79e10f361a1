"""A round as it stands in the channel, with figures only, and as the one who called it sees it."""

from dataclasses import dataclass
from datetime import datetime

from slackblocks import Block, Button, ModalView

from bot.round import Count, Round, Standing, State, count, who_answered
from bot.round_steps import may_show
from bot.tjek_round import Unanswered
from bot.translation import Translator
from handlers.views.parts import (
    People,
    Person,
    Reply,
    button,
    confirm,
    cut,
    notice,
    plain,
    rich,
    row,
    small,
)

ANSWER = "round_answer"
SHORT = "round_answer_short"
DECLINE = "round_decline"
LOOK = "round_look"
SHOW = "round_show"
CANCEL = "round_cancel"

NAME = 16  # characters of the caller's name on her button


@dataclass(frozen=True)
class Asked:
    """How much is asked of each: the number of questions, and of those that a minute is for."""

    questions: int
    few: int = 0  # 0 where the whole is no longer

    @property
    def minutes(self) -> int:
        """What it takes: five questions a minute, reading included."""
        return max(1, round(self.questions / 5))


def deadline_of(t: Translator, moment: datetime) -> str:
    """A day and an hour: tirsdag den 1. december kl. 12."""
    return t("{day} at {hour}", day=t.long_day(moment), hour=t.hour(moment))


def in_channel(t: Translator, this: Round, subject: str, caller: str, decision: str = "") -> Reply:
    """The message that the thread hangs on: how many, never who, never what."""
    if this.state is State.CANCELLED:
        sentence = t("**The round about {subject} was called off.** Nobody has seen any answers.")
        return _told(sentence, subject)
    if this.state is State.CLOSED and decision:
        sentence = t("**We have checked {subject}.** The decision: {decision}")
        return _told(sentence, subject, decision=decision)
    if this.state is State.CLOSED and this.decision != Unanswered.ASKED_AGAIN:
        return _told(t("**We leave the check of {subject} for now.**"), subject)
    if this.state is not State.OPEN and not count(this).answered:
        return _told(t("**No answers came about {subject} this time.**"), subject)
    if this.state is not State.OPEN:
        sentence = t("**We have checked {subject}.** {count} The answers are in the thread.")
        return _told(sentence, subject, count=counted(t, count(this)))
    sentence = t(
        "**We are checking {subject}.** {count} Deadline {deadline}. Nobody sees any answer before"
        " all are shown at once."
    )
    told = _told(
        sentence, subject, count=counted(t, count(this)), deadline=deadline_of(t, this.deadline)
    )
    look = button(_look(t, this, caller), LOOK, str(this.id))
    buttons = row("round_buttons", _answer_button(t, this), look)
    return Reply(told.text, [*told.blocks, buttons])


def invitation(t: Translator, this: Round, subject: str, asked: Asked) -> Reply:
    """What each of those asked gets, by herself."""
    sentence = t("{who} **would like to hear what you think about {subject}.**")
    how = t(
        "{questions}, {minutes}, deadline {deadline}. Each of you answers alone. All answers are "
        "shown at once, with names, and no later than the deadline."
    )
    values = {
        "questions": t.n("One question", "{number} questions", asked.questions),
        "minutes": t.n("about a minute", "about {number} minutes", asked.minutes),
        "deadline": deadline_of(t, this.deadline),
    }
    few = []
    if asked.few:
        words = t.n("Only the most important one", "Only the {number} most important", asked.few)
        few.append(button(words, SHORT, str(this.id)))
    cannot = button(t("I cannot this time"), DECLINE, str(this.id))
    text = t("Your colleague would like to hear what you think about {subject}.")
    return Reply(
        notice(text, subject=subject),
        [
            rich(sentence, block_id="round_asks", who=Person(this.called_by), subject=subject),
            rich(how, block_id="round_how", **values),
            row("round_buttons", _answer_button(t, this), *few, cannot),
        ],
    )


def nudge(t: Translator, this: Round, subject: str) -> Reply:
    """The one reminder, to who has not answered."""
    sentence = t("On {deadline} the answers about {subject} are shown. Yours is missing.")
    values = {"deadline": deadline_of(t, this.deadline), "subject": subject}
    cannot = button(t("I cannot this time"), DECLINE, str(this.id))
    return Reply(
        notice(sentence, **values),
        [
            rich(sentence, block_id="round_nudge", **values),
            row("round_buttons", _answer_button(t, this), cannot),
        ],
    )


def declined(t: Translator, this: Round) -> Reply:
    """She does not take part this time, and may think again."""
    sentence = t(
        "That is quite all right. The round does not wait for you. I write that one cannot this"
        " time, and not who."
    )
    blocks: list[Block] = [rich(sentence, block_id="round_declined")]
    if this.state is State.OPEN:
        again = button(t("I want to answer after all"), f"{ANSWER}.after_all", str(this.id))
        blocks.append(row("round_buttons", again))
    return Reply(notice(sentence), blocks)


def status_view(
    t: Translator, this: Round, subject: str, user: str, *, above: str = ""
) -> ModalView:
    """The caller's round: who has answered, and what she can do; never what they answered."""
    blocks: list[Block] = [rich(above, block_id="round_above")] if above else []
    blocks += [small(cut(subject, 300), "round_subject"), *_standing(t, this, user)]
    buttons = []
    if this.standings.get(user) in (Standing.WAITING, Standing.DECLINED):
        buttons.append(button(t("Answer yourself"), f"{ANSWER}.own", str(this.id), primary=True))
        if this.standings[user] is Standing.WAITING:
            buttons.append(button(t("I will not answer myself"), DECLINE, str(this.id)))
    elif user in this.standings:
        buttons.append(button(t("Change my answers"), f"{ANSWER}.own", str(this.id)))
    if may_show(this, user):
        buttons.append(_show_button(t, this))
    buttons.append(_cancel_button(t, this))
    hidden = t("Nobody sees any answer, not even you, before all are shown at once, with names.")
    hidden += " " + _from_when(t, this, user)
    blocks += [row("round_buttons", *buttons), small(hidden, "round_hidden")]
    return ModalView(
        plain(t("The round")), blocks, close=plain(t("Close")), callback_id="round_status"
    )


def under_way_view(t: Translator, this: Round, subject: str, user: str) -> ModalView:
    """A colleague's round, for whoever opens the check meanwhile: figures only."""
    blocks: list[Block] = [*in_channel(t, this, subject, "").blocks[:1]]
    if user in this.standings:
        blocks.append(row("round_buttons", _answer_button(t, this)))
    return ModalView(
        plain(t("The round")), blocks, close=plain(t("Close")), callback_id="round_under_way"
    )


def _answer_button(t: Translator, this: Round) -> Button:
    return button(t("Answer"), ANSWER, str(this.id), primary=True)


def _look(t: Translator, this: Round, caller: str) -> str:
    """Whose button it is, for all in the channel see it."""
    if this.caller_left:
        return t("For the coordinator: see the round")
    return t("For {name}: see the round", name=cut(caller, NAME)) if caller else t("See the round")


def _told(sentence: str, subject: str, **values: object) -> Reply:
    told = {"subject": cut(subject, 300), **values}
    return Reply(notice(sentence, **told), [rich(sentence, block_id="round", **told)])


def counted(t: Translator, of: Count) -> str:
    """How many have answered, of those whose answer is in or may still come."""
    return t("{answered} of {asked} have answered.", answered=of.answered, asked=of.asked)


def _standing(t: Translator, this: Round, user: str) -> list[Block]:
    of = count(this)
    lines = [t("{count} Deadline {deadline}.")]
    answered = who_answered(this, user if not this.caller_left else this.called_by)
    if answered:
        lines.append(t("**Have answered:** {people}"))
    if of.declined:
        lines.append(t.n("One cannot this time.", "{number} cannot this time.", of.declined))
    if of.left:
        lines.append(t.n("One has left Slack.", "{number} have left Slack.", of.left))
    return [
        rich(
            "\n".join(lines),
            block_id="round_standing",
            count=counted(t, of),
            deadline=deadline_of(t, this.deadline),
            people=People(answered),
        )
    ]


def _from_when(t: Translator, this: Round, user: str) -> str:
    if may_show(this, user):
        return t("You choose whether to wait for the deadline.")
    if this.standings.get(user) is Standing.WAITING:
        return t(
            "Once you and at least one more have answered, you need not wait for the deadline."
        )
    return t("Once at least two have answered, you need not wait for the deadline.")


def _show_button(t: Translator, this: Round) -> Button:
    sure = confirm(
        t("Show the answers now?"),
        t("Everybody sees all answers, and nobody can answer any more."),
        t("Show them"),
        t("Wait"),
    )
    return button(t("Show the answers now"), SHOW, str(this.id), confirm=sure)


def _cancel_button(t: Translator, this: Round) -> Button:
    sure = confirm(
        t("Call the round off?"),
        t("The others' answers are deleted unseen. The message in the channel says so."),
        t("Call it off"),
        t("Let it go on"),
    )
    return button(t("Call the round off"), CANCEL, str(this.id), confirm=sure)
