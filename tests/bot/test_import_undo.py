from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot import import_undo
from bot.errors import UserError
from bot.import_undo import (
    CHANGED_SINCE,
    UNDO,
    Noted,
    Stay,
    Trace,
    Undoing,
    check_undo,
    is_as_noted,
)
from bot.partner import Change, ContactPerson, Partner
from bot.privacy import Information, Standing

DAY = date(2026, 1, 1)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ANNE = ContactPerson("Anne Holm", email="anne@springbraet.dk", id=11)
BO = ContactPerson("Bo Lind", id=12)
BEFORE = Partner("Springbræt", id=1, version=3, people=(ANNE,), area="byen")
AFTER = replace(
    BEFORE, version=4, area="hele byen", people=(replace(ANNE, email="ah@sb.dk"), BO), note="ny"
)


def changes(before: Partner = BEFORE, after: Partner = AFTER) -> dict[int, list[Change]]:
    def plain(value: Any) -> Any:
        if not isinstance(value, tuple):
            return value
        return [one if isinstance(one, str) else asdict(one) for one in value]

    names = ("area", "people", "note", "keywords")
    return {
        1: [
            Change(4, "U01", NOW, name, plain(getattr(before, name)), plain(getattr(after, name)))
            for name in names
            if getattr(before, name) != getattr(after, name)
        ]
    }


def changed_back(now: Partner, before: Partner = BEFORE, after: Partner = AFTER) -> Undoing:
    return import_undo.changed_back([now], Trace("U01", changes(before, after)))


def noted_back(noted: Noted, now: Standing | None) -> Undoing:
    standings = {} if now is None else {noted.person: now}
    trace = Trace("U01", changes(), {1: (noted,)}, standings)
    return import_undo.changed_back([AFTER], trace)


def back(undoing: Undoing) -> Partner:
    (step,) = undoing.back
    return step.after


def test_what_nobody_has_touched_is_as_it_was() -> None:
    undoing = changed_back(AFTER)
    assert back(undoing) == replace(BEFORE, version=4)
    assert (undoing.stays, undoing.noted) == ((), ())


def test_what_somebody_has_changed_since_stays_and_is_named() -> None:
    undoing = changed_back(replace(AFTER, area="Nord", version=5))
    assert back(undoing) == replace(BEFORE, area="Nord", version=5)
    assert undoing.stays == (Stay("Springbræt", CHANGED_SINCE, ("area",), in_part=True),)


def test_what_somebody_has_changed_back_already_is_as_it_was() -> None:
    undoing = changed_back(replace(AFTER, area="byen"))
    assert back(undoing) == replace(BEFORE, version=4)
    assert undoing.stays == ()


def test_of_a_person_each_detail_goes_back_by_itself() -> None:
    title = replace(AFTER.people[0], title="formand")
    undoing = changed_back(replace(AFTER, people=(title, BO)))
    assert back(undoing).people == (replace(ANNE, title="formand"),)
    assert undoing.stays == ()
    mail = replace(AFTER.people[0], email="x@sb.dk")
    undoing = changed_back(replace(AFTER, people=(mail, BO)))
    assert back(undoing).people == (mail,)
    assert undoing.stays


def test_an_edit_of_another_person_is_not_the_same() -> None:
    ida = ContactPerson("Ida", id=13)
    before, after = replace(BEFORE, people=(ANNE, ida)), replace(AFTER, people=(ANNE, ida, BO))
    edited = replace(ida, title="formand")
    undoing = changed_back(replace(after, people=(ANNE, edited, BO)), before, after)
    assert back(undoing).people == (ANNE, edited)
    assert undoing.stays == ()


def test_a_person_whom_somebody_has_worked_on_or_added_stays() -> None:
    new = ContactPerson("Ida", id=13)
    now = replace(AFTER, people=(AFTER.people[0], replace(BO, title="formand"), new))
    undoing = changed_back(now)
    assert back(undoing).people == (ANNE, replace(BO, title="formand"), new)
    assert undoing.stays


def test_of_a_list_what_the_import_added_goes_and_what_others_added_stays() -> None:
    before = replace(BEFORE, keywords=("lektier",))
    after = replace(AFTER, keywords=("lektier", "musik"))
    now = replace(after, keywords=("lektier", "musik", "dans"))
    undoing = changed_back(now, before, after)
    assert back(undoing).keywords == ("lektier", "dans")
    assert undoing.stays == ()


def test_one_of_which_nothing_can_go_back_is_not_written() -> None:
    only_area = replace(BEFORE, area="hele byen")
    undoing = changed_back(replace(BEFORE, area="Nord"), BEFORE, only_area)
    assert undoing.back == ()
    assert undoing.stays
    assert import_undo.changed_back([BEFORE], Trace("U01")) == Undoing((), (), ())


@pytest.mark.parametrize(
    ("noted", "now", "unsaid", "stays"),
    [
        (Noted(11, DAY), Standing(Information(DAY, ""), "U01"), Noted(11, DAY), False),
        (
            Noted(11, DAY, no_contact=True),
            Standing(Information(DAY, ""), "U01", no_contact=True),
            Noted(11, DAY, no_contact=True),
            False,
        ),
        (Noted(11, DAY), Standing(Information(DAY, "mail"), "U01"), None, True),
        (Noted(11, DAY), Standing(Information(DAY, ""), "U02"), None, True),
        (Noted(11, DAY), None, None, True),
        (
            Noted(11, no_contact=True),
            Standing(Information(DAY, ""), "U02", no_contact=True),
            Noted(11, no_contact=True),
            False,
        ),
        (Noted(11, no_contact=True), Standing(), None, False),
        (Noted(12, DAY), Standing(Information(DAY, ""), "U01"), Noted(12, DAY), False),
    ],
    ids=["day", "both", "how", "who", "gone", "wish", "wish taken back", "of one who goes"],
)
def test_what_was_noted_of_a_person_goes_back_unless_somebody_noted_something_else(
    noted: Noted,
    now: Standing | None,
    unsaid: Noted | None,
    stays: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    undoing = noted_back(noted, now)
    assert undoing.noted == ((unsaid,) if unsaid else ())
    assert [stay.fields for stay in undoing.stays] == ([("people",)] if stays else [])


def test_where_a_wish_goes_back_and_the_day_stays_the_partner_is_named() -> None:
    now = Standing(Information(DAY, "mail"), "U01", no_contact=True)
    trace = Trace("U01", {}, {1: (Noted(11, DAY, no_contact=True),)}, {11: now})
    undoing = import_undo.changed_back([BEFORE], trace)
    assert undoing.noted == (Noted(11, no_contact=True),)
    assert undoing.stays == (Stay("Springbræt", CHANGED_SINCE, ("people",)),)


def test_of_a_person_who_stays_what_was_noted_stays() -> None:
    now = replace(AFTER, people=(AFTER.people[0], replace(BO, title="formand")))
    standings = {12: Standing(Information(DAY, ""), "U01")}
    trace = Trace("U01", changes(), {1: (Noted(12, DAY),)}, standings)
    assert import_undo.changed_back([now], trace).noted == ()


def test_of_a_new_partner_all_that_is_noted_must_be_the_imports() -> None:
    noted, mine = (Noted(11, DAY),), Standing(Information(DAY, ""), "U01")
    assert is_as_noted(noted, "U01", {11: mine, 12: Standing()})
    assert is_as_noted((Noted(11, no_contact=True),), "U01", {11: Standing(no_contact=True)})
    assert not is_as_noted(noted, "U02", {11: mine})
    assert not is_as_noted(noted, "U01", {11: mine, 12: Standing(no_contact=True)})
    assert not is_as_noted(noted, "U01", {})


def test_it_can_be_undone_once_and_for_thirty_days() -> None:
    check_undo(NOW, None, NOW + UNDO)
    with pytest.raises(UserError, match="thirty days"):
        check_undo(NOW, None, NOW + UNDO + timedelta(seconds=1))
    with pytest.raises(UserError, match="already"):
        check_undo(NOW, NOW, NOW)
