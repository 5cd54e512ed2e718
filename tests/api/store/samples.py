"""Commands as the service would make them, short to write in a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from api.store.port import Change, Committed, Reply, Store, Stored, Task

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TENANT = "demo"


def body(text: object = "") -> bytes:
    """The hash of a request's body."""
    return sha256(repr(text).encode("ascii", "backslashreplace")).digest()


def started(journey: str, tenant: str = TENANT, **more: Any) -> Change:
    """The command that makes a journey."""
    defaults: dict[str, Any] = {
        "tenant": tenant,
        "journey": journey,
        "command_id": f"start-{journey}",
        "body_hash": body(journey),
        "at": NOW,
        "base": None,
        "events": [{"type": "JourneyStarted", "journey": journey}],
        "snapshot": {"answers": {}},
        "flow": "boom-kappen",
        "flow_version": "a" * 64,
        "reply": Reply(201, {"id": journey}, {"ETag": '"1"'}),
        "reference": f"REF-{journey}",
        "secret_hash": body(f"secret of {journey}"),
        "actor": "",
        "action": "start",
        "channel": "web",
    }
    return Change(**{**defaults, **more})


def answered(base: Stored, command_id: str, value: object = True, **more: Any) -> Change:
    """The command that gives one answer."""
    defaults: dict[str, Any] = {
        "tenant": base.tenant,
        "journey": base.journey,
        "command_id": command_id,
        "body_hash": body(value),
        "at": NOW + HOUR,
        "base": base,
        "events": [{"type": "AnswerGiven", "fact": "spoed", "value": value}],
        "snapshot": {"answers": {"spoed": value}, "seq": base.version + 1},
        "flow": base.flow,
        "flow_version": base.flow_version,
        "reply": Reply(200, {"version": base.version + 1}),
        "action": "answer",
    }
    return Change(**{**defaults, **more})


async def make(store: Store, journey: str, tenant: str = TENANT, **more: Any) -> Stored:
    """A journey that is there."""
    assert await store.commit(started(journey, tenant, **more)) == Committed(1)
    return await there(store, journey, tenant)


async def there(store: Store, journey: str, tenant: str = TENANT) -> Stored:
    """The journey as it is now."""
    found = await store.load(tenant, journey)
    assert found is not None
    return found


def a_task(identity: str, journey: str = "j1", **more: Any) -> Task:
    """A row of the worklist."""
    task = Task(TENANT, identity, journey, "boom-kappen", "call-back", NOW, reason="asked for a person", team="groen")
    return replace(task, **more)
