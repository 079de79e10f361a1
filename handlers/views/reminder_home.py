"""What care shows on Home."""

from slackblocks import Block, RichTextBlock, RichTextList, RichTextSection

from bot.home import Ahead, Coming, Desktop, Quiet
from bot.partner import Partner
from bot.reminder import Thing, Value, What
from bot.reminder_handover import Answer
from bot.text import capital
from bot.translation import Translator, mark
from handlers.views.partner_facts import next_step
from handlers.views.parts import Person, button, cut, heading, line, rich, row, small
from handlers.views.reminder import ACCEPTED
from handlers.views.reminder_later import ASK_OTHER
from handlers.views.reminder_lines import NAME, Shown, lines
from handlers.views.reminder_why import Asked, why_hers

MOST_OFFERED = 3  # with two blocks each; a Home has room for a hundred
MOST_COMING = 5  # lines

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


_AHEAD = {
    Ahead.TRIAL: mark("{day}: **{name}** has been on trial, and you decide"),
    Ahead.ACTIVITY: mark("{day}: what you do with **{name}** ends"),
}


def quiet_lines(t: Translator, desktop: Desktop) -> list[Block]:
    """Relations that have been quiet."""
    blocks: list[Block] = []
    for quiet in desktop.waiting.quiet:
        blocks += [*lines(t, quiet.thing, _shown(desktop, quiet)), *_put_off(t, desktop, quiet)]
    return blocks


def offer_lines(t: Translator, desktop: Desktop) -> list[Block]:
    """Partners that a colleague wants to hand over."""
    blocks: list[Block] = []
    for offer, partner in desktop.waiting.offers:
        thing = Thing(What.HANDOVER, offer.id, Value.ROUND, desktop.today, partner.id)
        shown = Shown("", desktop.today, partners={partner.id: partner}, offers={offer.id: offer})
        blocks += lines(t, thing, shown)
        if partner.next_step:
            block_id = f"offer_step.{offer.id}"
            blocks.append(next_step(t, partner, desktop.today, block_id=block_id))
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
    """What has a day in the next weeks, and who may be quiet for a while yet."""
    if not (desktop.coming or desktop.on_the_way):
        return []
    blocks: list[Block] = [heading(t("On the way"), "home_ahead")]
    if desktop.coming:
        days = [_day(t, desktop, one) for one in desktop.coming[:MOST_COMING]]
        blocks.append(RichTextBlock([RichTextList("bullet", days)], block_id="home_coming"))
    if (more := len(desktop.coming) - MOST_COMING) > 0:
        said = t.n("There is one more.", "There are {number} more.", more)
        blocks.append(small(said, "home_coming_more"))
    if desktop.on_the_way:
        names = t.list(cut(partner.name, NAME) for partner in desktop.on_the_way)
        said = t("No hurry: it can wait a little before you talk to {names} again.")
        blocks.append(rich(said, block_id="home_on_the_way", names=names))
    return blocks


def _day(t: Translator, desktop: Desktop, one: Coming) -> RichTextSection:
    day = capital(t.long_day(one.on, desktop.today))
    return line(t(_AHEAD[one.what]), day=day, name=cut(one.name, NAME))


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
