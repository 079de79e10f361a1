import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.partner import ContactPerson, Hit, Partner, Tie
from bot.text import fold, words
from storage import partner
from storage.database import Store
from storage.partner_search import search, suggest
from storage.partner_spelling import nearest, respelled, slips_forgiven

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)

HOUSE = (
    Partner("Dansehallerne", area="Valby", known_by=("U02",), responsible="U01"),
    Partner("Dansk Folkehjælp", other_names=("Folkehjælpen",), keywords=("sårbare unge",)),
    Partner(
        "Ørestad Gymnasium", people=(ContactPerson("Mette Aagaard", source="mail"),), area="Amager"
    ),
    Partner("Café Retro ApS", note="Vi mødtes til kulturnatten", website="https://retro.example"),
    Partner("Foreningen Norden", keywords=("litteratur",)),
    Partner(
        "Frivilligcenter Valby", cvr="12345674", people=(ContactPerson("Bo Dans", source="x"),)
    ),
    Partner('Teatret "O\u2019Neill"', other_names=("ØNT",)),
    Partner("Danseteatret", archived=True),
)


@pytest.fixture
async def house(store: Store) -> Store:
    for hours, given_one in enumerate(HOUSE):
        now = NOW + timedelta(hours=hours)
        await store.write(partner.add, "T1", given_one, by="U01", now=now)
    return store


async def names(store: Store, query: str, limit: int = 8) -> list[str]:
    return [hit.name for hit in await store.read(search, "T1", query, limit=limit)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Dansehallerne", "Dansehallerne"),
        ("dansehal", "Dansehallerne"),
        ("  DANSEHALLERNE  ", "Dansehallerne"),
        ("Folkehjælpen", "Dansk Folkehjælp"),
        ("folkehjaelp dansk", "Dansk Folkehjælp"),
        ("ørestad", "Ørestad Gymnasium"),
        ("oerestad", "Ørestad Gymnasium"),
        ("orestad", "Ørestad Gymnasium"),
        ("Ørestad   gymnasium", "Ørestad Gymnasium"),
        ("mette", "Ørestad Gymnasium"),
        ("Mette Ågård", "Ørestad Gymnasium"),
        ("cafe retro", "Café Retro ApS"),
        ("Café Retro", "Café Retro ApS"),
        ("kulturnatten", "Café Retro ApS"),
        ("litteratur", "Foreningen Norden"),
        ("norden", "Foreningen Norden"),
        ("Norden, foreningen", "Foreningen Norden"),
        ("unge", "Dansk Folkehjælp"),
        ("12345674", "Frivilligcenter Valby"),
        ("teatret “O'Neill”", 'Teatret "O\u2019Neill"'),
        ("O\u2018NEILL", 'Teatret "O\u2019Neill"'),
        ("ønt", 'Teatret "O\u2019Neill"'),
        ("danseteatret", "Danseteatret"),
        # mistyped
        ("dansehalerne", "Dansehallerne"),
        ("dnasehallerne", "Dansehallerne"),
        ("sansehallerne", "Dansehallerne"),
        ("dansahalerne", "Dansehallerne"),
        ("Årestad", "Ørestad Gymnasium"),
        ("retor", "Café Retro ApS"),
        ("meete", "Ørestad Gymnasium"),
        ("frivillgcentr", "Frivilligcenter Valby"),
        ("dansehelle", "Dansehallerne"),  # not typed to the end
        ("danse hallerne", "Dansehallerne"),
        ("frivilligcentervalby", "Frivilligcenter Valby"),
        ("caféretro", "Café Retro ApS"),
        ("mette aa gaard", "Ørestad Gymnasium"),
    ],
)
async def test_what_is_meant_comes_first(house: Store, query: str, first: str) -> None:
    assert (await names(house, query))[:1] == [first]


@pytest.mark.parametrize(
    "query", ["", "  ", "!!!", "🎉", "xyzzy", "dansk xyzzy", "q", "\0", "%", "_"]
)
async def test_nothing_fits(house: Store, query: str) -> None:
    assert await names(house, query) == []


async def test_all_words_must_fit(house: Store) -> None:
    assert await names(house, "dans") == [
        "Dansehallerne",
        "Dansk Folkehjælp",
        "Frivilligcenter Valby",
        "Danseteatret",
    ]
    assert await names(house, "dans bo") == ["Frivilligcenter Valby"]
    assert await names(house, "dans mette") == []


async def test_archived_ones_come_last_even_where_the_name_is_exact(house: Store) -> None:
    hits = await house.read(search, "T1", "danse")
    assert [(hit.name, hit.archived) for hit in hits] == [
        ("Dansehallerne", False),
        ("Danseteatret", True),
    ]


async def test_the_exact_name_is_first_and_says_so(house: Store) -> None:
    for name in ("Danserne", "Danse", "Dans"):
        await house.write(partner.add, "T1", Partner(name), by="U01", now=NOW)
    hits = await house.read(search, "T1", "DANSE")
    assert (hits[0].name, hits[0].exact) == ("Danse", True)
    assert not any(hit.exact for hit in hits[1:])
    assert hits == sorted(hits, key=lambda hit: (hit.archived, -hit.score))
    assert [hit.exact for hit in await house.read(search, "T1", "Café Retro")] == [True]
    assert [hit.exact for hit in await house.read(search, "T1", "folkehjælpen")] == [True]
    assert [hit.exact for hit in await house.read(search, "T1", "Mette Aagaard")] == [False]


async def test_a_hit_tells_by_what_it_was_found_and_who_knows_them(house: Store) -> None:
    async def only(query: str) -> Hit:
        (hit,) = await house.read(search, "T1", query)
        return hit

    assert (await only("dansehallerne")).detail == "Valby"
    assert (await only("dansehallerne")).known_by == ("U01", "U02")
    assert (await only("mette")).detail == "Mette Aagaard"
    assert (await only("metta aagaard")).detail == "Mette Aagaard"
    assert (await only("sårbare")).detail == "sårbare unge"
    assert (await only("folkehjælpen")).detail == "Folkehjælpen"
    assert (await only("kulturnatten")).detail == ""


async def test_a_misspelled_find_is_a_guess_and_scores_less(house: Store) -> None:
    (right,) = await house.read(search, "T1", "dansehall")
    (guess,) = await house.read(search, "T1", "dansehsll")
    assert guess.id == right.id
    assert guess.score < right.score / 1.5


async def test_an_edit_moves_the_words(house: Store) -> None:
    (hit,) = await house.read(search, "T1", "dansehallerne")
    before = await house.read(partner.get, "T1", hit.id)
    assert before
    after = replace(before, name="Bora Bora", note="flyttede", people=(ContactPerson("Ida Bo"),))
    await house.write(partner.update, "T1", before, after, by="U01", now=NOW)
    assert await names(house, "dansehallerne") == []
    for query in ("bora", "flyttede", "ida bo"):
        assert await names(house, query) == ["Bora Bora"]


async def test_the_limit_is_kept_and_the_best_are_within_it(store: Store) -> None:
    for number in range(30):
        noted = Partner(f"Hus {number:02}", note="kunst")
        await store.write(partner.add, "T1", noted, by="U01", now=NOW)
    await store.write(partner.add, "T1", Partner("Galleri Kunst"), by="U01", now=NOW)
    await store.write(partner.add, "T1", Partner("Kunsthallen"), by="U01", now=NOW)
    found = await names(store, "kunst", limit=5)
    assert found == ["Kunsthallen", "Galleri Kunst", "Hus 00", "Hus 01", "Hus 02"]
    assert len(await store.read(suggest, "T1", "hus")) == 20


# While typing


async def test_suggestions_for_nothing_are_the_last_touched(house: Store) -> None:
    hits = await house.read(suggest, "T1", "", limit=3)
    assert [hit.name for hit in hits] == [HOUSE[6].name, HOUSE[5].name, HOUSE[4].name]
    (dancers,) = await house.read(search, "T1", "dansehallerne")
    tie = (dancers.id, "U09", Tie.KNOWS)
    await house.write(partner.add_tie, "T1", *tie, by="U09", now=NOW + timedelta(days=2))
    (latest,) = await house.read(suggest, "T1", " ", limit=1)
    assert latest.name == "Dansehallerne"
    assert latest.known_by == ("U01", "U02", "U09")


async def test_every_letter_typed_keeps_the_partner_in_sight(house: Store) -> None:
    for name in (given_one.name for given_one in HOUSE):
        for typed in (name[:length] for length in range(1, len(name) + 1)):
            if words(typed):
                found = await house.read(suggest, "T1", typed)
                assert name in [hit.name for hit in found], typed


async def test_another_team_finds_nothing(house: Store) -> None:
    for query in ("dansehallerne", "dansehalerne", "d", ""):
        assert await house.read(search, "T2", query) == []
        assert await house.read(suggest, "T2", query) == []


# Properties

LETTERS = "abcdefghijklmnopqrstuvwxyzæøåéü"
# Where a folded "aa" or "ae" can be read in two ways, as in no Danish word: "aå", "aæ".
AMBIGUOUS = re.compile("aaa|aae")
TEAMS = count()  # each example has a library of its own
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=14), min_size=1, max_size=4)
PROPERTY = settings(max_examples=20, suppress_health_check=[*HealthCheck], deadline=None)


def mistyped(word: str, chance: random.Random) -> str:
    """The word with one letter missing, doubled, changed, added or swapped."""
    at, letter = chance.randrange(len(word)), chance.choice(LETTERS)
    before, behind = word[:at], word[at:]
    return chance.choice(
        [
            before + behind[1:],
            before + behind[:1] + behind,
            before + letter + behind[1:],
            before + letter + behind,
            before + behind[1:2] + behind[:1] + behind[2:],
        ]
    )


async def finds(store: Store, team: str, query: str, partner_id: int) -> bool:
    return partner_id in [hit.id for hit in await store.read(search, team, query)]


@PROPERTY
@given(name=NAMES, chance=st.randoms())
async def test_a_partner_is_found_by_each_word_of_its_name_and_with_a_slip_in_it(
    store: Store, name: Sequence[str], chance: random.Random
) -> None:
    team = f"T{next(TEAMS)}"
    given_one = Partner(" ".join(name))
    stored = await store.write(partner.add, team, given_one, by="U01", now=NOW)
    for word in name:
        assert await finds(store, team, word, stored.id)
        assert await finds(store, team, word.upper(), stored.id)
        slip = mistyped(word, chance)
        if len(word) >= 5 and not AMBIGUOUS.search(f"{fold(word)} {fold(slip)}"):
            assert await finds(store, team, slip, stored.id), slip
    shuffled = chance.sample(list(name), len(name))
    assert await finds(store, team, "  ".join(shuffled), stored.id)


@PROPERTY
@given(query=st.text(st.characters(codec=None), max_size=80), text=st.text(max_size=60))
async def test_no_query_raises_whatever_is_stored(store: Store, query: str, text: str) -> None:
    team = f"T{next(TEAMS)}"
    given_one = Partner(text, note=text, keywords=(text,), people=(ContactPerson(text),))
    await store.write(partner.add, team, given_one, by="U01", now=NOW)
    for find in (search, suggest):
        assert all(isinstance(hit, Hit) for hit in await store.read(find, team, query))
        assert all(isinstance(hit, Hit) for hit in await store.read(find, team, text))


async def test_the_longest_words_and_names_fit_the_index(store: Store) -> None:
    long = Partner("å" * 5000, note="ord" * 3000, keywords=("x" * 4000,), other_names=("ø" * 3000,))
    stored = await store.write(partner.add, "T1", long, by="U01", now=NOW)
    assert stored.name == long.name
    for query in ("å" * 5000, "å" * 300, "ord" * 3000, "x" * 4000, " ".join(["å" * 50] * 400)):
        assert await finds(store, "T1", query, stored.id)


# Spelling alone


@given(word=st.text("abcdeæøå", min_size=5, max_size=9).map(fold), chance=st.randoms())
def test_a_slip_among_the_first_letters_is_among_the_respelled(
    word: str, chance: random.Random
) -> None:
    at = chance.randrange(3)
    typed = word[:at] + word[at + 1 :]
    assume(typed != word)
    assert word in respelled(typed)


def test_short_words_are_not_guessed_at() -> None:
    assert [slips_forgiven("x" * length) for length in (3, 4, 7, 8, 40)] == [0, 1, 1, 2, 2]
    assert nearest("bo", ["bi", "bo"], limit=5) == ["bo"]
    assert nearest("hansen", ["jansen", "hansson", "hansen", "madsen"], limit=2) == [
        "hansen",
        "jansen",
    ]
