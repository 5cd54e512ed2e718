"""The tables, the same on SQLite and PostgreSQL; also the metadata that alembic compares with.

    journey     one row a journey: version, sealed snapshot, head of the chain      key (tenant_id, id)
    event       append-only; sealed; chained                                        key (tenant_id, journey, seq)
    command     the idempotency row: body hash and sealed reply                     key (tenant_id, id)
    job         effects and timers still to be done                                 key (tenant_id, journey, key)
    task        the worklist                                                        key (tenant_id, id)
    signal      what people say goes wrong at a step                                key (tenant_id, id)
    upload      what was sent in, sealed                                        key (tenant_id, journey, id)
    resume_code session look erasure published_flow

House rules: every key begins with the tenant; no foreign keys over journeys, no global sequence, no
trigger, so that the schema can be spread over machines. Moments are whole microseconds since 1970 in UTC
(BIGINT), equal on both engines. `sealed`, `snapshot` and `reply` are ciphertext (`api.store.seal`),
`key_no` names the dossier's key that opens them. `secret_hash`, `code_hash`, `token_hash` are hashes.
The identities of what every answer writes are bytes (`Id`, `api.store.ids`); those of rarer rows are text.
These classes are never API models and are never instantiated: `table=True` does not validate.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

from api.store.prepare import Id

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = SQLModel.metadata
CLUSTERED = {"sqlite_with_rowid": False}  # the rows live in their key's own tree: no second copy of the key


def _key(kind: type[Text | Integer | LargeBinary | BigInteger] = Text) -> Column[object]:
    return Column(kind, primary_key=True, autoincrement=False)


def _text() -> Column[object]:
    return Column(Text, nullable=False, server_default="")


def _id() -> Column[object]:
    return Column(Id, nullable=False)


def _moment(nullable: bool = False) -> Column[object]:
    return Column(BigInteger, nullable=nullable)


def _bytes(nullable: bool = False) -> Column[object]:
    return Column(LargeBinary, nullable=nullable)


def _small() -> Column[object]:
    return Column(SmallInteger, nullable=False)


class JourneyTable(SQLModel, table=True):
    __tablename__ = "journey"
    __table_args__ = (
        UniqueConstraint("tenant_id", "reference"),
        UniqueConstraint("tenant_id", "secret_hash"),
        CLUSTERED,
    )
    tenant_id: str = Field(sa_column=_key())
    id: bytes = Field(sa_column=_key(Id))
    reference: str = Field(sa_column=_text())
    secret_hash: bytes = Field(sa_column=_bytes())
    flow: str = Field(sa_column=_text())
    flow_version: str = Field(sa_column=_text())
    version: int = Field(sa_column=Column(Integer, nullable=False))
    open: int = Field(sa_column=_small())
    started_at: int = Field(sa_column=_moment())
    changed_at: int = Field(sa_column=_moment())
    retain_until: int | None = Field(sa_column=_moment(nullable=True))
    key_no: int = Field(sa_column=_small())
    head: bytes = Field(sa_column=_bytes())
    snapshot: bytes = Field(sa_column=_bytes())


class EventTable(SQLModel, table=True):
    """The events of one command that share a key, in one row: those with seq `seq` to `upto`.

    `actor`, `action` and `channel` are the audit line: staff and deed, never the citizen's values. Numbers come first:
    PostgreSQL puts no room between them then, and this is the table that grows.
    """

    __tablename__ = "event"
    __table_args__ = (PrimaryKeyConstraint("tenant_id", "journey", "seq").ddl_if(dialect="sqlite"), CLUSTERED)
    at: int = Field(sa_column=_moment())
    seq: int = Field(sa_column=_key(Integer))
    upto: int = Field(sa_column=Column(Integer, nullable=False))
    key_no: int = Field(sa_column=_small())
    tenant_id: str = Field(sa_column=_key())
    journey: bytes = Field(sa_column=_key(Id))
    actor: str = Field(sa_column=_text())
    action: str = Field(sa_column=_text())
    channel: str = Field(sa_column=_text())
    chain: bytes = Field(sa_column=_bytes())
    sealed: bytes = Field(sa_column=_bytes())


class CommandTable(SQLModel, table=True):
    """`body_hash` stands in rows from before schema 0005 only: a reply is bound to it when it is sealed."""

    __tablename__ = "command"
    __table_args__ = (PrimaryKeyConstraint("tenant_id", "id"), CLUSTERED)
    at: int = Field(sa_column=_moment())
    key_no: int = Field(sa_column=_small())
    tenant_id: str = Field(sa_column=_key())
    id: bytes = Field(sa_column=_key(Id))
    journey: bytes = Field(sa_column=_id())
    body_hash: bytes | None = Field(sa_column=_bytes(nullable=True))
    reply: bytes = Field(sa_column=_bytes())


class JobTable(SQLModel, table=True):
    """`wake_at` is when anybody may take it next: `run_at` at first, the lease's end or the next try later."""

    __tablename__ = "job"
    tenant_id: str = Field(sa_column=_key())
    journey: bytes = Field(sa_column=_key(Id))
    key: bytes = Field(sa_column=_key(Id))
    kind: str = Field(sa_column=_text())
    clock: str = Field(sa_column=_text())
    entry: int = Field(sa_column=Column(Integer, nullable=False))
    run_at: int = Field(sa_column=_moment())
    wake_at: int = Field(sa_column=_moment())
    attempts: int = Field(sa_column=Column(Integer, nullable=False))
    lease: str = Field(sa_column=_text())
    exhausted: int = Field(sa_column=_small())
    reason: str = Field(sa_column=_text())
    key_no: int = Field(sa_column=_small())
    sealed: bytes = Field(sa_column=_bytes())


class TaskTable(SQLModel, table=True):
    __tablename__ = "task"
    tenant_id: str = Field(sa_column=_key())
    id: bytes = Field(sa_column=_key(Id))
    journey: bytes = Field(sa_column=_id())
    reference: str = Field(sa_column=_text())
    flow: str = Field(sa_column=_text())
    kind: str = Field(sa_column=_text())
    team: str = Field(sa_column=_text())
    skill: str = Field(sa_column=_text())
    rank: int = Field(sa_column=_small())
    due_at: int = Field(sa_column=_moment())
    opened_at: int = Field(sa_column=_moment())
    claimed_by: str = Field(sa_column=_text())
    status: int = Field(sa_column=_small())
    key_no: int = Field(sa_column=_small())
    sealed: bytes = Field(sa_column=_bytes())
    channel: str = Field(sa_column=_text())


class SignalTable(SQLModel, table=True):
    __tablename__ = "signal"
    tenant_id: str = Field(sa_column=_key())
    id: str = Field(sa_column=_key())
    journey: str = Field(sa_column=_text())
    flow: str = Field(sa_column=_text())
    flow_version: str = Field(sa_column=_text())
    step: str = Field(sa_column=_text())
    at: int = Field(sa_column=_moment())
    key_no: int = Field(sa_column=_small())
    sealed: bytes = Field(sa_column=_bytes())


class ResumeCodeTable(SQLModel, table=True):
    __tablename__ = "resume_code"
    tenant_id: str = Field(sa_column=_key())
    handle: str = Field(sa_column=_key())
    code_hash: bytes = Field(sa_column=_bytes())
    journey: str = Field(sa_column=_text())
    expires_at: int = Field(sa_column=_moment())
    tries: int = Field(sa_column=_small())
    uses: int = Field(sa_column=_small())


class UploadTable(SQLModel, table=True):
    """`sealed` is what it is called and is, `content` its bytes; `attached` 1 once an answer speaks of it."""

    __tablename__ = "upload"
    tenant_id: str = Field(sa_column=_key())
    journey: str = Field(sa_column=_key())
    id: str = Field(sa_column=_key())
    at: int = Field(sa_column=_moment())
    size: int = Field(sa_column=Column(Integer, nullable=False))
    attached: int = Field(sa_column=_small())
    key_no: int = Field(sa_column=_small())
    sealed: bytes = Field(sa_column=_bytes())
    content: bytes = Field(sa_column=_bytes())


class SessionTable(SQLModel, table=True):
    __tablename__ = "session"
    tenant_id: str = Field(sa_column=_key())
    token_hash: bytes = Field(sa_column=_key(LargeBinary))
    worker: str = Field(sa_column=_text())
    rights: str = Field(sa_column=_text())
    expires_at: int = Field(sa_column=_moment())


class LookTable(SQLModel, table=True):
    """A worker looked into a journey; append-only, as the events are."""

    __tablename__ = "look"
    tenant_id: str = Field(sa_column=_key())
    journey: str = Field(sa_column=_key())
    at: int = Field(sa_column=_key(BigInteger))
    actor: str = Field(sa_column=_key())
    action: str = Field(sa_column=_text())
    channel: str = Field(sa_column=_text())


class ErasureTable(SQLModel, table=True):
    """What remains of an erased dossier: that it was, how long its chain was, who ended it and why."""

    __tablename__ = "erasure"
    tenant_id: str = Field(sa_column=_key())
    journey: str = Field(sa_column=_key())
    at: int = Field(sa_column=_moment())
    actor: str = Field(sa_column=_text())
    why: str = Field(sa_column=_text())
    version: int = Field(sa_column=Column(Integer, nullable=False))
    head: bytes = Field(sa_column=_bytes())


class FlowTable(SQLModel, table=True):
    __tablename__ = "published_flow"
    tenant_id: str = Field(sa_column=_key())
    version: str = Field(sa_column=_key())
    slug: str = Field(sa_column=_text())
    source: str = Field(sa_column=Column(Text, nullable=False))
    published_at: int = Field(sa_column=_moment())
    published_by: str = Field(sa_column=_text())


def table(model: type[SQLModel]) -> Table:
    """The Core table behind a class, for the statements that are built once."""
    return model.__table__  # type: ignore[attr-defined,no-any-return]


journey, event, command, job, task, signal, resume_code, session, look, erasure, published_flow, upload = (
    table(model)
    for model in (
        JourneyTable,
        EventTable,
        CommandTable,
        JobTable,
        TaskTable,
        SignalTable,
        ResumeCodeTable,
        SessionTable,
        LookTable,
        ErasureTable,
        FlowTable,
        UploadTable,
    )
)


def _partial(name: str, *columns: object, where: object) -> Index:
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)  # type: ignore[arg-type]


TASK_OPEN, TASK_DONE = 0, 1
_partial("ix_task_team", task.c.tenant_id, task.c.team, task.c.rank, task.c.due_at, task.c.id, where=task.c.status == 0)
_partial("ix_task_open", task.c.tenant_id, task.c.rank, task.c.due_at, task.c.id, where=task.c.status == 0)
Index("ix_task_journey", task.c.tenant_id, task.c.journey)
# One entry a journey, not one an event. That a seq is used once is kept by the journey's version, which moves under the
# row's lock in the same statement; `verify` finds whatever was written past it.
Index("ix_event_journey", event.c.tenant_id, event.c.journey).ddl_if(dialect="postgresql")
_partial("ix_job_due", job.c.wake_at, where=job.c.exhausted == 0)
_partial("ix_journey_retain_until", journey.c.retain_until, where=journey.c.retain_until.is_not(None))
# Written in order of time, so a few pages on PostgreSQL; SQLite would pay 70 bytes a command for a sweep once a day.
Index("ix_command_at", command.c.at, postgresql_using="brin").ddl_if(dialect="postgresql")
Index("ix_resume_code_journey", resume_code.c.tenant_id, resume_code.c.journey)
_partial("ix_upload_loose", upload.c.at, where=upload.c.attached == 0)
Index("ix_signal_flow", signal.c.tenant_id, signal.c.flow, signal.c.at)
