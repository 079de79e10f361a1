"""Who here knows them: the answer, and the form that asks whom or what one is looking for."""

import re
from collections.abc import Sequence
from datetime import date

from slackblocks import Block, Button, InputBlock, ModalView, PlainTextInput

from bot.contact import Acquaintance, Colleague
from bot.intake import NAME_LENGTH
from bot.partner import Tie
from bot.translation import Translator, mark
from handlers.views.contact_who_ask import ask_button
from handlers.views.partner import ADD, KNOW, SHOW, SOUGHT
from handlers.views.parts import (
    Person,
    Reply,
    Typed,
    button,
    cut,
    notice,
    plain,
    rich,
    row,
    small,
)

BEGIN = "who_begin"
SUBMIT = "who_find"
WORDS = "who_words"  # both block_id and action_id

COLLEAGUES = 8  # of one partner; the card shows all
ABOUT = 120  # characters of what a contact was about

TIE = {
    Tie.RESPONSIBLE: mark("responsible"),
    Tie.DEPUTY: mark("deputy"),
}

Values = dict[str, object]


def answer(
    t: Translator, words: str, found: Sequence[Acquaintance], today: date, *, more: bool = False
) -> Reply:
    """The partners that fit and who knows them; or nobody, and the ways to go on."""
    if not found:
        return _nobody(t, words)
    blocks: list[Block] = []
    for n, acquaintance in enumerate(found):
        blocks.append(_line(t, acquaintance, n, today))
        blocks.append(row(f"who_buttons.{n}", *_buttons(t, acquaintance, n, alone=len(found) == 1)))
    if more:
        blocks.append(
            small(t("There are more. Write one more word to narrow it down."), "who_more")
        )
    if len(found) > 1:
        blocks.append(row("who_others", ask_button(t, words)))
    return Reply(notice(t("Who knows “{words}”"), words=cut(words, 200)), blocks)


def find_view(t: Translator) -> ModalView:
    """Whom or what, where nothing was written behind the command."""
    return ModalView(
        plain(t("Who knows …?")),
        [
            InputBlock(
                plain(t("Whom or what are you looking for?")),
                PlainTextInput(
                    WORDS,
                    max_length=NAME_LENGTH,
                    placeholder=plain(t("An organisation, a person or a topic")),
                ),
                block_id=WORDS,
            )
        ],
        submit=plain(t("Find")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
    )


def read_find(typed: Typed) -> str:
    """What was looked for."""
    return str(typed[WORDS][WORDS]["value"] or "")


def found_view(t: Translator, reply: Reply) -> ModalView:
    """The answer in place of the form."""
    return ModalView(
        plain(t("Who knows …?")), reply.blocks, close=plain(t("Close")), callback_id="who_found"
    )


def colleagues(t: Translator, users: Sequence[str]) -> tuple[str, Values]:
    """A list of colleagues to put into a sentence for `rich`, and its values."""
    named = [f"{{who{n}}}" for n in range(len(users[:COLLEAGUES]))]
    values: Values = {f"who{n}": Person(user) for n, user in enumerate(users[:COLLEAGUES])}
    return _and_others(t, named, len(users)), values


def _nobody(t: Translator, words: str) -> Reply:
    sentence = t("Nobody has noted that they know “{words}”.")
    shown = cut(words, 200)
    add = button(t("Add them"), ADD, words[:SOUGHT])
    blocks: list[Block] = [
        rich(sentence, block_id="who_nobody", words=shown),
        row("who_buttons", ask_button(t, words), add),
    ]
    return Reply(notice(sentence, words=shown), blocks)


def _line(t: Translator, found: Acquaintance, number: int, today: date) -> Block:
    them, values = _them(t, found.colleagues, today)
    if them:
        sentence = t("**{name}**{detail} is known by {them}.").replace("{them}", them)
    else:
        sentence = t("Nobody has noted that they know **{name}**{detail}.")
    if found.people:
        sentence += " " + t("Contact persons: {people}.")
    said = {colleague.last.id for colleague in found.colleagues if colleague.last}
    if found.about and found.about.id not in said:
        by_us = t("The topic: “{about}”, noted by {who} {when}.")
        sentence += "\n" + (by_us if found.about.noted_by else t("The topic: “{about}”, {when}."))
        values |= {
            "about": cut(found.about.about, ABOUT),
            "who": Person(found.about.noted_by),
            "when": t.ago(found.about.on, today),
        }
    values |= {
        "name": found.hit.name,
        "detail": _detail(t, found),
        "people": t.number(found.people),
    }
    return rich(sentence, block_id=f"who.{number}", **values)


def _detail(t: Translator, found: Acquaintance) -> str:
    details = [found.hit.detail] if found.hit.detail else []
    details += [t("archived")] if found.hit.archived else []
    return f" ({', '.join(details)})" if details else ""


def _them(t: Translator, known_by: Sequence[Colleague], today: date) -> tuple[str, Values]:
    shown: list[str] = []
    values: Values = {}
    for n, colleague in enumerate(known_by[:COLLEAGUES]):
        template, own = _colleague(t, colleague, today)
        shown.append(re.sub(r"\{(\w+)\}", rf"{{\g<1>{n}}}", template))
        values |= {f"{name}{n}": value for name, value in own.items()}
    return _and_others(t, shown, len(known_by)), values


def _and_others(t: Translator, shown: Sequence[str], of_all: int) -> str:
    rest = of_all - len(shown)
    if not rest:
        return t.list(shown)
    return f"{', '.join(shown)} {t.n('and one more', 'and {number} more', rest)}"


def _colleague(t: Translator, colleague: Colleague, today: date) -> tuple[str, Values]:
    """A colleague, in brackets how tied, when they last spoke and about what."""
    values: Values = {"who": Person(colleague.user)}
    marks = [t(TIE[colleague.tie])] if colleague.tie in TIE else []
    last = colleague.last
    if last:
        marks.append(
            t("last contact {when}: “{about}”") if last.about else t("last contact {when}")
        )
        values |= {"when": t.ago(last.on, today), "about": cut(last.about, ABOUT)}
    return "{who}" + (f" ({', '.join(marks)})" if marks else ""), values


def _buttons(t: Translator, found: Acquaintance, number: int, *, alone: bool) -> list[Button]:
    partner_id = str(found.hit.id)
    buttons = [button(t("Show"), f"{SHOW}.{number}", partner_id)]
    if not found.colleagues and not found.hit.archived:
        buttons.append(button(t("I know them"), f"{KNOW}.{number}", partner_id))
    if alone and not found.hit.archived:
        buttons.append(ask_button(t, found.hit.name, found.hit.id))
    return buttons
