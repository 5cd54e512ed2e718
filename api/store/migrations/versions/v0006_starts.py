"""Starts, and commands that make a task or a signal, go in groups like answers do: one more function on PostgreSQL,
and loads of a group find each journey by its key.

`commit_answers` stays for servers of the version before, until the last of them is replaced.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Nothing in the tables changes."""
    if op.get_context().dialect.name == "postgresql":
        for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n----\n"):
            op.execute(statement)
