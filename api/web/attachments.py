"""What was sent in, handed out again: to the citizen who has the journey open, and to a worker who has a task of it.

    GET /reis/ID/bestand/FILE   /werk/gesprek/ID/bestand/FILE   /werk/taak/JOURNEY/TASK/bestand/FILE

Always as a download, never shown within a page of ours; that a worker looked is recorded.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from api.problems import Refusal
from api.security.routes import router
from api.service.attachment import attachment
from api.web.door import TALK, AnyVisit, JourneyId, OwnJourney
from api.web.worker import SignedIn, TaskId
from engine.errors import RefusedEvent

routes = router(include_in_schema=False)

FileId = Annotated[str, Path(pattern=r"^[0-9a-f]{40}$")]


@routes.get("/reis/{journey}/bestand/{file}")
@routes.get(TALK + "/{journey}/bestand/{file}")
async def own_file(own: AnyVisit, journey: OwnJourney, file: FileId) -> Response:
    """The citizen's own file."""
    return attachment(await own.service.files.open(journey, file))


@routes.get("/werk/taak/{journey}/{task}/bestand/{file}")
async def file_of_task(own: AnyVisit, worker: SignedIn, journey: JourneyId, task: TaskId, file: FileId) -> Response:
    """A file of the journey behind a task."""
    service = own.service
    try:
        work = await service.worklist.open(task)
    except RefusedEvent:
        raise Refusal("not_found") from None
    if work.task.journey != journey:
        raise Refusal("not_found")
    found = await service.files.open(journey, file)
    await service.looked(journey, worker.account, "looked at a file")
    return attachment(found)
