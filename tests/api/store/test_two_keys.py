"""The seams for key rotation: rows of two key ids side by side are read, and the chain holds over both."""

from __future__ import annotations

from typing import Any

import pytest

from api.store import rows
from api.store import statements as s
from api.store.errors import StoreRefused
from api.store.keys import OWN, KeyRing
from api.store.masters import Masters, new_master
from api.store.masters import masters_from_text as masters
from api.store.sealed import SealedStore
from tests.api.store.conftest import MASTERS
from tests.api.store.samples import TENANT, answered, make, there

pytestmark = pytest.mark.anyio


def turned(store: SealedStore, now: Masters) -> KeyRing:
    """From now on the store works with these master keys; nothing that was opened before is remembered."""
    store._keys._masters = now
    store._keys._rings.clear()
    return store._keys


async def _wrapped_by(store: SealedStore, journey: str) -> dict[int, str]:
    return {row.number: row.master for row in await store._keys._store.of(TENANT, [journey])}


async def test_dossiers_of_two_master_keys_lie_side_by_side(store: SealedStore):
    """The new master wraps what is new, the old one still opens what is old, also two keys of one dossier."""
    await make(store, "old")
    fresh = masters(new_master("next"))
    both = Masters("next", {**MASTERS.keys, **fresh.keys})
    turned(store, both)
    await make(store, "new")
    base = await there(store, "old")
    await store.commit(answered(base, "c1", events=[{"fact": "a"}, {"fact": "b"}], keep=["P1Y", ""]))
    turned(store, both)
    assert await _wrapped_by(store, "new") == {OWN: "next"}
    assert await _wrapped_by(store, "old") == {OWN: MASTERS.current, 2: "next"}
    assert (await store.events(TENANT, "old"))[1:] == [{"fact": "a"}, {"fact": "b"}]
    assert (await there(store, "new")).version == 1
    assert await store.verify(TENANT, "old")
    turned(store, fresh)
    with pytest.raises(StoreRefused, match=f"Master key '{MASTERS.current}' is needed"):
        await store.load(TENANT, "old")
    assert (await there(store, "new")).version == 1


async def test_rows_of_two_keys_are_one_journey(store: SealedStore):
    """Every row names its key: a dossier whose later rows have another key reads as one, chain and snapshot too."""
    base = await make(store, "j1")
    ring = await store._keys.with_classes(TENANT, "j1", ["rotated"])
    later = ring.of_class("rotated")
    assert later is not None
    await store.commit(answered(base, "c1", events=[{"fact": "a"}], keep=["rotated"]))
    found = await store._db.read(TENANT, s.chain, {"tenant_id": TENANT, "journey": "j1"})
    assert [row["key_no"] for row in found] == [OWN, later.number]
    assert rows.chain_holds(found)
    assert [event.get("fact") for event in await store.events(TENANT, "j1")] == [None, "a"]
    row: dict[str, Any] = dict(await _journey_row(store))
    row |= {"key_no": later.number, "snapshot": later.seal(f"snapshot:{row['version']}", {"answers": {"a": 1}})}
    assert rows.stored(row, ring, None).snapshot == {"answers": {"a": 1}}


async def _journey_row(store: SealedStore) -> Any:
    row = await store._db.load(TENANT, "j1", "")
    assert row is not None
    return row
