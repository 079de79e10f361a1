from sandbox.api.call import METHODS
from sandbox.api.scopes import APP_TOKEN, SCOPES, WITHOUT_TOKEN
from sandbox.rates import CHANNEL_BURST, POSTING, TEAM_BURST, TIERS, Rates
from tests.sandbox.workspace import TOKEN, Stopwatch, workspace


def allowed(rates: Rates, method: str, times: int, channel: str = "", team: str = "T01") -> int:
    """How many of so many calls are let through."""
    return sum(rates.check(team, method, channel) is None for _ in range(times))


def test_every_method_has_its_scopes_and_its_tier() -> None:
    assert set(METHODS) == set(SCOPES) | WITHOUT_TOKEN | APP_TOKEN
    assert set(METHODS) == set(TIERS) | POSTING


def test_a_channel_takes_one_message_a_second_after_a_short_burst() -> None:
    clock = Stopwatch()
    rates = Rates(clock)
    assert allowed(rates, "chat.postMessage", 10, "C01") == CHANNEL_BURST
    assert rates.check("T01", "chat.postMessage", "C01") == 1
    clock.at += 1
    assert allowed(rates, "chat.postMessage", 10, "C01") == 1
    clock.at += 60
    assert allowed(rates, "chat.postMessage", 10, "C01") == CHANNEL_BURST


def test_a_workspace_takes_several_hundred_a_minute() -> None:
    clock = Stopwatch()
    rates = Rates(clock)
    sent = 0
    for second in range(60):
        sent += sum(
            rates.check("T01", "chat.postMessage", f"D{second}{n}") is None for n in range(99)
        )
        clock.at += 1
    assert 300 <= sent <= 300 + TEAM_BURST


def test_a_method_has_its_calls_a_minute_per_workspace() -> None:
    clock = Stopwatch()
    rates = Rates(clock)
    assert allowed(rates, "users.list", 30) == 20
    clock.at += 20
    assert rates.check("T01", "users.list") == 40
    assert allowed(rates, "users.list", 1, team="T02") == 1
    assert allowed(rates, "views.open", 1) == 1
    clock.at += 40
    assert allowed(rates, "users.list", 30) == 20


def test_without_limits_everything_goes_through() -> None:
    assert allowed(Rates(Stopwatch(), limits=False), "users.list", 500) == 500


async def test_too_many_calls_are_answered_with_429() -> None:
    async with workspace(limits=True) as w:
        url = f"{w.sandbox.url}/api/chat.postMessage"
        headers = {"Authorization": f"Bearer {TOKEN}"}
        statuses = []
        for _ in range(CHANNEL_BURST + 1):
            args = {"channel": "C01", "text": "x"}
            async with w.session.post(url, json=args, headers=headers) as response:
                statuses.append(response.status)
        assert statuses == [200] * CHANNEL_BURST + [429]
        assert int(response.headers["Retry-After"]) == 1
        assert w.logged()[-1]["status"] == 429
        await w.call("chat.postMessage", channel="C02", text="x")


async def test_a_direct_message_counts_as_one_channel_however_it_is_named() -> None:
    async with workspace(limits=True) as w:
        direct = (await w.call("conversations.open", users="U01"))["channel"]["id"]
        named = [direct, "U01"] * CHANNEL_BURST
        answers = [await w.ask("chat.postMessage", channel=name, text="x") for name in named]
    assert sum(answer["ok"] for answer in answers) == CHANNEL_BURST
