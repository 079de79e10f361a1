"""What care shows on Home."""

from slackblocks import Block

from bot.home import Desktop, Quiet
from bot.partner import Partner
from bot.reminder import Thing, Value, What
from bot.reminder_handover import Answer
from bot.translation import Translator, mark
from handlers.views.partner_facts import next_step
from handlers.views.parts import Person, button, cut, rich, row, small
from handlers.views.reminder import ACCEPTED
from handlers.views.reminder_later import ASK_OTHER
from handlers.views.reminder_left import left_lines
from handlers.views.reminder_lines import NAME, Shown, lines
from handlers.views.reminder_why import Asked, why_hers

MOST_OFFERED = 3  # with two blocks each; a Home has room for a hundred

_OFFERED = {
    Answer.WAITS: mark("**{name}:** You have asked {who}."),
    Answer.YES: ACCEPTED,
    Answer.NO: mark("**{name}:** {who} cannot just now."),
    Answer.NONE: mark("**{name}:** {who} has not answered in two weeks."),
}
_HERS = {
    Answer.WAITS: mark("**{name}:** You have asked {who}. Until there is an answer, it is yours."),
    Answer.YES: ACCEPTED,
    Answer.NO: mark("**{name}:** {who} cannot just now. It is still yours."),
    Answer.NONE: mark("**{name}:** {who} has not answered in two weeks. It is still yours."),
}


def quiet_lines(t: Translator, desktop: Desktop) -> list[Block]:
    """Relations that have been quiet, and partners that a colleague wants to hand over."""
    blocks: list[Block] = []
    for quiet in desktop.waiting.quiet:
        blocks += [*lines(t, quiet.thing, _shown(desktop, quiet)), *_put_off(t, desktop, quiet)]
    for offer, partner in desktop.waiting.offers:
        thing = Thing(What.HANDOVER, offer.id, Value.ROUND, desktop.today, partner.id)
        shown = Shown("", desktop.today, partners={partner.id: partner}, offers={offer.id: offer})
        blocks += lines(t, thing, shown)
        if partner.next_step:
            block_id = f"offer_step.{offer.id}"
            blocks.append(next_step(t, partner, desktop.today, block_id=block_id))
    for left in desktop.waiting.left:
        blocks += left_lines(t, left)
    return blocks


def offered_lines(t: Translator, desktop: Desktop) -> list[Block]:
    """What she has offered to colleagues, and what they say."""
    blocks: list[Block] = []
    for one in desktop.offered[:MOST_OFFERED]:
        number, hers = str(one.partner.id), one.partner.responsible == desktop.user
        sentence = _HERS[one.answer] if hers else _OFFERED[one.answer]
        who, name = Person(one.handover.to), cut(one.partner.name, NAME)
        blocks.append(rich(t(sentence), block_id=f"offered.{number}", who=who, name=name))
        if one.answer in (Answer.NO, Answer.NONE):
            ask = button(t("Ask somebody else"), f"{ASK_OTHER}.{number}", number)
            blocks.append(row(f"offered_ways.{number}", ask))
    if (more := len(desktop.offered) - MOST_OFFERED) > 0:
        said = t.n("There is one more.", "There are {number} more.", more)
        blocks.append(small(said, "offered_more"))
    return blocks


def on_the_way(t: Translator, desktop: Desktop) -> list[Block]:
    """Who may be quiet for a while yet."""
    if not desktop.on_the_way:
        return []
    names = t.list(cut(partner.name, NAME) for partner in desktop.on_the_way)
    said = t("On the way, but no hurry: {names}.")
    return [rich(said, block_id="home_on_the_way", names=names)]


def why(t: Translator, desktop: Desktop, what: What, number: int, partner: Partner) -> list[Block]:
    """Why it waits for her, where the partner is not hers."""
    asked = Asked(desktop.user, desktop.away, desktop.gone)
    return why_hers(t, f"{what}.{number}", partner, asked)


def _shown(desktop: Desktop, quiet: Quiet) -> Shown:
    number = quiet.partner.id
    return Shown(
        desktop.user,
        desktop.today,
        partners={number: quiet.partner},
        last={number: quiet.last} if quiet.last else {},
        agreements={number: quiet.ends} if quiet.ends else {},
        away=desktop.away,
        left=desktop.gone,
    )


def _put_off(t: Translator, desktop: Desktop, quiet: Quiet) -> list[Block]:
    if quiet.put_off_until is None:
        return []
    day = t.long_day(quiet.put_off_until, desktop.today)
    return [small(t("You wanted to hear of it {day}.", day=day), f"off.{quiet.thing.key}")]
