"""The column that says whose a row is has one name everywhere: `tenant_id`.

No row changes its meaning or its bytes. PostgreSQL carries policies and indexes along with a column; its functions are
made anew. A server of the version before cannot read these tables: stop the last of them first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from alembic import op

revision = "0007"
down_revision = "0006"

TABLES = (
    "command",
    "erasure",
    "event",
    "job",
    "journey",
    "look",
    "published_flow",
    "resume_code",
    "session",
    "signal",
    "task",
    "upload",
)
UNIQUE = ("reference", "secret_hash")
FUNCTIONS = ("load_journey", "load_journeys", "commit_command", "commit_answers", "commit_commands")
MADE_BEFORE = ("v0005_bytes_after.sql", "v0006_starts.sql")


def upgrade() -> None:
    """`tenant` becomes `tenant_id` in every table."""
    _rename("tenant", "tenant_id", ("v0007_tenant_id.sql",))


def downgrade() -> None:
    """The name and the functions of before."""
    _rename("tenant_id", "tenant", MADE_BEFORE)


def _rename(now: str, then: str, scripts: tuple[str, ...]) -> None:
    on_postgres = op.get_context().dialect.name == "postgresql"
    if not on_postgres:
        _ready()
    for table in TABLES:
        op.execute(f'ALTER TABLE "{table}" RENAME COLUMN {now} TO {then}')
    if not on_postgres:
        _make_anew("journey", f"uq_journey_{now}_", f"uq_journey_{then}_")
        return
    for column in UNIQUE:
        op.execute(f"ALTER TABLE journey RENAME CONSTRAINT uq_journey_{now}_{column} TO uq_journey_{then}_{column}")
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION IF EXISTS {name}")
    for statement in _functions(scripts):
        op.execute(statement)


def _functions(scripts: tuple[str, ...]) -> Iterator[str]:
    """What makes the functions, of scripts that hold other steps too."""
    for name in scripts:
        for statement in Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n----\n"):
            if re.search("^CREATE (OR REPLACE )?FUNCTION", statement, re.MULTILINE):
                yield statement


def _ready() -> None:
    """SQLite's driver begins no transaction for a change of the schema: all of this, or nothing."""
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    if not driver.in_transaction:
        op.execute("BEGIN IMMEDIATE")


def _make_anew(table: str, now: str, then: str) -> None:
    """SQLite renames no constraint: make the table beside the old one, copy, make its indexes again."""
    bind = op.get_bind()
    about = f"FROM sqlite_master WHERE tbl_name = '{table}' AND sql IS NOT NULL AND type ="
    made = bind.exec_driver_sql(f"SELECT sql {about} 'table'").scalar_one()
    indexes = bind.exec_driver_sql(f"SELECT name, sql {about} 'index'").all()
    for name, _ in indexes:
        op.execute(f"DROP INDEX {name}")
    op.rename_table(table, f"older_{table}")
    op.execute(made.replace(now, then))
    op.execute(f"INSERT INTO {table} SELECT * FROM older_{table}")  # noqa: S608
    op.drop_table(f"older_{table}")
    for _, index in indexes:
        op.execute(index)
