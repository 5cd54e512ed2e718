"""Run by alembic on the connection that `api.store.migrate` hands over; nothing else starts it."""

from __future__ import annotations

from alembic import context

from api.store.tables import metadata

connection = context.config.attributes.get("connection")
if connection is None:  # PostgreSQL: the steps as text, which `api.store.upgrade` runs over asyncpg
    context.configure(dialect_name="postgresql", target_metadata=metadata, literal_binds=True)
else:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
