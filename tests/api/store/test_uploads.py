"""What was sent in, on both engines: sealed, bounded to its journey and tenant, gone with the dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from api.store.port import Upload
from api.store.sealed import SealedStore
from tests.api.store.samples import HOUR, NOW, TENANT, started

pytestmark = pytest.mark.anyio
FILE = Upload(TENANT, "j1", "f1", "schets van het huis.pdf", "application/pdf", 9, NOW, b"%PDF-1.7\n")


async def test_a_file_comes_back_as_it_went_in(store: SealedStore):
    """Content, name and kind; a list leaves the content out."""
    await store.commit(started("j1"))
    await store.put_upload(FILE)
    assert await store.upload(TENANT, "j1", "f1") == FILE
    assert await store.uploads(TENANT, "j1") == [replace(FILE, content=b"")]


async def test_the_same_file_again_is_one_file(store: SealedStore):
    """A repeated request leaves the first as it is."""
    await store.commit(started("j1"))
    for _ in range(2):
        await store.put_upload(FILE)
    assert len(await store.uploads(TENANT, "j1")) == 1


async def test_nobody_else_sees_it(store: SealedStore):
    """Not another journey, not another tenant."""
    await store.commit(started("j1"))
    await store.put_upload(FILE)
    assert await store.upload(TENANT, "j2", "f1") is None
    assert await store.upload("elsewhere", "j1", "f1") is None
    assert not await store.attach("elsewhere", "j1", "f1")


async def test_what_became_no_answer_goes(store: SealedStore):
    """The sweep takes loose files after their time, and no others."""
    await store.commit(started("j1"))
    await store.put_upload(FILE)
    await store.put_upload(replace(FILE, id="f2"))
    assert await store.attach(TENANT, "j1", "f2")
    assert await store.drop_loose(NOW) == 0
    assert await store.drop_loose(NOW + HOUR) == 1
    assert [one.id for one in await store.uploads(TENANT, "j1")] == ["f2"]


async def test_erasing_takes_files_along(store: SealedStore):
    """Nothing is left of them, and nothing new can be put there."""
    await store.commit(started("j1"))
    await store.put_upload(FILE)
    await store.erase(TENANT, "j1", NOW + timedelta(days=1), "anna", "asked")
    await store.put_upload(FILE)
    assert await store.uploads(TENANT, "j1") == []
    assert await store.upload(TENANT, "j1", "f1") is None
