"""What colleagues have done with the partner these two weeks, told to who begins a check."""

from dataclasses import dataclass
from datetime import date

from slackblocks import Block

from bot.contact import Contact
from bot.round import Round
from bot.tjek import Check
from bot.translation import Translator
from handlers.views.contact_double import double_lines, write_to
from handlers.views.parts import Person, rich
from handlers.views.tjek_ask import other_line


@dataclass(frozen=True)
class Lately:
    """A colleague's newest contact with the partner, and a colleague's unfinished check of it."""

    contact: Contact | None = None
    check: Check | None = None
    asked: tuple[Round, str] | None = None  # an open round, and what it is about


def lately_lines(t: Translator, lately: Lately, today: date, team: str) -> list[Block]:
    """One line for each, with a way to write; the other's answers and idea are private still."""
    blocks: list[Block] = []
    if lately.contact:
        blocks += double_lines(t, lately.contact, today, team)
    if lately.check:
        begun_by, begun = lately.check.started_by, lately.check.started_at
        blocks.append(
            rich(
                t("{who} **is in the middle of a check of {partner}** (begun {ago}). {write}"),
                block_id="tjek_under_way",
                who=Person(begun_by),
                partner=lately.check.partner_name,
                ago=t.ago(begun.astimezone(t.zone).date(), today),
                write=write_to(t, begun_by, team),
            )
        )
    if lately.asked:
        blocks.append(other_line(t, *lately.asked, "tjek_asked"))
    return blocks
