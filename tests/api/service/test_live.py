"""Journeys that are held between two answers: the same comes of it, and what is no longer so is never believed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from api.clock import FrozenClock
from api.service import live
from api.service.commands import answers, simple
from api.service.dossiers import Command, Dossier, NoSuchJourney, Stale
from api.service.live import KEEP_SECONDS, Live
from api.service.whole import Service
from api.store.connect import store_for
from api.store.errors import KeyReused
from api.store.sealed import SealedStore
from engine.errors import AnswerError, RefusedEvent
from engine.journey import events as ev
from engine.journey.accept import load_fact
from engine.journey.codec import dump_journey, load_event
from engine.journey.events import Channel
from engine.journey.replay import replay
from tests.api.store.samples import NOW
from tests.architecture.tree import ROOT

pytestmark = pytest.mark.anyio

STEPS = 50
TOLD: tuple[dict[str, Any], ...] = (
    {"spoed": False}, {"werk": "verwijderen"}, {"werk": "verplanten"}, {"omtrek_31_of_meer": True}, {"dunnen": True},
    {"dunnen": False}, {"iepziekte": False}, {"beheerplan": True}, {"werk": "niets"}, {"onbekend": 1}, {"spoed": True},
    {"spoed": False, "werk": "verwijderen", "omtrek_31_of_meer": True},
)  # fmt: skip


@asynccontextmanager
async def site(folder: Path, replicas: int = 1) -> AsyncIterator[list[Service]]:
    """So many servers on one store, on one clock that stands still."""
    store, clock = store_for("", "", "", folder), FrozenClock(NOW)
    flows = folder / "flows"
    copytree(ROOT / "flows" / "boom-kappen", flows / "boom-kappen")
    await store.open()
    try:
        own = [Service(store, clock, flows, "gemeente", b"p" * 32) for _ in range(replicas)]
        for service in own:
            await service.open()
        yield own
    finally:
        await store.close()


async def begun(service: Service) -> str:
    """A journey that has begun."""
    return (await service.dossiers.start("boom-kappen", Channel.WEB, "nl", key="begin")).dossier.journey.id


def command(number: int, told: dict[str, Any], **more: Any) -> Command:
    return Command(answers(told), "answers", f"k{number}", told, reply=lambda own: {"seq": own.journey.seq}, **more)


async def done(service: Service, journey: str, asked: Command) -> object:
    """The reply, or which error it was."""
    try:
        return (await service.dossiers.send(journey, asked)).reply
    except (RefusedEvent, AnswerError, Stale, KeyReused) as error:
        return type(error).__name__, str(error)


async def plain(service: Service, journey: str) -> Any:
    """The journey as it is stored, without what is made at random."""
    dossier = await service.dossiers.open(journey)
    return {**dump_journey(dossier.graph, dossier.journey), "reference": ""}


async def whole(service: Service, journey: str) -> bool:
    """Whether the stored events make the stored journey, and their chain holds."""
    assert isinstance(service.store, SealedStore)
    dossier = await service.dossiers.open(journey)
    events = [load_event(own) for own in await service.store.events("gemeente", journey)]
    made = replay(partial(load_fact, dossier.graph), events)
    return made == dossier.journey and await service.store.verify("gemeente", journey)


async def test_held_or_read_anew_the_same_comes_of_it(tmp_path: Path) -> None:
    """Any row of commands, repeated and refused ones among them, gives the same replies and the same journey."""
    draw = random.Random(7)  # noqa: S311
    asked: list[Command] = []
    for number in range(STEPS):
        made = command(number, draw.choice(TOLD), expected=draw.choice((None, None, None, 3, number)))
        asked.append(draw.choice((made, made, made, *asked[-3:])))
        if draw.random() < 0.1:
            asked.append(Command(simple(ev.StepTaken, step="withdraw"), "step", f"s{number}", "withdraw"))
    async with site(tmp_path / "one") as [held], site(tmp_path / "other") as [anew]:
        journeys = await begun(held), await begun(anew)
        seen = []
        for own in asked:
            anew.dossiers.forget(journeys[1])
            seen.append(await done(held, journeys[0], own))
            assert seen[-1] == await done(anew, journeys[1], own)
        assert await plain(held, journeys[0]) == await plain(anew, journeys[1])
        assert len({str(own) for own in seen}) > 5
        assert await whole(held, journeys[0])


async def test_what_another_replica_changed_is_read_anew(tmp_path: Path) -> None:
    """Two servers in turns: nothing is lost, a stale If-Match is told, and what was refused is judged on what is so."""
    async with site(tmp_path, 2) as [one, other]:
        journey = await begun(one)
        for number, told in enumerate(TOLD[:8] * 2):
            await done((one, other)[number % 2], journey, command(number, told))
        assert await whole(one, journey)
        version = (await one.dossiers.open(journey)).journey.seq
        await one.dossiers.send(journey, command(100, {"werk": "verwijderen"}))
        await other.dossiers.send(journey, command(101, {"werk": "verplanten"}))
        with pytest.raises(Stale):  # to the first it still seems to be the version before
            await one.dossiers.send(journey, command(102, {"werk": "verwijderen"}, expected=version + 1))


async def test_a_command_runs_once_also_on_what_is_held(tmp_path: Path) -> None:
    """The same key gets its reply again and changes nothing; with another body it is refused."""
    async with site(tmp_path) as [service]:
        journey = await begun(service)
        first = await service.dossiers.send(journey, command(1, {"spoed": False}))
        again = await service.dossiers.send(journey, command(1, {"spoed": False}))
        assert again.reply == first.reply
        assert again.replayed is not None
        with pytest.raises(KeyReused):
            await service.dossiers.send(journey, command(1, {"spoed": True}))
        many = await asyncio.gather(*(done(service, journey, command(2, {"werk": "verwijderen"})) for _ in range(8)))
        assert len({str(reply) for reply in many}) == 1
        assert (await service.dossiers.open(journey)).journey.seq == first.dossier.journey.seq + 1


async def test_an_erased_journey_is_gone(tmp_path: Path) -> None:
    """Here it is let go of at once; on another replica it opens nothing, and then it is let go of there."""
    async with site(tmp_path, 2) as [one, other]:
        journey = await begun(one)
        await other.dossiers.send(journey, command(1, {"spoed": False}))
        await one.store.erase("gemeente", journey, NOW + timedelta(days=1), "retention", "its time has come")
        one.dossiers.forget(journey)
        for service in (one, other):
            with pytest.raises(NoSuchJourney):
                await service.dossiers.send(journey, command(2, {"werk": "verwijderen"}))
            assert len(service.dossiers._live) == 0


async def test_nothing_is_held_for_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """After KEEP_SECONDS it is let go of without anybody asking; of too many the one held longest goes first."""
    async with site(tmp_path) as [service]:
        dossiers: list[Dossier] = [
            (await service.dossiers.start("boom-kappen", Channel.WEB, "nl")).dossier for _ in range(4)
        ]
        ids = [own.journey.id for own in dossiers]
        now = 0.0
        held = Live(lambda: now, most=3)
        for own in dossiers:
            held.keep(own)
        assert [held.of(journey) is not None for journey in ids] == [False, True, True, True]
        now = KEEP_SECONDS / 2
        held.keep(dossiers[2])
        now = KEEP_SECONDS
        assert [held.of(journey) is not None for journey in ids] == [False, False, True, False]
        held.sweep()
        assert len(held) == 1
        monkeypatch.setattr(live, "KEEP_SECONDS", 0.01)
        soon = Live()
        soon.keep(dossiers[0])
        await asyncio.sleep(0.1)
        assert len(soon) == 0
