"""An evaluation in a channel that the partner's own people are in: they read what stands there."""

from bot.evaluation_questions import LAST
from bot.round import State
from tests.handlers.evaluation_rounds import (
    ALI,
    ANNE,
    METTE,
    SOFIE,
    answers,
    begin,
    look,
    opened,
    parent,
    press,
    ready,
    settled,
    standing,
    told,
    visitor,
    wound_past_deadline,
)
from tests.handlers.library import Library, elements, said

ALSO = "Springbræt kan også læse det."
VOICES = (f"@{ANNE}",)


async def test_who_writes_knows_that_the_partner_reads_it(library: Library) -> None:
    await ready(library)
    await visitor(library)
    await opened(library, voices=VOICES)
    assert f"Det, Springbræt svarer, vises som deres. {ALSO}" in said(await parent(library))
    view = await begin(library, ALI)
    hints = [
        b["hint"]["text"] for b in view["blocks"] if b["block_id"] == f"evaluation_note.{LAST}"
    ]
    assert all(ALSO in hint for hint in hints)
    assert hints
    await library.close(ALI)
    assert ALSO not in said(await begin(library, ANNE))


async def test_in_our_own_channel_nobody_else_reads_it(library: Library) -> None:
    await ready(library)
    await opened(library)
    assert ALSO not in said(await parent(library))
    assert ALSO not in said(await begin(library, ALI))


async def test_the_ways_on_stand_where_the_partner_does_not_press_them(library: Library) -> None:
    await ready(library)
    await visitor(library)
    number = await opened(library, invited=(METTE, ALI), voices=VOICES)
    for user in (METTE, ALI, ANNE):
        await answers(library, user)
    first = (await parent(library))["replies"][0]
    buttons = [element["text"]["text"] for _, element in elements(first)]
    assert buttons == ["Skriv, hvad der sker nu"]
    assert "får jeres svar at se bagefter" not in said(first)
    where = {"channel": "C01", "ts": first["ts"]}
    ids = {"action_id": "evaluation_look", "block_id": "reveal_decide"}
    for user in (ANNE, SOFIE):
        await library.control("click", user=user, message=where, **ids)
        assert not (await library.state(user))["views"]
    assert "det er @U02, der kan det" in await told(library, SOFIE)
    done = await library.control("click", user=METTE, message=where, **ids)
    assert done["ok"], done
    await library.press("Fortsæt som nu", METTE)
    await settled(library)
    assert (await standing(library, number)).state is State.CLOSED
    await library.press("Se mailen", METTE)
    assert "Bemærkningerne i tråden har de selv kunnet læse." in said(await library.view(METTE))


async def test_the_ways_on_after_no_answer_stand_there_too(library: Library) -> None:
    await ready(library)
    await visitor(library)
    number = await opened(library, invited=(METTE, ALI), voices=VOICES)
    await wound_past_deadline(library, number)
    (first,) = (await parent(library))["replies"]
    assert [e["text"]["text"] for _, e in elements(first)] == ["Skriv, hvad der sker nu"]
    await look(library, METTE, number)
    await library.press("Spring over i år", METTE)
    assert (await standing(library, number)).state is State.CLOSED


async def test_who_has_left_is_not_named_among_those_asked(library: Library) -> None:
    await ready(library)
    await opened(library)
    assert "Hvem: Mette, Ali og Sofie – og Springbræt selv" in said(await parent(library))
    await library.control("members", id=SOFIE, name="sofie", deleted=True)
    await settled(library)
    assert "Hvem: Mette og Ali – og Springbræt selv" in said(await parent(library))


async def test_the_button_to_ask_the_partner_is_not_cut(library: Library) -> None:
    await ready(library)
    await opened(library, "Slægtshistorisk Forening for Vestbyen og Omegn")
    shown = str([e["text"]["text"] for _, e in elements(await parent(library))])
    assert "Spørg partneren" in shown
    assert "…" not in shown
    assert (await press(library, METTE, "evaluation_ask_partner"))["ok"]
