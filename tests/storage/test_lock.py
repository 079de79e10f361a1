import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import UserError
from storage.lock import only_bot

HOLD = """
import sys
from storage.lock import only_bot
with only_bot(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_bot_on_the_same_file_gets_a_sentence(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    with only_bot(url):
        refused = pytest.raises(UserError, match="Another Partnerbot is already running")
        with refused as second, only_bot(url):
            raise AssertionError
        assert second.value.values == {"place": str(tmp_path / "bot.db")}
        with only_bot(f"sqlite:///{tmp_path / 'other.db'}"):
            pass
    with only_bot(url):
        pass


def test_a_link_to_the_file_is_the_same_database(tmp_path: Path) -> None:
    (tmp_path / "bot.db").touch()
    (tmp_path / "link.db").symlink_to(tmp_path / "bot.db")
    file, link = (f"sqlite:///{tmp_path / name}" for name in ("bot.db", "link.db"))
    with only_bot(file), pytest.raises(UserError), only_bot(link):
        raise AssertionError


def test_a_killed_process_lets_go(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.db'}"
    command = [sys.executable, "-c", HOLD, url]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(UserError), only_bot(url):
            raise AssertionError
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    with only_bot(url):
        pass


def test_a_folder_that_is_missing_gets_a_sentence(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nowhere' / 'bot.db'}"
    with pytest.raises(UserError, match="cannot be opened"), only_bot(url):
        raise AssertionError


def test_postgresql_serves_several_bots() -> None:
    with only_bot("postgresql://h/db"), only_bot("postgresql://h/db"):
        pass
