"""In a demo a saved flow serves at once: looks at the folder twice a second and publishes what can be used.

A file with a fault is left alone, so the version before it goes on serving; running journeys keep theirs in any case.
In production flows are published by a start, not by a save. Started by `api.app`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable

from api.service.drafts import Draft, Drafts
from api.service.every import Every
from api.service.library import Library

SECONDS = 0.5


class Fresh(Every):
    """Keeps the library as the files are."""

    def __init__(self, drafts: Drafts, library: Library) -> None:
        super().__init__(SECONDS, self.look, "a flow file could not be published")
        self._drafts = drafts
        self._library = library
        self._seen: dict[str, str] = {}
        self._mark: Hashable = None

    async def look(self) -> None:
        """Once: publish every flow whose file has a new version that can be used."""
        for draft in await asyncio.to_thread(self._usable):
            graph = draft.graph
            if graph is None:
                continue
            serving = self._library.current.get(draft.slug)
            before = self._seen.get(draft.slug) or (serving.version if serving is not None else "")
            self._seen[draft.slug] = graph.version
            if before != graph.version:  # the file changed; what was published elsewhere meanwhile stays
                await self._library.publish(graph, draft.text)

    def _usable(self) -> list[Draft]:
        """The drafts that can be used and are in the folder of their own name; none while no flow file changes."""
        mark = self._drafts.mark()
        if mark == self._mark:
            return []
        found = [self._drafts.look(slug) for slug in self._drafts.slugs()]
        self._mark = mark if None not in found else None  # what could not be read is tried again
        return [own for own in found if own is not None and own.graph is not None and own.graph.flow.flow == own.slug]
