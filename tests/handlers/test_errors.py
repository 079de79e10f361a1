import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from handlers.views.partner import SHOW
from storage.database import Connection
from tests.handlers.library import Json, Library, elements, said
from tests.handlers.library_settings import decide
from tests.handlers.test_contact_who import KNOW_SOMEBODY, READY, ask
from tests.handlers.wire import count, database, deliveries, fault

LATE = "Slack lukkede formularen, før den nåede frem."
OURS = "Det gik galt hos mig, ikke hos dig. Intet er gemt halvt."
SAVED = "Det er gemt, men jeg kunne ikke vise dig det."
NO_ACCESS = "Partnerbot har mistet adgangen til Slack her."
LOCKED = "Et andet program holder på databasen"
FULL = "Disken er fuld, så der blev ikke gemt noget."
MISSING = "mangler. Læg filen tilbage"
SLOW = "Det tager længere tid end normalt. Det, du skrev, er her stadig"
CHANGED = "Formularen nåede at ændre sig, mens du klikkede."

CODE = re.compile(r"\b[0-9a-f]{6}\b")
LONG = "🎈" * 3000  # as many bytes as a note can take: more than a page of the database


async def add_springbraet(library: Library, user: str = "U03") -> None:
    await library.write("ny Springbræt", user=user)
    assert (await library.submit({}, user=user))["ok"]
    await library.control("close", user=user, view_id=(await library.view(user))["id"])


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Another program writes in the database and takes its time."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


def room_for(conn: Connection, pages: int | None) -> int:
    """Let the database grow to so many pages at most; None: no further than it is."""
    now: int = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit = now if pages is None else pages
    return int(conn.exec_driver_sql(f"PRAGMA max_page_count={limit}").scalar_one())


# Slack says no, or nothing.


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("expired_trigger_id", LATE),
        ("trigger_expired", LATE),
        ("exchanged_trigger_id", LATE),
        ("invalid_auth", NO_ACCESS),
        ("account_inactive", NO_ACCESS),
        ("internal_error", OURS),
        ("fatal_error", OURS),
    ],
)
async def test_a_modal_that_slack_refuses_is_explained_where_the_person_is(
    library: Library, error: str, sentence: str
) -> None:
    await fault(library, "views.open", error=error)
    await library.write("tjek Pixelværket")
    assert said(await library.message()).strip().startswith(sentence)
    assert not (await library.state())["views"]
    await library.write("tjek Pixelværket")
    assert "Pixelværket" in said(await library.view())


@pytest.mark.parametrize(
    ("method", "how"),
    [
        ("users.info", {"status": 500}),
        ("views.open", {"status": 500}),
        ("views.open", {"status": 503}),
        ("views.open", {"retry_after": 30}),
        ("views.open", {"drop_answer": True}),
    ],
)
async def test_trouble_at_slack_is_told_with_a_reference(
    library: Library, method: str, how: Json
) -> None:
    await fault(library, method, **how)
    await library.write("tjek Pixelværket")
    shown = said(await library.message())
    assert OURS in shown
    assert CODE.search(shown)


async def test_a_person_whom_slack_has_no_answer_for_now_is_found_among_all(
    library: Library,
) -> None:
    await fault(library, "users.info", retry_after=30)
    await library.write("tjek Pixelværket")
    assert "Pixelværket" in said(await library.view())
    await library.close()
    library.house.profiles.drop_team("T01")
    for method in ("users.info", "users.list"):
        await fault(library, method, retry_after=30)
    await library.write("tjek Pixelværket")
    assert OURS in said(await library.message())


async def test_a_question_whose_answer_was_lost_is_asked_again(library: Library) -> None:
    await fault(library, "users.info", drop_answer=True)
    await library.write("tjek Pixelværket")
    assert "Pixelværket" in said(await library.view())


async def test_who_comes_too_late_is_told_to_do_it_once_more(library: Library) -> None:
    await fault(library, "users.info", delay=3.2)
    await library.write("tjek Pixelværket")
    assert LATE in said(await library.message())


async def test_a_revoked_token_is_told_to_everybody_who_tries(library: Library) -> None:
    await library.control("app", revoke=True)
    for words in ("tjek Pixelværket", "ny", "indstillinger", "hjælp", "springbræt"):
        await library.write(words)
        shown = said(await library.message())
        assert NO_ACCESS in shown, words
        assert CODE.search(shown)
    await library.control("app", revoke=False)
    await library.write("hjælp")
    assert "Det kan du skrive" in said(await library.message())


async def test_a_token_revoked_while_a_form_is_open_keeps_what_was_typed(
    library: Library, tmp_path: Path
) -> None:
    await library.write("ny Springbræt")
    library.house.profiles.drop((await library.state())["team"]["id"], "U02")
    await library.control("app", revoke=True)
    done = await library.submit({"source": "fra Mette"})
    (sentence,) = done["errors"].values()
    assert sentence.startswith(NO_ACCESS)
    assert count(database(tmp_path), "partner") == 0
    await library.control("app", revoke=False)
    assert (await library.submit({}))["ok"]
    assert count(database(tmp_path), "partner") == 1


async def test_a_form_whose_sender_cannot_be_looked_up_stays_open(
    library: Library, tmp_path: Path
) -> None:
    await library.write("ny Springbræt")
    library.house.profiles.drop((await library.state())["team"]["id"], "U02")
    await fault(library, "users.info", error="internal_error")
    done = await library.submit({})
    assert OURS in done["errors"]["name"]
    assert count(database(tmp_path), "partner") == 0
    assert (await library.submit({}))["ok"]


async def test_an_answer_that_cannot_be_given_does_not_undo_what_was_saved(
    library: Library,
) -> None:
    await add_springbraet(library)
    await library.write("springbræt")
    await fault(library, "response_url", status=500, times=2)
    await library.press("Jeg kender dem")
    await library.write("springbræt")
    assert "Kender dem: @U03, @U02" in said(await library.message())


@pytest.mark.parametrize(
    ("error", "sentence"), [("internal_error", OURS), ("expired_trigger_id", LATE)]
)
async def test_a_form_that_could_not_be_opened_is_not_said_to_be_saved(
    library: Library, error: str, sentence: str
) -> None:
    """Only the mark of the click is kept; whom the colleague knows is still to be asked."""
    await decide(library, **READY)
    await ask(library, "robotter", who_about="topic")
    await fault(library, "views.open", error=error)
    await library.press_in_channel(KNOW_SOMEBODY, "U03")
    told = said(await library.message("U03", "C01"))
    assert sentence in told
    assert SAVED not in told


async def test_what_was_saved_but_could_not_be_shown_is_said_to_be_saved(library: Library) -> None:
    await add_springbraet(library, "U02")
    await library.write("springbræt")
    await library.choose("Deres kontaktpersoner")
    await library.press("Tilføj en kontaktperson")
    assert (await library.submit({"name": "Anne", "source": "fra Mette"}))["ok"]
    await library.press("Ret")
    await fault(library, "views.update", error="internal_error")
    await library.press("Ønsker ikke kontakt")
    assert SAVED in said(await library.view())


async def test_a_view_that_changed_meanwhile_is_not_written_over(library: Library) -> None:
    await library.write("ny Springbræt")
    await library.press("Udfyld mere", values={"source": {"source": "Kulturnatten"}})
    (click,) = await deliveries(library, "block_actions")
    engine = library.sandbox.engine
    late = engine.triggers.issue(engine.team(), "U02")
    payload = click["request"]["payload"] | {"trigger_id": late}
    await engine.delivery.interact(engine.team(), "interactive", payload)
    await library.look("idle")
    top = await library.view()
    assert CHANGED in said(top)
    await library.control("close", user="U02", view_id=top["id"])
    assert "Kulturnatten" in said(await library.view())


async def test_a_third_modal_gives_way_to_a_fourth(library: Library) -> None:
    """Slack lays three on each other; a person may go further."""
    await add_springbraet(library)
    await library.control("home", user="U03")
    home = (await library.state("U03"))["home"]
    assert "Springbræt" in said(home)
    shows = [e["action_id"] for _, e in elements(home) if e["action_id"].startswith(SHOW)]
    await library.control("click", user="U03", view_id=home["id"], action_id=shows[0])
    for _ in range(3):
        await library.choose("Ret: hvem de er", user="U03")
        assert (await library.submit({}, user="U03"))["ok"]
        await library.press("Vis partneren", user="U03")
        assert "Springbræt er i vores netværk." in said(await library.view("U03"))


async def test_contact_persons_can_be_added_one_after_another(library: Library) -> None:
    await add_springbraet(library, "U02")
    await library.write("springbræt")
    await library.choose("Deres kontaktpersoner")
    for name in ("Anne", "Bo", "Carl", "Dorte", "Eva"):
        await library.press("Tilføj en kontaktperson")
        assert (await library.submit({"name": name, "source": "fra Mette"}))["ok"]
    listed = said(await library.view())
    assert re.search("Anne .*Bo .*Carl .*Dorte .*Eva ", listed)


# The database says no.


async def test_a_locked_database_is_told_and_nothing_is_half_saved(
    library: Library, tmp_path: Path
) -> None:
    file = database(tmp_path)
    await add_springbraet(library)
    await library.write("springbræt")
    marks = count(file, "seen")
    with held(file):
        await library.press("Jeg kender dem")
    assert LOCKED in said(await library.message())
    assert count(file, "partner_tie") == 1
    assert count(file, "seen") == marks
    await library.write("springbræt")
    await library.press("Jeg kender dem")
    assert "Kender dem: @U03, @U02" in said(await library.message())


async def test_a_form_meets_a_locked_database_and_keeps_what_was_typed(
    library: Library, tmp_path: Path
) -> None:
    file = database(tmp_path)
    await library.write("ny Springbræt")
    with held(file):
        done = await library.submit({"source": "fra Mette"})
        assert SLOW in done["errors"]["name"]
        assert done["ack"]["ms"] < 3000
    assert count(file, "partner") == 0
    assert (await library.submit({}))["ok"]
    assert count(file, "partner") == 1


async def test_a_form_that_was_slow_goes_on_by_itself_and_is_saved_once(
    library: Library, tmp_path: Path
) -> None:
    file = database(tmp_path)
    await library.write("tjek Pixelværket")
    with held(file):
        done = await library.control(
            "submit", user="U02", view_id=(await library.view())["id"], values={}, wait="ack"
        )
        assert SLOW in next(iter(done["errors"].values()))
    await library.look("idle")
    assert (await library.view())["callback_id"] == "tjek_page"
    (first,) = await deliveries(library, "view_submission")
    engine = library.sandbox.engine
    again = await engine.delivery.interact(
        engine.team(), "interactive", first["request"]["payload"]
    )
    assert again.body
    assert "Det er gemt." in said(again.body["view"])
    assert count(file, "tjek") == 1


async def test_readers_do_not_wait_for_a_writer(library: Library, tmp_path: Path) -> None:
    await add_springbraet(library)
    with held(database(tmp_path)):
        async with asyncio.timeout(3):
            await library.write("springbræt")
    assert "Springbræt er i vores netværk." in said(await library.message())


async def test_a_full_disk_keeps_the_form_and_stores_nothing(
    library: Library, tmp_path: Path
) -> None:
    file = database(tmp_path)
    await add_springbraet(library)
    await library.write("springbræt")
    await library.choose("Ret: hvad vi laver sammen")
    changes, marks = count(file, "partner_change"), count(file, "seen")
    await library.store.write(room_for, None)
    done = await library.submit({"note": LONG, "next_step": "ringe"})
    assert list(done["errors"]), done
    assert FULL in next(iter(done["errors"].values()))
    assert (count(file, "partner_change"), count(file, "seen")) == (changes, marks)
    await library.store.write(room_for, 1_000_000)
    assert (await library.submit({}))["ok"]
    assert "Springbræt er gemt." in said(await library.view())
    await library.press("Vis partneren")
    assert "Næste skridt: ringe" in said(await library.view())
    assert LONG in said(await library.view())


async def test_a_database_that_was_taken_away_is_missed_at_once(
    library: Library, tmp_path: Path
) -> None:
    file = database(tmp_path)
    await library.write("ny Springbræt")
    away = file.rename(tmp_path / "elsewhere.db")
    done = await library.submit({"source": "fra Mette"})
    assert MISSING in done["errors"]["name"]
    await library.write("springbræt")
    assert MISSING in said(await library.message())
    await library.write("hjælp", user="U06")  # whose language was never looked up
    assert MISSING in said(await library.message("U06"))
    await library.control("home", user="U06")
    assert MISSING in said((await library.state("U06"))["home"])
    assert not file.exists()
    away.rename(file)
    assert (await library.submit({}))["ok"]
    assert count(file, "partner") == 1
