"""The first schema. `api.store.tables` says what each table is for; a test compares the two.

A column is `name:kind`; kinds: text (default ''), plain (text without default), int, small, moment, bytes; `*` is
part of the key, `?` may be null.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TABLES = {
    "journey": "tenant:plain* id:plain* reference:text secret_hash:bytes flow:text flow_version:text version:int "
    "open:small started_at:moment changed_at:moment retain_until:moment? key_no:small head:bytes snapshot:bytes",
    "event": "tenant:plain* journey:plain* seq:int* upto:int at:moment actor:text action:text channel:text "
    "key_no:small chain:bytes sealed:bytes",
    "command": "tenant:plain* id:plain* journey:text at:moment body_hash:bytes key_no:small reply:bytes",
    "job": "tenant:plain* journey:plain* key:plain* kind:text clock:text entry:int run_at:moment wake_at:moment "
    "attempts:int lease:text exhausted:small reason:text key_no:small sealed:bytes",
    "task": "tenant:plain* id:plain* journey:text reference:text flow:text kind:text team:text skill:text rank:small "
    "due_at:moment opened_at:moment claimed_by:text status:small key_no:small sealed:bytes",
    "signal": "tenant:plain* id:plain* journey:text flow:text flow_version:text step:text at:moment key_no:small "
    "sealed:bytes",
    "resume_code": "tenant:plain* handle:plain* code_hash:bytes journey:text expires_at:moment tries:small uses:small",
    "session": "tenant:plain* token_hash:bytes* worker:text rights:text expires_at:moment",
    "look": "tenant:plain* journey:plain* at:moment* actor:plain* action:text channel:text",
    "erasure": "tenant:plain* journey:plain* at:moment actor:text why:text version:int head:bytes",
    "published_flow": "tenant:plain* version:plain* slug:text source:plain published_at:moment published_by:text",
}
CLUSTERED = ("journey", "event", "command")
UNIQUE = (("journey", ("tenant", "reference")), ("journey", ("tenant", "secret_hash")))
INDEXES = (
    ("ix_job_due", "job", ("wake_at",), "exhausted = 0"),
    ("ix_journey_retain_until", "journey", ("retain_until",), "retain_until IS NOT NULL"),
    ("ix_resume_code_journey", "resume_code", ("tenant", "journey"), ""),
    ("ix_signal_flow", "signal", ("tenant", "flow", "at"), ""),
    ("ix_task_journey", "task", ("tenant", "journey"), ""),
    ("ix_task_open", "task", ("tenant", "rank", "due_at", "id"), "status = 0"),
    ("ix_task_team", "task", ("tenant", "team", "rank", "due_at", "id"), "status = 0"),
)
KINDS = {
    "text": sa.Text,
    "plain": sa.Text,
    "int": sa.Integer,
    "small": sa.SmallInteger,
    "moment": sa.BigInteger,
    "bytes": sa.LargeBinary,
}


def upgrade() -> None:
    """Make every table; on PostgreSQL also its functions and row-level security."""
    for name, columns in TABLES.items():
        _table(name, [word.partition(":") for word in columns.split()])
    for name, table, columns_of, where in INDEXES:
        condition = sa.text(where) if where else None
        op.create_index(name, table, list(columns_of), sqlite_where=condition, postgresql_where=condition)
    if op.get_context().dialect.name == "postgresql":
        op.create_index("ix_command_at", "command", ["at"], postgresql_using="brin")
        for name in TABLES:
            _fence(name)
        for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n----\n"):
            op.execute(statement)


def _table(name: str, columns: list[tuple[str, str, str]]) -> None:
    keys = [column for column, _, kind in columns if kind.endswith("*")]
    unique = [
        sa.UniqueConstraint(*those, name=f"uq_{table}_{'_'.join(those)}") for table, those in UNIQUE if table == name
    ]
    op.create_table(
        name,
        *(_column(column, kind) for column, _, kind in columns),
        sa.PrimaryKeyConstraint(*keys, name=f"pk_{name}"),
        *unique,
        **({"sqlite_with_rowid": False} if name in CLUSTERED else {}),
    )


def _fence(name: str) -> None:
    """Row-level security, forced: without a tenant no row is seen or written, by the owner either."""
    own = "tenant = current_setting('app.tenant', true)"
    op.execute(f'ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY')
    op.execute(f'ALTER TABLE "{name}" FORCE ROW LEVEL SECURITY')
    op.execute(f'CREATE POLICY own_tenant ON "{name}" USING ({own}) WITH CHECK ({own})')


def _column(name: str, kind: str) -> sa.Column[object]:
    plain = kind.rstrip("*?")
    default = "" if plain == "text" else None
    return sa.Column(name, KINDS[plain](), nullable=kind.endswith("?"), server_default=default, autoincrement=False)
