"""What was kept of the talk about an evaluation: the form, and the list a page at a time."""

from collections.abc import Sequence

from slackblocks import Block, Button, InputBlock, ModalView, PlainTextInput

from bot.evaluation_remark import PER_PAGE, TEXT, Remark
from bot.guard import NOTE_LENGTH
from bot.home import Page
from bot.round import Round
from bot.translation import Translator
from handlers.views.parts import Person, Reply, Typed, button, cut, notice, plain, rich, row, small

SUBMIT = "evaluation_remark_keep"  # callback id
LIST = "evaluation_remarks"

NAME = 200  # characters


def remarks_button(t: Translator, this: Round) -> Button:
    """The way to what was kept."""
    return button(t("See the remarks"), f"{LIST}.1", f"{this.id}:1")


def form_view(t: Translator, this: Round, partner: str) -> ModalView:
    """What is to be kept, in her own words."""
    told = t("Everybody here can read it with your name, and it stays with the evaluation.")
    blocks: list[Block] = [
        rich(
            t("**How is it going with {partner}?**"),
            block_id="evaluation_subject",
            partner=cut(partner, NAME),
        ),
        InputBlock(
            plain(t("What is to be kept?")),
            PlainTextInput(TEXT, multiline=True, max_length=NOTE_LENGTH, focus_on_load=True),
            hint=plain(
                t("Write to the point and briefly. The partner may be given access to read it.")
            ),
            block_id=TEXT,
        ),
        small(told, "remark_told"),
    ]
    return ModalView(
        plain(t("A remark")),
        blocks,
        submit=plain(t("Save")),
        close=plain(t("Close")),
        callback_id=SUBMIT,
        private_metadata=str(this.id),
    )


def read_form(typed: Typed) -> str:
    """The remark as it is typed."""
    return str(typed.get(TEXT, {}).get(TEXT, {}).get("value") or "")


def kept(t: Translator, this: Round) -> Reply:
    """It is kept."""
    sentence = t("The remark is kept.")
    buttons = row("remark_buttons", remarks_button(t, this))
    return Reply(notice(sentence), [rich(sentence, block_id="remark_kept"), buttons])


def where(value: str) -> tuple[int, int]:
    """Which round, and which page of its remarks."""
    number, _, page = value.partition(":")
    return int(number), int(page)


def list_view(
    t: Translator, this: Round, partner: str, remarks: Sequence[Remark], page: Page
) -> ModalView:
    """One page of them, each word by word; the newest first."""
    shown = remarks[page.first : page.first + PER_PAGE]
    blocks: list[Block] = [
        rich(
            t("**How is it going with {partner}?**"),
            block_id="evaluation_subject",
            partner=cut(partner, NAME),
        )
    ]
    for one in shown:
        said = rich("{text}", block_id=f"remark.{one.id}", text=one.text)
        blocks += [_by(t, one), said]
    if not shown:
        none = t("Nothing is kept yet. Press [Keep a remark] in the thread's first message.")
        blocks.append(rich(none, block_id="remark_none"))
    return ModalView(
        plain(t("Remarks")),
        [*blocks, *_turning(t, this, page)],
        close=plain(t("Close")),
        callback_id="evaluation_remark_list",
    )


def _by(t: Translator, one: Remark) -> Block:
    sentence = t("{who}, {day}:")
    name = f"remark_by.{one.id}"
    return rich(sentence, block_id=name, who=Person(one.user_id), day=t.day(one.at))


def _turning(t: Translator, this: Round, page: Page) -> list[Block]:
    if page.of == 1:
        return []
    buttons = []
    if page.number > 1:
        buttons.append(button(t("Previous"), f"{LIST}.back", f"{this.id}:{page.number - 1}"))
    if page.number < page.of:
        buttons.append(button(t("Next"), f"{LIST}.on", f"{this.id}:{page.number + 1}"))
    where_now = t("Page {number} of {of}", number=page.number, of=page.of)
    return [small(where_now, "remark_where"), row("remark_pages", *buttons)]
