"""`POST /_sandbox/app` and `/_sandbox/install`: the app's installation, changed and made."""

from urllib.parse import parse_qs, urlencode, urlsplit

from sandbox.api.oauth import CLIENT_ID, grant
from sandbox.control.ask import Ask, Done
from sandbox.errors import Refused
from sandbox.world import Json


async def app(ask: Ask) -> Done:
    """Give or take scopes, revoke the token, uninstall; false undoes the last two."""
    installed = ask.team.app
    if "scopes" in ask.body:
        installed.scopes = [str(scope) for scope in ask.listed("scopes")]
    if "request_url" in ask.body:
        installed.request_url = _local(ask.body["request_url"])
    if "uninstall" in ask.body:
        installed.installed = not ask.body["uninstall"]
    if "revoke" in ask.body or "uninstall" in ask.body:
        installed.revoked = bool(ask.body.get("revoke"))
    ask.engine.touch(ask.team, installed)
    if ask.body.get("uninstall"):
        _tell(ask, {"type": "app_uninstalled"})
    if ask.body.get("uninstall") or ask.body.get("revoke"):
        tokens = {"oauth": [], "bot": [installed.bot_user]}
        _tell(ask, {"type": "tokens_revoked", "tokens": tokens})
    told = {"installed": installed.installed, "revoked": installed.revoked}
    return Done(more={**told, "scopes": installed.scopes, "request_url": installed.request_url})


async def install(ask: Ask) -> Done:
    """Let a member allow or deny an authorize URL; answers the `location` of the redirect."""
    query = {k: v[0] for k, v in parse_qs(urlsplit(ask.text("url")).query).items()}
    if query.get("client_id") != CLIENT_ID:
        raise Refused("invalid_client_id")
    known = ask.engine.manifest.redirect_urls
    target = query.get("redirect_uri") or next(iter(known), "")
    if not target or (known and not target.startswith(tuple(known))):
        raise Refused("bad_redirect_uri")
    answer = {"error": "access_denied"} if ask.body.get("allow") is False else _granted(ask, query)
    if "state" in query:
        answer["state"] = query["state"]
    separator = "&" if urlsplit(target).query else "?"
    return Done(more={"location": f"{target}{separator}{urlencode(answer)}"})


def _granted(ask: Ask, query: Json) -> dict[str, str]:
    scopes = [scope for scope in query.get("scope", "").split(",") if scope]
    code = grant(
        ask.engine,
        ask.team,
        user=ask.member.id,
        scopes=scopes or ask.engine.manifest.granted,
        redirect_uri=query.get("redirect_uri", ""),
    )
    return {"code": code}


def _local(url: object) -> str | None:
    """The address of a bot on this machine; the sandbox talks to nobody else."""
    if url is None or url == "":
        return None
    if isinstance(url, str) and urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1"):
        return url
    raise Refused("invalid_value", detail="request_url")


def _tell(ask: Ask, event: Json) -> None:
    ask.engine.delivery.event(ask.team, {**event, "event_ts": ask.engine.clock.stamp()})
