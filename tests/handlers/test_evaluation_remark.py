import pytest

from bot.evaluation_remark import Remark
from bot.guard import NOTE_LENGTH
from storage import evaluation as evaluations
from storage import evaluation_remark as remarks
from storage.database import Connection
from tests.handlers.evaluation_rounds import (
    ALI,
    ANNE,
    METTE,
    answers,
    look,
    opened,
    parent,
    press,
    ready,
    told,
    visitor,
    wound_past_deadline,
)
from tests.handlers.library import Library, elements, said

SAID = "Fremover ringer de til *Nadia* om lokaler.\n<!channel> & @Ali"


async def kept(library: Library, number: int) -> list[Remark]:
    def of(conn: Connection, team: str) -> list[Remark]:
        _, evaluation = evaluations.with_round(conn, team, number)
        return list(remarks.remarks_of(conn, team, evaluation.id))

    return await library.store.read(of, "T01")


async def keep(library: Library, user: str, text: str) -> None:
    await press(library, user, "evaluation_remark")
    done = await library.submit({"text": text}, user)
    assert done["ok"], done


async def test_a_remark_is_kept_word_by_word_with_who_and_when(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    thread = (await parent(library))["replies"]
    await keep(library, ALI, SAID)
    assert "Bemærkningen er gemt." in await told(library, ALI)
    (one,) = await kept(library, number)
    assert (one.user_id, one.text) == (ALI, SAID)
    assert one.at <= library.house.clock.now()
    assert (await parent(library))["replies"] == thread, "the thread has heard it already"
    await library.press("Se bemærkningerne", ALI)
    shown = said(await library.view(ALI))
    assert "@U03, 23. nov.: Fremover ringer de til *Nadia* om lokaler." in shown
    assert "<!channel> & @Ali" in shown


@pytest.mark.parametrize(
    ("text", "why"), [("Hans nummer er 010203-1234", "CPR-nummer"), (" \n ", "Skriv det, der")]
)
async def test_what_cannot_be_kept_is_refused_and_still_there(
    library: Library, text: str, why: str
) -> None:
    await ready(library)
    number = await opened(library)
    await press(library, ALI, "evaluation_remark")
    done = await library.submit({"text": text}, ALI)
    assert why in done["errors"]["text"]
    assert not await kept(library, number)
    done = await library.submit({"text": "Bedre sådan"}, ALI)
    assert done["ok"], done
    assert [one.text for one in await kept(library, number)] == ["Bedre sådan"]


async def test_they_are_kept_after_the_answers_are_shown_too(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    await press(library, ALI, "evaluation_remark")
    await answers(library, METTE)
    await wound_past_deadline(library, number)
    done = await library.submit({"text": SAID}, ALI)
    assert done["ok"], done
    assert len(await kept(library, number)) == 1


async def test_two_hundred_long_ones_are_all_there_page_by_page(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    now = library.house.clock.now()
    texts = [f"{n:03} " + "æ" * (NOTE_LENGTH - 4) for n in range(200)]

    def store(conn: Connection, team: str) -> None:
        _, evaluation = evaluations.with_round(conn, team, number)
        for text in texts:
            remarks.add(conn, team, Remark(evaluation.id, ALI, text, now))

    await library.store.write(store, "T01")
    await look(library, METTE, number)
    await library.press("Se bemærkningerne")
    first = said(await library.view())
    assert first.index("199 ") < first.index("198 ")
    seen = ""
    while True:
        view = await library.view()
        seen += said(view)
        if "Næste" not in [e.get("text", {}).get("text") for _, e in elements(view)]:
            break
        done = await library.press("Næste")
        assert done["ok"], done
    assert "Side 20 af 20" in seen
    assert all(text in seen for text in texts)
    await library.press("Forrige")
    assert "Side 19 af 20" in said(await library.view())


async def test_where_nothing_is_kept_it_says_so(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    await look(library, METTE, number)
    await library.press("Se bemærkningerne")
    assert "Der er ikke gemt noget endnu." in said(await library.view())


async def test_somebody_of_the_partners_is_told_who_keeps_remarks(library: Library) -> None:
    await ready(library)
    await visitor(library)
    await opened(library, voices=(ANNE,))
    await press(library, ANNE, "evaluation_remark")
    assert "Det er bibliotekets medarbejdere, der gemmer bemærkninger." in await told(library, ANNE)
