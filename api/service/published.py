"""Takes up what `wegwijzer publish` or another replica published: looks at the store every few seconds.

Publishing interrupts nobody: running journeys keep their version, who begins gets the new one. Started by `api.app`.
"""

from __future__ import annotations

from api.service.every import Every
from api.service.library import Library

SECONDS = 3.0


class Published(Every):
    """Keeps the library as the store is."""

    def __init__(self, library: Library) -> None:
        super().__init__(SECONDS, library.refresh, "what was published could not be taken up")
