"""What was acknowledged, held against what is stored and what was done in the world.

    lost         acknowledged, but in no event
    doubled      in more than one event
    unpaired     an answer without its effect, or an effect without its answer
    overdone     one answer's effect under two keys: the world cannot know that it is one
    broken       a journey whose chain does not hold
    refused      a command that was refused though nothing was wrong with it

must all be empty. An effect that was tried twice under one key is no fault: at least once, and the key says which.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from api.store.sealed import SealedStore
from tests.chaos.load import Ledger
from tests.chaos.site import TENANT

Answered = tuple[str, str]


@dataclass(frozen=True)
class Findings:
    """Empty tuples are what is promised."""

    answers: int
    lost: tuple[Answered, ...] = ()
    doubled: tuple[Answered, ...] = ()
    unpaired: tuple[Answered, ...] = ()
    overdone: tuple[Answered, ...] = ()
    broken: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    tried_again: int = 0

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.unpaired or self.overdone or self.broken or self.refused)

    @property
    def faults(self) -> dict[str, int]:
        """How many of each kind."""
        kinds = ("lost", "doubled", "unpaired", "overdone", "broken", "refused")
        return {kind: len(getattr(self, kind)) for kind in kinds}


async def check(store: SealedStore, ledger: Ledger, effects: Path, patience: float) -> Findings:
    """Compare. Effects still under way get `patience` seconds without any progress before they count as missing."""
    events, broken = await _events(store, ledger)
    done = await _settled(effects, set(events), patience)
    keys: dict[Answered, set[str]] = {}
    for journey, answer, key in done:
        keys.setdefault((journey, answer), set()).add(key)
    ours = {answered: found for answered, found in keys.items() if answered[0] in ledger.journeys}
    return Findings(
        answers=len(ledger.acked),
        lost=tuple(sorted(answered for answered in ledger.acked if not events[answered])),
        doubled=tuple(sorted(answered for answered, times in events.items() if times > 1)),
        unpaired=tuple(sorted(set(events) ^ set(ours))),
        overdone=tuple(sorted(answered for answered, found in ours.items() if len(found) > 1)),
        broken=tuple(broken),
        refused=tuple(ledger.refused),
        tried_again=len(done) - len(set(done)),
    )


async def _events(store: SealedStore, ledger: Ledger) -> tuple[Counter[Answered], list[str]]:
    """How often each answer is in an event, and the journeys whose chain is broken."""
    seen: Counter[Answered] = Counter()
    broken = []
    for journey in sorted(ledger.journeys):
        for event in await store.events(TENANT, journey):
            if event["type"] == "AnswerGiven" and event["fact"] == "bericht":
                seen[journey, event["value"]] += 1
        if not await store.verify(TENANT, journey):
            broken.append(journey)
    return seen, broken


async def _settled(effects: Path, wanted: set[Answered], patience: float) -> list[tuple[str, str, str]]:
    """The world's lines, once every answer has one or nothing has come for so long."""
    before, until = -1, 0.0
    while True:
        lines = effects.read_text().splitlines() if effects.exists() else []  # noqa: ASYNC240
        found = [(journey, answer, key) for journey, answer, key in (line.split() for line in lines)]
        if wanted <= {(journey, answer) for journey, answer, _ in found}:
            return found
        if len(lines) > before:
            before, until = len(lines), monotonic() + patience
        if monotonic() > until:
            return found
        await asyncio.sleep(0.2)
