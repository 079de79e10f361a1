"""The digest with data as bad as people can make them: Slack takes it, and it stays short."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from bot.circle import TRANSITIONS, Move
from bot.digest import (
    GREETING_LENGTH,
    Ahead,
    Coming,
    Contacts,
    Decided,
    Digest,
    Friend,
    Section,
    Unclaimed,
)
from bot.digest_look import Look, Looked
from bot.partner import Kind, Partner
from bot.tjek import Decision
from bot.translation import Translator
from bot.workspace import Language
from bot.workspace_settings import NAME_LENGTH as NAMED
from handlers.views import digest as views
from handlers.views import digest_greeting as greeting_views
from handlers.views.digest_lines import ADVICE, Known
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
    words,
)

TODAY = date(2026, 12, 8)


def test_a_long_name_is_cut_between_two_words() -> None:
    long = "Børne- og Familiehuset Ærøgade for alle de mindste børn i Østbyen"
    known = Known(Translator(Language.DANISH), TODAY, {1: Partner(long, id=1)}, {}, {})
    assert known.name(1) == "Børne- og Familiehuset Ærøgade for alle de mindste børn i…"


DAY = timedelta(days=1)
NUMBERS = st.integers(1, 6)
DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))
TOLD = st.sampled_from([one for one in Decision if one is not Decision.KINDLY_NO])
MOVES = st.sampled_from(TRANSITIONS).flatmap(
    lambda way: st.builds(
        Move,
        NUMBERS,
        st.just(way.from_level),
        st.just(way.to_level),
        st.sampled_from(way.whys),
        USERS,
        MOMENTS,
    )
)
FRIENDS = st.builds(Friend, NUMBERS, DATES, st.lists(USERS, max_size=4).map(tuple))
UNCLAIMED = st.builds(Unclaimed, NUMBERS, DATES, st.booleans(), st.booleans())
COMING = st.builds(
    Coming,
    st.sampled_from(Ahead),
    NUMBERS,
    DATES,
    st.none() | NUMBERS,
    st.lists(USERS, max_size=9).map(tuple),
)
SINCE = st.builds(
    Contacts, st.integers(1, 10**6), st.integers(1, 10**6), NUMBERS, USERS, DATES
) | st.one_of(MOVES, st.builds(Decided, NUMBERS, TOLD, DATES))
LOOKS = st.none() | st.builds(Look, st.sampled_from(Looked), NUMBERS, st.integers(1, 500))


def section(
    lines: st.SearchStrategy[object], *, each_once: bool = False
) -> st.SearchStrategy[Section[object]]:
    """As bot/digest.py makes them; a partner is new, or has nobody, once."""
    by = (lambda one: one.partner_id) if each_once else None
    listed = st.lists(lines, max_size=6, unique_by=by)
    return listed.map(lambda all_: Section(tuple(all_[:3]), tuple(all_[3:])))


DIGESTS = st.builds(
    Digest,
    st.sampled_from(("2026-W01", "2026-W53")),
    section(FRIENDS, each_once=True),
    section(SINCE),
    section(UNCLAIMED, each_once=True),
    section(COMING),
    LOOKS,
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
    known = Known(t, TODAY, partners, names, {Kind.FIRM: kind})
    reply = views.message(known, told, list(names.values())[:3], greeting)
    accepted_message(t, reply)
    assert len(said(reply.payload())) < 2000
    if below := views.rest(known, told):
        accepted_message(t, below)


@LANGUAGES
@extremes(partner=PARTNERS)
def test_the_answers_take_any_partner(t: Translator, partner: Partner) -> None:
    for new in (True, False):
        accepted_message(t, views.known_now(t, partner, new=new))
    accepted_message(t, views.taken(t, partner))
    accepted_message(t, views.nothing(t))
    accepted_message(t, views.unsaid(t, "x" * 2000, "digest.2026-W50"))


@LANGUAGES
@extremes(greeting=st.just("") | words(GREETING_LENGTH))
def test_a_greeting_is_written_in_a_form(t: Translator, greeting: str) -> None:
    accepted_view(greeting_views.form_view(t, TODAY, TODAY, greeting))
    accepted_message(t, greeting_views.kept(t, TODAY, TODAY, greeting))
    accepted_message(t, greeting_views.never(t))


def shown(told: Digest, *partners: Partner) -> str:
    known = Known(DANISH, TODAY, {one.id: one for one in partners}, {"U02": "Mette"}, {})
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
    assert "stille siden 12. feb. 2025, ingen tovholder" in shown(told, MUSEUM)


def test_who_is_not_quiet_is_not_called_so() -> None:
    told = replace(EMPTY, unclaimed=Section((Unclaimed(1, TODAY, quiet=False),)))
    assert "Byens Museum – ingen tovholder" in shown(told, MUSEUM)


def test_all_who_know_a_new_friend_are_named_with_their_branch() -> None:
    tied = replace(MUSEUM, responsible="U02", known_by=("U03", "U02"), branch="Børn")
    told = replace(EMPTY, friends=Section((Friend(1, TODAY),)))
    assert "Byens Museum. Kendes af Mette (Børn)" in shown(told, tied)


def test_what_there_is_no_room_for_is_said_to_be_in_the_thread() -> None:
    one = (Friend(1, TODAY),)
    assert "Resten ligger i tråden." in shown(replace(EMPTY, friends=Section(one, one)), MUSEUM)
    assert "tråden" not in shown(replace(EMPTY, friends=Section(one)), MUSEUM)


def test_a_jubilee_and_advice() -> None:
    jubilee = replace(EMPTY, look=Look(Looked.JUBILEE, 1, 10))
    assert "I denne uge er det 10 år siden, det begyndte med Byens Museum." in shown(
        jubilee, MUSEUM
    )
    advised = [shown(replace(EMPTY, look=Look(Looked.ADVICE, n))) for n in range(len(ADVICE))]
    assert len(set(advised)) == len(ADVICE)


def test_the_notification_names_the_partners() -> None:
    told = replace(EMPTY, friends=Section((Friend(1, TODAY),)))
    known = Known(DANISH, TODAY, {1: MUSEUM}, {}, {})
    assert views.message(known, told, []).text == "Venner af huset · uge 50: Byens Museum"
