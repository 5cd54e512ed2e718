"""A Change as sealed rows, and rows as the port's values. The only place that knows which field is sealed how.

event:<first seq>   snapshot:<version>   part:<version>   told:<body hash>:<command id>
job:<key>   task:<id>   signal:<id>   (before schema 0005: reply:<command id>, with the body hash in its row)

A reply opens for the body that it answered and for no other, so no hash of what a citizen sent lies in the clear.

Facts that go before their dossier lie inside the snapshot as ciphertext under the key of their class:
`{..., "parts": [[key number, sealed in base 64], ...]}`; where that key is gone, they are left out.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from api.store import tables as t
from api.store.database import CommandRows, Row, Values
from api.store.errors import KeyReused
from api.store.ids import id_bytes, id_text
from api.store.keys import Ring
from api.store.lists import FlowRow, Job, JourneyRow, Signal, Task, TaskStatus
from api.store.moments import due_micros, due_moment, micros, moment
from api.store.port import Change, Effect, Reply, Stored, Timer
from api.store.seal import DossierKey, SealBroken, link

TIMER = "timer"
SECOND = len("2026-11-22T10:00:00")
A_SECOND = 1_000_000  # microseconds
PARTS = "parts"  # no field of a journey has this name


def timer_key(clock: str) -> str:
    """The job key of a clock: one running timer a clock."""
    return f"{TIMER}:{clock}"


def command_rows(change: Change, ring: Ring) -> CommandRows:
    """Everything that the change writes, sealed and chained."""
    events = _event_rows(change, ring)
    head = events[-1]["chain"] if events else (change.base.head if change.base else b"")
    whose = {"tenant": change.tenant, "journey": id_bytes(change.journey)}
    ended = chain(map(timer_key, change.cancelled), change.finished)
    return CommandRows(
        base=change.expected_version,
        journey=_journey_row(change, ring, head),
        command=_command_row(change, ring),
        events=events,
        jobs=[*(_effect_row(change, ring, one) for one in change.effects), *_timer_rows(change, ring)],
        ended=[{**whose, "key": id_bytes(key)} for key in ended],
        tasks=[task_row(task, ring) for task in change.tasks],
        signals=[_signal_row(one, ring) for one in change.signals],
    )


def _event_rows(change: Change, ring: Ring) -> list[dict[str, Any]]:
    """One row for each run of events under one key: a command is mostly one row."""
    rows: list[dict[str, Any]] = []
    before, at = change.base.head if change.base else b"", micros(change.at)
    action = change.action or (str(change.events[0].get("type", "")) if change.events else "")
    first, known = change.expected_version + 1, (change.journey, _second(at))
    for key, run in _runs(change, ring):
        last = first + len(run) - 1
        sealed = key.seal(f"event:{first}", run, known, change.command_id)
        audit = (str(last), str(at), change.actor, action, change.channel)
        before = link(before, first, audit, key.number, sealed)
        rows.append(
            {
                "tenant": change.tenant,
                "journey": id_bytes(change.journey),
                "seq": first,
                "upto": last,
                "at": at,
                "actor": change.actor,
                "action": action,
                "channel": change.channel,
                "key_no": key.number,
                "chain": before,
                "sealed": sealed,
            }
        )
        first, action = last + 1, ""  # the first row of a command carries its deed
    return rows


def _runs(change: Change, ring: Ring) -> Iterator[tuple[DossierKey, list[Any]]]:
    """The events in order, cut where the key changes."""
    if not any(change.keep):
        if change.events:
            yield ring.own, list(change.events)
        return
    keys = [ring.of_class(keep) or ring.own for keep in change.keep]
    keys += [ring.own] * (len(change.events) - len(keys))
    for key, run in groupby(zip(keys, change.events, strict=False), key=itemgetter(0)):
        yield key, [event for _, event in run]


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


def _snapshot(change: Change, ring: Ring) -> Any:
    """The snapshot as it is sealed: what goes sooner stands in it sealed already."""
    if not change.parts:
        return change.snapshot
    field = f"part:{change.version}"
    keys = ((ring.of_class(keep) or ring.own, part) for keep, part in change.parts.items())
    return {**change.snapshot, PARTS: [[key.number, b64encode(key.seal(field, part)).decode()] for key, part in keys]}


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


def _journey_row(change: Change, ring: Ring, head: bytes) -> Values:
    base, now = change.base, micros(change.at)
    return {
        "tenant": change.tenant,
        "id": id_bytes(change.journey),
        "reference": base.reference if base else change.reference,
        "secret_hash": base.secret_hash if base else change.secret_hash,
        "flow": change.flow,
        "flow_version": change.flow_version,
        "version": change.version,
        "open": int(change.open),
        "started_at": micros(base.started_at) if base else now,
        "changed_at": now,
        "retain_until": micros(change.retain_until) if change.retain_until else None,
        "key_no": ring.own.number,
        "head": head,
        "snapshot": ring.own.seal(
            f"snapshot:{change.version}",
            _snapshot(change, ring),
            (change.journey, "", change.flow_version, base.reference if base else change.reference),
        ),
    }


def _command_row(change: Change, ring: Ring) -> Values:
    reply = [change.reply.status, change.reply.body, dict(change.reply.headers)]
    return {
        "tenant": change.tenant,
        "id": id_bytes(change.command_id),
        "journey": id_bytes(change.journey),
        "at": micros(change.at),
        "body_hash": None,
        "key_no": ring.own.number,
        "reply": ring.own.seal(_told(change.command_id, change.body_hash), reply, (change.journey,)),
    }


def _told(command_id: str, body_hash: bytes) -> str:
    return f"told:{body_hash.hex()}:{command_id}"


def _job_row(change: Change, ring: Ring, **own: Any) -> Values:
    return {
        "tenant": change.tenant,
        "journey": id_bytes(change.journey),
        "clock": "",
        "entry": 0,
        "wake_at": own["run_at"],
        "attempts": 0,
        "lease": "",
        "exhausted": 0,
        "reason": "",
        "key_no": ring.own.number,
        **own,
    }


def _effect_row(change: Change, ring: Ring, effect: Effect) -> Values:
    sealed = ring.own.seal(f"job:{effect.key}", effect.payload)
    return _job_row(
        change, ring, key=id_bytes(effect.key), kind=effect.kind, run_at=micros(effect.run_at), sealed=sealed
    )


def _timer_rows(change: Change, ring: Ring) -> list[Values]:
    """A clock that is set twice in one change keeps its last setting."""
    latest: dict[str, Timer] = {timer.clock: timer for timer in change.timers}
    return [
        _job_row(
            change,
            ring,
            key=id_bytes(timer_key(timer.clock)),
            kind=TIMER,
            clock=timer.clock,
            entry=timer.entry,
            run_at=micros(timer.run_at),
            sealed=b"",
        )
        for timer in latest.values()
    ]


def task_row(task: Task, ring: Ring) -> Values:
    key = ring.of_class(task.keep) or ring.own
    return {
        "tenant": task.tenant,
        "id": id_bytes(task.id),
        "journey": id_bytes(task.journey),
        "reference": task.reference,
        "flow": task.flow,
        "kind": task.kind,
        "team": task.team,
        "skill": task.skill,
        "rank": task.rank,
        "due_at": due_micros(task.due_at),
        "opened_at": micros(task.opened_at),
        "claimed_by": task.claimed_by,
        "status": t.TASK_OPEN if task.status is TaskStatus.OPEN else t.TASK_DONE,
        "key_no": key.number,
        "sealed": key.seal(f"task:{task.id}", [task.reason, task.fact, task.note]),
        "channel": task.channel,
    }


def _signal_row(signal: Signal, ring: Ring) -> Values:
    return {
        "tenant": signal.tenant,
        "id": signal.id,
        "journey": signal.journey,
        "flow": signal.flow,
        "flow_version": signal.flow_version,
        "step": signal.step,
        "at": micros(signal.at),
        "key_no": ring.own.number,
        "sealed": ring.own.seal(f"signal:{signal.id}", signal.text),
    }


def stored(row: Row, ring: Ring, replayed: Reply | None) -> Stored:
    journey, version = id_text(row["id"]), row["version"]
    known = (journey, "", row["flow_version"], row["reference"])
    snapshot = ring.open(row["key_no"], f"snapshot:{version}", bytes(row["snapshot"]), None, known)
    return Stored(
        tenant=row["tenant"],
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
        opened = ring.open(row["key_no"], _told(command_id, body_hash), bytes(row["reply"]), None, (journey,))
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
    known = (id_text(row["journey"]), _second(row["at"]))
    opened: list[dict[str, Any]] = ring.open(row["key_no"], f"event:{row['seq']}", bytes(row["sealed"]), gone, known)
    return opened


def _second(stored: int) -> str:
    """The moment as JSON has it, up to its second: what is written at a moment speaks of it."""
    return _seconds(stored // A_SECOND)


@lru_cache(maxsize=64)  # many write in the same second
def _seconds(since: int) -> str:
    return moment(since * A_SECOND).isoformat()[:SECOND]


def task_of(row: Row, ring: Ring) -> Task:
    identity = id_text(row["id"])
    reason, fact, note = ring.open(row["key_no"], f"task:{identity}", bytes(row["sealed"]), ("", "", ""))
    return Task(
        tenant=row["tenant"],
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
        tenant=row["tenant"],
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
        tenant=row["tenant"],
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
        tenant=row["tenant"],
        slug=row["slug"],
        version=row["version"],
        source=row["source"],
        published_at=moment(row["published_at"]),
        published_by=row["published_by"],
    )


def journey_rows(rows: Sequence[Row]) -> list[JourneyRow]:
    return [
        JourneyRow(
            tenant=row["tenant"],
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
