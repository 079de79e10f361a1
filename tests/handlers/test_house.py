from handlers.house import Cache


async def test_what_was_read_is_kept_for_the_next() -> None:
    cache, read = Cache[str](), []

    async def value() -> str:
        read.append("once")
        return "Dansk"

    assert [await cache.fetch(value, "T1", "U1") for _ in range(2)] == ["Dansk", "Dansk"]
    assert read == ["once"]


async def test_what_was_read_before_somebody_dropped_it_is_not_kept() -> None:
    cache = Cache[str]()

    async def changed_meanwhile() -> str:
        cache.drop("T1", "U1")
        return "the old one"

    assert await cache.fetch(changed_meanwhile, "T1", "U1") == "the old one"
    assert cache.get("T1", "U1") is None
