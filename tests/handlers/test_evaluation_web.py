import logging
import re
import secrets
from collections.abc import AsyncIterator
from datetime import timedelta
from html import unescape
from io import BytesIO

import pytest

from bot.evaluation_questions import LAST
from bot.evaluation_token import MOST_MISSES, REMEMBERED
from bot.round import Standing, State, Why
from storage import round as rounds
from tests.handlers.library import Library
from tests.handlers.library_settings import decide
from tests.handlers.partner_rounds import (
    ALI,
    ALL_FOUR,
    COLLABORATION,
    METTE,
    TOKEN,
    Browser,
    asked,
    browser,
    linked,
    now_is,
    sheet,
    words,
)
from tests.handlers.test_errors import LONG, room_for
from tests.handlers.wire import fault


@pytest.fixture
async def web(library: Library) -> AsyncIterator[Browser]:
    await decide(library, library_name="Byens Bibliotek", privacy_contact="post@byen.example")
    async with browser(library) as opened:
        yield opened


async def test_the_form_is_small_danish_and_reveals_nothing_but_itself(
    library: Library, web: Browser
) -> None:
    this = await asked(library)
    token = await linked(library, this)
    status, html = await web.get(token)
    assert status == 200
    assert len(html.encode()) < 30_000
    assert '<html lang="da">' in html
    shown = words(html)
    assert "Hvordan går det med lektiecaféen?" in shown
    assert "Seks spørgsmål fra Byens Bibliotek til Springbræt." in shown
    assert "I svarer på organisationens vegne." in shown
    assert "senest fredag den 4. december kl. 12" in shown
    for one in (
        "Er det let at arbejde sammen?",
        "5 · Ja, helt",
        "Ved ikke",
        "Hvad skulle der til?",
    ):
        assert one in shown
    assert "<script" not in html
    for private in (token, "Anne", "Holm", METTE, "Mette", ALI, "T01"):
        assert private not in html


async def test_what_the_browser_is_told_beside_the_page(library: Library, web: Browser) -> None:
    token = await linked(library, await asked(library))
    for method, path in (("GET", token), ("POST", token), ("GET", "nowhere")):
        await web.ask(method, path)
        told = web.headers
        assert told["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in told["Content-Security-Policy"]
        assert told["Referrer-Policy"] == "no-referrer"
        assert told["X-Robots-Tag"] == "noindex"
        assert told["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in told


async def test_answers_are_kept_and_can_be_changed_with_the_same_link(
    library: Library, web: Browser
) -> None:
    this = await asked(library)
    token = await linked(library, this)
    given = ALL_FOUR | {"roles": "2", "worth": "unknown"}
    status, html = await web.send(token, given, {"roles": "Hvem ringer vi til?", LAST: "Mere!"})
    assert status == 200
    shown = words(html)
    assert "Tak" in shown
    assert "Mette kan se jeres svar fra fredag den 4. december." in shown
    assert "så svar på det hele igen med det samme link." in shown
    assert (await now_is(library, this)).standings["@0"] is Standing.ANSWERED
    kept = await sheet(library, this, "@0")
    assert kept.answers == given
    assert kept.notes == {"roles": "Hvem ringer vi til?", LAST: "Mere!"}

    _, html = await web.get(token)
    assert "I har svaret. Det, I sender nu, træder i stedet for det." in words(html)
    assert " checked" not in html
    assert "Hvem ringer vi til?" not in html
    await web.send(token, {"roles": "5"}, {LAST: ""})
    kept = await sheet(library, this, "@0")
    assert kept.answers == {"roles": "5"}
    assert kept.notes == {}


async def test_to_look_changes_nothing(library: Library, web: Browser) -> None:
    this = await asked(library)
    token = await linked(library, this)
    for method in ("GET", "HEAD", "GET"):
        status, _ = await web.ask(method, token, "?q.easy=5&do=send")
        assert status == 200
    assert await now_is(library, this) == this
    assert not (await sheet(library, this, "@0")).answers


async def test_a_forwarded_link_is_the_same_voice(library: Library, web: Browser) -> None:
    this = await asked(library)
    token = await linked(library, this)
    newer = await linked(library, this, token="N" * 32)
    await web.send(token, {"easy": "1"})
    _, html = await web.get(newer)
    assert "I har svaret." in words(html)
    assert " checked" not in html
    assert len((await now_is(library, this)).standings) == 3


async def test_english_is_a_link_away_and_stays(library: Library, web: Browser) -> None:
    token = await linked(library, await asked(library))
    _, html = await web.get(token, "?sprog=en")
    assert '<html lang="en">' in html
    assert "How is it going with lektiecaféen?" in html
    assert "Six questions from Byens Bibliotek to Springbræt." in words(html)
    assert 'action="?sprog=en"' in html
    _, html = await web.send(token, ALL_FOUR, query="?sprog=en")
    assert "Mette can see your answers from Friday 4 December on." in words(html)
    _, html = await web.get(token, "?sprog=xx")
    assert '<html lang="da">' in html


async def test_nothing_answered_gives_the_form_back_with_what_was_typed(
    library: Library, web: Browser
) -> None:
    this = await asked(library)
    token = await linked(library, this)
    status, html = await web.send(token, {"easy": "9", "nothing": "5"}, {"easy": "Ved <b>ikke</b>"})
    assert status == 422
    assert "Det er ikke sendt endnu." in html
    assert 'href="#q-easy-1"' in html
    assert 'id="q-easy-1"' in html
    assert "Ved &lt;b&gt;ikke&lt;/b&gt;" in html
    assert await now_is(library, this) == this


async def test_a_personal_number_is_refused_at_its_field(library: Library, web: Browser) -> None:
    this = await asked(library)
    token = await linked(library, this)
    notes = {"roles": "Ring til 010190-1234", LAST: "x" * 3001, "easy": "fint"}
    status, html = await web.send(token, {"easy": "5", "roles": "1"}, notes)
    assert status == 422
    for at in ("roles", LAST):
        assert f'href="#n-{at}"' in html
        assert f'id="n-{at}"' in html
    assert "Fjern det, så kan I sende." in html
    assert "Spørgsmål 2: Det ligner et CPR-nummer" in html
    assert "Det sidste felt: Teksten er ét tegn for lang. Der er plads til 3.000." in html
    assert re.search(r'name="q.easy" value="5" checked', html)
    assert "fint" in html
    assert "010190-1234" in html
    assert not (await sheet(library, this, "@0")).notes


async def test_rather_at_a_meeting(library: Library, web: Browser) -> None:
    this = await asked(library)
    token = await linked(library, this)
    await web.send(token, ALL_FOUR)
    status, html = await web.send(token, do="meeting")
    assert status == 200
    assert "Mette kan se, at I hellere vil tage det på et møde." in words(html)
    assert (await now_is(library, this)).standings["@0"] is Standing.DECLINED
    assert not (await sheet(library, this, "@0")).answers
    _, html = await web.get(token)
    assert "I kan stadig svare her, hvis I vil." in words(html)
    await web.send(token, {"easy": "3"})
    assert (await now_is(library, this)).standings["@0"] is Standing.ANSWERED


@pytest.mark.parametrize("how", ["deadline", "revealed", "cancelled", "not asked"])
async def test_a_closed_link_says_whom_to_write_to(
    library: Library, web: Browser, how: str
) -> None:
    this = await asked(library)
    token = await linked(library, this, "@77" if how == "not asked" else "@0")
    now = library.house.clock.now()
    if how == "deadline":
        done = await library.control("clock", now=this.deadline.isoformat(), jump=True)
        assert done["ok"], done
    elif how == "revealed":
        await library.store.write(rounds.reveal, "T01", this.id, why=Why.CALLED, now=now)
    elif how == "cancelled":
        await library.store.write(rounds.cancel, "T01", this.id, by=METTE, now=now)
    before = await now_is(library, this)
    sentence = "Linket er lukket Vi vil stadig gerne høre jer: Skriv til Mette (post@byen.example)."
    status, html = await web.get(token)
    assert status == 410
    assert sentence in words(html)
    status, html = await web.send(token, {"easy": "2"}, {"easy": "Møder <i>"})
    assert status == 410
    assert sentence in words(html)
    assert "1. Er det let at arbejde sammen? 2 · Kun lidt – Møder &lt;i&gt;" in html
    assert await now_is(library, this) == before
    status, _ = await web.send(token, do="meeting")
    assert status == 410


async def test_a_closed_link_thanks_whoever_has_answered(library: Library, web: Browser) -> None:
    this = await asked(library)
    token = await linked(library, this)
    await web.send(token, {"easy": "4"})
    now = library.house.clock.now()
    await library.store.write(rounds.reveal, "T01", this.id, why=Why.CALLED, now=now)
    status, html = await web.get(token)
    assert status == 410
    assert "Tak, vi har jeres svar. De er vist nu, så de kan ikke rettes." in words(html)
    assert "Skriv til Mette: post@byen.example, hvis der er mere." in words(html)


async def test_whoever_leads_is_not_named_where_nobody_knows_her(
    library: Library, web: Browser
) -> None:
    await decide(library, privacy_contact="", library_name="")
    this = await asked(library)
    token = await linked(library, this)
    await library.store.write(rounds.leave, "T01", this.kind, METTE)
    _, html = await web.send(token, {"easy": "2"})
    assert "Biblioteket kan se jeres svar fra" in words(html)
    done = await library.control("clock", now=this.deadline.isoformat(), jump=True)
    assert done["ok"], done
    _, html = await web.get(token)
    assert "Svar på den mail, linket kom i, hvis der er mere." in words(html)


async def test_slack_away_keeps_no_answer_out(
    library: Library, web: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    this = await asked(library)
    token = await linked(library, this)
    library.house.profiles.drop_team("T01")
    await fault(library, "users.info", error="internal_error")
    caplog.set_level(logging.DEBUG)
    status, html = await web.send(token, {"easy": "2"}, {"easy": "hemmeligt"})
    assert status == 200
    assert "Byens Bibliotek kan se jeres svar" in words(html)
    assert token not in caplog.text
    assert "hemmeligt" not in caplog.text


async def test_what_leads_nowhere_is_answered_alike(library: Library, web: Browser) -> None:
    this = await asked(library)
    old = await linked(library, this)
    long_ago = (this.deadline + REMEMBERED + timedelta(hours=1)).isoformat()
    done = await library.control("clock", now=long_ago, jump=True)
    assert done["ok"], done
    found = {
        await web.get(token)
        for token in (old, "Z" * 32, "short", "x" * 500, "%C3%A6", "..%2f..", "a%00b", "'--")
    }
    ((status, html),) = found
    assert status == 404
    assert "Linket fører ingen steder hen" in words(html)
    assert (await web.send("Z" * 32, ALL_FOUR)) == (status, html)


async def test_a_thousand_guesses_find_nothing_and_disturb_nobody_else(
    library: Library, web: Browser
) -> None:
    this = await asked(library)
    token = await linked(library, this)
    found = [await web.get(secrets.token_urlsafe(24)) for _ in range(1000)]
    assert [status for status, _ in found[:MOST_MISSES]] == [404] * MOST_MISSES
    assert {status for status, _ in found[MOST_MISSES:]} == {429}
    assert "Vent et minut" in words(found[-1][1])
    assert web.headers["Retry-After"] == "60"
    seen = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    assert (await web.get("Z" * 32, **seen))[0] == 404
    assert (await web.get(token))[0] == 200
    assert await now_is(library, this) == this
    assert (await web.send(token, {"easy": "4"}))[0] == 200


async def test_what_cannot_be_saved_now_stands_in_the_form_still(
    library: Library, web: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    this = await asked(library)
    token = await linked(library, this)
    notes = dict.fromkeys(COLLABORATION, LONG) | {LAST: "Et langt svar"}
    await library.store.write(room_for, None)
    status, html = await web.send(token, {"easy": "3"}, notes)
    assert status == 503
    assert "Det kunne ikke gemmes lige nu. Vent et øjeblik, og send det igen." in words(html)
    assert "Et langt svar" in html
    assert LONG in html
    assert re.search(r'name="q.easy" value="3" checked', html)
    assert "Et langt svar" not in caplog.text
    assert await now_is(library, this) == this
    await library.store.write(room_for, 1_000_000)
    assert (await web.send(token, {"easy": "3"}, notes))[0] == 200
    assert (await sheet(library, this, "@0")).notes[LAST] == "Et langt svar"


@pytest.mark.parametrize(
    ("body", "mime"),
    [
        (b"", "application/x-www-form-urlencoded"),
        (b"{", "application/json"),
        (b"do=send&q.easy=%FF%FE", "application/x-www-form-urlencoded"),
        (b"\xff\xfe=1", "application/x-www-form-urlencoded; charset=nonsense"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x", "multipart/form-data"),
        (b"do=%00&n.last=%00", "text/plain"),
        (b"do=send&" + b"q.easy=5&" * 200_000, "application/x-www-form-urlencoded"),
    ],
)
async def test_nonsense_is_refused_and_makes_no_noise(
    library: Library, web: Browser, body: bytes, mime: str, caplog: pytest.LogCaptureFixture
) -> None:
    this = await asked(library)
    token = await linked(library, this)
    status, _ = await web.ask("POST", token, data=BytesIO(body), headers={"Content-Type": mime})
    assert status in (400, 413, 422)
    assert await now_is(library, this) == this
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_other_paths_and_methods_are_not_there(web: Browser) -> None:
    for path in ("", "?x", "%2e%2e/health"):
        assert (await web.ask("GET", path))[0] == 404
    async with web.http.get(f"{web.url}/") as answer:
        assert answer.status == 404
    assert (await web.ask("PUT", TOKEN))[0] == 405


async def test_the_statements_stand_at_the_bottom(library: Library, web: Browser) -> None:
    token = await linked(library, await asked(library))
    _, html = await web.get(token)
    assert "Tilgængelighedserklæring" not in html
    assert "Spørgsmål om det: post@byen.example" in html
    await decide(
        library,
        privacy_url="https://byen.example/privatliv?a=1&b=2",
        accessibility_url="https://was.digst.dk/byen",
    )
    _, html = await web.get(token)
    links = re.findall(r'<a href="(https[^"]+)"[^>]*>([^<]+)</a>', unescape(html))
    assert links == [
        ("https://byen.example/privatliv?a=1&b=2", "Privatliv"),
        ("https://was.digst.dk/byen", "Tilgængelighedserklæring"),
    ]
    assert "Spørgsmål om det" not in html


async def test_the_whole_yearly_round_fits_with_names_of_any_kind(
    library: Library, web: Browser
) -> None:
    await decide(library, library_name="<Byens> & {other}")
    this = await asked(library, instrument="partnership", subject="", voices=("@0",))
    token = await linked(library, this)
    _, html = await web.get(token)
    assert len(html.encode()) < 30_000
    shown = unescape(words(html))
    assert "Hvordan går det med vores samarbejde?" in shown
    assert "15 spørgsmål fra <Byens> & {other} til Springbræt." in shown
    assert "Kan vi regne med <Byens> & {other}?" in shown
    assert "De seks kendetegn" in shown
    status, _ = await web.send(token, {"rely": "1", "goal": "not_yet", "method": "4"})
    assert status == 200
    assert (await sheet(library, this, "@0")).answers == {"rely": "1", "goal": "not_yet"}


async def test_six_questions_take_eight_clicks(library: Library, web: Browser) -> None:
    this = await asked(library)
    token = await linked(library, this)
    _, html = await web.get(token)
    clicks = 1 + len(set(re.findall(r'type="radio" [^>]*name="(q\.\w+)"', html))) + 1
    assert clicks == 8
    assert set(re.findall(r'name="q\.(\w+)"', html)) == set(COLLABORATION)
    assert this.state is State.OPEN
