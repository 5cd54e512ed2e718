"""A process that answers questions until it is killed, and says what it sent and what was acknowledged.

    python -m tests.api.store.ledger_writer sqlite FOLDER
    python -m tests.api.store.ledger_writer postgres URL KEYS_URL

Lines on standard output: `sent JOURNEY ANSWER` before a command goes out, `acked JOURNEY ANSWER` when the store
said yes. From the environment: MASTER, RUN (part of every answer's name), REPEAT (`journey:answer` pairs whose
reply got lost: sent again first, as a careful client does), FAULT, which breaks one promise on purpose so that the
ledger can prove that it would notice:

    early      says "acked" before the store did
    no-key     a repeated command comes with a fresh command id
    outside    the effect is written in a transaction of its own, after the answer's
    pgbouncer  is none: no prepared statement outlives its transaction
    async      the server may acknowledge before it is on disk (the check against that is taken out)
"""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from api.store import postgres
from api.store import statements as s
from api.store.connect import postgres_store, sqlite_store
from api.store.masters import masters_from_text
from api.store.port import Change, Committed, Conflict, Effect, KeyReused, Stored
from api.store.sealed import SealedStore
from api.store.writing import command_rows
from tests.api.store.samples import NOW, TENANT, answered, body, started

CLIENTS = 8
FAULT = os.environ.get("FAULT", "")
RUN = os.environ.get("RUN", "")


def opened(arguments: list[str]) -> SealedStore:
    """The store that the arguments name."""
    masters = masters_from_text(os.environ["MASTER"])
    if arguments[0] == "sqlite":
        return sqlite_store(Path(arguments[1]), masters)
    if FAULT == "async":
        vars(postgres)["check"] = _unchecked
    return postgres_store(arguments[1], arguments[2], masters, pgbouncer=FAULT == "pgbouncer")


async def _unchecked(connection: Any) -> None:
    """A server that forgets is welcome, for once."""


def _change(journey: str, answer: str, command_id: str, base: Stored | None) -> Change:
    more: dict[str, Any] = {
        "command_id": command_id,
        "body_hash": body(answer),
        "events": [{"type": "AnswerGiven", "answer": answer}],
        "effects": [Effect(f"{answer}/1", "Notify", {"for": answer}, NOW)],
        "snapshot": {"last": answer},
    }
    return started(journey, **more) if base is None else answered(base, **more)


async def _give(store: SealedStore, journey: str, answer: str, command_id: str) -> None:
    """Send one answer, again and again while somebody else was first, until the store says yes."""
    _say("sent", journey, answer)
    if FAULT == "early":
        _say("acked", journey, answer)
    while True:
        change = _change(journey, answer, command_id, await store.load(TENANT, journey))
        told = await store.commit(replace(change, effects=()) if FAULT == "outside" else change)
        if FAULT == "outside" and isinstance(told, Committed):
            await asyncio.sleep(0.01)
            ring = await store._keys.of(TENANT, journey)
            await store._db.write(TENANT, [(s.set_job, row) for row in command_rows(change, ring).jobs])
        if not isinstance(told, Conflict):
            break
    if FAULT != "early":
        _say("acked", journey, answer)


def _say(what: str, journey: str, answer: str) -> None:
    os.write(1, f"{what} {journey} {answer}\n".encode())


async def _client(store: SealedStore, number: int) -> None:
    journey = f"j{number}"
    for pair in os.environ.get("REPEAT", "").split():
        whose, _, answer = pair.partition(":")
        if whose == journey:
            await _give(store, journey, answer, f"{answer}-again" if FAULT == "no-key" else answer)
    count = 0
    while True:
        count += 1
        answer = f"{RUN}-{number}-{count}"
        await _give(store, journey, answer, answer)


async def main(arguments: list[str]) -> None:
    """Answer until killed."""
    store = opened(arguments)
    await store.open()
    await asyncio.gather(*(_client(store, number) for number in range(CLIENTS)))


if __name__ == "__main__":
    try:
        asyncio.run(main(sys.argv[1:]))
    except KeyReused as reused:
        sys.exit(str(reused))
