"""`POST /_sandbox/submit` and `/_sandbox/close`: how a modal ends or goes on."""

from typing import Any

from sandbox.api.objects import view_json
from sandbox.api.views import push_view, update_view
from sandbox.control.ask import Ask, Done
from sandbox.control.surface import Surface
from sandbox.delivery import Ack
from sandbox.delivery.payload import view_closed, view_submission
from sandbox.elements import elements, stateful
from sandbox.errors import Refused
from sandbox.form_checks import client_errors
from sandbox.values import form_state
from sandbox.world import Json, View


async def submit(ask: Ask) -> Done:
    """Submit the modal on top with what is filled in; the answer tells which view comes next."""
    ask.installed()
    surface = Surface.of(ask)
    view = surface.view
    if view is None or view.body["type"] != "modal" or not view.body.get("submit"):
        raise Refused("not_submittable")
    surface.fill(ask.mapping("values"))
    values = form_state(surface.blocks, surface.typed)
    wrong = client_errors(surface.blocks, values)
    if wrong:
        return _told(ask, None, by="client", errors=wrong)
    actor = ask.actor()
    payload = view_submission(actor, view, _response_urls(ask, surface, values))
    ack = await ask.engine.delivery.interact(ask.team, "interactive", payload)
    if not ack.ok:
        return _told(ask, ack, error=ack.error)
    try:
        return _told(ask, ack, errors=_obey(ask, view, ack.body or {}))
    except Refused as refusal:
        return _told(ask, ack, error=refusal.error, **refusal.extra)


async def close(ask: Ask) -> Done:
    """Close the modal on top; the app hears of it where it asked to."""
    view = ask.view()
    stack = ask.team.modals.get(ask.member.id, [])
    if view not in stack:
        raise Refused("not_closable")
    clears = bool(view.body.get("clear_on_close"))
    closed = list(reversed(stack)) if clears else [view]
    _drop(ask, closed)
    ack = None
    for gone in closed:
        if gone.body.get("notify_on_close") and ask.team.app.installed:
            payload = view_closed(ask.actor(), gone, is_cleared=clears)
            ack = await ask.engine.delivery.interact(ask.team, "interactive", payload)
    done = Done() if ack is None else Done.of(ack)
    return Done(done.ack, done.ok, done.more, after=lambda: {"view": _top(ask)})


def _told(ask: Ask, ack: Ack | None, *, by: str = "app", **more: Any) -> Done:  # noqa: ANN401 - any JSON
    # ANN401 - further fields of the answer, of any JSON
    more = {"by": by, "errors": {}, **more}
    ok = not (more["errors"] or more.get("error"))
    return Done(ack, ok=ok, more=more, after=lambda: {"view": _top(ask)})


def _obey(ask: Ask, view: View, answer: Json) -> dict[str, str]:
    """Do what the app's answer to a submission says; the errors to show, if that is what it says.

    Refused with the error that Slack has for an answer it does not take.
    """
    match answer.get("response_action"):
        case None:
            _drop(ask, [view])
        case "clear":
            _drop(ask, list(ask.team.modals.get(view.user, [])))
        case "errors":
            return _errors(view, answer.get("errors"))
        case "update":
            update_view(ask.engine, ask.team, view, _body(answer))
        case "push":
            push_view(ask.engine, ask.team, view.user, _body(answer))
        case unknown:
            raise Refused("invalid_response_action", detail=repr(unknown))
    return {}


def _body(answer: Json) -> Json:
    body = answer.get("view")
    if not isinstance(body, dict):
        raise Refused("invalid_arguments", detail="response_action needs a view")
    return body


def _errors(view: View, errors: object) -> dict[str, str]:
    fields = {e.block_id for e in elements(view.body["blocks"]) if e.in_input}
    if not isinstance(errors, dict) or not errors:
        raise Refused("invalid_response_action", detail="errors: {block_id: sentence}")
    for block_id, sentence in errors.items():
        if block_id not in fields or not isinstance(sentence, str) or not sentence:
            raise Refused("invalid_response_action", detail=f"no input block {block_id!r}")
    return errors


def _drop(ask: Ask, views: list[View]) -> None:
    stack = ask.team.modals.get(ask.member.id, [])
    ask.team.modals[ask.member.id] = [view for view in stack if view not in views]
    ask.engine.touch(ask.team, *views)


def _top(ask: Ask) -> Json | None:
    stack = ask.team.modals.get(ask.member.id)
    return view_json(ask.team, stack[-1]) if stack else None


def _response_urls(ask: Ask, surface: Surface, values: Json) -> list[Json]:
    """An URL for each chosen conversation whose select asked for one."""
    urls = []
    for element in stateful(surface.blocks):
        channel = values[element.block_id][element.action_id].get(str(element.field))
        if not (element.body.get("response_url_enabled") and isinstance(channel, str)):
            continue
        url = ask.engine.response_urls.issue(ask.team, ask.member.id, channel)
        urls.append(
            {
                "block_id": element.block_id,
                "action_id": element.action_id,
                "channel_id": channel,
                "response_url": url,
            }
        )
    return urls
