"""`POST /_sandbox/suggest`: a member types into an external select."""

from sandbox.control.ask import Ask, Done
from sandbox.control.surface import Surface
from sandbox.delivery.payload import message_suggestion, view_suggestion
from sandbox.elements import EXTERNAL, flat_options
from sandbox.errors import Refused
from sandbox.world import Json

MIN_QUERY = 3  # characters before Slack asks the app, where the element names no number
MOST = 100  # options, or groups, or options in one group
TEXT = 75
VALUE = 150


async def suggest(ask: Ask) -> Done:
    """Ask the app for options; they can be chosen from then on."""
    surface = Surface.of(ask)
    element = ask.element(surface.blocks)
    if element.type not in EXTERNAL:
        raise Refused("invalid_value", detail=f"{element.type} asks for no options")
    typed = ask.text("value")
    if len(typed) < element.body.get("min_query_length", MIN_QUERY):
        return Done(more={"options": []})
    asked = {"action_id": element.action_id, "block_id": element.block_id, "value": typed}
    actor = ask.actor()
    if surface.view:
        payload = view_suggestion(actor, surface.view, asked)
    elif surface.place:
        payload = message_suggestion(actor, surface.place, asked)
    ack = await ask.engine.delivery.interact(ask.team, "interactive", payload)
    if not ack.ok:
        return Done.of(ack)
    offer = ack.body or {"options": []}
    problem = offer_problem(offer)
    if problem:
        return Done(ack, ok=False, more={"error": "invalid_options", "detail": problem})
    surface.offer(element, flat_options(offer))
    kept = ("options", "option_groups")
    return Done(ack, more={key: value for key, value in offer.items() if key in kept})


def offer_problem(offer: Json) -> str | None:
    """Why Slack would not show these options, or None."""
    groups = offer.get("option_groups")
    if (groups is None) == (offer.get("options") is None):
        return "needs either options or option_groups"
    for group in groups or []:
        if not _is_short(group.get("label")):
            return f"the label of a group needs a plain text of 1 to {TEXT} characters"
    shelves = [group.get("options") or [] for group in groups or [offer]]
    if max(len(groups or []), *(len(shelf) for shelf in shelves), 0) > MOST:
        return f"more than {MOST}"
    return next((p for option in flat_options(offer) if (p := _option_problem(option))), None)


def _option_problem(option: Json) -> str | None:
    if not _is_short(option.get("text")):
        return f"text needs a plain text of 1 to {TEXT} characters"
    if "description" in option and not _is_short(option["description"]):
        return f"description needs a plain text of 1 to {TEXT} characters"
    value = option.get("value")
    if not isinstance(value, str) or not 1 <= len(value) <= VALUE:
        return f"value needs 1 to {VALUE} characters"
    return None


def _is_short(text: object) -> bool:
    if not isinstance(text, dict) or text.get("type") != "plain_text":
        return False
    return 1 <= len(text.get("text", "")) <= TEXT
