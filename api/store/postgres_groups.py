"""The arguments of `commit_answers` (`migrations/versions/v0003_together.sql`): the rows of many commands as columns.

    commands    a value in every column for each
    events      the same, and `n`: whose they are, 1 for the first command
    ended jobs  `n` and key;  jobs that are set: `n` and their columns

Numbers go as text (`{1,2,NULL}`) and are cast in the statement: asyncpg asks of every number in a list whether it is a
list itself, 2 µs each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from api.store.database import CommandRows

NUMBER, SMALL, LARGE, TEXT, BYTES = "integer", "smallint", "bigint", "text", "bytea"
COMMAND = (TEXT, NUMBER, NUMBER, TEXT, TEXT, SMALL, LARGE, LARGE, SMALL, BYTES, BYTES, TEXT, BYTES, BYTES)
EVENT = (NUMBER, NUMBER, NUMBER, TEXT, TEXT, TEXT, SMALL, BYTES, BYTES)
JOBS = (NUMBER, TEXT, NUMBER, TEXT, TEXT, TEXT, NUMBER, LARGE, SMALL, BYTES)
AS_THEY_ARE = (TEXT, BYTES)


def _call(kinds: Sequence[str]) -> str:
    given = [f"${n}" if kind in AS_THEY_ARE else f"${n}::text::{kind}[]" for n, kind in enumerate(kinds, start=2)]
    return f"SELECT commit_answers($1, {', '.join(given)})"


TOGETHER = _call([*COMMAND, *EVENT])
TOGETHER_WITH_JOBS = _call([*COMMAND, *EVENT, *JOBS])


def fits(rows: CommandRows) -> bool:
    """Whether this command may go with others: its journey is there, and no task or signal comes with it."""
    return bool(rows.base) and not (rows.tasks or rows.signals)


def call(asked: Sequence[CommandRows]) -> tuple[str, list[Any]]:
    """The statement, and its arguments after the tenant."""
    if any(rows.jobs or rows.ended for rows in asked):
        return TOGETHER_WITH_JOBS, [*_commands(asked), *_events(asked), *_jobs(asked)]
    return TOGETHER, [*_commands(asked), *_events(asked)]


def _commands(asked: Sequence[CommandRows]) -> list[Any]:
    journeys = [rows.journey for rows in asked]
    return [
        [row["id"] for row in journeys],
        _numbers(rows.base for rows in asked),
        _numbers(row["version"] for row in journeys),
        [row["flow"] for row in journeys],
        [row["flow_version"] for row in journeys],
        *(_numbers(row[name] for row in journeys) for name in ("open", "changed_at", "retain_until", "key_no")),
        [row["head"] for row in journeys],
        [row["snapshot"] for row in journeys],
        *([rows.command[name] for rows in asked] for name in ("id", "body_hash", "reply")),
    ]


def _events(asked: Sequence[CommandRows]) -> list[Any]:
    events = [row for rows in asked for row in rows.events]
    return [
        _numbers(n for n, rows in enumerate(asked, start=1) for _ in rows.events),
        _numbers(row["seq"] for row in events),
        _numbers(row["upto"] for row in events),
        *([row[name] for row in events] for name in ("actor", "action", "channel")),
        _numbers(row["key_no"] for row in events),
        [row["chain"] for row in events],
        [row["sealed"] for row in events],
    ]


def _jobs(asked: Sequence[CommandRows]) -> list[Any]:
    jobs = [row for rows in asked for row in rows.jobs]
    return [
        _numbers(n for n, rows in enumerate(asked, start=1) for _ in rows.ended),
        [row["key"] for rows in asked for row in rows.ended],
        _numbers(n for n, rows in enumerate(asked, start=1) for _ in rows.jobs),
        *([row[name] for row in jobs] for name in ("key", "kind", "clock")),
        *(_numbers(row[name] for row in jobs) for name in ("entry", "run_at", "key_no")),
        [row["sealed"] for row in jobs],
    ]


def _numbers(column: Iterable[int | None]) -> str:
    """A list of whole numbers as PostgreSQL writes it."""
    return "{" + ",".join(["NULL" if number is None else str(number) for number in column]) + "}"
