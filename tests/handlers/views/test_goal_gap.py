from dataclasses import replace

from hypothesis import strategies as st

from bot.circle import Level
from bot.goal_gap import Dimension, Facts, Gap, Place, Tally
from bot.goal_gap_matrix import Counts, Picture, Shows
from bot.goal_gap_start import Starter
from bot.intake import NAME_LENGTH, TAG_LENGTH
from bot.partner import Kind, Room
from bot.translation import Translator
from bot.workspace import Workspace
from handlers.views import goal_gap as views
from handlers.views import goal_gap_start as start
from handlers.views.goal_gap_table import Seen
from handlers.views.goal_gap_words import idea
from sandbox.validation import check_message
from tests.handlers.library import said
from tests.handlers.views.extreme import (
    DANISH,
    ENGLISH,
    LANGUAGES,
    LIBRARIES,
    USERS,
    accepted_message,
    accepted_view,
    assert_fine,
    extremes,
    maybe,
    objects,
    several,
    words,
)

TALLIES = st.builds(Tally, *[st.integers(0, 10**6)] * 4)
STARTERS = st.builds(
    Starter,
    st.integers(1, 10**9),
    words(NAME_LENGTH),
    branch=maybe(TAG_LENGTH),
    possible=st.booleans(),
    fits=st.just((Place(Dimension.AGE, "13-17"),)) | st.just(()),
    known_by=st.lists(USERS, max_size=30, unique=True).map(tuple),
    counted=st.booleans(),
)


@st.composite
def seen(draw: st.DrawFn) -> Seen:
    """Any picture of any library, most of its places empty."""
    library = draw(LIBRARIES)
    values = {
        Dimension.ROOM: tuple(Room),
        Dimension.AGE: draw(several(TAG_LENGTH, 100)),
        Dimension.KIND: tuple(kind for kind in Kind if kind not in library.kinds_off),
        Dimension.GOAL: draw(several(TAG_LENGTH, 12)),
    }
    some = draw(TALLIES)
    whole = draw(TALLIES)
    branch = draw(maybe(TAG_LENGTH))
    picture = Picture(draw(st.sampled_from(Shows)), draw(st.sampled_from(Counts)), branch)
    facts = Facts(
        branch,
        whole,
        values,
        {one: dict.fromkeys(own[::3], some) for one, own in values.items()},
        dict.fromkeys(values, draw(st.sampled_from([whole, some, Tally()]))),
        crossed={(Room.MEETING, age): some for age in values[Dimension.AGE][::2]},
        crossed_stated=whole,
    )
    own = replace(Seen(picture, facts, library), coordinator=draw(st.booleans()))
    return replace(own, branches=draw(several(TAG_LENGTH, 100)))


@LANGUAGES
@extremes(shown=seen())
def test_any_picture_is_shown(t: Translator, shown: Seen) -> None:
    accepted_view(views.view(t, shown))
    accepted_message(t, views.message(t, shown, drawn=False))
    payload = views.message(t, shown).payload()
    assert_fine(payload, check_message(payload))


@LANGUAGES
@extremes(
    library=LIBRARIES,
    place=st.sampled_from([(Dimension.ROOM, Room.MEETING), (Dimension.KIND, Kind.FIRM)])
    | st.tuples(st.sampled_from([Dimension.AGE, Dimension.GOAL]), words(TAG_LENGTH)),
    there=TALLIES,
    found=st.lists(STARTERS, max_size=start.SHOWN),
)
def test_any_start_is_shown(
    t: Translator,
    library: Workspace,
    place: tuple[Dimension, str],
    there: Tally,
    found: list[Starter],
) -> None:
    gap = Gap(Level.COLLABORATION, (Place(*place), Place(Dimension.AGE, "13-17")), there=there)
    accepted_view(start.start_view(t, library, start.Begun(gap, there, found)))
    begun = start.Begun(gap, Tally(), found, more=True)
    shown = accepted_view(start.start_view(t, library, begun))
    checks = [one for one in objects(shown) if str(one.get("action_id")).startswith("tjek_begin")]
    assert len(checks) == len(found) + 1


def told(t: Translator, gap: Gap, library: Workspace | None = None, **there: int) -> str:
    return views.sentence(t, replace(gap, there=Tally(**there)), library or Workspace())


AGE, ROOM = Place(Dimension.AGE, "18+"), Place(Dimension.ROOM, Room.PERFORMATIVE)
WORK, PARTNERSHIP = Level.COLLABORATION, Level.PARTNERSHIP


def test_each_sentence_can_be_read_aloud_in_danish() -> None:
    both, kind = Gap(WORK, (AGE, ROOM)), Place(Dimension.KIND, Kind.EDUCATION)
    goal = Place(Dimension.GOAL, "Flere unge læsere")
    own = Workspace(room_names={Room.PERFORMATIVE: "Det musiske"}, kind_names={Kind.FIRM: "Klub"})
    assert told(DANISH, both, network=1, starts=1) == (
        "Vi har ingen samarbejder for voksne i det performative rum."
        " Én i netværket kunne være et sted at begynde."
    )
    assert told(DANISH, both) == (
        "Vi har ingen samarbejder for voksne i det performative rum, og heller ingen i netværket."
    )
    assert told(DANISH, both, network=2) == (
        "Vi har ingen samarbejder for voksne i det performative rum."
    )
    assert told(DANISH, Gap(WORK, (ROOM,)), own, network=20, starts=20) == (
        "Vi har ingen samarbejder i rummet ”Det musiske”."
        " 20 i netværket kunne være et sted at begynde."
    )
    assert told(DANISH, Gap(WORK, (Place(Dimension.AGE, "Unge"),), "Ung"), starts=3) == (
        "Ung: Vi har ingen samarbejder for ”Unge”. Tre i netværket kunne være et sted at begynde."
    )
    assert told(DANISH, Gap(PARTNERSHIP, (kind,)), collaboration=1) == (
        "Vi har ingen partnerskaber med uddannelsesinstitutioner,"
        " men ét samarbejde at bygge videre på."
    )
    assert told(DANISH, Gap(PARTNERSHIP, (goal,)), collaboration=4) == (
        "Vi har ingen partnerskaber under målet ”Flere unge læsere”,"
        " men fire samarbejder at bygge videre på."
    )
    club = Gap(WORK, (Place(Dimension.KIND, Kind.FIRM),))
    assert told(DANISH, club, own).startswith("Vi har ingen samarbejder af slagsen ”Klub”, og")
    spot = Gap(WORK, (goal,))
    assert idea(DANISH, Workspace(), spot) == "En idé til målet ”Flere unge læsere”"


def test_where_all_collaborations_were_told_no_none_is_to_build_on() -> None:
    said = told(DANISH, Gap(PARTNERSHIP, (AGE,)), collaboration=2, told_no=2)
    assert said == "Vi har ingen partnerskaber for voksne."


def test_each_sentence_can_be_read_aloud_in_english() -> None:
    assert told(ENGLISH, Gap(WORK, (AGE, ROOM)), starts=2) == (
        "We have no collaborations for adults in the performative room."
        " Two in the network could be a place to begin."
    )
    assert told(ENGLISH, Gap(PARTNERSHIP, (AGE,)), collaboration=1) == (
        "We have no partnerships for adults, but one collaboration to build on."
    )


def test_the_button_for_others_leads_here() -> None:
    assert said({"blocks": [views.open_button(DANISH)._resolve()]}) == "Hvide pletter"
