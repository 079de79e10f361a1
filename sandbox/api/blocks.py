"""`blocks.validate`: the judge of Block Kit for anybody who asks.

https://docs.slack.dev/reference/methods/blocks.validate
"""

from dataclasses import asdict

from sandbox.api.call import Call, invalid, method
from sandbox.errors import Refused
from sandbox.validation import Problem, check_blocks, check_message, check_view
from sandbox.world import Json

_WHOLE = ("blocks", "message", "view")


@method("blocks.validate")
def blocks_validate(call: Call) -> Json:
    """Say all that is wrong with one list of blocks, message or view."""
    given = [name for name in _WHOLE if call.has(name)]
    if len(given) != 1:
        raise invalid("must provide exactly one of: blocks, message, view")
    name = given[0]
    payload = call.json(name)
    problems = _problems(name, payload)
    if problems:
        raise Refused(f"invalid_{name}", errors=[asdict(problem) for problem in problems])
    return {}


def _problems(name: str, payload: object) -> list[Problem]:
    if name == "blocks":
        return check_blocks(payload, "message")
    if name == "view":
        return check_view(payload)
    if not isinstance(payload, dict):
        raise invalid("must be an object: message")
    return check_message(payload)
