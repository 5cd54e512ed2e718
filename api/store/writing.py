"""A Change as sealed rows: what a command writes. `api.store.rows` reads them; its head says which field is sealed how.

This runs for every answer of every citizen, so what several rows share (the moment, the journey's bytes, the words that
lie beside what is sealed) is worked out once for each command, and commands that come at the same moment are sealed one
after another (docs/adr/0034-abreast.md). Called by `api.store.parts`; tests:
tests/api/store/test_sqlite.py, tests/api/store/test_seal.py.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from api.store import tables as t
from api.store.database import UNWRITABLE, CommandRows, Values
from api.store.ids import id_bytes
from api.store.keys import Ring
from api.store.lists import Signal, Task, TaskStatus
from api.store.moments import due_micros, micros
from api.store.port import Change, Effect, Timer
from api.store.rows import PARTS, TIMER, second_of, timer_key, told
from api.store.seal import DossierKey, link


class _Command:
    """A change, and what its rows share."""

    __slots__ = ("at", "before", "change", "journey", "own", "ring", "version")

    def __init__(self, change: Change, ring: Ring) -> None:
        self.change, self.ring, self.own = change, ring, ring.own
        self.journey, self.at = id_bytes(change.journey), micros(change.at)
        self.before = change.base.version if change.base else 0
        self.version = self.before + len(change.events)


class Unsealed:
    """A change on its way: keeps `api.store.database.Command`."""

    __slots__ = ("_change", "_ring", "_rows", "tenant")

    def __init__(self, change: Change, ring: Ring) -> None:
        self.tenant = change.tenant
        self._change, self._ring = change, ring
        self._rows: CommandRows | None = None

    def rows(self) -> CommandRows:
        """See `command_rows`; made once."""
        if self._rows is None:
            self._rows = command_rows(self._change, self._ring)
        return self._rows

    def seal(self) -> None:
        """Make the rows now. What is wrong with them is told to who asks for them."""
        with suppress(*UNWRITABLE):
            self.rows()


def command_rows(change: Change, ring: Ring) -> CommandRows:
    """Everything that the change writes, sealed and chained."""
    whole = _Command(change, ring)
    events = _event_rows(whole)
    head = events[-1]["chain"] if events else (change.base.head if change.base else b"")
    return CommandRows(
        base=whole.before,
        journey=_journey_row(whole, head),
        command=_command_row(whole),
        events=events,
        jobs=_job_rows(whole) if change.effects or change.timers else (),
        ended=_ended_rows(whole) if change.cancelled or change.finished else (),
        tasks=[task_row(task, ring) for task in {task.id: task for task in change.tasks}.values()],
        signals=[_signal_row(one, ring) for one in change.signals],
    )


def _event_rows(whole: _Command) -> list[Values]:
    """One row for each run of events under one key: a command is mostly one row."""
    change = whole.change
    rows: list[Values] = []
    if not change.events:
        return rows
    before = change.base.head if change.base else b""
    action = change.action or str(change.events[0].get("type", ""))
    first, known = whole.before + 1, (change.journey, second_of(whole.at))
    for key, run in _runs(change, whole.ring):
        last = first + len(run) - 1
        sealed = key.seal(f"event:{first}", run, known, change.command_id)
        audit = (str(last), str(whole.at), change.actor, action, change.channel)
        before = link(before, first, audit, key.number, sealed)
        rows.append(
            {
                "tenant_id": change.tenant,
                "journey": whole.journey,
                "seq": first,
                "upto": last,
                "at": whole.at,
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
        yield ring.own, list(change.events)
        return
    keys = [ring.of_class(keep) or ring.own for keep in change.keep]
    keys += [ring.own] * (len(change.events) - len(keys))
    for key, run in groupby(zip(keys, change.events, strict=False), key=itemgetter(0)):
        yield key, [event for _, event in run]


def _snapshot(whole: _Command) -> Any:
    """The snapshot as it is sealed: what goes sooner stands in it sealed already."""
    change, ring = whole.change, whole.ring
    if not change.parts:
        return change.snapshot
    field = f"part:{whole.version}"
    keys = ((ring.of_class(keep) or ring.own, part) for keep, part in change.parts.items())
    return {**change.snapshot, PARTS: [[key.number, b64encode(key.seal(field, part)).decode()] for key, part in keys]}


def _journey_row(whole: _Command, head: bytes) -> Values:
    change, base = whole.change, whole.change.base
    reference = base.reference if base else change.reference
    known = (change.journey, "", change.flow_version, reference)
    return {
        "tenant_id": change.tenant,
        "id": whole.journey,
        "reference": reference,
        "secret_hash": base.secret_hash if base else change.secret_hash,
        "flow": change.flow,
        "flow_version": change.flow_version,
        "version": whole.version,
        "open": int(change.open),
        "started_at": micros(base.started_at) if base else whole.at,
        "changed_at": whole.at,
        "retain_until": micros(change.retain_until) if change.retain_until else None,
        "key_no": whole.own.number,
        "head": head,
        "snapshot": whole.own.seal(f"snapshot:{whole.version}", _snapshot(whole), known),
    }


def _command_row(whole: _Command) -> Values:
    change, reply = whole.change, whole.change.reply
    said = [reply.status, reply.body, dict(reply.headers)]
    return {
        "tenant_id": change.tenant,
        "id": id_bytes(change.command_id),
        "journey": whole.journey,
        "at": whole.at,
        "body_hash": None,
        "key_no": whole.own.number,
        "reply": whole.own.seal(told(change.command_id, change.body_hash), said, (change.journey,)),
    }


def _job_rows(whole: _Command) -> list[Values]:
    """Effects, and timers; a clock that is set twice in one change keeps its last setting."""
    latest: dict[str, Timer] = {timer.clock: timer for timer in whole.change.timers}
    return [
        *(_effect_row(whole, effect) for effect in whole.change.effects),
        *(_timer_row(whole, timer) for timer in latest.values()),
    ]


def _effect_row(whole: _Command, effect: Effect) -> Values:
    sealed = whole.own.seal(f"job:{effect.key}", effect.payload)
    return _job_row(whole, key=id_bytes(effect.key), kind=effect.kind, run_at=micros(effect.run_at), sealed=sealed)


def _timer_row(whole: _Command, timer: Timer) -> Values:
    return _job_row(
        whole,
        key=id_bytes(timer_key(timer.clock)),
        kind=TIMER,
        clock=timer.clock,
        entry=timer.entry,
        run_at=micros(timer.run_at),
        sealed=b"",
    )


def _job_row(whole: _Command, **own: Any) -> Values:
    return {
        "tenant_id": whole.change.tenant,
        "journey": whole.journey,
        "clock": "",
        "entry": 0,
        "wake_at": own["run_at"],
        "attempts": 0,
        "lease": "",
        "exhausted": 0,
        "reason": "",
        "key_no": whole.own.number,
        **own,
    }


def _ended_rows(whole: _Command) -> Sequence[Values]:
    keys = chain(map(timer_key, whole.change.cancelled), whole.change.finished)
    return [{"tenant_id": whole.change.tenant, "journey": whole.journey, "key": id_bytes(key)} for key in keys]


def task_row(task: Task, ring: Ring) -> Values:
    key = ring.of_class(task.keep) or ring.own
    return {
        "tenant_id": task.tenant,
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
        "tenant_id": signal.tenant,
        "id": signal.id,
        "journey": signal.journey,
        "flow": signal.flow,
        "flow_version": signal.flow_version,
        "step": signal.step,
        "at": micros(signal.at),
        "key_no": ring.own.number,
        "sealed": ring.own.seal(f"signal:{signal.id}", signal.text),
    }
