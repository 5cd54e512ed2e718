"""What every part of the store has at hand: an engine, the key ring, secrets looked up lately, what is to be sealed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from api.store.database import Database
from api.store.keys import KEEP_SECONDS, KeyRing
from api.store.together import InOneGo
from api.store.writing import Unsealed

SECRETS_KEPT = 20_000


class Secrets:
    """Which journey a secret opens never changes: for KEEP_SECONDS it is not looked up again. Hashes only."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._kept: OrderedDict[tuple[str, bytes], tuple[float, str]] = OrderedDict()

    def journey(self, tenant: str, secret_hash: bytes) -> str | None:
        """The journey's id, if it was looked up not long ago."""
        until, journey = self._kept.get((tenant, secret_hash), (0.0, ""))
        return journey if until > self._clock() else None

    def keep(self, tenant: str, secret_hash: bytes, journey: str) -> None:
        self._kept[tenant, secret_hash] = (self._clock() + KEEP_SECONDS, journey)
        self._kept.move_to_end((tenant, secret_hash))
        if len(self._kept) > SECRETS_KEPT:
            self._kept.popitem(last=False)

    def forget(self, journey: str) -> None:
        """The journey is erased."""
        for key in [key for key, (_, whose) in self._kept.items() if whose == journey]:
            del self._kept[key]


class Part:
    """Base of the parts; `api.store.sealed.SealedStore` joins them."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._db, self._keys = database, keys
        self._secrets = Secrets()
        self._sealing: InOneGo[Unsealed] = InOneGo(Unsealed.seal)
