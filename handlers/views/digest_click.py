"""The thanks for a press under the digest."""

from bot.partner import Partner
from bot.translation import Translator
from handlers.views.partner import SHOW
from handlers.views.parts import Reply, button, notice, rich, row


def known_now(t: Translator, partner: Partner, *, new: bool) -> Reply:
    """The thanks for [I know them]."""
    sentence = t("Thank you. You stand on the card now as one who knows **{name}**.")
    if not new:
        sentence = t("Thank you. You stood on the card already as one who knows **{name}**.")
    return _thanks(t, sentence, partner)


def taken(t: Translator, partner: Partner) -> Reply:
    """The thanks for [I take it]."""
    return _thanks(t, t("Thank you. You are responsible for **{name}** now."), partner)


def _thanks(t: Translator, sentence: str, partner: Partner) -> Reply:
    said = rich(sentence, block_id="digest_thanks", name=partner.name)
    card = row("digest_card", button(t("Show the card"), SHOW, str(partner.id)))
    return Reply(notice(sentence, name=partner.name), [said, card])
