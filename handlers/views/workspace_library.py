"""The library's settings at a glance, and two who changed the same."""

from collections.abc import Mapping, Sequence
from datetime import time

from slackblocks import Block, DividerBlock, Element, ModalView, SectionBlock

from bot.partner import Kind, Room
from bot.privacy_notice import gaps
from bot.translation import Translator, mark
from bot.words import called
from bot.workspace import Language, WorkingHours, Workspace
from bot.workspace_merge import Merge
from bot.workspace_settings import LABEL
from handlers.views.evaluation_instruments import OPEN as INSTRUMENTS
from handlers.views.evaluation_year import open_button
from handlers.views.parts import (
    People,
    Person,
    Reply,
    button,
    cut,
    notice,
    plain,
    rich,
    small,
)
from handlers.views.reminder_cadence import OPEN as CADENCES
from handlers.views.tjek_questions import OPEN
from handlers.views.workspace import OWN_NAME, SWITCH
from handlers.views.workspace_form import CHANNELS, FORMS, OWN_NAMES, TITLES

MENU = "library_menu"
EDIT = "library_edit"

NOBODY_IS_MEASURED = mark(
    "Partnerbot keeps who has talked with whom. It is there to find each other, not to measure"
    " anybody: there is no view per employee."
)

_SUMMARY = 250  # characters below a group's name; the form shows all


def menu(
    t: Translator,
    library: Workspace,
    coordinators: Sequence[str],
    channels: Mapping[str, str],
    above: Sequence[Block] = (),
) -> ModalView:
    """Every group with what it holds now.

    `coordinators` are first names, `channels` the names of the channels by their ids.
    """
    summaries = {
        "basics": " · ".join([OWN_NAME[library.language], library.timezone, *coordinators]),
        "channels": _channels(t, library, channels),
        "hours": _hours(t, library),
        "evaluation": _evaluation(t, library),
        "words": " · ".join(
            f"{t(LABEL[name])}: {t.number(len(getattr(library, name)))}" for name in FORMS["words"]
        ),
        "rooms": " · ".join(called(t, library, room) for room in Room),
        "kinds": " · ".join(
            called(t, library, kind) for kind in Kind if kind not in library.kinds_off
        ),
        "notice": _filled(t, gaps(library)),
        "web": _filled(t, [name for name in FORMS["web"] if not getattr(library, name)]),
    }
    return ModalView(
        plain(t("Library settings"), 24),
        [
            *above,
            *(block for form, now in summaries.items() for block in _group(t, form, now)),
            *_cadences(t),
            *_year(t),
            *_questions(t),
            *_switch(t, library),
            small(t(NOBODY_IS_MEASURED), "library_trust"),
        ],
        close=plain(t("Close")),
        callback_id=MENU,
    )


def became(t: Translator) -> list[Block]:
    """What a new coordinator is greeted with, to stand on top of the settings."""
    return [
        rich(
            t("**You are the coordinator now.** Look through this, and name others if you like."),
            block_id="library_became",
        )
    ]


def handed_over(t: Translator, coordinators: tuple[str, ...]) -> Reply:
    """Saved by somebody who took herself away."""
    sentence = t("Saved. You are no longer the coordinator: {coordinators} took over.")
    return Reply(
        notice(sentence, coordinators=People(coordinators)),
        [rich(sentence, block_id="handed_over", coordinators=People(coordinators))],
    )


def conflict(
    t: Translator, merge: Merge, theirs: Workspace, by: str, channels: Mapping[str, str]
) -> list[Block]:
    """What a colleague changed while this form was open, to stand on top of it."""
    names = t.list(t(LABEL[name]) for name in merge.theirs_changed)
    blocks: list[Block] = [
        rich(
            t("{who} changed this while you wrote: {fields}. Your own changes are still here."),
            block_id="conflict",
            who=Person(by) if by else t("Somebody"),
            fields=names,
        )
    ]
    for name in merge.both_changed:
        value = getattr(theirs, name)
        if isinstance(value, tuple):
            sentence = t("You both changed {fields}. Both changes stand below.")
        else:
            sentence = t("You both changed {fields}. Yours stands below; theirs is: {theirs}")
        blocks.append(
            rich(
                sentence,
                block_id=f"conflict_both.{name}",
                fields=t(LABEL[name]),
                theirs=_theirs(t, name, value, channels),
            )
        )
    return [*blocks, small(t("Look it through and press Save."), "conflict_save")]


def channel_shown(t: Translator, channel: str | None, channels: Mapping[str, str]) -> str:
    """A channel by its name; `channels` are the names by their ids."""
    if channel is None:
        return t("none")
    return f"#{channels[channel]}" if channel in channels else t("a channel I cannot see")


def _group(t: Translator, form: str, summary: str) -> list[Block]:
    return _titled(form, t(TITLES[form]), summary, button(t("Edit"), f"{EDIT}.{form}", form))


def _cadences(t: Translator) -> list[Block]:
    does = t("After how many days without a contact, for each place in the circle.")
    return _titled("cadences", t("How often I ask"), does, button(t("Edit"), CADENCES))


def _year(t: Translator) -> list[Block]:
    does = t("Who is asked when; move one, leave one out, or ask now.")
    return _titled("year", t("The year's evaluations"), does, open_button(t))


def _questions(t: Translator) -> list[Block]:
    does = t("Edit them, switch some off, add your own.")
    evaluations = t("The evaluation's questions")
    return [
        *_titled("questions", t("The check's questions"), does, button(t("Edit"), OPEN)),
        *_titled("instruments", evaluations, does, button(t("Edit"), INSTRUMENTS)),
    ]


def _switch(t: Translator, library: Workspace) -> list[Block]:
    if library.switched_on:
        words = t("Switch off")
        does = t("On: I write on Tuesdays, and in the channel when a colleague asks there.")
    else:
        words = t("Switch on")
        does = t("Off: I write only to whoever asks me something.")
    return _titled("switch", t("What I write by myself"), does, button(words, SWITCH))


def _titled(name: str, title: str, summary: str, accessory: Element) -> list[Block]:
    text = plain(f"{title}\n{cut(summary, _SUMMARY)}")
    return [
        SectionBlock(text, block_id=f"library.{name}", accessory=accessory),
        DividerBlock(block_id=f"library.{name}.end"),
    ]


def _channels(t: Translator, library: Workspace, channels: Mapping[str, str]) -> str:
    return "\n".join(
        f"{t(LABEL[name])}: {channel_shown(t, getattr(library, name), channels)}"
        for name in CHANNELS
    )


def _hours(t: Translator, library: Workspace) -> str:
    closed = len(library.closed_days)
    days = t.n("one closed day or period", "{number} closed days or periods", closed)
    return " · ".join([_working(t, library.working_hours), days if closed else t("no closed days")])


def _evaluation(t: Translator, library: Workspace) -> str:
    said = t("every {months} months", months=library.evaluate_months)
    after = t("{days} days after an activity", days=t.number(library.evaluate_after))
    before = t("{days} days before a trial is decided", days=t.number(library.evaluate_before))
    return f"{said} · {after} · {before}"


def _working(t: Translator, hours: WorkingHours) -> str:
    return t("{start} to {end}", start=_clock(t, hours.start), end=_clock(t, hours.end))


def _clock(t: Translator, moment: time) -> str:
    return t("{hour}:{minute}", hour=moment.hour, minute=f"{moment:%M}")


def _filled(t: Translator, lacking: Sequence[str]) -> str:
    if not lacking:
        return t("All of it is filled in.")
    return t("Still missing: {fields}", fields=" · ".join(t(LABEL[name]) for name in lacking))


def _theirs(t: Translator, name: str, value: object, channels: Mapping[str, str]) -> str:
    match value:
        case bool():
            return t("Yes") if value else t("No")
        case Language():
            return OWN_NAME[value]
        case WorkingHours():
            return _working(t, value)
        case dict():
            standard = OWN_NAMES[name][1]
            return t.list(f"{t(standard[key])}: {own}" for key, own in value.items()) or t("none")
        case _ if name in CHANNELS:
            return channel_shown(t, None if value is None else str(value), channels)
        case _:
            return t("“{words}”", words=value)
