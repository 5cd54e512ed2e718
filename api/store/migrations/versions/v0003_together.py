"""Answers together. It made functions; step 0005 makes all functions of the newest schema, and drops what was there."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Nothing in the tables changes."""
