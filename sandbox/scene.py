"""The workspaces a sandbox can start with: `sandbox/scenes/*.yaml`."""

from datetime import datetime, time, timedelta
from importlib.resources import files
from itertools import count
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sandbox.errors import CannotStartError
from sandbox.ids import new_name
from sandbox.reading import parse
from sandbox.world import App, Channel, Json, Member, Message, Team

if TYPE_CHECKING:
    from sandbox.engine import Engine
    from sandbox.manifest import Manifest

FIRST_TOKEN = "xoxb-sandbox"  # noqa: S105 - public on purpose
OTHER_TEAMS = ("Fjordby Bibliotek", "Skovby Bibliotek", "Havneby Bibliotek")
_LIBRARYS = ZoneInfo("Europe/Copenhagen")
_FRIDAY = 4  # as date.weekday() counts
_GIVEN = ("Anne", "Bo", "Camilla", "David", "Eva", "Finn", "Gitte", "Hassan", "Ida", "Jonas")
_FAMILY = ("Agger", "Bech", "Dam", "Eskildsen", "Foged", "Gram", "Have", "Juul", "Kjær", "Lind")


class UnknownSceneError(CannotStartError):
    """A sentence that names the scenes there are."""


def scenes() -> list[str]:
    """The names of all scenes."""
    folder = files("sandbox") / "scenes"
    return sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name[-5:] == ".yaml")


def read(name: str) -> Json:
    """A scene's content, what it builds on included. UnknownSceneError."""
    if name not in scenes():
        raise UnknownSceneError(f"There is no scene {name!r}; there are: {', '.join(scenes())}.")
    text = (files("sandbox") / "scenes" / f"{name}.yaml").read_text(encoding="utf-8")
    content: Json = parse(text)
    base = content.pop("base", None)
    return {**read(base), **content} if base else content


def build(scene: Json, manifest: "Manifest", now: float) -> Team:
    """The workspace of that scene, with the app installed; `now` in Unix seconds."""
    app = App(**scene["app"], token=FIRST_TOKEN, scopes=manifest.granted)
    team = Team(id=scene["team"]["id"], name=scene["team"]["name"], app=app)
    for body in scene["members"]:
        team.members[body["id"]] = Member(**body, team_id=team.id)
    _more_people(team, scene.get("people", 0))
    team.members[app.bot_user] = Member(
        id=app.bot_user,
        team_id=team.id,
        name=manifest.bot_name,
        real_name=manifest.name,
        is_bot=True,
    )
    for body in scene["channels"]:
        channel = _channel(team, body, now)
        team.channels[channel.id] = channel
        if not scene.get("silent"):
            channel.messages = _messages(channel, body.get("messages", []), now)
    return team


def _more_people(team: Team, wanted: int) -> None:
    for number in count(len(team.members) + 1):
        if len(team.members) >= wanted:
            return
        given = _GIVEN[number % 10]
        family = _FAMILY[number // 10 % 10]
        member = Member(
            id=f"U{number:02d}",
            team_id=team.id,
            name=f"{given.lower()}{number}",
            real_name=f"{given} {family} {number}",
        )
        team.members[member.id] = member


def _channel(team: Team, body: Json, now: float) -> Channel:
    members = list(body["members"])
    if body["app"]:
        members.append(team.app.bot_user)
    return Channel(
        id=body["id"],
        name=body["name"],
        topic=body.get("topic", ""),
        created=int(now) - 30 * 86_400,
        members=members,
    )


def _messages(channel: Channel, bodies: list[Json], now: float) -> list[Message]:
    messages: list[Message] = []
    for body in bodies:
        parent = _message(channel, body, now)
        messages.append(parent)
        for reply in body.get("replies", []):
            messages.append(_message(channel, reply, now))
            messages[-1].thread_ts = parent.thread_ts = parent.ts
    return sorted(messages, key=lambda message: message.ts)


def _message(channel: Channel, body: Json, now: float) -> Message:
    # The digits after the point tell messages of different channels apart, as in Slack.
    ts = f"{_written(body['days_ago'], body['at'], now)}.{int(channel.id[1:]):06d}"
    return Message(ts=ts, user=body["user"], text=body["text"], channel=channel.id)


def _written(days_ago: int, at: str, now: float) -> int:
    """A time of day, so many working days back, where the library is: nobody writes at night."""
    day = datetime.fromtimestamp(now, _LIBRARYS).date()
    for _ in range(days_ago):
        day -= timedelta(days=1)
        while day.weekday() > _FRIDAY:
            day -= timedelta(days=1)
    moment = time.fromisoformat(at)
    return int(datetime.combine(day, moment, _LIBRARYS).timestamp())


def begin(engine: "Engine", name: str) -> None:
    """Fill the sandbox with that scene, whatever it held before. UnknownSceneError."""
    content = read(name)
    engine.scene = name
    engine.store.clear()
    engine.store.note("scene", name)
    team = build(content, engine.manifest, engine.clock.seconds())
    engine.teams = {team.id: team}
    engine.store.keep_all(team)
    engine.touch(team)


def reset(engine: "Engine", name: str | None = None) -> None:
    """Back to the start: the scene (or another one), real time, no faults, no spent limits."""
    wanted = name or engine.scene
    read(wanted)  # an unknown scene refuses before anything is lost
    engine.clock.reset()
    engine.faults.clear()
    engine.rates.clear()
    engine.grants.clear()
    begin(engine, wanted)


def open_team(engine: "Engine", team_id: str) -> Team:
    """That workspace; one that does not exist yet is another library, without the app."""
    if team_id in engine.teams:
        return engine.teams[team_id]
    content: Any = {**read(engine.scene), "silent": True}
    name = OTHER_TEAMS[(len(engine.teams) - 1) % len(OTHER_TEAMS)]
    content["team"] = {"id": team_id, "name": name}
    team = build(content, engine.manifest, engine.clock.seconds())
    team.app.token = f"{FIRST_TOKEN}-{new_name(12)}"
    team.app.installed = False
    engine.teams[team_id] = team
    engine.store.keep_all(team)
    return team
