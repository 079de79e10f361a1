"""What each has from a round in her own messages, once she or the round has moved on."""

from datetime import timedelta

from bot.reminder_budget import BEGINNING
from handlers import round as desk_of
from storage.delivery import State
from tests.handlers.library import Json, Library, said
from tests.handlers.test_round_under_way import buttons, states
from tests.handlers.tjek_rounds import (
    ALI,
    METTE,
    SOFIE,
    YES,
    answers,
    asked,
    direct,
    page,
    pages,
    press_direct,
    press_parent,
    ready,
    settled,
    thread,
    wound,
    wound_past_deadline,
)
from tests.handlers.wire import fault

SUBJECT = "Pixelværket: fast VR-rum"
OVER = f"Runden om {SUBJECT} er slut. Har du noget at tilføje, så skriv det i tråden."


async def invitation(library: Library, user: str) -> Json:
    (found,) = await direct(library, user)
    return found


async def updates(library: Library) -> int:
    """How often a direct message was brought up to date."""
    calls = [e["request"] for e in await library.look("log") if e["name"] == "chat.update"]
    return len([call for call in calls if call["channel"].startswith("D")])


async def test_who_has_answered_reads_that_it_is_in_and_can_change_it(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await answers(library, ALI)
    shown = await invitation(library, ALI)
    assert f"Tak, dine svar om {SUBJECT} er gemt. Du kan rette dem indtil " in said(shown)
    assert buttons(shown) == ["Ret mine svar"]
    await press_direct(library, ALI, "Ret mine svar")
    await pages(library, ALI, {"hours": "no"})
    await settled(library)
    assert await updates(library) == 1, "she reads the same as before"
    assert "Svar" in buttons(await invitation(library, SOFIE))


async def test_who_declined_and_answers_after_all_is_told_so(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await press_direct(library, ALI, "Jeg kan ikke denne gang")
    await settled(library)
    shown = await invitation(library, ALI)
    assert "Runden venter ikke på dig. Jeg skriver, at én ikke kan" in said(shown)
    await press_direct(library, ALI, "Jeg vil gerne svare alligevel")
    await page(library, YES, ALI)
    await settled(library)
    assert "Svar" in buttons(await invitation(library, ALI)), "the round waits for her again"
    await pages(library, ALI, {})
    await settled(library)
    assert buttons(await invitation(library, ALI)) == ["Ret mine svar"]


async def test_once_the_answers_are_shown_nobody_is_asked_any_more(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await answers(library, ALI)
    await press_direct(library, SOFIE, "Jeg kan ikke denne gang")
    await settled(library)
    assert await thread(library)
    for user in (ALI, SOFIE):
        shown = await invitation(library, user)
        assert OVER in said(shown)
        assert "Svar" not in buttons(shown)
        assert "Jeg vil gerne svare alligevel" not in buttons(shown)


async def test_shown_early_or_at_the_deadline_who_has_not_answered_reads_it_too(
    library: Library,
) -> None:
    await ready(library)
    await asked(library, own={})
    await wound_past_deadline(library)
    assert OVER in said((await direct(library, ALI))[0])
    await asked(library, words="Koret", own={})
    await answers(library, ALI)
    await library.close()
    await press_parent(library, METTE, "Til Mette: se runden")
    await library.press("Vis svarene nu", confirm=True)
    await settled(library)
    shown = (await direct(library, SOFIE))[-1]
    assert "Runden om Koret er slut." in said(shown)
    assert "Svar" not in buttons(shown)


async def test_called_off_it_says_so_to_each(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    await answers(library, ALI)
    await library.close()
    await press_parent(library, METTE, "Til Mette: se runden")
    await library.press("Aflys runden", confirm=True)
    await settled(library)
    for user in (ALI, SOFIE):
        shown = await invitation(library, user)
        assert f"Runden om {SUBJECT} er aflyst. Ingen har set nogen svar." in said(shown)
        assert not buttons(shown)


async def test_the_reminder_is_brought_up_to_date_with_the_invitation(library: Library) -> None:
    await ready(library)
    await wound(
        library, BEGINNING / timedelta(hours=1), jump=True
    )  # then there is room for it in any week

    async def about_it() -> list[Json]:
        return [one for one in await direct(library, ALI) if "partneruge" not in said(one)]

    await asked(library, ALI, own={})
    while len(await about_it()) == 1:
        await wound(library, 12)
    nudge = (await about_it())[-1]
    assert "Dit mangler." in said(nudge)
    await press_direct(library, ALI, "Jeg kan ikke denne gang", 0)
    await settled(library)
    for shown in await about_it():
        assert OVER in said(shown), "she was the last that was waited for"


async def test_of_an_invitation_that_is_gone_nothing_is_brought_up_to_date(
    library: Library,
) -> None:
    await ready(library)
    await asked(library, own={})
    await fault(library, "chat.update", error="message_not_found", times=9)
    await answers(library, ALI)
    assert await states(library, desk_of.STANDING) == {State.DROPPED: 1}


async def test_where_slack_has_too_much_to_do_it_is_tried_again(library: Library) -> None:
    await ready(library)
    await asked(library, own={})
    mine = (await invitation(library, ALI))["channel"]
    await fault(library, "chat.update", match={"channel": mine}, error="ratelimited", times=1)
    await answers(library, ALI)
    assert buttons(await invitation(library, ALI)) == ["Ret mine svar"]


async def test_an_invitation_whose_answer_was_lost_holds_nothing_up(library: Library) -> None:
    await ready(library)
    text = "Din kollega vil gerne"
    await fault(library, "chat.postMessage", match=text, drop_answer=True, times=1)
    await asked(library, ALI, own={})
    await answers(library, ALI)
    assert await states(library, desk_of.INVITATION) == {State.PERHAPS: 1}
    assert await states(library, desk_of.STANDING) == {State.DROPPED: 2}, "hers, and the caller's"
