"""`partnerbot import` killed while it stores: nothing of it is left."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from storage import import_log
from tests.handlers.folder import database, with_store
from tests.handlers.test_import_run import count, folder, run, unsettled

__all__ = ["folder", "unsettled"]  # fixtures

ROWS = 6_000  # several times what SQLite keeps of a transaction before it writes some of it
SPILT = 200_000  # bytes, and no other transaction of an import writes so much


def is_storing(file: Path) -> bool:
    """Whether somebody holds the write lock, and nobody else sees a row yet."""
    other = sqlite3.connect(file, isolation_level=None, timeout=0)
    try:
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return bool(other.execute("SELECT count(*) FROM partner").fetchone() == (0,))
    finally:
        other.close()
    return False


def length(file: Path) -> int:
    """In bytes; whoever closes the database last takes its log away."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def stopped_while_storing(child: subprocess.Popen[bytes], file: Path) -> bool:
    """Whether it could be stopped in the middle of the one transaction that stores."""
    wal = file.with_name(f"{file.name}-wal")
    while child.poll() is None:
        if length(wal) > SPILT:
            os.kill(child.pid, signal.SIGSTOP)
            os.waitpid(child.pid, os.WUNTRACED)
            if is_storing(file):
                return True
            os.kill(child.pid, signal.SIGCONT)
    return False


def test_killed_in_the_middle_it_leaves_nothing_and_can_be_done_again(folder: Path) -> None:
    lines = ["Navn;Mail;Note", *(f"Forening {n};post@f{n}.dk;Nord {n}" for n in range(ROWS))]
    (folder / "liste.csv").write_text("\n".join(lines), encoding="utf-8")
    file = folder / "partnerbot.db"
    words = ["import", "liste.csv", "--team", "T1", "--by", "U01"]
    house = str(Path(__file__).parents[2])
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": house, "DATABASE_URL": database(folder)},
        stdout=subprocess.DEVNULL,
    ) as child:
        caught = stopped_while_storing(child, file)
        child.kill()
    assert caught
    assert count(folder) == 0
    assert with_store(folder, lambda store: store.read(import_log.latest, "T1", 5)) == []
    assert run(*words[1:]).exit_code == 0
    assert count(folder) == ROWS
