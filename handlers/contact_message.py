"""The shortcut on a message: partner, day and words suggested from it."""

import html
import re
from datetime import UTC, datetime

from bot.contact import ABOUT_LENGTH, Contact
from bot.contact_day import guess_day
from bot.contact_line import guess_kind, guess_partner
from bot.partner import Hit
from bot.text import one_line, shortened
from bot.workspace_roles import Action
from handlers.desk import Desk
from handlers.turn import Turn
from handlers.views import contact_form as form
from storage import contact_search
from storage import partner as register_of
from storage.database import Connection

# Slack's own signs in a message's text (docs: formatting message text).
_NAMED = re.compile(r"<[^<>|]*\|([^<>]*)>")  # a link, channel or group with its words
_ADDRESS = re.compile(r"<(?:mailto:)?([^<>@#!][^<>]*)>")
_MENTION = re.compile(r"<[@#!][^<>]*>")
_STYLED = re.compile(r"(?<!\w)([*_~`]+)(?=\S)(.+?)(?<=\S)\1(?!\w)")


def register(desk: Desk) -> None:
    """Sign up."""
    desk.shortcut(form.SHORTCUT, suggest, Action.NOTE_CONTACT)


async def suggest(turn: Turn) -> None:
    """The form with what the message says; nothing is kept before it is saved."""
    message, channel = turn.body["message"], turn.body["channel"]
    text = plain_text(str(message.get("text", "")))
    written = datetime.fromtimestamp(float(message["ts"]), UTC)
    day = guess_day(text, written.astimezone(turn.t.zone).date())
    partner = await turn.read(_guessed, text, str(channel.get("name", "")))
    contact = Contact(
        0, guess_kind(text), day, turn.user, turn.now, about=shortened(text, ABOUT_LENGTH)
    )
    origin = form.Origin(channel=channel["id"], ts=message["ts"])
    await turn.open(form.contact_view(turn.t, contact, partner, origin))


def plain_text(text: str) -> str:
    """A message's text on one line, as people read it: without Slack's signs and mentions."""
    shown = _NAMED.sub(r"\1", text)
    shown = _MENTION.sub("", _ADDRESS.sub(r"\1", shown))
    return one_line(_STYLED.sub(r"\2", html.unescape(shown)))


def _guessed(conn: Connection, team: str, text: str, channel: str) -> Hit | None:
    names = contact_search.mentioned(conn, team, f"{channel} {text}")
    number = guess_partner(text, names, channel=channel)
    partner = register_of.get(conn, team, number) if number else None
    return Hit(partner.id, partner.name) if partner else None
