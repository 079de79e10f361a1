"""`users.*`: the members."""

from sandbox.api.call import Call, method
from sandbox.api.lookup import member_of
from sandbox.api.objects import user_json
from sandbox.api.paging import page
from sandbox.world import Json, Member


@method("users.info")
def users_info(call: Call) -> Json:
    """One member."""
    return {"user": _user(call, member_of(call))}


@method("users.list")
def users_list(call: Call) -> Json:
    """All members, deactivated ones and bots included."""
    members, rest = page(call, list(call.team.members.values()), lambda member: member.id)
    found = [_user(call, member) for member in members]
    return {"members": found, "cache_ts": int(call.engine.clock.seconds()), **rest}


def _user(call: Call, member: Member) -> Json:
    return user_json(
        call.engine,
        call.team,
        member,
        locale=call.flag("include_locale"),
        email=call.allowed("users:read.email"),
    )
