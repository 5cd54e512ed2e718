"""The dossiers' data keys: made here, wrapped by a master key, kept in a store of their own.

Keys live apart from journeys (another file, another database) so that backups of one can be old and of the
other short-lived: erasing a dossier is destroying its key here, and an old journey backup then opens nothing.
Key number 1 is the dossier's own; a retention class of facts that must go sooner gets a number of its own. When that
key is destroyed its row stays, empty, so that no later key gets its number.

`KeyRing` keeps opened keys in memory for `KEEP_SECONDS` at most: that is how long another replica may still
read a dossier after its erasure.
"""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol

from api.store.masters import KEY_BYTES, Masters
from api.store.seal import DossierKey, SealBroken

KEEP_SECONDS = 60.0
KEEP_COUNT = 20_000
OWN = 1


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A row of the key store. `keep` is the retention class, "" for the dossier's own key; `wrapped` is empty once the
    key of a class was destroyed."""

    tenant: str
    journey: str
    number: int
    keep: str
    master: str
    wrapped: bytes


class KeyStore(Protocol):
    """Where wrapped keys are kept: `api.store.sqlite_keys`, `api.store.postgres_keys`."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def of(self, tenant: str, journeys: Sequence[str]) -> list[WrappedKey]:
        """All keys of these journeys."""
        ...

    async def add(self, key: WrappedKey) -> bool:
        """Keep it durably. The same journey and number again keeps the key that is there, and says False."""
        ...

    async def destroy(self, tenant: str, journey: str, keep: str | None = None) -> None:
        """Take away the journey's keys, or empty those of one retention class, for good."""
        ...


class Ring:
    """The opened keys of one journey."""

    __slots__ = ("_by_class", "_by_number", "highest")

    def __init__(self, keys: Mapping[int, DossierKey], classes: Mapping[str, int], highest: int = 0) -> None:
        self._by_number, self._by_class = keys, classes
        self.highest = max(highest, *keys, 0)  # of all numbers that were ever given

    @property
    def own(self) -> DossierKey:
        return self._by_number[OWN]

    @property
    def alive(self) -> bool:
        """False when the dossier's own key is gone: the dossier is erased."""
        return OWN in self._by_number

    def of_class(self, keep: str) -> DossierKey | None:
        number = self._by_class.get(keep)
        return None if number is None else self._by_number[number]

    def open_bytes(self, key_no: int, field: str, sealed: bytes) -> bytes | None:
        """The bytes, or None when that key was destroyed. Raise SealBroken when they were altered."""
        key = self._by_number.get(key_no)
        return None if key is None else key.open_bytes(field, sealed)

    def open(self, key_no: int, field: str, sealed: bytes, otherwise: Any = None, known: Sequence[str] = ()) -> Any:
        """The value, or `otherwise` when that key was destroyed. Raise SealBroken when bytes were altered."""
        key = self._by_number.get(key_no)
        return otherwise if key is None else key.open(field, sealed, known)


class KeyRing:
    """Finds, makes and destroys the keys of journeys."""

    def __init__(self, store: KeyStore, masters: Masters, clock: Callable[[], float] = monotonic) -> None:
        self._store, self._masters, self._clock = store, masters, clock
        self._rings: OrderedDict[tuple[str, str], tuple[float, Ring]] = OrderedDict()

    async def open(self) -> None:
        await self._store.open()

    async def close(self) -> None:
        self._rings.clear()
        await self._store.close()

    async def of(self, tenant: str, journey: str) -> Ring:
        """The journey's keys; an empty ring when there are none."""
        return self._held(tenant, journey) or (await self.of_many(tenant, [journey]))[journey]

    async def of_many(self, tenant: str, journeys: Sequence[str]) -> dict[str, Ring]:
        """The rings of these journeys, with one look-up for all that are not at hand."""
        rings = {journey: self._held(tenant, journey) for journey in journeys}
        missing = [journey for journey, ring in rings.items() if ring is None]
        found = {journey: ring for journey, ring in rings.items() if ring is not None}
        if missing:
            rows = await self._store.of(tenant, missing)
            for journey in missing:
                ring = self._unwrap(tenant, journey, [row for row in rows if row.journey == journey])
                found[journey] = ring
                self._hold(tenant, journey, ring)
        return found

    async def first(self, tenant: str, journey: str, classes: Sequence[str]) -> tuple[Ring, bool]:
        """The ring of a journey that is about to be made, and whether it was made here: then nobody else has it yet.

        Nothing is looked up first: a new journey has no keys, and where it has, they are found then.
        """
        keys, wrapped, by_class = dict[int, DossierKey](), [], dict[str, int]()
        for number, keep in enumerate(classes, start=OWN):
            secret = os.urandom(KEY_BYTES)
            wrapped.append(self._wrapped(tenant, journey, number, keep, secret))
            keys[number], by_class[keep] = DossierKey(tenant, journey, number, secret), number
        if not all(await asyncio.gather(*map(self._store.add, wrapped))):
            self._rings.pop((tenant, journey), None)
            return await self.with_classes(tenant, journey, classes), False
        ring = Ring(keys, by_class)
        self._hold(tenant, journey, ring)
        return ring, True

    async def with_classes(self, tenant: str, journey: str, classes: Iterable[str], *, fresh: bool = False) -> Ring:
        """The journey's ring with a key for each retention class; makes and keeps what is missing.

        `fresh`: look again whether a class was ended elsewhere.
        """
        if fresh:
            self._rings.pop((tenant, journey), None)
        ring = await self.of(tenant, journey)
        wanted = [keep for keep in dict.fromkeys(classes) if ring.of_class(keep) is None]
        if not wanted:
            return ring
        number = ring.highest
        for keep in wanted:
            number = OWN if keep == "" else max(number, OWN) + 1
            await self._store.add(self._wrapped(tenant, journey, number, keep, os.urandom(KEY_BYTES)))
        self._rings.pop((tenant, journey), None)
        return await self.of(tenant, journey)

    async def destroy(self, tenant: str, journey: str, keep: str | None = None) -> None:
        """Erase: after this returns no copy of the key is left here; see KEEP_SECONDS for other replicas."""
        await self._store.destroy(tenant, journey, keep)
        self._rings.pop((tenant, journey), None)

    def _wrapped(self, tenant: str, journey: str, number: int, keep: str, secret: bytes) -> WrappedKey:
        wrapped = self._masters.wrap(tenant, journey, number, secret)
        return WrappedKey(tenant, journey, number, keep, self._masters.current, wrapped)

    def _unwrap(self, tenant: str, journey: str, rows: Sequence[WrappedKey]) -> Ring:
        there = [row for row in rows if row.wrapped]
        keys = {
            row.number: DossierKey(
                tenant, journey, row.number, self._masters.unwrap(tenant, journey, row.number, row.master, row.wrapped)
            )
            for row in there
        }
        highest = max((row.number for row in rows), default=0)
        return Ring(keys, {row.keep: row.number for row in there}, highest)

    def _held(self, tenant: str, journey: str) -> Ring | None:
        """The journey's keys when they were looked up not long ago."""
        held = self._rings.get((tenant, journey))
        return held[1] if held and held[0] > self._clock() else None

    def _hold(self, tenant: str, journey: str, ring: Ring) -> None:
        if ring.alive:  # "no key" is never remembered: the journey may be made the next moment
            self._rings[tenant, journey] = (self._clock() + KEEP_SECONDS, ring)
            self._rings.move_to_end((tenant, journey))
            while len(self._rings) > KEEP_COUNT:
                self._rings.popitem(last=False)


__all__ = ["KEEP_SECONDS", "OWN", "KeyRing", "KeyStore", "Ring", "SealBroken", "WrappedKey"]
