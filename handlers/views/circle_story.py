"""The whole story of a partner in the circle, with the ways to put it right."""

from datetime import date

from slackblocks import Block, Button, ModalView, RichTextBlock, RichTextList

from bot.circle import Level
from bot.circle_activity import Activity
from bot.circle_course import Course
from bot.circle_gate import Answer, Criterion, Gate
from bot.circle_partner import carries_level
from bot.circle_words import CRITERION, STANDING
from bot.partner import Partner
from bot.text import capital
from bot.translation import Translator
from handlers.views import circle_way
from handlers.views.circle import (
    BEGIN,
    NAME,
    About,
    about,
    activity_line,
    finding,
    hello_line,
    standing,
    trial_line,
)
from handlers.views.partner import SHOW
from handlers.views.parts import button, cut, line, plain, rich, row

GATE = "circle_gate"
EDIT_ACTIVITY = "circle_edit_activity"
ADD_ACTIVITY = "circle_add_activity"
NOW_ACTIVITY = "circle_now_activity"
NOW_TRIAL = "circle_now_trial"

ENTRIES_TOLD = 25  # the newest of them
ACTIVITIES_TOLD = 8


def story_view(t: Translator, partner: Partner, course: Course, today: date) -> ModalView:
    """The whole of it, with the ways to put it right."""
    blocks: list[Block] = [
        rich(t(standing(partner)), block_id="story_standing", name=cut(partner.name, NAME))
    ]
    mine = about(partner)
    for activity in course.running[:ACTIVITIES_TOLD]:
        blocks += activity_with_buttons(t, mine.of(activity), activity, today)
    if course.trial:
        decide = button(t("Decide now"), NOW_TRIAL, str(mine.of(course.trial)))
        blocks += [trial_line(t, course.trial, today, "story_trial"), row("story_decide", decide)]
    if course.gate:
        blocks += _criteria(t, course.gate, today)
    if course.hello_on:
        blocks.append(hello_line(t, course.hello_on, today, "story_hello"))
    blocks.append(rich(t("**So far**"), block_id="story_title"))
    blocks.append(_way(t, course, today))
    blocks.append(row("story_buttons", *_ways_on(t, partner, course)))
    return ModalView(
        plain(t("The history")), blocks, close=plain(t("Close")), callback_id="circle_story"
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


def activity_with_buttons(
    t: Translator, here: About, activity: Activity, today: date
) -> list[Block]:
    """What we do together, to be put right or ended."""
    value = str(here)
    return [
        activity_line(t, activity, today, f"story_activity.{activity.id}"),
        row(
            f"story_activity_buttons.{activity.id}",
            button(t("Correct"), f"{EDIT_ACTIVITY}.{activity.id}", value),
            button(t("It is over …"), f"{NOW_ACTIVITY}.{activity.id}", value),
        ),
    ]


def _criteria(t: Translator, gate: Gate, today: date) -> list[Block]:
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
        return [finding(t, gate, today, "story_gate")]
    notes = RichTextBlock([RichTextList("bullet", noted)], block_id="story_notes")
    return [finding(t, gate, today, "story_gate"), notes]


def _way(t: Translator, course: Course, today: date) -> Block:
    entries = list(reversed(circle_way.told(t, course, today, whole=True)[-ENTRIES_TOLD:]))
    if not entries:
        nothing = t("Nobody has moved them yet.")
        return rich(nothing, block_id="story_way")
    return RichTextBlock([RichTextList("bullet", entries)], block_id="story_way")
