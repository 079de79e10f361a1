import pytest

from bot.evaluation_questions import LAST, shipped
from bot.round import Sheet, Standing, State
from storage import round as rounds
from storage import round_sheets
from storage.database import Connection
from tests.handlers.evaluation_rounds import (
    ALI,
    ANNE,
    CHANNEL,
    GUEST,
    METTE,
    SOFIE,
    TOM,
    answers,
    begin,
    choose,
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

OUTSIDE = "Partnerbot er for bibliotekets ansatte. Spørg den, der inviterede dig."
SECRET = "Vi ved ikke, hvem vi skal ringe til om lokaler"
SIX = {f"evaluation_choice.{one.id}": "4" for one in shipped().get("collaboration").questions}


async def sheet(library: Library, number: int, voice: str) -> Sheet:
    return await library.store.read(round_sheets.own, "T01", number, voice)


# Answering


async def test_a_colleague_answers_in_a_form_of_her_own(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    view = await begin(library, ALI)
    shown = said(view)
    assert "Hvordan går det med Springbræt?" in shown
    assert "Samarbejde Er det let at arbejde sammen?" in shown
    assert "1 · Nej, slet ikke" in shown
    assert "Ved ikke" in shown
    assert "Hvad skal vi gøre mere af – eller lade være med?" in shown
    assert "Hvad skulle der til?" not in shown
    assert "I er få" not in shown
    assert "uden dit navn" in shown
    assert "Besvær er nemmest at rette" in str(view)
    assert "står ordret i tråden. Skriv ikke navne på partnerens folk." in str(view)
    await library.close(ALI)
    await answers(library, ALI, notes={LAST: "Mere lektiecafé"})
    this = await standing(library, number)
    assert this.standings == {
        "@0": Standing.WAITING,
        METTE: Standing.WAITING,
        ALI: Standing.ANSWERED,
        SOFIE: Standing.WAITING,
    }
    assert this.state is State.OPEN
    assert "1 af 4 har svaret" in said(await parent(library))
    assert (await sheet(library, number, ALI)).notes == {LAST: "Mere lektiecafé"}


async def test_only_a_low_answer_is_asked_what_it_would_take(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    await begin(library, ALI)
    view = await choose(library, ALI, "roles", "4")
    assert "Hvad skulle der til?" not in said(view)
    view = await choose(library, ALI, "roles", "2")
    fields = [name for name, _ in elements(view)]
    assert fields.index("evaluation_note.roles") == fields.index("evaluation_choice.roles") + 1
    done = await library.submit(
        SIX | {"evaluation_choice.roles": "2", "evaluation_note.roles": SECRET}, ALI
    )
    assert done["ok"], done
    assert "Tak, dine svar er gemt." in await told(library, ALI)
    kept = await sheet(library, number, ALI)
    assert kept.answers["roles"] == "2"
    assert kept.notes == {"roles": SECRET}
    await library.close(ALI)

    view = await begin(library, ALI)
    assert SECRET in said(view)
    view = await choose(library, ALI, "roles", "4")
    assert "Hvad skulle der til?" not in said(view)
    await library.submit({}, ALI)
    kept = await sheet(library, number, ALI)
    assert kept.answers["roles"] == "4"
    assert not kept.notes


async def test_who_is_quicker_than_the_form_is_asked_when_the_page_is_sent(
    library: Library,
) -> None:
    await ready(library)
    number = await opened(library)
    await begin(library, ALI)
    done = await library.submit(SIX | {"evaluation_choice.easy": "1"}, ALI)
    assert done["ok"], done
    view = await library.view(ALI)
    assert "Du har valgt 1 eller 2." in said(view)
    assert "evaluation_note.easy" in str(view)
    assert (await standing(library, number)).standings[ALI] is Standing.WAITING
    done = await library.submit({}, ALI)
    assert done["ok"], done
    assert "Tak, dine svar er gemt." in await told(library, ALI)
    assert (await sheet(library, number, ALI)).answers["easy"] == "1"


async def test_a_long_one_is_kept_page_by_page(library: Library) -> None:
    await ready(library)
    number = await opened(library, instrument="partnership")
    view = await begin(library, ALI)
    assert "Hvordan går det? 1/2" in said(view)
    assert "Kan vi regne med Springbræt?" in said(view)
    asked = [name for name, _ in elements(view) if name.startswith("evaluation_choice.")]
    done = await library.submit(dict.fromkeys(asked, "3"), ALI)
    assert done["ok"], done
    view = await library.view(ALI)
    assert "Hvordan går det? 2/2" in said(view)
    assert "Ikke endnu" in said(view)
    await library.press("Tilbage", ALI)
    assert "Hvordan går det? 1/2" in said(await library.view(ALI))
    assert len((await sheet(library, number, ALI)).answers) == 9
    assert (await standing(library, number)).standings[ALI] is Standing.WAITING
    await library.close(ALI)
    assert "Hvordan går det? 2/2" in said(await begin(library, ALI))
    await library.close(ALI)
    await answers(library, ALI)
    assert len((await sheet(library, number, ALI)).answers) == 15
    assert (await standing(library, number)).standings[ALI] is Standing.ANSWERED


async def test_a_bad_note_is_refused_and_nothing_is_lost(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    await begin(library, ALI)
    done = await library.submit(
        SIX | {f"evaluation_note.{LAST}": "Ring til Anne, 010203-1234"}, ALI
    )
    assert list(done["errors"]) == [f"evaluation_note.{LAST}"]
    assert not (await sheet(library, number, ALI)).answers
    done = await library.submit({f"evaluation_note.{LAST}": "Ring til Anne"}, ALI)
    assert done["ok"], done
    assert len((await sheet(library, number, ALI)).answers) == 6


@pytest.mark.parametrize(
    ("invited", "told_so"),
    [
        ((METTE, ALI), "I er få, så de andre kan måske gætte, hvem der har svaret hvad."),
        ((ALI,), "Du er den eneste her i huset, der er spurgt, så dine svar vises som dine."),
    ],
)
async def test_who_cannot_hide_is_told(
    library: Library, invited: tuple[str, ...], told_so: str
) -> None:
    await ready(library)
    await opened(library, invited=invited)
    view = await begin(library, ALI)
    assert told_so in said(view)
    assert ("uden dit navn" in said(view)) is (len(invited) > 1)


async def test_two_of_whom_one_cannot_are_told_that_nothing_is_shown(library: Library) -> None:
    await ready(library)
    number = await opened(library, invited=(METTE, ALI), voices=())
    await press(library, METTE, "evaluation_decline")
    await settled(library)
    await begin(library, ALI)
    await library.submit(SIX, ALI)
    assert "så ingen får dem at se" in await told(library, ALI)
    assert (await standing(library, number)).state is State.REVEALED


# What goes on meanwhile


async def test_the_questions_stay_as_they_were_asked(library: Library) -> None:
    """The instrument is frozen in the evaluation, and so is the level."""
    await ready(library)
    one = shipped().get("collaboration")
    question = one.questions[0].model_copy(
        update={"text": one.questions[0].text.model_copy(update={"da": "Går det let?"})}
    )
    edited = one.model_copy(update={"questions": (question, *one.questions[1:])})
    await opened(library, instrument=edited)
    assert "Går det let?" in said(await begin(library, ALI))


async def test_it_is_too_late_once_the_answers_are_shown(library: Library) -> None:
    await ready(library)
    number = await opened(library)
    await answers(library, ALI)
    await begin(library, SOFIE)
    this = await standing(library, number)
    message = await parent(library)
    await wound_past_deadline(library, number)
    assert (await standing(library, number)).state is State.REVEALED
    done = await library.submit(SIX, SOFIE)
    assert "Runden er slut" in str(done["errors"])
    await library.close(SOFIE)
    where = {"channel": CHANNEL, "ts": message["ts"]}
    ids = {"action_id": "evaluation_answer", "block_id": "evaluation_buttons"}
    await library.control("click", user=METTE, message=where, **ids)
    assert this.standings[METTE] is Standing.WAITING
    assert not (await sheet(library, number, SOFIE)).answers


async def test_who_was_not_asked_is_told_so(library: Library) -> None:
    await ready(library)
    await opened(library)
    await press(library, TOM, "evaluation_answer")
    assert "Runden er for dem, der er spurgt." in await told(library, TOM)
    await press(library, TOM, "evaluation_decline")
    assert "Runden er for dem, der er spurgt." in await told(library, TOM)


async def test_nobody_is_shown_an_answer_before_all_are(library: Library) -> None:
    """Whatever the bot has sent to anybody, or published, is searched."""
    await ready(library)
    await visitor(library)
    number = await opened(library, voices=("@U50",))
    await answers(library, ALI, {"roles": "1"}, {"roles": SECRET, LAST: SECRET})
    await answers(library, ANNE, {"roles": "1"}, {"roles": SECRET, LAST: SECRET})
    before = len(await library.look("log"))
    await look(library, METTE, number)
    await library.press("Se bemærkningerne", METTE)
    await library.close(METTE)
    for user in (METTE, SOFIE, TOM, ANNE):
        await library.home(user)
    await begin(library, SOFIE)
    await library.close(SOFIE)
    await answers(library, METTE)
    sent = (await library.look("log"))[before:]
    assert sent
    assert not [one for one in sent if SECRET in str(one)]
    assert (await standing(library, number)).state is State.OPEN


# People of theirs in a shared channel


async def test_somebody_of_theirs_answers_for_her_organisation(library: Library) -> None:
    await ready(library, library_name="Byens Bibliotek")
    await visitor(library)
    number = await opened(library, instrument="partnership", voices=("@U50",))
    view = await begin(library, ANNE)
    shown = said(view)
    assert "Spørgsmål fra Byens Bibliotek til Springbræt." in shown
    assert "I svarer på organisationens vegne." in shown
    assert "Kan vi regne med Byens Bibliotek?" in shown
    assert "Dine vises som svar fra Springbræt, uden dit navn." in shown
    await library.close(ANNE)
    await answers(library, ANNE, {"rely": "2"}, {"rely": SECRET})
    assert (await standing(library, number)).standings["@U50"] is Standing.ANSWERED
    assert (await sheet(library, number, "@U50")).notes == {"rely": SECRET}
    assert not (await sheet(library, number, "U50")).answers
    assert "Anne" not in said(await parent(library))


async def test_somebody_of_theirs_may_say_that_she_cannot(library: Library) -> None:
    await ready(library)
    await visitor(library)
    number = await opened(library, voices=("@U50",))
    await press(library, ANNE, "evaluation_decline")
    await settled(library)
    assert "Det er helt i orden." in await told(library, ANNE)
    assert (await standing(library, number)).standings["@U50"] is Standing.DECLINED
    assert "har svaret" in said(await parent(library))
    await library.press("Jeg vil gerne svare alligevel", ANNE, channel=CHANNEL)
    assert "fra biblioteket til Springbræt" in said(await library.view(ANNE))


async def test_all_others_from_outside_stay_outside(library: Library) -> None:
    await ready(library)
    await visitor(library)
    number = await opened(library)
    for user in (ANNE, GUEST):
        for action_id in ("evaluation_answer", "evaluation_decline"):
            await press(library, user, action_id)
            assert await told(library, user) == OUTSIDE
    assert not {"@U50", "U50", GUEST} & set((await standing(library, number)).standings)


async def test_who_was_asked_from_outside_gets_nothing_but_her_form(library: Library) -> None:
    await ready(library)
    await visitor(library)
    await opened(library, voices=("@U50",))
    await press(library, ANNE, "evaluation_remark")
    assert "Det er bibliotekets medarbejdere, der gemmer" in await told(library, ANNE)
    assert not (await library.state(ANNE))["views"]
    assert OUTSIDE in said(await library.home(ANNE))


async def test_a_form_that_was_open_is_no_way_in_once_the_round_is_off(library: Library) -> None:
    await ready(library)
    await visitor(library)
    number = await opened(library, voices=("@U50",))
    await begin(library, ANNE)
    now = library.house.clock.now()

    def call_off(conn: Connection, team: str) -> None:
        rounds.cancel(conn, team, number, by=METTE, now=now)

    await library.store.write(call_off, "T01")
    done = await library.submit(SIX, ANNE)
    assert "Runden er aflyst" in str(done["errors"])
