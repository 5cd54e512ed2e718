"""What was acknowledged must be there, once, with its effect: the ledger of a writer that is killed again and again.

Theory: a writer (`ledger_writer`) tells over a pipe what it sends and what was acknowledged. It is killed with -9 at
random moments; the next one first repeats what was sent last, because its reply may be lost. At the end

    lost         acknowledged, but in no event
    doubled      in more than one event
    unpaired     an event without its effect, or an effect without its event

must all be empty. A run counts only if writers with a planted fault (FAULT) are caught.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Thread
from time import sleep

from api.store.sealed import SealedStore
from tests.api.store.ledger_writer import CLIENTS
from tests.api.store.samples import NOW, TENANT

ENOUGH = 40
"""Answers that are acknowledged between two kills, at least."""


@dataclass
class Ledger:
    """What the writers said."""

    acked: set[tuple[str, str]] = field(default_factory=set)
    last: dict[str, str] = field(default_factory=dict)
    kills: int = 0

    def hear(self, line: str) -> None:
        what, journey, answer = line.split()
        if what == "acked":
            self.acked.add((journey, answer))
        self.last[journey] = answer


@dataclass(frozen=True)
class Findings:
    """Empty tuples are what is promised. `answers` is how many were acknowledged."""

    answers: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    unpaired: tuple[str, ...]
    broken_chains: tuple[str, ...]

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.unpaired or self.broken_chains)


def write_and_kill(
    arguments: list[str], master: str, kills: int, fault: str = "", stroke: Callable[[], None] | None = None
) -> Ledger:
    """Let writers work and kill them, `kills` times. `stroke` is done just before each kill (to a server, say)."""
    ledger, chance = Ledger(), random.Random(kills)  # noqa: S311
    for run in range(kills):
        told = ledger.acked if fault == "early" else set()  # who was told "yes" early has no reason to ask again
        repeat = " ".join(f"{whose}:{answer}" for whose, answer in ledger.last.items() if (whose, answer) not in told)
        known = {**os.environ, "MASTER": master, "RUN": str(run), "REPEAT": repeat, "FAULT": fault}
        command = [sys.executable, "-m", "tests.api.store.ledger_writer", *arguments]
        with subprocess.Popen(
            command, env=known, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as writer:
            reader = Thread(target=_listen, args=(writer, ledger))
            before = len(ledger.acked)
            reader.start()
            try:
                _wait_for_work(ledger, before, writer)
                sleep(chance.uniform(0.05, 0.4))
                if stroke is not None:
                    stroke()
            finally:
                writer.kill()
                reader.join()
        ledger.kills += 1
    return ledger


def _listen(writer: subprocess.Popen[str], ledger: Ledger) -> None:
    assert writer.stdout is not None
    for line in writer.stdout:
        if line.endswith("\n"):
            ledger.hear(line)


def _wait_for_work(ledger: Ledger, before: int, writer: subprocess.Popen[str]) -> None:
    """Until enough was acknowledged, however slow the machine; a writer that cannot start is an error."""
    for _ in range(1_200):
        if len(ledger.acked) > before + ENOUGH:
            return
        if writer.poll() is not None:
            break
        sleep(0.05)
    raise RuntimeError(f"The writer did no work (exit {writer.poll()}).")


async def check(store: SealedStore, ledger: Ledger) -> Findings:
    """Compare the ledger with what is stored."""
    seen: Counter[tuple[str, str]] = Counter()
    broken = []
    for number in range(CLIENTS):
        journey = f"j{number}"
        seen.update((journey, event["answer"]) for event in await store.events(TENANT, journey))
        if not await store.verify(TENANT, journey):
            broken.append(journey)
    effects: Counter[tuple[str, str]] = Counter()
    while jobs := await store.lease(NOW, 1000, 3600):
        effects.update((job.journey, job.key.removesuffix("/1")) for job in jobs)
    return Findings(
        answers=len(ledger.acked),
        lost=tuple(answer for whose, answer in ledger.acked if not seen[whose, answer]),
        doubled=tuple(answer for (_, answer), times in seen.items() if times > 1),
        unpaired=tuple(answer for _, answer in set(seen) ^ set(effects)),
        broken_chains=tuple(broken),
    )
