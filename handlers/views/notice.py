"""A message shown as a modal, for the places that have no message to answer in."""

from slackblocks import Block, ModalView

from bot.translation import Translator, mark
from handlers.views.parts import Reply, notice, plain, rich

NOT_ALLOWED = mark(
    "I may not send files yet. Ask the one who looks after Partnerbot to install the app again."
)


def notice_view(t: Translator, reply: Reply) -> ModalView:
    """The reply's blocks in a modal with nothing to fill in."""
    return ModalView(
        plain("Partnerbot"), reply.blocks, close=plain(t("Close")), callback_id="notice"
    )


def trouble(sentence: str, /, **values: object) -> Reply:
    """Something that went wrong, as a reply; **bold** in the sentence is drawn."""
    return Reply(notice(sentence, **values), [rich(sentence, block_id="trouble", **values)])


def too_long(t: Translator, text: str, room: int) -> list[Block]:
    """In a form that is opened with a typed text: that its field holds less, and how much."""
    sentence = t("This is too long ({length} characters, there is room for {limit}). Shorten it.")
    length = len(text)
    return [rich(sentence, block_id="too_long", length=length, limit=room)] * (length > room)


def already_saved(t: Translator) -> ModalView:
    """In place of a form that was sent a second time."""
    return notice_view(t, Reply(notice(t("Saved.")), [rich(t("Saved."), block_id="saved")]))
