"""`apps.*`: Socket Mode's address, and taking the app out of the workspace."""

from sandbox.api.auth import revoke
from sandbox.api.call import Call, method
from sandbox.api.oauth import check_client
from sandbox.errors import Refused
from sandbox.world import Json

APP_LEVEL_TOKEN = "xapp-sandbox"  # noqa: S105 - public on purpose


@method("apps.connections.open")
def connections_open(call: Call) -> Json:
    """A fresh WebSocket address; it is good for one connection."""
    if not call.engine.manifest.socket_mode:
        raise Refused("socket_mode_not_enabled")
    return {"url": call.engine.delivery.connection_url(APP_LEVEL_TOKEN)}


@method("apps.uninstall")
def apps_uninstall(call: Call) -> Json:
    """Take the app out: its token dies, and `tokens_revoked` and `app_uninstalled` are sent."""
    check_client(call)
    revoke(call)
    call.engine.delivery.event(call.team, {"type": "app_uninstalled"})
    call.app.installed = False
    call.engine.touch(call.team, call.app)
    return {}
