"""A colleague's own partners on Home, a page at a time."""

from slackblocks import Block

from bot.circle_partner import carries_level
from bot.contact import Kind
from bot.home import Desktop
from bot.partner import Partner, Status
from bot.translation import Translator
from bot.words import RELATION_TYPE, STATUS
from handlers.views import contact
from handlers.views.circle import standing
from handlers.views.home_turning import page_turner
from handlers.views.home_waiting import NAME, show
from handlers.views.parts import button, cut, heading, rich, row, whose

PAGE = "home_page"

ABOUT = 150  # characters of what a contact was about; the card shows all


def own(t: Translator, desktop: Desktop) -> list[Block]:
    """Under their heading; to someone who has none a sentence and no empty list."""
    if not desktop.own:
        return [_nobody_yet(t)]
    pages = page_turner(t, desktop.page, PAGE, "home")
    return [heading(t("Your partners"), "home_mine"), *partners(t, desktop), *pages]


def partners(t: Translator, desktop: Desktop) -> list[Block]:
    """Those of this page."""
    blocks: list[Block] = []
    for partner in desktop.own:
        talked = button(t("We have talked"), f"{contact.RECENT}.{partner.id}", str(partner.id))
        buttons = row(f"own_buttons.{partner.id}", talked, show(t, partner, "own"))
        blocks += [_partner(t, desktop, partner), buttons]
    return blocks


def _partner(t: Translator, desktop: Desktop, partner: Partner) -> Block:
    """Where they stand, and when anybody here was last in touch."""
    last = desktop.last.get(partner.id)
    lines = [t(standing(partner))]
    if not carries_level(partner.relation_type):
        lines[0] = t("**{name}**: {relation} (outside the circle)")
    if partner.status is Status.RESTING:  # what else there is, is the sentence itself
        lines[0] += " ({status})"
    if last is None:
        lines.append(t("No contact has been noted yet."))
    elif last.kind is Kind.READ_IN:
        lines.append(t("Last contact {day}"))
    elif last.about:
        lines.append(t("Last contact {day}, {who}: {about}"))
    else:
        lines.append(t("Last contact {day}, {who}"))
    return rich(
        "\n".join(lines),
        block_id=f"own.{partner.id}",
        name=cut(partner.name, NAME),
        status=t(STATUS[partner.status]),
        relation=t(RELATION_TYPE[partner.relation_type]),
        day=t.ago(last.on, desktop.today) if last else "",
        who=whose(t, last.noted_by) if last else "",
        about=cut(last.about, ABOUT) if last else "",
    )


def _nobody_yet(t: Translator) -> Block:
    sentence = t(
        "Here we keep whom the library works with, and who of us knows them. You are not"
        " responsible for anybody yet, and you need not be. If you know somebody, write `/partner`"
        " and the name, and press _I know them_."
    )
    return rich(sentence, block_id="home_none")
