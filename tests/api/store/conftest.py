"""The store under test, once on each engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from api.store.connect import sqlite_store
from api.store.sealed import SealedStore


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(params=["sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SealedStore]:
    """An empty store."""
    opened = sqlite_store(tmp_path)
    await opened.open()
    yield opened
    await opened.close()
