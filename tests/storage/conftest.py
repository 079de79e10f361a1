"""Each storage test runs on both databases, with every statement watched."""

import pkgutil
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from pathlib import Path

import pytest

import storage
from storage.database import Store
from tests.storage import databases, nobody_is_measured
from tests.storage.databases import PostgresServer
from tests.storage.every_query_names_team import watched

for _module in pkgutil.iter_modules(storage.__path__):
    if not _module.ispkg:
        import_module(f"storage.{_module.name}")  # so that METADATA holds every table there is


@pytest.fixture(autouse=True)
def _every_query_names_team() -> Iterator[None]:
    with watched(), nobody_is_measured.watched():
        yield


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite database with empty tables."""
    return databases.sqlite_url(tmp_path / "partnerbot.db")


@pytest.fixture
async def postgres_url(postgres: PostgresServer) -> str:
    """A PostgreSQL database with empty tables."""
    return await postgres.emptied()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A database with empty tables, once of each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    found: str = request.getfixturevalue(name)
    return found


@pytest.fixture(params=["sqlite", "postgresql"])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """A database without tables, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    async with server.database(empty=True) as url:
        yield url


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """An open store on an empty database, once of each kind."""
    opened = await Store.open(url)
    yield opened
    await opened.close()
