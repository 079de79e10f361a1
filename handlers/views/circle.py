"""Where a partner stands in the circle, as the card shows it, and the whole story in a modal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from slackblocks import Block, RichTextBlock, RichTextList

from bot.circle import Level
from bot.circle_activity import Activity
from bot.circle_course import Course
from bot.circle_gate import Criterion, Gate, result
from bot.circle_partner import carries_level
from bot.circle_trial import Trial
from bot.circle_words import CRITERION, OLD_FRIEND, POSSIBLE
from bot.partner import Partner, Status
from bot.translation import Translator
from bot.words import OUTSIDE, RELATION
from handlers.views import circle_way
from handlers.views.parts import People, button, rich, row

BEGIN = "circle_begin"
STORY = "circle_story"

ENTRIES_SHOWN = 3  # on the card; enough to see which way it goes
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
    round_id: int = 0  # an evaluation's, which is decided with it
    sense_id: int = 0  # an evaluation's, after which it was asked whether it still makes sense

    def __str__(self) -> str:
        ids = (self.partner_id, self.level, self.subject_id, self.version, self.question_id)
        return ":".join(map(str, (*ids, self.round_id, self.sense_id)))

    @classmethod
    def read(cls, text: str) -> "About":
        """From a button's value or a view's private_metadata."""
        partner_id, level, *rest = text.split(":")
        return cls(int(partner_id), Level(level), *map(int, rest))

    def of(self, subject: Activity | Trial) -> "About":
        """The same, about this activity or trial."""
        return replace(self, subject_id=subject.id, version=subject.version)


@dataclass(frozen=True)
class Whom:
    """Those we ask, named in a sentence to `reader`."""

    users: tuple[str, ...]
    reader: str

    def words(self, t: Translator) -> People | str:
        """As the object of the sentence."""
        return t("you") if self.users == (self.reader,) else People(self.users)


def about(partner: Partner, question_id: int = 0) -> About:
    """The partner as it is now."""
    return About(partner.id, partner.level, question_id=question_id)


def lines(t: Translator, partner: Partner, course: Course, today: date) -> list[Block]:
    """What the card says of it, below where we stand."""
    if not carries_level(partner.relation_type):
        return [outside_line(t, "card_outside")]
    blocks = [
        activity_line(t, activity, today, f"card_activity.{n}")
        for n, activity in enumerate(course.running[:ACTIVITIES_SHOWN])
    ]
    if course.trial:
        blocks.append(trial_line(t, course.trial, today, "card_trial"))
    if course.gate and partner.level is not Level.NETWORK:
        blocks.append(finding(t, course.gate, today, "card_gate"))
    if course.hello_on:
        blocks.append(hello_line(t, course.hello_on, today, "card_hello"))
    if told := circle_way.told(t, course, today):
        newest = list(reversed(told[-ENTRIES_SHOWN:]))
        blocks.append(RichTextBlock([RichTextList("bullet", newest)], block_id="card_moves"))
    return blocks


def buttons(t: Translator, partner: Partner, course: Course) -> list[Block]:
    """The card's way into the circle."""
    if partner.archived or not carries_level(partner.relation_type):
        return []
    there = [button(t("Move in the circle"), BEGIN, str(partner.id))]
    if course.begun or partner.level is not Level.NETWORK:
        there.append(button(t("See the history"), STORY, str(partner.id)))
    return [row("card_circle_buttons", *there)]


def standing(partner: Partner) -> str:
    """The whole sentence (a msgid) on where we stand with them."""
    if carries_level(partner.relation_type) and partner.status is Status.ENDED:
        return OLD_FRIEND
    if carries_level(partner.relation_type) and partner.status is Status.POSSIBLE:
        return POSSIBLE
    return OUTSIDE.get(partner.relation_type) or RELATION[partner.level]


def finding(t: Translator, gate: Gate, today: date, block_id: str) -> Block:
    """What the six criteria have come to, and when they were answered."""
    laid_out = result(gate)
    parts = [t("**{met} of 6 criteria are in place.**")]
    if not (laid_out.missing or laid_out.unknown):
        parts = [t("**All six criteria are in place.**")]
    elif not (laid_out.met or laid_out.missing):
        parts = [t("Nobody knows yet how the six criteria stand.")]
    elif not laid_out.met:
        parts = [
            t("None of the criteria is in place yet. It can still be a really good collaboration.")
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
        day=t.day(gate.at, today),
    )


def activity_line(t: Translator, activity: Activity, today: date, block_id: str) -> Block:
    """What we do together."""
    ends_on = activity.ends_on
    if ends_on is None:
        return rich(t("**Together:** {what}"), block_id=block_id, what=activity.what)
    if ends_on < today:
        sentence, day = t("**Together:** {what} (ended {day})"), t.ago(ends_on, today)
    else:
        sentence, day = t("**Together:** {what} (until {day})"), t.long_day(ends_on, today)
    return rich(sentence, block_id=block_id, what=activity.what, day=day)


def trial_line(t: Translator, trial: Trial, today: date, block_id: str) -> Block:
    """Until when it is tried."""
    sentence = t("**On trial until {day}.** It began {begun}")
    return rich(
        sentence + (t(", agreed with {whom}.") if trial.agreed_with else "."),
        block_id=block_id,
        day=t.long_day(trial.decide_on, today),
        begun=t.ago(trial.begun_on, today),
        whom=trial.agreed_with,
    )


def hello_line(t: Translator, on: date, today: date, block_id: str) -> Block:
    """When an old friend is greeted, as was promised at the end."""
    return rich(t("**We say hello:** {day}"), block_id=block_id, day=t.long_day(on, today))


def outside_line(t: Translator, block_id: str) -> Block:
    """Why they have no place, and what to do where they have come to deserve one."""
    sentence = t(
        "They have no place in the circle, since we do nothing together. If we do so"
        " now, change what they are to us."
    )
    return rich(sentence, block_id=block_id)


def _listed(t: Translator, criteria: Sequence[Criterion]) -> str:
    return t.list([t(CRITERION[one]) for one in criteria])
