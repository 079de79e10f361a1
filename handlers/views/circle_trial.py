"""The form of a trial: until when, and with whom it is agreed."""

from datetime import date

from slackblocks import Block, DatePicker, InputBlock, ModalView, PlainTextInput

from bot.circle_trial import Trial
from bot.guard import NOTE_LENGTH
from bot.partner import Partner
from bot.text import capital
from bot.translation import Translator
from handlers.views.circle import NAME, About, Whom, trial_line
from handlers.views.circle_ask import OTHERWISE
from handlers.views.circle_story import card_button
from handlers.views.parts import Typed, button, cut, plain, rich, row

BEGUN = "circle_trial_begun"  # callback ids
POSTPONED = "circle_trial_postponed"

DECIDE_ON, AGREED_WITH = "decide_on", "agreed_with"  # block and action ids


def begin_view(t: Translator, partner: Partner, here: About, usual: date) -> ModalView:
    """It sounds like a good collaboration; will you try it until a day? The `usual` one stands."""
    above = [
        rich(
            t("It sounds like a good collaboration. Will you try it out until a set day?"),
            block_id="trial_above",
            name=cut(partner.name, NAME),
        ),
        _day(t, usual),
        InputBlock(
            plain(t("Who on their side have you agreed it with?")),
            PlainTextInput(AGREED_WITH, max_length=NOTE_LENGTH),
            block_id=AGREED_WITH,
            optional=True,
        ),
        row("trial_ways", button(t("I see it differently …"), OTHERWISE, str(here))),
    ]
    return _form(t, above, BEGUN, here, t("Leave it as it is"))


def postpone_view(t: Translator, trial: Trial, here: About, usual: date, today: date) -> ModalView:
    """Until another day."""
    above = [trial_line(t, trial, today, "trial_above"), _day(t, usual)]
    return _form(t, above, POSTPONED, here, t("Cancel"))


def read_day(typed: Typed) -> date:
    """The day of decision."""
    return date.fromisoformat(typed[DECIDE_ON][DECIDE_ON]["selected_date"])


def read_agreed(typed: Typed) -> str:
    """Whom of theirs it is agreed with."""
    return str(typed[AGREED_WITH][AGREED_WITH].get("value") or "")


def begun_view(
    t: Translator, begun: tuple[Partner, Trial], wished: date, today: date, whom: Whom
) -> ModalView:
    """It is on trial; not until the day `wished` for where nobody works on that."""
    partner, trial = begun
    sentence = t(
        "**{name} is on trial until {day}.** On that day I ask {whom} on the Home tab what you have"
        " decided."
    )
    if wished != trial.decide_on:
        sentence += "\n" + t("{wished} is not a working day, so I chose the next one.")
    name, day = cut(partner.name, NAME), t.long_day(trial.decide_on, today)
    return ModalView(
        plain(t("On trial")),
        [
            rich(
                sentence,
                block_id="trial_begun",
                name=name,
                day=day,
                whom=whom.words(t),
                wished=capital(t.long_day(wished, today)),
            ),
            *card_button(t, partner.id),
        ],
        close=plain(t("Close")),
        callback_id="circle_trial",
    )


def _day(t: Translator, day: date) -> InputBlock:
    return InputBlock(
        plain(t("When do you decide?")),
        DatePicker(DECIDE_ON, initial_date=day.isoformat()),
        hint=plain(t("On that day it becomes a partnership, stays as it is, or ends.")),
        block_id=DECIDE_ON,
    )


def _form(
    t: Translator, blocks: list[Block], callback_id: str, here: About, close: str
) -> ModalView:
    return ModalView(
        plain(t("On trial")),
        blocks,
        submit=plain(t("Try it until then")),
        close=plain(close),
        callback_id=callback_id,
        private_metadata=str(here),
    )
