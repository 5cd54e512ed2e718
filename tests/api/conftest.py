"""What holds for every test of the API."""

import pytest


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """The loop that the product runs on, whatever else is installed."""
    return "asyncio"
