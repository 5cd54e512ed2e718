"""The rows of many commands as columns: arguments of `commit_answers` (`migrations/versions/v0005_bytes_after.sql`).

    commands    a value in every column for each
    events      the same, and `n`: whose they are, 1 for the first command
    ended jobs  `n` and key;  jobs that are set: `n` and their columns

Numbers go as text (`{1,2,NULL}`) and are cast in the statement: asyncpg asks of every number in a list whether it is a
list itself, 2 µs each. Called by `api.store.postgres`; tests: tests/api/store/test_groups.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from api.store.database import CommandRows, Values

NUMBER, SMALL, LARGE, TEXT, BYTES = "integer", "smallint", "bigint", "text", "bytea"
JOURNEY = {
    "version": NUMBER,
    "flow": TEXT,
    "flow_version": TEXT,
    "open": SMALL,
    "changed_at": LARGE,
    "retain_until": LARGE,
    "key_no": SMALL,
    "head": BYTES,
    "snapshot": BYTES,
}
COMMAND = {"id": BYTES, "reply": BYTES}
EVENT = {
    "seq": NUMBER,
    "upto": NUMBER,
    "actor": TEXT,
    "action": TEXT,
    "channel": TEXT,
    "key_no": SMALL,
    "chain": BYTES,
    "sealed": BYTES,
}
ENDED = {"key": BYTES}
JOB = {"key": BYTES, "kind": TEXT, "clock": TEXT, "entry": NUMBER, "run_at": LARGE, "key_no": SMALL, "sealed": BYTES}
AS_THEY_ARE = (TEXT, BYTES)


def _call(kinds: Sequence[str]) -> str:
    given = [f"${n}" if kind in AS_THEY_ARE else f"${n}::text::{kind}[]" for n, kind in enumerate(kinds, start=2)]
    return f"SELECT commit_answers($1, {', '.join(given)})"


_ANSWERS = (BYTES, NUMBER, *JOURNEY.values(), *COMMAND.values(), NUMBER, *EVENT.values())
TOGETHER = _call(_ANSWERS)
TOGETHER_WITH_JOBS = _call((*_ANSWERS, NUMBER, *ENDED.values(), NUMBER, *JOB.values()))


def fits(rows: CommandRows) -> bool:
    """Whether this command may go with others: its journey is there, and no task or signal comes with it."""
    return bool(rows.base) and not (rows.tasks or rows.signals)


def call(asked: Sequence[CommandRows]) -> tuple[str, list[Any]]:
    """The statement, and its arguments after the tenant."""
    answers = [
        [rows.journey["id"] for rows in asked],
        _numbers(rows.base for rows in asked),
        *_columns([rows.journey for rows in asked], JOURNEY),
        *_columns([rows.command for rows in asked], COMMAND),
        *_whose([rows.events for rows in asked], EVENT),
    ]
    if not any(rows.jobs or rows.ended for rows in asked):
        return TOGETHER, answers
    ended, jobs = _whose([rows.ended for rows in asked], ENDED), _whose([rows.jobs for rows in asked], JOB)
    return TOGETHER_WITH_JOBS, [*answers, *ended, *jobs]


def _columns(rows: Sequence[Values], kinds: Mapping[str, str]) -> Iterator[Any]:
    for name, kind in kinds.items():
        column = [row[name] for row in rows]
        yield column if kind in AS_THEY_ARE else _numbers(column)


def _whose(rows_of: Sequence[Sequence[Values]], kinds: Mapping[str, str]) -> Iterator[Any]:
    """`n` for each row, and its columns."""
    yield _numbers(n for n, rows in enumerate(rows_of, start=1) for _ in rows)
    yield from _columns([row for rows in rows_of for row in rows], kinds)


def _numbers(column: Iterable[int | None]) -> str:
    """A list of whole numbers as PostgreSQL writes it."""
    return "{" + ",".join(["NULL" if number is None else str(number) for number in column]) + "}"
