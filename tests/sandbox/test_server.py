import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.sandbox.workspace import TOKEN, workspace


def started(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "sandbox", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)  # noqa: S603 - a fixed command


def refused(*arguments: str) -> str:
    """What a sandbox says that cannot start."""
    with started(*arguments) as process:
        _, errors = process.communicate(timeout=10)
    assert process.returncode == 1
    assert "Traceback" not in errors
    return errors


@contextmanager
def running(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The sandbox as a process, and the address that it prints once it listens."""
    with started(*arguments) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            match = re.fullmatch(r"Sandbox: (http://127\.0\.0\.1:\d+)\n", line)
            assert match, line
            yield process, match[1]
        finally:
            process.kill()


def post(url: str, method: str, **args: object) -> dict[str, object]:
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    request = Request(f"{url}/api/{method}", json.dumps(args).encode(), headers)  # noqa: S310 - the sandbox's own address
    with urlopen(request) as response:  # noqa: S310 - as above
        body: dict[str, object] = json.load(response)
    assert body["ok"], body
    return body


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_told_to(number: signal.Signals) -> None:
    with running("--port", "0") as (process, url):
        post(url, "auth.test")
        process.send_signal(number)
        _, errors = process.communicate(timeout=10)
    assert (process.returncode, errors) == (0, "")


def test_it_ends_cleanly_when_told_to_while_its_stdin_is_open() -> None:
    with running("--port", "0", "--until-stdin-closes") as (process, _):
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) == 0
        assert process.stderr
        assert "Fatal" not in process.stderr.read()


def test_it_ends_with_the_process_that_holds_its_stdin() -> None:
    with running("--port", "0", "--until-stdin-closes") as (process, _):
        assert process.stdin
        process.stdin.close()
        assert process.wait(timeout=10) == 0


def test_what_was_answered_survives_kill_9(tmp_path: Path) -> None:
    options = ("--port", "0", "--data", str(tmp_path), "--limits", "off")
    with running(*options) as (process, url):
        stamps = [post(url, "chat.postMessage", channel="C01", text="x")["ts"] for _ in range(50)]
        process.kill()
    with running(*options) as (_, url):
        body = post(url, "conversations.history", channel="C01", limit=50)
    messages = body["messages"]
    assert isinstance(messages, list)
    assert [m["ts"] for m in messages] == stamps[::-1]


def test_a_taken_port_is_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert refused("--port", port).startswith(f"Port {port} ")


def test_a_bad_manifest_is_a_sentence(tmp_path: Path) -> None:
    assert "cannot be read" in refused("--port", "0", "--manifest", str(tmp_path / "none.yaml"))


def test_a_folder_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("in the way", encoding="utf-8")
    assert "cannot be opened" in refused("--port", "0", "--data", str(file))
    (tmp_path / "sandbox.db").write_text("no database at all" * 100, encoding="utf-8")
    assert "cannot be opened" in refused("--port", "0", "--data", str(tmp_path))


def test_a_workspace_is_played_by_one_sandbox_at_a_time(tmp_path: Path) -> None:
    with running("--port", "0", "--data", str(tmp_path)):
        assert "locked" in refused("--port", "0", "--data", str(tmp_path))


async def test_it_listens_on_this_machine_only() -> None:
    async with workspace() as w:
        assert w.sandbox.url.startswith("http://127.0.0.1:")
        addresses = [str(address) for address in w.sandbox._runner.addresses]
    assert addresses
    assert all("127.0.0.1" in address for address in addresses)


async def test_the_page_is_served_beside_the_api() -> None:
    async with workspace() as w, w.session.get(w.sandbox.url) as response:
        assert response.status == 200
        assert "Byens Bibliotek" in await response.text()


async def test_many_calls_at_once_are_all_answered() -> None:
    async with workspace() as w:
        calls = (w.call("chat.postMessage", channel="C01", text=str(n)) for n in range(100))
        stamps = [body["ts"] for body in await asyncio.gather(*calls)]
        assert len(set(stamps)) == 100
        found = [m.ts for m in w.team.channels["C01"].messages]
    assert found == sorted(found)
