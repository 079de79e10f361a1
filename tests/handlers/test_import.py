import base64
import csv
from dataclasses import replace
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest

from bot.circle import Level
from bot.export import Entry
from bot.export_json import ENTRY
from bot.partner import ContactPerson, Kind, Partner, Tie
from handlers import access
from handlers.import_download import SCOPE
from storage import import_log, partner, partner_search, privacy
from storage.database import Connection
from tests.bot.import_files import workbook
from tests.handlers.library import Json, Library, said
from tests.handlers.test_privacy import REFUSED, set_up
from tests.handlers.wire import database, rows, run

MESSY = (
    "Foreninger i byen;;;;;;\r\n"
    ";;;;;;\r\n"
    "Forening;Type;Kontaktperson;E-mail;Tlf.;Samarbejdsform;Sidste kontakt\r\n"
    "Springbræt;Forening;Anne Holm;anne@springbraet.dk;33 66 30 00;Partnerskab;1/2/2024\r\n"
    "Dansehallerne;virksomhed;Bo Lind;bo@dans.dk;;samarbejde;\r\n"
    "Kulturhuset;klub?;;;;;\r\n"
    ";;Carl;carl@hus;;;\r\n"
).encode("cp1252")


@pytest.fixture
async def ours(library: Library) -> Library:
    """U01 is the coordinator, and the bot may read files."""
    await set_up(library, library_name="Byens Bibliotek")
    await grant(library)
    return library


async def grant(library: Library) -> None:
    team = library.sandbox.engine.team()
    await library.control("app", scopes=[*team.app.scopes, SCOPE])


async def uploaded(library: Library, content: bytes, name: str, user: str = "U01") -> str:
    text = base64.b64encode(content).decode()
    done = await library.control("upload", user=user, name=name, content_base64=text)
    return str(done["id"])


async def chosen(library: Library, content: bytes = MESSY, name: str = "foreninger.csv") -> Json:
    """Choose the file in the form; the columns are shown."""
    await library.close("U01")
    await library.write("indlæs", user="U01")
    return await library.submit({"file": [await uploaded(library, content, name)]}, "U01")


async def previewed(library: Library, content: bytes = MESSY, name: str = "foreninger.csv") -> str:
    """Go on to what would happen."""
    done = await chosen(library, content, name)
    assert done["ok"], done
    done = await library.submit({}, "U01")
    assert done["ok"], done
    return said(await library.view("U01"))


async def read_in(library: Library, content: bytes = MESSY, name: str = "foreninger.csv") -> str:
    await previewed(library, content, name)
    done = await library.submit({}, "U01")
    assert done["ok"], done
    await library.look("idle")
    return said(await library.view("U01"))


async def card(library: Library, name: str) -> Partner:
    (hit, *_) = await library.store.read(partner_search.search, "T01", name)
    (found,) = await library.store.read(partner.get_many, "T01", [hit.id])
    return found


async def sent(library: Library, user: str = "U01") -> list[Json]:
    """The files that the bot has sent her."""
    found = (await library.state(user))["files"]
    return [file for file in found if file["name"].startswith("ikke-læst-ind")]


async def test_a_messy_list_is_fetched_in_four_clicks(ours: Library) -> None:
    assert (await chosen(ours))["ok"]
    shown = said(await ours.view("U01"))
    assert "Sådan læser jeg kolonnerne i foreninger.csv." in shown
    assert (await ours.submit({}, "U01"))["ok"]
    shown = said(await ours.view("U01"))
    assert "2 er nye" in shown
    assert "Springbræt (Anne Holm)" in shown
    assert "Række 6, Kulturhuset" in shown
    assert "Række 7" in shown
    assert await ours.store.read(partner.count, "T01") == 0
    assert (await ours.submit({}, "U01"))["ok"]
    await ours.look("idle")
    shown = said(await ours.view("U01"))
    assert "foreninger.csv er læst ind: 2 var nye" in shown
    found = await card(ours, "Springbræt")
    (anne,) = found.people
    assert anne.source.startswith("Læst ind fra foreninger.csv, ")
    assert (found.kind, found.level, found.created_by) == (
        Kind.ASSOCIATION,
        Level.PARTNERSHIP,
        "U01",
    )
    assert await ours.store.read(privacy.count_uninformed, "T01") == 2


async def test_the_preview_names_colleagues_and_not_their_numbers(ours: Library) -> None:
    await ours.known("Springbræt", responsible="U03")
    shown = await previewed(ours, b"Navn;Tovholder\nSpringbr\xc3\xa6t;Mette\n", "tovholdere.csv")
    assert "Tovholder: Ali → Mette" in shown
    assert "U02" not in shown
    assert "U03" not in shown


async def test_rows_of_one_partner_are_told_as_put_together(ours: Library) -> None:
    rows_of_one = "Navn;Kontaktperson\nSpringbræt;Anne\nSpringbræt;Bo\n".encode()
    shown = await previewed(ours, rows_of_one, "to.csv")
    assert "én er ny" in shown
    assert "to rækker om Springbræt er lagt sammen" in shown


async def test_rows_that_disagree_say_about_what(ours: Library) -> None:
    rows = "Navn;Web\nSpringbræt;a.dk\nSpringbræt;b.dk\n".encode()
    shown = await previewed(ours, rows, "to.csv")
    assert "Kolonnen ”Hjemmeside”: To rækker om ”Springbræt” siger hver sit her." in shown


async def test_two_columns_are_both(ours: Library) -> None:
    assert (await chosen(ours, "Navn;Område\nA;B\n".encode()))["ok"]
    assert "Begge kolonner er genkendt." in said(await ours.view("U01"))


async def test_a_row_with_several_faults_names_all_of_them(ours: Library) -> None:
    row = "Navn;Mail;Slags;Tovholder\nSpringbræt;anne@;klub?;Ukendt Person\n".encode()
    shown = await previewed(ours, row, "fejl.csv")
    for column in ("Mail", "Slags", "Tovholder"):
        assert f"Kolonnen ”{column}”" in shown


async def test_where_all_columns_are_known_it_says_so_first(ours: Library) -> None:
    assert (await chosen(ours, "Navn;Område;Mail\nA;B;a@x.dk\n".encode()))["ok"]
    assert "Alle tre kolonner er genkendt. Sådan læser jeg" in said(await ours.view("U01"))
    assert (await chosen(ours, b"Navn;Hov;Mail\nA;B;a@x.dk\n"))["ok"]
    assert "er genkendt" not in said(await ours.view("U01"))


async def test_after_thirty_days_an_import_is_not_offered_to_be_undone(ours: Library) -> None:
    await read_in(ours)
    await ours.control("clock", advance=31 * 24 * 3600, jump=True)
    await ours.close("U01")
    await ours.write("indlæs", user="U01")
    await ours.press("Se den", "U01")
    shown = said(await ours.view("U01"))
    assert "mere end 30 dage" in shown
    assert "Fortryd" not in shown


async def test_the_rows_left_out_come_as_a_file_with_the_reasons(ours: Library) -> None:
    await read_in(ours)
    (file,) = await sent(ours)
    async with ours.http.get(f"{ours.sandbox.url}/_sandbox/files/{file['id']}") as answer:
        text = (await answer.read()).decode("utf-8-sig")
    first, second = csv.DictReader(StringIO(text, newline=""), delimiter=";")
    assert first["Forening"] == "Kulturhuset"
    assert second["Kontaktperson"] == "Carl"
    assert "carl@hus" in text
    for user in ("U02", "U03"):
        assert await sent(ours, user) == []


async def test_the_file_of_somebody_forgotten_while_it_was_sent_is_deleted(
    ours: Library, tmp_path: Path
) -> None:
    forgotten = (
        "CREATE TRIGGER forgotten AFTER UPDATE OF refused ON import_run BEGIN"
        " UPDATE person_privacy SET anonymised_at = NEW.at; END"
    )
    await ours.known("Byens Museum", people=(ContactPerson("Anne Holm"),))
    (found,) = await ours.store.read(partner.get_many, "T01", [1])
    who = (found.id, found.people[0].id)
    await ours.store.write(privacy.wishes_no_contact, "T01", *who, wish=True)
    run(database(tmp_path), forgotten)
    await read_in(ours)
    assert await sent(ours) == []
    assert rows(database(tmp_path), "SELECT refused FROM import_run") == [(None,)]


async def test_the_same_file_again_has_nothing_to_store(ours: Library) -> None:
    await read_in(ours)
    shown = await previewed(ours)
    assert "2 står her allerede" in shown
    assert "Der er ikke noget at gemme." in shown
    assert (await ours.view("U01"))["submit"] is None


async def test_it_is_undone_from_the_summary_and_from_the_list(ours: Library) -> None:
    await read_in(ours)
    await ours.press("Fortryd indlæsningen", "U01")
    shown = said(await ours.view("U01"))
    assert "Indlæsningen er fortrudt. 2 er væk igen" in shown
    assert await ours.store.read(partner.count, "T01") == 0
    await read_in(ours)
    await ours.close("U01")
    await ours.write("indlæs", user="U01")
    shown = said(await ours.view("U01"))
    assert "foreninger.csv (2 nye). Fortrudt." in shown
    await ours.press("Se den", "U01")
    assert "læste foreninger.csv ind." in said(await ours.view("U01"))
    found = await card(ours, "Springbræt")
    who = (found.id, "U02", Tie.KNOWS)
    now = ours.house.clock.now()
    await ours.store.write(partner.add_tie, "T01", *who, by="U02", now=now)
    await ours.press("Fortryd indlæsningen", "U01")
    shown = said(await ours.view("U01"))
    assert "De her bliver stående Springbræt: der er arbejdet videre på den" in shown


async def test_what_somebody_changed_since_is_named_when_an_import_is_undone(ours: Library) -> None:
    number = await ours.known("Rotary", website="https://rotary.dk", note="Ring først")
    content = "Partnernummer;Navn;Note;Hjemmeside\r\n"
    content += f"{number};Rotary;Har nøgle;www.rotary-nord.dk\r\n"
    shown = await read_in(ours, content.encode())
    assert "én blev rettet" in shown
    await ours.store.write(_note, "T01", number, ours.house.clock.now())
    await ours.press("Fortryd indlæsningen", "U01")
    shown = said(await ours.view("U01"))
    assert "én er, som den var" not in shown
    assert "Rotary: rettet siden indlæsningen: Note – resten er, som det var" in shown
    assert (await card(ours, "Rotary")).website == "https://rotary.dk"


def _note(conn: Connection, team: str, number: int, now: datetime) -> None:
    before = partner.existing(conn, team, number, lock=True)
    after = replace(before, note="Ring efter kl. 10")
    partner.update(conn, team, before, after, by="U01", now=now)


async def test_a_column_put_right_is_read_so(ours: Library) -> None:
    await chosen(ours)
    assert (await ours.submit({"column.G": "-", "column.B": "area"}, "U01"))["ok"]
    assert "3 er nye" in said(await ours.view("U01"))
    await ours.submit({}, "U01")
    assert (await card(ours, "Kulturhuset")).area == "klub?"


async def test_a_file_of_which_no_column_is_a_name_is_refused_at_the_form(ours: Library) -> None:
    await chosen(ours)
    columns = {f"column.{letter}": "-" for letter in "ACD"}
    done = await ours.submit(columns, "U01")
    assert not done["ok"]


async def answer(library: Library, name: str, value: object) -> None:
    """Choose it in the view, as it stands now."""
    view = await library.view("U01")
    ids = {"view_id": view["id"], "block_id": name, "action_id": name}
    done = await library.control("click", user="U01", value=value, **ids)
    assert done["ok"], done


async def test_likely_ones_are_left_out_until_somebody_decides(ours: Library) -> None:
    await ours.known("Kulturhuset Nord")
    content = b"Navn;Note\r\nKulturhust Nord;ny\r\n"
    shown = await previewed(ours, content)
    assert "Den hedder næsten det samme som ”Kulturhuset Nord”." in shown
    assert (await ours.view("U01"))["submit"] is None
    await answer(ours, "import_row.2", "same")
    await ours.press("Se, hvad der så sker", "U01")
    shown = said(await ours.view("U01"))
    assert "én rettes" in shown
    assert "Kulturhuset Nord – Andre navne: – → Kulturhust Nord; Note: – → ny" in shown
    assert (await ours.submit({}, "U01"))["ok"]
    assert (await card(ours, "Kulturhuset Nord")).note == "ny"


async def test_each_doubtful_row_has_an_answer_of_its_own(ours: Library) -> None:
    await ours.known("Kulturhuset Nord")
    await ours.known("Rotary", area="Nord")
    await ours.known("Rotary", area="Syd")
    content = "Navn;Type;Note\r\nKulturhust Nord;;ny\r\nRotary;;ny\r\nKulturhuset Nrod;klub?;ny\r\n"
    await previewed(ours, content.encode())
    (south,) = await ours.store.read(partner.get_many, "T01", [3])
    for name, value in (("row.2", "new"), ("row.3", str(south.id)), ("take.4", "take")):
        await answer(ours, f"import_{name}", value)
    await ours.press("Se, hvad der så sker", "U01")
    shown = said(await ours.view("U01"))
    assert "én er ny" in shown
    assert "Række 4, Kulturhuset Nrod: Den hedder næsten det samme som" in shown
    await answer(ours, "import_row.4", "same")
    assert (await ours.submit({}, "U01"))["ok"]
    shown = said(await ours.view("U01"))
    assert "Med dine svar bliver det sådan. Der er ikke læst noget ind endnu." in shown
    assert (await ours.submit({}, "U01"))["ok"]
    found = await ours.store.read(partner.get_many, "T01", range(1, 99))
    assert [(one.name, one.area, one.note) for one in found] == [
        ("Kulturhuset Nord", "", "ny"),
        ("Rotary", "Nord", ""),
        ("Rotary", "Syd", "ny"),
        ("Kulturhust Nord", "", "ny"),
    ]


async def test_of_many_doubtful_rows_those_of_a_sort_have_one_answer(ours: Library) -> None:
    await ours.known("Kulturhuset Nord")
    rows = "".join(f"Forening {n} i byen;klub?\r\n" for n in range(11))
    await previewed(ours, f"Navn;Type\r\n{rows}Kulturhust Nord;\r\nKulturhuset Nrod;\r\n".encode())
    await answer(ours, "import_sort.similar", "new")
    assert "2 er nye" in said(await ours.view("U01"))
    await answer(ours, "import_unclear", ["take"])
    assert "13 er nye" in said(await ours.view("U01"))
    await answer(ours, "import_sort.similar", "leave")
    assert "11 er nye" in said(await ours.view("U01"))


async def test_a_strange_word_taken_leaves_the_question_whether_she_is_here_already(
    ours: Library,
) -> None:
    await ours.known("Kulturhuset Nord")
    await previewed(ours, b"Navn;Type\r\nKulturhust Nord;klub?\r\n")
    for name, value in (("take", "take"), ("row", "new")):
        await answer(ours, f"import_{name}.2", value)
        await ours.press("Se, hvad der så sker", "U01")
    assert "én er ny" in said(await ours.view("U01"))


async def test_from_the_preview_back_to_the_columns_as_they_were_put_right(ours: Library) -> None:
    await chosen(ours)
    assert (await ours.submit({"column.G": "-", "column.B": "area"}, "U01"))["ok"]
    await answer(ours, "import_back", None)
    view = await ours.view("U01")
    menus = {block["block_id"]: block["element"] for block in view["blocks"] if "element" in block}
    assert menus["column.G"]["initial_option"]["value"] == "-"
    assert menus["column.B"]["initial_option"]["value"] == "area"
    hints = {block["block_id"]: str(block.get("hint")) for block in view["blocks"]}
    assert "Som du har valgt" in hints["column.B"]
    assert "Genkendt på overskriften" in hints["column.A"]
    assert (await ours.submit({"column.B": "kind"}, "U01"))["ok"]
    assert "2 er nye" in said(await ours.view("U01"))


async def test_another_sheet_of_a_workbook_is_chosen_and_kept(ours: Library) -> None:
    sheets = {
        "Nu": [("Navn", "Type"), ("Springbræt", "forening"), ("Kor", "forening")],
        "Før": [("Forening", "By"), ("Rotary", "Aarhus")],
    }
    await chosen(ours, workbook(sheets), "liste.xlsx")
    shown = said(await ours.view("U01"))
    assert "Der er flere ark i filen. Jeg læser det her:" in shown
    assert "Springbræt" in str(await ours.view("U01"))
    await answer(ours, "import_sheet", "1")
    assert "Rotary" in str(await ours.view("U01"))
    assert (await ours.submit({}, "U01"))["ok"]
    assert "én er ny" in said(await ours.view("U01"))
    await answer(ours, "import_back", None)
    assert "Rotary" in str(await ours.view("U01"))
    assert (await ours.submit({}, "U01"))["ok"]
    assert (await ours.submit({}, "U01"))["ok"]
    assert (await card(ours, "Rotary")).name == "Rotary"
    assert await ours.store.read(partner.count, "T01") == 1


async def test_a_note_is_shown_as_what_comes_below_the_one_on_the_card(ours: Library) -> None:
    await ours.known("Springbræt", note="Ring først")
    shown = await previewed(ours, "Navn;Note\r\nSpringbræt;Har nøgle\r\n".encode())
    assert "Springbræt – Note: ”Har nøgle” kommer til" in shown
    assert (await ours.submit({}, "U01"))["ok"]
    assert (await card(ours, "Springbræt")).note == "Ring først\n\nHar nøgle"


async def test_an_edit_between_preview_and_import_is_told(ours: Library) -> None:
    await ours.known("Springbræt")
    await previewed(ours)
    await ours.store.write(_rename, ours.house.clock.now())
    done = await ours.submit({}, "U01")
    shown = said(await ours.view("U01")) + str(done["errors"])
    assert "Registret er ændret, siden du så, hvad der ville ske" in shown
    assert await ours.store.read(import_log.latest, "T01", 5) == []


def _rename(conn: Connection, now: datetime) -> None:
    before = partner.existing(conn, "T01", 1, lock=True)
    after = replace(before, name="Vippen")
    partner.update(conn, "T01", before, after, by="U03", now=now)


async def test_an_edit_that_changes_nothing_of_it_is_not_in_the_way(ours: Library) -> None:
    await previewed(ours)
    await ours.known("Noget andet")
    assert (await ours.submit({}, "U01"))["ok"]
    assert await ours.store.read(partner.count, "T01") == 3


async def test_nobody_is_asked_or_told_anything_by_an_import(ours: Library, tmp_path: Path) -> None:
    await read_in(ours)
    assert rows(database(tmp_path), "SELECT count(*) FROM circle_question") == [(0,)]
    assert rows(database(tmp_path), "SELECT count(*) FROM delivery") == [(0,)]


async def test_only_the_coordinator_may(ours: Library) -> None:
    await ours.write("indlæs", user="U02")
    assert REFUSED in said(await ours.message("U02"))


async def test_without_the_right_to_read_files_it_says_so(library: Library) -> None:
    await set_up(library)
    await library.write("indlæs", user="U01")
    assert "Jeg må ikke læse filer i Slack." in said(await library.message("U01"))


async def test_the_right_taken_away_meanwhile_is_told(ours: Library) -> None:
    await ours.write("indlæs", user="U01")
    file = await uploaded(ours, MESSY, "foreninger.csv")
    team = ours.sandbox.engine.team()
    await ours.control("app", scopes=[one for one in team.app.scopes if one != SCOPE])
    done = await ours.submit({"file": [file]}, "U01")
    assert "Jeg må ikke læse filer i Slack." in done["errors"]["file"]


async def test_another_persons_file_is_not_read(ours: Library) -> None:
    await chosen(ours)
    (file,) = ours.sandbox.engine.team().files.values()
    file.user = "U02"
    done = await ours.submit({}, "U01")
    assert "Filen er ikke i Slack længere." in done["errors"]["column.A"]


async def test_a_file_that_is_gone_elsewhere_or_too_large_is_told(ours: Library) -> None:
    await chosen(ours)
    files = ours.sandbox.engine.team().files
    (file,) = files.values()
    file.size = 60_000_000
    done = await ours.submit({}, "U01")
    assert "fylder 60 MB, og jeg tager højst 50 MB." in done["errors"]["column.A"]
    del files[file.id]
    done = await ours.submit({}, "U01")
    assert "Filen er ikke i Slack længere." in done["errors"]["column.A"]


async def test_a_picture_is_refused_at_the_field(ours: Library) -> None:
    done = await chosen(ours, b"\x89PNG\r\n\x1a\n" + bytes(100), "liste.csv")
    assert "billede" in done["errors"]["file"]


async def test_our_own_json_goes_straight_to_what_would_happen(ours: Library) -> None:
    entry = Entry(Partner("Kulturhuset", id=7, people=(ContactPerson("Bo Lind", id=8),)))
    head = b'{"format": "partnerbot", "version": 1, "made_at": "2026-11-24T08:00:00+00:00", '
    content = head + b'"partners": [' + ENTRY.dump_json(entry) + b'], "ideas": []}'
    assert (await chosen(ours, content, "alt.json"))["ok"]
    assert "Kulturhuset (Bo Lind)" in said(await ours.view("U01"))
    assert (await ours.submit({}, "U01"))["ok"]
    assert (await card(ours, "Kulturhuset")).people[0].name == "Bo Lind"


async def test_our_own_json_makes_no_stranger_responsible(ours: Library) -> None:
    partners = (
        Partner("Kulturhuset", id=7, responsible="UFOREIGN"),
        Partner("Springbræt", id=8, responsible="U03", deputy="U04"),
        Partner("Dansehallerne", id=9, responsible="U03"),
    )
    head = b'{"format": "partnerbot", "version": 1, "made_at": "2026-11-24T08:00:00+00:00", '
    written = b",".join(ENTRY.dump_json(Entry(one)) for one in partners)
    await chosen(ours, head + b'"partners": [' + written + b'], "ideas": []}', "alt.json")
    shown = said(await ours.view("U01"))
    assert "”UFOREIGN” er ikke nogen i jeres Slack." in shown
    assert "”U04” er ikke nogen i jeres Slack." in shown  # a guest
    assert (await ours.submit({}, "U01"))["ok"]
    assert (await card(ours, "Dansehallerne")).responsible == "U03"
    assert await ours.store.read(partner.count, "T01") == 1


async def test_colleagues_on_every_page_are_known_and_slack_is_asked_once(
    ours: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access, "EVERYBODY", 5)
    await read_in(ours, "Navn;Tovholder\r\nSpringbræt;Oliver Dahl\r\n".encode())
    assert (await card(ours, "Springbræt")).responsible == "U09"
    called = [entry for entry in await ours.look("log") if entry["name"] == "users.list"]
    members = len(ours.sandbox.engine.team().members)
    assert len(called) == -(-members // 5)


async def test_home_opens_the_form(ours: Library) -> None:
    await ours.home("U01")
    await ours.press_on_home("Hent jeres partnere", "U01")
    assert "Jeres liste over partnere" in said(await ours.view("U01"))


async def test_each_column_says_how_it_was_recognised_and_what_stands_in_it(ours: Library) -> None:
    content = "Navn;Emneord;Seneste kontakt\r\nSpringbræt;musik;2026-02-01\r\n"
    await chosen(ours, content.encode())
    hints = [block["hint"]["text"] for block in (await ours.view("U01"))["blocks"][2:]]
    assert hints == [
        "Genkendt på overskriften. Fx Springbræt",
        "Genkendt på overskriften. Fx musik",
        "Genkendt på overskriften. Fx 1. feb. 2026",
    ]


async def test_of_an_address_book_the_file_itself_says_what_stands_where(ours: Library) -> None:
    card = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anne Holm\r\nORG:Kor\r\nEND:VCARD\r\n"
    await chosen(ours, card, "adresser.vcf")
    await ours.close("U01")
    alone = b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bo Lind\r\nEND:VCARD\r\n"
    await chosen(ours, card + alone, "adresser.vcf")
    shown = str(await ours.view("U01"))
    assert "Som filen selv siger. Fx" in shown
    assert "Fx enkeltperson" in shown
    assert "Som du har valgt" not in shown
