from collections.abc import Collection, Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.duplicate import Comparison, Pair, Traits, ordered
from bot.likeness import Reason
from bot.text import bare_name


def called(number: int, *names: str, **more: Any) -> Traits:
    return Traits(number, frozenset(map(bare_name, names)), **more)


def pairs(partners: Iterable[Traits], apart: Collection[tuple[int, int]] = ()) -> list[Pair]:
    known = Comparison()
    for one in partners:  # whoever is told of in parts is compared as well
        known.add([one])
    return known.pairs(apart)[:]


def found(*partners: Traits, apart: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    return [(pair.one_id, pair.other_id) for pair in pairs(partners, {*apart})]


def reasons(one: Traits, other: Traits) -> tuple[Reason, ...]:
    return next((pair.reasons for pair in pairs([one, other])), ())


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Springbræt", "Foreningen Springbraet", Reason.NAME),
        ("Pixelværket", "Pixelværkedet", Reason.SIMILAR_NAME),
        ("Pixelværket", "Pikselværket", Reason.SIMILAR_NAME),
        ("Det Kongelige Teater", "Kongelige Teater, Det", Reason.SIMILAR_NAME),
        ("Byens Museum", "Byensmuseum", Reason.SIMILAR_NAME),
        ("Springbræt", "Springbrættet", Reason.SIMILAR_NAME),
        ("Aarhus Kulturhus", "Århus Kulturhus", Reason.NAME),
    ],
)
def test_names_that_are_one(one: str, other: str, why: Reason) -> None:
    assert reasons(called(1, one), called(2, other)) == (why,)
    assert reasons(called(1, other), called(2, "Noget andet", one)) == (why,)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Springbræt", "Pixelværket"),
        ("3. spejdergruppe Viben", "4. spejdergruppe Viben"),
        ("Bo", "Jo"),
        ("Kulturhuset Nord", "Kulturhuset Syd"),
    ],
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert found(called(1, one), called(2, other)) == []


@pytest.mark.parametrize(
    ("trait", "why"),
    [
        ({"cvr": "12345674"}, Reason.CVR),
        ({"sites": frozenset({"springbraet.dk"})}, Reason.WEBSITE),
        ({"mail_domains": frozenset({"springbraet.dk"})}, Reason.MAIL_DOMAIN),
        ({"people": frozenset({"anne holm"})}, Reason.PERSON),
    ],
)
def test_what_two_share_is_said_and_what_a_crowd_shares_is_not(
    trait: dict[str, Any], why: Reason
) -> None:
    names = ("Springbræt", "Pixelværket", "Museet", "Koret", "Banken")
    partners = [called(n, name, **trait) for n, name in enumerate(names)]
    assert reasons(*partners[:2]) == (why,)
    assert len(found(*partners[:4])) == 6
    assert found(*partners) == []


def test_several_reasons_convince_more_and_the_strongest_is_said_first() -> None:
    one = called(1, "Springbræt", "SB", cvr="1", people=frozenset({"anne holm"}))
    other = called(2, "Springbræt", "Springbrædt", cvr="1", people=frozenset({"anne holm"}))
    alone = called(3, "Pixelværket", people=frozenset({"bo lind"}))
    again = called(4, "Museet", people=frozenset({"bo lind"}))
    first, last = pairs([again, alone, other, one])
    assert first.reasons == (Reason.CVR, Reason.NAME, Reason.PERSON)
    assert (first.one_id, last.one_id) == (1, 3)
    assert 0.99 < first.score < 1
    assert last == Pair(3, 4, (Reason.PERSON,), 0.5)


def test_what_is_decided_and_what_nobody_looks_at_is_left_out() -> None:
    away = [called(n, "Springbræt", archived=n < 3) for n in (1, 2, 3)]
    assert found(*away) == [(1, 3), (2, 3)]
    assert found(*away, apart=[(1, 3)]) == [(2, 3)]


def test_a_name_that_many_have_is_compared_with_its_neighbours_only() -> None:
    crowd = [called(n, "Borgerservice") for n in range(60)]
    assert 60 <= len(found(*crowd)) < 60 * 10
    half = [
        called(n, f"Biblioteksforeningen {chr(97 + n % 26)}{chr(97 + n // 26)}vej")
        for n in range(99)
    ]
    assert (0, 26) in found(*half)


@given(st.lists(st.text(max_size=12), max_size=8))
def test_every_pair_is_named_once_and_in_order(names: list[str]) -> None:
    partners = [called(n, name) for n, name in enumerate(names)]
    two = found(*partners)
    assert len(two) == len(set(two))
    assert all(ordered(*pair) == pair and pair[0] != pair[1] for pair in two)
    same = {bare_name(name) for name in names if bare_name(name)}
    alike = [one for one in partners if one.names & same]
    assert set(two) >= {
        (one.id, other.id)
        for one in alike
        for other in alike
        if one.id < other.id and one.names == other.names
    }


def test_the_pairs_of_some_partners_are_picked_out_in_the_same_order() -> None:
    known = Comparison()
    known.add([called(n, "Springbræt") for n in (1, 2)])
    known.add([called(3, "Springbrædt"), called(4, "Koret"), called(5, "Koret")])
    likely = known.pairs()
    assert len(likely) == 4
    assert likely.about([3])[:] == [pair for pair in likely[:] if pair.other_id == 3]
    assert [pair.other_id for pair in likely.about([2, 4])[:2]] == [2, 5]
    assert likely[1:2] == likely[:][1:2]
