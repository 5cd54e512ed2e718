"""Alembic's folder: one file a step in `versions/`, PostgreSQL's own parts beside them as SQL."""
