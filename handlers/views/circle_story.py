"""The whole story of a partner in the circle, with the ways to put it right."""

from datetime import date, datetime

from slackblocks import Block, Button, ModalView, RichTextBlock, RichTextList, RichTextSection

from bot.circle import Level
from bot.circle_activity import Activity
from bot.circle_course import Course
from bot.circle_gate import Answer, Criterion, Gate
from bot.circle_partner import carries_level
from bot.circle_trial import Outcome, Trial
from bot.circle_words import CRITERION, STANDING
from bot.partner import Partner
from bot.translation import Translator
from handlers.views.circle import (
    BEGIN,
    NAME,
    About,
    about,
    activity_line,
    capital,
    day_of,
    finding,
    move_line,
    standing,
    trial_line,
)
from handlers.views.partner import SHOW
from handlers.views.parts import Person, button, cut, line, plain, rich, row

GATE = "circle_gate"
EDIT_ACTIVITY = "circle_edit_activity"
ADD_ACTIVITY = "circle_add_activity"
NOW_ACTIVITY = "circle_now_activity"
NOW_TRIAL = "circle_now_trial"

MOVES_TOLD = 25  # the newest of them
ACTIVITIES_TOLD = 8


def story_view(t: Translator, partner: Partner, course: Course, today: date) -> ModalView:
    """The whole of it, with the ways to put it right."""
    blocks: list[Block] = [
        rich(t(standing(partner)), block_id="story_standing", name=cut(partner.name, NAME))
    ]
    mine = about(partner)
    for activity in course.running[:ACTIVITIES_TOLD]:
        blocks += _activity_with_buttons(t, mine.of(activity), activity)
    if course.trial:
        decide = button(t("Decide now"), NOW_TRIAL, str(mine.of(course.trial)))
        blocks += [trial_line(t, course.trial, today, "story_trial"), row("story_decide", decide)]
    if course.gate:
        blocks += _criteria(t, course.gate)
    blocks.append(rich(t("**The way so far**"), block_id="story_title"))
    blocks.append(_way(t, course, today))
    blocks.append(row("story_buttons", *_ways_on(t, partner, course)))
    return ModalView(
        plain(t("The story")), blocks, close=plain(t("Close")), callback_id="circle_story"
    )


def card_button(t: Translator, partner_id: int, *, six: bool = False) -> list[Block]:
    """The way back to the card; `six`: beside the way to the criteria."""
    there = [button(t("See the six criteria"), GATE, str(partner_id))] if six else []
    return [row("circle_card", *there, button(t("Show the card"), SHOW, str(partner_id)))]


def _ways_on(t: Translator, partner: Partner, course: Course) -> list[Button]:
    number, here = str(partner.id), str(about(partner))
    there = []
    if not partner.archived and carries_level(partner.relation_type):
        there.append(button(t("Move in the circle"), BEGIN, number))
        words = t("Answer the six again") if course.gate else t("See the six criteria")
        there.append(button(words, GATE, number))
        if partner.level is not Level.NETWORK:
            there.append(button(t("Add an activity"), ADD_ACTIVITY, here))
    return [*there, button(t("Show the card"), SHOW, number)]


def _activity_with_buttons(t: Translator, here: About, activity: Activity) -> list[Block]:
    value = str(here)
    return [
        activity_line(t, activity, f"story_activity.{activity.id}"),
        row(
            f"story_activity_buttons.{activity.id}",
            button(t("Correct"), f"{EDIT_ACTIVITY}.{activity.id}", value),
            button(t("It is over …"), f"{NOW_ACTIVITY}.{activity.id}", value),
        ),
    ]


def _criteria(t: Translator, gate: Gate) -> list[Block]:
    noted = [
        line(
            t("{criterion} ({standing}): {note}"),
            criterion=capital(t(CRITERION[one])),
            standing=t(STANDING[answer.standing]).lower(),
            note=answer.note,
        )
        for one in Criterion
        if (answer := gate.answers.get(one, Answer())).note
    ]
    if not noted:
        return [finding(t, gate, "story_gate")]
    notes = RichTextBlock([RichTextList("bullet", noted)], block_id="story_notes")
    return [finding(t, gate, "story_gate"), notes]


def _way(t: Translator, course: Course, today: date) -> Block:
    told: list[tuple[datetime, RichTextSection]] = [
        (move.at, move_line(t, move, today, whole=True)) for move in course.moves
    ]
    told += [
        (trial.settled_at, _stayed(t, trial, trial.settled_at, today))
        for trial in course.trials
        if trial.outcome is Outcome.COLLABORATION and trial.settled_at
    ]
    told.sort(key=lambda entry: entry[0])
    if not told:
        nothing = t("Nobody has moved them yet.")
        return rich(nothing, block_id="story_way")
    entries = [entry for _, entry in reversed(told[-MOVES_TOLD:])]
    return RichTextBlock([RichTextList("bullet", entries)], block_id="story_way")


def _stayed(t: Translator, trial: Trial, at: datetime, today: date) -> RichTextSection:
    return line(
        t("{day}: the trial ended, and it stayed a collaboration, {who}."),
        day=day_of(t, at, today),
        who=Person(trial.settled_by or ""),
    )
