"""What an import leaves in the history of a card."""

from tests.handlers.library import Library, said
from tests.handlers.test_import import ours, read_in

__all__ = ["ours"]

SAID = "Læst ind fra filen ”liste.csv”"


async def history(library: Library, name: str) -> str:
    await library.close("U01")
    await library.write(name, "U01")
    await library.press("Historik", "U01")
    return said(await library.view("U01"))


async def test_the_history_says_which_file_a_change_came_from(ours: Library) -> None:
    await ours.known("Rotary")
    await read_in(ours, "Navn;Note\r\nRotary;Har nøgle\r\nKoret;\r\n".encode(), "liste.csv")
    changed = await history(ours, "rotary")
    assert f"{SAID} Note: tilføjet ”Har nøgle”" in changed
    assert f"Lagt ind i registret {SAID}" in await history(ours, "koret")
    await ours.close("U01")
    await ours.write("indlæs", user="U01")
    await ours.press("Se den", "U01")
    await ours.press("Fortryd indlæsningen", "U01")
    after = await history(ours, "rotary")
    assert "Indlæsningen af filen ”liste.csv” blev fortrudt Note: fjernet ”Har nøgle”" in after
