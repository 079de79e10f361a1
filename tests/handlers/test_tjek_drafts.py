"""What is a draft: a check with an answer of one's own, and nothing that merely stood open."""

from typing import Any

from storage import tjek as checks_of
from storage.database import Connection
from storage.tjek_tables import TJEK
from tests.handlers.library import Library, elements, said
from tests.handlers.tjek_rounds import (
    ALI,
    METTE,
    YES,
    answers,
    asked,
    page,
    press_parent,
    press_thread,
    ready,
    settled,
    wound_past_deadline,
)

IDEA = "fast VR-rum"


async def nothing_is_begun(library: Library) -> None:
    """Neither Home nor `/partner tjek` knows of a draft."""
    await library.close()
    assert IDEA not in said(await library.home(METTE))
    await library.write("tjek")
    assert "Du begyndte" not in said(await library.view())
    await library.close()


def count(conn: Connection, team: str) -> int:
    return len(conn.execute(TJEK.select().where(TJEK.c.team_id == team)).all())


async def test_a_form_for_colleagues_that_is_closed_leaves_no_draft(library: Library) -> None:
    await ready(library)
    for _ in range(3):
        await library.write(f"tjek Pixelværket: {IDEA}")
        await library.press("Spørg kolleger")
        await library.close()
    await nothing_is_begun(library)
    assert await library.store.read(count, "T01") == 1, "the same is taken up again"
    await asked(library)
    assert await library.store.read(count, "T01") == 1
    await asked(library)
    assert await library.store.read(count, "T01") == 2, "what colleagues answer is left alone"


async def test_a_first_page_closed_without_an_answer_is_no_draft(library: Library) -> None:
    await library.write(f"tjek Pixelværket: {IDEA}")
    await library.submit({})
    await nothing_is_begun(library)


async def test_a_note_alone_is_a_draft(library: Library) -> None:
    await library.write(f"tjek Pixelværket: {IDEA}")
    await library.submit({})
    typed = {"note.fit": {"note": "måske til sommer"}}
    done = await library.press("Tilbage", values=typed)
    assert done["ok"], done
    await library.close()
    await library.write("tjek")
    assert f"på et tjek af Pixelværket: {IDEA}." in said(await library.view())


async def test_a_round_called_off_before_she_answered_leaves_no_draft(library: Library) -> None:
    await ready(library)
    await asked(library)
    await library.close()
    await answers(library, ALI)
    await press_parent(library, METTE, "Til Mette: se runden")
    await library.press("Aflys runden", confirm=True)
    await settled(library)
    await nothing_is_begun(library)


async def test_a_check_that_is_let_lie_leaves_no_draft(library: Library) -> None:
    await ready(library)
    await asked(library, ALI)
    await library.close()
    await wound_past_deadline(library)
    await press_thread(library, METTE, "Lad det ligge")
    await settled(library)
    await nothing_is_begun(library)


async def test_only_answers_that_are_there_are_warned_of(library: Library) -> None:
    await library.write(f"tjek Pixelværket: {IDEA}")
    await library.submit({})
    await page(library, YES, METTE)
    await library.close()
    await library.home(METTE)
    await library.press_on_home("Fortsæt")
    assert "bliver slettet" in await warning(library)
    (number,) = [int(e["value"]) for _, e in elements(await library.view()) if _is_delete(e)]
    now = library.house.clock.now()
    given: dict[str, Any] = dict.fromkeys(YES)
    await library.store.write(
        checks_of.save_sheet, "T01", number, METTE, answers=given, notes={}, page="fit", now=now
    )
    await library.close()
    await library.press_on_home("Fortsæt")
    assert "bliver slettet" not in await warning(library)
    assert "Du har ikke svaret på noget endnu." in await warning(library)
    await library.press("Slet kladden", confirm=True)
    assert "Kladden er slettet." in said(await library.view())


def _is_delete(element: dict[str, object]) -> bool:
    return element["action_id"] == "tjek_delete"


async def warning(library: Library) -> str:
    found = [e for _, e in elements(await library.view()) if _is_delete(e)]
    return str(found[0]["confirm"])
