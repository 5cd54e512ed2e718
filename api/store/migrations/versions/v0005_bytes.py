"""Identities as bytes, replies bound to what they answered, and the functions of PostgreSQL that load and commit.

A UUID is 16 bytes instead of 36 letters, in every row and index (`api.store.ids`). The two tables that get a row for
every answer are made anew, numbers first, so that PostgreSQL leaves no room between columns.
"""

from __future__ import annotations

import re
from pathlib import Path

import sqlalchemy as sa
from alembic import op

from api.store.ids import SQL, id_bytes

revision = "0005"
down_revision = "0004"

IN_PLACE = {"journey": ("id",), "job": ("journey", "key"), "task": ("id", "journey")}
ANEW = {
    "event": "at:moment seq:int upto:int key_no:small tenant:text journey:bytes actor:word action:word channel:word "
    "chain:bytes sealed:bytes",
    "command": "at:moment key_no:small tenant:text id:bytes journey:bytes body_hash:bytes? reply:bytes",
}
KEYS = {"event": ("tenant", "journey", "seq"), "command": ("tenant", "id")}
IDS = ("id", "journey")
KINDS = {
    "text": sa.Text,
    "word": sa.Text,
    "int": sa.Integer,
    "small": sa.SmallInteger,
    "moment": sa.BigInteger,
    "bytes": sa.LargeBinary,
}


def upgrade() -> None:
    """Every row is written anew, with the same meaning; what is sealed stays as it is."""
    on_postgres = op.get_context().dialect.name == "postgresql"
    if on_postgres:
        op.execute(SQL)
        _run("before")
    else:
        _ready()
        for table, ids in IN_PLACE.items():
            _move(table, ids)
    for table, columns in ANEW.items():
        op.rename_table(table, f"older_{table}")
        if on_postgres:
            op.drop_constraint(f"pk_{table}", f"older_{table}")
        _make(table, columns, () if on_postgres and table == "event" else KEYS[table])
        _copy(table, [word.partition(":")[0] for word in columns.split()], IDS)
    if on_postgres:
        _run("after")
    for table in ANEW:
        op.drop_table(f"older_{table}")


def _run(part: str) -> None:
    """The part of the script that only PostgreSQL needs."""
    script = Path(__file__).with_name(f"v0005_bytes_{part}.sql").read_text(encoding="utf-8")
    for statement in script.split("\n----\n"):
        op.execute(statement)


def _make(table: str, columns: str, key: tuple[str, ...]) -> None:
    made = []
    for name, _, kind in (word.partition(":") for word in columns.split()):
        default = "" if kind == "word" else None
        made.append(sa.Column(name, KINDS[kind.rstrip("?")](), nullable=kind.endswith("?"), server_default=default))
    constraint = [sa.PrimaryKeyConstraint(*key, name=f"pk_{table}")] if key else []
    op.create_table(table, *made, *constraint, sqlite_with_rowid=False)


def _copy(table: str, names: list[str], ids: tuple[str, ...]) -> None:
    values = ", ".join(f"id_bytes({name})" if name in ids else name for name in names)
    op.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM older_{table}")  # noqa: S608


def _ready() -> None:
    """SQLite's driver begins no transaction for a change of the schema: all of this, or nothing."""
    driver = op.get_bind().connection.driver_connection
    assert driver is not None
    driver.create_function("id_bytes", 1, id_bytes, deterministic=True)
    if not driver.in_transaction:
        op.execute("BEGIN IMMEDIATE")


def _move(table: str, columns: tuple[str, ...]) -> None:
    """SQLite changes no column: make the table beside the old one, copy, make its indexes again."""
    bind = op.get_bind()
    about = f"FROM sqlite_master WHERE tbl_name = '{table}' AND sql IS NOT NULL AND type ="
    made = bind.exec_driver_sql(f"SELECT sql {about} 'table'").scalar_one()
    indexes = bind.exec_driver_sql(f"SELECT name, sql {about} 'index'").all()
    for column in columns:
        made = re.sub(rf"""(?<=\s)("?{column}"?) TEXT( DEFAULT '')? NOT NULL""", r"\1 BLOB NOT NULL", made, count=1)
    names = [row.name for row in bind.exec_driver_sql(f"PRAGMA table_info({table})")]
    for name, _ in indexes:
        op.execute(f"DROP INDEX {name}")
    op.rename_table(table, f"older_{table}")
    op.execute(made)
    _copy(table, names, columns)
    op.drop_table(f"older_{table}")
    for _, index in indexes:
        op.execute(index)
