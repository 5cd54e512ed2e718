"""The store's port: what the service may ask of a durable store, and the frozen values it speaks in.

Two adapters keep it: `api.store.sqlite` (embedded) and `api.store.postgres` (production); one contract
test runs on both. Called by `api.service`, `api.timers` and the doors; it knows no flow and no rule.

One command of a journey is two calls:

    stored = await store.load(tenant, journey, command_id, body_hash)   # state, and the reply if it ran before
    answer = await store.commit(Change(base=stored, ...))      # Committed | Conflict | Replayed

`commit` writes events, snapshot, reply, audit line, tasks, effects and timers in ONE transaction, and
returns only after it is durable. What decides, in this order:

    command id known, same body      Replayed(reply as it was)       nothing is written
    command id known, other body     KeyReused                       nothing is written  (HTTP 422)
    journey moved on since `base`    Conflict(current version)       nothing is written  (HTTP 412)
    otherwise                        Committed(version)

Times are aware UTC datetimes; the caller supplies them (`api.clock`). Ids are text made by the caller.
Any call may raise StoreUnavailable (HTTP 503 with Retry-After). Everything that can hold personal values
(events, snapshot, reply, payloads, reasons) is sealed before it reaches a disk: `api.store.seal`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol

from api.store.errors import KeyReused, StoreRefused, StoreUnavailable
from api.store.lists import (
    Audited,
    FlowRow,
    Job,
    JourneyRow,
    ResumeCode,
    Resumption,
    Session,
    Signal,
    Task,
    TaskPage,
    TaskQuery,
    Upload,
)

__all__ = [
    "Audited",
    "Change",
    "Committed",
    "Conflict",
    "Effect",
    "FlowRow",
    "Job",
    "JourneyRow",
    "KeyReused",
    "Replayed",
    "Reply",
    "ResumeCode",
    "Resumption",
    "Session",
    "Signal",
    "Store",
    "StoreRefused",
    "StoreUnavailable",
    "Stored",
    "Task",
    "TaskPage",
    "TaskQuery",
    "Timer",
    "Upload",
]

Json = Any  # a JSON value: None, bool, int, float, str, list, dict
NO_PARTS: Mapping[str, Mapping[str, Mapping[str, Json]]] = MappingProxyType({})
NO_HEADERS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reply:
    """What the caller was told, kept for the command id. Keep `body` small: it is stored once per command."""

    status: int
    body: Json
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)


@dataclass(slots=True)
class Stored:
    """A journey as it is kept. `version` is the seq of its last event, and the ETag. Nobody alters it.

    `replayed` is the reply of the command id given to `load`, when that command ran before.
    `head` is the last link of the chain over the sealed events; it belongs to the store.
    """

    tenant: str
    journey: str
    version: int
    reference: str
    secret_hash: bytes
    flow: str
    flow_version: str
    snapshot: Json
    open: bool
    started_at: datetime
    changed_at: datetime
    replayed: Reply | None = None
    head: bytes = b""


@dataclass(frozen=True, slots=True)
class Effect:
    """An outbox row: do `kind` with `payload`, not before `run_at`; `key` is the effect's stable identity."""

    key: str
    kind: str
    payload: Json
    run_at: datetime


@dataclass(frozen=True, slots=True)
class Timer:
    """A clock that runs out at `run_at`. A newer timer of the same `clock` replaces this one."""

    clock: str
    entry: int
    run_at: datetime


@dataclass(slots=True)
class Change:
    """All that one command writes, in one transaction. Nobody alters it; frozen it would take three times as long to
    make, for every command.

    `base` is what the change was computed on; None makes the journey, and then `reference` and
    `secret_hash` are needed (both are unique within the tenant). `events` are JSON objects in order; they get
    the seqs `base.version + 1` and on. `keep` names, event by event, the retention class whose key
    seals it ("" is the dossier's own); leave it empty when all events live as long as the dossier.
    `parts` is what belongs in the snapshot per class: it is sealed with that class's key and merged into the
    snapshot again when it is read, as long as the key is there. `fresh_keys`: a class may have ended elsewhere.
    `tasks` are inserted or replaced by id. `cancelled` names clocks to stop, `finished` keys of jobs
    that this commit completes. `actor`, `action` and `channel` make the audit line.
    """

    tenant: str
    journey: str
    command_id: str
    body_hash: bytes
    at: datetime
    base: Stored | None
    events: Sequence[Mapping[str, Json]]
    snapshot: Json
    flow: str
    flow_version: str
    reply: Reply
    reference: str = ""
    secret_hash: bytes = b""
    open: bool = True
    retain_until: datetime | None = None
    keep: Sequence[str] = ()
    parts: Mapping[str, Mapping[str, Mapping[str, Json]]] = field(default_factory=lambda: NO_PARTS)
    fresh_keys: bool = False
    tasks: Sequence[Task] = ()
    effects: Sequence[Effect] = ()
    timers: Sequence[Timer] = ()
    cancelled: Sequence[str] = ()
    finished: Sequence[str] = ()
    signals: Sequence[Signal] = ()
    actor: str = ""
    action: str = ""
    channel: str = ""

    @property
    def expected_version(self) -> int:
        """The version the journey must still have; 0 when this change makes it."""
        return self.base.version if self.base else 0

    @property
    def version(self) -> int:
        """The version after this change."""
        return self.expected_version + len(self.events)


@dataclass(frozen=True, slots=True)
class Committed:
    """The change is durable. `head` is now the last link of the chain (`Stored.head`)."""

    version: int
    head: bytes = field(default=b"", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else was first. `version` is the current one; 0 when the journey is not there."""

    version: int


@dataclass(frozen=True, slots=True)
class Replayed:
    """This very command ran before; this is what was said then."""

    reply: Reply


class Journeys(Protocol):
    """Journeys and their commands. "Not there", "of another tenant" and "erased" all read as None."""

    async def load(self, tenant: str, journey: str, command_id: str = "", body_hash: bytes = b"") -> Stored | None:
        """The journey, and in `replayed` the reply of this command when it ran before.

        Raise KeyReused when the command id was used with another body.
        """
        ...

    async def commit(self, change: Change) -> Committed | Conflict | Replayed:
        """Raise KeyReused when the command id was used with another body."""
        ...

    async def reply(self, tenant: str, command_id: str, body_hash: bytes) -> Reply | None:
        """What was said to this command. Raise KeyReused when it had another body."""
        ...

    async def events(self, tenant: str, journey: str) -> list[dict[str, Json]]:
        """All events in order; one whose retention key is gone reads `{"type": "Erased", "seq": n}`."""
        ...

    async def by_secret(self, tenant: str, secret_hash: bytes) -> str | None: ...

    async def by_reference(self, tenant: str, reference: str) -> str | None:
        """The journey's id, for workers only: a reference never opens anything by itself."""
        ...

    async def journeys(
        self, tenant: str, flow: str, version: str = "", after: str = "", limit: int = 100
    ) -> list[JourneyRow]:
        """Running journeys of a flow (of one version), by id: what `migrate` walks through."""
        ...


class Access(Protocol):
    """Resume codes and workers' sessions: stored hashed, expiring, revocable."""

    async def put_code(self, code: ResumeCode) -> None:
        """Replaces an earlier code with the same handle."""
        ...

    async def redeem(self, tenant: str, handle: str, code_hash: bytes, now: datetime) -> Resumption:
        """Every try is counted, right or wrong; a wrong one costs a try, the last one burns the code."""
        ...

    async def put_session(self, session: Session) -> None: ...

    async def session(self, tenant: str, token_hash: bytes, now: datetime) -> Session | None: ...

    async def end_session(self, tenant: str, token_hash: bytes) -> None: ...


class Work(Protocol):
    """The worklist, and the jobs (effects and timers) that are due."""

    async def tasks(self, query: TaskQuery) -> TaskPage: ...

    async def count_tasks(self, query: TaskQuery, most: int) -> int:
        """How many tasks the query leaves on all its pages together; counting stops at `most`."""
        ...

    async def task(self, tenant: str, task: str) -> Task | None: ...

    async def signals(self, tenant: str, flow: str, limit: int = 100) -> list[Signal]: ...

    async def lease(self, now: datetime, limit: int, lease_for: float) -> list[Job]:
        """Due jobs of all tenants, for this caller alone during `lease_for` seconds; oldest first."""
        ...

    async def done(self, job: Job) -> None:
        """The job is carried out: away with it, unless its lease was lost or the timer was set anew."""
        ...

    async def finish(self, jobs: Sequence[Job]) -> None:
        """`done` for many, in one write for each tenant."""
        ...

    async def retry(self, job: Job, run_at: datetime, reason: str = "") -> None: ...

    async def exhaust(self, job: Job, reason: str) -> None:
        """Give up: the job is kept for people to see and is leased no more."""
        ...

    async def exhausted(self, tenant: str, limit: int = 100) -> list[Job]: ...


class Flows(Protocol):
    """Published flows: immutable, named by their content hash."""

    async def publish_flow(self, flow: FlowRow) -> None:
        """The newest publication of a slug is its current one; the same version may be published again."""
        ...

    async def flow(self, tenant: str, version: str) -> FlowRow | None: ...

    async def flows(self, tenant: str) -> list[FlowRow]:
        """The current version of every slug."""
        ...


class Uploads(Protocol):
    """What was sent in. Sealed with the dossier, erased with it; loose until an answer speaks of it."""

    async def put_upload(self, upload: Upload) -> None:
        """The same id again keeps what is there."""
        ...

    async def upload(self, tenant: str, journey: str, upload: str) -> Upload | None: ...

    async def uploads(self, tenant: str, journey: str) -> list[Upload]:
        """All of a journey, oldest first, without their content."""
        ...

    async def attach(self, tenant: str, journey: str, upload: str, keep: str = "") -> bool:
        """An answer is about to speak of it, of this retention class. False: it is not there."""
        ...

    async def drop_loose(self, before: datetime, limit: int = 100) -> int:
        """Take away what was sent in before this moment and never became an answer, of all tenants."""
        ...


class Ending(Protocol):
    """Erasure and retention. Erasing destroys the key; nothing sealed with it can be read again."""

    async def erase(self, tenant: str, journey: str, at: datetime, by: str, why: str) -> bool:
        """Destroy the dossier's keys, take away its rows, leave a destruction record. False: not there."""
        ...

    async def erase_class(self, tenant: str, journey: str, keep: str) -> None:
        """Destroy the key of one retention class: its events read `Erased`, its facts and files are gone."""
        ...

    async def expired(self, now: datetime, limit: int = 100) -> list[JourneyRow]:
        """Journeys of all tenants whose retention has run out."""
        ...

    async def forget_replies(self, before: datetime, limit: int = 1000) -> int:
        """Drop the stored replies of commands older than `before`; the audit lines stay."""
        ...

    async def audit(self, tenant: str, journey: str) -> list[Audited]:
        """Who did what in this journey, from the command rows and the look-ups."""
        ...

    async def looked(self, line: Audited) -> None:
        """A worker looked into a journey without changing it."""
        ...


class Store(Journeys, Access, Work, Flows, Uploads, Ending, Protocol):
    """The whole store."""

    async def open(self) -> None:
        """Connect and check. Raise StoreRefused, one sentence, when it cannot be used as it is set up."""
        ...

    async def close(self) -> None:
        """Finish what was accepted, then let go."""
        ...

    async def ping(self) -> None:
        """Return when the store answers; raise StoreUnavailable when it does not."""
        ...
