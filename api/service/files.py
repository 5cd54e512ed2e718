"""What citizens send in: looked at, kept sealed, handed out again as it came.

    told = await files.receive(journey, "tekening", "schets.pdf", content)   # {"id", "name", "type", "size"}
    await files.attach(journey, {"tekening": told})                          # before the command that answers
    kept = await files.open(journey, id)

The id is a digest of journey and content: sent twice is kept once, and an id says nothing elsewhere. What never
became an answer goes after two days (`api.timers`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from api.clock import Clock
from api.problems import Refusal
from api.service.dossiers import Dossiers
from api.service.retention import class_of
from api.store.port import Store, Upload
from api.uploads.kinds import kind_of
from api.uploads.scanner import Scanner, ScannerAway
from engine.errors import AnswerError
from engine.flow.fields.file import MAX_MEGABYTES, File, name_of

MEGABYTE: Final = 1024 * 1024
MOST_FILES: Final = 25  # of one journey
MOST_BYTES: Final = 100 * MEGABYTE
RETRY_AFTER: Final = 30


@dataclass(frozen=True, slots=True)
class Files:
    """The uploads of one organisation."""

    store: Store
    clock: Clock
    tenant: str
    scanner: Scanner
    dossiers: Dossiers

    async def receive(self, journey: str, key: str, name: str, content: bytes) -> dict[str, Any]:
        """Keep it, and say what it is as the answer to the fact `key`.

        Raises AnswerError when it is too large, of no kind that is taken in, harmful or one too many; Refusal (503)
        when nobody could look whether it is harmful.
        """
        if not content:
            raise AnswerError(key, "answer.required")
        if not self.scanner.takes:
            raise AnswerError(key, "answer.file.closed")
        if len(content) > MAX_MEGABYTES * MEGABYTE:
            raise AnswerError(key, "answer.file.size", {"max": MAX_MEGABYTES})
        kind = kind_of(content)
        if kind is None:
            raise AnswerError(key, "answer.file.type")
        own = sha256(b"\0".join((self.tenant.encode(), journey.encode(), content))).hexdigest()[:40]
        await self._room(journey, key, own, len(content))
        await self._looked_at(key, content)
        upload = Upload(self.tenant, journey, own, _named(name), kind, len(content), self.clock.now(), content)
        await self.store.put_upload(upload)
        return {"id": own, "name": upload.name, "type": kind, "size": upload.size}

    async def _room(self, journey: str, key: str, own: str, size: int) -> None:
        there = [one for one in await self.store.uploads(self.tenant, journey) if one.id != own]
        if len(there) >= MOST_FILES or sum(one.size for one in there) + size > MOST_BYTES:
            raise AnswerError(key, "answer.file.many", {"max": MOST_FILES})

    async def _looked_at(self, key: str, content: bytes) -> None:
        try:
            if await self.scanner.harmful(content):
                raise AnswerError(key, "answer.file.harmful")
        except ScannerAway:
            raise Refusal("unavailable", retry_after=RETRY_AFTER) from None

    async def attach(self, journey: str, answers: Mapping[str, Any]) -> None:
        """Every file that these answers name is kept from now on. Raises AnswerError for one not sent in here."""
        named = list(_references(answers))
        if not named:
            return
        there = {one.id: one for one in await self.store.uploads(self.tenant, journey)}
        graph = (await self.dossiers.open(journey)).graph
        for key, told in named:
            kept = there.get(str(told["id"]))
            if kept is None or (kept.name, kept.kind, kept.size) != (told["name"], told["type"], told["size"]):
                raise AnswerError(key, "answer.file")
            await self.store.attach(self.tenant, journey, kept.id, class_of(graph, key))

    async def open(self, journey: str, upload: str) -> Upload:
        """Raises Refusal (404) when this journey has no such file."""
        found = await self.store.upload(self.tenant, journey, upload)
        if found is None:
            raise Refusal("not_found")
        return found


def _named(name: str) -> str:
    """What people see; a name that cannot be shown is no reason to refuse what it names."""
    try:
        return name_of(name[-200:])
    except AnswerError:
        return "file"


def _references(told: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every answer that has the shape of a file, also within lists of items."""
    for key, value in told.items():
        if isinstance(value, Mapping) and set(value) == set(File.parts):
            yield key, value
        elif isinstance(value, list):
            for at, item in enumerate(value):
                if isinstance(item, Mapping):
                    yield from ((f"{key}[{at}].{field}", own) for field, own in _references(item))
