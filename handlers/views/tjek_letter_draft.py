"""The letter with the kind no, to be corrected and copied, and what stands once it is sent."""

from collections.abc import Sequence
from datetime import date

from slackblocks import (
    Block,
    DatePicker,
    InputBlock,
    ModalView,
    PlainTextInput,
    RadioButtonGroup,
)

from bot.circle import Level
from bot.guard import NOTE_LENGTH
from bot.partner import Partner, RelationType
from bot.text import capital
from bot.tjek import Check, Decision
from bot.tjek_letter import Wishes, asked_again
from bot.tjek_letter_text import Letter
from bot.translation import Translator
from bot.words import DECISION
from handlers.views.parts import Reply, Typed, cut, notice, option, plain, rich

SENT = "tjek_letter_sent"  # callback id

AGAIN = "again"  # block and action ids
WHETHER = "whether"
ASK, LEAVE = "ask", "leave"  # the options of WHETHER

NAME = 60  # characters of a partner's name in a sentence


def draft_view(
    t: Translator,
    check: Check,
    partner: Partner | None,
    letter: Letter,
    wishes: Wishes,
) -> ModalView:
    """The letter in fields to correct and copy; private_metadata says what check, and to whom."""
    blocks: list[Block] = [
        rich(
            t("Make it sound like yourself, and send it **from your own mail**."),
            block_id="letter_how",
        ),
        InputBlock(
            plain(t("Subject line")),
            PlainTextInput("subject", initial_value=letter.subject, max_length=NOTE_LENGTH),
            block_id="subject",
        ),
        InputBlock(
            plain(t("The letter")),
            PlainTextInput(
                "letter", initial_value=letter.body, multiline=True, max_length=NOTE_LENGTH
            ),
            hint=plain(
                t("I do not keep the letter. If there is a case file, add your mail to it.")
            ),
            block_id="letter",
        ),
        *(_again(t, wishes.again) if asked_again(partner) else []),
        rich(_what_follows(t, partner), block_id="letter_follows"),
    ]
    return ModalView(
        plain(t(DECISION[Decision.KINDLY_NO]), 24),
        blocks,
        submit=plain(t("Sent") if partner else t("Done")),
        close=plain(t("Back")),
        callback_id=SENT,
        private_metadata=f"{check.id}:{wishes.person_id}",
    )


def where(note: str) -> tuple[int, int]:
    """Which check, and which person (0 for none)."""
    check, person, *_ = note.split(":")  # a form from before an update names a day, too
    return int(check), int(person)


def read_again(typed: Typed) -> tuple[bool, date | None]:
    """Whether to ask again, and on which day."""
    chosen = typed.get(WHETHER, {}).get(WHETHER, {}).get("selected_option")
    day = typed.get(AGAIN, {}).get(AGAIN, {}).get("selected_date")
    wanted = chosen is not None and chosen["value"] == ASK
    return wanted, date.fromisoformat(day) if day else None


def kept(
    t: Translator, partner: Partner, again: date | None, today: date, wished: date | None = None
) -> list[Block]:
    """What stands from now on, below the contact; `wished` is the day chosen, worked on or not."""
    in_network = partner.relation_type is RelationType.PARTNER and partner.level is Level.NETWORK
    stays = (
        t("**{name}** stays in our network.")
        if in_network
        else t("**{name}** stays in the register as before.")
    )
    asked = (
        t("I remind you of the idea on {day}.")
        if again
        else t("I do not ask about the idea again.")
    )
    if wished and wished != again:
        asked += " " + t("{wished} is not a working day, so I chose the next one.")
    values = {
        "name": cut(partner.name, NAME),
        "day": t.long_day(again, today) if again else "",
        "wished": capital(t.long_day(wished, today)) if wished else "",
    }
    return [rich(f"{stays} {asked}", block_id="letter_kept", **values)]


def unknown(t: Translator) -> Reply:
    """The end for who is not in the register."""
    sentence = t(
        "**Send the letter from your own mail.** They are not in the register, so I have noted"
        " nothing. To remember them, write `/partner new` and their name."
    )
    return Reply(notice(sentence), [rich(sentence, block_id="letter_kept")])


def end_view(t: Translator, reply: Reply) -> ModalView:
    """The last of the views: closing it leads back to no form that is done with."""
    return ModalView(
        plain(t(DECISION[Decision.KINDLY_NO]), 24),
        reply.blocks,
        close=plain(t("Close")),
        clear_on_close=True,
        callback_id="tjek_letter_end",
    )


def _again(t: Translator, promised: date | None) -> Sequence[Block]:
    left = t("They stay in the register, without a date.")
    choices = {
        ASK: option(t("Yes, on the day below"), ASK),
        LEAVE: option(t("No, not again"), LEAVE, left),
    }
    hint = t("The letter names a month. If you change anything here, change the letter too.")
    return [
        InputBlock(
            plain(t("Shall we look at the idea again?")),
            RadioButtonGroup(
                WHETHER,
                list(choices.values()),
                initial_option=choices[ASK if promised else LEAVE],
            ),
            block_id=WHETHER,
        ),
        InputBlock(
            plain(t("On which day?")),
            DatePicker(AGAIN, initial_date=promised.isoformat() if promised else None),
            hint=plain(hint) if promised else None,
            block_id=AGAIN,
            optional=True,
        ),
    ]


def _what_follows(t: Translator, partner: Partner | None) -> str:
    if partner is None:
        return t("They are not in the register, so I note nothing and do not ask again.")
    return t("Press **Sent** when the mail is sent. Then I note the contact.")
