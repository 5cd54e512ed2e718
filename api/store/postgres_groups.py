"""The rows of many commands as columns: arguments of `commit_commands` (`migrations/versions/v0007_tenant_id.sql`).

    commands    a value in every column for each; what only a start needs is left out where nobody starts
    events      the same, and `n`: whose they are, 1 for the first command
    ended jobs  `n` and key;  jobs that are set, tasks, signals: `n` and their columns; left out where nobody has any

Numbers and words go as text (`{1,2,NULL}`, `{"a","b"}`) and are cast in the statement: asyncpg asks of everything in a
list whether it is a list itself, 2 µs each. Called by `api.store.postgres`; tests: tests/api/store/test_groups.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
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
START = {"reference": TEXT, "secret_hash": BYTES, "started_at": LARGE}
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
TASK = {
    "id": BYTES,
    "reference": TEXT,
    "flow": TEXT,
    "kind": TEXT,
    "team": TEXT,
    "skill": TEXT,
    "rank": SMALL,
    "due_at": LARGE,
    "opened_at": LARGE,
    "claimed_by": TEXT,
    "status": SMALL,
    "key_no": SMALL,
    "sealed": BYTES,
    "channel": TEXT,
    "journey": BYTES,
}
SIGNAL = {
    "id": TEXT,
    "journey": TEXT,
    "flow": TEXT,
    "flow_version": TEXT,
    "step": TEXT,
    "at": LARGE,
    "key_no": SMALL,
    "sealed": BYTES,
}
WORDS_AT_HAND = 4_000  # flows, versions, deeds, channels: the same few with every command


def _call(kinds: Sequence[str]) -> str:
    given = [f"${n}" if kind == BYTES else f"${n}::text::{kind}[]" for n, kind in enumerate(kinds, start=2)]
    return f"SELECT commit_commands($1, {', '.join(given)})"


def _with_whose(*lists: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(kind for kinds in lists for kind in (NUMBER, *kinds.values()))


_ANSWERS = (BYTES, NUMBER, *JOURNEY.values(), *COMMAND.values(), *_with_whose(EVENT))
_JOBS = (*_ANSWERS, *START.values(), *_with_whose(ENDED, JOB))
ANSWERS, WITH_JOBS, WITH_LISTS = _call(_ANSWERS), _call(_JOBS), _call((*_JOBS, *_with_whose(TASK, SIGNAL)))


def call(asked: Sequence[CommandRows]) -> tuple[str, list[Any]]:
    """The statement, and its arguments after the tenant. Three lengths: most commands have no lists, or jobs alone."""
    journeys = [rows.journey for rows in asked]
    given = [
        [journey["id"] for journey in journeys],
        _numbers(rows.base for rows in asked),
        *_columns(journeys, JOURNEY),
        *_columns([rows.command for rows in asked], COMMAND),
        *_whose([rows.events for rows in asked], EVENT),
    ]
    lists = any(rows.tasks or rows.signals for rows in asked)
    if not lists and all(rows.base and not (rows.jobs or rows.ended) for rows in asked):
        return ANSWERS, given
    given += _columns(journeys, START)
    given += _whose([rows.ended for rows in asked], ENDED)
    given += _whose([rows.jobs for rows in asked], JOB)
    if not lists:
        return WITH_JOBS, given
    given += _whose([rows.tasks for rows in asked], TASK)
    return WITH_LISTS, [*given, *_whose([rows.signals for rows in asked], SIGNAL)]


def _columns(rows: Sequence[Values], kinds: Mapping[str, str]) -> Iterator[Any]:
    for name, kind in kinds.items():
        column = [row[name] for row in rows]
        yield column if kind == BYTES else _words(column) if kind == TEXT else _numbers(column)


def _whose(rows_of: Sequence[Sequence[Values]], kinds: Mapping[str, str]) -> Iterator[Any]:
    """`n` for each row, and its columns."""
    yield _numbers(n for n, rows in enumerate(rows_of, start=1) for _ in rows)
    yield from _columns([row for rows in rows_of for row in rows], kinds)


def _numbers(column: Iterable[int | None]) -> str:
    """A list of whole numbers as PostgreSQL writes it."""
    return "{" + ",".join(["NULL" if number is None else str(number) for number in column]) + "}"


def _words(column: Iterable[str]) -> str:
    return "{" + ",".join(map(_word, column)) + "}"


@lru_cache(WORDS_AT_HAND)
def _word(word: str) -> str:
    """As PostgreSQL writes it in a list: between quotes, with a backslash before a quote or a backslash in it."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'
