"""Venner af huset as it stands in the channel, in its thread, and before one colleague."""

from collections.abc import Sequence

from slackblocks import Block, RichTextBlock, RichTextList, RichTextSection, SectionBlock

from bot.digest import Digest, Unclaimed
from bot.partner import Partner
from bot.translation import Translator
from handlers.views import digest_lines as lines
from handlers.views.digest_lines import Known
from handlers.views.partner import SHOW
from handlers.views.parts import Reply, button, heading, line, notice, plain, rich, row, small
from handlers.views.reminder_later import COORDINATOR, foot

KNOW = "digest_know"
TAKE = "digest_take"
AGAIN = "digest_again"

THREAD = 20  # lines in the thread; what is left then is on the cards
NAMED = 5  # in a telephone's notification


def message(known: Known, told: Digest, set_up_by: Sequence[str], greeting: str = "") -> Reply:
    """The five sections without the empty ones; `set_up_by` are coordinators' first names."""
    t = known.t
    title = t("Friends of the house · week {week}", week=int(told.week.partition("-W")[2]))
    blocks: list[Block] = [
        heading(title, "digest"),
        *([rich("_{greeting}_", "digest_greeted", greeting=greeting)] if greeting else []),
        *_friends(known, told),
        *_listed(known, told),
        *_unclaimed(known, told),
        *_coming(known, told),
        *_look(known, told),
        small(_foot(t, set_up_by, more=told.has_more), "digest_foot"),
    ]
    ids = [one.partner_id for one in told.friends.lines]
    ids += [one.partner_id for one in told.unclaimed.lines]
    names = t.list(list(filter(None, map(known.name, ids)))[:NAMED])
    return Reply(
        notice("{title}: {names}" if names else "{title}", title=title, names=names), blocks
    )


def rest(known: Known, told: Digest) -> Reply | None:
    """What there was no room for, as the first answer in the thread; None where all is said."""
    t = known.t
    friends = [lines.friend(known, one) for one in told.friends.rest if known.name(one.partner_id)]
    quiet = _to_take(known, told.unclaimed.rest)
    spoken = [lines.since(known, one) for one in told.since.rest]
    coming = [lines.coming(known, one) for one in told.coming.rest]
    every = [
        *(line("{text}", text=text) for text in friends),
        *filter(None, (*spoken, *coming)),
    ]
    if not (every or quiet):
        return None
    title = t("**More from the overview**")
    blocks: list[Block] = [rich(title, block_id="digest_rest")]
    blocks += [_bullets(every[:THREAD], "digest_rest_list")] if every else []
    blocks += _section(t("**Who takes it?**"), "digest_rest_unclaimed", quiet)
    return Reply(notice(title), blocks)


def whole(above: Reply, below: Reply | None) -> Reply:
    """Both together, where there is no thread: without the foot, which would send there."""
    return Reply(above.text, [*above.blocks[:-1], *below.blocks]) if below else above


def nothing(t: Translator) -> Reply:
    """When a colleague asks and there is nothing."""
    sentence = t("Nothing new since the last one. Friends of the house is skipped while it is so.")
    return Reply(notice(sentence), [rich(sentence, block_id="digest_nothing")])


def nothing_yet(t: Translator) -> Reply:
    """The same where there has not been one."""
    sentence = t("There is nothing to tell yet. Friends of the house is skipped while it is so.")
    return Reply(notice(sentence), [rich(sentence, block_id="digest_nothing")])


def known_now(t: Translator, partner: Partner, *, new: bool) -> Reply:
    """The thanks for [I know them]."""
    sentence = t("Thank you. You stand on the card now as one who knows **{name}**.")
    if not new:
        sentence = t("Thank you. You stood on the card already as one who knows **{name}**.")
    return _thanks(t, sentence, partner)


def taken(t: Translator, partner: Partner) -> Reply:
    """The thanks for [I take it]."""
    return _thanks(t, t("Thank you. You are responsible for **{name}** now."), partner)


def unsaid(t: Translator, wrong: str, key: str) -> Reply:
    """To a coordinator, where the channel does not take it; `wrong` says what to do."""
    sentence = t("Friends of the house did not get into its channel this week.")
    blocks: list[Block] = [
        rich(sentence, block_id="digest_unsaid"),
        SectionBlock(plain(wrong), block_id="digest_wrong"),
        row("digest_again", button(t("Send it now"), AGAIN, key, primary=True)),
        *foot(t, COORDINATOR),
    ]
    return Reply(notice(sentence), blocks)


def sent_again(t: Translator, *, late: bool, sent: bool) -> Reply:
    """After [Send it now]."""
    sentence = t("It goes into the channel now.")
    if late:
        sentence = t("That week is over. The next one comes by itself, and tells all of it.")
    elif not sent:
        sentence = t("It is in the channel already.")
    return Reply(notice(sentence), [rich(sentence, block_id="digest_sent_again")])


def _thanks(t: Translator, sentence: str, partner: Partner) -> Reply:
    blocks: list[Block] = [
        rich(sentence, block_id="digest_thanks", name=partner.name),
        row("digest_card", button(t("Show the card"), SHOW, str(partner.id))),
    ]
    return Reply(notice(sentence, name=partner.name), blocks)


def _friends(known: Known, told: Digest) -> list[Block]:
    here = [one for one in told.friends.lines if known.name(one.partner_id)]
    return _section(
        known.t("**New friends**"),
        "digest_friends",
        [
            SectionBlock(
                plain(lines.friend(known, one)),
                block_id=f"digest_friend.{one.partner_id}",
                accessory=button(
                    known.t("I know them"), f"{KNOW}.{one.partner_id}", str(one.partner_id)
                ),
            )
            for one in here
        ],
    )


def _unclaimed(known: Known, told: Digest) -> list[Block]:
    shown = _to_take(known, told.unclaimed.lines)
    return _section(known.t("**Who takes it?**"), "digest_unclaimed", shown)


def _to_take(known: Known, found: Sequence[Unclaimed]) -> list[Block]:
    """A line for each, with its button as long as nobody has taken it."""
    here = [one for one in found if known.name(one.partner_id)]
    shown: list[Block] = []
    for one in here:
        free = not known.responsible(one.partner_id)
        take = button(known.t("I take it"), f"{TAKE}.{one.partner_id}", str(one.partner_id))
        shown.append(
            SectionBlock(
                plain(lines.unclaimed(known, one)),
                block_id=f"digest_quiet.{one.partner_id}",
                accessory=take if free else None,
            )
        )
    return shown


def _listed(known: Known, told: Digest) -> list[Block]:
    said = [lines.since(known, one) for one in told.since.lines]
    listed = list(filter(None, said))
    bullets: list[Block] = [_bullets(listed, "digest_since_list")] if listed else []
    return _section(known.t("**Since last time**"), "digest_since", bullets)


def _coming(known: Known, told: Digest) -> list[Block]:
    said = [lines.coming(known, one) for one in told.coming.lines]
    listed = list(filter(None, said))
    bullets: list[Block] = [_bullets(listed, "digest_coming_list")] if listed else []
    return _section(known.t("**On the way**"), "digest_coming", bullets)


def _look(known: Known, told: Digest) -> list[Block]:
    looked = lines.look(known, told.look) if told.look else None
    if looked is None:
        return []
    title, text = looked
    return [
        rich(title, block_id="digest_look"),
        RichTextBlock([text], block_id="digest_look_text"),
    ]


def _section(title: str, block_id: str, shown: Sequence[Block]) -> list[Block]:
    return [rich(title, block_id=block_id), *shown] if shown else []


def _bullets(listed: Sequence[RichTextSection], block_id: str) -> Block:
    return RichTextBlock([RichTextList("bullet", list(listed))], block_id=block_id)


def _foot(t: Translator, set_up_by: Sequence[str], *, more: bool) -> str:
    said = [t("The rest is in the thread.")] if more else []
    said.append(t("Your own are on Partnerbot’s Home."))
    if set_up_by:
        said.append(t("Set up by {who}.", who=t.list(set_up_by)))
    return " ".join(said)
