"""What Home shows the coordinator on the first days: the four steps, and the text for the house."""

from slackblocks import (
    Block,
    Button,
    InputBlock,
    ModalView,
    PlainTextInput,
    RichText,
    RichTextBlock,
    RichTextChannel,
    RichTextSection,
    SectionBlock,
)

from bot.home import Desktop, FirstSteps
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views import import_form, tjek, workspace
from handlers.views.partner import ADD
from handlers.views.parts import button, heading, plain, rich, row

READY_TEXT = "home_text"
TEXT_READ = "home_text_read"  # callback id
TEXT = "text"


def for_coordinator(t: Translator, desktop: Desktop) -> list[Block]:
    """The first steps until all are done.

    Where nobody coordinates, everybody is shown the one line with which somebody can.
    """
    blocks: list[Block] = []
    if desktop.nobody_coordinates:
        blocks.append(nobody(t))
    if desktop.first_steps:
        blocks += _steps(t, desktop.first_steps)
    return blocks


def text_view(t: Translator, library: Workspace) -> ModalView:
    """The finished text for the whole house, and where it belongs.

    In a field, where one can mark it all and copy it, on a phone too; nothing of it is kept.
    """
    said = t(
        "We have got a helper for our partners. Write /partner and the name of one you work with."
        " If you know them, press “I know them”. That is all. It does not read our messages and"
        " measures nobody."
    )
    often = t("For now it writes only when one of us asks it to.")
    if library.switched_on:
        often = t("By itself it writes to each of us at most twice a week.")
    return ModalView(
        plain(t("For the house")),
        [
            _where(t, library.partner_channel),
            InputBlock(
                plain(t("The finished text")),
                PlainTextInput(TEXT, initial_value=f"{said} {often}", multiline=True),
                hint=plain(
                    t("Change it so that it sounds like you. Copy it and send it yourself.")
                ),
                block_id=TEXT,
                optional=True,
            ),
        ],
        submit=plain(t("Done")),
        close=plain(t("Close")),
        callback_id=TEXT_READ,
    )


def nobody(t: Translator) -> Block:
    """That there is no coordinator yet, and with one press one is."""
    return SectionBlock(
        plain(t("Nobody coordinates your partners in Partnerbot yet. It takes ten minutes.")),
        block_id="home_nobody",
        accessory=workspace.become_button(t),
    )


def _steps(t: Translator, steps: FirstSteps) -> list[Block]:
    settings = t("1. Language, coordinator and channel")
    partners = t("2. Your partners")
    check = t("3. Try a check")
    switch = t("4. Tell the house about it, and switch on")
    choose = button(t("Choose"), workspace.LIBRARY)
    add = button(t("Add a partner"), f"{ADD}.first")
    try_one = button(t("Check an idea"), f"{tjek.BEGIN}.first")
    see = button(t("See the text"), READY_TEXT)
    who = t("Who coordinates, and where may I write when you ask me to?")
    five = t("Write down the five most important. You may just paste a mail signature.")
    something = t("Take something that you are considering right now.")
    text = t("A finished text for your channel is ready.")
    blocks: list[Block] = [
        heading(t("Four things, ten minutes"), "home_steps"),
        _done(t, 1, settings) if steps.settings else _to_do(1, settings, who, choose),
        *([_done(t, 2, partners)] if steps.partners else _partners(t, partners, five, add)),
        _done(t, 3, check) if steps.check else _to_do(3, check, something, try_one),
        # She may switch on first and tell afterwards.
        _done(t, 4, switch, see) if steps.switched_on else _to_do(4, switch, text, see),
    ]
    return blocks + ([] if steps.switched_on else _switching_on(t))


def _done(t: Translator, number: int, step: str, way: Button | None = None) -> Block:
    return _step(number, t("{step} – done", step=step), way)


def _to_do(number: int, step: str, how: str, way: Button) -> Block:
    return _step(number, f"{step}\n{how}", way)


def _partners(t: Translator, step: str, how: str, way: Button) -> list[Block]:
    """One at a time, or all of them from the list that every library has."""
    whole = t("Have you got a list? Fetch it, and you are done in an afternoon.")
    fetch = button(t("Fetch your partners"), import_form.BEGIN)
    beside = SectionBlock(plain(whole), block_id="home_fetch", accessory=fetch)
    return [_to_do(2, step, how, way), beside]


def _step(number: int, text: str, way: Button | None = None) -> Block:
    return SectionBlock(plain(text), block_id=f"home_step.{number}", accessory=way)


def _switching_on(t: Translator) -> list[Block]:
    sentence = t(
        "_I write to nobody before you have chosen it._ When it is switched on, colleagues can ask"
        " in your channel who knows a partner, and ask each other about a check. On Tuesdays I"
        " write of what is due and what is new."
    )
    switch = row("home_switch", button(t("Switch on"), workspace.SWITCH))
    return [rich(sentence, block_id="home_silent"), switch]


def _where(t: Translator, channel: str | None) -> Block:
    if channel is None:
        return rich(t("Put this into the channel where most of you are:"), block_id="tell_where")
    before, _, after = t("Put this into {channel}:").partition("{channel}")
    parts = [RichText(before), RichTextChannel(channel), RichText(after)]
    return RichTextBlock([RichTextSection(parts)], block_id="tell_where")
