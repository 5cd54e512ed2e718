"""Over which channel a task's journey goes, so that the worklist can be narrowed to it.

Tasks from before have none until something happens in their journey again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """One column with a default: nothing is rewritten on either engine."""
    op.add_column("task", sa.Column("channel", sa.Text, nullable=False, server_default=""))
