from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.handlers.library import Library, opened
from tests.storage import nobody_is_measured


@pytest.fixture(autouse=True)
def _nobody_is_measured() -> Iterator[None]:
    with nobody_is_measured.watched() as refused:
        yield
    assert not refused


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    async with opened(tmp_path / "partnerbot.db") as library:
        yield library
