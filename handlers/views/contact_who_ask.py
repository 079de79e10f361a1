"""Asking the others: the form, what came of it, and the question as it stands in the channel."""

from collections.abc import Sequence
from datetime import date

from slackblocks import Block, Button, InputBlock, ModalView, PlainTextInput, RadioButtonGroup

from bot.contact_who import Question
from bot.intake import NAME_LENGTH
from bot.translation import Translator
from handlers.views.parts import (
    Link,
    Person,
    Reply,
    Typed,
    button,
    notice,
    option,
    plain,
    rich,
    row,
)

ASK = "who_ask"
SUBMIT = "who_ask_now"

WORDS = "who_asked"  # block and action ids
ABOUT = "who_about"
PARTNER = "partner"
TOPIC = "topic"


def ask_button(t: Translator, words: str, partner_id: int | None = None) -> Button:
    """Ask the others; it carries the partner where there is one, else what was looked for."""
    return button(t("Ask in the channel"), ASK, f"{partner_id or ''}:{words[:NAME_LENGTH]}")


def what(value: str) -> tuple[int | None, str]:
    """Whom or what the button is about."""
    number, _, words = value.partition(":")
    return int(number) if number else None, words


def ask_view(t: Translator, channel: str, words: str, *, topic: bool | None) -> ModalView:
    """Look at it before everybody sees it.

    What nobody can know is not chosen for the person: whether unknown words are a `topic`.
    """
    options = {
        PARTNER: option(t("Does anybody know …?"), PARTNER, t("An organisation")),
        TOPIC: option(t("Who knows somebody who works with …?"), TOPIC, t("A topic")),
    }
    return ModalView(
        plain(t("Ask your colleagues")),
        [
            rich(
                t("I put the question in **#{channel}**. Everybody there sees that it is you."),
                block_id="who_ask_where",
                channel=channel,
            ),
            InputBlock(
                plain(t("Whom or what are you asking about?")),
                PlainTextInput(WORDS, initial_value=words or None, max_length=NAME_LENGTH),
                hint=plain(t("Write the organisation or the topic, not a person's name.")),
                block_id=WORDS,
            ),
            InputBlock(
                plain(t("How shall it be put?")),
                RadioButtonGroup(
                    ABOUT,
                    list(options.values()),
                    initial_option=None if topic is None else options[TOPIC if topic else PARTNER],
                ),
                block_id=ABOUT,
            ),
        ],
        submit=plain(t("Ask")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
    )


def read_ask(typed: Typed) -> tuple[str, bool]:
    """What is asked about, and whether it is a topic."""
    words = str(typed[WORDS][WORDS]["value"] or "")
    return words, typed[ABOUT][ABOUT]["selected_option"]["value"] == TOPIC


def asked(t: Translator, channel: str, link: str) -> Reply:
    """It stands in the channel."""
    sentence = t("**You have asked in #{channel}.** The answers come there.")
    blocks: list[Block] = [rich(sentence, block_id="who_asked_now", channel=channel)]
    return Reply(notice(sentence, channel=channel), blocks + _see(t, link))


def asked_before(
    t: Translator, question: Question, answered: Sequence[Block], today: date, link: str
) -> Reply:
    """Somebody asked the same lately: who, when, what came of it, and where it stands."""
    sentence = t("{who} asked the same {when}.") if question.ts else t("{who} is just asking that.")
    when = t.ago(question.asked_at.astimezone(t.zone).date(), today)
    told = rich(sentence, block_id="who_asked_before", who=Person(question.asked_by), when=when)
    return Reply(notice(t("The same was asked before.")), [told, *answered, *_see(t, link)])


def not_posted(t: Translator, question: Question, channel: str, *, unsure: bool) -> Reply:
    """Slack refused it, or did not answer; the way to try again."""
    if unsure:
        sentence = t(
            "Slack did not answer, so I do not know whether the question got there. Look in"
            " #{channel}. If it is not there, ask again."
        )
    else:
        sentence = t(
            "Slack would not take the question for #{channel}. Nothing was asked. Wait a minute,"
            " and ask again."
        )
    again = ask_button(t, question.words, question.partner_id)
    blocks: list[Block] = [
        rich(sentence, block_id="who_not_posted", channel=channel),
        row("who_again", again),
    ]
    return Reply(notice(sentence, channel=channel), blocks)


def _see(t: Translator, link: str) -> list[Block]:
    if not link:
        return []
    return [rich("{link}", block_id="who_link", link=Link(link, t("See the question")))]
