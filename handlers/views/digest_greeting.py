"""The line that a coordinator may put on top of the next digest."""

from collections.abc import Sequence
from datetime import date

from slackblocks import ActionsBlock, Block, InputBlock, ModalView, PlainTextInput

from bot.digest import GREETING_LENGTH
from bot.edits import stamp
from bot.timetable_week import week_of
from bot.translation import Translator
from handlers.views.parts import Person, Reply, Typed, button, notice, plain, rich, row, small
from handlers.views.parts_values import in_todays_form

GREET = "digest_greet"
FORM = "digest_greeting"  # callback id
TEXT = "greeting"  # block and action id, and the field


def way(t: Translator, greeting: str) -> ActionsBlock:
    """The button below what a coordinator sees of the next one."""
    words = t("Change the greeting") if greeting else t("Write a greeting")
    return row("digest_greet", button(words, GREET, "next"))


def form_view(
    t: Translator,
    day: date,
    today: date,
    greeting: str,
    above: Sequence[Block] = (),
    *,
    typed: str | None = None,
) -> ModalView:
    """One line; empty takes it away. What was `typed` stands in place of the greeting there is."""
    field = PlainTextInput(
        TEXT,
        initial_value=(greeting if typed is None else typed) or None,
        max_length=GREETING_LENGTH,
        placeholder=t("Good Tuesday. Thank you to all who came to coffee with partners."),
    )
    hint = t(
        "It stands on top of the next one, on {day}, and only there. I put your first name behind"
        " it. Empty takes it away.",
        day=t.long_day(day, today),
    )
    return ModalView(
        plain(t("A greeting")),
        [
            *above,
            InputBlock(
                plain(t("One line to everybody in the house")),
                field,
                hint=plain(hint),
                block_id=TEXT,
                optional=True,
            ),
        ],
        submit=plain(t("Save")),
        close=plain(t("Cancel")),
        callback_id=FORM,
        private_metadata=f"{week_of(day)}:{stamp(greeting)}",
    )


@in_todays_form()
def shown(note: str, day: date) -> str:
    """The stamp of that day's greeting as the form showed it; it showed none of another week."""
    week, stamped = note.split(":")
    return stamped if week == week_of(day) else stamp("")


def changed_meanwhile(t: Translator, by: str, greeting: str) -> list[Block]:
    """A colleague was faster: what stands there now, above the one that was typed."""
    if not greeting:
        said = t("**{who} has taken the greeting away meanwhile.** Yours stands below.")
        return [rich(said, "digest_greeting_meanwhile", who=Person(by))]
    said = t(
        "**{who} has changed the greeting meanwhile:** _{greeting}_\nYours stands below. Save to"
        " put it in its place."
    )
    return [rich(said, "digest_greeting_meanwhile", who=Person(by), greeting=greeting)]


def read_text(typed: Typed) -> str:
    """What was written."""
    return str(typed[TEXT][TEXT].get("value") or "")


def comes(t: Translator, day: date, today: date) -> Block:
    """When what is shown will be said."""
    words = t("It comes on {day}. This is how it looks now.", day=t.long_day(day, today))
    return small(words, "digest_comes")


def kept(t: Translator, day: date, today: date, greeting: str) -> Reply:
    """Where it will stand, and how: `greeting` with her name behind it."""
    sentence = t("Friends of the house comes without a greeting.")
    if greeting:
        sentence = t("Your greeting stands on top of Friends of the house on {day}.")
    values = {"day": t.long_day(day, today)} if greeting else {}
    blocks: list[Block] = [rich(sentence, "digest_greeting_kept", **values)]
    if greeting:
        blocks.append(on_top(greeting))
    return Reply(notice(sentence, **values), blocks)


def on_top(greeting: str) -> Block:
    """The line itself, as it stands there."""
    return rich("_{greeting}_", "digest_greeted", greeting=greeting)


def never(t: Translator) -> Reply:
    """Closed for as long as the calendar reaches."""
    sentence = t("There is no partner day ahead. Look at the closed days in the settings.")
    return Reply(notice(sentence), [rich(sentence, "digest_greeting_never")])
