"""What we owe contact persons, on screen: the notice to copy, and who is still to be told."""

from collections.abc import Sequence
from datetime import date

from slackblocks import (
    Block,
    DatePicker,
    InputBlock,
    ModalView,
    PlainTextInput,
    SectionBlock,
    StaticSelectMenu,
)

from bot.partner import ContactPerson, Partner
from bot.privacy import Uninformed
from bot.translation import Translator, mark
from bot.workspace import Workspace
from bot.workspace_settings import LABEL
from handlers.views.parts import (
    People,
    Typed,
    button,
    cut,
    option,
    plain,
    rich,
    row,
    small,
)

UNINFORMED = "privacy_uninformed"
PAGE = "privacy_page"
INFORM = "privacy_inform"
NO_CONTACT = "privacy_no_contact"
SUBMIT = "privacy_informed"

ON = "informed_on"  # block and action ids of the form
HOW = "informed_how"

LISTED = 25  # persons on a page: each takes a section, and a hundred blocks are a view's most
TEXT = 3000  # what a field of Slack's holds

WAYS = {
    "mail": mark("By mail."),
    "phone": mark("On the phone."),
    "met": mark("When we met."),
    "letter": mark("By letter."),
    "other": mark("In another way."),
}


def dated(t: Translator, day: date, today: date) -> str:
    """A day ahead or behind, with the year where it is not this one."""
    return t.long_day(day) + ("" if day.year == today.year else f" {day.year}")


def notice_view(
    t: Translator,
    partner: Partner,
    person: ContactPerson,
    text: str,
    lacks: Sequence[str],
    library: Workspace,
    today: date,
    note: str,
) -> ModalView:
    """The text, and the form to note that she was told.

    `lacks` are the settings that stand as gaps in the text; `note` becomes the private_metadata.
    """
    blocks: list[Block] = [
        small(" · ".join(filter(None, (person.name, partner.name))), "notice_about"),
        *_to_copy(t, text),
        *_gaps(t, lacks, library),
        rich(t("**When the person has been told, note it here.**"), block_id="notice_told"),
        InputBlock(plain(t("When?")), DatePicker(ON, initial_date=today.isoformat()), block_id=ON),
        InputBlock(plain(t("How?")), _ways(t), block_id=HOW),
    ]
    return ModalView(
        plain(t("Inform the person")),
        blocks,
        submit=plain(t("Note it")),
        close=plain(t("Close")),
        callback_id=SUBMIT,
        private_metadata=note,
    )


def read_told(typed: Typed) -> tuple[date, str]:
    """The day, and the way as a msgid."""
    way = typed[HOW][HOW]["selected_option"]["value"]
    return date.fromisoformat(typed[ON][ON]["selected_date"]), WAYS[way]


def told_view(t: Translator, person: ContactPerson) -> ModalView:
    """It is noted, where there is nothing below to go back to."""
    sentence = t("**Noted:** {name} has been told.")
    said = rich(sentence, block_id="told", name=person.called)
    return ModalView(
        plain(t("Inform the person")), [said], close=plain(t("Close")), callback_id="privacy_told"
    )


def uninformed_view(
    t: Translator, people: Sequence[Uninformed], page: int, today: date
) -> ModalView:
    """A page of those who are still to be told, the first deadline on top."""
    last = max(0, (len(people) - 1) // LISTED)
    page = min(page, last)
    first = page * LISTED
    blocks: list[Block] = [_how_many(t, len(people))]
    blocks += [
        _untold(t, one, f"{first + n}", page, today)
        for n, one in enumerate(people[first : first + LISTED])
    ]
    turns = [button(t("Earlier"), f"{PAGE}.back", str(page - 1))] if page else []
    turns += [button(t("More"), f"{PAGE}.on", str(page + 1))] if page < last else []
    if turns:
        blocks.append(row("untold_pages", *turns))
    return ModalView(
        plain(t("To be informed")), blocks, close=plain(t("Close")), callback_id="privacy_untold"
    )


def to_be_told(t: Translator, partner: Partner, person: ContactPerson) -> list[Block]:
    """For the one who has just noted somebody: the duty, and the text for it."""
    sentence = t("{name} is to be told that you have noted the details. The text is ready.")
    return [
        rich(sentence, block_id="to_be_told", name=person.called),
        row(
            "to_be_told_buttons",
            button(t("See the text"), INFORM, f"{partner.id}:{person.id}:"),
        ),
    ]


def _how_many(t: Translator, number: int) -> Block:
    if not number:
        return rich(t("All contact persons have been told."), block_id="untold")
    return rich(
        t.n(
            "**One contact person is to be told** that you have the details.",
            "**{number} contact persons are to be told** that you have their details. Those with"
            " the first date stand on top.",
            number,
        ),
        block_id="untold",
    )


def _untold(t: Translator, one: Uninformed, n: str, page: int, today: date) -> Block:
    person = one.person
    names = dict.fromkeys((person.called, one.partner_name))  # one who is the partner has one
    who = cut(" · ".join(names), 300)
    last = t("by {day}", day=dated(t, one.deadline, today))
    meant = f"{one.partner_id}:{person.id}:list.{page}"
    return SectionBlock(
        plain(f"{who}\n{last}"),
        block_id=f"untold.{n}",
        accessory=button(t("Text that informs"), f"{INFORM}.{n}", meant),
    )


def _to_copy(t: Translator, text: str) -> list[Block]:
    """In a field, where one can correct the text, mark it all and copy it, on a phone too."""
    pieces = [text[start : start + TEXT] for start in range(0, len(text), TEXT)]
    return [
        InputBlock(
            plain(t("The text, to copy into a mail")),
            PlainTextInput(f"notice.{n}", initial_value=piece, multiline=True, max_length=TEXT),
            block_id=f"notice.{n}",
            optional=True,
        )
        for n, piece in enumerate(pieces)
    ]


def _gaps(t: Translator, lacks: Sequence[str], library: Workspace) -> list[Block]:
    if not lacks:
        return []
    settings = t.list(t(LABEL[name]) for name in lacks)
    if not library.coordinators:
        sentence = t("Not filled in yet: {settings}. A coordinator can do it in the settings.")
        return [rich(sentence, block_id="notice_gaps", settings=settings)]
    sentence = t("Not filled in yet: {settings}. {coordinators} can do it in the settings.")
    return [
        rich(
            sentence,
            block_id="notice_gaps",
            settings=settings,
            coordinators=People(library.coordinators),
        )
    ]


def _ways(t: Translator) -> StaticSelectMenu:
    offered = [option(t(words), key) for key, words in WAYS.items()]
    return StaticSelectMenu(HOW, offered, initial_option=offered[0])
