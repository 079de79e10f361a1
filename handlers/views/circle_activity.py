"""The forms of an activity: what we do together, and when it ends."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from slackblocks import Block, DatePicker, InputBlock, ModalView, PlainTextInput

from bot.circle import Level
from bot.circle_activity import Activity
from bot.guard import NOTE_LENGTH
from bot.partner import Partner
from bot.translation import Translator
from handlers.views.circle import NAME, About
from handlers.views.circle_ask import OTHERWISE
from handlers.views.parts import Typed, button, cut, plain, rich, row

BEGUN = "circle_activity_begun"  # callback ids
CORRECTED = "circle_activity_corrected"

WHAT, ENDS_ON = "what", "ends_on"  # block and action ids


def begin_view(t: Translator, partner: Partner, here: About, what: str = "") -> ModalView:
    """A new activity; in the network it makes a collaboration."""
    name = cut(partner.name, NAME)
    if here.level is Level.NETWORK:
        above: list[Block] = [
            rich(
                t("**Then we collaborate with {name}.**"),
                block_id="activity_above",
                name=name,
            )
        ]
        below = [row("activity_ways", button(t("I see it differently …"), OTHERWISE, str(here)))]
        return _form(t, t("Is it a collaboration?"), above, (what, None), below, (BEGUN, here))
    above = [rich(t("**{name}:** the next activity"), block_id="activity_above", name=name)]
    return _form(t, t("Add an activity"), above, (what, None), [], (BEGUN, here))


def correct_view(t: Translator, activity: Activity, here: About) -> ModalView:
    """The text and the day as they stand."""
    stands = (activity.what, activity.ends_on)
    return _form(t, t("Correct the activity"), [], stands, [], (CORRECTED, here))


def read_activity(typed: Typed, before: Activity) -> Activity:
    """The activity as the form has it now."""
    day = typed[ENDS_ON][ENDS_ON].get("selected_date")
    return replace(
        before,
        what=str(typed[WHAT][WHAT].get("value") or ""),
        ends_on=date.fromisoformat(day) if day else None,
    )


def _form(
    t: Translator,
    title: str,
    above: Sequence[Block],
    stands: tuple[str, date | None],
    below: Sequence[Block],
    meant: tuple[str, About],
) -> ModalView:
    what, ends_on = stands
    callback_id, here = meant
    return ModalView(
        plain(title, 24),
        [
            *above,
            InputBlock(
                plain(t("What do you do together?")),
                # Room for more than is stored: what is too long comes back to be shortened.
                PlainTextInput(
                    WHAT,
                    initial_value=what or None,
                    max_length=NOTE_LENGTH,
                    placeholder=plain(t("For example: baby concerts in the children's library")),
                ),
                block_id=WHAT,
            ),
            InputBlock(
                plain(t("When does it end?")),
                DatePicker(ENDS_ON, initial_date=ends_on.isoformat() if ends_on else None),
                hint=plain(
                    t(
                        "Leave it empty until you know. Two weeks after the day I ask on the Home"
                        " tab what happens next."
                    )
                ),
                block_id=ENDS_ON,
                optional=True,
            ),
            *below,
        ],
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=callback_id,
        private_metadata=str(here),
    )
