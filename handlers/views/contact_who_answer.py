"""The question as it stands in the channel, its answers, and the thanks for each."""

from collections.abc import Sequence

from slackblocks import Block, InputBlock, ModalView, PlainTextInput, SectionBlock

from bot.contact_who import Known, Question
from bot.intake import NAME_LENGTH
from bot.likeness import Likeness
from bot.partner import Hit, Partner
from bot.translation import Translator
from bot.words import LIKENESS
from handlers.views.contact_who import colleagues
from handlers.views.partner import SHOW
from handlers.views.partner_pick import pick
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

ANSWER = "who_know"
UNDO = "who_undo"
WHICH = "who_which"
NAME = "who_name"  # both block_id and action_id

PARTNERS = 10  # named under one question; each is found with the command too


def question_message(
    t: Translator, question: Question, known: Sequence[Known], asker: str
) -> Reply:
    """What everybody in the channel sees. `asker` is a first name, for the notification."""
    if question.topic:
        sentence = t("{who} asks: **Who knows somebody who works with “{words}”?**")
        press = t("I know somebody")
        small_print = t("Press and say who. You then stand on their card as one who knows them.")
    else:
        sentence = t("{who} asks: **Does anybody know {words}?**")
        press = t("I know them")
        small_print = t("One press puts you on their card as one who knows them.")
    who = Person(question.asked_by)
    blocks: list[Block] = [
        rich(sentence, block_id="who_question", who=who, words=question.words),
        *answered(t, question, known),
        row("who_answers", button(press, ANSWER, str(question.id), primary=True)),
        small(small_print, "who_small_print"),
    ]
    return Reply(notice(sentence, who=asker, words=cut(question.words, 200)), blocks)


def answered(t: Translator, question: Question, known: Sequence[Known]) -> list[Block]:
    """Who knows whom, one partner a line; nothing before the first answer."""
    blocks: list[Block] = []
    for n, partner in enumerate(known[:PARTNERS]):
        them, values = colleagues(t, partner.users)
        if not question.topic:
            sentence = t.n("{who} knows them.", "{who} know them.", len(partner.users), who=them)
        elif partner.name:
            sentence = t("**{name}** is known by {them}.").replace("{them}", them)
        else:
            sentence = t.n(
                "{who} knows somebody.", "{who} know somebody.", len(partner.users), who=them
            )
        blocks.append(rich(sentence, block_id=f"who_answered.{n}", name=partner.name, **values))
    return blocks


def thanks(
    t: Translator, question: Question, partner: Partner, *, tied: bool, added: bool
) -> Reply:
    """The colleague stands on the card now, or did before."""
    if added:
        sentence = t("Thank you. **{name}** is in the register now, and you stand as knowing them.")
    elif tied:
        sentence = t("Thank you. You stand on the card now as one who knows **{name}**.")
    else:
        sentence = t("Thank you. You stood on the card already as one who knows **{name}**.")
    blocks: list[Block] = [
        rich(sentence, block_id="who_thanks", name=partner.name),
        row(
            "who_thanks_buttons",
            button(t("That was a mistake"), UNDO, f"{question.id}:{partner.id}"),
            button(t("Show the card"), SHOW, str(partner.id)),
        ),
    ]
    return Reply(notice(sentence, name=partner.name), blocks)


def taken_back(t: Translator, partner: Partner | None, *, tied: bool, added: bool) -> Reply:
    """The answer is gone from the channel, and from the card where it had put something there."""
    if partner is None:
        sentence = t("It is taken back.")
    elif added:
        sentence = t("It is taken back. **{name}** stays in the register; the card can archive it.")
    elif tied:
        sentence = t("It is taken back, and you do not stand on **{name}**’s card any more.")
    else:
        sentence = t("It is taken back. You still stand on **{name}**’s card, as you did before.")
    name = partner.name if partner else ""
    blocks: list[Block] = [rich(sentence, block_id="who_taken_back", name=name)]
    if partner:
        blocks.append(row("who_back_buttons", button(t("Show the card"), SHOW, str(partner.id))))
    return Reply(notice(sentence, name=name), blocks)


def where(value: str) -> tuple[int, int]:
    """Which question and which partner a button is about."""
    question, _, partner = value.partition(":")
    return int(question), int(partner)


def which_view(
    t: Translator, question: Question, same: Sequence[Likeness] = (), name: str = ""
) -> ModalView:
    """Whom the colleague knows; `same` are those that a new name may be already."""
    offered = same[0].partner if same else None
    return ModalView(
        plain(t("Who is it?")),
        [
            *_about(t, question),
            *_lookalikes(t, same),
            pick(t, Hit(offered.id, offered.name) if offered and not name else None, optional=True),
            InputBlock(
                plain(t("Or somebody who is not in the register")),
                PlainTextInput(NAME, initial_value=name or None, max_length=NAME_LENGTH),
                hint=plain(t("Write the organisation, not a person's name.")),
                block_id=NAME,
                optional=True,
            ),
        ],
        submit=plain(t("Create anyway") if name else t("I know them")),
        close=plain(t("Cancel")),
        callback_id=WHICH,
        private_metadata=f"{question.id}:{','.join(str(like.partner.id) for like in same)}",
    )


def asked_which(note: str) -> tuple[int, set[int]]:
    """The question, and the partners that the colleague has been shown as alike."""
    question, _, seen = note.partition(":")
    return int(question), {int(number) for number in seen.split(",") if number}


def read_name(typed: Typed) -> str:
    """The new name."""
    return str(typed[NAME][NAME]["value"] or "")


def _about(t: Translator, question: Question) -> list[Block]:
    if not question.topic:
        return []
    asked = t("Who works with “{words}”?")
    return [rich(asked, block_id="who_topic", words=question.words)]


def _lookalikes(t: Translator, same: Sequence[Likeness]) -> list[Block]:
    if not same:
        return []
    alike = "\n".join(f"• {like.partner.name} ({t(LIKENESS[like.reason])})" for like in same)
    return [
        rich(t("**We may have them already:**"), block_id="who_alike"),
        SectionBlock(plain(cut(alike, 3000)), block_id="who_alike_list"),
    ]
