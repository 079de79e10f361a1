"""`auth.*` and `team.*`: whose token this is, and giving it back."""

from sandbox.api.call import Call, method
from sandbox.api.objects import domain
from sandbox.world import Json


@method("auth.test")
def auth_test(call: Call) -> Json:
    """Who the token speaks for."""
    bot = call.team.members[call.app.bot_user]
    return {
        "url": f"{call.engine.base_url}/",
        "team": call.team.name,
        "user": bot.name,
        "team_id": call.team.id,
        "user_id": bot.id,
        "bot_id": call.app.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke")
def auth_revoke(call: Call) -> Json:
    """Make the token worthless; with `test` only say what would happen."""
    if call.flag("test"):
        return {"revoked": False}
    revoke(call)
    return {"revoked": True}


def revoke(call: Call) -> None:
    """Mark the app's token as revoked and send `tokens_revoked`."""
    event = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [call.app.bot_user]}}
    call.engine.delivery.event(call.team, event)
    call.app.revoked = True
    call.engine.touch(call.team, call.app)


@method("team.info")
def team_info(call: Call) -> Json:
    """The workspace's name and domain."""
    team = {
        "id": call.team.id,
        "name": call.team.name,
        "domain": domain(call.team),
        "email_domain": "",
        "icon": {"image_default": True},
    }
    return {"team": team}
