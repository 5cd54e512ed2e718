"""Facts from registers: fetched at once when a journey starts, and from the outbox when a register was down.

    said by the register            what happens                                        asked again
    a value of the fact's type      the fact is known, with its source                  no
    not here                        the next supplier is asked                          no
    down, slow, unreadable, or      the next supplier is asked, and both sides read     by the outbox, while
    a value of another type         that a register did not work                        nobody supplied the fact
    not connected here              the same                                            no

Nothing is asked about somebody who did not sign on, nor when the fact is known by then. Before each question the audit
gets a line: which register, which fact. The effect's key is the command id, so a fact is taken in once and a register
is not asked twice for it. Called by `api.service.whole`; tests: tests/api/registers/test_wired.py."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from api.clock import Clock
from api.registers.port import Found, Register, RegisterDown
from api.service.commands import simple
from api.service.dossiers import REGISTER, Command, Dossier, Dossiers, Maker, Moment
from api.store.lists import Audited
from api.store.port import Store
from engine.errors import AnswerError, RefusedEvent
from engine.flow.model import SupplierKind
from engine.graph.graph import Graph
from engine.journey.effects import AnyEffect, FetchFromRegister
from engine.journey.events import EffectDone, Event, FactFetched, RegisterSilent
from engine.journey.state import Journey

ANONYMOUS = "citizen"
"""The subject of a journey of somebody who did not sign on."""
AT_START_SECONDS = 5.0
"""How long a citizen waits for all registers together; what has not come by then, the outbox asks again."""
MOST_TRIES = 5
"""So often the outbox asks, when somebody else can supply the fact."""


class Fetching:
    """Asks the registers and sends what they say to the journey."""

    def __init__(self, register: Register, dossiers: Dossiers, store: Store, clock: Clock, tenant: str) -> None:
        self.register = register
        self._dossiers = dossiers
        self._store = store
        self._clock = clock
        self._tenant = tenant

    async def at_start(self, journey: str, subject: str, effects: Sequence[AnyEffect]) -> Dossier | None:
        """Fetch what the start asked for, all at once, one try each; None when nothing changed."""
        wanted = [effect for effect in effects if isinstance(effect, FetchFromRegister)]
        answers = await asyncio.gather(*(self._in_time(journey, subject, effect) for effect in wanted))
        dossier = None
        for effect, answer in zip(wanted, answers, strict=True):
            try:
                if isinstance(answer, RegisterDown):
                    raise answer
                dossier = await self._take(journey, effect, answer) or dossier
            except RegisterDown:
                dossier = await self._silent(journey, effect) or dossier
        return dossier

    async def carry(self, dossier: Dossier, effect: FetchFromRegister, attempts: int) -> None:
        """Carry out an effect of the outbox. Raises RegisterDown, and then it is tried again."""
        journey = dossier.journey
        if effect.fact in journey.answers or journey.subject == ANONYMOUS:
            return
        if not self.register.connected(effect.source) or await self._dossiers.ran(_fetched(effect, None)):
            return
        try:
            await self._take(journey.id, effect, await self._ask(journey.id, journey.subject, effect))
        except RegisterDown:
            await self._silent(journey.id, effect)
            if attempts < MOST_TRIES or not _somebody_else(dossier.graph, journey, effect.fact):
                raise

    async def _in_time(self, journey: str, subject: str, effect: FetchFromRegister) -> Found | RegisterDown | None:
        """What the register says, or that it is down: while a citizen waits, slow is down."""
        if not self.register.connected(effect.source):
            return RegisterDown(f"The register {effect.source} is not connected here.")
        try:
            async with asyncio.timeout(AT_START_SECONDS):
                return await self._ask(journey, subject, effect)
        except TimeoutError:
            return RegisterDown(f"The register {effect.source} is too slow.")
        except RegisterDown as down:
            return down

    async def _ask(self, journey: str, subject: str, effect: FetchFromRegister) -> Found | None:
        """One question to one register, on record first. Raises RegisterDown."""
        by = f"register:{effect.source}"
        line = Audited(self._tenant, journey, self._clock.now(), by, f"ask:{effect.fact}")
        await self._store.looked(line)
        return await self.register.fetch(effect.source, subject)

    async def _silent(self, journey: str, effect: FetchFromRegister) -> Dossier | None:
        """The register does not answer: the dossier says so, and the next supplier is asked."""
        make = _unanswered(effect.fact, effect.source)
        command = Command(make, "fetch", f"{effect.key}/silent", effect.fact, actor=REGISTER)
        with suppress(RefusedEvent):
            return (await self._dossiers.send(journey, command)).dossier
        return None

    async def _take(self, journey: str, effect: FetchFromRegister, found: Found | None) -> Dossier | None:
        """Send what the register said. Raises RegisterDown when it is no value of the fact's type."""
        try:
            return (await self._dossiers.send(journey, _fetched(effect, found))).dossier
        except AnswerError:
            raise RegisterDown(f"The register {effect.source} says what {effect.fact} cannot be.") from None
        except RefusedEvent:  # somebody supplied it in the meantime
            return None


def _fetched(effect: FetchFromRegister, found: Found | None) -> Command:
    return Command(_taken(effect, found), "fetch", effect.key, effect.fact, actor=REGISTER)


def _taken(effect: FetchFromRegister, found: Found | None) -> Maker:
    """The fact, unless somebody supplied it in the meantime; or that the register was asked and did not know."""

    def make(dossier: Dossier, moment: Moment) -> Sequence[Event]:
        if effect.fact in dossier.journey.answers or found is None:
            return [EffectDone(**moment.envelope(), effect=effect.key)]
        fields = {"fact": effect.fact, "value": found.value, "source": effect.source, "on": found.on}
        return [FactFetched(**moment.envelope(), **fields)]

    return make


def _unanswered(fact: str, source: str) -> Maker:
    def make(dossier: Dossier, moment: Moment) -> Sequence[Event]:
        told = fact in dossier.journey.answers or fact in dossier.journey.silent
        return () if told else simple(RegisterSilent, fact=fact, source=source)(dossier, moment)

    return make


def _somebody_else(graph: Graph, journey: Journey, fact: str) -> bool:
    """Whether a citizen or a person can supply the fact: then a register that stays away is nobody's task."""
    node = graph.facts.get(fact)
    return node is not None and any(own.kind is not SupplierKind.REGISTER for own in node.spec.suppliers)
