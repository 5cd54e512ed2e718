"""The rows that the store lists besides the journey itself: tasks, jobs, flows, codes, sessions, signals, audit lines.

Frozen values, part of the port (`api.store.port` hands them on). Times are aware UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class TaskStatus(StrEnum):
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the worklist. `rank` sorts first (lower is sooner), then `due_at`, then `id`.

    `reason`, `fact` and `note` are sealed with the dossier, or with the class `keep` of the fact it is about; they
    read "" after erasure.
    `team` is who works on it ("" is everybody's), `skill` what it takes.
    """

    tenant: str
    id: str
    journey: str
    flow: str
    kind: str
    opened_at: datetime
    reason: str = ""
    team: str = ""
    skill: str = ""
    rank: int = 2
    due_at: datetime | None = None
    claimed_by: str = ""
    status: TaskStatus = TaskStatus.OPEN
    fact: str = ""
    reference: str = ""
    note: str = ""
    keep: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class TaskQuery:
    """A page of the worklist. `team=None` is every team; `after` is `TaskPage.next` of the page before.

    `claimed_by=None` does not look at claims, "" wants unclaimed tasks, a name that worker's tasks. Of `due_from` and
    `due_before` only the first is included; a task without a promise is in no such stretch. `channel` is the one
    over which the journey goes.
    """

    tenant: str
    team: str | None = None
    status: TaskStatus = TaskStatus.OPEN
    skill: str | None = None
    kind: str | None = None
    flow: str | None = None
    journey: str | None = None
    claimed_by: str | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None
    channel: str | None = None
    after: str = ""
    limit: int = 25


@dataclass(frozen=True, slots=True)
class TaskPage:
    """`next` is "" on the last page."""

    tasks: tuple[Task, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A leased effect or timer. A timer has `kind` "timer", and `clock` and `entry` set.

    `key` is stable over all tries: `command_id=key` makes what a job does happen once. `attempts`
    counts this try too. `payload` is None when the dossier was erased.
    """

    tenant: str
    journey: str
    key: str
    kind: str
    payload: Any
    run_at: datetime
    attempts: int
    lease: str = ""
    clock: str = ""
    entry: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JourneyRow:
    """A journey as a list shows it."""

    tenant: str
    journey: str
    reference: str
    flow: str
    flow_version: str
    version: int
    started_at: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A published flow. `version` is its content hash, `source` the text of the flow file."""

    tenant: str
    slug: str
    version: str
    source: str
    published_at: datetime
    published_by: str = ""


@dataclass(frozen=True, slots=True)
class ResumeCode:
    """A code with which a citizen goes on elsewhere. `handle` is its public half, the hash is of the secret half."""

    tenant: str
    handle: str
    code_hash: bytes
    journey: str
    expires_at: datetime
    tries: int = 5
    uses: int = 1


@dataclass(frozen=True, slots=True)
class Resumption:
    """`journey` is None when the code is wrong, used up, burnt, expired or unknown: callers need not say which."""

    journey: str | None
    tries_left: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """A worker's signed-in session, by the hash of its token."""

    tenant: str
    token_hash: bytes
    worker: str
    expires_at: datetime
    rights: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """What a citizen or worker said goes wrong at a step of a version. `text` is sealed; "" after erasure."""

    tenant: str
    id: str
    journey: str
    flow: str
    flow_version: str
    step: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Audited:
    """Who did what when. `version` is the seq of the first event of that deed; 0 for a look."""

    tenant: str
    journey: str
    at: datetime
    actor: str
    action: str
    channel: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Upload:
    """Something that was sent in. `kind` is its media type, `size` in bytes; `content` is empty in lists."""

    tenant: str
    journey: str
    id: str
    name: str
    kind: str
    size: int
    at: datetime
    content: bytes = b""
