"""Answers that the channel does not take, or that take more messages than were put."""

import pytest
import sqlalchemy as sa

from bot.round import Kind
from handlers import round as desk_of
from storage.database import Connection
from storage.delivery import DELIVERY
from tests.handlers.library import Json, Library, said
from tests.handlers.library_settings import decide
from tests.handlers.tjek_rounds import (
    ALI,
    KAREN,
    METTE,
    NO,
    PARTNERS,
    SOFIE,
    answers,
    asked,
    decided_in_form,
    direct,
    press_direct,
    ready,
    revealed,
    settled,
    thread,
    wound_past_deadline,
)
from tests.handlers.wire import fault

ARCHIVED = {"is_archived": True}
WITHOUT_THE_BOT = {"members": ["U01", METTE, ALI, SOFIE]}


async def refusals(library: Library, user: str) -> list[str]:
    """What the bot has told that person about answers that could not be shown."""
    return [said(m) for m in await direct(library, user) if "kan ikke vises i" in said(m)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (ARCHIVED, "#partnerskaber, fordi kanalen er arkiveret."),
        (WITHOUT_THE_BOT, "#partnerskaber, fordi jeg ikke er med i kanalen længere."),
        (
            WITHOUT_THE_BOT | {"is_private": True},
            "kanalen, fordi jeg ikke er med i kanalen længere.",
        ),
    ],
)
async def test_who_asked_is_told_once_that_the_channel_does_not_take_the_answers(
    library: Library, change: Json, why: str
) -> None:
    await ready(library)
    await asked(library, own={"hours": "no", "goals": "no", "need": "no", "money": "no"})
    await answers(library, ALI, {"breadth": "no"}, {"note.fit": "Vi har nok af dem"})
    done = await library.control("channels", id=PARTNERS, **change)
    assert done["ok"], done
    await answers(library, SOFIE)
    (told,) = await refusals(library, METTE)
    assert f"Svarene om Pixelværket: fast VR-rum kan ikke vises i {why}" in told
    assert not await refusals(library, ALI) + await refusals(library, SOFIE)
    await library.close()
    await press_direct(library, METTE, "Se svarene")
    shown = said(await library.view())
    assert "Svarene om Pixelværket: fast VR-rum er her (3 af 3)." in shown
    assert "Vi har nok af dem" in shown
    assert shown.count("Nej (Mette)") == 4
    assert "tråden" not in shown
    await library.press("Skriv beslutningen")
    done = await decided_in_form(library, "go_on", reason="Vi vil gerne")
    assert done["ok"], done


async def test_those_who_were_asked_see_them_too(library: Library) -> None:
    await ready(library)
    await asked(library, own={"hours": "no"})
    await library.control("channels", id=PARTNERS, **ARCHIVED)
    await answers(library, ALI)
    await answers(library, SOFIE)
    for user in (ALI, SOFIE):
        await press_direct(library, user, "Se svarene")
        assert "Stopklods: Timer (Mette)" in said(await library.view(user))


async def test_a_crowd_sees_every_name_there(library: Library) -> None:
    await ready(library)
    crowd = {f"U5{n}": f"Kollega{n}" for n in range(7)}
    for user, name in crowd.items():
        await library.control("members", id=user, name=name)
    await asked(library, *crowd, own={})
    for user in crowd:
        await answers(library, user, NO, {"note.fit": "Nej"})
        if user == "U55":
            await library.control("channels", id=PARTNERS, **ARCHIVED)
    await library.close()
    await press_direct(library, METTE, "Se svarene")
    shown = said(await library.view())
    assert "Nej (7): Kollega0, Kollega1" in shown
    assert "Ja (1): Mette" in shown


async def test_the_coordinator_is_told_where_the_one_who_asked_has_left(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await answers(library, ALI)
    await library.control("members", id=METTE, name="Mette", deleted=True)
    await library.control("channels", id=PARTNERS, **ARCHIVED)
    await answers(library, SOFIE)
    assert len(await refusals(library, KAREN)) == 1
    await press_direct(library, KAREN, "Se svarene")
    assert "er her (3 af 3)." in said(await library.view(KAREN))


async def test_another_refusal_is_told_too(library: Library) -> None:
    await ready(library)
    await asked(library, ALI, own={})
    where = {"channel": PARTNERS}
    await fault(library, "chat.postMessage", match=where, error="restricted_action", times=9)
    await answers(library, ALI)
    (told,) = await refusals(library, METTE)
    assert "#partnerskaber, fordi Slack ikke lader mig skrive der." in told


async def test_answers_that_take_more_messages_than_were_put_are_said_to_the_last(
    library: Library,
) -> None:
    await ready(library)
    await asked(library, own={"hours": "no", "goals": "no", "need": "no", "money": "no"})
    await answers(library, ALI, {}, {"note.fit": "Vi har nok af dem"})
    await decide(library, switched_on=False)
    await wound_past_deadline(library)
    assert not await thread(library)
    kind = desk_of.kind_of(Kind.TJEK, desk_of.REVEAL)

    def put_by_a_version_with_fewer(conn: Connection) -> int:
        last = (
            DELIVERY.c.team_id == "T01",
            DELIVERY.c.kind == kind,
            DELIVERY.c.key.endswith(".001"),
        )
        return conn.execute(sa.delete(DELIVERY).where(*last)).rowcount

    assert await library.store.write(put_by_a_version_with_fewer) == 1
    await decide(library, switched_on=True)
    library.house.wake()
    await settled(library)
    first, last = [*revealed(await thread(library))[:1], said((await thread(library))[-1])]
    assert "er her (2 af 3)" in first
    assert "Her er I også uenige:" in last
