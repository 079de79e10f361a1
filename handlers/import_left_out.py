"""The rows that were not read in, as a file for the one who read in the others."""

import asyncio
from io import BytesIO

from bot.import_plan import Plan
from bot.import_refused import write
from bot.import_sheet import Columns
from bot.translation import Translator, mark
from handlers import private
from handlers.turn import Turn
from storage import import_log

_STEM = mark("not read in")


async def send(turn: Turn, plan: Plan, columns: Columns | None, number: int) -> None:
    """Send the file in her direct messages, or say there why it could not be sent."""
    await private.or_say_why(turn, _sent(turn, plan, columns, number))


def file_name(t: Translator, stem: str) -> str:
    """What the file is called: what is in it, and of which file's rows."""
    return f"{t(_STEM).replace(' ', '-')}-{stem}.csv"


async def _sent(turn: Turn, plan: Plan, columns: Columns | None, number: int) -> None:
    async def keep(file: str) -> None:
        await turn.house.store.write(import_log.keep_file, turn.team, number, file)

    content = BytesIO()
    await asyncio.to_thread(write, content, columns, plan.left_out, turn.t)
    comment = turn.t(
        "The rows in this file were not read in. The reason stands in each. Put them right, and"
        " read the file in. Only you can see it. Delete it when you have used it."
    )
    name = file_name(turn.t, turn.today.isoformat())
    await private.send(turn, private.File(content.getvalue(), name, comment), keep)
