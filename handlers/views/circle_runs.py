"""Where a step outwards is answered by what is still on: a collaboration has something to do."""

from collections.abc import Sequence
from datetime import date

from slackblocks import Block, ModalView

from bot.circle import Level
from bot.circle_activity import Activity
from bot.circle_course import Course
from bot.partner import Partner
from bot.translation import Translator
from handlers.views.circle import NAME, About
from handlers.views.circle_ask import TITLES, otherwise
from handlers.views.circle_story import ACTIVITIES_TOLD, activity_with_buttons
from handlers.views.parts import cut, plain, rich, row


def runs_view(
    t: Translator,
    partner: Partner,
    here: About,
    course: Course,
    still: Sequence[Activity],
    today: date,
) -> ModalView:
    """They stay; with the way to say of each activity that it is over."""
    blocks: list[Block] = [
        rich(
            t("**Then you still collaborate with {name}.** This is still on: {what}."),
            block_id="circle_runs",
            name=cut(partner.name, NAME),
            what=t.list(cut(one.what, NAME).rstrip(".") for one in still[:ACTIVITIES_TOLD]),
        )
    ]
    for activity in course.running[:ACTIVITIES_TOLD]:
        blocks += activity_with_buttons(t, here.of(activity), activity, today)
    return ModalView(
        plain(t(TITLES[Level.PARTNERSHIP])),
        [*blocks, row("circle_ways", otherwise(t, here))],
        close=plain(t("Leave it as it is")),
        callback_id="circle_runs",
    )
