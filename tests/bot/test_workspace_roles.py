import pytest

from bot.errors import UserError
from bot.workspace import Workspace
from bot.workspace_roles import (
    MAY,
    NOT_STAFF,
    WHO,
    Action,
    Colleagues,
    Role,
    become_coordinator,
    may,
    require,
    role_of,
)

HOUSE = Workspace(coordinators=("U01", "U02"))

# What a library would be sorry about, were it otherwise.
COORDINATORS_ONLY = {
    Action.LIBRARY_SETTINGS,
    Action.EDIT_GOALS,
    Action.EDIT_QUESTIONS,
    Action.PLAN_EVALUATIONS,
    Action.SORT_PARTNERS,
    Action.SWITCH_ON,
    Action.SEE_UNINFORMED,
    Action.SEE_FAILED,
    Action.EXPORT_PERSON,
    Action.EXPORT_REGISTER,
    Action.IMPORT_REGISTER,
    Action.ANONYMISE,
}


def test_every_action_has_its_row_and_every_role_is_decided_for_it() -> None:
    assert WHO.keys() == set(Action)
    assert MAY.keys() == set(Role)
    for action, roles in WHO.items():
        assert roles <= set(Role)
        assert {role for role in Role if may(role, action)} == roles


def test_a_coordinator_may_everything_and_a_guest_nothing() -> None:
    assert MAY[Role.COORDINATOR] == set(Action)
    assert not MAY[Role.GUEST]
    assert MAY[Role.VISITOR] == {Action.ANSWER_EVALUATION}
    assert MAY[Role.COLLEAGUE] == set(Action) - COORDINATORS_ONLY


@pytest.mark.parametrize(
    ("user", "staff", "role"),
    [
        ("U01", True, Role.COORDINATOR),
        ("U03", True, Role.COLLEAGUE),
        ("U04", False, Role.GUEST),
        ("U02", False, Role.GUEST),
    ],
)
def test_a_role_is_what_a_person_is_now(user: str, staff: bool, role: Role) -> None:  # noqa: FBT001 - a column of the table above
    assert role_of(user, HOUSE, staff=staff) is role


@pytest.mark.parametrize("action", Action)
def test_who_may_is_let_pass(action: Action) -> None:
    require(Role.COORDINATOR, action, HOUSE)


@pytest.mark.parametrize("action", sorted(COORDINATORS_ONLY))
def test_a_colleague_is_told_who_can(action: Action) -> None:
    with pytest.raises(UserError, match="Only the coordinator") as refused:
        require(Role.COLLEAGUE, action, HOUSE)
    assert refused.value.values == {"coordinators": Colleagues(("U01", "U02"))}
    assert str(refused.value.values["coordinators"]) == "U01, U02"


def test_where_there_is_no_coordinator_yet_one_is_told_how_to_become_it() -> None:
    with pytest.raises(UserError, match="there is none yet"):
        require(Role.COLLEAGUE, Action.SWITCH_ON, Workspace())
    require(Role.COLLEAGUE, Action.BECOME_COORDINATOR, Workspace())


def test_who_comes_from_outside_is_a_visitor() -> None:
    assert role_of("U50", HOUSE, staff=False, visits=True) is Role.VISITOR
    assert role_of("U01", HOUSE, staff=False, visits=True) is Role.VISITOR
    require(Role.VISITOR, Action.ANSWER_EVALUATION, HOUSE)


@pytest.mark.parametrize(
    "action", sorted(set(Action) - {Action.ANSWER_EVALUATION, Action.KEEP_REMARK})
)
def test_a_visitor_is_refused_at_every_other_door(action: Action) -> None:
    with pytest.raises(UserError) as refused:
        require(Role.VISITOR, action, HOUSE)
    assert refused.value.msgid == NOT_STAFF


@pytest.mark.parametrize("action", Action)
def test_a_guest_gets_one_friendly_sentence(action: Action) -> None:
    with pytest.raises(UserError) as refused:
        require(Role.GUEST, action, HOUSE)
    assert refused.value.msgid == NOT_STAFF


def test_the_first_to_press_becomes_the_coordinator() -> None:
    assert become_coordinator(Workspace(), "U03", still_here=()).coordinators == ("U03",)


def test_a_second_is_sent_to_the_first() -> None:
    with pytest.raises(UserError, match="already have a coordinator") as refused:
        become_coordinator(HOUSE, "U03", still_here=("U02", "U03"))
    assert refused.value.values == {"coordinators": Colleagues(("U02",))}


def test_somebody_steps_in_when_all_coordinators_have_left() -> None:
    assert become_coordinator(HOUSE, "U03", still_here=("U03",)).coordinators == ("U03",)


def test_who_is_coordinator_stays_it() -> None:
    assert become_coordinator(HOUSE, "U02", still_here=("U01", "U02")) is HOUSE


def test_somebody_of_the_partners_is_told_kindly_who_keeps_remarks() -> None:
    with pytest.raises(UserError, match="ask one of them"):
        require(Role.VISITOR, Action.KEEP_REMARK, HOUSE)
    with pytest.raises(UserError, match="own staff"):
        require(Role.GUEST, Action.KEEP_REMARK, HOUSE)
