"""Answers that set or stop clocks, or whose events have several keys, go together too (PostgreSQL)."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Nothing in the tables changes."""
    if op.get_context().dialect.name == "postgresql":
        for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n----\n"):
            op.execute(statement)
