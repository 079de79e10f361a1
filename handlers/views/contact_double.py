"""That a colleague has just been in touch with them: said before somebody does it a second time."""

from datetime import date
from urllib.parse import urlencode

from slackblocks import Block

from bot.contact import Contact, Kind
from bot.translation import Translator, mark
from handlers.views.parts import Link, Person, rich

SAID = {
    Kind.TALKED: mark("{who} **talked with them {ago}.**"),
    Kind.MET: mark("{who} **met with them {ago}.**"),
    Kind.MAIL: mark("{who} **exchanged mails with them {ago}.**"),
    Kind.EVENT: mark("{who} **was at an event with them {ago}.**"),
    Kind.OTHER: mark("{who} **was in touch with them {ago}.**"),
}
SAID_ABOUT = {
    Kind.TALKED: mark("{who} **talked with them {ago}:** “{about}”."),
    Kind.MET: mark("{who} **met with them {ago}:** “{about}”."),
    Kind.MAIL: mark("{who} **exchanged mails with them {ago}:** “{about}”."),
    Kind.EVENT: mark("{who} **was at an event with them {ago}:** “{about}”."),
    Kind.OTHER: mark("{who} **was in touch with them {ago}:** “{about}”."),
}


def double_lines(t: Translator, contact: Contact, today: date, team: str) -> list[Block]:
    """Who of us it was, when and about what, with a way to write to that colleague.

    `contact` is a colleague's (bot.contact.double). For a modal, Home or a message that one person
    sees: what was noted may name a person of theirs.
    """
    said = SAID_ABOUT if contact.about else SAID
    return [
        rich(
            f"{t(said[contact.kind])} {{write}}",
            block_id="contact_double",
            who=Person(contact.noted_by),
            ago=t.ago(contact.on, today),
            about=contact.about,
            write=write_to(t, contact.noted_by, team),
        )
    ]


def write_to(t: Translator, user: str, team: str) -> Link:
    """A link that opens the direct message with a colleague.

    A web address, because slack:// opens nothing on a computer where Slack runs in the browser;
    and a link, because a button with an address reports its click and wants an answer.
    """
    query = urlencode({"team": team, "channel": user})
    return Link(f"https://slack.com/app_redirect?{query}", t("Write to your colleague"))
