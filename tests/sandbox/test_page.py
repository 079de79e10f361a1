"""The page over HTTP: what it draws, and that nothing in the world can break out of its place."""

import asyncio
import copy
import json
import re
from collections.abc import AsyncIterator
from datetime import datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from sandbox.page.charts import chart_of
from sandbox.page.dates import day, next_digest, next_morning, slack_date
from sandbox.page.drawing import Drawing, environment
from sandbox.page.emoji import emoji, with_emoji
from sandbox.page.mrkdwn import mrkdwn, safe_url
from sandbox.page.screen import initials
from sandbox.page.viewer import Viewer
from tests.sandbox import page_scene as scene

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
VIEWER = Viewer(
    user="U01",
    zone=COPENHAGEN,
    now=datetime(2026, 11, 24, 9, 12, tzinfo=COPENHAGEN),
    people={"U01": "Sofie Lund", "U02": "Mette Holm"},
    rooms={"C02": "venner-af-huset"},
)
EVIL = "<script>alert(1)</script>"


class Page(HTMLParser):
    """A page as its tags, attributes and words; refuses tags that do not close in order."""

    VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "path", "rect", "circle"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str, **attributes: str) -> list[dict[str, str | None]]:
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        return [
            found for name, found in self.tags if name == tag and wanted.items() <= found.items()
        ]

    @property
    def ids(self) -> list[str]:
        return [found["id"] or "" for _, found in self.tags if "id" in found]


class Visitor:
    """Fetches pages of a house."""

    def __init__(self, house: scene.House, url: str, client: aiohttp.ClientSession) -> None:
        self.house = house
        self.url = url
        self.client = client

    async def html(self, path: str) -> str:
        async with self.client.get(self.url + path) as answer:
            assert answer.status == 200
            return await answer.text()

    async def page(self, path: str) -> Page:
        return Page(await self.html(path))


@pytest.fixture
async def visitor() -> AsyncIterator[Visitor]:
    house = scene.House()
    async with scene.served(house) as url, aiohttp.ClientSession() as client:
        yield Visitor(house, url, client)


def draw(*blocks: Any) -> str:
    return Drawing(environment(), VIEWER).blocks(list(blocks), "x")


# --- texts ---


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*fed*", "<strong>fed</strong>"),
        ("_skrå_ ~væk~", "<em>skrå</em> <s>væk</s>"),
        ("*_begge_*", "<strong><em>begge</em></strong>"),
        ("(*fed*).", "(<strong>fed</strong>)."),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_navn", "snake_case_navn"),
        ("*ikke\nfed*", "*ikke<br>fed*"),
        ("*a _b* c_", "<strong>a _b</strong> c_"),
        ("`*kode*`", "<code>*kode*</code>"),
        ("før\n```\na < b\n```\nefter", "før<pre>a &lt; b</pre>efter"),
        ("> citat\nefter", "<blockquote>citat</blockquote>efter"),
        ("&gt; et\n&gt; to", "<blockquote>et<br>to</blockquote>"),
        (">>> et\nto", "<blockquote>et<br>to</blockquote>"),
        ("a &amp; b &lt;c&gt;", "a &amp; b &lt;c&gt;"),
        ("&amp;lt;", "&amp;lt;"),
        ("hej :tada: :ukendt: 9:30:00", "hej 🎉 :ukendt: 9:30:00"),
        ("<@U02>", '<span class="mention">@Mette Holm</span>'),
        ("<@U01>", '<span class="mention mine">@Sofie Lund</span>'),
        ("<@U99|ukendt>", '<span class="mention">@ukendt</span>'),
        ("<#C02>", '<span class="mention">#venner-af-huset</span>'),
        ("<#C99|>", '<span class="mention">#privat kanal</span>'),
        ("<!here>", '<span class="mention">@here</span>'),
        ("<!subteam^S1|@børn>", '<span class="mention">@børn</span>'),
        (f"<!date^{scene.NOW}^{{date_long}}|x>", "tirsdag den 24. november 2026"),
        ("<!date^ikke^{date}|en dag>", "en dag"),
        ("<javascript:alert(1)|klik>", "&lt;javascript:alert(1)|klik&gt;"),
    ],
)  # fmt: skip
def test_mrkdwn_is_drawn_as_slack_draws_it(text: str, html: str) -> None:
    assert mrkdwn(text, VIEWER) == html


def test_links_open_beside_the_page() -> None:
    start = '<a href="https://a.dk/?x=1&amp;y=2" target="_blank" rel="noopener noreferrer">'
    assert mrkdwn("<https://a.dk/?x=1&amp;y=2>", VIEWER) == f"{start}https://a.dk/?x=1&amp;y=2</a>"
    assert mrkdwn("<https://a.dk/?x=1&amp;y=2|et sted>", VIEWER) == f"{start}et sted</a>"


def test_bare_links_and_channel_wide_calls_are_found_unless_verbatim() -> None:
    text = "se https://a.dk/x. @channel"
    loose = mrkdwn(text, VIEWER)
    assert '<a href="https://a.dk/x"' in loose
    assert '<span class="mention">@channel</span>' in loose
    assert mrkdwn(text, VIEWER, verbatim=True) == text


@given(st.text(alphabet="*_~`<>&|!@#:/ \nabæ\U000f0000\"'"))
def test_no_mrkdwn_makes_other_tags_than_ours(text: str) -> None:
    html = mrkdwn(text, VIEWER)
    assert isinstance(html, Markup)
    ours = {"strong", "em", "s", "code", "pre", "blockquote", "br", "span", "a"}
    assert {tag for tag, _ in Page(html).tags} <= ours


@given(st.text())
def test_plain_text_comes_back_as_it_was(text: str) -> None:
    drawing = Drawing(environment(), VIEWER)
    html = drawing.text({"type": "plain_text", "text": text, "emoji": False})
    assert unescape(html) == text


def test_plain_text_is_never_interpreted_but_for_emoji() -> None:
    drawing = Drawing(environment(), VIEWER)
    text = "*a* <@U01> :tada:"
    assert drawing.text({"type": "plain_text", "text": text}) == "*a* &lt;@U01&gt; :tada:"
    assert drawing.text({"type": "plain_text", "text": text, "emoji": True}).endswith("🎉")
    assert drawing.text(EVIL) == "&lt;script&gt;alert(1)&lt;/script&gt;"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", " https://a.dk", "https://a\nb", None, 5, "//a.dk"],
)
def test_only_addresses_that_lead_to_a_page_a_mail_or_a_call_are_links(url: object) -> None:
    assert safe_url(url) is None
    assert safe_url("https://a.dk") == "https://a.dk"
    assert safe_url("mailto:a@b.dk") == "mailto:a@b.dk"


def test_a_long_text_full_of_openings_is_drawn_at_once() -> None:
    assert mrkdwn("*a _b ~c <" * 10_000, VIEWER).startswith("*a _b ~c")


def test_emoji_by_name_and_by_code() -> None:
    assert emoji("tada") == "🎉"
    assert emoji("egen") == ":egen:"
    assert emoji("x", "1f44b-1f3fb") == "👋🏻"
    assert emoji("x", "zz") == "❌"
    assert with_emoji(":wave::skin-tone-2:") == "👋"


# --- time ---


@pytest.mark.parametrize(
    ("now", "morning", "digest"),
    [
        ("2026-11-23T07:00+01:00", "2026-11-23T08:00+01:00", "2026-11-24T09:00+01:00"),
        ("2026-11-24T09:00+01:00", "2026-11-25T08:00+01:00", "2026-12-01T09:00+01:00"),
        ("2026-11-27T08:00+01:00", "2026-11-30T08:00+01:00", "2026-12-01T09:00+01:00"),
        ("2027-03-27T12:00+01:00", "2027-03-29T08:00+02:00", "2027-03-30T09:00+02:00"),
    ],
)
def test_the_clock_can_be_wound_to_the_next_morning_and_digest(
    now: str, morning: str, digest: str
) -> None:
    moment = datetime.fromisoformat(now)
    assert next_morning(moment) == datetime.fromisoformat(morning)
    assert next_digest(moment) == datetime.fromisoformat(digest)


def test_days_are_spoken_of_as_people_do() -> None:
    now = VIEWER.now
    assert day(now, now) == "I dag"
    assert day(now.replace(day=23), now) == "I går"
    assert day(now.replace(day=3), now) == "Tirsdag den 3. november"
    assert day(now.replace(year=2025), now) == "Mandag den 24. november 2025"


def test_slack_dates_know_every_token() -> None:
    pattern = "{date_num} {date_short} {date_pretty} {time_secs} {ago} {andet}"
    shown = slack_date(scene.NOW - 86400, pattern, VIEWER)
    assert shown == "2026-11-23 23. nov. 2026 i går 9.12.00 for 1 dag siden {andet}"
    assert slack_date("nu", "{date}", VIEWER) is None


# --- blocks ---


def test_every_block_and_element_is_drawn() -> None:
    html = draw(*scene.GALLERY[:-1], *scene.DIGEST, *scene.CARD, *scene.FORM)
    assert "kan ikke vises" not in html
    page = Page(html)
    for kind in {str(block["element"]["type"]) for block in scene.FORM if "element" in block}:
        assert f'data-type="{kind}"' in html
    assert len(page.all("table")) == 4
    assert len(page.ids) == len(set(page.ids))


def test_an_unknown_block_is_named_and_the_rest_is_drawn() -> None:
    html = draw({"type": "carousel"}, scene.section("stadig her", "b"))
    assert "Denne blok kan ikke vises her (carousel)." in html
    assert "stadig her" in html


def test_labels_hints_and_errors_belong_to_their_field() -> None:
    page = Page(draw(scene.FORM[2]))
    [area] = page.all("textarea")
    [label] = page.all("label")
    assert label["for"] == area["id"]
    assert set((area["aria-describedby"] or "").split()) <= set(page.ids)
    assert "(optional)" in page.words
    assert "aria-required" not in area


def test_what_was_typed_goes_before_the_initial_value() -> None:
    block = scene.field(
        "Navn", {"type": "plain_text_input", "action_id": "n", "initial_value": "før"}
    )
    drawing = Drawing(environment(), VIEWER)
    held = {"b_n": {"n": {"type": "plain_text_input", "value": "nu"}}}
    assert 'value="nu"' in drawing.blocks([block], "x", held)
    assert 'value="før"' in drawing.blocks([block], "x")
    emptied = {"b_n": {"n": {"type": "plain_text_input", "value": None}}}
    assert 'value=""' in drawing.blocks([block], "x", emptied)


def test_a_date_and_time_is_shown_in_the_zone_of_the_member() -> None:
    element = {"type": "datetimepicker", "action_id": "d", "initial_date_time": scene.NOW}
    html = draw(scene.field("Mødet", element))
    assert 'value="2026-11-24T09:12"' in html
    assert 'data-zone="Europe/Copenhagen"' in html


@pytest.mark.parametrize(
    ("config", "speaks"),
    [
        ({}, "enter"),
        ({"trigger_actions_on": ["on_character_entered"]}, "type"),
        ({"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}, "enter type"),
    ],
)
def test_a_field_speaks_up_when_the_app_asked_it_to(config: Any, speaks: str) -> None:
    element = {"type": "plain_text_input", "action_id": "n", "dispatch_action_config": config}
    assert f'data-speaks="{speaks}"' in draw(scene.field("N", element, dispatch_action=True))
    assert 'data-speaks=""' in draw(scene.field("N", element))


def test_pictures_come_from_the_sandbox_or_the_web_and_nowhere_else() -> None:
    drawing = Drawing(environment(), VIEWER)
    assert drawing.picture({"slack_file": {"id": "F0PICTURE1"}}) == "/_sandbox/files/F0PICTURE1"
    private = {"slack_file": {"url": "https://files.example/T1-F0PICTURE1/x.png"}}
    assert drawing.picture(private) == "/_sandbox/files/F0PICTURE1"
    assert drawing.picture({"slack_file": {"id": "../x"}}) is None
    assert drawing.picture({"image_url": "https://a.dk/x.png"}) == "https://a.dk/x.png"
    assert drawing.picture({"image_url": "javascript:x"}) is None
    assert drawing.picture({"image_url": "mailto:x@y.dk"}) is None


def test_the_lines_of_a_chart_are_told_apart_without_colour() -> None:
    data = [{"label": "maj", "value": 3.5}, {"label": "nov.", "value": 4.3}]
    series = [{"name": f"{n}", "data": data} for n in range(6)]
    chart = {"type": "line", "series": series, "axis_config": {"categories": ["maj", "nov."]}}
    traces = chart_of(chart).traces
    assert len({(one.mark, one.dashes) for one in traces}) == 6
    assert traces[0].texts == ["3,5", "4,3"]
    (_, low), (_, high) = traces[0].points
    assert high < low  # upwards on the screen
    flat = chart_of(chart | {"series": [{"name": "a", "data": [data[0]]}]}).traces
    assert flat[0].path
    assert not chart_of(scene.BARS["chart"]).traces


def test_charts_compare_with_their_largest_figure() -> None:
    bars = chart_of(scene.BARS["chart"])
    assert bars.series == ["Børn", "Voksne"]
    assert bars.rows[1][0] == "Nov."
    assert [(bar.text, bar.share) for bar in bars.rows[1][1]] == [("14,5", 100.0), ("9", 62.1)]
    pie = chart_of(
        {"type": "pie", "segments": [{"label": "a", "value": 3}, {"label": "b", "value": 1}]}
    )
    assert [bars[0].text for _, bars in pie.rows] == ["3 (75 %)", "1 (25 %)"]
    assert chart_of({}).rows == []


def test_markdown_keeps_html_and_pictures_as_text() -> None:
    html = draw(
        {"type": "markdown", "text": f"# A\n{EVIL}\n\n![x](https://a.dk/x.png) [l](javascript:x)"}
    )
    page = Page(html)
    assert page.all("h1")
    assert not page.all("script")
    assert not page.all("img")
    assert not page.all("a", href="javascript:x")


def test_link_buttons_lead_only_to_pages() -> None:
    good = scene.button("Se", "a", url="https://a.dk/")
    bad = scene.button("Se", "b", url="javascript:alert(1)")
    page = Page(draw({"type": "actions", "block_id": "x", "elements": [good, bad]}))
    assert [link["href"] for link in page.all("a")] == ["https://a.dk/"]
    assert len(page.all("button")) == 1


def poisoned(value: Any, key: str = "") -> Any:
    """The same structure, with a script in every text that a person or an app could choose."""
    if isinstance(value, dict):
        return {name: poisoned(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [poisoned(one, key) for one in value]
    kept = {"type", "ts", "style", "initial_date", "initial_time", "level", "align", "now", "url"}
    if not isinstance(value, str) or key in kept or key == "id":
        return value
    return f"{value}{EVIL}\"'><img src=x onerror=alert(1)>"


async def test_a_script_in_every_text_stays_text(visitor: Visitor) -> None:
    house = visitor.house
    house.world["views"] = [scene.modal("V1", "Ny", [*scene.FORM, *scene.GALLERY])]
    house.world = poisoned(house.world)
    house.people = poisoned(house.people)
    for channel in house.world["channels"]:
        channel["user"] = channel.get("user", "").replace(EVIL, "")
    ts = house.world["channels"][1]["messages"][0]["ts"]
    for path in (
        "/?channel=C01",
        f"/?channel=C02&thread={ts}",
        "/?channel=@home",
        "/?channel=@app",
    ):
        html = await visitor.html(path)
        page = Page(html)
        assert EVIL in page.words
        assert all(script.get("src") == "/_page/static/page.js" for script in page.all("script"))
        handlers = [name for _, found in page.tags for name in found if name.startswith("on")]
        assert handlers == []
        assert not page.all("img", src="x")


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "elements", "element", "options", "rows", "chart", "label"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
KINDS = sorted(
    {"section", "header", "context", "actions", "input", "image", "rich_text", "table", "markdown",
     "data_table", "data_visualization", "alert", "divider", "x"}
)  # fmt: skip


@given(st.sampled_from(KINDS), JUNK, JUNK, JUNK)
def test_a_misshapen_block_never_takes_the_page_down(kind: str, a: Any, b: Any, c: Any) -> None:
    block = {
        "type": kind,
        "text": a,
        "elements": b,
        "element": c,
        "rows": b,
        "chart": c,
        "fields": a,
    }
    html = draw(block, a, scene.section("stadig her", "s"))
    assert "stadig her" in html


# --- the page ---


async def test_the_shell_is_danish_and_loads_nothing_from_elsewhere(visitor: Visitor) -> None:
    page = await visitor.page("/")
    assert page.all("html", lang="da")
    sources = [found.get("src") for found in page.all("script")]
    sheets = [found.get("href") for found in page.all("link")]
    for address in [*sources, *sheets]:
        assert address
        assert address.startswith("/_page/static/")
        assert await visitor.html(address)


async def test_scripts_and_styles_name_no_other_host(visitor: Visitor) -> None:
    for name in ("page.js", "layout.css", "blocks.css", "refresh.js", "icon.svg"):
        text = await visitor.html(f"/_page/static/{name}")
        assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text) == []


async def test_the_browser_is_told_to_run_no_foreign_script(visitor: Visitor) -> None:
    async with visitor.client.get(visitor.url + "/") as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fserver.py", "%2Fetc%2Fpasswd"])
async def test_only_static_files_are_served(visitor: Visitor, name: str) -> None:
    async with visitor.client.get(f"{visitor.url}/_page/static/{name}") as answer:
        assert answer.status == 404


async def test_the_list_has_channels_the_app_and_the_clock(visitor: Visitor) -> None:
    page = await visitor.page("/_page/view?user=U01&channel=C02")
    names = ["partnerskaber", "venner-af-huset", "generelt", "ledelse", "Partnerbot", "Home"]
    places = [link["data-channel"] for link in page.all("a") if "data-channel" in link]
    assert places == ["C01", "C02", "C03", "C05", "@app", "@home"]
    assert all(name in page.words for name in names)
    [here] = page.all("a", aria_current="page")
    assert here["data-channel"] == "C02"
    assert "Tirsdag den 24. november 2026" in page.words
    assert "kl. 9.12" in page.words
    until = [b["data-until"] for b in page.all("button", data_do="wind") if "data-until" in b]
    assert until == ["2026-12-01T09:00:00+01:00", "2026-11-25T08:00:00+01:00"]


async def test_one_can_act_as_every_person_who_is_still_here(visitor: Visitor) -> None:
    page = await visitor.page("/_page/view?user=U02")
    options = page.all("option")
    assert [one["value"] for one in options] == ["U01", "U02", "U03", "U04", "U05"]
    assert [one["value"] for one in options if "selected" in one] == ["U02"]
    assert "Jonas Gæst (gæst)" in page.words


@pytest.mark.parametrize(
    "query", ["", "user=U99", "user=UAPP", "channel=C99", "thread=1.2", "user=&channel="]
)
async def test_an_unknown_place_leads_to_a_known_one(visitor: Visitor, query: str) -> None:
    page = await visitor.page(f"/?{query}")
    [app] = page.all("div", id="app")
    assert app["data-user"] == "U01"
    assert app["data-tab"] == "C01"


async def test_an_unknown_team_is_said_so(visitor: Visitor) -> None:
    async with visitor.client.get(f"{visitor.url}/?team=T99") as answer:
        assert answer.status == 404


async def test_a_team_stays_in_every_link(visitor: Visitor) -> None:
    page = await visitor.page("/?team=T01&channel=C02")
    links = [link["href"] or "" for link in page.all("a") if "data-go" in link]
    assert links
    assert all("team=T01" in link for link in links)


async def test_a_message_shows_who_when_and_what(visitor: Visitor) -> None:
    html = await visitor.html("/_page/view?channel=C01")
    assert "APP" in html
    assert "Kun du kan se denne" in html
    assert "(redigeret)" in html
    assert '<img src="/_sandbox/files/F0PICTURE1" alt="Tre ringe med navne">' in html
    assert "referat.pdf · 48,2 kB" in html
    assert 'title="Mette Holm, Ali Demir"' in html
    page = Page(html)
    assert [day.strip() for day in re.findall("I går|I dag", page.words)] == ["I går", "I dag"]
    assert page.all("article", data_ts=f"{scene.NOW - 700:.6f}")[0]["data-channel"] == "C01"


async def test_messages_of_one_person_stand_together(visitor: Visitor) -> None:
    near = [scene.message(scene.NOW + at, str(at), user="U02") for at in (0, 60, 600)]
    visitor.house.world["channels"][2]["messages"] = near
    page = await visitor.page("/_page/view?channel=C03")
    follows = ["follows" in (one["class"] or "").split() for one in page.all("article")]
    assert follows == [False, True, False]


async def test_a_thread_has_its_answers_and_its_own_composer(visitor: Visitor) -> None:
    ts = visitor.house.world["channels"][1]["messages"][0]["ts"]
    page = await visitor.page(f"/_page/view?channel=C02&thread={ts}")
    assert "2 svar" in page.words
    assert "senest i dag kl. 9.08" in page.words
    [composer] = page.all("form", data_thread=ts)
    assert composer["data-address"] == "C02"
    assert page.all("textarea", aria_label="Svar i tråden")
    assert len(page.ids) == len(set(page.ids))


async def test_the_app_has_a_home_and_messages(visitor: Visitor) -> None:
    home = await visitor.page("/_page/view?channel=@home")
    assert home.all("div", data_view_id="VHOME")
    assert "God morgen, Sofie 👋" in home.words
    messages = await visitor.page("/_page/view?channel=@app")
    assert "To ting i din partneruge." in messages.words
    assert messages.all("form", data_address="D01")
    visitor.house.world["home"] = None
    visitor.house.world["channels"].pop()
    assert "ikke vist noget her endnu" in (await visitor.page("/_page/view?channel=@home")).words
    assert (await visitor.page("/_page/view?channel=@app")).all("form", data_address="@app")


async def test_a_channel_that_is_closed_to_the_member_has_no_composer(visitor: Visitor) -> None:
    for flag, words in (({"is_archived": True}, "arkiveret"), ({"is_member": False}, "ikke med i")):
        visitor.house.world["channels"][2] = scene.channel("C03", "generelt", [], **flag)
        page = await visitor.page("/_page/view?channel=C03")
        assert words in page.words
        assert not page.all("form")


async def test_commands_and_shortcuts_are_offered(visitor: Visitor) -> None:
    page = await visitor.page("/_page/view?channel=C01")
    assert page.all("div", data_command="/partner")
    assert "Partnere: find, notér, tjek" in page.words
    callbacks = [one["data-callback-id"] for one in page.all("button", data_do="shortcut")]
    assert callbacks == ["add_partner", "note_contact"]


async def test_modals_stand_in_their_order(visitor: Visitor) -> None:
    views = [scene.modal("V1", "Første", []), scene.modal("V2", "Anden", scene.FORM, submit=None)]
    visitor.house.world["views"] = views
    page = await visitor.page("/_page/view?channel=C01")
    dialogs = [one for one in page.all("dialog") if "data-view-id" in one]
    assert [one["data-view-id"] for one in dialogs] == ["V1", "V2"]
    assert "2 af 2" in page.words
    assert len(page.ids) == len(set(page.ids))


async def test_news_arrive_as_server_sent_events(visitor: Visitor) -> None:
    async with asyncio.timeout(10), visitor.client.get(f"{visitor.url}/_page/events") as answer:
        assert answer.content_type == "text/event-stream"
        assert await answer.content.readline() == b"data: 1\n"
        await visitor.house.happen()
        assert await answer.content.readline() == b"\n"
        assert await answer.content.readline() == b"data: 2\n"


async def test_the_view_is_what_is_inside_the_shell(visitor: Visitor) -> None:
    shell = await visitor.html("/?channel=C02")
    view = await visitor.html("/_page/view?channel=C02")
    assert view.strip() in shell


async def test_the_state_is_not_changed_by_looking_at_it(visitor: Visitor) -> None:
    before = copy.deepcopy(visitor.house.world)
    await visitor.html("/?channel=C01")
    assert json.dumps(visitor.house.world) == json.dumps(before)


def test_initials_are_letters() -> None:
    assert initials("Sofie Lund Hansen") == "SH"
    assert initials("Partnerbot") == "P"
    assert initials("(…)") == "?"
