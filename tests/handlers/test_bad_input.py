"""Every field of every form, fed with what should not be in it."""

import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.text import clean, fold, one_line
from tests.handlers.library import Json, Library, said
from tests.handlers.test_tjek import ALL, answer_page, begin
from tests.handlers.views.extreme import objects
from tests.handlers.wire import count, database, deliveries, rows

LONG = "lang " * 2000
CPR = "Annes nummer er 010190-1234"
NASTY = (
    "<!channel>",
    "<@U01> og <#C01>",
    "&lt;b&gt; &amp;",
    "@everyone *fed* _skrå_ ~streg~ `kode`",
    "a\u202ecba\u2066",
    "\N{PARTY POPPER}\N{FAMILY}",
    "'; DROP TABLE partner;--",
    "{name} %s {0}",
    "linje 1\nlinje 2\x00\x07",
)
BLANK = ("", "   ", "\u200b\u200f")

Read = Callable[[str], object]  # what is stored of a text; None: it must be refused


def refused_unless_blank(text: str) -> object:
    return None if fold(text) else ""


def line(text: str) -> object:
    return one_line(text)


def several(text: str) -> object:
    return [one_line(part) for part in text.split(",") if fold(part)]


def required(text: str) -> object:
    return one_line(text) if fold(text) else None


ABOUT: dict[str, Read] = {
    "other_names": several,
    "website": refused_unless_blank,
    "cvr": refused_unless_blank,
    "area": line,
    "picture_link": refused_unless_blank,
    "name": required,
}
WORK: dict[str, Read] = {
    "branch": line,
    "keywords": several,
    "target_groups": several,
    "agreement_link": refused_unless_blank,
    "case_number": line,
    "next_step": line,
    "note": clean,
}
PERSON: dict[str, Read] = {
    "title": line,
    "email": lambda text: None if text else "",
    "phone": line,
    "source": required,
    "note": clean,
    "name": lambda text: one_line(text) if text else None,  # there is an address as well
}


async def scan(library: Library) -> None:
    """Nothing that was ever sent to Slack mentions anybody or is parsed as markup."""
    for entry in await library.look("log"):
        if entry["kind"] == "control":
            continue
        sent = entry["request"] if entry["kind"] == "api" else entry["response"]
        for part in objects(_unpacked(sent)):
            assert part.get("type") not in ("mrkdwn", "broadcast"), part
            assert part.get("user_id") in (None, "U02"), "somebody was mentioned"
            if "blocks" in part:
                assert "<" not in part.get("text", "")


def _unpacked(sent: Any) -> Any:
    if isinstance(sent, dict):
        return {key: _unpacked(value) for key, value in sent.items()}
    if isinstance(sent, str) and sent[:2] in ('{"', "[{"):
        return json.loads(sent)
    return sent


@pytest.fixture
async def scanned(library: Library) -> AsyncIterator[Library]:
    yield library
    await scan(library)


async def shut(library: Library) -> None:
    while views := (await library.state())["views"]:
        await library.control("close", user="U02", view_id=views[-1]["id"])


def stored(file: Path, field: str) -> object:
    if field in ("other_names", "keywords", "target_groups"):
        where = f"WHERE facet = '{field}' ORDER BY position"
        return [value for (value,) in rows(file, f"SELECT value FROM partner_tag {where}")]  # noqa: S608 - a field's name
    return rows(file, f"SELECT {field} FROM partner")[0][0]  # noqa: S608 - as above


async def try_all(
    library: Library, open_form: Callable[[], Any], field: str, read: Read, look: Callable[[], Any]
) -> None:
    """Every bad text in one field: stored clean, or refused at that field and nothing stored."""
    for text in (*NASTY, *BLANK, CPR, LONG):
        await open_form()
        before = look()
        done = await library.submit({field: text})
        wanted = None if text in (CPR, LONG) else read(text)
        if done["ok"]:
            assert wanted is not None, f"{field} took {text[:30]!r}"
            assert look() == wanted, text
        else:
            assert wanted is None, (field, text[:30], done["errors"])
            assert list(done["errors"]) == [field]
            assert "*" not in done["errors"][field].replace(text, "")
            assert look() == before
        await shut(library)


@pytest.mark.parametrize("field", ABOUT)
async def test_who_they_are(scanned: Library, tmp_path: Path, field: str) -> None:
    await edited(scanned, tmp_path, "Ret: hvem de er", field, ABOUT[field])


@pytest.mark.parametrize("field", WORK)
async def test_what_we_do_together(scanned: Library, tmp_path: Path, field: str) -> None:
    await edited(scanned, tmp_path, "Ret: hvad vi laver sammen", field, WORK[field])


async def edited(library: Library, folder: Path, form: str, field: str, read: Read) -> None:
    await library.write("ny Springbræt")
    await library.submit({})
    await shut(library)
    await library.write("springbræt")
    await try_all(
        library, lambda: library.choose(form), field, read, lambda: stored(database(folder), field)
    )


@pytest.mark.parametrize("field", PERSON)
async def test_a_contact_person(scanned: Library, tmp_path: Path, field: str) -> None:
    await scanned.write("ny Springbræt")
    await scanned.submit({"contact": "Anne Holm, anne@eksempel.dk", "source": "fra Mette"})
    await shut(scanned)
    await scanned.write("springbræt")

    async def open_form() -> None:
        await scanned.choose("Deres kontaktpersoner")
        await scanned.press("Ret")

    def look() -> object:
        return rows(database(tmp_path), f"SELECT {field} FROM contact_person")[0][0]  # noqa: S608 - a field's name

    await try_all(scanned, open_form, field, PERSON[field], look)


@pytest.mark.parametrize("text", [*NASTY, *BLANK, CPR, LONG])
async def test_a_new_partner(scanned: Library, tmp_path: Path, text: str) -> None:
    await scanned.write(f"ny {text}")
    await scanned.submit({"name": text, "source": text, "contact": text})
    names = [name for (name,) in rows(database(tmp_path), "SELECT name FROM partner")]
    assert names in ([], [one_line(text)])
    await scanned.write(text)
    await scanned.control("home", user="U02")


@pytest.mark.parametrize("text", [*NASTY, *BLANK, CPR])
async def test_a_whole_check(scanned: Library, tmp_path: Path, text: str) -> None:
    await scanned.write(f"tjek {text}")
    done = await scanned.submit({"idea": text})
    if not fold(text) or text == CPR:
        assert list(done["errors"]) == ["idea"]
        assert count(database(tmp_path), "tjek") == 0
        assert (await scanned.submit({"idea": "VR"}))["ok"]
    while (await scanned.view())["callback_id"] == "tjek_page":
        (note,) = (
            b["block_id"] for b in (await scanned.view())["blocks"] if "note." in b["block_id"]
        )
        if text == CPR:
            asked = [b["block_id"] for b in (await scanned.view())["blocks"]]
            answers = {b: "yes" for b in asked if b.startswith("question.")}
            assert list((await scanned.submit({**answers, note: text}))["errors"]) == [note]
        await answer_page(scanned, ALL, **{note: "" if text == CPR else text})
    await scanned.press("Pænt nej", values={"reason": {"reason": text}})
    ((idea, reason),) = rows(database(tmp_path), "SELECT idea, reason FROM tjek")
    notes = {note for (note,) in rows(database(tmp_path), "SELECT note FROM tjek_note")}
    if not fold(text) or text == CPR:
        assert (idea, reason, notes) == ("VR", "", set())
        assert said(await scanned.view()).count("Skriv én linje") + (text == CPR)
    else:
        assert (idea, reason, notes) == (one_line(text), one_line(text), {clean(text)})


@pytest.mark.parametrize("words", ["", "ny ", "tjek ", "hjælp ", "indstillinger "])
async def test_ten_thousand_letters_after_the_command(scanned: Library, words: str) -> None:
    await scanned.write(words + "x" * 10_000)
    shown = await scanned.state()
    said_here = [m for c in shown["channels"] for m in c["messages"] if m["ephemeral"]]
    assert shown["views"] or said_here
    assert not [m for m in said_here if "Det gik galt" in said(m)]


# The client is not trusted: what it should have stopped is stopped here as well.


def _stuffed(payload: Json, text: str) -> Json:
    """The same form with that text in every field that takes text, as another form's."""
    changed: Json = json.loads(json.dumps(payload))
    changed["view"]["hash"] = "1.stuffed"
    for elements in changed["view"]["state"]["values"].values():
        for state in elements.values():
            if state["type"] in ("plain_text_input", "email_text_input"):
                state["value"] = text
    return changed


async def resend(library: Library, text: str) -> Json:
    delivered = (await deliveries(library, "view_submission"))[-1]["request"]["payload"]
    engine = library.sandbox.engine
    ack = await engine.delivery.interact(engine.team(), "interactive", _stuffed(delivered, text))
    assert ack.ok
    return ack.body or {}


async def test_a_client_that_checks_nothing_gets_sentences_and_stores_nothing(
    scanned: Library, tmp_path: Path
) -> None:
    file = database(tmp_path)
    await scanned.write("ny Springbræt")
    await scanned.submit({})
    assert (await resend(scanned, LONG))["response_action"] == "errors"
    assert (await resend(scanned, ""))["response_action"] == "errors"
    await shut(scanned)
    await scanned.write("springbræt")
    for form in ("Ret: hvem de er", "Ret: hvad vi laver sammen"):
        await scanned.choose(form)
        await scanned.submit({})
        answer = await resend(scanned, LONG)
        assert answer["response_action"] == "errors", form
        await shut(scanned)
    await scanned.choose("Deres kontaktpersoner")
    await scanned.press("Tilføj en kontaktperson")
    await scanned.submit({"name": "Anne", "source": "fra Mette"})
    assert (await resend(scanned, LONG))["response_action"] == "errors"
    assert (await resend(scanned, ""))["response_action"] == "errors"
    await begin(scanned)
    assert (await resend(scanned, LONG))["response_action"] == "errors"
    await answer_page(scanned, ALL)
    assert (await resend(scanned, LONG))["response_action"] == "errors"
    tables = ("partner", "contact_person", "tjek", "tjek_note")
    assert [count(file, table) for table in tables] == [1, 1, 1, 0]


@pytest.mark.parametrize(
    "pasted",
    [
        "Anne Holm 010190-1234, anne@eksempel.dk",
        "Anne Holm\n010190-1234\nanne@eksempel.dk",
        "Anne Holm\nTlf. 010190-1234\nanne@eksempel.dk",
        "Anne Holm\nanne@eksempel.dk\nCVR 010190-1234",
        f"Anne {'Holm ' * 60}\nanne@eksempel.dk",
    ],
)
async def test_what_is_wrong_with_a_signature_is_said_below_it(
    scanned: Library, tmp_path: Path, pasted: str
) -> None:
    await scanned.write("ny Springbræt")
    done = await scanned.submit({"contact": pasted, "source": "fra Mette"})
    if done["ok"]:
        stored_here = rows(
            database(tmp_path), "SELECT name, title, phone, note FROM contact_person"
        )
        assert "010190" not in str(stored_here)
        assert rows(database(tmp_path), "SELECT cvr FROM partner") == [("",)]
    else:
        assert list(done["errors"]) == ["contact"]
        assert count(database(tmp_path), "partner") == 0
