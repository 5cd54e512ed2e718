"""A journey with its graph, and the one way to change it.

    dossier = await dossiers.open(journey_id)
    dossier = await dossiers.send(journey_id, Command(...))

`send` loads, advances for each event of the command, and commits events, snapshot, tasks, effects, timers and the
reply in one transaction. Same command id and body: the stored reply (`Sent.replayed`). A stale expected version:
Stale. Another change came between and no version was expected: tried again on the new state. What is made for every
command is a named tuple: a frozen dataclass takes three times as long to make."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from api.clock import Clock
from api.security import tokens
from api.service import retention
from api.service.abreast import abreast
from api.service.library import Library
from api.service.live import Live
from api.service.rows import effect_rows, signal_rows, task_rows, timer_rows
from api.store.port import Change, Committed, Replayed, Reply, Store, Stored
from engine.errors import AnswerError, RefusedEvent, WegwijzerError
from engine.graph.graph import Graph
from engine.journey.codec import Dumped, dump_event, dump_journey, load_journey
from engine.journey.effects import AnyEffect
from engine.journey.events import Actor, ActorKind, Channel, Event, FactsErased, JourneyMigrated, JourneyStarted
from engine.journey.facts import Sight
from engine.journey.reducer import advance
from engine.journey.relevance import remembered
from engine.journey.state import Journey

MOST_TRIES = 6
_IN_ORDER = json.JSONEncoder(sort_keys=True, default=str, separators=(",", ":"))
CITIZEN = Actor(kind=ActorKind.CITIZEN)
CLOCK = Actor(kind=ActorKind.CLOCK)
REGISTER = Actor(kind=ActorKind.REGISTER)


@dataclass(eq=False)
class Stale(WegwijzerError):
    """The journey has moved on since the version that the caller had. `version` is the current one (HTTP 412)."""

    version: int


@dataclass(eq=False)
class NoSuchJourney(WegwijzerError):
    """Not there, not yours, erased: all look the same (HTTP 404)."""


@dataclass(eq=False)
class BegunBefore(WegwijzerError):
    """The same request made a journey already. `said` is what was told then; None when that was erased since."""

    said: Any


class Dossier(NamedTuple):
    """A journey with the graph of its own flow version. `seq` of the journey is its version."""

    graph: Graph
    journey: Journey
    stored: Stored | None = None
    sights: tuple[Sight, ...] = ()  # what was worked out of its facts
    dumped: Dumped | None = None  # its snapshot, or that of a moment before


class Moment(NamedTuple):
    """What makers of events get: the time, the actor, the channel, and ids that are the same when tried again."""

    at: datetime
    actor: Actor
    channel: Channel
    command: str

    def envelope(self, number: int = 1) -> dict[str, Any]:
        """Fields that every event has. No slash in the id: tasks are named after it, and stand in addresses."""
        return {
            "id": f"{self.command.replace('/', '-')}.{number}",
            "at": self.at,
            "actor": self.actor,
            "channel": self.channel,
        }


Maker = Callable[[Dossier, Moment], Sequence[Event]]


class Command(NamedTuple):
    """One request to change a journey. `id` is the idempotency key, `body` what it was asked with.

    `reply` says what the caller is told, and is told again when the command is repeated.
    """

    make: Maker
    action: str
    id: str = ""
    body: Any = None
    actor: Actor = CITIZEN
    channel: Channel | None = None
    expected: int | None = None
    reply: Callable[[Dossier], Any] | None = None

    @property
    def body_hash(self) -> bytes:
        """The same for the same action and body."""
        return hashlib.sha256(_IN_ORDER.encode([self.action, self.body]).encode()).digest()


class Sent(NamedTuple):
    """What became of a command. `replayed` is the reply as it was, when the command ran before; `reply` what the
    caller is told: that, or what the command says now."""

    dossier: Dossier
    effects: tuple[AnyEffect, ...] = ()
    events: tuple[Event, ...] = ()
    replayed: Reply | None = None
    reply: Any = None


@dataclass(frozen=True, slots=True)
class Started:
    """A new journey; `secret` is shown once and stored hashed."""

    dossier: Dossier
    secret: str
    effects: tuple[AnyEffect, ...] = field(default=())


class Dossiers:
    """See the top of this module."""

    def __init__(self, store: Store, library: Library, clock: Clock, tenant: str) -> None:
        self._store = store
        self._library = library
        self._clock = clock
        self._tenant = tenant
        self._live = Live()

    async def start(
        self,
        slug: str,
        channel: Channel,
        language: str,
        actor: Actor = CITIZEN,
        *,
        subject: str = "citizen",
        key: str = "",
        body: Any = None,
        known: Maker | None = None,
    ) -> Started:
        """A new journey on the current version of a flow, in one commit with what is `known` of it from the start.

        Raises BegunBefore where this `key` and `body` made one, KeyReused for another body, and AnswerError.
        """
        graph, command = self._library.by_slug(slug), key or self._clock.new_id()
        journey_id, secret = self._clock.new_id(), tokens.new_secret(tokens.JOURNEY)
        event = JourneyStarted(
            id=f"{command}.1",
            at=self._clock.now(),
            actor=actor,
            subject=subject,
            channel=channel,
            journey=journey_id,
            reference=tokens.new_reference(),
            flow=slug,
            version=graph.version,
            language=language,
        )
        sights = list[Sight]()
        with remembered(sights=sights):
            step = advance(graph, None, event)
        sent = Sent(_dossier_of(graph, step.journey, sights), step.effects, step.events)
        if known is not None:
            more = self._advance(sent.dossier, Command(known, "prefill", f"{command}-prefill", actor=REGISTER))
            sent = more._replace(effects=sent.effects + more.effects, events=sent.events + more.events)
        told = {"id": journey_id, "reference": event.reference, "secret": secret, "version": sent.dossier.journey.seq}
        await self._begin(sent._replace(reply=told), Command(_none, "start", command, body), secret)
        return Started(sent.dossier, secret, sent.effects)

    async def _begin(self, sent: Sent, command: Command, secret: str) -> None:
        """Commit a journey that begins. Raises BegunBefore."""
        await abreast()
        graph, journey = sent.dossier.graph, sent.dossier.journey
        dumped = Dumped(journey, dump_journey(graph, journey))
        change = self._change(sent, dumped, None, command, command.body_hash)
        change = replace(change, reference=journey.reference, secret_hash=tokens.digest(secret))
        answer = await self._store.commit(change)
        if isinstance(answer, Replayed):
            raise BegunBefore(answer.reply.body)
        if not isinstance(answer, Committed):
            raise RefusedEvent("refused.busy")
        self._keep(sent.dossier, dumped, change, answer)

    async def begun_before(self, key: str, body: Any) -> Any:
        """What was said when a journey was started with this key and body; None when it was not."""
        reply = await self._store.reply(self._tenant, key, Command(_none, "start", key, body).body_hash)
        return reply.body if reply is not None else None

    async def ran(self, command: Command) -> bool:
        """Whether this very command ran before. Raises KeyReused."""
        return await self._store.reply(self._tenant, command.id, command.body_hash) is not None

    async def open(self, journey: str) -> Dossier:
        """The journey as it is now. Raises NoSuchJourney."""
        return await self._dossier(await self.stored(journey))

    async def stored(self, journey: str) -> Stored:
        """The same as it is kept, for who needs little of it. Raises NoSuchJourney."""
        stored = await self._store.load(self._tenant, journey)
        if stored is None:
            raise NoSuchJourney
        return stored

    async def _dossier(self, stored: Stored) -> Dossier:
        graph = await self._library.by_version(stored.flow_version)
        return Dossier(graph, load_journey(graph, stored.snapshot), stored)

    def forget(self, journey: str) -> None:
        """The journey was erased: nothing of it stays in memory here."""
        self._live.forget(journey)

    async def send(self, journey: str, command: Command) -> Sent:
        """Carry out a command. Raises NoSuchJourney, Stale, RefusedEvent, AnswerError, and the store's errors."""
        command = command if command.id else command._replace(id=self._clock.new_id())
        body_hash = command.body_hash
        await abreast()
        if (sent := await self._at_once(journey, command, body_hash)) is not None:
            return sent
        for _ in range(MOST_TRIES):
            if (sent := await self._as_stored(journey, command, body_hash)) is not None:
                return sent
        raise RefusedEvent("refused.busy")

    async def _as_stored(self, journey: str, command: Command, body_hash: bytes) -> Sent | None:
        """On the journey as it is stored; None when another change came between and it can be tried again."""
        stored = await self._store.load(self._tenant, journey, command.id, body_hash)
        if stored is None:
            raise NoSuchJourney
        dossier = await self._dossier(stored)
        if stored.replayed is not None:
            return Sent(dossier, replayed=stored.replayed, reply=stored.replayed.body)
        if command.expected is not None and command.expected != stored.version:
            raise Stale(stored.version)
        return await self._commit(self._advance(dossier, command), stored, command, body_hash)

    async def _at_once(self, journey: str, command: Command, body_hash: bytes) -> Sent | None:
        """The same on the journey as it was left here (`api.service.live`); None where only the store can tell."""
        held = self._live.of(journey)
        if held is None or held.stored is None or command.expected not in (None, held.journey.seq):
            return None
        try:
            sent = self._advance(held, command)
        except (RefusedEvent, AnswerError):
            return None
        if not sent.events:
            return None
        anew = command if command.expected is None else command._replace(expected=None)  # then the store is asked
        return await self._commit(sent, held.stored, anew, body_hash)

    async def _commit(self, sent: Sent, base: Stored, command: Command, body_hash: bytes) -> Sent | None:
        """What became of it; None when another change came between and it can be tried again. Raises Stale."""
        if not sent.events:
            return sent
        await abreast()
        dossier, journey = sent.dossier, sent.dossier.journey
        dumped = Dumped(journey, dump_journey(dossier.graph, journey, dossier.dumped))
        change = self._change(sent, dumped, base, command, body_hash)
        answer = await self._store.commit(change)
        if isinstance(answer, Committed):
            self._keep(dossier, dumped, change, answer)
            return sent
        self._live.forget(journey.id)
        if isinstance(answer, Replayed):
            return Sent(await self.open(journey.id), replayed=answer.reply, reply=answer.reply.body)
        if command.expected is not None:
            raise Stale(answer.version)
        return None

    def _keep(self, dossier: Dossier, dumped: Dumped, change: Change, answer: Committed) -> None:
        """Hold the journey as it is stored now, without what it was made from."""
        base = change.base
        stored = Stored(
            tenant=change.tenant,
            journey=change.journey,
            version=answer.version,
            reference=base.reference if base is not None else change.reference,
            secret_hash=base.secret_hash if base is not None else change.secret_hash,
            flow=change.flow,
            flow_version=change.flow_version,
            snapshot=None,
            open=change.open,
            started_at=base.started_at if base is not None else change.at,
            changed_at=change.at,
            head=answer.head,
        )
        self._live.keep(Dossier(dossier.graph, dossier.journey, stored, dossier.sights, dumped))

    async def move(self, journey: str, graph: Graph, moved: Journey, base: Stored, by: str) -> bool:
        """Go on by another version, as the event JourneyMigrated; False when somebody was first.

        `moved` is the journey under that version (`engine.journey.moving`), computed from `base`.
        """
        at, command_id = self._clock.now(), f"{journey}/migrate/{graph.version}"
        actor = Actor(kind=ActorKind.ENGINE, id=by)
        event = JourneyMigrated(
            id=f"{command_id}.1", at=at, actor=actor, channel=moved.channel, version=graph.version, before=moved.version
        )
        step = advance(graph, moved, event)
        command = Command(_none, "migrate", command_id, [graph.version], actor=actor)
        sent = Sent(Dossier(graph, step.journey, base), step.effects, step.events)
        dumped = Dumped(step.journey, dump_journey(graph, step.journey))
        change = self._change(sent, dumped, base, command, command.body_hash)
        self._live.forget(journey)
        return isinstance(await self._store.commit(change), Committed)

    async def erase_facts(self, journey: str, keep: str, command: str) -> None:
        """The retention of this class of facts has passed: write that they go, then destroy their key.

        Raises NoSuchJourney, and RefusedEvent when the journey was opened again or the moment has moved.
        """

        def make(dossier: Dossier, moment: Moment) -> Sequence[Event]:
            at = retention.due(dossier.graph, dossier.journey, keep)
            if at is None or moment.at < at:
                raise RefusedEvent("refused.not_here")
            facts = retention.facts_of(dossier.graph, dossier.journey, keep)
            return [FactsErased(**moment.envelope(), facts=facts, rule=keep)] if facts else []

        await self.send(journey, Command(make, f"erase facts {keep}", command, actor=CLOCK))
        await self._store.erase_class(self._tenant, journey, keep)
        self._live.forget(journey)

    def _advance(self, dossier: Dossier, command: Command) -> Sent:
        channel = command.channel or dossier.journey.channel
        moment = Moment(self._clock.now(), command.actor, channel, command.id)
        journey, events, effects = dossier.journey, list[Event](), list[AnyEffect]()
        sights = list(dossier.sights)
        with remembered(sights=sights):  # within one command the same facts are asked about again and again
            for event in command.make(dossier, moment):
                step = advance(dossier.graph, journey, event)
                journey = step.journey
                events.extend(step.events)
                effects.extend(step.effects)
            after = Dossier(dossier.graph, journey, dossier.stored)
            told = command.reply(after) if command.reply is not None else None
        after = _dossier_of(dossier.graph, journey, sights, dossier.stored, dossier.dumped)
        return Sent(after, tuple(effects), tuple(events), reply=told)

    def _change(self, sent: Sent, dumped: Dumped, base: Stored | None, command: Command, body_hash: bytes) -> Change:
        graph, journey = sent.dossier.graph, sent.dossier.journey
        events, effects, at = sent.events, sent.effects, self._clock.now()
        timers, cancelled = timer_rows(journey, events, effects)
        ends, opened = retention.clocks(graph, journey, was_open=base is None or base.open)
        snapshot, parts = retention.parted(graph, dumped.snapshot)
        return Change(
            tenant=self._tenant,
            journey=journey.id,
            command_id=command.id,
            body_hash=body_hash,
            at=at,
            base=base,
            events=[dump_event(event) for event in events],
            snapshot=snapshot,
            parts=parts,
            keep=retention.keeps(graph, events),
            fresh_keys=bool(journey.erased),
            flow=journey.flow,
            flow_version=journey.version,
            reply=Reply(200, sent.reply),
            open=journey.place in graph.process.places,
            retain_until=retention.kept_until(graph, journey),
            tasks=task_rows(self._tenant, graph, journey, events),
            effects=effect_rows(journey, effects, at),
            timers=[*timers, *ends],
            cancelled=[*cancelled, *opened],
            signals=signal_rows(self._tenant, journey, events),
            actor=command.actor.id or str(command.actor.kind),
            action=command.action,
            channel=str(journey.channel),
        )


def _dossier_of(
    graph: Graph, journey: Journey, sights: list[Sight], stored: Stored | None = None, dumped: Dumped | None = None
) -> Dossier:
    """With what was worked out of its facts as they are now, and nothing of how they were before."""
    return Dossier(graph, journey, stored, tuple([own for own in sights if own.is_of(graph, journey)]), dumped)


def _none(dossier: Dossier, moment: Moment) -> Sequence[Event]:
    """Starting makes its own event."""
    return ()
