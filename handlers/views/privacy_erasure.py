"""Forgetting a person, on screen: what goes and what stays, and what is left to read through."""

from collections.abc import Sequence

from slackblocks import Block, CheckboxGroup, InputBlock, ModalView, PlainTextInput, SectionBlock

from bot.partner import ContactPerson, Kind, Partner
from bot.privacy import LINE_LENGTH
from bot.privacy_document import PLACE
from bot.privacy_everything import Mention
from bot.translation import Translator, mark
from handlers.views.parts import (
    People,
    Typed,
    bare,
    button,
    cut,
    option,
    plain,
    rich,
    row,
    small,
)

BEGIN = "privacy_anonymise"
SUBMIT = "privacy_anonymised"

PURPOSE = "purpose"  # block and action ids of the form
SURE = "sure"

ASKED = "forgotten_asked"  # the question's block: whether it stood in a form that is submitted

READ = 20  # texts to read through; after those the card itself is the place
ONE_TEXT = 400  # characters of one

GOES = (
    mark("The person's name, title, mail, phone, note and source, on the card and in the log"),
    mark("The whole name, the mail and the phone in notes, checks and contacts with {partner}"),
    mark("The files about the person that I have sent"),
)
GOES_ALONE = mark("The partner's name, website, CVR number and picture, where it is the person")
STAYS = (
    mark("What was done with {partner}, and when"),
    mark("That a person was anonymised: when, by whom and why"),
    mark("A fingerprint, so that I can ask you if the person is noted again"),
)
OUT_OF_REACH = mark(
    "I cannot reach mails, what colleagues have written in Slack themselves, my own questions in"
    " the channel, copies of the database, and the cards of other partners."
)


def ask_view(t: Translator, partner: Partner, person: ContactPerson) -> ModalView:
    """What happens, why it is to happen, and the last question."""
    name = person.called
    goes = (*GOES, GOES_ALONE) if partner.kind is Kind.INDIVIDUAL else GOES
    blocks: list[Block] = [
        rich(t("**{name}** at {partner}"), "forget_whom", name=name, partner=partner.name),
        _listed(t, t("**This goes:**"), goes, partner, "forget_goes"),
        _listed(t, t("**This stays:**"), STAYS, partner, "forget_stays"),
        small(t(OUT_OF_REACH), "forget_not"),
        purpose_input(t, t("Why?"), t("For example “asked for it in a mail on 20 November”.")),
        InputBlock(
            plain(t("It cannot be undone")),
            CheckboxGroup(SURE, [option(t("I am sure"), SURE)]),
            block_id=SURE,
        ),
    ]
    return ModalView(
        plain(t("Anonymise a person")),
        blocks,
        submit=plain(t("Anonymise")),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=f"{partner.id}:{person.id}",
    )


def purpose_input(t: Translator, label: str, example: str) -> InputBlock:
    """Why a person's details are taken out or forgotten; it goes into the log."""
    return InputBlock(
        plain(label),
        PlainTextInput(PURPOSE, max_length=LINE_LENGTH, placeholder=plain(example, 150)),
        hint=plain(t("It is kept with your name. The person can be given it to read.")),
        block_id=PURPOSE,
    )


def read_purpose(typed: Typed) -> str:
    """The purpose as typed."""
    return str(typed[PURPOSE][PURPOSE]["value"] or "")


def done_view(
    t: Translator, partner: Partner, left: Sequence[Mention], with_files: Sequence[str], show: str
) -> ModalView:
    """It is done; texts to read through, and the colleagues (ids) with files I could not delete.

    `show` is the id of the button that opens a partner.
    """
    blocks: list[Block] = [rich(t("**The person is anonymised.**"), block_id="forgotten")]
    if left:
        sentence = t(
            "One of the person's names still stands here. It may be somebody else. Read it through,"
            " and correct it at {partner}:"
        )
        blocks.append(rich(sentence, block_id="forgotten_left", partner=partner.name))
    blocks += [_mention(t, mention, n) for n, mention in enumerate(left[:READ])]
    if len(left) > READ:
        more = t.n("and one more", "and {number} more", len(left) - READ)
        blocks.append(small(more, "forgotten_more"))
    if with_files:
        sentence = t(
            "I could not delete the files about the person in my direct messages with {who}."
            " Delete them there."
        )
        blocks.append(rich(sentence, block_id="forgotten_files", who=People(tuple(with_files))))
    blocks.append(row("forgotten_buttons", button(t("Show the card"), show, str(partner.id))))
    return ModalView(
        plain(t("Anonymised")), blocks, close=plain(t("Close")), callback_id="privacy_forgotten"
    )


def question(t: Translator, person: ContactPerson) -> list[Block]:
    """On top of a form that would bring somebody forgotten back; pressing again is the answer."""
    sentence = t(
        "**Somebody like {name} was anonymised before,** perhaps because the person asked for it."
        " If it is somebody else, or you have agreed on it, press the button below once more."
    )
    name = person.called
    return [rich(sentence, block_id=ASKED, name=name)]


def _listed(
    t: Translator, first: str, sentences: Sequence[str], partner: Partner, block_id: str
) -> Block:
    lines = "\n".join("• " + bare(t(sentence)) for sentence in sentences)
    return rich(f"{first}\n{lines}", block_id, partner=cut(partner.name, 200))


def _mention(t: Translator, mention: Mention, n: int) -> Block:
    text = f"{t(PLACE[mention.where])}: {mention.text}"
    return SectionBlock(plain(cut(text, ONE_TEXT)), block_id=f"forgotten_left.{n}")
