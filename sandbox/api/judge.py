"""Block Kit at the door: what is wrong is refused, what is right is made whole."""

from collections.abc import Sequence
from typing import Any

from sandbox.api.call import explained, missing_scope
from sandbox.elements import STATE_FIELD, stateful
from sandbox.errors import Refused
from sandbox.ids import new_name
from sandbox.validation import Problem, check_message, check_view, message_error, view_error
from sandbox.world import Json, Team

_INTERACTIVE = {
    *STATE_FIELD,
    "button",
    "overflow",
    "workflow_button",
    "feedback_buttons",
    "icon_button",
}
_PICTURES = ("png", "jpg", "jpeg", "gif")


def judge_message(team: Team, content: Json) -> None:
    """Refused with Slack's error for the first thing that is wrong with a message's content."""
    problems = check_message(content)
    if problems:
        raise Refused(message_error(problems), response_metadata=_told(problems))
    unseen = _unknown_files(team, content.get("blocks"))
    if unseen:
        raise Refused("invalid_blocks", response_metadata=explained(*unseen))


def judge_view(team: Team, view: Json) -> None:
    """Refused with Slack's error for the first thing that is wrong with a view."""
    problems = check_view(view)
    if problems:
        raise Refused(view_error(problems), response_metadata=_told(problems))
    asks_for_a_file = any(e.type == "file_input" for e in stateful(view["blocks"]))
    if asks_for_a_file and "files:read" not in team.app.scopes:
        # The element's page demands the scope; how Slack names its refusal is not documented.
        raise missing_scope(team.app, "files:read")
    unseen = _unknown_files(team, view["blocks"])
    if unseen:
        raise Refused("invalid_arguments", response_metadata=explained(*unseen))


def _told(problems: Sequence[Problem]) -> Json:
    return explained(*(f"{p.message} [json-pointer:{p.pointer or '/'}]" for p in problems))


def _unknown_files(team: Team, node: Any, pointer: str = "/blocks") -> list[str]:  # noqa: ANN401 - any JSON
    # ANN401 - any part of a block
    """What is wrong with the pictures that name a file of the workspace."""
    if isinstance(node, list):
        parts = [(f"{pointer}/{index}", child) for index, child in enumerate(node)]
    elif isinstance(node, dict):
        named = node.get("slack_file")
        if isinstance(named, dict) and not _is_picture(team, named):
            return [f"invalid slack file [json-pointer:{pointer}/slack_file]"]
        parts = [(f"{pointer}/{key}", child) for key, child in node.items()]
    else:
        return []
    return [problem for place, child in parts for problem in _unknown_files(team, child, place)]


def _is_picture(team: Team, named: Json) -> bool:
    file = team.files.get(str(named.get("id") or str(named.get("url")).rpartition("/")[2]))
    return bool(file and file.complete and file.name.lower().endswith(_PICTURES))


def made_whole(node: Any, *, is_block: bool = True) -> Any:  # noqa: ANN401 - any JSON - any part of a block
    """A copy in which every block has its `block_id` and every element its `action_id`.

    Slack invents those that an app leaves out, anew with every call.
    """
    if isinstance(node, list):
        return [made_whole(child, is_block=is_block) for child in node]
    if not isinstance(node, dict):
        return node
    whole = {k: made_whole(child, is_block=k == "child_blocks") for k, child in node.items()}
    if is_block and "type" in whole and not whole.get("block_id"):
        whole["block_id"] = new_name(5)
    if whole.get("type") in _INTERACTIVE and not whole.get("action_id"):
        whole["action_id"] = new_name(5)
    return whole
