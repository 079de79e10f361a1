"""Where a partner stands in the circle, as the card shows it, and the whole story in a modal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from slackblocks import Block, RichTextBlock, RichTextList, RichTextSection

from bot.circle import Level, Move, Why
from bot.circle_activity import Activity
from bot.circle_course import Course
from bot.circle_gate import Criterion, Gate, result
from bot.circle_partner import carries_level
from bot.circle_trial import Trial
from bot.circle_words import CRITERION, WHY, moved
from bot.partner import Partner
from bot.translation import Translator
from bot.words import OUTSIDE, RELATION
from handlers.views.parts import Person, button, line, rich, row

BEGIN = "circle_begin"
STORY = "circle_story"

MOVES_SHOWN = 3  # on the card; enough to see which way it goes
ACTIVITIES_SHOWN = 3
NAME = 200  # characters of a partner's name in a sentence


@dataclass(frozen=True)
class About:
    """What a button or a form of the circle is about, as it was when it was drawn."""

    partner_id: int
    level: Level
    subject_id: int = 0  # an activity, a trial, a gate or a move
    version: int = 0
    question_id: int = 0  # answered with it

    def __str__(self) -> str:
        ids = (self.partner_id, self.level, self.subject_id, self.version, self.question_id)
        return ":".join(map(str, ids))

    @classmethod
    def read(cls, text: str) -> "About":
        """From a button's value or a view's private_metadata."""
        partner_id, level, *rest = text.split(":")
        subject_id, version, question_id = map(int, rest)
        return cls(int(partner_id), Level(level), subject_id, version, question_id)

    def of(self, subject: Activity | Trial) -> "About":
        """The same, about this activity or trial."""
        return replace(self, subject_id=subject.id, version=subject.version)


def about(partner: Partner, question_id: int = 0) -> About:
    """The partner as it is now."""
    return About(partner.id, partner.level, question_id=question_id)


def lines(t: Translator, partner: Partner, course: Course, today: date) -> list[Block]:
    """What the card says of it, below where we stand."""
    if not carries_level(partner.relation_type):
        return []
    blocks = [
        activity_line(t, activity, f"card_activity.{n}")
        for n, activity in enumerate(course.running[:ACTIVITIES_SHOWN])
    ]
    if course.trial:
        blocks.append(trial_line(t, course.trial, today, "card_trial"))
    if course.gate and partner.level is not Level.NETWORK:
        blocks.append(finding(t, course.gate, "card_gate"))
    if course.moves:
        newest = [move_line(t, move, today) for move in reversed(course.moves[-MOVES_SHOWN:])]
        blocks.append(RichTextBlock([RichTextList("bullet", newest)], block_id="card_moves"))
    return blocks


def buttons(t: Translator, partner: Partner, course: Course) -> list[Block]:
    """The card's way into the circle."""
    if partner.archived or not carries_level(partner.relation_type):
        return []
    there = [button(t("Move in the circle"), BEGIN, str(partner.id))]
    if course != Course() or partner.level is not Level.NETWORK:
        there.append(button(t("See the story"), STORY, str(partner.id)))
    return [row("card_circle_buttons", *there)]


def standing(partner: Partner) -> str:
    """The whole sentence (a msgid) on where we stand with them."""
    return OUTSIDE.get(partner.relation_type) or RELATION[partner.level]


def finding(t: Translator, gate: Gate, block_id: str) -> Block:
    """What the six criteria have come to, and when they were answered."""
    laid_out = result(gate)
    parts = [t("**{met} of 6 criteria are in place.**")]
    if not (laid_out.missing or laid_out.unknown):
        parts = [t("**All six criteria are in place.**")]
    elif not laid_out.met:
        parts = [
            t("None of the criteria is in place yet. It can be a really good collaboration still.")
        ]
    if laid_out.met and laid_out.missing:
        parts.append(t("Not yet: _{missing}_."))
    if laid_out.met and laid_out.unknown:
        parts.append(t("Don't know: _{unknown}_."))
    return rich(
        " ".join([*parts, "({day})"]),
        block_id=block_id,
        met=t.number(len(laid_out.met)),
        missing=_listed(t, laid_out.missing),
        unknown=_listed(t, laid_out.unknown),
        day=t.day(gate.at),
    )


def day_of(t: Translator, when: datetime | date, today: date) -> str:
    """At the beginning of a line."""
    day = when.astimezone(t.zone).date() if isinstance(when, datetime) else when
    return capital(t.ago(day, today))


def activity_line(t: Translator, activity: Activity, block_id: str) -> Block:
    """What we do together."""
    return rich(
        t("**Together:** {what} (until {day})") if activity.ends_on else t("**Together:** {what}"),
        block_id=block_id,
        what=activity.what,
        day=t.long_day(activity.ends_on) if activity.ends_on else "",
    )


def trial_line(t: Translator, trial: Trial, today: date, block_id: str) -> Block:
    """Until when it is tried."""
    sentence = t("**On trial until {day}.** It began {begun}")
    return rich(
        sentence + (t(", agreed with {whom}.") if trial.agreed_with else "."),
        block_id=block_id,
        day=t.long_day(trial.decide_on),
        begun=t.ago(trial.begun_on, today),
        whom=trial.agreed_with,
    )


def move_line(t: Translator, move: Move, today: date, *, whole: bool = False) -> RichTextSection:
    """One step on the line through time; the whole of it has what was learned, too."""
    judged = move.why is Why.JUDGED
    template = (
        t("{day}: {way}. Moved by {who}, because “{why}”.")
        if judged
        else t("{day}: {way}, {who}: {why}.")
    )
    if whole and move.learned:
        template += " " + t("We take along: “{learned}”.")
    if whole and move.told:
        template += " " + t("Who hears of it: “{told}”.")
    return line(
        template,
        day=day_of(t, move.at, today),
        way=t(moved(move)),
        who=Person(move.by),
        why=_why(t, move),
        learned=move.learned.rstrip("."),
        told=move.told.rstrip("."),
    )


def _why(t: Translator, move: Move) -> str:
    """In the colleague's own words where there are any, behind what was chosen."""
    if not move.reason:
        return t(WHY[move.why])
    if move.inwards or move.why in (Why.OTHER, Why.JUDGED):
        return move.reason.rstrip(".")
    return f"{t(WHY[move.why])} – {move.reason.rstrip('.')}"


def _listed(t: Translator, criteria: Sequence[Criterion]) -> str:
    return t.list([t(CRITERION[one]) for one in criteria])


def capital(text: str) -> str:
    """As at the beginning of a line."""
    return text[:1].upper() + text[1:]
