"""Runs alembic inside this process. Imported only when a database needs a step: alembic takes half a second to load."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, exc
from sqlalchemy.pool import NullPool

from api.store.errors import StoreRefused

FOLDER = Path(__file__).parent / "migrations"


def upgrade(connection: Connection) -> None:
    """Run what is missing on this connection, inside its transaction."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def upgrade_sqlite(path: Path) -> None:
    """Bring the file to the newest schema."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    try:
        with engine.begin() as connection:
            upgrade(connection)
    except exc.OperationalError as locked:
        message = f"The database {path} is locked by another process; stop that one, or choose another folder."
        raise StoreRefused(message) from locked


def postgres_steps(at: str) -> str:
    """What a PostgreSQL database with schema `at` ("" is none) still needs, as one script without a transaction."""
    script = StringIO()
    config = Config(output_buffer=script)
    config.set_main_option("script_location", str(FOLDER))
    command.upgrade(config, f"{at}:head" if at else "head", sql=True)
    return script.getvalue().replace("BEGIN;", "", 1).rpartition("COMMIT;")[0]
