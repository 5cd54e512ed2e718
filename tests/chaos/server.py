"""The product as `wegwijzer serve` starts it, with an effect for every answer, and with a fault when one is planted.

    Process(target=serve, args=(8001, {"WEGWIJZER_DATABASE": ..., "COUNTED": ..., "FAULT": ""}, log)).start()

A process of its own, forked from one that has everything loaded: it is up in a fraction of a second. COUNTED names a
file that stands for the world: carrying out an effect is adding one line to it, `journey answer key`. A line is there
or not, also when this process is killed. LEASE is how long jobs are leased and SLOW how long an
effect takes, in seconds. FAULT breaks one promise, so
that the ledger can prove that it would notice:

    no-key     the Idempotency-Key of an answer is not looked at
    outside    an answer's effect is written in a transaction of its own, after the answer's
    async      the database may acknowledge before it is on disk (the check against that is taken out)
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from api import app, timers
from api.cli import serve as _serve  # loaded here, once for all that are forked
from api.cli.main import main
from api.http import asking
from api.store import postgres
from api.store import statements as s
from api.store.parts.journeys import JourneysPart
from api.store.port import Change, Committed, Conflict, Effect, Job, Replayed
from api.store.writing import command_rows
from api.timers import Timers

LOADED = (_serve,)
COUNT = "Count"
FACT = "bericht"
_commit = JourneysPart.commit


def counted(change: Change) -> Change:
    """The change with an effect for the answer in it, if there is one."""
    given = [event["value"] for event in change.events if event.get("type") == "AnswerGiven" and event["fact"] == FACT]
    more = [Effect(f"{change.command_id}/count", COUNT, value, change.at) for value in given]
    return replace(change, effects=[*change.effects, *more]) if more else change


async def commit(store: Any, change: Change) -> Committed | Conflict | Replayed:
    """What stands in for the store's own `commit` here."""
    wanted = counted(change)
    if os.environ["FAULT"] != "outside":
        return await _commit(store, wanted)
    told = await _commit(store, change)
    if isinstance(told, Committed):
        await asyncio.sleep(0.02)
        ring = await store._keys.of(change.tenant, change.journey)
        await store._db.write(change.tenant, [(s.set_job, row) for row in command_rows(wanted, ring).jobs])
    return told


async def count(job: Job) -> None:
    """Carry out an effect: one line, written at once and whole."""
    await asyncio.sleep(float(os.environ["SLOW"]))
    file = os.open(os.environ["COUNTED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(file, f"{job.journey} {job.payload} {job.key}\n".encode())
    finally:
        os.close(file)


class CountingTimers(Timers):
    """The product's timers, that can also count."""

    def __init__(self, store: Any, dossiers: Any, clock: Any, carriers: Mapping[str, Any], *more: Any) -> None:
        super().__init__(store, dossiers, clock, {**carriers, COUNT: count}, *more)


async def _unchecked(connection: Any) -> None:
    """A database that forgets is welcome, for once."""


def serve(port: int, environment: Mapping[str, str], log: Path) -> None:
    """Serve until killed. What it says goes to `log`."""
    os.environ.update(environment)
    file = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(file, 1)
    os.dup2(file, 2)
    vars(app)["Timers"] = CountingTimers
    vars(timers)["LEASE_SECONDS"] = float(environment["LEASE"])
    JourneysPart.commit = commit  # type: ignore[method-assign,assignment]
    if environment["FAULT"] == "no-key":
        vars(asking)["key_of"] = lambda text: ""
    if environment["FAULT"] == "async":
        vars(postgres)["check"] = _unchecked
    raise SystemExit(main(["serve", "--port", str(port)]))
