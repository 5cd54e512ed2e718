"""Citizens who answer as fast as they are answered, and write down what was acknowledged.

A careful client: every command has a key of its own; while no answer comes, the same command goes out again with the
same key, to the next replica. What comes back decides:

    2xx                      acknowledged: in the ledger
    503, 429, a lost line    not known: again, with the same key
    anything else            a refusal that should not be there: in the ledger too
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from time import monotonic

from tests.chaos.wire import Lost, Told, Wire

ANSWERS = 40  # then a new journey
PAUSE = 0.05


@dataclass
class Ledger:
    """What the citizens were told. `acked` holds (journey, answer); `gaps` are the longest waits for an answer."""

    acked: set[tuple[str, str]] = field(default_factory=set)
    journeys: set[str] = field(default_factory=set)
    refused: list[str] = field(default_factory=list)
    repeats: int = 0
    at: list[float] = field(default_factory=list)


class Citizen:
    """One client with its connections. `home` is the replica that it asks first."""

    def __init__(self, ports: Sequence[int], ledger: Ledger, name: str, home: int = 0) -> None:
        self._wires = [Wire(port) for port in ports]
        self._ledger, self._name, self._turn = ledger, name, home
        self.stopping = False

    async def answer_on(self) -> None:
        """Journey after journey, until told to stop: what is under way then is finished."""
        for number in count():
            if self.stopping:
                return
            await self.journey(f"{self._name}.{number}", ANSWERS)

    async def journey(self, name: str, answers: int) -> None:
        """Start one and give so many answers."""
        begun = await self.insist("/v1/journeys", {"flow": "teller"}, f"{name}-start")
        if begun is None:
            return
        journey, secret = begun.body["id"], begun.body["secret"]
        self._ledger.journeys.add(journey)
        path = f"/v1/journeys/{journey}/answers"
        await self.insist(path, {"answers": {"klaar": True}}, f"{name}-ready", secret)
        for number in range(answers):
            if self.stopping:
                return
            answer = f"{name}.{number}"
            if await self.insist(path, {"answers": {"bericht": answer}}, answer, secret):
                self._ledger.acked.add((journey, answer))
                self._ledger.at.append(monotonic())

    async def insist(self, path: str, body: object, key: str, secret: str = "") -> Told | None:
        """The acknowledgement, however often it must be asked for; None for a refusal."""
        door = {"authorization": f"Bearer {secret}"} if secret else {}
        while True:
            try:
                told = await self._wires[self._turn].post(path, body, idempotency_key=key, **door)
            except Lost:
                self._turn = (self._turn + 1) % len(self._wires)
            else:
                if 200 <= told.status < 300:
                    return told
                if told.status not in (429, 503):
                    self._ledger.refused.append(f"{told.status} {path} {told.body}")
                    return None
            self._ledger.repeats += 1
            await asyncio.sleep(PAUSE)

    def close(self) -> None:
        """Hang up."""
        for wire in self._wires:
            wire.close()
