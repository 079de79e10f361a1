from typing import Any

import pytest

from tests.sandbox.workspace import home, modal, plain, workspace

GOOD: list[dict[str, Any]] = [{"type": "section", "text": plain("Hej")}]
BAD: list[dict[str, Any]] = [{"type": "section", "text": plain("")}]


@pytest.mark.parametrize(
    "args",
    [{"blocks": GOOD}, {"message": {"blocks": GOOD}}, {"view": modal()}, {"view": home()}],
)
async def test_what_is_right_needs_no_token(args: dict[str, Any]) -> None:
    async with workspace() as w:
        assert (await w.ask("blocks.validate", token=None, **args))["ok"]


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"blocks": BAD}, "invalid_blocks"),
        ({"message": {"blocks": BAD}}, "invalid_message"),
        ({"view": modal(blocks=BAD)}, "invalid_view"),
    ],
)
async def test_what_is_wrong_is_pointed_at(args: dict[str, Any], error: str) -> None:
    async with workspace() as w:
        body = await w.ask("blocks.validate", token=None, **args)
    assert body["error"] == error
    assert body["errors"][0]["pointer"] == "/blocks/0/text/text"
    assert {"code", "message", "constraint"} <= set(body["errors"][0])


@pytest.mark.parametrize("args", [{}, {"blocks": GOOD, "view": modal()}, {"message": "[]"}])
async def test_one_thing_is_judged_at_a_time(args: dict[str, Any]) -> None:
    async with workspace() as w:
        body = await w.ask("blocks.validate", token=None, **args)
    assert body["error"] == "invalid_arguments"
