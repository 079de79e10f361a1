"""The picture of the circle in a message, and the buttons below it."""

from slackblocks import Block, ImageBlock, SlackFile

from bot.circle_picture import Missing, Shown, Way
from bot.translation import Translator
from handlers.views.goal_gap import OPEN as GAPS
from handlers.views.notice import NOT_ALLOWED
from handlers.views.parts import Reply, button, notice, rich, row

WAY = "circle_picture_way"
PAPER = "circle_picture_paper"


def image(shown: Shown | None, block_id: str) -> list[Block]:
    """The picture; nothing where there is none."""
    if shown is None:
        return []
    file = SlackFile(None, shown.file_id)
    return [ImageBlock(alt_text=shown.alt, slack_file=file, block_id=block_id)]


def reply(t: Translator, finding: str, shown: Shown | Missing, way: Way) -> Reply:
    """The picture with what it shows, and what can be done with it."""
    other = Way.KIND if way is Way.ROOM else Way.ROOM
    turned = t("Show by sort") if way is Way.ROOM else t("Show by room")
    blocks: list[Block] = [
        rich("{finding}", block_id="circle_picture_finding", finding=finding),
        *(image(shown, "circle_picture") if isinstance(shown, Shown) else _without(t, shown)),
        row(
            "circle_picture_buttons",
            button(turned, WAY, other),
            button(t("See the white spots"), GAPS),
            button(t("Get it as A3 (PDF)"), PAPER, way),
        ),
    ]
    return Reply(notice("{finding}", finding=finding), blocks)


def _without(t: Translator, missing: Missing) -> list[Block]:
    said = t(
        "The picture did not come along this time. Try again in a while. If that does not help, ask"
        " the one who looks after Partnerbot whether I may send files."
    )
    if missing is Missing.NOT_ALLOWED:
        said = t(NOT_ALLOWED)
    return [rich(said, block_id="circle_picture_missing")]


def comment(t: Translator) -> str:
    """What is said with the page."""
    return t(
        "The circle on one page, A3, for the wall and the council. It names organisations only:"
        " individuals stand without a name, and contact persons are not in it."
    )


def on_its_way(t: Translator) -> Reply:
    """While the page is made."""
    sentence = t("The circle for your wall is on its way. It comes as a direct message from me.")
    return Reply(notice(sentence), [rich(sentence, block_id="circle_picture_on_its_way")])
