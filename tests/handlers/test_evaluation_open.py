import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.circle import Level
from bot.evaluation import Occasion
from bot.evaluation_open import Opening
from bot.partner import ContactPerson, Status
from bot.round import Standing, State, Why
from bot.round_voice import THE_PARTNER
from bot.workspace import Frequency, Member
from handlers import round as desk_of
from handlers.evaluation_channel import place
from handlers.evaluation_open import begin
from handlers.evaluation_reveal import pieces
from handlers.evaluation_said import IN_CHANNEL
from storage import evaluation as evaluations
from storage import reminder_cadence as care_of
from storage import round as rounds
from storage import workspace as settings_of
from storage.database import Connection
from tests.handlers.deliveries import posts
from tests.handlers.evaluations import (
    KAREN,
    NADIA,
    OURS,
    as_it_is,
    open_one,
    open_rounds,
    opened,
    partner,
)
from tests.handlers.library import Library, elements, said
from tests.handlers.library_settings import decide
from tests.handlers.tjek_rounds import (
    ALI,
    METTE,
    PARTNERS,
    SOFIE,
    direct,
    messages,
    parent,
    press_direct,
    ready,
    settled,
    wound,
    wound_to_wednesday,
)

TEAM, OWN, ANNE, BO = "T01", "C09", "U50", "U51"
EVERYBODY = [KAREN, METTE, ALI, SOFIE, NADIA, "@app"]
LEVELS = {"level": Level.COLLABORATION}


async def channel(library: Library, channel_id: str = OWN, **changes: Any) -> None:
    values = {"name": "springbraet", "members": EVERYBODY, **changes}
    done = await library.control("channels", id=channel_id, **values)
    assert done["ok"], done


async def wound_past(library: Library, moment: datetime | None) -> None:
    assert moment
    until = moment - library.house.clock.now()
    await wound(library, until.total_seconds() / 3600 + 0.1, jump=True)


async def theirs_join(library: Library, *people: str) -> None:
    for user in people:
        await library.control("members", id=user, name=f"fremmed {user}", is_stranger=True)
    await channel(library, is_ext_shared=True, members=[*EVERYBODY, *people])


async def answer(library: Library, round_id: int, *users: str) -> None:
    now = library.house.clock.now()
    for user in users:
        given: dict[str, Any] = {"answers": {"easy": "4"}, "notes": {}, "now": now}
        await library.store.write(rounds.answer, TEAM, round_id, user, **given)
    await IN_CHANNEL.renew(library.house, TEAM, round_id)


async def chosen(library: Library, user: str, member: Member) -> None:
    now = library.house.clock.now()
    await library.store.write(settings_of.save_member, TEAM, user, member, now)


# What is said when it opens


async def test_the_thread_opens_with_what_why_who_until_when_and_who_sees_what(
    library: Library,
) -> None:
    await ready(library)
    anne = ContactPerson("Anne Holm", source="mail")
    this = await open_one(library, people=(anne,))
    shown = said(await parent(library))
    for line in (
        "Hvordan går det med Springbræt? Én gang om året bruger vi to minutter på at se efter.",
        "Hvem: Mette, Ali og Sofie – og Springbræt selv",
        "Hvad: seks spørgsmål om samarbejde, fremdrift og resultater",
        (
            "Hvornår: svar inden fredag den 4. december kl. 12. "
            "Svarer alle før, vises svarene med det samme."
        ),
        (
            "Hvem ser hvad: Ingen ser noget før da. Så vises tal uden navne og bemærkninger "
            "ordret. Det, Springbræt svarer, vises som deres."
        ),
        "Svar – to minutter Jeg kan ikke denne gang",
        (
            "0 af 4 har svaret. Tal gerne med i tråden; jeg læser den ikke, så brug knappen, hvis "
            "det skal gemmes. Gem en bemærkning Spørg partneren"
        ),
    ):
        assert line in shown
    assert "Anne" not in shown
    assert "@" not in shown  # nobody is called by name in the channel
    assert this.called_by == METTE
    assert this.standings == dict.fromkeys((THE_PARTNER, METTE, ALI, SOFIE), Standing.WAITING)
    posted = {entry["request"]["channel"] for entry in await posts(library)}
    assert posted == {PARTNERS, METTE, ALI, SOFIE}


async def test_who_is_asked_alone_is_not_promised_to_be_nameless(library: Library) -> None:
    await ready(library)
    await open_one(library, deputy=None, known_by=())
    shown = said(await parent(library))
    plain = "Kun én fra biblioteket er spurgt, så alle kan se, hvem det svar kommer fra."
    assert f"{plain} Det, Springbræt svarer, vises som deres." in shown
    (asked,) = await direct(library, METTE)
    assert "Du er den eneste her i huset, der er spurgt, så dine svar vises som dine." in said(
        asked
    )
    assert "uden navne" not in shown + said(asked)


async def test_all_who_are_asked_hear_of_it_and_who_leads_it_can_see_to_it(
    library: Library,
) -> None:
    await ready(library)
    await open_one(library)
    for user in (METTE, ALI, SOFIE):
        (invited,) = await direct(library, user)
        assert "Seks spørgsmål, to minutter, svar inden fredag den 4. december" in said(invited)
        assert "Svar – to minutter Jeg kan ikke denne gang" in said(invited)
        # By hand it may be asked as often as anybody wants to know.
        assert "Du får den, fordi du kender dem. Færre beskeder:" in said(invited)
        assert ("Se runden" in said(invited)) is (user == METTE)


@pytest.mark.parametrize(
    ("occasion", "subject", "why"),
    [
        (Occasion.ACTIVITY, "", "Det, vi lavede sammen, er slut, så nu bruger vi to minutter"),
        (Occasion.ACTIVITY, "lektiecaféen", "Vi har lavet lektiecaféen sammen, så nu bruger vi to"),
        (Occasion.YEARLY, "lektiecaféen", "Det handler om lektiecaféen. Én gang om året"),
        (Occasion.TRIAL, "", "Vi prøver noget sammen og skal snart beslutte"),
        (Occasion.TRIAL, "<!channel>", "Det handler om <!channel>, som vi prøver."),
        (Occasion.PULSE, "", "Halvvejs mellem to runder bruger vi ét minut på at tage pulsen."),
        (Occasion.PULSE, "dans", "Det handler om dans. Halvvejs mellem to runder bruger vi ét"),
        (Occasion.BY_HAND, "", "Vi bruger to minutter på at se efter."),
        (Occasion.BY_HAND, "dans", "Det handler om dans. Vi bruger to minutter på at se efter."),
    ],
)
async def test_it_says_why_it_is_asked_now(
    library: Library, occasion: Occasion, subject: str, why: str
) -> None:
    await ready(library)
    await opened(library, await partner(library), occasion, subject=subject)
    assert why in said(await parent(library))


async def test_a_pulse_asks_only_us(library: Library) -> None:
    await ready(library)
    number = await partner(library, level=Level.PARTNERSHIP)
    this = await opened(library, number, Occasion.PULSE)
    assert this is not None
    assert THE_PARTNER not in this.standings
    shown = said(await parent(library))
    assert "Hvem: Mette, Ali og Sofie Hvad: tre spørgsmål" in shown
    assert "Spørg partneren" not in shown


async def test_a_partner_is_asked_at_most_every_half_year(library: Library) -> None:
    await ready(library)
    first = await open_one(library)
    await library.store.write(rounds.cancel, TEAM, first.id, by=METTE, now=first.opened_at)
    again = await opened(library, first.partner_id or 0, Occasion.TRIAL)
    assert again is not None
    assert THE_PARTNER in again.standings  # what was called off has asked nobody
    now = library.house.clock.now()
    await library.store.write(rounds.reveal, TEAM, again.id, why=Why.DEADLINE, now=now)
    third = await opened(library, first.partner_id or 0, Occasion.ACTIVITY)
    assert third is not None
    assert THE_PARTNER not in third.standings


async def test_who_wants_no_messages_is_asked_in_the_channel_and_on_home(library: Library) -> None:
    await ready(library)
    await chosen(library, ALI, Member(frequency=Frequency.NEVER))
    first = await open_one(library)
    assert ALI in first.standings
    assert await direct(library, ALI) == []
    await library.control("home", user=ALI)
    assert "Springbræt" in said((await library.state(ALI))["home"])


async def test_who_is_away_is_not_asked_and_leads_it_all_the_same(library: Library) -> None:
    await ready(library)
    back = library.house.clock.now().date() + timedelta(days=9)
    await chosen(library, METTE, Member(away_until=back))
    this = await open_one(library)
    assert METTE not in this.standings
    assert this.called_by == METTE


async def test_who_is_missing_is_reminded_once_the_day_before(library: Library) -> None:
    """Before Christmas, when no weekly message does it."""
    await ready(library)
    await wound_past(library, datetime(2026, 12, 16, 8, tzinfo=UTC))
    this = await open_one(library)
    await answer(library, this.id, METTE, SOFIE)
    await wound_past(library, this.nudge_at)
    reminded = said((await direct(library, ALI))[-1])
    assert "I morgen kl. 12 vises svarene om Springbræt. Dit mangler, det tager to" in reminded
    assert "Svar Jeg kan ikke denne gang" in reminded
    for user in (METTE, SOFIE):
        assert "vises svarene" not in str(await direct(library, user))


async def test_whom_the_weekly_message_has_reminded_is_left_in_peace(library: Library) -> None:
    await ready(library)
    await wound_to_wednesday(library)
    this = await open_one(library)
    assert this.nudge_at
    await wound_past(library, this.nudge_at - timedelta(days=2))  # the Tuesday between
    told = [said(message) for message in await direct(library, ALI)]
    assert len(told) == 2
    assert "dit svar mangler" in told[1]
    await wound_past(library, this.nudge_at)
    assert len(await direct(library, ALI)) == 2


async def test_the_partner_gets_no_weekly_message(library: Library) -> None:
    await ready(library)
    this = await open_one(library)
    assert THE_PARTNER in this.standings
    assert await library.store.read(care_of.readers, TEAM) == {METTE, ALI, SOFIE}


async def test_with_the_weekly_message_on_the_same_morning_one_of_the_two_is_enough(
    library: Library,
) -> None:
    await ready(library)
    tuesday = timedelta(days=1, hours=0.1)  # the tests begin on a Monday at nine
    opening = Opening(await partner(library), Occasion.YEARLY, library.house.clock.now().date())
    await wound_past(library, library.house.clock.now() + tuesday)
    await begin(library.house, TEAM, opening, library.house.clock.now())
    await settled(library)
    before = len(await direct(library, ALI))
    await wound_past(library, library.house.clock.now() + timedelta(days=1))
    assert len(await direct(library, ALI)) == before


# The message as it stands later


async def test_the_message_counts_and_never_tells_who(library: Library) -> None:
    await ready(library)
    this = await open_one(library)
    await answer(library, this.id, METTE, ALI, THE_PARTNER)
    assert "3 af 4 har svaret." in said(await parent(library))


async def test_called_off_it_says_so_and_so_do_the_invitations(library: Library) -> None:
    await ready(library)
    this = await open_one(library)
    now = library.house.clock.now()

    def call_off(conn: Connection, team: str) -> None:
        stopped = rounds.cancel(conn, team, this.id, by=METTE, now=now)
        desk_of.called_off(conn, team, stopped, now)

    await library.store.write(call_off, TEAM)
    library.house.wake()
    await settled(library)
    assert (
        said(await parent(library)) == "Runden om Springbræt er aflyst. Ingen har set nogen svar."
    )
    assert "Runden om Springbræt er aflyst." in said((await direct(library, ALI))[-1])


async def test_shown_and_decided_it_says_so(library: Library) -> None:
    await ready(library)
    this = await open_one(library)
    await answer(library, this.id, METTE, ALI)
    now = library.house.clock.now()
    await library.store.write(desk_of.show, TEAM, this, Why.CALLED, now, pieces)
    library.house.wake()
    await settled(library)
    shown = said(await parent(library))
    assert shown.startswith("Hvordan går det med Springbræt? 2 af 4 har svaret. Svarene står i")
    assert "Gem en bemærkning" in shown
    assert "Svar – to minutter" not in shown
    assert "Se svarene" in said((await direct(library, SOFIE))[-1])
    told_how: dict[str, Any] = {"decision": "go_on", "reason": "", "by": METTE, "now": now}
    await library.store.write(rounds.close, TEAM, this.id, **told_how)
    await IN_CHANNEL.renew(library.house, TEAM, this.id)
    assert "Hvordan går det med Springbræt? Vi fortsætter som nu." in said(await parent(library))


async def test_nobody_answered_is_an_answer_too(library: Library) -> None:
    await ready(library)
    this = await open_one(library)
    await library.store.write(rounds.reveal, TEAM, this.id, why=Why.DEADLINE, now=this.deadline)
    await IN_CHANNEL.renew(library.house, TEAM, this.id)
    shown = said(await parent(library))
    assert shown == "Ingen nåede at svare om Springbræt, og det er et svar i sig selv."


async def test_an_invitation_follows_how_she_stands(library: Library) -> None:
    await ready(library)
    this = await open_one(library)
    now = library.house.clock.now()

    def stand(conn: Connection, team: str, *, declines: bool) -> None:
        if declines:
            stands = rounds.decline(conn, team, this.id, METTE, now)
        else:
            given: dict[str, Any] = {"answers": {"easy": "4"}, "notes": {}, "now": now}
            stands = rounds.answer(conn, team, this.id, METTE, **given)
        at = now + timedelta(seconds=declines)
        desk_of.stands_otherwise(conn, team, stands, METTE, at)
        desk_of.stands_otherwise(conn, team, stands, THE_PARTNER, at)

    await library.store.write(stand, TEAM, declines=False)
    library.house.wake()
    await settled(library)
    (mine,) = await direct(library, METTE)
    assert "Tak, dine svar om Springbræt er gemt." in said(mine)
    assert "Ret mine svar Spørg partneren Se runden" in said(mine)
    await library.store.write(stand, TEAM, declines=True)
    await wound(library, 0.01)
    (mine,) = await direct(library, METTE)
    assert "Jeg vil gerne svare alligevel" in said(mine)
    assert "Runden venter ikke på dig. Ingen får at vide, at det er dig." in said(mine)
    assert "Se runden" in said(mine)


# Once, and only where it goes on


async def test_a_second_opening_for_the_same_day_does_nothing(library: Library) -> None:
    await ready(library)
    this = await open_one(library)
    number = this.partner_id or 0
    assert await opened(library, number) is None
    assert await opened(library, number, Occasion.TRIAL) is None  # one at a time
    await library.store.write(rounds.cancel, TEAM, this.id, by=METTE, now=this.opened_at)
    assert await opened(library, number) is None  # its day has had its round
    assert await opened(library, number, Occasion.BY_HAND) is not None
    assert len([one for one in await messages(library) if "Springbræt?" in said(one)]) == 2


async def test_two_that_open_it_at_once_open_it_once(library: Library) -> None:
    await ready(library)
    number = await partner(library)
    now = library.house.clock.now()
    opening = Opening(number, Occasion.YEARLY, now.date())
    both = await asyncio.gather(*(begin(library.house, TEAM, opening, now) for _ in range(2)))
    await settled(library)
    assert [one is None for one in both].count(True) == 1
    assert len(await open_rounds(library, number)) == 1
    assert len(await direct(library, ALI)) == 1


@pytest.mark.parametrize(
    "fields",
    [{"archived": True}, {"status": Status.ENDED}, {**dict.fromkeys(OURS), "known_by": ()}],
)
async def test_over_or_known_by_nobody_it_does_not_open(
    library: Library, fields: dict[str, Any]
) -> None:
    await ready(library)
    number = await partner(library, **fields)
    assert await opened(library, number) is None
    assert await library.store.read(evaluations.of_partners, TEAM, [number]) == []


async def test_a_library_that_is_not_switched_on_is_not_asked(library: Library) -> None:
    await ready(library, switched_on=False)
    assert await opened(library, await partner(library)) is None
    await decide(library, switched_on=True)
    assert len(await open_rounds(library, 1)) == 0


async def test_without_a_responsible_the_coordinator_leads_it(library: Library) -> None:
    await ready(library)
    this = await open_one(library, responsible=None)
    assert this.called_by == KAREN
    assert KAREN not in this.standings
    assert "Hvem: Ali og Sofie" in said(await parent(library))


async def test_a_responsible_who_has_left_neither_leads_it_nor_is_asked(library: Library) -> None:
    await ready(library)
    await library.control("members", id=METTE, deleted=True)
    this = await open_one(library)
    assert this.called_by == KAREN
    assert METTE not in this.standings


async def test_somebody_who_is_asked_alone(library: Library) -> None:
    await ready(library)
    this = await open_one(library, deputy=None, known_by=())
    assert "Hvem: Mette – og Springbræt selv" in said(await parent(library))
    await answer(library, this.id, METTE)
    assert "1 af 2 har svaret." in said(await parent(library))


# Where


async def test_the_relations_own_channel_comes_first(library: Library) -> None:
    await ready(library)
    await channel(library)
    this = await open_one(library, channel=OWN)
    assert this.channel == OWN
    assert "Hvordan går det med Springbræt?" in said((await messages(library, METTE, OWN))[-1])


@pytest.mark.parametrize(
    "change",
    [{"is_archived": True}, {"members": [METTE]}, {"deleted": True}, {"is_ext_shared": True}],
)
async def test_where_it_cannot_be_the_librarys_is_used(
    library: Library, change: dict[str, Any]
) -> None:
    await ready(library)
    await channel(library)
    await channel(library, **change)
    assert (await open_one(library, channel=OWN)).channel == PARTNERS


async def test_in_a_channel_shared_with_them_their_people_are_asked(library: Library) -> None:
    await ready(library)
    await theirs_join(library, ANNE, BO)
    this = await open_one(library, channel=OWN)
    assert this.channel == OWN
    assert {who for who in this.standings if who.startswith("@")} == {f"@{ANNE}", f"@{BO}"}
    shown = said((await messages(library, METTE, OWN))[-1])
    assert "Hvordan går det med det, vi laver sammen?" in shown
    assert "Hvem: Mette, Ali og Sofie – og Springbræt selv" in shown
    assert "0 af 5 har svaret." in shown
    assert "fremmed" not in shown
    assert "Spørg partneren" not in shown
    posted = {entry["request"]["channel"] for entry in await posts(library)}
    assert posted == {OWN, METTE, ALI, SOFIE}


async def test_a_round_among_us_keeps_out_of_a_shared_channel(library: Library) -> None:
    await ready(library)
    await theirs_join(library, ANNE)
    number = await partner(library, level=Level.PARTNERSHIP, channel=OWN)
    this = await opened(library, number, Occasion.PULSE)
    assert this is not None
    assert this.channel == PARTNERS
    assert not [who for who in this.standings if who.startswith("@")]


async def test_a_channel_shared_with_two_organisations_asks_none_of_them_there(
    library: Library,
) -> None:
    """Nobody can tell which of them is the partner, so the thread is the library's own."""
    await ready(library)
    await theirs_join(library, ANNE)
    third = {"is_stranger": True, "strangers_team": "T77"}
    await library.control("members", id=BO, name="en tredje", **third)
    await channel(library, is_ext_shared=True, members=[*EVERYBODY, ANNE, BO])
    this = await open_one(library, channel=OWN)
    assert this.channel == PARTNERS
    assert [who for who in this.standings if who.startswith("@")] == ["@0"]


async def test_a_librarys_channel_that_came_to_be_shared_is_none(library: Library) -> None:
    await ready(library)
    await library.control("members", id=ANNE, name="fremmed", is_stranger=True)
    await channel(library, PARTNERS, is_ext_shared=True, members=[*EVERYBODY, ANNE])
    assert (await open_one(library)).channel == ""


async def test_without_any_channel_everybody_is_asked_in_private(library: Library) -> None:
    await ready(library, partner_channel=None)
    this = await open_one(library)
    assert this.channel == ""
    (mine,) = await direct(library, METTE)
    assert "Der er ingen kanal, hvor jeg kan skrive om det" in said(mine)
    assert "Svar – to minutter" in said(mine)
    assert "Seks spørgsmål" in said((await direct(library, ALI))[-1])
    await answer(library, this.id, METTE, ALI, SOFIE)
    now = library.house.clock.now()
    await library.store.write(desk_of.show, TEAM, this, Why.CALLED, now, pieces)
    library.house.wake()
    await settled(library)
    assert "Svarene om Springbræt er her." in said((await direct(library, METTE))[-1])
    assert "Se svarene" in said((await direct(library, ALI))[-1])


async def test_a_channel_lost_in_between_is_told_to_who_leads_it(library: Library) -> None:
    await ready(library)
    await channel(library)
    number = await partner(library, channel=OWN)
    client = await library.house.teams.client(TEAM)
    assert client
    await place(library.house, client, TEAM, OWN)  # remembered as a good one
    await channel(library, is_archived=True)
    assert await opened(library, number)
    private = [said(message) for message in await direct(library, METTE)]
    assert any(
        "Der er ingen tråd i #springbraet, fordi kanalen er arkiveret." in m for m in private
    )


async def test_a_single_answer_without_a_channel_comes_with_the_three_ways_on(
    library: Library,
) -> None:
    await ready(library)
    this = await open_one(library)
    await answer(library, this.id, ALI)
    await channel(library, PARTNERS, name="partnerskaber", is_archived=True)
    now = library.house.clock.now()
    await library.store.write(desk_of.show, TEAM, this, Why.DEADLINE, now, pieces)
    library.house.wake()
    await settled(library)
    mine = (await direct(library, METTE))[-1]
    assert "Kun én nåede at svare om Springbræt" in said(mine)
    assert "Her vælger du, hvad der så sker:" in said(mine)
    buttons = [element["text"]["text"] for _, element in elements(mine)]
    assert buttons == ["Prøv om en måned", "Tag det på et møde", "Spring over i år"]
    await press_direct(library, METTE, "Spring over i år")
    assert (await as_it_is(library, this)).state is State.CLOSED


async def test_a_channel_archived_before_the_answers_is_told_to_who_leads_it(
    library: Library,
) -> None:
    await ready(library)
    this = await open_one(library)
    await answer(library, this.id, METTE, ALI)
    await channel(library, PARTNERS, name="partnerskaber", is_archived=True)
    now = library.house.clock.now()
    await library.store.write(desk_of.show, TEAM, this, Why.CALLED, now, pieces)
    library.house.wake()
    await settled(library)
    mine = said((await direct(library, METTE))[-1])
    assert (
        "Svarene om Springbræt kan ikke vises i #partnerskaber, fordi kanalen er arkiveret." in mine
    )
    assert "Se svarene" in mine
