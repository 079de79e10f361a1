import asyncio

import psutil
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from handlers import png_thread
from handlers.png import png

_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}">{drawn}</svg>'
_SLOW = _SVG.format(
    side=4000,
    drawn='<filter id="f"><feGaussianBlur stdDeviation="400"/></filter>'
    '<rect width="4000" height="4000" filter="url(#f)"/>',
)


async def test_a_drawing_becomes_a_png_and_a_broken_one_is_an_error() -> None:
    assert (await png(_SVG.format(side=9, drawn="<text>æøå</text>"))).startswith(b"\x89PNG")
    with pytest.raises(RuntimeError, match="failed"):
        await png("<svg")


async def test_a_drawing_that_nobody_waits_for_any_more_leaves_no_process() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await png(_SLOW)
    drawing = [one for one in psutil.Process().children() if "handlers.png" in one.cmdline()]
    assert not drawing


async def test_a_picture_that_takes_too_long_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png_thread, "SECONDS", 0.01)

    async def drawing() -> png_thread.Picture:
        await asyncio.Event().wait()
        raise AssertionError("nobody waits so long")

    wrong = await png_thread.send(AsyncWebClient(), "C01", "1.0", drawing())
    assert isinstance(wrong, TimeoutError)
