from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.circle import Level
from bot.duplicate_merge import (
    UNDO,
    Before,
    Side,
    check_trials,
    check_undo,
    differing,
    name_that_went,
    older_first,
    parted,
    sides,
    united,
)
from bot.errors import UserError
from bot.guard import NOTE_LENGTH
from bot.partner import ContactPerson, Partner, Status

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
KEPT = Partner("Springbræt", 1, created_at=NOW - timedelta(days=9))
GONE = Partner("Springbraet", 2, created_at=NOW)


def people(ours: ContactPerson, theirs: ContactPerson) -> tuple[ContactPerson, ...]:
    kept = replace(KEPT, people=(replace(ours, id=11),))
    return united(kept, replace(GONE, people=(replace(theirs, id=12),)), {}).partner.people


def test_the_older_one_stays_whoever_is_named_first() -> None:
    assert older_first(GONE, KEPT) == older_first(KEPT, GONE) == (KEPT, GONE)
    undated = replace(GONE, created_at=None)
    assert older_first(KEPT, undated) == (undated, KEPT)


def test_who_took_the_others_name_is_told_by_their_own() -> None:
    assert name_that_went("Springbræt", "Brættet", "Springbræt") == "Brættet"
    assert name_that_went("Springbræt", "Brættet", "Brættet") == "Springbræt"
    assert name_that_went("Springbræt", "Springbræt", "Springbræt") == "Springbræt"


def test_one_chooses_only_where_both_say_something_and_not_the_same() -> None:
    assert differing(KEPT, replace(GONE, name="Springbræt")) == []
    one = replace(KEPT, area="Nord", cvr="1", start=date(2020, 1, 1), next_step="Ring")
    other = replace(GONE, area="Syd", website="https://x.dk", start=date(2021, 1, 1))
    assert differing(one, other) == ["name", "area", "start"]
    dated = replace(other, next_step="Ring", next_step_on=date(2026, 12, 1))
    assert differing(one, dated) == ["name", "area", "start", "next_step"]
    assert differing(one, replace(other, area="  ")) == ["name", "start"]


def test_a_choice_carries_and_the_empty_gives_way() -> None:
    one = replace(KEPT, area="Nord", next_step="Ring", status=Status.RESTING)
    other = replace(GONE, area="Syd", cvr="1", next_step="Skriv", next_step_on=date(2026, 12, 1))
    merged = united(one, other, {"area": Side.GONE, "next_step": Side.GONE}).partner
    assert (merged.id, merged.name, merged.area, merged.cvr) == (1, "Springbræt", "Syd", "1")
    assert (merged.next_step, merged.next_step_on) == ("Skriv", date(2026, 12, 1))
    assert merged.status is Status.RESTING
    assert united(one, other, {"area": Side.BOTH}).partner.area == "Nord"
    kept = united(one, other, {}).partner
    assert (kept.next_step, kept.next_step_on) == ("Ring", None)


def test_the_ring_further_in_is_the_usual_one() -> None:
    inner = replace(GONE, level=Level.PARTNERSHIP)
    assert sides(KEPT, inner, "level") == (Side.GONE, Side.KEPT)
    assert sides(inner, KEPT, "level") == (Side.KEPT, Side.GONE)
    assert united(KEPT, inner, {}).partner.level is Level.PARTNERSHIP
    assert united(KEPT, inner, {"level": Side.KEPT}).partner.level is Level.NETWORK


def test_both_notes_stand_where_there_is_room() -> None:
    one, other = replace(KEPT, note="den ene"), replace(GONE, note="den anden")
    assert united(one, other, {}).partner.note == "den ene\n\nden anden"
    assert united(one, other, {"note": Side.GONE}).partner.note == "den anden"
    long = replace(other, note="x" * (NOTE_LENGTH - len("den ene") - 1))
    assert sides(one, long, "note") == (Side.KEPT, Side.GONE)
    assert united(one, long, {"note": Side.BOTH}).partner.note == "den ene"


def test_what_there_are_several_of_is_put_together() -> None:
    one = replace(KEPT, keywords=("unge", "sprog"), other_names=("SB",), archived=True)
    other = replace(GONE, keywords=("sprog", "bøger"), other_names=("sb", "Brættet"))
    merged = united(one, other, {}).partner
    assert merged.keywords == ("unge", "sprog", "bøger")
    assert merged.other_names == ("SB", "Brættet"), "and one that differs in spelling only is one"
    assert not merged.archived
    assert united(one, replace(other, archived=True), {}).partner.archived


def test_everybody_who_knew_either_knows_them() -> None:
    one = replace(KEPT, responsible="U1", deputy="U2", known_by=("U5",))
    other = replace(GONE, responsible="U3", deputy="U1", known_by=("U5", "U6"))
    merged = united(one, other, {"deputy": Side.GONE}).partner
    assert (merged.responsible, merged.deputy) == ("U1", None)
    assert merged.known_by == ("U5", "U6", "U2", "U3")
    assert united(one, other, {}).partner.deputy == "U2"


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        (ContactPerson("Anne Holm"), ContactPerson("anne  holm", email="a@x.dk"), True),
        (
            ContactPerson("Anne Holm", email="a@x.dk"),
            ContactPerson("Anne Holm", "", "b@x.dk"),
            True,
        ),
        (ContactPerson("Anne"), ContactPerson("Anne"), False),
        (ContactPerson("Anne", phone="+45"), ContactPerson("Anne Holm", phone="+45"), True),
        (ContactPerson("", email="a@x.dk"), ContactPerson("Anne Holm", email="A@x.dk"), True),
        (ContactPerson("Bo", email="info@x.dk"), ContactPerson("Anne", "", "info@x.dk"), False),
        (ContactPerson("Bo Lind"), ContactPerson("Anne Holm"), False),
    ],
)
def test_who_is_on_both_cards(ours: ContactPerson, theirs: ContactPerson, same: bool) -> None:  # noqa: FBT001 - a column of the table above
    assert len(people(ours, theirs)) == (1 if same else 2)


def test_nothing_that_is_known_of_her_is_lost() -> None:
    ours = ContactPerson("Anne", "formand", "a@x.dk", "", "rar", "messen")
    theirs = ContactPerson("Anne Holm", "leder", "A@x.dk", "+45", "Rar", "Mette")
    (anne,) = people(ours, theirs)
    assert anne == ContactPerson(
        "Anne Holm", "formand", "a@x.dk", "+45", "rar\nleder", "messen, Mette", 11
    )


def test_one_of_ours_is_not_two_of_theirs() -> None:
    twice = (ContactPerson("Anne Holm", id=12), ContactPerson("Anne Holm", id=13))
    union = united(
        replace(KEPT, people=(ContactPerson("Anne Holm", id=11),)),
        replace(GONE, people=twice),
        {},
    )
    assert [person.id for person in union.partner.people] == [11, 13]
    assert union.same == {12: 11}


def test_trials_are_decided_first() -> None:
    tried = replace(KEPT, level=Level.COLLABORATION)
    check_trials(KEPT, 0)
    check_trials(tried, 1)
    with pytest.raises(UserError, match="Both are on trial"):
        check_trials(tried, 2)
    with pytest.raises(UserError, match="for a collaboration"):
        check_trials(KEPT, 1)


def test_a_merger_can_be_undone_for_thirty_days() -> None:
    check_undo(NOW, NOW + UNDO)
    with pytest.raises(UserError, match="thirty days"):
        check_undo(NOW, NOW + UNDO + timedelta(seconds=1))


def test_what_was_changed_since_stays_and_the_rest_is_as_it_was() -> None:
    anne, bo = ContactPerson("Anne Holm", id=11), ContactPerson("Bo Lind", id=12)
    kept = replace(KEPT, people=(anne,), keywords=("unge",))
    gone = replace(GONE, people=(replace(anne, id=13), bo), keywords=("bøger",))
    union = united(kept, gone, {"name": Side.GONE})
    before = Before(kept, gone, union.partner, union.same)
    assert parted(before, replace(union.partner, version=9)) == (replace(kept, version=9), gone)
    since = replace(union.partner, area="Vest", people=(anne, replace(bo, title="leder")))
    back, again = parted(before, since)
    assert back == replace(kept, area="Vest")
    assert again == replace(gone, people=(gone.people[0], replace(bo, title="leder")))
    back, again = parted(before, replace(union.partner, people=(bo,)))
    assert (back.people, again.people) == ((), (bo,))
