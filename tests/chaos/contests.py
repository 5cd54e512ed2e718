"""Many at one thing at one moment: devices that write one journey, workers who claim one task.

devices      two devices, each write on the version it saw: no update is lost
claims       sixteen workers claim one task: one winner
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from api.clock import SystemClock
from api.security import tokens
from api.store.port import Session, TaskQuery
from api.store.sealed import SealedStore
from tests.chaos.ledger import check
from tests.chaos.load import Citizen, Ledger
from tests.chaos.site import TENANT, WORKERS, Site
from tests.chaos.wire import Wire

ROUNDS_A_TASK = 50


@dataclass(frozen=True)
class Conflicts:
    """Writes of several devices on one version: how many were sent and accepted, and what was lost of them."""

    sent: int
    accepted: int
    lost: int


async def devices(here: Site, writes: int, journeys: int = 10) -> Conflicts:
    """Two devices write to each journey, each on the version that it saw last; `writes` in all."""
    ledger = Ledger()
    each = writes // (2 * journeys)
    counts = await asyncio.gather(*(_contested(here, ledger, f"d{number}", each) for number in range(journeys)))
    async with here.store() as store:
        kept = sum([await _kept(store, journey) for journey in ledger.journeys])
        findings = await check(store, ledger, here.effects, patience=8)
    lost = len(findings.lost) + len(findings.doubled) + abs(kept - sum(counts))
    return Conflicts(writes, sum(counts), lost)


async def _kept(store: SealedStore, journey: str) -> int:
    """How many answers the events of this journey hold."""
    events = await store.events(TENANT, journey)
    return sum(event["type"] == "AnswerGiven" and event["fact"] == "bericht" for event in events)


async def _contested(here: Site, ledger: Ledger, name: str, each: int) -> int:
    """A journey, two devices, `each` writes of both; how many were accepted."""
    citizen = Citizen(here.ports, ledger, name)
    begun = await citizen.insist("/v1/journeys", {"flow": "teller"}, f"{name}-start")
    assert begun is not None
    journey, secret = begun.body["id"], begun.body["secret"]
    ledger.journeys.add(journey)
    path = f"/v1/journeys/{journey}"
    ready = await citizen.insist(f"{path}/answers", {"answers": {"klaar": True}}, f"{name}-ready", secret)
    assert ready is not None
    citizen.close()
    moves = [_device(here, ledger, (journey, secret, ready.etag), f"{name}.{side}", each) for side in range(2)]
    return sum(await asyncio.gather(*moves))


async def _device(here: Site, ledger: Ledger, whose: tuple[str, str, str], name: str, writes: int) -> int:
    journey, secret, etag = whose
    wire, accepted = Wire(here.ports[int(name[-1]) % len(here.ports)]), 0
    door = {"authorization": f"Bearer {secret}"}
    for number in range(writes):
        answer = f"{name}.{number}"
        told = await wire.post(
            f"/v1/journeys/{journey}/answers",
            {"answers": {"bericht": answer}},
            **door,
            if_match=etag,
            idempotency_key=answer,
        )
        if told.status == 200:
            accepted += 1
            ledger.acked.add((journey, answer))
        elif told.status != 412:
            ledger.refused.append(f"{told.status} {told.body}")
        etag = told.etag  # the refusal tells it too: the device reads on and writes again
    wire.close()
    return accepted


@dataclass(frozen=True)
class Claims:
    """`winners` counts rounds by how many workers got the task; all must have one."""

    rounds: int
    winners: dict[int, int]


async def claims(here: Site, rounds: int) -> Claims:
    """Sixteen workers claim the same task at the same moment, over all replicas; then it is given back."""
    async with here.store() as store:
        return await _rounds(here, store, rounds)


async def _rounds(here: Site, store: SealedStore, rounds: int) -> Claims:
    doors = [await _signed_in(store, account) for account in WORKERS]
    wires = [Wire(here.ports[number % len(here.ports)]) for number in range(len(WORKERS))]
    winners, task = dict[int, int](), ""
    for turn in range(rounds):
        task = await _a_task(here, store, f"asker{turn}") if turn % ROUNDS_A_TASK == 0 else task
        told = await asyncio.gather(
            *(wire.post(f"/v1/tasks/{task}/claim", {}, **door) for wire, door in zip(wires, doors, strict=True))
        )
        won = [number for number, answer in enumerate(told) if answer.status == 200]
        winners[len(won)] = winners.get(len(won), 0) + 1
        for number in won:
            await wires[number].post(f"/v1/tasks/{task}/return", {"reason": "trial"}, **doors[number])
    for wire in wires:
        wire.close()
    return Claims(rounds, winners)


async def _signed_in(store: SealedStore, account: str) -> dict[str, str]:
    """What a signed-in worker sends along."""
    token = tokens.new_secret(tokens.WORKER)
    ends = SystemClock().now() + timedelta(hours=1)
    await store.put_session(Session(TENANT, tokens.digest(token), account, ends, "work"))
    return {"authorization": f"Bearer {token}"}


async def _a_task(here: Site, store: SealedStore, name: str) -> str:
    """A journey whose citizen asks for a person: its task."""
    citizen = Citizen(here.ports, Ledger(), name)
    begun = await citizen.insist("/v1/journeys", {"flow": "teller"}, f"{name}-start")
    assert begun is not None
    path = f"/v1/journeys/{begun.body['id']}/contact-requests"
    await citizen.insist(path, {"channel": "phone"}, f"{name}-asks", begun.body["secret"])
    citizen.close()
    page = await store.tasks(TaskQuery(TENANT, journey=begun.body["id"]))
    return str(page.tasks[0].id)
