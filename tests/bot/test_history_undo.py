"""One change undone: what may be, what the card becomes, and what a form would refuse."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.circle import Level, Move, Why
from bot.circle_course import Course
from bot.errors import UserError
from bot.history import Merger, Past
from bot.history_undo import (
    ALREADY,
    OF_A_MERGER,
    OF_ANOTHER_CARD,
    OF_THE_CIRCLE,
    OF_THE_FORGOTTEN,
    bar,
    can_be_undone,
    changed_since,
    check,
    colleagues,
    coming_back,
    meant,
    undone,
)
from bot.partner import Change, ContactPerson, Kind, Partner, Status
from bot.privacy import anonymised
from bot.workspace import Workspace

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANNE = ContactPerson("Anne Holm", "formand", "anne@springbraet.dk", source="messen", id=7)
BO = ContactPerson("Bo Lind", source="visitkort", id=8)
HERE = Partner("Springbræt", id=1, area="Nordbyen", keywords=("leg",), people=(ANNE,))


def change(name: str, before: object, after: object, **more: Any) -> Change:
    values: dict[str, Any] = {"version": 2, "by": "U02", "at": NOW} | more
    return Change(field=name, before=before, after=after, **values)


def past(partner: Partner = HERE, **more: Any) -> Past:
    return Past(partner, **more)


def worded(partner: Partner, name: str, *words: str) -> Partner:
    values: dict[str, Any] = {name: words}
    return replace(partner, **values)


def logged(*people: ContactPerson) -> list[dict[str, Any]]:
    return [asdict(person) for person in people]


def test_the_value_from_before_stands_again() -> None:
    edit = change("area", "Vestbyen", "Nordbyen")
    assert bar(past(), edit) is None
    assert undone(past(), [edit]) == replace(HERE, area="Vestbyen")
    assert not changed_since(HERE, [edit])
    assert changed_since(replace(HERE, area="Østbyen"), [edit])


def test_what_stands_there_already_is_told() -> None:
    with pytest.raises(UserError) as refused:
        undone(past(), [change("area", "Nordbyen", "Vestbyen")])
    assert refused.value.msgid == ALREADY


def test_a_list_loses_only_what_the_change_put_into_it() -> None:
    now = replace(HERE, keywords=("leg", "fejl", "musik"))
    edit = change("keywords", ["leg", "dans"], ["leg", "fejl"])
    assert undone(past(now), [edit]).keywords == ("leg", "musik", "dans")


def test_a_person_keeps_what_was_corrected_since() -> None:
    now = replace(HERE, people=(replace(ANNE, phone="+4521436587"), BO))
    edit = change("people", logged(replace(ANNE, title="kasserer")), logged(ANNE))
    anne, bo = undone(past(now), [edit]).people
    assert (anne.title, anne.phone, bo) == ("kasserer", "+4521436587", BO)


def test_a_person_who_was_removed_comes_back_with_her_number() -> None:
    now = replace(HERE, people=(BO,))
    result = undone(past(now), [change("people", logged(ANNE, BO), logged(BO))])
    assert result.people == (ANNE, BO)
    assert coming_back(now, result) == [ANNE]
    gone = undone(past(), [change("people", [], logged(ANNE))])
    assert gone.people == ()
    assert coming_back(HERE, gone) == []


@pytest.mark.parametrize(
    ("edit", "more", "why"),
    [
        (change("level", "network", "partnership"), {}, OF_THE_CIRCLE),
        (change("status", "active", "ended"), {}, OF_THE_CIRCLE),
        (change("status", "ended", "active"), {}, OF_THE_CIRCLE),
        (
            change("status", "possible", "active"),
            {"course": Course([Move(1, Level.NETWORK, Level.NETWORK, Why.ENDED, "U02", NOW)])},
            OF_THE_CIRCLE,
        ),
        (change("area", "", "x"), {"mergers": [Merger("U02", NOW)]}, OF_A_MERGER),
        (
            change("area", "", "x", version=1),
            {"mergers": [Merger("U02", NOW + HOUR)]},
            OF_ANOTHER_CARD,
        ),
        (change("area", "", "x"), {"forgotten": frozenset({NOW})}, OF_THE_FORGOTTEN),
        (change("people", logged(anonymised(7)), []), {}, OF_THE_FORGOTTEN),
    ],
)
def test_what_has_rules_of_its_own_says_so(edit: Change, more: dict[str, Any], why: str) -> None:
    assert bar(past(**more), edit) == why
    with pytest.raises(UserError) as refused:
        undone(past(**more), [edit])
    assert refused.value.msgid == why


def test_a_field_that_a_card_no_longer_has_is_told() -> None:
    reason = bar(past(), change("old_field", 1, 2))
    assert reason
    assert "no such field" in reason


def test_a_merger_that_was_undone_bars_nothing() -> None:
    parted = Merger("U02", NOW, "", "U03", NOW + HOUR)
    assert bar(past(mergers=[parted]), change("area", "", "x")) is None


def test_another_standing_is_put_back() -> None:
    now = replace(HERE, status=Status.RESTING)
    result = undone(past(now), [change("status", "active", "resting")])
    assert result.status is Status.ACTIVE


def test_a_step_and_its_day_belong_together_and_nothing_else_does() -> None:
    step = change("next_step", "", "ring")
    day = change("next_step_on", None, "2026-12-01")
    area = change("area", "", "Nordbyen")
    assert meant([day, step, area]) == [day, step]
    assert meant([step, area]) == [step]
    assert meant([area, step, day]) == [area]
    now = replace(HERE, next_step="ring", next_step_on=date(2026, 12, 1))
    after = undone(past(now), [day, step])
    assert (after.next_step, after.next_step_on) == ("", None)


def test_what_a_form_refuses_is_refused() -> None:
    now = replace(HERE, responsible="U03")
    with pytest.raises(UserError) as refused:
        check(Workspace(), now, replace(now, deputy="U03"))
    assert refused.value.field == "deputy"


def test_a_fault_that_stood_there_already_is_in_nobodys_way() -> None:
    now = replace(HERE, next_step_on=date(2026, 12, 1))
    check(Workspace(), now, replace(now, area="Vestbyen"))


@pytest.mark.parametrize("name", ["keywords", "target_groups", "age_groups"])
def test_a_word_must_be_on_the_librarys_list(name: str) -> None:
    library = Workspace(keywords=("musik",), target_groups=("unge",), age_groups=("13-17",))
    bare = replace(HERE, keywords=())
    with pytest.raises(UserError) as refused:
        check(library, bare, worded(bare, name, "leg", "dans"))
    assert refused.value.values == {"words": "leg, dans"}
    stood = worded(bare, name, "leg")
    check(library, stood, stood)
    check(Workspace(age_groups=()), bare, worded(bare, name, "leg"))


def test_a_goal_must_be_on_the_list_even_where_there_is_none() -> None:
    bare = replace(HERE, goals=())
    read = replace(bare, goals=("Flere læser",))
    check(Workspace(goals=("Flere læser",)), bare, read)
    check(Workspace(), read, read)
    with pytest.raises(UserError) as refused:
        check(Workspace(), bare, read)
    assert refused.value.values == {"words": "Flere læser"}


def test_a_branch_must_be_one_of_the_librarys() -> None:
    library = Workspace(branches=("Børn",))
    check(library, HERE, replace(HERE, branch="Børn"))
    check(library, replace(HERE, branch="Voksen"), HERE)
    with pytest.raises(UserError):
        check(library, HERE, replace(HERE, branch="Voksen"))


def test_a_kind_that_is_off_comes_not_back() -> None:
    library = Workspace(kinds_off=(Kind.FIRM,))
    firm = replace(HERE, kind=Kind.FIRM)
    check(library, firm, replace(firm, area=""))
    with pytest.raises(UserError):
        check(library, HERE, firm)


def test_who_is_tied_again_is_looked_up() -> None:
    now = replace(HERE, responsible="U01", known_by=("U02",))
    result = replace(now, responsible="U03", deputy="U04", known_by=("U02", "U05"))
    assert colleagues(now, result) == ("U03", "U04", "U05")
    assert colleagues(result, replace(now, responsible=None)) == ()


def test_what_is_undone_already_cannot_be_undone() -> None:
    edit = change("area", "Vestbyen", "Nordbyen")
    assert can_be_undone(past(), [edit])
    assert not can_be_undone(past(replace(HERE, area="Vestbyen")), [edit])
    assert not can_be_undone(past(), [change("level", "network", "partnership")])
