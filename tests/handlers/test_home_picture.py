import base64

import pytest

from bot.circle_picture import Way
from bot.partner import Partner
from bot.workspace import Language
from handlers.home_hung import LOOK_AGAIN
from storage.circle_picture import PICTURE
from storage.database import Connection
from tests.handlers.library import Json, Library, said
from tests.handlers.library_settings import decide
from tests.handlers.test_home import TEAM, add
from tests.handlers.test_home_publish import published
from tests.handlers.wire import fault

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"\0" * 40).decode()


def pictures(view: Json) -> list[Json]:
    return [block for block in view["blocks"] if block["type"] == "image"]


async def home_now(library: Library, user: str = "U02") -> Json:
    shown: Json = (await library.state(user))["home"]
    return shown


async def drawn(library: Library) -> str:
    """The circle is drawn and with Slack; nobody has looked for it yet."""
    file = await library.control("upload", user="U02", name="cirklen.png", content_base64=PNG)
    number = str(file["file"]["id"] if "file" in file else file["id"])

    def write(conn: Connection) -> None:
        for language in Language:
            row = {"way": Way.KIND, "language": language, "made_of": "x", "file_id": number}
            alt = {"alt": "Cirklen: én i netværket.", "drawn_at": library.house.clock.now()}
            conn.execute(PICTURE.insert().values(team_id=TEAM, **row, **alt))

    await library.store.write(write)
    await add(library, Partner("Springbræt"))
    look_again(library)
    return number


def look_again(library: Library) -> None:
    for language in Language:
        library.house.tabs.hung(TEAM, language).looked_at = None


async def test_home_comes_at_once_and_the_picture_after_it(library: Library) -> None:
    await drawn(library)
    await library.home()
    first, second = await published(library)
    assert not pictures(first["request"]["view"])
    (picture,) = pictures(second["request"]["view"])
    assert picture["alt_text"]
    assert pictures(await home_now(library))


async def test_a_picture_that_is_known_is_there_at_once(library: Library) -> None:
    await drawn(library)
    await library.home()
    before = len(await published(library))
    assert pictures(await library.home("U03"))
    assert pictures(await library.home())
    assert len(await published(library)) == before + 1


async def test_a_picture_that_slack_does_not_show_is_left_out(library: Library) -> None:
    await drawn(library)
    await library.home()
    await fault(library, "views.publish", error="invalid_blocks")
    shown = await library.home()
    assert "Hej Mette" in said(shown)
    assert "Cirklen" in said(shown)
    assert not pictures(shown)
    assert "Det gik galt" not in said(shown)
    assert not pictures(await library.home())  # nor is it tried again at once


async def test_a_file_that_was_not_ready_is_tried_again_and_then_drawn_anew(
    library: Library,
) -> None:
    await drawn(library)
    await library.home()
    await fault(library, "views.publish", error="invalid_blocks")
    await library.home()
    await library.control("clock", advance=LOOK_AGAIN.total_seconds() + 1, jump=True)
    await library.home()
    (hangs,) = pictures(await home_now(library))
    number = hangs["slack_file"]["id"]
    await fault(library, "views.publish", error="invalid_blocks")
    assert not pictures(await library.home())
    rows = await library.store.read(
        lambda conn: conn.execute(
            PICTURE.select().where(PICTURE.c.team_id == TEAM, PICTURE.c.file_id == number)
        ).all()
    )
    assert rows == []


async def test_the_last_picture_stays_while_no_newer_one_can_be_sent(library: Library) -> None:
    await drawn(library)
    await library.home()
    before = pictures(await home_now(library))
    await add(library, Partner("Kodeklubben"))
    await fault(library, "files.getUploadURLExternal", error="internal_error", times=9)
    await library.control("clock", advance=LOOK_AGAIN.total_seconds() + 1, jump=True)
    await library.home()
    assert pictures(await library.home()) == before


async def test_a_picture_that_is_drawn_meanwhile_hangs_there_at_once(library: Library) -> None:
    """A colleague's newer one took the place of a file that Home could not show."""
    await drawn(library)
    await library.home()
    await fault(library, "views.publish", error="invalid_blocks")
    assert "/partner cirkel viser cirklen." in said(await library.home())
    await add(library, Partner("Kodeklubben"))
    await library.write("cirkel", user="U05")
    (hangs,) = pictures(await home_now(library))
    message = await library.message("U05")
    assert hangs["slack_file"] == pictures(message)[0]["slack_file"]


async def test_where_no_file_may_be_sent_the_coordinator_learns_what_to_do(
    library: Library,
) -> None:
    await decide(library, coordinators=("U01",))
    await add(library, Partner("Springbræt"))
    await fault(library, "files.getUploadURLExternal", error="missing_scope", times=9)
    look_again(library)
    await library.home("U01")
    await library.home("U02")
    coordinators, others = said(await home_now(library, "U01")), said(await home_now(library))
    assert "Billedet af cirklen kan ikke vises endnu. Jeg må ikke sende filer" in coordinators
    assert "Billedet af cirklen kan ikke vises endnu." in others
    assert "sende filer" not in others


async def test_an_error_that_is_not_the_pictures_is_told_of(library: Library) -> None:
    await drawn(library)
    await library.home()
    await fault(library, "views.publish", error="fatal_error")
    assert "Det gik galt hos mig" in said(await library.home())


async def test_without_a_partner_there_is_no_circle_to_draw(library: Library) -> None:
    look_again(library)
    shown = await library.home()
    assert "Cirklen" not in said(shown)
    assert len(await published(library)) == 1


async def test_a_guest_sees_no_picture(library: Library) -> None:
    await drawn(library)
    await library.home("U04")
    assert not pictures(await home_now(library, "U04"))
    assert len(await published(library, "U04")) == 1


@pytest.mark.parametrize("user", ["U02", "U05"])
async def test_two_who_look_at_the_same_time_both_get_it(library: Library, user: str) -> None:
    await drawn(library)
    await library.control("home", user=user, wait="ack")
    await library.home("U03")
    await library.look("idle?quiet_ms=50")
    assert pictures(await home_now(library, user))
    assert pictures(await home_now(library, "U03"))


async def test_when_the_library_goes_its_picture_is_forgotten(library: Library) -> None:
    await drawn(library)
    await library.home()
    library.house.forget(TEAM)
    assert library.house.tabs.hung(TEAM, "da").picture is None
