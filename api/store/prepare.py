"""Statements are built from the tables once, at import, and run as text: 6 times cheaper than a session.

`prepare` compiles a SQLAlchemy Core statement for both engines. SQLite takes `:name`, PostgreSQL `$1`.
Measured here: driver 13 µs, prebuilt Core 87 µs, SQLModel session 543 µs for select + update + insert.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, Compiled, LargeBinary
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import asyncpg

from api.store.ids import id_bytes

_SQLITE = sqlite.dialect(paramstyle="named")
_POSTGRES = asyncpg.dialect()  # type: ignore[no-untyped-call]
assert isinstance(_POSTGRES, postgresql.base.PGDialect)


class Id(LargeBinary):
    """An identity, as `api.store.ids` writes it. The type of a column, and of what is compared with it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One statement for both engines. `order` names PostgreSQL's arguments; the `fixed` ones are built in, `ids` are
    identities: whoever gives them as text has them turned into bytes here."""

    sqlite: str
    fixed_sqlite: Mapping[str, Any]
    postgres: str
    fixed_postgres: Mapping[str, Any]
    order: tuple[str, ...]
    ids: frozenset[str] = frozenset()

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """PostgreSQL's positional arguments."""
        given = {**self.fixed_postgres, **values} if self.fixed_postgres else values
        return [_as_kept(given[name]) if name in self.ids else given[name] for name in self.order]

    def named(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """SQLite's named arguments."""
        if not self.fixed_sqlite and not self.ids:
            return values
        kept = {name: _as_kept(values[name]) for name in self.ids}
        return {**self.fixed_sqlite, **values, **kept}


def _as_kept(identity: str | bytes) -> bytes:
    return id_bytes(identity) if isinstance(identity, str) else identity


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
        ids=frozenset(name for name, bind in text.binds.items() if isinstance(bind.type, Id)),  # type: ignore[attr-defined]
    )


def _built_in(compiled: Compiled) -> dict[str, Any]:
    return {name: value for name, value in compiled.params.items() if value is not None}
