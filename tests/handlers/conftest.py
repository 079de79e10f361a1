from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.handlers.library import Library, opened


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    async with opened(tmp_path / "partnerbot.db") as library:
        yield library
