"""What survives a restart of the sandbox: every record, written before the answer goes out."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from sandbox.errors import CannotStartError
from sandbox.world import App, Channel, File, Json, Member, Message, Team, View

# One sandbox at a time, and no waiting for the disk: a killed process loses nothing, and a machine
# that loses its power may cost the last moments of a play.
_SETTINGS = "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS record (
    team TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (team, kind, key)
);
CREATE TABLE IF NOT EXISTS content (team TEXT, file TEXT, bytes BLOB, PRIMARY KEY (team, file));
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_KEEP = """
INSERT INTO record (team, kind, key, body) VALUES (?, ?, ?, ?)
ON CONFLICT (team, kind, key) DO UPDATE SET body = excluded.body
"""
_DROP = "DELETE FROM record WHERE team = ? AND kind = ? AND key = ?"


def _opened(data: Path | None) -> sqlite3.Connection:
    if data:
        data.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(
        data / "sandbox.db" if data else ":memory:", timeout=1, isolation_level=None
    )
    try:
        db.executescript(_SETTINGS + _SCHEMA)
    except sqlite3.Error:
        db.close()
        raise
    return db


@dataclass(frozen=True)
class _Row:
    """One record as a row; without a body it is gone from the workspace."""

    kind: str
    key: str
    body: Json | None


class Store:
    """One SQLite file in `data`; without `data` nothing is kept but the bytes of files.

    Raises CannotStartError for a folder that cannot be used, or that another sandbox uses.
    """

    def __init__(self, data: Path | None) -> None:
        self._lasting = data is not None
        try:
            self._db = _opened(data)
        except (OSError, sqlite3.Error) as error:
            raise CannotStartError(f"The workspace in {data} cannot be opened: {error}.") from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def keep(self, team: Team, records: Iterable[Any]) -> None:
        """Write these records as they are now; one that left the workspace is removed."""
        rows = [_row(team, record) for record in records] if self._lasting else []
        if not rows:
            return
        kept = [(team.id, r.kind, r.key, json.dumps(r.body)) for r in rows if r.body is not None]
        gone = [(team.id, r.kind, r.key) for r in rows if r.body is None]
        self._db.execute("BEGIN IMMEDIATE")
        self._db.executemany(_KEEP, kept)
        self._db.executemany(_DROP, gone)
        self._db.execute("COMMIT")

    def keep_all(self, team: Team) -> None:
        """Write a whole workspace."""
        records: list[Any] = [team, *team.members.values(), *team.channels.values()]
        for channel in team.channels.values():
            records += channel.messages
        self.keep(team, [*records, *team.files.values(), *team.views()])

    def note(self, name: str, value: str) -> None:
        """Remember a fact about the sandbox itself: the clock's shift, the scene."""
        self._db.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str | None:
        """A fact that was noted."""
        found = self._db.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return str(found[0]) if found else None

    def put(self, team: Team, file: str, content: bytes) -> None:
        """Keep the bytes of a file."""
        self._db.execute(
            "INSERT OR REPLACE INTO content VALUES (?, ?, ?)", (team.id, file, content)
        )

    def get(self, team: Team, file: str) -> bytes | None:
        """The bytes of a file; None while nothing was uploaded."""
        query = "SELECT bytes FROM content WHERE team = ? AND file = ?"
        found = self._db.execute(query, (team.id, file)).fetchone()
        return bytes(found[0]) if found else None

    def drop(self, team: Team, file: str) -> None:
        """Forget the bytes of a file."""
        self._db.execute("DELETE FROM content WHERE team = ? AND file = ?", (team.id, file))

    def clear(self) -> None:
        """Forget everything."""
        self._db.executescript("DELETE FROM record; DELETE FROM content; DELETE FROM fact;")

    def load(self) -> dict[str, Team]:
        """The workspaces as they were, oldest first; empty when there are none."""
        teams: dict[str, Team] = {}
        query = "SELECT team, kind, body FROM record ORDER BY rowid"
        for team_id, kind, text in self._db.execute(query):
            body = json.loads(text)
            if kind == "team":
                app = _revived(App, body.pop("app"))
                teams[team_id] = Team(id=team_id, name=body["name"], app=app)
            else:
                _LOADERS[kind](teams[team_id], body)
        for team in teams.values():
            for channel in team.channels.values():
                channel.messages.sort(key=lambda message: message.ts)
        return teams


def _row(team: Team, record: Any) -> _Row:  # noqa: ANN401 - any record of sandbox.world
    match record:
        case Team() | App():
            return _Row("team", team.id, {"name": team.name, "app": asdict(team.app)})
        case Channel():
            body = {key: value for key, value in vars(record).items() if key != "messages"}
            return _Row("channel", record.id, body)
        case Message():
            channel = team.channels.get(record.channel)
            there = channel and channel.message(record.ts) is record
            key = f"{record.channel} {record.ts}"
            return _Row("message", key, vars(record) if there else None)
        case View():
            return _Row("view", record.id, vars(record) if team.view(record.id) else None)
        case File():
            return _Row("file", record.id, vars(record) if record.id in team.files else None)
        case Member():
            return _Row("member", record.id, vars(record))
    raise TypeError(f"no record: {record!r}")


def _revived(kind: type[Any], body: Json) -> Any:  # noqa: ANN401 - an object of that kind
    """The record, from a body that an older or newer sandbox may have written."""
    known = {f.name for f in fields(kind)}
    return kind(**{key: value for key, value in body.items() if key in known})


def _load_member(team: Team, body: Json) -> None:
    team.members[body["id"]] = _revived(Member, body)


def _load_channel(team: Team, body: Json) -> None:
    team.channels[body["id"]] = _revived(Channel, body)


def _load_message(team: Team, body: Json) -> None:
    team.channels[body["channel"]].messages.append(_revived(Message, body))


def _load_file(team: Team, body: Json) -> None:
    team.files[body["id"]] = _revived(File, body)


def _load_view(team: Team, body: Json) -> None:
    view: View = _revived(View, body)
    if view.body.get("type") == "home":
        team.homes[view.user] = view
    else:
        team.modals.setdefault(view.user, []).append(view)


_LOADERS = {
    "member": _load_member,
    "channel": _load_channel,
    "message": _load_message,
    "file": _load_file,
    "view": _load_view,
}
