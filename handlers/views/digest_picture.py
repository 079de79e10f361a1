"""What stands in Venner af huset where the picture of the circle is missing."""

from slackblocks import Block

from bot.circle_picture import Missing
from bot.translation import Translator, mark
from handlers.views.notice import NOT_ALLOWED
from handlers.views.parts import rich

NO_PICTURE = mark("The picture of the circle could not be shown here. `/partner circle` shows it.")


def instead(t: Translator, missing: Missing) -> Block:
    """In its place."""
    return rich(sentence(t, missing), block_id="digest_no_picture")


def sentence(t: Translator, missing: Missing) -> str:
    """That it is missing, and what can be done."""
    if missing is Missing.NOT_ALLOWED:
        return t("The picture of the circle could not be shown here.") + " " + t(NOT_ALLOWED)
    return t(NO_PICTURE)
