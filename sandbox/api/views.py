"""`views.*`: modals and Home tabs; the same functions serve `response_action`."""

from typing import Any

from sandbox.api.call import Call, invalid, method
from sandbox.api.judge import judge_view, made_whole
from sandbox.api.lookup import member_of
from sandbox.api.objects import view_json
from sandbox.elements import stateful
from sandbox.engine import Engine
from sandbox.errors import Refused
from sandbox.ids import new_id, new_name
from sandbox.world import Json, Team, View

DEEPEST = 3  # modals on top of each other


def open_view(engine: Engine, team: Team, user: str, body: Json) -> View:
    """Open a modal; one that the member had open gives way to it."""
    return _opened(engine, team, user, _modal(team, body))


def _opened(engine: Engine, team: Team, user: str, whole: Json) -> View:
    gone = team.modals.get(user, [])
    view_id = new_id("V")
    view = View(view_id, _hash(engine), user, whole, root_view_id=view_id)
    team.modals[user] = [view]
    engine.touch(team, view, *gone)
    return view


def push_view(engine: Engine, team: Team, user: str, body: Json) -> View:
    """Lay a modal on top of the one that is open. Refused: `push_limit_reached`."""
    return _pushed(engine, team, user, _modal(team, body))


def _pushed(engine: Engine, team: Team, user: str, whole: Json) -> View:
    stack = team.modals.get(user, [])
    if not stack:
        raise Refused("not_found")
    if len(stack) >= DEEPEST:
        raise Refused("push_limit_reached")
    below = stack[-1]
    view = View(new_id("V"), _hash(engine), user, whole, below.root_view_id, below.id)
    stack.append(view)
    engine.touch(team, view)
    return view


def update_view(
    engine: Engine, team: Team, view: View, body: Json, known_hash: str | None = None
) -> View:
    """Change an open view; what was typed stays where block_id and action_id are the same."""
    judge_view(team, body)
    if body["type"] != view.body["type"]:
        raise invalid("cannot change the type of a view [json-pointer:/view/type]")
    if known_hash and known_hash != view.hash:
        raise Refused("hash_conflict")
    _check_external_id(team, body, view)
    view.body = body | {"blocks": made_whole(body["blocks"])}
    view.hash = _hash(engine)
    view.typed = _still_there(view)
    engine.touch(team, view)
    return view


def publish_view(
    engine: Engine, team: Team, user: str, body: Json, known_hash: str | None = None
) -> View:
    """Show that Home tab to the member. Refused: `not_enabled`, `hash_conflict`."""
    if not engine.manifest.home_tab:
        raise Refused("not_enabled")
    judge_view(team, body)
    if body["type"] != "home":
        raise invalid("must be a home view [json-pointer:/view/type]")
    if user in team.homes:
        return update_view(engine, team, team.homes[user], body, known_hash)
    _check_external_id(team, body)
    view_id = new_id("V")
    whole = body | {"blocks": made_whole(body["blocks"])}
    view = View(view_id, _hash(engine), user, whole, root_view_id=view_id)
    team.homes[user] = view
    engine.touch(team, view)
    return view


def _modal(team: Team, body: Json) -> Json:
    judge_view(team, body)
    if body["type"] != "modal":
        raise invalid("must be a modal view [json-pointer:/view/type]")
    _check_external_id(team, body)
    return body | {"blocks": made_whole(body["blocks"])}


def _check_external_id(team: Team, body: Json, own: View | None = None) -> None:
    external_id = body.get("external_id")
    others = (v for v in team.views() if v is not own)
    if external_id and any(v.body.get("external_id") == external_id for v in others):
        raise Refused("duplicate_external_id")


def _hash(engine: Engine) -> str:
    return f"{int(engine.clock.seconds())}.{new_name(8)}"


def _still_there(view: View) -> Json:
    kept: Json = {}
    for element in stateful(view.body["blocks"]):
        state = view.typed.get(element.block_id, {}).get(element.action_id)
        if state:
            kept.setdefault(element.block_id, {})[element.action_id] = state
    return kept


def _body(call: Call) -> Json:
    body: Any = call.json("view")
    if not isinstance(body, dict):
        raise invalid("missing required field: view")
    return body


def _redeemed(call: Call) -> str:
    """The member whose interaction the trigger came from; a view that is refused spends none."""
    return call.engine.triggers.redeem(call.team, call.needed("trigger_id")).user


def _answer(call: Call, view: View) -> Json:
    return {"view": view_json(call.team, view)}


@method("views.open")
def views_open(call: Call) -> Json:
    """Open a modal for the member behind the trigger."""
    whole = _modal(call.team, _body(call))
    return _answer(call, _opened(call.engine, call.team, _redeemed(call), whole))


@method("views.push")
def views_push(call: Call) -> Json:
    """Lay a modal on top of the one that the trigger came from."""
    whole = _modal(call.team, _body(call))
    return _answer(call, _pushed(call.engine, call.team, _redeemed(call), whole))


@method("views.update")
def views_update(call: Call) -> Json:
    """Change a view that is open, named by its id or by the app's own `external_id`."""
    body = _body(call)
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not view_id and not external_id:
        raise invalid("missing required field: view_id")
    views = call.team.views()
    view = next((v for v in views if _is(v, view_id, external_id)), None)
    if view is None:
        raise Refused("not_found")
    return _answer(call, update_view(call.engine, call.team, view, body, call.text("hash")))


def _is(view: View, view_id: str, external_id: str) -> bool:
    return view.id == view_id or bool(external_id and view.body.get("external_id") == external_id)


@method("views.publish")
def views_publish(call: Call) -> Json:
    """Show a member's Home tab."""
    body = _body(call)
    member = member_of(call, "user_id")
    view = publish_view(call.engine, call.team, member.id, body, call.text("hash"))
    return _answer(call, view)
