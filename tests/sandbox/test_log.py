import pytest

from sandbox import log as log_module
from sandbox.clock import Clock
from sandbox.log import Log


def filled(count: int) -> Log:
    log = Log(Clock())
    for number in range(count):
        assert log.add("api", f"call{number}", request={"n": number}) == number + 1
    return log


def test_entries_are_numbered_and_read_from_anywhere() -> None:
    log = filled(5)
    assert [entry["seq"] for entry in log.since(0)] == [1, 2, 3, 4, 5]
    assert [entry["name"] for entry in log.since(3)] == ["call3", "call4"]
    assert log.since(5) == []
    assert log.since(99) == []


def test_what_is_written_down_does_not_change_later() -> None:
    log = Log(Clock())
    body = {"text": "før"}
    log.add("control", "message", request=body)
    body["text"] = "efter"
    assert log.since(0)[0]["request"] == {"text": "før"}


def test_the_oldest_entries_give_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "KEPT", 100)
    log = filled(50)
    kept = [entry["seq"] for entry in log.since(0)]
    assert kept == list(range(kept[0], 51))
    assert 1 < len(kept) < 50
    assert [entry["seq"] for entry in log.since(48)] == [49, 50]
