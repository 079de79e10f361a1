"""Who may do what: three roles, every action that a person can take, and one table.

Each handler asks again when something is done, so a button shown yesterday gives no rights today.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.errors import UserError
from bot.translation import mark
from bot.workspace import Workspace


class Role(StrEnum):
    """What a person is to the bot. Who is not the library's own staff is a guest or a visitor."""

    COORDINATOR = "coordinator"
    COLLEAGUE = "colleague"
    GUEST = "guest"
    VISITOR = "visitor"  # of another organisation, in a channel that both share


class Action(StrEnum):
    """Everything a person can do with the bot."""

    SEE_HOME = "see_home"
    ANSWER_START = "answer_start"  # the five questions that a library may begin with
    SEE_PARTNER = "see_partner"  # search, card, contact persons, history
    ADD_PARTNER = "add_partner"
    EDIT_PARTNER = "edit_partner"  # its contact persons too
    ARCHIVE_PARTNER = "archive_partner"
    KNOW_PARTNER = "know_partner"
    TAKE_PARTNER = "take_partner"  # become responsible, hand over
    SEE_DUPLICATES = "see_duplicates"
    SEE_GAPS = "see_gaps"  # where something is missing, and who could be a start
    MERGE_PARTNERS = "merge_partners"  # or decide that they are two; and undo it
    MOVE_PARTNER = "move_partner"  # in the circle: activities, trials and criteria too
    CHECK = "check"
    ASK_COLLEAGUES = "ask_colleagues"  # to answer a check together
    ANSWER_ROUND = "answer_round"  # those invited: bot.round_steps; and decline
    ANSWER_EVALUATION = "answer_evaluation"  # those asked, the partner's too; and decline
    KEEP_REMARK = "keep_remark"  # of the talk about an evaluation; and read them
    LEAD_ROUND = "lead_round"  # its caller: bot.round_steps; show, call off, decide
    OPEN_EVALUATION = "open_evaluation"  # responsible, deputy, coordinator: bot.evaluation_open
    ASK_PARTNER = "ask_partner"  # those in the round: bot.evaluation_partner; and put in answers
    WRITE_LETTER = "write_letter"  # after a kind no
    FINISH_STEP = "finish_step"  # after a decision: those who were chosen for it
    NOTE_CONTACT = "note_contact"  # and correct or undo it
    WHO_KNOWS = "who_knows"  # and ask the others in the channel
    INFORM_PERSON = "inform_person"  # copy the notice, note that it was given
    NOTE_NO_CONTACT = "note_no_contact"
    OWN_SETTINGS = "own_settings"
    BECOME_COORDINATOR = "become_coordinator"  # only while there is none: become_coordinator()
    LIBRARY_SETTINGS = "library_settings"
    EDIT_GOALS = "edit_goals"  # the library's list; a relation's own are EDIT_PARTNER
    EDIT_QUESTIONS = "edit_questions"  # of the check and of evaluations
    PLAN_EVALUATIONS = "plan_evaluations"  # the year ahead: move, leave out, ask now
    SORT_PARTNERS = "sort_partners"  # a round of questions about what is missing
    SWITCH_ON = "switch_on"
    SEE_UNINFORMED = "see_uninformed"
    SEE_FAILED = "see_failed"  # messages that did not get through; send again or let be
    SEE_REPORT = "see_report"  # a quarter's page; and choose to get it
    EXPORT_PERSON = "export_person"
    EXPORT_REGISTER = "export_register"  # persons and all
    IMPORT_REGISTER = "import_register"  # and undo an import
    ANONYMISE = "anonymise"


_COORDINATORS = frozenset({Role.COORDINATOR})
_STAFF = frozenset({Role.COORDINATOR, Role.COLLEAGUE})

# A guest may do nothing: the register holds other people's names and telephone numbers. Nor may a
# visitor, besides answering where she was asked, which the round itself says (bot.round_steps).
WHO: Mapping[Action, frozenset[Role]] = {
    Action.SEE_HOME: _STAFF,
    Action.ANSWER_START: _STAFF,  # a leader is a colleague like others
    Action.SEE_PARTNER: _STAFF,
    Action.ADD_PARTNER: _STAFF,
    Action.EDIT_PARTNER: _STAFF,
    Action.ARCHIVE_PARTNER: _STAFF,
    Action.KNOW_PARTNER: _STAFF,
    Action.TAKE_PARTNER: _STAFF,
    Action.SEE_DUPLICATES: _STAFF,
    Action.SEE_GAPS: _STAFF,
    # As every card is everybody's to edit; it stands on the card, and one click undoes it.
    Action.MERGE_PARTNERS: _STAFF,
    Action.MOVE_PARTNER: _STAFF,
    Action.CHECK: _STAFF,
    Action.ASK_COLLEAGUES: _STAFF,
    Action.ANSWER_ROUND: _STAFF,
    Action.ANSWER_EVALUATION: _STAFF | {Role.VISITOR},
    Action.KEEP_REMARK: _STAFF,
    Action.LEAD_ROUND: _STAFF,
    Action.OPEN_EVALUATION: _STAFF,
    Action.ASK_PARTNER: _STAFF,
    Action.WRITE_LETTER: _STAFF,
    Action.FINISH_STEP: _STAFF,
    Action.NOTE_CONTACT: _STAFF,
    Action.WHO_KNOWS: _STAFF,
    Action.INFORM_PERSON: _STAFF,
    Action.NOTE_NO_CONTACT: _STAFF,
    Action.OWN_SETTINGS: _STAFF,
    Action.BECOME_COORDINATOR: _STAFF,
    # All that stands on it is on the cards, which everybody may read.
    Action.SEE_REPORT: _STAFF,
    Action.LIBRARY_SETTINGS: _COORDINATORS,
    Action.EDIT_GOALS: _COORDINATORS,
    Action.EDIT_QUESTIONS: _COORDINATORS,
    Action.PLAN_EVALUATIONS: _COORDINATORS,
    Action.SORT_PARTNERS: _COORDINATORS,
    Action.SWITCH_ON: _COORDINATORS,
    Action.SEE_UNINFORMED: _COORDINATORS,
    Action.SEE_FAILED: _COORDINATORS,
    Action.EXPORT_PERSON: _COORDINATORS,
    Action.EXPORT_REGISTER: _COORDINATORS,
    Action.IMPORT_REGISTER: _COORDINATORS,
    Action.ANONYMISE: _COORDINATORS,
}

MAY: Mapping[Role, frozenset[Action]] = {
    role: frozenset(action for action, roles in WHO.items() if role in roles) for role in Role
}

NOT_STAFF = mark("Partnerbot is for the library's own staff. Ask the one who invited you.")
_REMARKS = mark(
    "The library's staff keep the remarks. You are welcome to ask one of them to keep yours."
)
_NO_COORDINATOR = mark(
    "Only the coordinator can do that, and there is none yet. You can become it on the Home tab."
)
_NOT_COORDINATOR = mark("Only the coordinator can do that. Ask {coordinators}.")


@dataclass(frozen=True)
class Colleagues:
    """Colleagues named in a sentence, by their Slack user ids; handlers show their names."""

    users: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join(self.users)


def role_of(user: str, workspace: Workspace, *, staff: bool, visits: bool = False) -> Role:
    """The person's role now; a coordinator who is no longer `staff` has lost it."""
    if not staff:
        return Role.VISITOR if visits else Role.GUEST
    return Role.COORDINATOR if user in workspace.coordinators else Role.COLLEAGUE


def may(role: Role, action: Action) -> bool:
    """Whether somebody in that role can do it."""
    return action in MAY[role]


def require(role: Role, action: Action, workspace: Workspace) -> None:
    """Let pass who may; raises UserError with the sentence that tells who can."""
    if may(role, action):
        return
    if role is Role.VISITOR and action is Action.KEEP_REMARK:
        raise UserError(_REMARKS)
    if role not in _STAFF:
        raise UserError(NOT_STAFF)
    if not workspace.coordinators:
        raise UserError(_NO_COORDINATOR)
    raise UserError(_NOT_COORDINATOR, coordinators=Colleagues(workspace.coordinators))


def become_coordinator(
    workspace: Workspace, user: str, *, still_here: Collection[str]
) -> Workspace:
    """The settings with this colleague as the coordinator, where the library has none.

    `still_here` are the coordinators who are still staff: when all have left Slack, somebody else
    must be able to step in.

    Raises:
        UserError: there is a coordinator, who can name others.
    """
    present = tuple(other for other in workspace.coordinators if other in still_here)
    if user in present:
        return workspace
    if present:
        raise UserError(
            "You already have a coordinator. Ask {coordinators} to name you as one too.",
            coordinators=Colleagues(present),
        )
    return workspace.model_copy(update={"coordinators": (user,)})
