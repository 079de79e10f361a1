"""What the commands of a shell share: a file that nobody else can read, and never another's."""

import stat
from pathlib import Path

import pytest

from bot.errors import UserError
from handlers.shell import new_file


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def write(out: Path, text: str) -> None:
    with new_file(out) as unfinished:
        unfinished.write_text(text)


def test_what_was_left_by_another_time_is_neither_used_nor_touched(tmp_path: Path) -> None:
    out = tmp_path / "ud.csv"
    stale = tmp_path / "ud.csv.unfinished"
    stale.write_text("old")
    stale.chmod(0o644)
    with new_file(out) as unfinished:
        assert mode(unfinished) == 0o600
        unfinished.write_text("new")
    assert (out.read_text(), mode(out)) == ("new", 0o600)
    assert (stale.read_text(), mode(stale)) == ("old", 0o644)
    assert sorted(tmp_path.iterdir()) == [out, stale]


def test_of_two_at_once_the_first_to_end_keeps_the_name(tmp_path: Path) -> None:
    out = tmp_path / "ud.csv"

    def overtaken() -> None:
        with new_file(out) as slow:
            slow.write_text("slow")
            write(out, "quick")
            assert slow.read_text() == "slow"

    with pytest.raises(UserError, match="is there already"):
        overtaken()
    assert out.read_text() == "quick"
    assert list(tmp_path.iterdir()) == [out]


def test_a_link_that_leads_nowhere_is_not_written_through(tmp_path: Path) -> None:
    out = tmp_path / "ud.csv"
    out.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UserError, match="is there already"):
        write(out, "x")
    assert list(tmp_path.iterdir()) == [out]


def test_what_goes_wrong_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnicodeError):
        write(tmp_path / "ud.csv", "half\ud800")
    assert list(tmp_path.iterdir()) == []
