"""A message shown as a modal, for the places that have no message to answer in."""

from slackblocks import ModalView

from bot.translation import Translator
from handlers.views.parts import Reply, notice, plain, rich


def notice_view(t: Translator, reply: Reply) -> ModalView:
    """The reply's blocks in a modal with nothing to fill in."""
    return ModalView(
        plain("Partnerbot"), reply.blocks, close=plain(t("Close")), callback_id="notice"
    )


def trouble(sentence: str) -> Reply:
    """Something that went wrong, as a reply; **bold** in it is drawn."""
    return Reply(notice(sentence), [rich(sentence, block_id="trouble")])
