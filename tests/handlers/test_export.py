import csv
import json
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest

from bot.circle import Level
from bot.export import Format, What
from bot.partner import ContactPerson, Kind, Partner
from storage import export_log, partner, privacy
from tests.handlers.library import Json, Library, said
from tests.handlers.test_privacy import REFUSED, close, set_up
from tests.handlers.test_privacy_erasure import SURE
from tests.handlers.wire import database, deliveries, fault, over_http, rows, run

ANNE = ContactPerson("Anne Holm", email="anne@springbraet.dk", phone="+4533663000")
BO = ContactPerson("Bo Lind", email="bo@dans.dk")


@pytest.fixture
async def ours(library: Library) -> Library:
    """Two partners, and U01 as the coordinator."""
    await set_up(library, library_name="Byens Bibliotek")
    springbraet = Partner(
        "Springbræt",
        kind=Kind.ASSOCIATION,
        keywords=("lektier",),
        branch="Nord",
        people=(ANNE,),
        responsible="U02",
        note="=1+1",
    )
    now = library.house.clock.now()
    await library.store.write(partner.add, "T01", springbraet, by="U03", now=now)
    await library.known("Dansehallerne", people=(BO,), level=Level.PARTNERSHIP)
    return library


async def wanted(library: Library, form: str = "xlsx", **conditions: object) -> Json:
    """Fill in the form, and let the bot do what it then does."""
    await close(library, "U01")
    await library.write("eksport", user="U01")
    done = await library.submit({"form": form, **conditions}, "U01")
    await library.look("idle")
    return done


async def files(library: Library, user: str = "U01") -> list[Json]:
    found: list[Json] = (await library.state(user))["files"]
    return found


async def content(library: Library) -> bytes:
    """What is in the one file that was sent."""
    (file,) = await files(library)
    async with library.http.get(f"{library.sandbox.url}/_sandbox/files/{file['id']}") as answer:
        return await answer.read()


async def private(library: Library) -> list[Json]:
    """The coordinator's direct messages with the bot."""
    channels = (await library.state("U01"))["channels"]
    return [m for c in channels if c["is_im"] for m in c["messages"]]


async def told(library: Library) -> str:
    return said((await private(library))[-1])


async def test_a_spreadsheet_comes_to_the_one_who_asked_and_nobody_else(ours: Library) -> None:
    assert (await wanted(ours))["ok"]
    assert "Jeg laver filen nu." in said(await ours.view("U01"))
    (file,) = await files(ours)
    today = ours.house.clock.now().date().isoformat()
    assert file["name"] == f"partnere-{today}.xlsx"
    book = openpyxl.load_workbook(BytesIO(await content(ours)))
    assert book.sheetnames == [
        "Partnere",
        "Kontaktpersoner",
        "Kontakter",
        "Flytninger i cirklen",
        "Tjek",
        "Evalueringer",
    ]
    names = [row[1] for row in book["Partnere"].iter_rows(min_row=2, values_only=True)]
    assert names == ["Springbræt", "Dansehallerne"]
    head, first = book["Partnere"].iter_rows(max_row=2)
    by_name = {name.value: cell for name, cell in zip(head, first, strict=True)}
    assert by_name["Note"].data_type == "s"
    assert by_name["Tovholder"].value == "Mette Lund"
    assert "Kun du kan se den her." in (await private(ours))[-1]["text"]
    for user in ("U02", "U03"):
        assert await files(ours, user) == []


async def test_conditions_narrow_it_down(ours: Library) -> None:
    chosen = {"kinds": ["association"], "keywords": ["lektier"], "branches": ["Nord"]}
    assert (await wanted(ours, "csv:people", **chosen))["ok"]
    text = (await content(ours)).decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text, newline=""), delimiter=";")
    assert (row["Navn"], row["Telefon"]) == ("Anne Holm", "'+4533663000")


async def test_the_mail_list_leaves_out_who_wishes_no_contact(ours: Library) -> None:
    (found,) = await ours.store.read(partner.get_many, "T01", [1])
    who = (found.id, found.people[0].id)
    await ours.store.write(privacy.wishes_no_contact, "T01", *who, wish=True)
    assert (await wanted(ours, "mail"))["ok"]
    assert await content(ours) == b"Bo Lind <bo@dans.dk>;\r\n"


@pytest.mark.parametrize("form", ["vcard", "kumu", "json", *(f"csv:{what}" for what in What)])
async def test_every_form_is_made_or_said_to_be_empty(ours: Library, form: str) -> None:
    assert (await wanted(ours, form))["ok"]
    if form in ("csv:contacts", "csv:moves", "csv:checks", "csv:evaluations"):
        assert await files(ours) == []
        assert "Der er ikke noget i registret, der passer." in await told(ours)
    else:
        assert len(await content(ours)) > 100


async def test_an_empty_choice_is_said_in_the_form(ours: Library) -> None:
    done = await wanted(ours, "mail", levels=["collaboration"])
    assert "Der er ikke noget i registret, der passer." in done["errors"]["form"]
    assert await ours.store.read(export_log.latest, "T01", 5) == []


async def test_an_empty_register_offers_nothing_to_choose_and_says_so(library: Library) -> None:
    await set_up(library)
    await library.write("export", user="U01")
    fields = [block["block_id"] for block in (await library.view("U01"))["blocks"]]
    assert not {"keywords", "branches"} & set(fields)
    done = await library.submit({}, "U01")
    await library.look("idle")
    assert done["ok"]  # checks of ideas may be there
    assert "Der er ikke noget i registret, der passer." in await told(library)


async def test_only_the_coordinator_can_and_an_open_form_asks_again(ours: Library) -> None:
    await ours.write("eksport", user="U02")
    assert REFUSED in said(await ours.message("U02"))
    await ours.write("udtræk", user="U01")
    await set_up(ours, coordinators=("U03",))
    done = await ours.submit({}, "U01")
    assert REFUSED in next(iter(done["errors"].values()))
    assert await files(ours) == []


async def test_what_was_taken_out_is_logged_and_shown_the_next_time(ours: Library) -> None:
    await wanted(ours, "csv:people", keywords=["lektier"])
    (taken,) = await ours.store.read(export_log.latest, "T01", 5)
    assert (taken.by, taken.format, taken.what) == ("U01", Format.CSV, What.PEOPLE)
    assert (taken.filters, taken.counts) == ("keyword: lektier", {"people": 1})
    await close(ours, "U01")
    await ours.write("eksport", user="U01")
    shown = said(await ours.view("U01"))
    assert "CSV: kontaktpersoner, af @U01 Emneord: lektier" in shown


async def test_the_files_are_deleted_when_somebody_is_anonymised(
    ours: Library, tmp_path: Path
) -> None:
    await wanted(ours, "csv:people")
    assert b"Anne" in await content(ours)
    await close(ours, "U01")
    await ours.write("oplysninger anne", user="U01")
    assert (await ours.submit({"purpose": "bad om det"}, "U01"))["ok"]
    await ours.press("Anonymisér …", "U01")
    assert (await ours.submit(SURE, "U01"))["ok"]
    assert await files(ours) == []
    assert rows(database(tmp_path), "SELECT file FROM export_log") == [(None,)]
    await wanted(ours, "json")
    data = json.loads(await content(ours))
    assert "Anne" not in json.dumps(data)
    assert len(data["partners"]) == 2


async def test_a_file_that_slack_keeps_is_named(ours: Library) -> None:
    await wanted(ours, "csv:people")
    await close(ours, "U01")
    await ours.write("oplysninger anne", user="U01")
    assert (await ours.submit({"purpose": "bad om det"}, "U01"))["ok"]
    await ours.press("Anonymisér …", "U01")
    await fault(ours, "files.delete", error="internal_error")
    assert (await ours.submit(SURE, "U01"))["ok"]
    shown = said(await ours.view("U01"))
    assert "Jeg kunne ikke slette filerne om personen i mine direkte beskeder med @U01" in shown
    assert len(await files(ours)) == 1


async def test_an_app_without_the_scope_says_what_to_do(ours: Library) -> None:
    scopes = ["commands", "chat:write", "users:read", "im:write"]
    await ours.control("app", scopes=scopes)
    await wanted(ours)
    assert "Jeg må ikke sende filer endnu." in await told(ours)


async def test_a_file_that_slack_does_not_take_is_told_of(ours: Library) -> None:
    await fault(ours, "files.getUploadURLExternal", error="internal_error", times=2)
    await wanted(ours)
    assert "Det gik galt hos mig, ikke hos dig." in await told(ours)
    (taken,) = await ours.store.read(export_log.latest, "T01", 5)
    assert taken.counts is None  # begun, and not finished


async def test_when_even_that_cannot_be_told_the_bot_goes_on(ours: Library) -> None:
    await fault(ours, "conversations.open", error="internal_error", times=2)
    await wanted(ours)
    assert await private(ours) == []
    assert (await wanted(ours))["ok"]
    assert len(await files(ours)) == 1


async def test_a_file_that_cannot_be_remembered_is_deleted(ours: Library, tmp_path: Path) -> None:
    refuse = (
        "CREATE TRIGGER refuse BEFORE UPDATE ON export_log BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    run(database(tmp_path), refuse)
    await wanted(ours)
    assert await files(ours) == []
    assert "Det gik galt hos mig" in await told(ours)


async def test_the_same_form_brought_twice_makes_one_file(tmp_path: Path) -> None:
    async with over_http(tmp_path) as http:
        await set_up(http)
        await http.known("Springbræt")
        await wanted(http, "csv:partners")
        (delivered,) = await deliveries(http, "view_submission")
        assert (await http.again(delivered))[0] == 200
        await http.look("idle")
        assert len(await files(http)) == 1
        assert len(await http.store.read(export_log.latest, "T01", 5)) == 1


async def test_who_chose_english_is_asked_in_english_and_the_file_is_the_librarys(
    ours: Library,
) -> None:
    await ours.write("settings", user="U01")
    await ours.submit({"language": "en"}, user="U01")
    await close(ours, "U01")
    await ours.write("export", user="U01")
    assert (await ours.view("U01"))["title"]["text"] == "Take out"
    await ours.submit({"form": "csv:partners"}, "U01")
    await ours.look("idle")
    assert (await content(ours)).decode("utf-8-sig").startswith("Partnerens nummer;")
    assert "Only you can see it here." in (await private(ours))[-1]["text"]
