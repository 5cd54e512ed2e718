"""Commands of one turn of the loop go abreast: `await abreast()` lets each come as far as here before any goes on.

Under load several requests are ready at the same moment. Carried through one after another, each finds the processor's
caches full of the other half of its own path; carried through stage by stage, all but the first find their code and
tables there, and a stage takes two thirds of the time (docs/adr/0034-abreast.md). Alone it costs one turn of
the loop, two microseconds. A stage ends where nothing is held that another command could change: what is committed is
committed on the version that was read. Called by `api.service.dossiers`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable


def abreast() -> Awaitable[None]:
    """The end of a stage."""
    return asyncio.sleep(0)
