"""The buttons that turn the pages of a list on Home."""

from slackblocks import Block

from bot.home import Page
from bot.translation import Translator
from handlers.views.parts import button, row, small


def page_turner(t: Translator, page: Page, action_id: str, where: str) -> list[Block]:
    """To the pages before and after, and which one this is; `where` keeps the blocks apart."""
    if page.of == 1:
        return []
    buttons = []
    if page.number > 1:
        buttons.append(button(t("Previous"), f"{action_id}.back", str(page.number - 1)))
    if page.number < page.of:
        buttons.append(button(t("Next"), f"{action_id}.on", str(page.number + 1)))
    said = t("Page {number} of {of}", number=t.number(page.number), of=t.number(page.of))
    return [small(said, f"{where}_where"), row(f"{where}_pages", *buttons)]
