import pytest

from bot.circle_asked import Absent, Tied, Ties, asked_of, everybody, sees, stands_for
from bot.partner import Partner

OURS = Ties("U01", "U02", ("U03", "U04"))
NOBODY = Absent()
FIRST_LEFT = Absent(left=frozenset({"U01"}))


@pytest.mark.parametrize("tied", [OURS, Partner("A", **vars(OURS))])
def test_the_responsible_is_asked(tied: Tied) -> None:
    assert asked_of(tied, "U09", NOBODY) == ("U01",)


@pytest.mark.parametrize(
    ("tied", "chosen", "asked"),
    [
        (OURS, None, ("U01", "U02")),
        (OURS, "U05", ("U01", "U02")),
        (Ties("U01"), "U05", ("U01", "U05")),
        (Ties("U01"), None, ("U01",)),
    ],
)
def test_while_she_is_away_her_deputy_is_asked_too(
    tied: Ties, chosen: str | None, asked: tuple[str, ...]
) -> None:
    assert asked_of(tied, "U09", Absent(away={"U01": chosen})) == asked


def test_a_deputy_who_has_left_steps_in_for_nobody() -> None:
    absent = Absent(frozenset({"U02"}), {"U01": None})
    assert asked_of(OURS, "U09", absent) == ("U01",)


@pytest.mark.parametrize(
    ("tied", "absent"), [(OURS, FIRST_LEFT), (Ties(None, "U02", ("U03", "U04")), NOBODY)]
)
def test_where_nobody_is_responsible_all_who_are_tied_are_asked(tied: Ties, absent: Absent) -> None:
    assert asked_of(tied, "U09", absent) == ("U02", "U03", "U04")


@pytest.mark.parametrize(
    ("tied", "absent"), [(Ties("U01"), FIRST_LEFT), (Ties(known_by=("U01",)), FIRST_LEFT)]
)
def test_where_nobody_is_tied_the_one_who_took_the_step_is_asked(
    tied: Ties, absent: Absent
) -> None:
    assert asked_of(tied, "U09", absent) == ("U09",)
    assert asked_of(tied, "", absent) == ()
    assert asked_of(tied, "U01", absent) == ()


def test_it_waits_for_those_who_are_asked_and_else_for_the_coordinator() -> None:
    assert sees("U01", ("U01",), coordinates=False)
    assert not sees("U02", ("U01",), coordinates=True)
    assert sees("U02", (), coordinates=True)
    assert not sees("U02", (), coordinates=False)


def test_everybody_it_may_come_to_is_named_once() -> None:
    assert everybody(OURS, "U03") == ("U01", "U02", "U03", "U04")
    assert everybody(Ties()) == ()


def test_who_steps_in_stands_for_those_who_have_named_her() -> None:
    assert stands_for("U1", {"U2": "U1", "U3": None, "U4": "U2"}) == ("U1", "U2")
