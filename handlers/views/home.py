"""The Home tab, and the same in a message: what waits, my partners, what one can do.

Slack takes a hundred blocks on Home and fifty in a message. Each part has its share of them: the
pages of what waits (24) and of one's own partners (20), what did not get through (8), the first
steps (9), offers (7), decisions (4), the coordinator's duties (7), the circle (6).
"""

from slackblocks import Block, HomeTabView

from bot.home import Desktop
from bot.home_pages import Pages
from bot.home_start import Start
from bot.translation import Translator
from handlers.views import command, contact, contact_who, home_house, home_start, tjek, workspace
from handlers.views.delivery_failed import failed_lines
from handlers.views.home_partners import own, partners
from handlers.views.home_steps import for_coordinator, nobody
from handlers.views.home_waiting import elsewhere, lines, turning, waits
from handlers.views.partner import ADD
from handlers.views.parts import Reply, button, heading, notice, rich, row, small
from handlers.views.reminder_home import offered_lines, on_the_way


def overview(t: Translator, desktop: Desktop) -> Reply:
    """`/partner` by itself; the pages, the first steps and the house are on Home."""
    greeting = t("**Hi {name}.** {waits}") if desktop.name else "{waits}"
    values = {"name": desktop.name, "waits": waits(t, desktop.waiting)}
    blocks: list[Block] = [rich(greeting, block_id="hello", **values)]
    blocks += [*lines(t, desktop), *elsewhere(t, desktop.waiting), _buttons(t)]
    if desktop.nobody_coordinates:
        blocks.append(nobody(t))
    blocks += _decided(t, desktop)
    if desktop.own:
        blocks += [rich(t("**Your partners**"), block_id="mine"), *partners(t, desktop)]
    if desktop.page.of > 1:
        blocks.append(small(t("The rest are on Partnerbot's Home tab."), "mine_more"))
    return Reply(notice(greeting, **values), blocks)


def home(t: Translator, desktop: Desktop) -> HomeTabView:
    """The Home tab: what is hers first, the house's work before the coordinator's own partners."""
    name = desktop.name
    blocks: list[Block] = [
        heading(t("Hi {name}", name=name) if name else "Partnerbot", "home_name"),
        _buttons(t),
        *for_coordinator(t, desktop),
        *_start(t, desktop),
        *failed_lines(t, desktop),
        *_waiting(t, desktop),
        *offered_lines(t, desktop),
        *on_the_way(t, desktop),
        *home_house.duties(t, desktop),
        *own(t, desktop),
        *_decided(t, desktop),
        *home_house.circle(t, desktop),
        small(t("Only you can see this. I never read your messages."), "home_privacy"),
    ]
    here = f"{desktop.page.number} {desktop.waiting.page.number}"
    return HomeTabView(blocks, private_metadata=here)


def pages_in(note: str) -> Pages:
    """The pages that a Home's private_metadata names."""
    named = [int(part) if part.isdecimal() else 1 for part in note.split()]
    return Pages(*named[:2])


def closed_home(sentence: str) -> HomeTabView:
    """For a guest: one friendly sentence."""
    return HomeTabView([rich(sentence, block_id="home_closed")])


def _buttons(t: Translator) -> Block:
    return row(
        "home_buttons",
        button(t("Note a contact"), contact.BEGIN, primary=True),
        button(t("Who knows …?"), contact_who.BEGIN),
        tjek.begin_button(t),
        button(t("Add a partner"), ADD),
        button(t("Settings"), workspace.OPEN),
        button(t("Help"), command.HELP),
    )


def _waiting(t: Translator, desktop: Desktop) -> list[Block]:
    found = desktop.waiting
    if not found.number:
        return [rich("{waits}", block_id="home_waits", waits=waits(t, found))]
    above = heading(t("Waiting for you ({number})", number=t.number(found.number)), "home_waits")
    return [above, *lines(t, desktop), *turning(t, found.page)]


def _start(t: Translator, desktop: Desktop) -> list[Block]:
    """Among the coordinator's buttons once she has answered."""
    if desktop.duties and desktop.start is Start.ANSWERED:
        return []
    return home_start.lines(t, desktop.start)


def _decided(t: Translator, desktop: Desktop) -> list[Block]:
    if not desktop.decided:
        return []
    first = len(desktop.waiting.checks)
    decided = tjek.lines_of(t, desktop.decided, first)
    return [rich(t("**Your latest decisions**"), block_id="decided"), *decided]
