"""The machinery behind the play: faults, broken connections, uploads, the way back to the start."""

import base64
import binascii

from sandbox.api.files import add_file
from sandbox.api.objects import file_json
from sandbox.control.ask import Ask, Done
from sandbox.errors import Refused
from sandbox.faults import Fault
from sandbox.scene import UnknownSceneError
from sandbox.scene import reset as reset_scene

_REASONS = ("warning", "refresh_requested", "link_disabled", "abrupt")
_FAULT_FIELDS: dict[str, tuple[type, ...]] = {
    "method": (str,),
    "times": (int,),
    "match": (str, dict),
    "status": (int,),
    "error": (str,),
    "retry_after": (int,),
    "delay": (int, float),
    "drop_answer": (bool,),
}


async def faults(ask: Ask) -> Done:
    """Let the next calls of a method fail; `clear` forgets them and lets answers go."""
    if ask.body.get("clear"):
        ask.engine.faults.clear(ask.body.get("method"))
        return Done()
    ask.text("method")
    told = {key: ask.body[key] for key in _FAULT_FIELDS if ask.body.get(key) is not None}
    wrong = [key for key, value in told.items() if not isinstance(value, _FAULT_FIELDS[key])]
    if wrong:
        raise Refused("invalid_value", detail=", ".join(wrong))
    ask.engine.faults.add(Fault(**told))
    return Done()


async def socket(ask: Ask) -> Done:
    """Tell every Socket Mode connection to go, or break it."""
    reason = ask.text("disconnect")
    if reason not in _REASONS:
        raise Refused("invalid_value", detail=f"disconnect: one of {', '.join(_REASONS)}")
    await ask.engine.delivery.disconnect(reason)
    return Done()


async def upload(ask: Ask) -> Done:
    """A file of a member's own, for `file_input` values and messages."""
    try:
        content = base64.b64decode(ask.text("content_base64"), validate=True)
    except binascii.Error:
        raise Refused("invalid_value", detail="content_base64") from None
    file = add_file(
        ask.engine, ask.team, user=ask.member.id, name=ask.text("name"), content=content
    )
    told = {"file": file.id, "bytes": len(content)}
    ask.engine.log.add("upload", file.name, team=ask.team.id, request=told)
    return Done(more={"id": file.id, "file": file_json(ask.engine, ask.team, file)})


async def reset(ask: Ask) -> Done:
    """Back to the start of the scene, or of another one."""
    name = ask.body.get("scene")
    try:
        reset_scene(ask.engine, ask.text("scene") if name is not None else None)
    except UnknownSceneError as error:
        raise Refused("no_such_scene", detail=str(error)) from None
    ask.engine.delivery.forget()
    return Done(more={"scene": ask.engine.scene})
