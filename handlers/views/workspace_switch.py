"""Switching on and off what the bot writes by itself: what is sent, and what is not."""

from collections.abc import Mapping

from slackblocks import Block, ModalView

from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views.parts import Reply, notice, plain, rich
from handlers.views.workspace_library import MENU, channel_shown

SUBMIT = "library_switch_save"


def switch_view(
    t: Translator, library: Workspace, channels: Mapping[str, str], *, from_menu: bool
) -> ModalView:
    """Exactly what is sent and what is not, before it is switched on or off.

    Its private_metadata says which way it goes, and whether the menu lies below.
    """
    on = not library.switched_on
    words = t("Switch on") if on else t("Switch off")
    return ModalView(
        plain(words),
        _before_on(t, library, channels) if on else _before_off(t),
        submit=plain(words),
        close=plain(t("Cancel")),
        callback_id=SUBMIT,
        private_metadata=f"{'on' if on else 'off'}:{MENU if from_menu else ''}",
    )


def read_switch(note: str) -> tuple[bool, bool]:
    """Whether it goes on, and whether the menu lies below."""
    to, _, below = note.partition(":")
    return to == "on", bool(below)


def switched(t: Translator, *, on: bool) -> Reply:
    """It is done."""
    sentence = t("It is switched on.") if on else t("It is switched off.")
    return Reply(notice(sentence), [rich(sentence, block_id="switched")])


def _before_on(t: Translator, library: Workspace, channels: Mapping[str, str]) -> list[Block]:
    if library.partner_channel:
        asks = t(
            "**When it is on,** colleagues can ask in {channel} who knows a partner. I write there"
            " only when a colleague presses the button."
        )
    else:
        asks = t(
            "**When it is on,** colleagues can ask in a channel who knows a partner. You have not"
            " chosen the channel yet: that is done under Channels."
        )
    channel = channel_shown(t, library.partner_channel, channels)
    together = t(
        "Colleagues can also ask each other about a check. Then I write to those who are asked,"
        " remind them once, and show the answers in the channel that was chosen."
    )
    weekly = t(
        "On Tuesday mornings I write to each who has something due, and Friends of the house to its"
        " channel where there is something new."
    )
    besides = t(
        "I also write when a colleague offers you a partner, answers about one that you have"
        " offered, chooses you for a next step, or moves a partner of yours in the circle. The"
        " coordinator hears when a colleague has left, and when something did not get through. I"
        " send nothing else."
    )
    return [
        rich(asks, block_id="switch_asks", channel=channel),
        rich(together, block_id="switch_together"),
        rich(weekly, block_id="switch_weekly"),
        rich(besides, block_id="switch_besides"),
        rich(t("I never write to your partners."), block_id="switch_never"),
    ]


def _before_off(t: Translator) -> list[Block]:
    sentence = t(
        "**When it is off,** I write in no channel. I still answer whoever asks me something."
    )
    return [rich(sentence, block_id="switch_off")]
