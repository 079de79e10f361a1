"""What waits for an answer about a relation, with the ways on: on Home, and from the story."""

from dataclasses import replace
from datetime import date

from slackblocks import Block, Button, ConfirmationDialogue, ModalView, RichTextBlock

from bot.circle_activity import Then, still_running, what_now
from bot.circle_course import Asked
from bot.circle_gate import result
from bot.circle_question import Kind
from bot.text import capital
from bot.translation import Translator, mark
from handlers.views.circle import NAME, About, about
from handlers.views.circle_ask import END
from handlers.views.partner import SHOW
from handlers.views.parts import button, confirm, cut, plain, rich, row

AGAIN = "circle_again"
TO_NETWORK = "circle_to_network"
OVER = "circle_over"
NOT_OVER = "circle_not_over"
PARTNERSHIP = "circle_partnership"
STAY = "circle_stay"
LONGER = "circle_longer"
AGREED = "circle_agreed"
ASK_LATER = "circle_ask_later"
NO_ACTIVITY = "circle_no_activity"
GREETED = "circle_greeted"
NO_GREETING = "circle_no_greeting"

_THEN = {
    Then.AGAIN: (mark("We do it again"), AGAIN),
    Then.NETWORK: (mark("Back to the network"), TO_NETWORK),
    Then.OVER: (mark("It is over, we carry on"), OVER),
    Then.NOT_OVER: (mark("Not over yet, new date …"), NOT_OVER),
}


def lines(t: Translator, asked: Asked, today: date, here: About | None = None) -> list[Block]:
    """The question and its answers; two blocks, with ids of their own.

    `here`: what led to it, and is answered with it.
    """
    key = f"{asked.question.kind}.{asked.question.id}"
    buttons = [
        *_answers(t, asked, today, here or about(asked.partner)),
        button(t("Show"), f"{SHOW}.q{asked.question.id}", _id(asked)),
    ]
    return [_said(t, asked, today, f"circle.{key}"), row(f"circle_answers.{key}", *buttons)]


def question_view(t: Translator, asked: Asked, today: date, here: About | None = None) -> ModalView:
    """The same in a modal, before its day has come."""
    return ModalView(
        plain(t("What now?")),
        lines(t, asked, today, here),
        close=plain(t("Close")),
        callback_id="circle_question",
    )


def _said(t: Translator, asked: Asked, today: date, block_id: str) -> RichTextBlock:
    name = cut(asked.partner.name, NAME)
    match asked.question.kind:
        case Kind.WHAT_NOW:
            return _what_now(t, asked, today, block_id)
        case Kind.TRIAL:
            return _trial(t, asked, today, block_id)
        case Kind.ACTIVITY:
            sentence = t("**{name}:** You talked about doing something. Is there an activity now?")
        case Kind.HELLO:
            sentence = t("**{name}:** It has been a year since you parted. Will you say hello?")
        case Kind.AFTER_NO:
            sentence = t("**{name}:** You wrote that you would look at their idea again now.")
    return rich(sentence, block_id=block_id, name=name)


def _what_now(t: Translator, asked: Asked, today: date, block_id: str) -> RichTextBlock:
    activity = asked.activity
    ends_on = activity.ends_on if activity else None
    ended = ends_on is not None and ends_on <= today
    return rich(
        t("**{name}:** {what} ended {day}. **What now?**")
        if ended
        else t("**{name}:** {what}. **What now?**"),
        block_id=block_id,
        name=cut(asked.partner.name, NAME),
        what=activity.what if activity else "",
        day=t.ago(ends_on, today) if ends_on else "",
    )


def _trial(t: Translator, asked: Asked, today: date, block_id: str) -> RichTextBlock:
    trial = asked.trial
    if trial is None or trial.decide_on > today:
        sentence = t("**{name}:** Is it going to be a partnership?")
    elif trial.decide_on == today:
        sentence = t("**{name}:** Today you decide whether it becomes a partnership.")
    else:
        sentence = t("**{name}:** {day} you were going to decide whether it becomes a partnership.")
    since = t("The trial began {begun}") if trial else ""
    contacts = t("no contact since then")
    if asked.contacts:
        contacts = t.n("one contact since then", "{number} contacts since then", asked.contacts)
    facts = [since, contacts, *_in_place(t, asked)]
    return rich(
        f"{sentence} {'; '.join(filter(None, facts))}.",
        block_id=block_id,
        name=cut(asked.partner.name, NAME),
        day=capital(t.ago(trial.decide_on, today)) if trial else "",
        begun=t.ago(trial.begun_on, today) if trial else "",
    )


def _in_place(t: Translator, asked: Asked) -> list[str]:
    if asked.gate is None:
        return []
    return [t("{met} of 6 criteria", met=t.number(len(result(asked.gate).met)))]


def _answers(t: Translator, asked: Asked, today: date, led_by: About) -> list[Button]:
    here, end = str(_here(asked, led_by)), f".{asked.question.id}"
    match asked.question.kind:
        case Kind.WHAT_NOW:
            others = still_running(asked.others, today)
            ways = what_now(asked.partner.level, others_running=bool(others))
            answers = [(t(_THEN[way][0]), _THEN[way][1]) for way in ways]
        case Kind.TRIAL:
            answers = [
                (t("Yes, partnership"), PARTNERSHIP),
                (t("A collaboration is fine"), STAY),
                (t("Try until a new date …"), LONGER),
                (t("Part on good terms"), END),
            ]
        case Kind.ACTIVITY:
            answers = [
                (t("Yes, it is agreed"), AGREED),
                (t("We are still talking"), ASK_LATER),
                (t("No"), NO_ACTIVITY),
            ]
        case Kind.HELLO:
            answers = [(t("We have said hello"), GREETED), (t("Do not ask again"), NO_GREETING)]
        case Kind.AFTER_NO:
            answers = [(t("We have looked at it"), NO_GREETING)]
    sure = {TO_NETWORK: _network(t, asked.partner.name)}  # it moves at once, and ends a trial
    return [button(words, id_ + end, here, confirm=sure.get(id_)) for words, id_ in answers]


def _network(t: Translator, name: str) -> ConfirmationDialogue:
    return confirm(
        t("Back to the network?"),
        t(
            "{name} moves to the network. If they are on trial, the trial ends.",
            name=cut(name, NAME),
        ),
        t("Move them"),
        t("Leave them there"),
    )


def _here(asked: Asked, led_by: About) -> About:
    subject = asked.activity or asked.trial
    here = replace(led_by, question_id=asked.question.id)
    return here.of(subject) if subject else here


def _id(asked: Asked) -> str:
    return str(asked.partner.id)
