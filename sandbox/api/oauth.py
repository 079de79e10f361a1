"""Installing the app by OAuth. https://docs.slack.dev/authentication/installing-with-oauth."""

from dataclasses import dataclass

from sandbox.api.call import Call, method
from sandbox.engine import Engine
from sandbox.errors import Refused
from sandbox.ids import new_name
from sandbox.world import Json, Team

CLIENT_ID = "sandbox-client"
CLIENT_SECRET = "sandbox-client-secret"  # noqa: S105 - public on purpose
CODE_SECONDS = 600.0  # real ones


@dataclass(frozen=True)
class Grant:
    """What a code stands for until it is exchanged; `expires` in real monotonic seconds."""

    team: str
    user: str
    scopes: list[str]
    redirect_uri: str
    expires: float


def grant(
    engine: Engine, team: Team, *, user: str, scopes: list[str], redirect_uri: str = ""
) -> str:
    """Let that member allow the app those scopes; the code goes into the redirect.

    Refused: `invalid_scope` for one that the manifest does not list.
    """
    unknown = [scope for scope in scopes if scope not in engine.manifest.scopes]
    if unknown:
        raise Refused("invalid_scope", scopes=unknown)
    code = f"{new_name(12)}.{new_name(12)}.{new_name(32)}"
    expires = engine.clock.monotonic() + CODE_SECONDS
    engine.grants[code] = Grant(team.id, user, scopes, redirect_uri, expires)
    return code


@method("oauth.v2.access")
def access(call: Call) -> Json:
    """Exchange a code for the bot's token; from here on the app is installed."""
    check_client(call)
    code = call.needed("code")
    given = call.engine.grants.get(code)
    if given is None or given.expires < call.engine.clock.monotonic():
        raise Refused("invalid_code")
    if given.redirect_uri and call.text("redirect_uri") not in ("", given.redirect_uri):
        raise Refused("bad_redirect_uri")
    del call.engine.grants[code]
    team = call.engine.teams[given.team]
    return _installed(call.engine, team, given)


def check_client(call: Call) -> None:
    """Refused: `invalid_client_id`, `bad_client_secret`."""
    if call.text("client_id") != CLIENT_ID:
        raise Refused("invalid_client_id")
    if call.text("client_secret") != CLIENT_SECRET:
        raise Refused("bad_client_secret")


def _installed(engine: Engine, team: Team, given: Grant) -> Json:
    app = team.app
    app.scopes, app.installed, app.revoked = given.scopes, True, False
    engine.touch(team, app)
    return {
        "access_token": app.token,
        "token_type": "bot",
        "scope": ",".join(app.scopes),
        "bot_user_id": app.bot_user,
        "app_id": app.id,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "authed_user": {"id": given.user},
        "is_enterprise_install": False,
    }
