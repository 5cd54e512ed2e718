"""Uploads: what citizens send in, sealed; its own policy lets the daily sweep take away what never became an answer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

SWEEPING = "current_setting('app.sweep', true) = 'on'"
OWN = "tenant = current_setting('app.tenant', true)"


def upgrade() -> None:
    """Make the table and its index; on PostgreSQL also row-level security."""
    op.create_table(
        "upload",
        *(sa.Column(name, sa.Text, nullable=False) for name in ("tenant", "journey", "id")),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("attached", sa.SmallInteger, nullable=False),
        sa.Column("key_no", sa.SmallInteger, nullable=False),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "journey", "id", name="pk_upload"),
    )
    loose = sa.text("attached = 0")
    op.create_index("ix_upload_loose", "upload", ["at"], sqlite_where=loose, postgresql_where=loose)
    if op.get_context().dialect.name == "postgresql":
        op.execute("ALTER TABLE upload ENABLE ROW LEVEL SECURITY")
        op.execute("ALTER TABLE upload FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_tenant ON upload USING ({OWN}) WITH CHECK ({OWN})")
        for doing in ("SELECT", "DELETE"):
            op.execute(f"CREATE POLICY loose_{doing.lower()} ON upload FOR {doing} USING ({SWEEPING} AND attached = 0)")
