"""What Slack sends to an app: slash commands, interactions and events, complete.

https://docs.slack.dev/reference/interaction-payloads
"""

from dataclasses import dataclass

from sandbox.api.objects import domain, message_json, own_team, view_json
from sandbox.engine import Engine
from sandbox.ids import new_id
from sandbox.values import form_state
from sandbox.world import Channel, Json, Member, Message, Team, View

VERIFICATION_TOKEN = "sandbox-verification-token"  # noqa: S105 - public, as the sandbox's other tokens


@dataclass(frozen=True)
class Actor:
    """Who acts, and the permission that the payload hands to the app for three seconds."""

    engine: Engine
    team: Team
    member: Member
    trigger_id: str

    def head(self, kind: str) -> Json:
        """The fields that every interaction carries."""
        return {
            "type": kind,
            "team": {"id": self.team.id, "domain": domain(self.team)},
            "user": {
                "id": self.member.id,
                "username": self.member.name,
                "name": self.member.name,
                "team_id": own_team(self.team, self.member),
            },
            "api_app_id": self.team.app.id,
            "token": VERIFICATION_TOKEN,
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def told(self, message: Message) -> Json:
        """The message as the payload carries it; metadata is the app's own."""
        return message_json(self.engine, self.team, message, metadata=True)


@dataclass(frozen=True)
class Place:
    """The message that a member acts on."""

    channel: Channel
    message: Message


def channel_name(channel: Channel) -> str:
    """Slack does not tell apps the names of conversations that are not public."""
    if channel.im_user:
        return "directmessage"
    return "privategroup" if channel.is_private else channel.name


def slash_command(
    actor: Actor, channel: Channel, command: str, text: str, response_url: str
) -> Json:
    """A slash command; every field is a string, as in the form it travels in over HTTP."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": actor.team.id,
        "team_domain": domain(actor.team),
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": actor.member.id,
        "user_name": actor.member.name,
        "command": command,
        "text": text,
        "api_app_id": actor.team.app.id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": actor.trigger_id,
    }


def view_actions(actor: Actor, view: View, action: Json) -> Json:
    """`block_actions` of an element in a modal or in the Home tab."""
    return {
        **actor.head("block_actions"),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": actor.trigger_id,
        "view": view_json(actor.team, view),
        "actions": [action],
    }


def message_actions(actor: Actor, place: Place, action: Json, response_url: str) -> Json:
    """`block_actions` of an element in a message; of an ephemeral one Slack tells no content."""
    message = place.message
    typed = message.typed.get(actor.member.id, {})
    payload = {
        **actor.head("block_actions"),
        "container": _message_container(place),
        "trigger_id": actor.trigger_id,
        "channel": {"id": place.channel.id, "name": channel_name(place.channel)},
        "state": {"values": form_state(message.blocks, typed)},
        "response_url": response_url,
        "actions": [action],
    }
    if not message.ephemeral_to:
        payload["message"] = actor.told(message)
    return payload


def view_suggestion(actor: Actor, view: View, asked: Json) -> Json:
    """`block_suggestion` of an external select in a view."""
    return {
        **actor.head("block_suggestion"),
        "container": {"type": "view", "view_id": view.id},
        **asked,
        "view": view_json(actor.team, view),
    }


def message_suggestion(actor: Actor, place: Place, asked: Json) -> Json:
    """`block_suggestion` of an external select in a message."""
    payload = {
        **actor.head("block_suggestion"),
        "container": _message_container(place),
        **asked,
        "channel": {"id": place.channel.id, "name": channel_name(place.channel)},
    }
    if not place.message.ephemeral_to:
        payload["message"] = actor.told(place.message)
    return payload


def view_submission(actor: Actor, view: View, response_urls: list[Json]) -> Json:
    """A submitted modal with its whole state."""
    return {
        **actor.head("view_submission"),
        "trigger_id": actor.trigger_id,
        "view": view_json(actor.team, view),
        "response_urls": response_urls,
    }


def view_closed(actor: Actor, view: View, *, is_cleared: bool) -> Json:
    """A closed modal; what was typed into it is not told."""
    return {
        **actor.head("view_closed"),
        "view": view_json(actor.team, view) | {"state": {"values": {}}},
        "is_cleared": is_cleared,
    }


def global_shortcut(actor: Actor, callback_id: str, action_ts: str) -> Json:
    """A shortcut from the composer or the search field."""
    return {
        **actor.head("shortcut"),
        "callback_id": callback_id,
        "trigger_id": actor.trigger_id,
        "action_ts": action_ts,
    }


def message_shortcut(
    actor: Actor, place: Place, callback_id: str, action_ts: str, response_url: str
) -> Json:
    """A shortcut from a message's menu."""
    return {
        **actor.head("message_action"),
        "callback_id": callback_id,
        "trigger_id": actor.trigger_id,
        "action_ts": action_ts,
        "message_ts": place.message.ts,
        "channel": {"id": place.channel.id, "name": channel_name(place.channel)},
        "message": actor.told(place.message),
        "response_url": response_url,
    }


def event_callback(team: Team, event: Json, event_time: int) -> Json:
    """The envelope around an event; its `event_id` stays the same when it is retried."""
    authorization = {
        "enterprise_id": None,
        "team_id": team.id,
        "user_id": team.app.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": team.id,
        "context_team_id": team.id,
        "context_enterprise_id": None,
        "api_app_id": team.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": event_time,
        "authorizations": [authorization],
        "is_ext_shared_channel": _ext_shared(team, event),
        "event_context": f"4-{new_id('')}",
    }


def _ext_shared(team: Team, event: Json) -> bool:
    channel = event.get("channel")
    known = team.channels.get(channel) if isinstance(channel, str) else None
    return bool(known and known.is_ext_shared)


def _message_container(place: Place) -> Json:
    container = {
        "type": "message",
        "message_ts": place.message.ts,
        "channel_id": place.channel.id,
        "is_ephemeral": place.message.ephemeral_to is not None,
    }
    if place.message.thread_ts:
        container["thread_ts"] = place.message.thread_ts
    return container
