"""The library's settings as a test lays them down, looks at them, and opens their forms."""

from bot.workspace import Workspace
from storage import workspace as settings_of
from storage.database import Connection
from tests.handlers.library import Library

METTE = "U02"


async def decide(library: Library, **settings: object) -> None:
    """The library has decided this before."""
    await decide_elsewhere(library, **settings)
    library.house.forget("T01")
    library.house.wake()


async def decide_elsewhere(library: Library, **settings: object) -> None:
    """The same in another replica, of which this one has not heard yet."""

    def write(conn: Connection, team: str) -> None:
        now = library.house.clock.now()
        before = settings_of.settings(conn, team, lock=True)
        settings_of.save_settings(conn, team, before.model_copy(update=settings), now=now)

    await library.store.write(write, "T01")


async def decided(library: Library) -> Workspace:
    return await library.store.read(settings_of.settings, "T01")


async def versions(library: Library) -> int:
    return await library.store.read(settings_of.version, "T01")


async def open_menu(library: Library, user: str = METTE) -> None:
    await library.write("indstillinger", user=user)
    await library.press("Bibliotekets indstillinger", user)


async def change(library: Library, form: str, user: str = METTE) -> None:
    """Press [Ret] at that group of the menu."""
    view = await library.view(user)
    done = await library.control(
        "click",
        user=user,
        view_id=view["id"],
        block_id=f"library.{form}",
        action_id=f"library_edit.{form}",
    )
    assert done["ok"], done


async def open_form(library: Library, form: str, user: str = METTE) -> None:
    await open_menu(library, user)
    await change(library, form, user)
