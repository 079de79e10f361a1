"""What tests of every folder may ask for."""

from collections.abc import Iterator

import pytest

from tests.storage.databases import PostgresServer, postgres_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The PostgreSQL server of this test run."""
    with postgres_server() as server:
        yield server
