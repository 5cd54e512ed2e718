"""Rows as the port's values. What is sealed how, here and in `api.store.writing`, which makes the rows of a Change:

event:<first seq>   snapshot:<version>   part:<version>   told:<body hash>:<command id>
job:<key>   task:<id>   signal:<id>   (before schema 0005: reply:<command id>, with the body hash in its row)

A reply opens for the body that it answered and for no other, so no hash of what a citizen sent lies in the clear.

Facts that go before their dossier lie inside the snapshot as ciphertext under the key of their class:
`{..., "parts": [[key number, sealed in base 64], ...]}`; where that key is gone, they are left out.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from api.store import tables as t
from api.store.database import Row
from api.store.errors import KeyReused
from api.store.ids import id_text
from api.store.keys import Ring
from api.store.lists import FlowRow, Job, JourneyRow, Signal, Task, TaskStatus
from api.store.moments import due_moment, moment
from api.store.port import Reply, Stored
from api.store.seal import SealBroken, link

TIMER = "timer"
SECOND = len("2026-11-22T10:00:00")
A_SECOND = 1_000_000  # microseconds
PARTS = "parts"  # no field of a journey has this name


def timer_key(clock: str) -> str:
    """The job key of a clock: one running timer a clock."""
    return f"{TIMER}:{clock}"


def chain_holds(rows: Iterable[Row]) -> bool:
    """Whether no event was changed, removed from the middle, or reordered."""
    before, expected = b"", 1
    for row in rows:
        audit = (str(row["upto"]), str(row["at"]), row["actor"], row["action"], row["channel"])
        before = link(before, row["seq"], audit, row["key_no"], bytes(row["sealed"]))
        if row["seq"] != expected or before != bytes(row["chain"]):
            return False
        expected = row["upto"] + 1
    return True


def _whole(snapshot: Any, ring: Ring, version: int) -> Any:
    """The snapshot with the parts that can still be opened merged into it."""
    parts = snapshot.pop(PARTS, ()) if isinstance(snapshot, dict) else ()
    for number, sealed in parts:
        opened = ring.open(number, f"part:{version}", b64decode(sealed), {})
        for name, entries in opened.items():
            own = snapshot.setdefault(name, {})
            for key, value in entries.items():
                own[key] = {**own[key], **value} if isinstance(own.get(key), dict) else value
    return snapshot


def told(command_id: str, body_hash: bytes) -> str:
    """The field that a reply is sealed as: it opens for this body alone."""
    return f"told:{body_hash.hex()}:{command_id}"


def stored(row: Row, ring: Ring, replayed: Reply | None) -> Stored:
    journey, version = id_text(row["id"]), row["version"]
    known = (journey, "", row["flow_version"], row["reference"])
    snapshot = ring.open(row["key_no"], f"snapshot:{version}", bytes(row["snapshot"]), None, known)
    return Stored(
        tenant=row["tenant_id"],
        journey=journey,
        version=version,
        reference=row["reference"],
        secret_hash=bytes(row["secret_hash"]),
        flow=row["flow"],
        flow_version=row["flow_version"],
        snapshot=_whole(snapshot, ring, version),
        open=bool(row["open"]),
        started_at=moment(row["started_at"]),
        changed_at=moment(row["changed_at"]),
        replayed=replayed,
        head=bytes(row["head"]),
    )


def reply_of(row: Row, body_hash: bytes, ring: Ring) -> Reply | None:
    """The reply in this row of a command; None when the dossier was erased.

    Raise KeyReused when the command had another body, or belongs to another journey than these keys.
    """
    journey, command_id, hashed = id_text(row["journey"]), id_text(row["id"]), row["body_hash"]
    if hashed is not None:
        return _older(row, journey, command_id, body_hash, ring)
    try:
        opened = ring.open(row["key_no"], told(command_id, body_hash), bytes(row["reply"]), None, (journey,))
    except SealBroken as broken:
        raise KeyReused(command_id) from broken
    return None if opened is None else Reply(*opened)


def _older(row: Row, journey: str, command_id: str, body_hash: bytes, ring: Ring) -> Reply | None:
    """A reply from before schema 0005; its journey's own id may have been left out of it."""
    if bytes(row["body_hash"]) != body_hash:
        raise KeyReused(command_id)
    opened = ring.open(row["key_no"], f"reply:{command_id}", bytes(row["reply"]))
    if opened is None:
        return None
    status, body, headers, *left_out = opened
    return Reply(status, {**body, "id": journey} if left_out else body, headers)


def events_of(row: Row, ring: Ring) -> list[dict[str, Any]]:
    """The events of one row; when its key is gone, that they were."""
    gone = [{"type": "Erased", "seq": seq} for seq in range(row["seq"], row["upto"] + 1)]
    known = (id_text(row["journey"]), second_of(row["at"]))
    opened: list[dict[str, Any]] = ring.open(row["key_no"], f"event:{row['seq']}", bytes(row["sealed"]), gone, known)
    return opened


def second_of(stored: int) -> str:
    """The moment as JSON has it, up to its second: what is written at a moment speaks of it."""
    return _seconds(stored // A_SECOND)


@lru_cache(maxsize=64)  # many write in the same second
def _seconds(since: int) -> str:
    return moment(since * A_SECOND).isoformat()[:SECOND]


def task_of(row: Row, ring: Ring) -> Task:
    identity = id_text(row["id"])
    reason, fact, note = ring.open(row["key_no"], f"task:{identity}", bytes(row["sealed"]), ("", "", ""))
    return Task(
        tenant=row["tenant_id"],
        id=identity,
        journey=id_text(row["journey"]),
        flow=row["flow"],
        kind=row["kind"],
        opened_at=moment(row["opened_at"]),
        reason=reason,
        team=row["team"],
        skill=row["skill"],
        rank=row["rank"],
        due_at=due_moment(row["due_at"]),
        claimed_by=row["claimed_by"],
        status=TaskStatus.OPEN if row["status"] == t.TASK_OPEN else TaskStatus.DONE,
        fact=fact,
        reference=row["reference"],
        note=note,
        channel=row["channel"],
    )


def job_of(row: Row, ring: Ring) -> Job:
    sealed, key = bytes(row["sealed"]), id_text(row["key"])
    return Job(
        tenant=row["tenant_id"],
        journey=id_text(row["journey"]),
        key=key,
        kind=row["kind"],
        payload=ring.open(row["key_no"], f"job:{key}", sealed) if sealed else None,
        run_at=moment(row["run_at"]),
        attempts=row["attempts"],
        lease=row["lease"],
        clock=row["clock"],
        entry=row["entry"],
        reason=row["reason"],
    )


def signal_of(row: Row, ring: Ring) -> Signal:
    return Signal(
        tenant=row["tenant_id"],
        id=row["id"],
        journey=row["journey"],
        flow=row["flow"],
        flow_version=row["flow_version"],
        step=row["step"],
        text=ring.open(row["key_no"], f"signal:{row['id']}", bytes(row["sealed"]), ""),
        at=moment(row["at"]),
    )


def flow_of(row: Row) -> FlowRow:
    return FlowRow(
        tenant=row["tenant_id"],
        slug=row["slug"],
        version=row["version"],
        source=row["source"],
        published_at=moment(row["published_at"]),
        published_by=row["published_by"],
    )


def journey_rows(rows: Sequence[Row]) -> list[JourneyRow]:
    return [
        JourneyRow(
            tenant=row["tenant_id"],
            journey=id_text(row["id"]),
            reference=row["reference"],
            flow=row["flow"],
            flow_version=row["flow_version"],
            version=row["version"],
            started_at=moment(row["started_at"]),
            changed_at=moment(row["changed_at"]),
        )
        for row in rows
    ]
