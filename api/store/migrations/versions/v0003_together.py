"""Answers together: on PostgreSQL two functions that load and commit many journeys of a tenant in one trip."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing in the tables changes."""
    if op.get_context().dialect.name == "postgresql":
        for statement in Path(__file__).with_suffix(".sql").read_text(encoding="utf-8").split("\n----\n"):
            op.execute(statement)
