"""The digest with data as bad as people can make them: Slack takes it, and it stays short."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from bot.circle import Level, Move, Why
from bot.circle_picture import Missing
from bot.digest import (
    GREETING_LENGTH,
    Ahead,
    Coming,
    Contacts,
    Decided,
    Digest,
    Friend,
    Section,
)
from bot.digest_look import Look, Looked
from bot.digest_unclaimed import Unclaimed
from bot.goal_gap import Dimension, Gap, Place, Tally
from bot.partner import ContactPerson, Kind, Partner, Purpose, Room
from bot.tjek import Decision
from bot.translation import Translator
from bot.words import PURPOSE
from bot.workspace import Workspace
from bot.workspace_settings import NAME_LENGTH as NAMED
from handlers.views import digest as views
from handlers.views import digest_click as click_views
from handlers.views import digest_greeting as greeting_views
from handlers.views import digest_picture
from handlers.views import digest_unsaid as unsaid_views
from handlers.views.digest_lines import Known, friend
from handlers.views.digest_look import ADVICE
from handlers.views.digest_plain import plainer
from tests.handlers.library import said
from tests.handlers.views.extreme import (
    DANISH,
    LANGUAGES,
    MOMENTS,
    PARTNERS,
    USERS,
    accepted_message,
    accepted_view,
    extremes,
    moves,
    words,
)

TODAY = date(2026, 12, 8)


def test_a_long_name_is_cut_between_two_words() -> None:
    long = "Børne- og Familiehuset Ærøgade for alle de mindste børn i Østbyen"
    known = Known(DANISH, TODAY, {1: Partner(long, id=1)}, {}, Workspace())
    assert known.name(1) == "Børne- og Familiehuset Ærøgade for alle de mindste børn i…"


DAY = timedelta(days=1)
NUMBERS = st.integers(1, 6)
DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))
TOLD = st.sampled_from([one for one in Decision if one is not Decision.KINDLY_NO])
MOVES = moves(NUMBERS)
FRIENDS = st.builds(Friend, NUMBERS, DATES, st.lists(USERS, max_size=4).map(tuple))
UNCLAIMED = st.builds(
    Unclaimed, NUMBERS, DATES, st.booleans(), st.booleans(), last_by=st.just("") | USERS
)
COMING = st.builds(
    Coming,
    st.sampled_from(Ahead),
    NUMBERS,
    DATES,
    st.none() | NUMBERS,
    st.lists(USERS, max_size=9).map(tuple),
    st.none() | MOMENTS,
    st.integers(0, 500),
    st.integers(0, 500),
)
SINCE = st.builds(
    Contacts, st.integers(1, 10**6), st.integers(1, 10**6), NUMBERS, USERS, DATES
) | st.one_of(MOVES, st.builds(Decided, NUMBERS, TOLD, DATES))
TALLIES = st.builds(Tally, *[st.integers(0, 10**5)] * 4)
GAPS = st.builds(
    Gap,
    st.sampled_from([Level.COLLABORATION, Level.PARTNERSHIP]),
    st.builds(Place, st.just(Dimension.AGE), words(NAMED)).map(lambda one: (one,)),
    st.just("") | words(NAMED),
    TALLIES,
)
PEOPLES = [one for one in Looked if one is not Looked.GAP]
LOOKS = (
    st.none()
    | st.builds(Look, st.sampled_from(PEOPLES), NUMBERS, st.integers(1, 500))
    | GAPS.map(lambda gap: Look(Looked.GAP, gap=gap))
)


def section(
    lines: st.SearchStrategy[object], *, each_once: bool = False
) -> st.SearchStrategy[Section[object]]:
    """As bot/digest.py makes them; a partner is new, or has nobody, once."""
    by = (lambda one: one.partner_id) if each_once else None
    listed = st.lists(lines, max_size=6, unique_by=by)
    return listed.map(lambda all_: Section(tuple(all_[:3]), tuple(all_[3:]), len(all_) % 3))


DIGESTS = st.builds(
    Digest,
    st.sampled_from(("2026-W01", "2026-W53")),
    section(FRIENDS, each_once=True),
    section(SINCE),
    section(UNCLAIMED, each_once=True),
    section(COMING),
    LOOKS,
    st.dictionaries(NUMBERS, st.integers(0, 6)),
)
REGISTERS = st.dictionaries(NUMBERS, PARTNERS, max_size=6)
NAMES = st.dictionaries(USERS, words(40), max_size=8)


@LANGUAGES
@extremes(
    told=DIGESTS,
    partners=REGISTERS,
    names=NAMES,
    kind=words(NAMED),
    greeting=words(GREETING_LENGTH),
)
def test_slack_takes_it_and_it_is_short(
    t: Translator,
    told: Digest,
    partners: dict[int, Partner],
    names: dict[str, str],
    kind: str,
    greeting: str,
) -> None:
    known = Known(t, TODAY, partners, names, Workspace(kind_names={Kind.FIRM: kind}))
    reply = views.message(known, told, list(names.values())[:3], greeting)
    accepted_message(t, reply)
    assert len(said(reply.payload())) <= 2000
    accepted_message(t, plainer(reply))
    for missing in (None, *Missing):
        if below := views.rest(known, told, missing):
            accepted_message(t, below)
    alone = views.message(known, told, list(names.values())[:3], greeting, alone=True)
    accepted_message(
        t, views.whole(alone, [digest_picture.instead(t, Missing.NOT_NOW)], views.rest(known, told))
    )
    accepted_message(t, views.again(t, alone))


HER = ContactPerson("Xenofon Uldal", "Formand", "xenofon@uldal.example", note="Xenofon er ny")


@LANGUAGES
@extremes(told=DIGESTS, partners=REGISTERS, names=NAMES)
def test_none_of_the_partners_people_is_ever_named(
    t: Translator, told: Digest, partners: dict[int, Partner], names: dict[str, str]
) -> None:
    """Neither in the channel nor in the thread, nor anything that colleagues write of them."""
    with_her = {
        number: replace(
            partner, people=(HER,), note="Xenofon vil gerne", next_step="Ring til Xenofon"
        )
        for number, partner in partners.items()
    }
    person = {1: Partner("Xenofon Uldal", id=1, kind=Kind.INDIVIDUAL)}
    lines = told.since
    told = replace(
        told,
        since=Section(
            tuple(
                replace(one, reason="Xenofon er rejst") if isinstance(one, Move) else one
                for one in lines.lines
            ),
            lines.rest,
        ),
    )
    known = Known(t, TODAY, with_her | person, names, Workspace(), told.met)
    above, below = views.message(known, told, []), views.rest(known, told)
    told_of = str(above.payload()) + str(below.payload() if below else "")
    assert "Xenofon" not in told_of
    assert "xenofon" not in told_of


@LANGUAGES
def test_it_is_short_even_where_everything_is_as_long_as_it_can_be(t: Translator) -> None:
    """Names of eighty characters, of colleagues and branches too, and a day of another year."""
    long = "Foreningen til fremme af oplæsning og kulturhistorie i Østbyens gamle havnekvarter"
    users = tuple(f"U{n}" for n in range(6))
    purposes = tuple(sorted(Purpose, key=lambda one: -len(t(PURPOSE[one]))))
    whole = Partner(long, branch=long, purposes=purposes, known_by=users)
    partners = {n: replace(whole, id=n) for n in range(1, 10)}
    names, old = dict.fromkeys(users, long), date(2019, 9, 30)
    step = (Level.PARTNERSHIP, Level.COLLABORATION, Why.PEOPLE_CHANGED, "U1")
    moves = tuple(Move(n, *step, at=datetime(2026, 12, 1, tzinfo=UTC)) for n in (1, 2))
    ahead = [Coming(Ahead.TRIAL, n, TODAY + 7 * DAY, n, users) for n in (1, 2, 3)]
    told = Digest(
        "2026-W50",
        Section(tuple(Friend(n, TODAY) for n in (1, 2, 3)), (Friend(4, TODAY),)),
        Section((Contacts(10**6, 10**6, 1, "U1", old), *moves)),
        Section(tuple(Unclaimed(n, old, last_by="U1") for n in (5, 6, 7))),
        Section(tuple(ahead)),
        Look(Looked.JUBILEE, 8, 100),
    )
    known = Known(t, TODAY, partners, names, Workspace())
    greeting = "x" * GREETING_LENGTH
    reply = views.message(known, told, [long] * 3, greeting)
    accepted_message(t, reply)
    assert len(said(reply.payload())) <= 2000


@LANGUAGES
@extremes(partner=PARTNERS)
def test_the_answers_take_any_partner(t: Translator, partner: Partner) -> None:
    for new in (True, False):
        accepted_message(t, click_views.known_now(t, partner, new=new))
    accepted_message(t, click_views.taken(t, partner))
    accepted_message(t, views.nothing(t))
    accepted_message(t, unsaid_views.unsaid(t, "x" * 2000, "digest.2026-W50"))


@LANGUAGES
@extremes(greeting=st.just("") | words(GREETING_LENGTH))
def test_a_greeting_is_written_in_a_form(t: Translator, greeting: str) -> None:
    accepted_view(greeting_views.form_view(t, TODAY, TODAY, greeting))
    above = greeting_views.changed_meanwhile(t, "U02", greeting)
    accepted_view(greeting_views.form_view(t, TODAY, TODAY, greeting, above, typed=greeting))
    accepted_message(t, greeting_views.kept(t, TODAY, TODAY, greeting))
    accepted_message(t, greeting_views.never(t))


def shown(told: Digest, *partners: Partner) -> str:
    known = Known(DANISH, TODAY, {one.id: one for one in partners}, {"U02": "Mette"}, Workspace())
    return said(views.message(known, told, ["Karen"]).payload())


EMPTY = Digest("2026-W50", Section(), Section(), Section(), Section(), None)
MUSEUM = Partner("Byens Museum", id=1)


def test_a_person_is_named_in_no_line_even_where_the_digest_holds_her() -> None:
    inger = replace(MUSEUM, name="Inger Dahl", kind=Kind.INDIVIDUAL)
    told = Digest(
        "2026-W50",
        Section((Friend(1, TODAY),)),
        Section((Decided(1, Decision.GO_ON, TODAY),)),
        Section((Unclaimed(1, TODAY),)),
        Section((Coming(Ahead.STEP, 1, TODAY, 1),)),
        Look(Looked.FOCUS, 1),
    )
    assert shown(told, inger) == shown(EMPTY)


def test_quiet_without_a_contact_says_so() -> None:
    told = replace(EMPTY, unclaimed=Section((Unclaimed(1, TODAY - 300 * DAY, talked=False),)))
    assert "Byens Museum – ingen kontakt noteret, ingen tovholder" in shown(told, MUSEUM)


def test_quiet_since_last_year_says_which() -> None:
    told = replace(EMPTY, unclaimed=Section((Unclaimed(1, date(2025, 2, 12)),)))
    assert "stille siden 12. februar 2025, ingen tovholder" in shown(told, MUSEUM)


def test_who_is_not_quiet_is_not_called_so() -> None:
    told = replace(EMPTY, unclaimed=Section((Unclaimed(1, TODAY, quiet=False),)))
    assert "Byens Museum – ingen tovholder" in shown(told, MUSEUM)


def test_who_knows_a_new_friend_is_named_without_the_partners_branch() -> None:
    tied = replace(MUSEUM, responsible="U02", known_by=("U03", "U02"), branch="Børn")
    told = replace(EMPTY, friends=Section((Friend(1, TODAY),)))
    words = shown(told, tied)
    assert "Byens Museum. Kendes af Mette" in words
    assert "Børn" not in words


def test_what_we_want_together_is_a_keyword_of_several_or_a_purpose() -> None:
    one = replace(MUSEUM, keywords=("Inger Dahl", "robotter"), purposes=(Purpose.NEW_USERS,))
    known = Known(DANISH, TODAY, {1: one}, {}, Workspace(), topics={"robotter"})
    assert friend(known, Friend(1, TODAY)) == "Byens Museum – robotter"
    without = replace(known, topics=())
    assert friend(without, Friend(1, TODAY)) == "Byens Museum – vi vil nå nye brugere"


def test_what_there_is_no_room_for_is_said_to_be_in_the_thread() -> None:
    one = (Friend(1, TODAY),)
    more = shown(replace(EMPTY, friends=Section(one, one)), MUSEUM)
    assert "Cirklen og resten ligger i tråden · Dine egne" in more
    assert "Cirklen ligger i tråden · Dine egne" in shown(
        replace(EMPTY, friends=Section(one)), MUSEUM
    )


def test_of_a_week_with_three_hundred_events_the_thread_tells_twenty_and_how_many_more() -> None:
    friends = tuple(Friend(1, TODAY) for _ in range(20))
    steps = tuple(Coming(Ahead.STEP, n, TODAY, 1) for n in range(20))
    told = replace(
        EMPTY, friends=Section(friends[:3], friends, 277), coming=Section(steps[:3], steps)
    )
    known = Known(DANISH, TODAY, {1: MUSEUM}, {}, Workspace())
    below = views.rest(known, told)
    assert below
    words_ = said(below.payload())
    assert words_.count("Byens Museum") == 20
    assert "Og 297 til. De står på kortene." in words_


def test_without_its_picture_the_thread_says_so() -> None:
    known = Known(DANISH, TODAY, {}, {}, Workspace())
    below = views.rest(known, EMPTY, Missing.NOT_NOW)
    assert below
    assert said(below.payload()) == (
        "Billedet af cirklen kunne ikke vises her. /partner cirkel viser det."
    )
    assert views.rest(known, EMPTY) is None


def test_a_jubilee_and_advice() -> None:
    jubilee = replace(EMPTY, look=Look(Looked.JUBILEE, 1, 10))
    assert "I denne uge er det 10 år siden, det begyndte med Byens Museum." in shown(
        jubilee, MUSEUM
    )
    advised = [shown(replace(EMPTY, look=Look(Looked.ADVICE, n))) for n in range(len(ADVICE))]
    assert len(set(advised)) == len(ADVICE)


def test_the_notification_names_the_partners() -> None:
    told = replace(EMPTY, friends=Section((Friend(1, TODAY),)))
    known = Known(DANISH, TODAY, {1: MUSEUM}, {}, Workspace())
    assert views.message(known, told, []).text == "Venner af huset · uge 50: Byens Museum"


def test_the_whole_message() -> None:
    """The target, line for line; without what colleagues have written, for this is a channel."""
    today = date(2026, 11, 24)
    at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    named = {
        1: "Kodeklubben Nord",
        2: "Sundhedshuset",
        3: "Ungdomsskolen",
        4: "Byens Museum",
        5: "Danseskolen Trin",
        6: "Havnegades Boghandel",
        7: "Lokalhistorisk Forening",
        8: "Gymnasiet",
        9: "Repair Café Vest",
        10: "Springbræt",
        11: "Byorkestret",
    }
    partners = {number: Partner(name, id=number) for number, name in named.items()}
    wish = (Purpose.NEW_USERS, Purpose.NEW_SERVICES)
    partners[1] = replace(partners[1], known_by=("U03",), branch="Børn", purposes=wish)
    partners[2] = replace(partners[2], known_by=("U02",), branch="Voksen", kind=Kind.MUNICIPAL)
    inwards = Move(4, Level.COLLABORATION, Level.PARTNERSHIP, Why.FRAME, "U02", at)
    outwards = Move(5, Level.COLLABORATION, Level.NETWORK, Why.ACTIVITY_OVER, "U02", at)
    places = (Place(Dimension.AGE, "13-17"), Place(Dimension.ROOM, Room.MEETING))
    gap = Gap(Level.COLLABORATION, places, there=Tally(network=3, starts=3))
    deadline = datetime(2026, 11, 27, 11, tzinfo=UTC)
    told = Digest(
        "2026-W48",
        Section((Friend(1, today), Friend(2, today))),
        Section((Contacts(14, 11, 3, "U04", date(2026, 11, 20)), inwards, outwards)),
        Section(
            (
                Unclaimed(6, date(2026, 2, 20)),
                Unclaimed(7, date(2026, 2, 12), last_by="U05"),
                Unclaimed(8, date(2026, 8, 20), last_by="U06"),
            )
        ),
        Section(
            (
                Coming(Ahead.STEP, 9, date(2026, 11, 26), 9, ("U03",)),
                Coming(Ahead.ROUND, 1, date(2026, 11, 27), 10, (), deadline, 2, 4),
                Coming(Ahead.TRIAL, 1, date(2026, 12, 1), 11, ("U02",)),
            ),
            (Coming(Ahead.STEP, 9, date(2026, 12, 1), 9),),
        ),
        Look(Looked.GAP, gap=gap),
        {4: 5},
    )
    names = {"U02": "Mette", "U03": "Ali", "U04": "Nadia", "U05": "Jens", "U06": "Sofie"}
    known = Known(DANISH, today, partners, names, Workspace(), told.met)
    greeting = "God tirsdag! Tak til alle, der kom til partnerkaffe i torsdags. Karen"
    words_ = said(views.message(known, told, ["Karen"], greeting).payload())
    target = (
        "Venner af huset · uge 48",
        greeting,
        "Nye venner",
        "Kodeklubben Nord – vi vil nå nye brugere. Kendes af Ali",
        "Jeg kender dem",
        "Sundhedshuset – kommunal institution. Kendes af Mette",
        "Jeg kender dem",
        "Siden sidst",
        "14 kontakter med 11 venner, senest Nadia og Ungdomsskolen i fredags",
        "Byens Museum gik fra samarbejde til partnerskab. Fem af seks kendetegn er på plads",
        "Danseskolen Trin gik fra samarbejde tilbage til netværket:",
        "Aktiviteten er slut. Tak for den.",
        "Hvem tager den?",
        "Havnegades Boghandel – stille siden 20. februar, ingen tovholder",
        "Jeg tager den",
        "Lokalhistorisk Forening – stille siden 12. februar, sidst Jens",
        "Jeg tager den",
        "Gymnasiet – stille siden 20. august, sidst Sofie",
        "Jeg tager den",
        "På vej",
        "Torsdag: næste skridt med Repair Café Vest (Ali)",
        "Fredag kl. 12: svarfrist om Springbræt – 2 af 4 har svaret",
        "Tirsdag den 1. december: Byorkestret er på prøve, og der skal besluttes (Mette)",
        "Et kig: hvid plet",
        "Vi har ingen samarbejder for 13-17 år i møderummet.",
        "Tre i netværket kunne være et sted at begynde.",
        "Se dem",
        "Cirklen og resten ligger i tråden · Dine egne står på Partnerbots Home ·",
        "Sat op af Karen",
    )
    assert words_ == " ".join(target)
