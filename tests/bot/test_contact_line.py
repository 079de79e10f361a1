import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.contact import Kind
from bot.contact_line import (
    LEAD_WORDS,
    MESSAGE_WORDS,
    guess_kind,
    guess_partner,
    lead_words,
    phrases,
    split,
)
from bot.text import one_line

NAMES = [
    (1, "Springbræt"),
    (2, "Springbrættet Svømmeklub"),
    (3, "Byens Museum"),
    (4, "Byens Bedste Kaffe"),
    (5, "Foreningen Norden"),
    (6, "Medborgerhuset"),
    (7, "Mødestedet Vest"),
    (8, "Ørestad Gymnasium"),
    (8, "ØG"),
    (9, "Møde i Byen"),
    (10, "Café 3/4"),
    (11, "Foreningen til fremme af højtlæsning for børn i Nord"),
    (12, "Bo Lind v/ Anne"),
    (13, "ApS"),
]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("talte med Anne om foråret", Kind.TALKED),
        ("Anne ringede", Kind.TALKED),
        ("tlf. med Bo", Kind.TALKED),
        ("telefonmøde med Bo", Kind.TALKED),
        ("spoke with Anne", Kind.TALKED),
        ("mødtes med Anne", Kind.MET),
        ("Mødte Bo", Kind.MET),
        ("møde hos dem", Kind.MET),
        ("planlægningsmøde", Kind.MET),
        ("var på BESØG", Kind.MET),
        ("visited them", Kind.MET),
        ("mail fra Anne om mødet", Kind.MAIL),
        ("Anne skrev", Kind.MAIL),
        ("e-mail to Bo", Kind.MAIL),
        ("wrote to Bo", Kind.MAIL),
        ("arrangementet i lørdags", Kind.EVENT),
        ("holdt oplæg", Kind.EVENT),
        ("at their event", Kind.EVENT),
        ("forfatterforedrag", Kind.TALKED),
        ("Ringsted er med", Kind.TALKED),
        ("", Kind.TALKED),
    ],
)
def test_the_first_telling_word_says_the_kind(text: str, kind: Kind) -> None:
    assert guess_kind(text) is kind


def test_lead_words_are_the_beginnings_as_typed() -> None:
    assert lead_words("  “Byens  Museum”: talte") == [
        "“Byens",
        "“Byens Museum",
        "“Byens Museum”: talte",
    ]
    assert len(lead_words("en to tre fire fem seks syv")) == LEAD_WORDS
    assert lead_words("½ time") == ["½", "½ time"]
    assert lead_words("–") == []


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("springbræt talte med Anne om foråret", [(1, "talte med Anne om foråret")]),
        ("Springbræt", [(1, "")]),
        ("SPRINGBRAET: talte", [(1, "talte")]),
        ("springbræt – talte", [(1, "talte")]),
        ("“Byens Museum” talte", [(3, "talte")]),
        ("byens museum, talte", [(3, "talte")]),
        ("A\u030arhus", []),
        ("O\u0308restad gymnasium ringede", [(8, "ringede")]),
        ("orestad gymnasium ringede", [(8, "ringede")]),
        ("øg ringede", [(8, "ringede")]),
        ("cafe 3/4 ringede", [(10, "ringede")]),
        # legal forms and owners
        ("norden skrev", [(5, "skrev")]),
        ("foreningen norden skrev", [(5, "skrev")]),
        ("bo lind skrev", [(12, "skrev")]),
        # the first words, or the beginning of a word
        ("ørestad ringede", [(8, "ringede")]),
        ("byens talte", [(3, "talte"), (4, "talte")]),
        ("spring talte", [(1, "talte"), (2, "talte")]),
        ("springbrættet talte", [(2, "talte")]),
        ("foreningen til fremme af højtlæsning for børn ringede", [(11, "ringede")]),
        ("byens mus talte", [(3, "talte"), (4, "mus talte")]),
        # mistyped
        ("springbrat talte", [(1, "talte")]),
        ("medborgerhsuet talte", [(6, "talte")]),
        # a later word of the name, if it says which
        ("museum talte", [(3, "talte")]),
        ("bedste kaffe talte", [(4, "talte")]),
        ("kaffe med Anne", []),
        ("vest talte", [(7, "talte")]),
        # no name in the beginning
        ("med Anne", []),
        ("møde med Anne", []),
        ("talte med springbræt", []),
        ("Kulturskolen ringede", []),
        ("", []),
        ("???", []),
    ],
)
def test_a_line_begins_with_the_partner(line: str, readings: list[tuple[int, str]]) -> None:
    found = [(reading.partner_id, reading.text) for reading in split(line, NAMES)]
    assert sorted(found) == readings


def test_the_longest_name_wins() -> None:
    names = [(1, "Byens"), (2, "Byens Museum"), (3, "Byens Museum for Børn")]
    assert [one.partner_id for one in split("byens museum ringede", names)] == [2]
    assert [one.partner_id for one in split("byens ringede", names)] == [1]
    # "Byens Museum for" is no whole name, but more of one: both may be meant
    found = [(one.partner_id, one.text) for one in split("byens museum for sjov", names)]
    assert found == [(3, "sjov"), (2, "for sjov")]


def test_two_of_the_same_name_are_both_offered() -> None:
    names = [(1, "Kulturskolen"), (2, "Kulturskolen")]
    assert [one.partner_id for one in split("kulturskolen ringede", names)] == [1, 2]


def test_an_other_name_counts_as_the_name() -> None:
    names = [(1, "Center for Kunst"), (1, "Kunstcentret"), (2, "Centerpartiet")]
    assert [one.partner_id for one in split("kunstcentret ringede", names)] == [1]


LINES = st.lists(
    st.sampled_from(["Springbræt", "byens", "museum", "talte", "Anne", "–", "½", "🎉", "<&>", "ØG"])
).map(" ".join)


@given(line=st.one_of(LINES, st.text()))
def test_nothing_typed_is_lost(line: str) -> None:
    for reading in split(line, NAMES):
        assert one_line(line).endswith(reading.text)
        assert dict(NAMES)[reading.partner_id]


# A message


def test_phrases_are_the_runs_of_words() -> None:
    assert phrases("Byens Museum, byens") == [
        "byens",
        "museum",
        "byens museum",
        "museum byens",
        "byens museum byens",
    ]
    assert phrases("–") == []
    assert len([run for run in phrases(" ".join(map(str, range(500)))) if " " not in run]) == (
        MESSAGE_WORDS
    )


@pytest.mark.parametrize(
    ("text", "channel", "partner_id"),
    [
        ("Anne fra Springbræt har skrevet", "", 1),
        ("anne@springbraet.dk har skrevet", "generelt", 1),
        ("Byens Museum og Springbræt er med", "", 3),
        ("Springbræt og ØG", "", 1),
        ("ØG og Springbræt", "", 1),  # more letters tell more
        ("vi ses hos ørestad", "", 8),
        ("byens bedste er med", "", 4),
        ("byens nye plads", "", None),  # five letters are not yet a name
        ("hej", "springbræt-samarbejde", 1),
        ("hej Byens Museum", "springbraet", 3),
        ("hej", "generelt", None),
        ("", "", None),
    ],
)
def test_a_message_is_about_the_one_it_names(
    text: str, channel: str, partner_id: int | None
) -> None:
    assert guess_partner(text, NAMES, channel=channel) == partner_id


def test_two_of_the_same_name_are_no_guess() -> None:
    assert guess_partner("Kulturskolen", [(1, "Kulturskolen"), (2, "Kulturskolen")]) is None


def test_a_partner_with_two_names_in_one_message_is_one() -> None:
    names = [(1, "Byens Museum"), (1, "Museet")]
    assert guess_partner("museet, altså byens museum", names) == 1
