"""A house to look at: a fixed world with every block and element, behind a tiny control API."""

import asyncio
import copy
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from sandbox.page import routes

Json = dict[str, Any]

CIRCLE = """<svg xmlns="http://www.w3.org/2000/svg" width="360" height="240" viewBox="0 0 360 240">
<rect width="360" height="240" fill="#f5f3ee"/><g fill="none" stroke="#17594f" stroke-width="3">
<circle cx="180" cy="120" r="100"/><circle cx="180" cy="120" r="64"/>
</g></svg>"""
# Tuesday, 24 November 2026, 9:12 in Copenhagen.
NOW = 1795507920
BOT = {"user": "UAPP", "bot_id": "B01"}


def plain(text: str, *, emoji: bool = True) -> Json:
    return {"type": "plain_text", "text": text, "emoji": emoji}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str, description: str = "") -> Json:
    more = {"description": plain(description)} if description else {}
    return {"text": plain(text), "value": value, **more}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def section(text: str, block_id: str, **more: Any) -> Json:
    return {"type": "section", "block_id": block_id, "text": mrkdwn(text), **more}


def field(label: str, element: Json, *, hint: str = "", **more: Any) -> Json:
    hints = {"hint": plain(hint)} if hint else {}
    block_id = f"b_{element['action_id']}"
    label_object = plain(label)
    return {
        "type": "input",
        "block_id": block_id,
        "label": label_object,
        "element": element,
        **hints,
        **more,
    }


def message(ts: float, text: str = "", blocks: list[Json] | None = None, **more: Any) -> Json:
    start: Json = {
        "thread_ts": None,
        "ephemeral": False,
        "edited": None,
        "reactions": [],
        "files": [],
    }
    body = {"ts": f"{ts:.6f}", "text": text, "blocks": blocks or [], "replies": []}
    return {**start, **body, **(more if "user" in more else BOT | more)}


def row(*cells: str) -> list[Json]:
    return [{"type": "raw_text", "text": cell} for cell in cells]


RICH: Json = {
    "type": "rich_text",
    "block_id": "rich",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Fed", "style": {"bold": True}},
                {"type": "text", "text": ", skrå", "style": {"italic": True}},
                {"type": "text", "text": ", streget", "style": {"strike": True}},
                {"type": "text", "text": " og "},
                {"type": "text", "text": "kode", "style": {"code": True}},
                {"type": "text", "text": ". Hej "},
                {"type": "user", "user_id": "U01"},
                {"type": "text", "text": " i "},
                {"type": "channel", "channel_id": "C02"},
                {"type": "text", "text": " "},
                {"type": "broadcast", "range": "here"},
                {"type": "emoji", "name": "tada"},
                {"type": "link", "url": "https://example.org/a?b=1&c=2", "text": "et sted"},
                {"type": "date", "timestamp": NOW, "format": "{date_long}", "fallback": "en dag"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "Kaffe"}]},
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "Referat"}]},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "indent": 1,
            "offset": 2,
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "Tre"}]}
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Det sagde de"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "a  =  1"}]},
    ],
}
TABLE: Json = {
    "type": "table",
    "block_id": "table",
    "column_settings": [{"align": "left"}, {"align": "right"}],
    "rows": [row("Mål", "Partnere"), row("Læselyst", "12"), row("Fællesskab", "7")],
}
DATA_TABLE: Json = {
    "type": "data_table",
    "block_id": "data",
    "caption": "Stille længst",
    "rows": [
        row("Partner", "Dage"),
        [
            {"type": "raw_text", "text": "Gymnasiet"},
            {"type": "raw_number", "value": 96, "text": "96"},
        ],
        [
            {"type": "raw_text", "text": "Danseskolen Trin"},
            {"type": "raw_number", "value": 41, "text": "41"},
        ],
    ],
}
PIE: Json = {
    "type": "data_visualization",
    "block_id": "pie",
    "title": "Cirklen",
    "chart": {
        "type": "pie",
        "segments": [
            {"label": "Netværk", "value": 161},
            {"label": "Samarbejde", "value": 38},
            {"label": "Partnerskab", "value": 12},
        ],
    },
}
BARS: Json = {
    "type": "data_visualization",
    "block_id": "bars",
    "title": "Kontakter pr. måned",
    "chart": {
        "type": "bar",
        "series": [
            {
                "name": "Børn",
                "data": [{"label": "Okt.", "value": 8}, {"label": "Nov.", "value": 14.5}],
            },
            {
                "name": "Voksne",
                "data": [{"label": "Okt.", "value": 5}, {"label": "Nov.", "value": 9}],
            },
        ],
        "axis_config": {"categories": ["Okt.", "Nov."], "y_label": "antal"},
    },
}
LEVELS = [
    option("Netværk", "network", "I kender hinanden"),
    option("Samarbejde", "cooperation", "I laver noget sammen"),
    option("Partnerskab", "partnership", "I bygger noget over tid"),
]
SURE = {
    "title": plain("Arkivér Springbræt?"),
    "text": mrkdwn("Historien *bliver* gemt."),
    "confirm": plain("Arkivér"),
    "deny": plain("Behold"),
    "style": "danger",
}
LATER = [option("Om en uge", "7"), option("Om en måned", "30"), option("Giv den videre …", "give")]

DIGEST: list[Json] = [
    {"type": "header", "block_id": "head", "text": plain("Venner af huset · uge 48")},
    {
        "type": "context",
        "block_id": "greet",
        "elements": [mrkdwn("_God tirsdag! Tak til alle, der kom til partnerkaffe. Karen_")],
    },
    section(
        "*Nye venner*\n• *Kodeklubben Nord*, spilværksted for unge. Kendes af Ali (Børn)",
        "new",
        accessory=button("Jeg kender dem", "know"),
    ),
    section(
        "• *Sundhedshuset*, gåture med oplæsning. Kendes af Mette (Voksen)",
        "new2",
        accessory=button("Jeg kender dem", "know2"),
    ),
    section(
        "*Siden sidst*\n• 14 kontakter med 11 venner, senest *Ungdomsskolen* om jobdagen\n"
        "• *Byens Museum* gik fra samarbejde til partnerskab. Fem af seks kendetegn",
        "since",
    ),
    section(
        "*Hvem tager den?*\n• *Havnegades Boghandel*, stille siden 20. februar, ingen tovholder",
        "quiet",
        accessory=button("Jeg tager den", "take", style="primary"),
    ),
    {"type": "divider", "block_id": "line"},
    {
        "type": "context",
        "block_id": "foot",
        "elements": [mrkdwn("Cirklen og resten ligger i tråden · Sat op af Karen")],
    },
]

CARD: list[Json] = [
    section(
        "*Springbræt* · samarbejde\nSidst: dig, i tirsdags, om lektiecaféen",
        "card",
        fields=[mrkdwn("*Tovholder*\nMette Holm"), mrkdwn("*Kontaktpersoner*\n2")],
        accessory={"type": "overflow", "action_id": "later", "options": LATER},
    ),
    {
        "type": "actions",
        "block_id": "acts",
        "elements": [
            button("Notér kontakt", "note", style="primary", value="p1"),
            button("Ret", "edit"),
            button("Arkivér", "archive", style="danger", confirm=SURE),
            button("Se hjemmesiden", "site", url="https://example.org/"),
            {
                "type": "static_select",
                "action_id": "level",
                "placeholder": plain("Flyt i cirklen"),
                "options": LEVELS,
            },
            {"type": "datepicker", "action_id": "day", "placeholder": plain("Vælg en dato")},
        ],
    },
]

GALLERY: list[Json] = [
    RICH,
    TABLE,
    DATA_TABLE,
    PIE,
    BARS,
    {
        "type": "markdown",
        "block_id": "md",
        "text": "## Referat\n\n- *et*\n- **to**\n\n[her](https://example.org)",
    },
    {
        "type": "image",
        "block_id": "pic",
        "slack_file": {"id": "F0PICTURE1"},
        "alt_text": "Cirklen, uge 48",
    },
    {"type": "carousel", "block_id": "odd", "elements": []},
]

FORM: list[Json] = [
    {
        "type": "alert",
        "block_id": "alert",
        "level": "info",
        "text": plain("Vi har måske allerede Springbræt."),
    },
    field(
        "Hvem er det?",
        {
            "type": "plain_text_input",
            "action_id": "name",
            "placeholder": plain("Organisationens navn"),
        },
        hint="Foreningen, firmaet eller afdelingen",
    ),
    field(
        "Note",
        {"type": "plain_text_input", "action_id": "note", "multiline": True},
        hint="Skriv sagligt og kort. Partneren kan få aktindsigt.",
        optional=True,
    ),
    field(
        "Plads i cirklen",
        {
            "type": "static_select",
            "action_id": "level",
            "options": LEVELS,
            "initial_option": LEVELS[0],
        },
    ),
    field(
        "Partner",
        {
            "type": "external_select",
            "action_id": "partner",
            "min_query_length": 2,
            "placeholder": plain("Søg en partner"),
        },
        optional=True,
    ),
    field(
        "Mål",
        {
            "type": "multi_static_select",
            "action_id": "goals",
            "option_groups": [
                {
                    "label": plain("Børn"),
                    "options": [option("Læselyst", "read"), option("Leg", "play")],
                },
                {"label": plain("Voksne"), "options": [option("Fællesskab", "together")]},
            ],
            "initial_options": [option("Leg", "play")],
        },
        optional=True,
    ),
    field("Tovholder", {"type": "users_select", "action_id": "owner", "initial_user": "U02"}),
    field("Kender dem", {"type": "multi_users_select", "action_id": "knows"}, optional=True),
    field("Kanal", {"type": "channels_select", "action_id": "channel"}, optional=True),
    field("Samtale", {"type": "conversations_select", "action_id": "talk"}, optional=True),
    field(
        "Trækker det i samme retning?",
        {
            "type": "radio_buttons",
            "action_id": "pull",
            "options": [
                option("Ja", "yes"),
                option("Delvist", "partly"),
                option("Nej", "no", "En stopklods"),
            ],
        },
    ),
    field(
        "Rum",
        {
            "type": "checkboxes",
            "action_id": "rooms",
            "initial_options": [option("Møderum", "meet")],
            "options": [option("Møderum", "meet"), option("Læringsrum", "learn")],
        },
        optional=True,
    ),
    field("Dato", {"type": "datepicker", "action_id": "date", "initial_date": "2026-12-01"}),
    field("Klokken", {"type": "timepicker", "action_id": "time", "initial_time": "09:30"}),
    field("Mødet", {"type": "datetimepicker", "action_id": "moment", "initial_date_time": NOW}),
    field("Timer", {"type": "number_input", "action_id": "hours", "is_decimal_allowed": True}),
    field("Mail", {"type": "email_text_input", "action_id": "mail"}, optional=True),
    field("Hjemmeside", {"type": "url_text_input", "action_id": "web"}, optional=True),
    field("Beskrivelse", {"type": "rich_text_input", "action_id": "rich"}, optional=True),
    field(
        "Regneark",
        {"type": "file_input", "action_id": "sheet", "filetypes": ["csv", "xlsx"]},
        optional=True,
    ),
    {"type": "actions", "block_id": "more", "elements": [button("Udfyld mere", "more")]},
]

HOME: Json = {
    "id": "VHOME",
    "type": "home",
    "hash": "1",
    "blocks": [
        {"type": "header", "block_id": "hi", "text": plain("God morgen, Sofie :wave:")},
        section(
            "To ting venter. Vi skriver højst én gang om ugen.",
            "two",
            accessory=button("Notér kontakt", "home_note", style="primary"),
        ),
        {"type": "divider", "block_id": "d"},
        *CARD,
        PIE,
        {
            "type": "context",
            "block_id": "c",
            "elements": [plain("Sat op af Karen"), mrkdwn("*Hjælp*: `/partner hjælp`")],
        },
    ],
}


def modal(view_id: str, title: str, blocks: list[Json], **more: Any) -> Json:
    words = {"title": plain(title), "submit": plain("Gem"), "close": plain("Fortryd")}
    return {
        "id": view_id,
        "type": "modal",
        "hash": "1",
        "callback_id": "x",
        "blocks": blocks,
        **words,
        **more,
    }


def member(user: str, name: str, **more: Any) -> Json:
    flags = {"deleted": False, "is_bot": False, "is_restricted": False, "is_admin": False}
    return {
        "id": user,
        "name": name.split(maxsplit=1)[0].lower(),
        "real_name": name,
        "tz": "Europe/Copenhagen",
        **flags,
        **more,
    }


def channel(room_id: str, name: str, messages: list[Json], **more: Any) -> Json:
    flags = {"is_im": False, "is_private": False, "is_archived": False}
    return {"id": room_id, "name": name, "messages": messages, **flags, **more}


def house() -> Json:
    """The state as U01 sees it, fresh for every test."""
    day = 86400
    replies: list[Json] = [
        message(
            NOW - 590,
            "",
            [
                {
                    "type": "image",
                    "block_id": "i",
                    "slack_file": {"id": "F0PICTURE1"},
                    "alt_text": "Cirklen, uge 48: 12 partnerskaber, 38 samarbejder, 161 netværk.",
                }
            ],
        ),
        message(NOW - 200, "Godt set!", user="U02"),
    ]
    partners = [
        message(
            NOW - day - 900, "Er der nogen, der kender *Springbræt*? <@U01> måske?", user="U02"
        ),
        message(
            NOW - day - 840,
            "Ja! Se <https://example.org/springbraet|deres side> :+1:",
            user="U01",
            reactions=[{"name": "tada", "users": ["U02", "U03"], "count": 2}],
        ),
        message(NOW - 700, "", CARD, ephemeral=True),
        message(
            NOW - 500,
            "Referatet ligger her.",
            user="U03",
            edited={"user": "U03", "ts": "1"},
            files=[
                {
                    "id": "F0NOTES001",
                    "name": "referat.pdf",
                    "mimetype": "application/pdf",
                    "size": 48200,
                    "title": "Referat fra mødet",
                    "alt_txt": "",
                },
                {
                    "id": "F0PICTURE1",
                    "name": "cirklen.png",
                    "mimetype": "image/png",
                    "size": 100,
                    "title": "Cirklen",
                    "alt_txt": "Tre ringe med navne",
                },
            ],
        ),
        message(NOW - 300, "", GALLERY),
    ]
    friends = [message(NOW - 600, "Venner af huset", DIGEST, replies=replies)]
    weekly = [message(NOW - 650, "God morgen, *Sofie*. To ting i din partneruge.")]
    return copy.deepcopy(
        {
            "now": "2026-11-24T09:12:00+01:00",
            "team": {"id": "T01", "name": "Byens Bibliotek"},
            "app": {"id": "A01", "bot_user": "UAPP"},
            "channels": [
                channel("C01", "partnerskaber", partners),
                channel("C02", "venner-af-huset", friends),
                channel("C03", "generelt", []),
                channel("C05", "ledelse", [], is_private=True),
                channel("D01", "", weekly, is_im=True, user="U01"),
            ],
            "views": [],
            "home": HOME,
            "files": [],
        }
    )


MEMBERS = [
    member("U01", "Sofie Lund", is_admin=True),
    member("U02", "Mette Holm"),
    member("U03", "Ali Demir"),
    member("U04", "Jonas Gæst", is_restricted=True),
    member("U05", "Emma Clark", tz="Europe/London"),
    member("U06", "Jens Ude", deleted=True),
    member("UAPP", "Partnerbot", is_bot=True),
]


def nothing_more(_body: Json) -> Json:
    return {}


class House:
    """A `Source` whose state a test may change, and a control API that records what it is told."""

    def __init__(self) -> None:
        self.world = house()
        self.people = copy.deepcopy(MEMBERS)
        self.calls: list[tuple[str, Json]] = []
        self.answers: dict[str, Callable[[Json], Json]] = {}
        self.gates: dict[str, asyncio.Event] = {}
        self._revision = 1
        self._news = asyncio.Condition()
        self._ears = asyncio.Condition()

    def state(self, user: str, team: str | None = None) -> Json:
        assert user
        assert team in (None, "T01")
        return self.world

    def members(self, team: str | None = None) -> list[Json]:
        if team not in (None, "T01"):
            raise KeyError(team)
        return self.people

    def commands(self) -> list[dict[str, str]]:
        hint = "[navn] eller: kontakt, hvem, ny, tjek, hjælp"
        return [
            {
                "command": "/partner",
                "description": "Partnere: find, notér, tjek",
                "usage_hint": hint,
            }
        ]

    def shortcuts(self) -> list[dict[str, str]]:
        return [
            {"name": "Tilføj partner", "type": "global", "callback_id": "add_partner"},
            {"name": "Notér kontakt", "type": "message", "callback_id": "note_contact"},
        ]

    def revision(self) -> int:
        return self._revision

    async def changed(self, since: int) -> int:
        async with self._news:
            await self._news.wait_for(lambda: self._revision > since)
        return self._revision

    async def happen(self) -> None:
        """Tells the page that something changed."""
        self._revision += 1
        async with self._news:
            self._news.notify_all()

    async def hears(self, name: str) -> Json:
        """The body of the next call of that name, which must come within ten seconds."""
        async with asyncio.timeout(10), self._ears:
            await self._ears.wait_for(lambda: any(call == name for call, _ in self.calls))
        place = next(place for place, (call, _) in enumerate(self.calls) if call == name)
        return self.calls.pop(place)[1]

    async def control(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        body = await request.json()
        self.calls.append((name, body))
        async with self._ears:
            self._ears.notify_all()
        if name in self.gates:
            await self.gates[name].wait()
        answer = {"ok": True} | self.answers.get(name, nothing_more)(body)
        await self.happen()
        return web.json_response(answer)

    async def file(self, request: web.Request) -> web.Response:
        assert request.match_info["id"]
        return web.Response(text=CIRCLE, content_type="image/svg+xml")

    def application(self) -> web.Application:
        app = web.Application()
        app.add_routes(routes(self))
        app.add_routes(
            [
                web.post("/_sandbox/{name}", self.control),
                web.get("/_sandbox/files/{id}", self.file),
            ]
        )
        return app


@asynccontextmanager
async def served(house: House) -> AsyncIterator[str]:
    """The page's address while the house is open."""
    runner = web.AppRunner(house.application(), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
