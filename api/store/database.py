"""What the store asks of an engine: read rows, write rows in one transaction, load and commit a journey.

`api.store.sqlite` and `api.store.postgres` keep this port; the parts of the store (`api.store.parts`)
speak only to it, so that every rule of the store is written once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from api.store.prepare import Prepared

EVERY_TENANT = ""  # sweeps (leases, retention) look over all tenants; nothing else may


class Row(Protocol):
    """A row of either driver: values by column name."""

    def __getitem__(self, name: str, /) -> Any: ...


Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CommandRows:
    """The rows of one command, sealed. `base` is 0 for a new journey; each dict names all columns."""

    base: int
    journey: Values
    command: Values
    events: Sequence[Values]
    jobs: Sequence[Values] = ()
    ended: Sequence[Values] = ()
    tasks: Sequence[Values] = ()
    signals: Sequence[Values] = ()


UNWRITABLE = (TypeError, ValueError)  # no JSON; text that has no bytes


class Command(Protocol):
    """A command on its way to be written."""

    tenant: str

    def rows(self) -> CommandRows:
        """Sealed and chained; made when first asked for. Raise UNWRITABLE."""
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """`command` is the row of a command that ran before; else `version` is the current one, 0 for none."""

    committed: bool
    version: int = 0
    command: Row | None = None


class Database(Protocol):
    """One engine with the tables of `api.store.tables`. Every call may raise StoreUnavailable."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def ping(self) -> None: ...

    async def read(self, tenant: str, statement: Prepared, values: Values) -> Sequence[Row]: ...

    async def write(self, tenant: str, steps: Sequence[tuple[Prepared, Values]]) -> Sequence[Sequence[Row]]:
        """All steps or none; each gives the rows that it returns."""
        ...

    async def load(self, tenant: str, journey: str, command_id: str) -> Row | None:
        """One row: the journey, joined with the command of that id."""
        ...

    async def commit(self, command: Command) -> Verdict:
        """Write all its rows if the journey still has version `base` and the command id is new."""
        ...
