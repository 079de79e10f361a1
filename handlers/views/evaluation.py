"""An evaluation while it is under way: the message that its thread hangs on, in every state."""

from collections.abc import Mapping

from slackblocks import Block, Button, RichTextBlock, RichTextList

from bot.evaluation import Decision, Evaluation, Occasion, ours, theirs
from bot.evaluation_decision import decided_in_words
from bot.evaluation_empty import Empty, why_empty
from bot.evaluation_open import minutes
from bot.evaluation_partner import asks_by_mail, reads_along
from bot.evaluation_questions import Instrument
from bot.round import Round, Standing, State, count
from bot.round_steps import is_empty
from bot.text import capital
from bot.translation import Translator, mark
from handlers.views.evaluation_empty import SAID
from handlers.views.parts import Reply, button, cut, line, notice, rich, row, small
from handlers.views.round import counted, deadline_of

# The value of each is the round's number.
ANSWER = "evaluation_answer"
DECLINE = "evaluation_decline"
REMARK = "evaluation_remark"
LOOK = "evaluation_look"  # for the one who leads it
ASK_PARTNER = "evaluation_ask_partner"
BEGIN = "evaluation_begin"  # by hand; its value is the partner's number

NAME = 200  # characters of the partner's name in a sentence

FEW = mark("There are few of you, so the others may be able to guess who has answered what.")
# What brings it up now; after it stands how long it takes.
_WHY: Mapping[Occasion, str] = {
    Occasion.ACTIVITY: mark("What we did together is over, so we take {minutes} to look back."),
    Occasion.YEARLY: mark("Once a year we take {minutes} to look at how it goes."),
    Occasion.PULSE: mark("Half-way between two rounds we take {minutes} to feel the pulse."),
    Occasion.TRIAL: mark(
        "We are trying something together and soon decide how it goes on, so we take {minutes} to"
        " look at how it goes."
    ),
    Occasion.BY_HAND: mark("We take {minutes} to look at how it goes."),
}
_WHY_OF: Mapping[Occasion, str] = {
    Occasion.ACTIVITY: mark("We have done {subject} together, and take {minutes} to look back."),
    Occasion.YEARLY: mark("It is about {subject}. Once a year we take {minutes} to look at it."),
    Occasion.PULSE: mark("It is about {subject}. Half-way between two rounds we take {minutes}."),
    Occasion.TRIAL: mark(
        "It is about {subject}, which we are trying. Soon we decide how it goes on, so we take"
        " {minutes} to look at how it goes."
    ),
    Occasion.BY_HAND: mark("It is about {subject}. We take {minutes} to look at how it goes."),
}


def in_channel(
    t: Translator, evaluation: Evaluation, this: Round, partner: str, names: Mapping[str, str]
) -> Reply:
    """What the thread hangs on: figures, and `names` of colleagues; never a person of theirs."""
    name = cut(partner, NAME)
    if this.state is State.CANCELLED:
        sentence = t("**The round about {subject} was called off.** Nobody has seen any answers.")
        return _told(sentence, subject=name)
    if this.state is State.OPEN:
        return _open(t, evaluation, this, name, names)
    words = decided_in_words(t, this)
    if this.state is State.CLOSED and words:
        sentence = t("**How is it going with {partner}?**") + " {decision}."
        if this.decision == Decision.ADJUST:
            sentence += " " + t("What comes next is in the thread.")
        values = {"partner": name, "decision": capital(words), "what": evaluation.subject}
        return _told(sentence + about(t, evaluation), _remark(t, this), **values)
    sentence = t("**How is it going with {partner}?** {count} The answers are in the thread.")
    if is_empty(this):
        why = why_empty(this)
        if why is not Empty.ONE:
            return _told(t(SAID[why]), partner=name)
        sentence = t(
            "**How is it going with {partner}?** Only one has answered, so the answer is not shown."
        )
    values = {"partner": name, "count": counted(t, count(this)), "what": evaluation.subject}
    return _told(sentence + about(t, evaluation), _remark(t, this), **values)


def about(t: Translator, evaluation: Evaluation) -> str:
    """Below a heading: `{what}` we do together, so that both sides look at the same."""
    return "\n" + t("It is about {what}.") if evaluation.subject else ""


def time_for(t: Translator, instrument: Instrument) -> str:
    """What answering it takes: two minutes."""
    number = minutes(len(instrument.questions))
    words = in_words(t, number)
    return t.n("{words} minute", "{words} minutes", number, words=words)


def questions_of(t: Translator, instrument: Instrument) -> str:
    """How many there are: six questions."""
    number = len(instrument.questions)
    words = in_words(t, number)
    return t.n("{words} question", "{words} questions", number, words=words)


def in_words(t: Translator, number: int) -> str:
    """A number as one writes it in a sentence."""
    return t("one") if number == 1 else t.count(number)


def answer_button(
    t: Translator, evaluation: Evaluation, this: Round, where: str = "", *, primary: bool = True
) -> Button:
    """The way to one's own answers, with what it takes; `where` keeps the ids apart in one view."""
    words = t("Answer – {minutes}", minutes=time_for(t, evaluation.instrument))
    action = f"{ANSWER}.{where}" if where else ANSWER
    return button(words, action, str(this.id), primary=primary)


def cannot_button(t: Translator, this: Round) -> Button:
    """She does not take part this time."""
    return button(t("I cannot this time"), DECLINE, str(this.id))


def ask_partner_button(t: Translator, this: Round) -> Button:
    """The way to the partner's own view, for the one who leads the round."""
    return button(t("Ask the partner"), ASK_PARTNER, str(this.id))


def _open(
    t: Translator, evaluation: Evaluation, this: Round, partner: str, names: Mapping[str, str]
) -> Reply:
    shared = theirs(this) and not asks_by_mail(this)
    title = t("**How is it going with what we do together?**") if shared else _title(t)
    why = t((_WHY_OF if evaluation.subject else _WHY)[evaluation.occasion])
    values = {"partner": partner, "subject": evaluation.subject}
    ways = [_remark_button(t, this)]
    if asks_by_mail(this):
        ways.append(ask_partner_button(t, this))
    below = t(
        "{count} Do talk along in the thread; I do not read it, so use the button if something is"
        " to be kept."
    )
    return Reply(
        notice(title, partner=partner),
        [
            rich(
                f"{title}\n{why}",
                block_id="evaluation",
                minutes=time_for(t, evaluation.instrument),
                **values,
            ),
            _facts(t, evaluation, this, partner, names),
            row(
                "evaluation_buttons",
                answer_button(t, evaluation, this),
                cannot_button(t, this),
            ),
            small(below.format(count=counted(t, count(this))), "evaluation_count"),
            row("evaluation_ways", *ways),
        ],
    )


def _title(t: Translator) -> str:
    return t("**How is it going with {partner}?**")


def _facts(
    t: Translator, evaluation: Evaluation, this: Round, partner: str, names: Mapping[str, str]
) -> Block:
    here = (user for user, how in ours(this).items() if how is not Standing.LEFT)
    people = t.list(names[user] for user in here if user in names) or t("us")
    who = (
        t("**Who:** {people} – and {partner} themselves")
        if theirs(this)
        else t("**Who:** {people}")
    )
    themes = t.list(one.name.in_(t.language).lower() for one in evaluation.instrument.themes)
    what = t("**What:** {questions} about {themes}")
    when = t("**When:** answer by {deadline}. If all answer before, the answers are shown at once.")
    seen = t(
        "**Who sees what:** Nobody sees anything before then. Then figures are shown without names,"
        " and remarks word by word."
    )
    if len(ours(this)) == 1:
        seen = t(
            "**Who sees what:** Nobody sees anything before then. Then figures are shown, and"
            " remarks word by word. Only one from the library is asked, so it is plain whose that"
            " answer is."
        )
    if theirs(this):
        seen += " " + t("What {partner} answers is shown as theirs.")
    if reads_along(this):
        seen += " " + t("{partner} can read it, too.")
    deadline, questions = deadline_of(t, this.deadline), questions_of(t, evaluation.instrument)
    lines = [
        line(who, people=people, partner=partner),
        line(what, questions=questions, themes=themes),
        line(when, deadline=deadline),
        line(seen, partner=partner),
    ]
    return RichTextBlock([RichTextList("bullet", lines)], block_id="evaluation_facts")


def _remark_button(t: Translator, this: Round) -> Button:
    return button(t("Keep a remark"), REMARK, str(this.id))


def _remark(t: Translator, this: Round) -> Block:
    return row("evaluation_ways", _remark_button(t, this))


def _told(sentence: str, *below: Block, **values: object) -> Reply:
    return Reply(notice(sentence, **values), [rich(sentence, "evaluation", **values), *below])
