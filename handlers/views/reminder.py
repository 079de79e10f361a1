"""The weekly message: a line or two for each thing, and at its foot how to get fewer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from slackblocks import Block, Message, RichText, RichTextBlock, RichTextSection

from bot.contact import Contact, Kind
from bot.reminder import Thing, What
from bot.reminder_later import Later
from bot.reminder_letter import Became
from bot.reminder_week import Line, Weekly
from bot.translation import Translator, mark
from handlers.views import contact, workspace
from handlers.views.parts import Person, Reply, button, cut, notice, rich, row, small
from handlers.views.reminder_lines import NAME, Shown, ending, is_of, lines, subject_of

FEWER = "reminder_fewer"
WEEKLY = "reminder_weekly"
LINE = "reminder_line"
UNDO = "reminder_undo"
BACK = "reminder_back"

SETTLED = mark("**{name}:** Nothing waits here any more.")
AGAIN = mark("**{name}** comes back {day}. Until then it stands on your Home tab.")
LET_GO = mark(
    "You are not responsible for **{name}** any more. Friends of the house asks who takes it now."
)
DONE = mark("**{name}:** That is done.")
RESTS = mark("**{name}** is put to rest. Change it on the card when you go on.")
NOT_MINE = mark("You are not responsible for **{name}** any more.")
ASKED = mark("I ask {who}. Until there is an answer, **{name}** is still yours.")
ACCEPTED = mark("{who} said yes and is responsible for **{name}** now.")
REFUSED = mark("{who} cannot just now. **{name}** is still yours.")
REFUSED_FOR = mark("{who} cannot take **{name}** just now.")
ASKED_FOR = mark("I ask {who} about **{name}**, and you hear what the answer is.")
YOURS = mark("You are responsible for **{name}** now.")
NO = mark("You said no to **{name}**, and that is fine. I pass it on.")
_OVER = {
    Became.DONE: DONE,
    Became.RESTS: RESTS,
    Became.NOT_HERS: LET_GO,
    Became.HERS: YOURS,
    Became.DECLINED: NO,
    Became.SETTLED: SETTLED,
}
_UNDONE = {RESTS: Later.PAUSE, LET_GO: Later.NOT_ME, DONE: What.STEP}  # in one click
_SAID = {
    Kind.TALKED: mark("{who} talked with them {ago}."),
    Kind.MET: mark("{who} met with them {ago}."),
    Kind.MAIL: mark("{who} exchanged mails with them {ago}."),
    Kind.EVENT: mark("{who} was at an event with them {ago}."),
    Kind.OTHER: mark("{who} was in touch with them {ago}."),
}


@dataclass(frozen=True)
class Redrawn(Reply):
    """A message in which one line is another now."""

    raw: list[dict[str, Any]] = field(default_factory=list)

    def payload(self) -> dict[str, object]:
        """As Slack takes it."""
        return {"text": self.text, "blocks": self.raw}


def message(
    t: Translator,
    weekly: Weekly,
    shown: Shown,
    stands: Mapping[str, Became] | None = None,
) -> Reply:
    """The whole message; `stands` is how its lines are by now, by the keys of their things."""
    number = len(weekly.lines) + weekly.more
    things = t.n(
        "One thing in your partner week",
        "{number} things in your partner week",
        number,
        number=t.count(number, first=True),
    )
    greeting = t("**Good morning, {name}. {things}:**") if shown.name else "**{things}:**"
    blocks: list[Block] = [rich(greeting, "weekly", name=shown.name, things=things)]
    for line in weekly.lines:
        blocks += _line(t, line, shown, (stands or {}).get(line.thing.key, Became.OPEN))
    if weekly.more:
        more = t.n(
            "And one more on the Home tab.",
            "And {number} more on the Home tab.",
            weekly.more,
            number=t.count(weekly.more),
        )
        blocks.append(small(more, "weekly_more"))
    blocks += [*_on_the_way(t, weekly, shown), *_foot(t, weekly, monthly=shown.monthly)]
    names = t.list(dict.fromkeys(subject_of(line.thing, shown) for line in weekly.lines))
    return Reply(notice("{things}: {names}", things=things, names=names), blocks)


def switched(t: Translator, message: Mapping[str, Any], *, monthly: bool) -> Redrawn:
    """The message with the other of the two buttons: how to get it weekly, or less often."""
    words = t("Every week again") if monthly else t("Write less often")
    before, after = (FEWER, WEEKLY) if monthly else (WEEKLY, FEWER)

    def turned(element: dict[str, Any]) -> dict[str, Any]:
        if not str(element.get("action_id", "")).startswith(before):
            return element
        return element | {"action_id": after, "text": element["text"] | {"text": words}}

    blocks = [
        block | {"elements": [turned(one) for one in block["elements"]]}
        if block["type"] == "actions"
        else block
        for block in message.get("blocks", [])
    ]
    return Redrawn(str(message.get("text", "")), [], blocks)


def redrawn(message: Mapping[str, Any], key: str, instead: list[Block]) -> Redrawn:
    """The message with other blocks in place of those of one thing."""
    new: list[dict[str, Any]] = Message("C", blocks=instead).to_dict()["blocks"]
    blocks: list[dict[str, Any]] = []
    for block in message.get("blocks", []):
        if not is_of(block["block_id"], key):
            blocks.append(block)
        elif new:
            blocks, new = [*blocks, *new], []
    return Redrawn(str(message.get("text", "")), [], [*blocks, *new])


def noted(t: Translator, key: str, name: str, last: Contact) -> list[Block]:
    """The line after the one click."""
    struck = RichTextSection(
        [
            RichText(cut(name, NAME), strike=True),
            RichText(" "),
            RichText(t("Noted."), bold=True),
        ]
    )
    value = f"{last.id}:{key}"
    return [
        RichTextBlock([struck], block_id=f"line.{key}"),
        row(
            f"ways.{key}",
            button(t("Add a line"), f"{LINE}.{ending(key)}", value),
            button(t("Undo"), f"{UNDO}.{ending(key)}", value),
        ),
    ]


def talked(t: Translator, key: str, name: str, last: Contact, today: date) -> list[Block]:
    """The line once a colleague has been in touch with them: nothing is asked any more."""
    who, ago = Person(last.noted_by), t.ago(last.on, today)
    sentence = f"**{{name}}:** {t(_SAID.get(last.kind, _SAID[Kind.OTHER]))}"
    return [rich(sentence, f"line.{key}", name=cut(name, NAME), who=who, ago=ago)]


def done(t: Translator, key: str, sentence: str, **values: object) -> list[Block]:
    """The line once it is settled otherwise; the sentence is a msgid."""
    blocks: list[Block] = [rich(t(sentence), block_id=f"line.{key}", **values)]
    if way := _UNDONE.get(sentence):
        ways = [button(t("Undo"), f"{BACK}.{ending(key)}", f"{way}:{key}")]
        if way is What.STEP:  # what came of it belongs on the card
            _, _, number = key.partition(".")
            ways.insert(0, button(t("Note a contact"), f"{contact.BEGIN}.{ending(key)}", number))
        blocks.append(row(f"ways.{key}", *ways))
    return blocks


def _line(  # noqa: PLR0911 - one for each
    t: Translator, line: Line, shown: Shown, stands: Became
) -> list[Block]:
    thing = line.thing
    last = shown.last.get(thing.partner_id or 0)
    match stands:
        case Became.NOTED if last:
            return noted(t, thing.key, subject_of(thing, shown), last)
        case Became.TALKED if last:
            return talked(t, thing.key, subject_of(thing, shown), last, shown.today)
        case Became.PUT_OFF:
            day = t.long_day(shown.again[thing.key], shown.today)
            return done(t, thing.key, AGAIN, name=subject_of(thing, shown), day=day)
        case Became.OFFERED if thing.partner_id in shown.asked_to:
            return _offered(t, thing, shown, ASKED, ASKED_FOR)
        case Became.ACCEPTED if thing.partner_id in shown.asked_to:
            return _offered(t, thing, shown, ACCEPTED, ACCEPTED)
        case Became.REFUSED if thing.partner_id in shown.asked_to:
            blocks = _offered(t, thing, shown, REFUSED, REFUSED_FOR, part="said")
            return [*blocks, *lines(t, thing, shown), *_last(t, line, shown)]
        case over if over in _OVER:
            return _over(t, thing, shown, over)
        case _:
            return [*lines(t, thing, shown), *_last(t, line, shown)]


def _offered(
    t: Translator, thing: Thing, shown: Shown, hers: str, not_hers: str, *, part: str = "line"
) -> list[Block]:
    """What became of an offer of hers: a sentence (a msgid) where the partner is hers, or else."""
    number = thing.partner_id or 0
    sentence = hers if shown.partners[number].responsible == shown.user else not_hers
    who, name = Person(shown.asked_to[number]), subject_of(thing, shown)
    return [rich(t(sentence), block_id=f"{part}.{thing.key}", who=who, name=name)]


def _over(t: Translator, thing: Thing, shown: Shown, stands: Became) -> list[Block]:
    name, partner = subject_of(thing, shown), shown.partners.get(thing.partner_id or 0)
    if stands is Became.NOT_HERS and partner and partner.responsible:  # a colleague's by now
        return [rich(t(NOT_MINE), f"line.{thing.key}", name=name)]
    return done(t, thing.key, _OVER[stands], name=name)


def _last(t: Translator, line: Line, shown: Shown) -> list[Block]:
    if not line.last:
        return []
    said = t("This is the second time I mention this. From now on it stands on your Home tab.")
    if line.thing.what is What.CARE:
        said = t(
            "This is the second time I mention {name}."
            " From now on they stand on your Home tab instead.",
            name=subject_of(line.thing, shown),
        )
    return [small(said, f"last.{line.thing.key}")]


def _on_the_way(t: Translator, weekly: Weekly, shown: Shown) -> list[Block]:
    known = [shown.partners[one] for one in weekly.on_the_way if one in shown.partners]
    if not known:
        return []
    names = t.list(cut(partner.name, NAME) for partner in known)
    return [rich(t("On the way, but no hurry: {names}."), "weekly_on_the_way", names=names)]


def _foot(t: Translator, weekly: Weekly, *, monthly: bool) -> list[Block]:
    said = t(
        "The last three were left alone, so now I write on the first Tuesday of the month only."
    )
    why = t("It comes because something of yours waits: at most once a week, only when it does.")
    other = button(t("Write less often"), FEWER)
    if weekly.turns_monthly or monthly:
        other = button(t("Every week again"), WEEKLY)
        why = t("It comes because something of yours waits: at most once a month.")
    if weekly.turns_monthly:
        why = t("It comes because something of yours waits: from now on once a month at most.")
    away = button(t("I am away until …"), f"{workspace.OPEN}.away")
    own = button(t("Settings"), f"{workspace.OPEN}.week")
    first: list[Block] = [rich(said, "weekly_monthly")] if weekly.turns_monthly else []
    return [*first, small(why, "weekly_why"), row("weekly_ways", other, away, own)]
