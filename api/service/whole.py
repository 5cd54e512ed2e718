"""The service as one object, for doors: `request.app.state.service`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from api.channels.port import ALONE, Outward
from api.clock import Clock
from api.registers.port import Register, Unconnected
from api.security import tokens
from api.service.access import Guests, Redeemed, ResumeCodes
from api.service.carrying import Carrying
from api.service.commands import prefill
from api.service.dossiers import CITIZEN, BegunBefore, Dossiers, NoSuchJourney
from api.service.fetching import ANONYMOUS, Fetching
from api.service.files import Files
from api.service.library import Library
from api.service.worklist import Worklist
from api.store.lists import Audited
from api.store.port import Job, Store
from api.uploads.scanner import NoScanner, Scanner
from engine.errors import AnswerError, RefusedEvent
from engine.journey.acting import mandate_of, may
from engine.journey.effects import FetchFromRegister
from engine.journey.events import Actor, ActorKind, Channel, Event


class Service:
    """Everything that doors may ask for, made once per process."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        flows: Path,
        tenant: str,
        pepper: bytes,
        register: Register | None = None,
        scanner: Scanner | None = None,
        outward: Outward = ALONE,
    ) -> None:
        self.clock = clock
        self.tenant = tenant
        self.store = store
        self.library = Library(flows, store, clock, tenant)
        self.dossiers = Dossiers(store, self.library, clock, tenant)
        self.codes = ResumeCodes(store, clock, tenant, pepper)
        self.guests = Guests(store, clock, tenant)
        self.files = Files(store, clock, tenant, scanner or NoScanner(), self.dossiers)
        self.worklist = Worklist(store, self.dossiers, clock, tenant)
        self.mails = outward.mailer is not None
        self.carrying = Carrying(outward, self.dossiers, self.codes)
        self.fetching = Fetching(register or Unconnected(), self.dossiers, store, clock, tenant)

    async def open(self) -> None:
        """Read the flows; the store is open by now."""
        await self.library.load()

    async def journey_of(self, secret: str) -> str | None:
        """The id of the journey that this secret opens, or None."""
        return await self.store.by_secret(self.tenant, tokens.digest(secret)) if secret else None

    async def opened_by(self, secret: str) -> tuple[str, str] | None:
        """The journey that a secret or a guest's token opens, and by which mandate; None for nothing (any more)."""
        if not secret.startswith(tokens.GUEST):
            journey = await self.journey_of(secret)
            return (journey, "") if journey is not None else None
        found = await self.guests.opened(secret)
        if found is None or not found[1]:
            return found
        own = (await self.dossiers.open(found[0])).journey.mandates.get(found[1])
        return found if own is not None and own.holds(self.clock.now()) else None

    async def check_may(self, journey: str, actor: Actor, kind: type[Event]) -> None:
        """Raises RefusedEvent when who acts by a mandate may not do this."""
        if actor.kind is ActorKind.REPRESENTATIVE:
            own = (await self.dossiers.open(journey)).journey
            if not may(mandate_of(own, actor, self.clock.now()), kind):
                raise RefusedEvent("refused.not_in_mandate")

    async def start_once(
        self,
        flow: str,
        channel: Channel,
        language: str,
        key: str,
        body: Any,
        found: Mapping[str, Any],
        *,
        actor: Actor = CITIZEN,
        subject: str = "",
    ) -> Any:
        """Start a journey, with what registers know already; the same key and body gets the same reply."""
        about, known = subject or ANONYMOUS, prefill(found, "prefill") if found else None
        try:
            started = await self.dossiers.start(
                flow, channel, language, actor, subject=about, key=key, body=body, known=known
            )
        except BegunBefore as before:
            if before.said is None:
                raise NoSuchJourney from None
            return before.said
        except (RefusedEvent, AnswerError):  # now; it may have been carried out before
            if key and (said := await self.dossiers.begun_before(key, body)) is not None:
                return said
            raise
        journey = started.dossier.journey
        version = journey.seq
        wanted = [own for own in started.effects if getattr(own, "fact", "") not in journey.answers]
        if subject and (fetched := await self.fetching.at_start(journey.id, subject, wanted)) is not None:
            version = fetched.journey.seq
        return {"id": journey.id, "reference": journey.reference, "secret": started.secret, "version": version}

    async def mandate_of(self, found: Redeemed) -> str:
        """The mandate that this code came with, "" for the citizen's own. Raises NoSuchJourney when it has ended."""
        journey = (await self.dossiers.open(found.journey)).journey
        own = journey.mandates.get(found.handle)
        if own is not None and not own.holds(self.clock.now()):
            raise NoSuchJourney
        return own.id if own is not None else ""

    async def looked(self, journey: str, worker: str, what: str = "looked", channel: str = "") -> None:
        """Record that this worker looked into a journey."""
        await self.store.looked(Audited(self.tenant, journey, self.clock.now(), worker, what, channel))

    async def carry_fetch(self, job: Job) -> None:
        """Carry out a FetchFromRegister of the outbox. Raises RegisterDown, and then it is tried again."""
        with suppress(NoSuchJourney):
            dossier = await self.dossiers.open(job.journey)
            await self.fetching.carry(dossier, FetchFromRegister.model_validate(job.payload), job.attempts)
