from collections import Counter
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.circle import RINGS, Level
from bot.circle_corner import amounts
from bot.circle_finding import Seen, finding, headline, sector_name, source, title
from bot.circle_labels import Named, Taken, Words, labels, lines_of, overlap
from bot.circle_layout import layout
from bot.circle_paper import pdf
from bot.circle_picture import (
    STYLES,
    Facts,
    Moved,
    Placed,
    Shape,
    Way,
    fingerprint,
    month,
    moved,
    sectors,
    week,
)
from bot.circle_places import EDGES, Circle, places
from bot.circle_shapes import head
from bot.circle_sheet import A3, SCREEN, Picture, Sheet, Trace, Wanted
from bot.circle_svg import DRAWN_AS, svg
from bot.drawing_width import fitting, legible, width
from bot.partner import Kind, Room
from bot.translation import Translator
from bot.workspace import Language, Workspace

TODAY = date(2026, 11, 24)
SINCE = datetime(2026, 10, 26, tzinfo=UTC)
LATER, EARLIER = SINCE + timedelta(days=9), SINCE - timedelta(days=9)
DANISH = Translator(Language.DANISH)
LIBRARY = Workspace(library_name="Byens Bibliotek")
SOURCE = "Netværkscirklen, efter Byg partnerskaber!"
INWARDS, OUTWARDS = Level.PARTNERSHIP, Level.NETWORK
MIDDLE = Level.COLLABORATION


def seen(library: Workspace = LIBRARY, language: Language = Language.DANISH) -> Seen:
    return Seen(Translator(language), library, TODAY)


def drawn(
    facts: Facts, way: Way = Way.KIND, sheet: Sheet = SCREEN, whose: Seen | None = None
) -> Picture:
    eyes = whose or seen()
    words = (headline(eyes), source(eyes)) if sheet is A3 else (title(eyes), "")
    return layout(sheet, facts, Wanted(way, eyes, SINCE, *words))


def house(count: int) -> Facts:
    """So many partners, unevenly over kinds, rooms and rings, as houses have them."""
    kinds = [*([Kind.ASSOCIATION] * 5), *Kind, None]
    levels = [*([OUTWARDS] * 7), MIDDLE, MIDDLE, INWARDS]
    partners = [
        Placed(
            n,
            levels[n * 7 % 10],
            kind := kinds[n * 11 % len(kinds)],
            tuple(Room)[n % 4 : n % 4 + n % 3],
            (0, 1, 3, 6)[n % 4],
            "" if kind is Kind.INDIVIDUAL else f"Æblegårdens Forening {n}",
        )
        for n in range(1, count + 1)
    ]
    moves = [Moved(n, Level.PARTNERSHIP, LATER) for n in range(1, count, 40)]
    return Facts(partners, moves)


def said(picture: Picture) -> str:
    return " ".join(" ".join(words.lines) for words in picture.words)


# Who stands where.


def test_the_sectors_are_those_that_are_offered_and_those_that_are_used() -> None:
    facts = Facts([Placed(1, OUTWARDS, Kind.STATE), Placed(2, OUTWARDS)])
    found = sectors(facts, Way.KIND, off=(Kind.STATE, Kind.FIRM))
    assert Kind.FIRM not in found
    assert Kind.STATE in found
    assert found[-1] is None
    assert sectors(Facts([]), Way.ROOM) == list(Room)
    two = Facts([Placed(1, OUTWARDS, rooms=(Room.MEETING, Room.LEARNING))])
    assert sectors(two, Way.ROOM) == list(Room)


def test_moved_is_who_stands_elsewhere_than_then() -> None:
    facts = Facts(
        [Placed(1, INWARDS), Placed(2, MIDDLE), Placed(3, OUTWARDS)],
        [
            Moved(3, INWARDS, EARLIER),
            Moved(1, OUTWARDS, LATER),
            Moved(1, MIDDLE, LATER),
            Moved(2, MIDDLE, LATER),  # out, and back again
            Moved(9, MIDDLE, LATER),  # stands in no ring any more
        ],
    )
    assert moved(facts, SINCE) == {1: OUTWARDS}


def test_the_page_for_the_wall_says_whose_circle_it_is_and_of_when() -> None:
    assert headline(seen()) == "Byens Bibliotek: cirklen, tirsdag den 24. november 2026"
    assert headline(seen(Workspace())).startswith("Biblioteket: cirklen")


def test_another_drawing_of_the_same_facts_has_another_number() -> None:
    """What was drawn before is kept under the number: raise it with this test."""
    drawings = svg(drawn(house(60))) + svg(drawn(house(400), Way.ROOM))
    assert (DRAWN_AS, sha256(drawings.encode()).hexdigest()[:12]) == (2, "956821c90c9c")


def test_a_month_begins_on_a_monday_in_the_library() -> None:
    zone = ZoneInfo("Europe/Copenhagen")
    assert week(TODAY) == date(2026, 11, 23)
    assert month(TODAY, zone) == datetime(2026, 10, 26, tzinfo=zone)


@pytest.mark.parametrize(
    "other",
    [
        Facts([Placed(1, MIDDLE, Kind.FIRM, name="Ærø")]),
        Facts([Placed(1, OUTWARDS, name="Ærø")]),
        Facts([Placed(1, OUTWARDS, Kind.FIRM, (Room.MEETING,), name="Ærø")]),
        Facts([Placed(1, OUTWARDS, Kind.FIRM, contacts=1, name="Ærø")]),
        Facts([Placed(1, OUTWARDS, Kind.FIRM, name="Fanø")]),
        Facts([Placed(1, OUTWARDS, Kind.FIRM, name="Ærø")], [Moved(1, MIDDLE, LATER)]),
    ],
)
def test_the_fingerprint_is_another_when_anything_drawn_is(other: Facts) -> None:
    one = Facts([Placed(1, OUTWARDS, Kind.FIRM, name="Ærø")])
    assert fingerprint(one, "kind") == fingerprint(one, "kind")
    assert fingerprint(one, "kind") != fingerprint(other, "kind")
    assert fingerprint(one, "kind") != fingerprint(one, "room")


# What it shows, in words.


def the_house_of_week_48() -> Facts:
    levels = [INWARDS] * 12 + [MIDDLE] * 38 + [OUTWARDS] * 161
    names = {1: "Byens Museum", 211: "Danseskolen Trin"}
    partners = [Placed(n, level, name=names.get(n, "")) for n, level in enumerate(levels, 1)]
    return Facts(partners, [Moved(1, MIDDLE, LATER), Moved(211, MIDDLE, LATER)])


def test_the_finding_is_told_in_two_sentences() -> None:
    assert finding(seen(), the_house_of_week_48(), SINCE, last_time=True) == (
        "Cirklen, uge 48: 12 partnerskaber, 38 samarbejder, 161 i netværket."
        " Siden sidst én indad (Byens Museum) og én udad (Danseskolen Trin)."
    )
    assert finding(seen(language=Language.ENGLISH), the_house_of_week_48(), SINCE) == (
        "The circle, week 48: 12 partnerships, 38 collaborations, 161 in the network."
        " Since 26 Oct one inwards (Byens Museum) and one outwards (Danseskolen Trin)."
    )


def test_it_tells_that_nobody_has_moved() -> None:
    facts = Facts([Placed(1, INWARDS), Placed(2, MIDDLE), Placed(3, OUTWARDS)])
    counted = "Cirklen, uge 48: 1 partnerskab, 1 samarbejde, 1 i netværket."
    assert finding(seen(), facts, SINCE) == f"{counted} Siden 26. okt. har ingen flyttet sig."
    told = finding(seen(), facts, SINCE, last_time=True)
    assert told == f"{counted} Siden sidst har ingen flyttet sig."


def test_it_tells_that_there_is_nobody() -> None:
    assert finding(seen(), Facts([]), SINCE) == "Cirklen, uge 48: her står ingen endnu."


def test_one_person_is_counted_and_not_named() -> None:
    partners = [Placed(1, INWARDS, Kind.INDIVIDUAL), Placed(2, INWARDS, name="Kor")]
    moves = [Moved(1, MIDDLE, LATER), Moved(2, MIDDLE, LATER)]
    assert "to indad (Kor og én mere)" in finding(seen(), Facts(partners, moves), SINCE)
    assert "én indad (en enkeltperson)" in finding(seen(), Facts(partners, moves[:1]), SINCE)


def test_ever_so_many_with_ever_so_long_names_stay_short() -> None:
    partners = [Placed(n, INWARDS, name=f"{n}" + "w" * 78) for n in range(1, 300)]
    facts = Facts(partners, [Moved(one.id, MIDDLE, LATER) for one in partners])
    told = finding(seen(), facts, SINCE)
    assert told.endswith("og 295 mere).")


def test_kinds_and_rooms_are_called_what_the_library_calls_them() -> None:
    own = Workspace(kind_names={Kind.FIRM: "erhvervsliv"}, room_names={Room.MEETING: "salonen"})
    assert sector_name(seen(own), Kind.FIRM, rooms=False) == "erhvervsliv"
    assert sector_name(seen(own), Room.MEETING, rooms=True) == "salonen"
    assert sector_name(seen(own), Kind.STATE, rooms=False) == "stat eller region"
    assert sector_name(seen(own), Room.LEARNING, rooms=True) == "læringsrummet"
    assert sector_name(seen(), None, rooms=True) == "uden rum"
    assert sector_name(seen(), None, rooms=False) == "uden slags"


# How wide words are.


@pytest.mark.parametrize("bold", [False, True])
def test_no_letter_is_wider_than_we_say(*, bold: bool) -> None:
    from reportlab.pdfbase import ttfonts  # noqa: PLC0415 - one test's own

    name = "Lato-Bold" if bold else "Lato-Regular"
    held = BytesIO(files("bot").joinpath("fonts", f"{name}.ttf").read_bytes())
    font = ttfonts.TTFont(f"{name}-measured", held)
    for letter in map(chr, range(32, 0x2100)):
        if legible(letter) == letter:
            assert font.stringWidth(letter, 1000) <= width(letter, 1000, bold=bold), letter
            assert width(letter, 1000, bold=bold) < font.stringWidth(letter, 1000) * 1.2, letter


def test_what_the_font_lacks_is_spelled_with_what_it_has() -> None:
    assert legible("Ağri\tKulturforening\u2028Ærø 🎭") == "Agri Kulturforening Ærø"
    assert legible("日本") == ""


def test_what_is_too_long_is_cut() -> None:
    assert fitting("Kor", 10, 100) == "Kor"
    assert fitting("Korsang og kaffe", 10, 60) == "Korsang og…"
    assert fitting("Kor", 10, 3) == ""


def test_names_are_broken_between_words() -> None:
    assert lines_of("Kor", 10, 90, 2) == ("Kor",)
    assert lines_of("Lokalhistorisk Forening", 10, 80, 2) == ("Lokalhistorisk", "Forening")
    assert lines_of("Børne-og-familiehuset", 10, 80, 2) == ("Børne-og-", "familiehuset")
    assert lines_of("-Specialpædagogikumscenteret", 10, 80, 2) == ("-Specialpædago…",)
    assert lines_of("Specialpædagogikumscenteret", 10, 80, 2) == ("Specialpædagog…",)
    assert lines_of("日本", 10, 80, 2) == ()
    assert lines_of("Kor", 10, 1, 2) == ()


def test_between_two_names_on_a_line_is_air() -> None:
    sheet = (0, 0, 400, 100)
    first = Named((10, 50), 5, "Plejecenter")
    end = lines_box(first)[2]
    for apart, count in ((2, 1), (8, 2)):
        # Room for one side alone: its words end where the first ones begin or begin behind them.
        taken = Taken((0, 40, 400, 60))
        second = Named((end + apart - 8, 50), 5, "Kor")
        assert len(list(labels([first, second], 10, 1, taken, Taken(sheet)))) == count


def lines_box(named: Named) -> tuple[float, float, float, float]:
    (words,) = labels([named], 10, 1, Taken((0, 40, 400, 60)), Taken((0, 0, 400, 100)))
    return words.box


def test_a_box_is_free_inside_the_sheet_where_nothing_is() -> None:
    taken = Taken((0, 0, 100, 100))
    taken.add((10, 10, 20, 20))
    assert taken.is_free((20, 10, 30, 20))
    assert not taken.is_free((19, 19, 30, 30))
    assert not taken.is_free((-1, 50, 10, 60))
    assert not taken.is_free((90, 50, 101, 60))
    assert not taken.is_free((50, -1, 60, 10))
    assert not taken.is_free((50, 95, 60, 101))
    assert overlap((0, 0, 10, 10), (9, 9, 20, 20))
    assert not overlap((0, 0, 10, 10), (0, 10, 10, 20))


# Where partners stand.


def test_a_newcomer_moves_nobody() -> None:
    circle = Circle(700, 700, 535, 8)
    before = places(circle, {(2, 0): [3, 8, 15]}).at
    after = places(circle, {(2, 0): [3, 8, 15, 16], (1, 0): [20]}).at
    assert {number: after[number] for number in before} == before


def test_no_two_stand_in_the_same_place_even_where_it_is_full() -> None:
    circle = Circle(700, 700, 535, 8)
    found = places(circle, {(0, 0): range(1, 2000)})
    assert found.left_out > 0
    assert len(set(found.at.values())) == len(found.at) == 1999 - found.left_out


def test_every_kind_and_every_room_has_a_shape_and_a_colour_of_its_own() -> None:
    for ways in ([*Kind, None], [*Room, None]):
        styles = [STYLES[one] for one in ways]
        assert len({style.shape for style in styles}) == len(styles)
        assert len({style.colour for style in styles}) == len(styles)


# The whole picture.

PRINTED = st.text(max_size=80)
PLACED = st.builds(
    Placed,
    id=st.integers(1, 10**9),
    level=st.sampled_from(RINGS),
    kind=st.none() | st.sampled_from(Kind),
    rooms=st.lists(st.sampled_from(Room), max_size=4, unique=True).map(tuple),
    contacts=st.integers(0, 6),
    name=PRINTED,
)
SENSIBLE = st.text(st.characters(codec="latin-1", categories=("L", "N", "Z", "P")), max_size=60)
LIBRARIES = st.builds(
    Workspace,
    library_name=SENSIBLE,
    kind_names=st.dictionaries(st.sampled_from(Kind), SENSIBLE, max_size=9),
    room_names=st.dictionaries(st.sampled_from(Room), SENSIBLE, max_size=4),
    kinds_off=st.lists(st.sampled_from(Kind), max_size=7, unique=True).map(tuple),
)


@st.composite
def houses(draw: st.DrawFn) -> Facts:
    partners = draw(st.lists(PLACED, max_size=70, unique_by=lambda one: one.id))
    numbers = st.sampled_from([one.id for one in partners] or [1])
    moves = st.builds(Moved, numbers, st.sampled_from(RINGS), st.just(LATER))
    return Facts(partners, draw(st.lists(moves, max_size=12)))


def check(picture: Picture) -> None:
    sheet = picture.sheet
    words = [*picture.words, *picture.names]
    for one in words:
        left, top, right, bottom = one.box
        assert left >= 0, one
        assert top >= 0, one
        assert right <= sheet.width, one
        assert bottom <= sheet.height, one
    for one, other in combinations(words, 2):
        assert not overlap(one.box, other.box), (one, other)
    ET.fromstring(svg(picture))  # noqa: S314 - our own drawing


@settings(deadline=None, max_examples=60)
@given(
    houses(),
    st.sampled_from(Way),
    st.sampled_from([SCREEN, A3]),
    LIBRARIES,
    st.sampled_from(Language),
)
def test_every_word_lies_on_the_sheet_and_on_no_other(
    facts: Facts, way: Way, sheet: Sheet, library: Workspace, language: Language
) -> None:
    check(drawn(facts, way, sheet, seen(library, language)))


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("sheet", [SCREEN, A3])
@pytest.mark.parametrize("count", [0, 1, 40, 400, 5000])
def test_it_is_readable_at_every_size(count: int, sheet: Sheet, way: Way) -> None:
    picture = drawn(house(count), way, sheet)
    check(picture)
    least = {0: 0, 1: 1, 40: 30, 400: 100, 5000: 10}[count]
    assert len(picture.names) >= least
    named = sum(bool(one.name) for one in house(count).partners)
    all_shown = f"{len(picture.names)} af {DANISH.number(named)} navne er vist." in said(picture)
    assert all_shown == (len(picture.names) < named)


def test_a_crowded_cell_says_how_many_and_that_not_all_have_a_dot() -> None:
    picture = drawn(Facts([Placed(n, OUTWARDS, Kind.FIRM) for n in range(1, 4001)]))
    assert "Netværk · 4.000" in said(picture)
    assert ("4.000",) in [words.lines for words in picture.words]
    assert "Der er ikke plads til et mærke for hver" in said(picture)
    check(picture)


def test_a_room_of_ours_keeps_its_capitals() -> None:
    library = Workspace(room_names={Room.MEETING: "fabLab Nord"})
    words = drawn(house(9), Way.ROOM, whose=seen(library)).words
    assert ("FabLab Nord",) in [one.lines for one in words]


def test_few_need_no_figures() -> None:
    picture = drawn(Facts([Placed(n, OUTWARDS, Kind.FIRM) for n in range(1, 8)]))
    assert ("7",) not in [words.lines for words in picture.words]


def test_what_the_sizes_say_follows_the_steps() -> None:
    said_below = [words.lines for words in drawn(house(9)).words]
    assert all((one,) in said_below for one in ("ingen", "1–2", "3–5", "6 eller flere"))
    assert amounts(DANISH, (0, 1, 2, 5)) == ["ingen", "1", "2–4", "5 eller flere"]


def test_who_moved_is_traced_from_ring_to_ring_and_named_even_in_a_crowd() -> None:
    facts = house(5000)
    picture = drawn(facts)
    assert "Flyttet siden 26. okt." in said(picture)
    who = next(one for one in facts.partners if one.id == facts.moves[0].partner_id)
    shown = {" ".join(words.lines) for words in picture.names}
    assert who.name in shown
    circle = SCREEN.radius * EDGES[1]
    inner = [trace for trace in picture.traces[:-1] if _out(trace) < circle]
    assert len(inner) == len(picture.traces) - 1  # all began in the partnerships


def _out(trace: Trace) -> float:
    x, y = SCREEN.middle
    return float(((trace.begin[0] - x) ** 2 + (trace.begin[1] - y) ** 2) ** 0.5)


def test_a_step_inwards_is_traced_too() -> None:
    facts = Facts([Placed(1, INWARDS, name="Kor")], [Moved(1, OUTWARDS, LATER)])
    (trace, _) = drawn(facts).traces
    assert _out(trace) > SCREEN.radius * EDGES[2]


def test_the_rule_for_several_rooms_is_told_where_somebody_has_them() -> None:
    several = Facts([Placed(1, OUTWARDS, rooms=(Room.MEETING, Room.LEARNING))])
    rule = "Den, der hører til i flere rum, står i det første."
    assert rule in said(drawn(several, Way.ROOM))
    assert rule not in said(drawn(several, Way.KIND))
    assert "Enkeltpersoner" not in said(drawn(several, Way.KIND))


def test_every_shape_stands_in_the_drawing() -> None:
    partners = [Placed(n, OUTWARDS, kind) for n, kind in enumerate([*Kind, None], 1)]
    drawing = svg(drawn(Facts(partners)))
    colours = Counter({style.colour: drawing.count(style.colour) for style in STYLES.values()})
    assert min(colours.values()) >= 2  # the dot, and beside the sector's name
    assert drawing.count("<polygon") == 2 * (len(partners) - 2)  # circle and hollow have no corners
    assert {STYLES[one.kind].shape for one in partners} == set(Shape)


def test_an_arrow_that_goes_nowhere_has_a_head() -> None:
    assert len(head(Trace((5, 5), (5, 5)))) == 3


def test_words_of_no_lines_take_no_room() -> None:
    left, _, right, _ = Words(5, 5, (), 10).box
    assert left == right


# On paper.


def test_the_page_is_a3_with_its_font_in_it_and_danish_letters() -> None:
    facts = house(40)
    content = pdf(drawn(facts, sheet=A3), "Byens Bibliotek: cirklen", "da")
    reader = PdfReader(BytesIO(content))
    (page,) = reader.pages
    sides = [round(float(side) / 72 * 25.4) for side in (page.mediabox.width, page.mediabox.height)]
    assert sides == [420, 297]
    resources: Any = page["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    assert {font["/BaseFont"].partition("+")[2] for font in fonts} == {"Lato-Regular", "Lato-Bold"}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)
    text = page.extract_text()
    assert "Æblegårdens" in text
    assert SOURCE in text
    assert reader.metadata is not None
    assert reader.metadata.title == "Byens Bibliotek: cirklen"
    assert "/XObject" not in resources  # lines and letters, no picture of them


def test_there_is_more_on_paper_than_on_the_screen() -> None:
    assert len(drawn(house(400), sheet=A3).names) > len(drawn(house(400)).names)


@pytest.mark.parametrize("sheet", [SCREEN, A3])
@pytest.mark.parametrize("language", Language)
def test_no_name_of_ours_is_cut(language: Language, sheet: Sheet) -> None:
    for way in Way:
        assert "…" not in said(drawn(house(40), way, sheet, seen(language=language)))


def test_a_sector_with_a_long_name_leaves_the_corners_free() -> None:
    for at in range(len(Kind)):
        kinds = dict.fromkeys(list(Kind)[at:], "Selvejende institutioner i kommunen og omegnen")
        library = LIBRARY.model_copy(update={"kind_names": kinds})
        check(drawn(house(40), whose=seen(library)))
        check(drawn(house(40), whose=seen(library), sheet=A3))
