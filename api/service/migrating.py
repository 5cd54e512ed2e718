"""Running journeys and a new version of their flow: sort them all, and move the safe ones, one commit each.

Nothing is forced: a journey that needs an answer or a person keeps its version. A journey that changed in between is
sorted again. Called by `wegwijzer migrate`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from api.service.dossiers import Dossiers, NoSuchJourney
from api.service.library import Library
from api.store.port import JourneyRow, Store
from engine.graph.graph import Graph
from engine.journey.codec import load_event
from engine.journey.moving import Needs, Sorted, sort

BATCH = 100
MOST_TRIES = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A journey and what it needs; `moved` once it goes on by the new version."""

    reference: str
    sorted: Sorted
    moved: bool = False


class Migrating:
    """See the top of this module."""

    def __init__(self, store: Store, library: Library, dossiers: Dossiers, tenant: str) -> None:
        self._store = store
        self._library = library
        self._dossiers = dossiers
        self._tenant = tenant

    async def versions(self, slug: str) -> dict[str, int]:
        """How many journeys run on each version of a flow."""
        found: dict[str, int] = {}
        async for row in self._running(slug, ""):
            found[row.flow_version] = found.get(row.flow_version, 0) + 1
        return found

    async def versions_like(self, start: str) -> tuple[str, ...]:
        """The versions that are current or run, and begin like this."""
        found: set[str] = set()
        for row in await self._store.flows(self._tenant):
            found |= {row.version, *await self.versions(row.slug)}
        return tuple(sorted(own for own in found if own.startswith(start)))

    async def migrate(self, old: Graph, new: Graph, by: str, *, dry_run: bool) -> AsyncIterator[Placed]:
        """Each running journey of the old version; the safe ones are moved unless it is a dry run."""
        async for row in self._running(old.flow.flow, old.version):
            for _ in range(MOST_TRIES):
                placed = await self._one(row, old, new, by, dry_run=dry_run)
                if placed is None or dry_run or placed.moved or placed.sorted.needs is not Needs.NOTHING:
                    break
            if placed is not None:
                yield placed

    async def _one(self, row: JourneyRow, old: Graph, new: Graph, by: str, *, dry_run: bool) -> Placed | None:
        try:
            dossier = await self._dossiers.open(row.journey)
        except NoSuchJourney:
            return None
        if dossier.journey.version != old.version or dossier.stored is None:
            return None
        stored = await self._store.events(self._tenant, row.journey)
        erased = any(event.get("type") == "Erased" for event in stored)
        history = [load_event({k: v for k, v in own.items() if k != "seq"}) for own in stored if not erased]
        found = sort(old, new, dossier.journey, history)
        moved = False
        if not dry_run and found.moved is not None:
            moved = await self._dossiers.move(row.journey, new, found.moved, dossier.stored, by)
        return Placed(row.reference, found, moved)

    async def _running(self, slug: str, version: str) -> AsyncIterator[JourneyRow]:
        after = ""
        while rows := await self._store.journeys(self._tenant, slug, version, after, BATCH):
            for row in rows:
                yield row
            after = rows[-1].journey
