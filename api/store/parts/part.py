"""What every part of the store has at hand: an engine and the key ring."""

from __future__ import annotations

from api.store.database import Database
from api.store.keys import KeyRing


class Part:
    """Base of the parts; `api.store.sealed.SealedStore` joins them."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._db, self._keys = database, keys
