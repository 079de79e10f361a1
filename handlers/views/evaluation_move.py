"""The small forms of the year of evaluations: another day, other questions, ask now."""

from collections.abc import Mapping, Sequence
from datetime import date

from slackblocks import Block, DatePicker, InputBlock, ModalView, RadioButtonGroup

from bot.evaluation_questions import Instrument
from bot.evaluation_year import Line
from bot.translation import Translator
from handlers.views.evaluation_year import BEYOND, NAME, About, occasion, who
from handlers.views.parts import Typed, cut, option, plain, rich, small

MOVED = "evaluation_moved"  # callback ids
CHOSEN = "evaluation_questions_chosen"
ASKED = "evaluation_asked_now"

DAY, INSTRUMENT = "to_on", "instrument"  # block and action ids


def move_view(t: Translator, line: Line, here: About, today: date) -> ModalView:
    """To which day?"""
    stands = max(line.on or line.due.due_on, today)
    picker = InputBlock(
        plain(t("On which day shall it begin?")),
        DatePicker(DAY, initial_date=stands.isoformat()),
        hint=plain(
            t(
                "There it stays; on a day off it becomes the next working day. Where that is more"
                " than usual for somebody, the list says so."
            )
        ),
        block_id=DAY,
    )
    return _form(t, t("Move to …"), [_name(t, line), picker], t("Move"), MOVED, here)


def questions_view(
    t: Translator, line: Line, here: About, instruments: Sequence[Instrument], usual: str
) -> ModalView:
    """With which questions?"""
    options = {one.id: option(one.name.in_(t.language), one.id) for one in instruments}
    choice = InputBlock(
        plain(t("Which questions?")),
        RadioButtonGroup(INSTRUMENT, [*options.values()], initial_option=options.get(usual)),
        hint=plain(t("This time only. It changes nothing about when they are asked.")),
        block_id=INSTRUMENT,
    )
    return _form(t, t("Other questions"), [_name(t, line), choice], t("Save"), CHOSEN, here)


def now_view(t: Translator, line: Line, here: About, names: Mapping[str, str]) -> ModalView:
    """Who is asked at once, and what that goes beyond."""
    said = t("The round begins now, and its thread is opened. I ask {who}.")
    blocks = [_name(t, line), rich(said, "now_who", who=who(t, line, names))]
    blocks += [small(t(BEYOND[one]), f"now_beyond.{one}") for one in line.beyond]
    return _form(t, t("Ask now"), blocks, t("Ask now"), ASKED, here)


def read_day(typed: Typed) -> date:
    """The day that was chosen."""
    return date.fromisoformat(typed[DAY][DAY]["selected_date"])


def read_instrument(typed: Typed) -> str:
    """The id of the instrument that was chosen."""
    return str(typed[INSTRUMENT][INSTRUMENT]["selected_option"]["value"])


def _name(t: Translator, line: Line) -> Block:
    name = cut(line.relation.name, NAME)
    return rich("**{name}** · {why}", "year_of", name=name, why=occasion(t, line.due))


def _form(
    t: Translator, title: str, blocks: list[Block], yes: str, callback_id: str, here: About
) -> ModalView:
    return ModalView(
        plain(title, 24),
        blocks,
        submit=plain(yes),
        close=plain(t("Cancel")),
        callback_id=callback_id,
        private_metadata=str(here),
    )
