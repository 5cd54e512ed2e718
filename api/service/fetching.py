"""Facts from registers: fetched at once when a journey starts, and from the outbox when a register was down.

The effect's key is the command id, so a fact is taken in once however often it is fetched. A register that is down is
no dead end: the question goes to the next supplier meanwhile, and what the citizen answered is not overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from api.registers.port import Register, RegisterDown
from api.service.commands import simple
from api.service.dossiers import Command, Dossier, Dossiers, Maker, Moment
from engine.errors import AnswerError, RefusedEvent
from engine.journey.effects import AnyEffect, FetchFromRegister
from engine.journey.events import Actor, ActorKind, Event, FactFetched, RegisterSilent

REGISTER = Actor(kind=ActorKind.REGISTER)


class Fetching:
    """Asks the registers and sends what they say to the journey."""

    def __init__(self, register: Register, dossiers: Dossiers) -> None:
        self._register = register
        self._dossiers = dossiers

    async def at_start(self, journey: str, subject: str, effects: Sequence[AnyEffect]) -> Dossier | None:
        """Fetch what the start asked for, one try each; None when nothing was found. The outbox tries again."""
        dossier = None
        for effect in effects:
            if isinstance(effect, FetchFromRegister):
                try:
                    dossier = await self.fetch(journey, subject, effect) or dossier
                except RegisterDown:
                    await self._silent(journey, effect)
        return dossier

    async def _silent(self, journey: str, effect: FetchFromRegister) -> None:
        """The register does not answer: the dossier says so, and the next supplier is asked."""
        make = simple(RegisterSilent, fact=effect.fact, source=effect.source)
        command = Command(make, "fetch", f"{effect.key}/silent", effect.fact, actor=REGISTER)
        with suppress(RefusedEvent):
            await self._dossiers.send(journey, command)

    async def fetch(self, journey: str, subject: str, effect: FetchFromRegister) -> Dossier | None:
        """One fact from one register. Raises RegisterDown."""
        found = await self._register.fetch(effect.source, subject)
        if found is None:
            return None
        make = _taken(effect.fact, found.value, effect.source, found.on)
        command = Command(make, "fetch", effect.key, effect.fact, actor=REGISTER)
        with suppress(AnswerError, RefusedEvent):
            return (await self._dossiers.send(journey, command)).dossier
        return None


def _taken(fact: str, value: object, source: str, on: str) -> Maker:
    """The fact, unless somebody supplied it in the meantime."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[Event]:
        if fact in dossier.journey.answers:
            return []
        return [FactFetched(**moment.envelope(), fact=fact, value=value, source=source, on=on)]

    return make
