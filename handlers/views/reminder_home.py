"""What care shows on Home."""

from slackblocks import Block

from bot.home import Desktop, Quiet
from bot.reminder import Thing, Value, What
from bot.translation import Translator
from handlers.views.parts import cut, rich, small
from handlers.views.reminder_left import left_lines
from handlers.views.reminder_lines import NAME, Shown, lines


def quiet_lines(t: Translator, desktop: Desktop) -> list[Block]:
    """Relations that have been quiet, and partners that a colleague wants to hand over."""
    blocks: list[Block] = []
    for quiet in desktop.waiting.quiet:
        blocks += [*lines(t, quiet.thing, _shown(desktop, quiet)), *_put_off(t, desktop, quiet)]
    for offer, partner in desktop.waiting.offers:
        thing = Thing(What.HANDOVER, offer.id, Value.ROUND, desktop.today, partner.id)
        shown = Shown("", desktop.today, partners={partner.id: partner}, offers={offer.id: offer})
        blocks += lines(t, thing, shown)
    for left in desktop.waiting.left:
        blocks += left_lines(t, left)
    return blocks


def on_the_way(t: Translator, desktop: Desktop) -> list[Block]:
    """Who may be quiet for a while yet."""
    if not desktop.on_the_way:
        return []
    names = t.list(cut(partner.name, NAME) for partner in desktop.on_the_way)
    said = t("On the way, but no hurry: {names}.")
    return [rich(said, block_id="home_on_the_way", names=names)]


def _shown(desktop: Desktop, quiet: Quiet) -> Shown:
    number = quiet.partner.id
    return Shown(
        desktop.user,
        desktop.today,
        partners={number: quiet.partner},
        last={number: quiet.last} if quiet.last else {},
        agreements={number: quiet.ends} if quiet.ends else {},
    )


def _put_off(t: Translator, desktop: Desktop, quiet: Quiet) -> list[Block]:
    if quiet.put_off_until is None:
        return []
    day = t.long_day(quiet.put_off_until, desktop.today)
    return [small(t("You wanted to hear of it {day}.", day=day), f"off.{quiet.thing.key}")]
