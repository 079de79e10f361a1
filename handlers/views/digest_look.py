"""The digest's last section: a jubilee, a white spot, a partner, or a piece of advice."""

from slackblocks import Block, RichTextBlock, RichTextSection, SectionBlock

from bot.digest_look import Look, Looked
from bot.goal_gap import Gap
from bot.translation import mark
from handlers.views.digest_lines import Known, ours
from handlers.views.goal_gap import see_button, sentence
from handlers.views.parts import line, plain, rich

TEXT = "digest_look_text"  # block id
GAP = 600  # characters of a spot: two names of places, and whole sentences around them

# Why each is told: what colleagues ask those who have done this for years (own words; after Byg
# partnerskaber!, pages 8, 13, 20, 28 and 33).
ADVICE = (
    mark("Begin by saying what you hope to get out of it yourselves. Then they dare to, as well."),
    mark("Agree at the first meeting on how you will notice that it works."),
    mark("Ask a partner what has become easier, and what has become harder, since last year."),
    mark("A kind no in good time is better than a late yes that nobody has time for."),
    mark("Write to an old friend of the house today, only to say thank you."),
)

_TITLES = {
    Looked.JUBILEE: mark("**A look: a jubilee**"),
    Looked.GAP: mark("**A look: a white spot**"),
    Looked.FOCUS: mark("**A look: a partner of ours**"),
    Looked.ADVICE: mark("**A look: a piece of advice**"),
}


def look(known: Known, one: Look) -> list[Block]:
    """What it is called, and the look itself; nothing where it cannot be told any more."""
    said = _look(known, one)
    return [rich(known.t(_TITLES[one.what]), block_id="digest_look"), said] if said else []


def _look(known: Known, one: Look) -> Block | None:
    if one.gap:
        return _gap(known, one.gap)
    if one.what is Looked.ADVICE:
        return _text(line(known.t(ADVICE[one.number % len(ADVICE)])))
    name = known.name(one.number)
    if not name:
        return None
    told = _jubilee if one.what is Looked.JUBILEE else _focus
    return _text(told(known, one, name))


def _text(said: RichTextSection) -> Block:
    return RichTextBlock([said], block_id=TEXT)


def _gap(known: Known, gap: Gap) -> Block:
    """Where nothing is yet, with a way to who might be a start."""
    said = plain(sentence(known.t, gap, known.library), GAP)
    return SectionBlock(said, block_id=TEXT, accessory=see_button(known.t, gap))


def _jubilee(known: Known, one: Look, name: str) -> RichTextSection:
    years = known.t.n(
        "A year ago this week it began with **{name}**. Thank you to everybody who was there.",
        "{number} years ago this week it began with **{name}**."
        " Thank you to everybody who was there.",
        one.years,
        name="{name}",
    )
    return line(years, name=name)


def _focus(known: Known, one: Look, name: str) -> RichTextSection:
    t, partner = known.t, known.partners[one.number]
    people = known.people(ours(partner))
    said = t("**{name}**. Ask {people} what we do together.")
    if not people:
        said = t("**{name}**. Who of you knows what we do together?")
    return line(said, name=name, people=people)
