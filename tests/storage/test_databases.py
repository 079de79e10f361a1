"""The databases of the tests themselves: one PostgreSQL for a run, which nobody stops too soon."""

import pytest

from tests.storage.databases import PostgresServer, postgres_server


async def test_a_process_that_has_the_server_gets_no_second_one(postgres: PostgresServer) -> None:
    """The first of two to leave would take it from the other."""
    with pytest.raises(RuntimeError, match="take the fixture"), postgres_server():
        pass
    await postgres.execute("SELECT 1")
