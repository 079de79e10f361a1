"""The mail by which a colleague asks the partner how it goes: the bot writes it, and never sends.

With a link to a short form, or with the questions in the mail itself, numbered as they are read
back by bot/evaluation_paste.py.
"""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote

from bot.evaluation import Evaluation
from bot.evaluation_form import addressed
from bot.evaluation_open import minutes
from bot.evaluation_questions import Answers, Instrument
from bot.evaluation_words import ANSWERS
from bot.translation import Translator, mark

# What is asked last, of everybody.
LAST_QUESTION = mark("What should we do more of – or stop doing?")
# Above it: it is answered in words (read over by bot/evaluation_paste.py).
IN_WORDS = mark("And in words:")

_HALF_A_YEAR = range(5, 8)  # months, as people say it
_A_YEAR = range(11, 14)


@dataclass(frozen=True)
class Asked:
    """What the mail is about, and whom it is to and from."""

    evaluation: Evaluation
    deadline: datetime
    partner: str
    person: str  # empty: it is to the organisation
    sender: str
    library: str  # as the questions name it
    since: date | None = None  # since when we do it together
    privacy_url: str = ""


@dataclass(frozen=True)
class Mail:
    """A draft, to be corrected and sent by the colleague."""

    subject: str
    body: str

    def to(self, address: str) -> str:
        """The address that opens it in the mail program."""
        return f"mailto:{quote(address, safe='@')}?subject={quote(self.subject)}&body=" + quote(
            self.body.replace("\n", "\r\n")
        )


def with_link(t: Translator, asked: Asked, link: str, today: date) -> Mail:
    """The questions are behind the link."""
    return _mail(
        t,
        asked,
        _opening(t, asked, today),
        f"{_request(t, asked)} {_how_long(t, asked, link)}",
        _readers(
            t,
            asked,
            t("You can change your answers until {day} at {hour}, or until all have answered."),
        ),
    )


def with_questions(t: Translator, asked: Asked, today: date) -> Mail:
    """The questions stand in the mail."""
    instrument = asked.evaluation.instrument
    *questions, last = numbered(t, instrument, asked.library)
    return _mail(
        t,
        asked,
        _opening(t, asked, today),
        f"{_request(t, asked)} {_how_long(t, asked, '')}",
        "\n".join((_scale(t, instrument), *questions, t(IN_WORDS), last)),
        _readers(t, asked, t("We would like your answers by {day} at {hour}.")),
    )


def numbered(t: Translator, instrument: Instrument, library: str) -> list[str]:
    """A line for each question, and one for what is asked last."""
    texts = [addressed(one.text.in_(t.language), library) for one in instrument.questions]
    return [f"{number}. {text}" for number, text in enumerate([*texts, t(LAST_QUESTION)], 1)]


def day_and_hour(t: Translator, moment: datetime) -> tuple[str, str]:
    """As in "fredag den 27. november" and "12"."""
    local = moment.astimezone(t.zone)
    hour = f"{local:%H:%M}" if local.minute else t("{hour}:00", hour=local.hour)
    return t.long_day(moment), hour


def _mail(t: Translator, asked: Asked, *paragraphs: str) -> Mail:
    about = asked.evaluation.subject or t("our cooperation")
    count = minutes(len(asked.evaluation.instrument.questions))
    values = {"number": _capital(t.count(count)), "subject": about}
    subject = t.n("A minute about {subject}?", "{number} minutes about {subject}?", count, **values)
    whole = (
        t("Dear {name},", name=asked.person.split()[0] if asked.person else asked.partner),
        *paragraphs,
        t("If you would rather talk about it when we meet, just answer “meeting”."),
        f"{t('Kind regards')}\n{asked.sender}".rstrip(),
        t("How we look after your details: {link}", link=asked.privacy_url)
        if asked.privacy_url
        else "",
    )
    return Mail(subject, "\n\n".join(part for part in whole if part))


def _opening(t: Translator, asked: Asked, today: date) -> str:
    what = asked.evaluation.subject
    if not what:
        return t("We would like to hear how you find our cooperation.")
    if asked.since is None:
        return t("We do something together: {subject}. How do you find it?", subject=what)
    time = _time(t, (today.year - asked.since.year) * 12 + today.month - asked.since.month)
    if not time:
        return t("We do something together: {subject}. How do you find it?", subject=what)
    return t(
        "We have had {subject} together for {time} now. How do you find it?",
        subject=what,
        time=time,
    )


def _time(t: Translator, months: int) -> str:
    if months in _HALF_A_YEAR:
        return t("half a year")
    if months in _A_YEAR:
        return t("a year")
    if months <= 1:
        return ""
    return t("{number} months", number=t.count(months))


def _request(t: Translator, asked: Asked) -> str:
    count = len(asked.evaluation.instrument.questions)
    words = t.count(count)
    return t.n(
        "Will you answer one short question?",
        "Will you answer {number} short questions?",
        count,
        number=words,
    )


def _how_long(t: Translator, asked: Asked, link: str) -> str:
    count = minutes(len(asked.evaluation.instrument.questions))
    words = t.count(count)
    takes = t.n("It takes about a minute", "It takes about {number} minutes", count, number=words)
    return f"{takes}: {link}" if link else f"{takes}."


def _scale(t: Translator, instrument: Instrument) -> str:
    kinds = {one.answers for one in instrument.questions}
    if Answers.CRITERION not in kinds:
        return t("Answer with a figure from 1 (no, not at all) to 5 (yes, fully) beside each:")
    words = ", ".join(t(word).lower() for word in ANSWERS[Answers.CRITERION].values())
    if Answers.FIVE not in kinds:
        return t("Answer with one of these beside each: {words}", words=words)
    first = min(
        number
        for number, one in enumerate(instrument.questions, 1)
        if one.answers is Answers.CRITERION
    )
    return t(
        "Answer with a figure from 1 (no, not at all) to 5 (yes, fully) beside each, and from"
        " number {first} on with one of these: {words}",
        first=first,
        words=words,
    )


def _readers(t: Translator, asked: Asked, until: str) -> str:
    day, hour = day_and_hour(t, asked.deadline)
    seen = t("Only we here at the library see your answers.")
    then = t(
        "Afterwards you get our answers to see, and then we talk about what we see differently."
    )
    return " ".join((until.format(day=day, hour=hour), seen, then))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
