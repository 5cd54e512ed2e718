"""Resume codes, sessions and published flows, on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.store.port import FlowRow, ResumeCode, Resumption, Session
from api.store.sealed import SealedStore
from tests.api.store.samples import HOUR, NOW, TENANT, body, make

pytestmark = pytest.mark.anyio
CODE = ResumeCode(TENANT, "K7-QX", body("secret half"), "j1", NOW + HOUR)


async def test_the_right_code_opens_once(store: SealedStore):
    """A code with one use is worth nothing after it."""
    await store.put_code(CODE)
    assert (await store.redeem(TENANT, "K7-QX", CODE.code_hash, NOW)).journey == "j1"
    assert await store.redeem(TENANT, "K7-QX", CODE.code_hash, NOW) == Resumption(None)


async def test_five_wrong_tries_burn_a_code(store: SealedStore):
    """Guessing ends; the right code then opens nothing either."""
    await store.put_code(CODE)
    left = [(await store.redeem(TENANT, "K7-QX", body("guess"), NOW)).tries_left for _ in range(5)]
    assert left == [4, 3, 2, 1, 0]
    assert await store.redeem(TENANT, "K7-QX", CODE.code_hash, NOW) == Resumption(None)


async def test_a_code_expires_and_belongs_to_its_tenant(store: SealedStore):
    """After its moment, under another name or elsewhere a code is no code."""
    await store.put_code(CODE)
    for tenant, handle, now in (
        (TENANT, "K7-QX", NOW + HOUR),
        (TENANT, "K7-QY", NOW),
        ("elsewhere", "K7-QX", NOW),
    ):
        assert await store.redeem(tenant, handle, CODE.code_hash, now) == Resumption(None)


async def test_a_new_code_replaces_the_old_one(store: SealedStore):
    """One handle, one code; it may be good for several uses."""
    await store.put_code(CODE)
    await store.put_code(replace(CODE, code_hash=body("new"), uses=2))
    assert (await store.redeem(TENANT, "K7-QX", CODE.code_hash, NOW)).journey is None
    opened = [(await store.redeem(TENANT, "K7-QX", body("new"), NOW)).journey for _ in range(3)]
    assert opened == ["j1", "j1", None]


async def test_codes_end_with_their_journey(store: SealedStore):
    """After erasure a code leads nowhere."""
    await make(store, "j1")
    await store.put_code(CODE)
    await store.erase(TENANT, "j1", NOW, "w1", "asked")
    assert await store.redeem(TENANT, "K7-QX", CODE.code_hash, NOW) == Resumption(None)


async def test_a_session_lives_until_it_ends(store: SealedStore):
    """A session is found by its token's hash until it expires or is ended."""
    session = Session(TENANT, body("token"), "w1", NOW + HOUR, "groen")
    await store.put_session(session)
    assert await store.session(TENANT, body("token"), NOW) == session
    assert await store.session("elsewhere", body("token"), NOW) is None
    assert await store.session(TENANT, body("token"), NOW + HOUR) is None
    await store.end_session(TENANT, body("token"))
    assert await store.session(TENANT, body("token"), NOW) is None


async def test_flows_are_kept_by_version_and_the_newest_is_current(store: SealedStore):
    """Every published version stays; `flows` gives the one published last, also after going back to an older one."""
    old = FlowRow(TENANT, "boom-kappen", "a" * 64, "flow: old", NOW, "author")
    new = FlowRow(TENANT, "boom-kappen", "b" * 64, "flow: new", NOW + HOUR, "author")
    await store.publish_flow(old)
    await store.publish_flow(new)
    assert await store.flows(TENANT) == [new]
    assert await store.flow(TENANT, "a" * 64) == old
    await store.publish_flow(replace(old, published_at=NOW + 2 * HOUR, source="flow: changed"))
    assert [flow.version for flow in await store.flows(TENANT)] == ["a" * 64]
    back = await store.flow(TENANT, "a" * 64)
    assert back is not None
    assert back.source == "flow: old"
    assert await store.flows("elsewhere") == []
