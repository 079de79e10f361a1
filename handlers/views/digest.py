"""Venner af huset as it stands in the channel, in its thread, and before one colleague."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from slackblocks import Block, RichTextBlock, RichTextList, RichTextSection, SectionBlock

from bot.circle_picture import Missing
from bot.digest import THREAD, Digest
from bot.digest_unclaimed import Unclaimed
from bot.translation import Translator
from handlers.views import digest_lines as lines
from handlers.views import digest_picture
from handlers.views.digest_greeting import on_top
from handlers.views.digest_lines import ROOMS, Known
from handlers.views.digest_look import look
from handlers.views.parts import Reply, button, cut, heading, line, notice, plain, rich, small

KNOW = "digest_know"
TAKE = "digest_take"

LONGEST = 1900  # characters of what stands in the channel: a minute's reading, the gaps besides
NAMED = 5  # in a telephone's notification


def message(
    known: Known,
    told: Digest,
    set_up_by: Sequence[str],
    greeting: str = "",
    *,
    alone: bool = False,
) -> Reply:
    """The five sections without the empty ones; `set_up_by` are coordinators' first names.

    `alone`: it stands before one colleague, and has no thread.
    """
    for room in ROOMS:
        within = replace(known, room=room)
        reply = _message(within, told, set_up_by, greeting, alone=alone)
        if _length(reply) <= LONGEST:
            break
    return reply


def _message(
    known: Known, told: Digest, set_up_by: Sequence[str], greeting: str, *, alone: bool
) -> Reply:
    t = known.t
    title = t("Friends of the house · week {week}", week=int(told.week.partition("-W")[2]))
    blocks: list[Block] = [
        heading(title, "digest"),
        *([on_top(greeting)] if greeting else []),
        *_friends(known, told),
        *_listed(known, told),
        *_unclaimed(known, told),
        *_coming(known, told),
        *(look(known, told.look) if told.look else []),
        small(
            " · ".join([*([] if alone else [_below(t, told)]), *_foot(known, set_up_by)]),
            "digest_foot",
        ),
    ]
    ids = [one.partner_id for one in told.friends.lines]
    ids += [one.partner_id for one in told.unclaimed.lines]
    names = t.list(list(filter(None, map(known.name, ids)))[:NAMED])
    return Reply(
        notice("{title}: {names}" if names else "{title}", title=title, names=names), blocks
    )


def rest(known: Known, told: Digest, missing: Missing | None = None) -> Reply | None:
    """What there was no room for, below the picture; None where all is said.

    `missing`: why the picture could not be shown, which is said here.
    """
    t = known.t
    without = [digest_picture.instead(t, missing)] if missing else []
    every = _rest_lines(known, told)
    quiet = _to_take(known, told.unclaimed.rest)
    if not (every or quiet):
        return Reply(notice(digest_picture.sentence(t, missing)), without) if missing else None
    title = t("**More from the overview**")
    blocks: list[Block] = [*without, rich(title, block_id="digest_rest")]
    blocks += [_bullets(every[:THREAD], "digest_rest_list")] if every else []
    blocks += _more(t, len(every[THREAD:]) + _untold(told))
    blocks += _section(t("**Who takes it?**"), "digest_rest_unclaimed", quiet)
    return Reply(notice(title), blocks)


def _rest_lines(known: Known, told: Digest) -> list[RichTextSection]:
    friends = [lines.friend(known, one) for one in told.friends.rest if known.name(one.partner_id)]
    spoken = [lines.since(known, one) for one in told.since.rest]
    coming = [lines.coming(known, one) for one in told.coming.rest]
    return [
        *(line("{text}", text=text) for text in friends),
        *filter(None, (*spoken, *coming)),
    ]


def _untold(told: Digest) -> int:
    """How much is in no message; who is not taken comes in one of the next."""
    return sum(section.more for section in (told.friends, told.since, told.coming))


def _more(t: Translator, number: int) -> list[Block]:
    if not number:
        return []
    said = t.n(
        "And one more: it is on the card.", "And {number} more: they are on the cards.", number
    )
    return [small(said, "digest_more")]


def whole(above: Reply, picture: Sequence[Block], below: Reply | None) -> Reply:
    """All of it together where there is no thread, the foot last."""
    *sections, foot = above.blocks
    return Reply(above.text, [*sections, *picture, *(below.blocks if below else []), foot])


def again(t: Translator, last: Reply) -> Reply:
    """The last one, where there is nothing new since."""
    return Reply(last.text, [*nothing(t).blocks, *last.blocks])


def nothing(t: Translator) -> Reply:
    """When a colleague asks and there is nothing new."""
    sentence = t("Nothing new since the last one. Friends of the house is skipped while it is so.")
    return Reply(notice(sentence), [rich(sentence, block_id="digest_nothing")])


def nothing_yet(t: Translator) -> Reply:
    """The same where there has not been one."""
    sentence = t("There is nothing to tell yet. Friends of the house is skipped while it is so.")
    return Reply(notice(sentence), [rich(sentence, block_id="digest_nothing")])


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


def _section(title: str, block_id: str, shown: Sequence[Block]) -> list[Block]:
    return [rich(title, block_id=block_id), *shown] if shown else []


def _bullets(listed: Sequence[RichTextSection], block_id: str) -> Block:
    return RichTextBlock([RichTextList("bullet", list(listed))], block_id=block_id)


def _below(t: Translator, told: Digest) -> str:
    if told.has_more:
        return t("The circle and the rest are in the thread")
    return t("The circle is in the thread")


def _foot(known: Known, set_up_by: Sequence[str]) -> Iterator[str]:
    t, room = known.t, known.room
    yield t("Your own are on Partnerbot’s Home")
    if set_up_by:
        named = [cut(name, room.called) for name in set_up_by[: room.people]]
        yield t("Set up by {who}", who=t.list(named))


def _length(reply: Reply) -> int:
    """Characters that are read."""
    return sum(map(len, _texts(reply.payload()["blocks"])))


def _texts(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "text" and isinstance(value, str):
                yield value
            yield from _texts(value)
    elif isinstance(part, list):
        for one in part:
            yield from _texts(one)
