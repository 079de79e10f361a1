"""`POST /_sandbox/click`: a button, a menu or another element that speaks at once."""

from sandbox.control.ask import Ask, Done
from sandbox.control.surface import Surface
from sandbox.delivery.payload import Actor, message_actions, view_actions
from sandbox.elements import Element
from sandbox.errors import Refused
from sandbox.values import InvalidValueError, form_state, is_empty, pick
from sandbox.world import Json

# What a button tells of itself, and what an untouched select told before.
_OF_BUTTONS = ("text", "value", "style", "url")
_OF_FIELDS = ("placeholder", "initial_option", "initial_options", "initial_date", "initial_time")


async def click(ask: Ask) -> Done:
    """Use an element; a `confirm` of false is a no to its confirm dialog, and nothing is sent."""
    ask.installed()
    surface = Surface.of(ask)
    element = ask.element(surface.blocks)
    if element.body.get("confirm") and ask.body.get("confirm") is False:
        return Done()
    if isinstance(ask.body.get("values"), dict):
        surface.fill(ask.body["values"])
    action = _action(ask, surface, element)
    if element.in_input and not element.block.get("dispatch_action"):
        return Done()
    payload = _payload(ask.actor(), surface, action)
    return Done.of(await ask.engine.delivery.interact(ask.team, "interactive", payload))


def _payload(actor: Actor, surface: Surface, action: Json) -> Json:
    if surface.view:
        return view_actions(actor, surface.view, action)
    if surface.place is None:
        raise Refused("invalid_arguments", missing="message or view_id")
    channel, message = surface.place.channel, surface.place.message
    response_url = actor.engine.response_urls.issue(
        actor.team, actor.member.id, channel.id, message.thread_ts, message.ts
    )
    return message_actions(actor, surface.place, action, response_url)


def _action(ask: Ask, surface: Surface, element: Element) -> Json:
    """The entry of `actions`, with the member's choice taken."""
    told = {
        "type": element.type,
        "action_id": element.action_id,
        "block_id": element.block_id,
        "action_ts": ask.engine.clock.stamp(),
    }
    if element.field:
        chosen = _chosen(ask, surface, element)
        return told | {k: v for k, v in element.body.items() if k in _OF_FIELDS} | chosen
    if element.type == "overflow":
        return told | {"selected_option": _picked(element.options(), ask.body.get("value"))}
    if element.type == "feedback_buttons":
        buttons = [element.body[f"{side}_button"] for side in ("positive", "negative")]
        return told | {"value": _picked(buttons, ask.body.get("value"))["value"]}
    if ask.body.get("value") not in (None, element.body.get("value")):
        raise Refused("invalid_value", detail="the button has another value")
    return told | {k: v for k, v in element.body.items() if k in _OF_BUTTONS}


def _chosen(ask: Ask, surface: Surface, element: Element) -> Json:
    values = ask.body.get("values")
    if "value" in ask.body or isinstance(values, list):
        state = surface.state(element, ask.body.get("value", values))
        surface.put(element, state)
        return state
    filled = form_state(surface.blocks, surface.typed)[element.block_id][element.action_id]
    if is_empty(element, filled):
        raise Refused("invalid_value", detail=f"{element.action_id} needs a value")
    return dict(filled)


def _picked(options: list[Json], value: object) -> Json:
    try:
        return pick(options, value)
    except InvalidValueError as error:
        raise Refused("invalid_value", detail=str(error)) from None
