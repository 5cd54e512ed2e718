"""/v1/journeys/{id}/files: send something in, and get it back. What the answer says, is the answer to the fact."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import File, Path, UploadFile
from starlette.responses import Response

from api.http import shapes
from api.http.asking import OwnJourney, ServiceNow, SignedIn, TaskId
from api.security.routes import router
from api.service.attachment import attachment
from api.uploads.kinds import TAKEN
from engine.journey.events import AnswerGiven

routes = router(prefix="/v1", tags=["files"])

FileId = Annotated[str, Path(alias="fileId", pattern=r"^[0-9a-f]{40}$", description="The file's id.")]
Sent = Annotated[UploadFile, File(description="A photo, PDF, Word or OpenDocument text, or plain text; at most 15 MB.")]
AS_SENT = {"description": "The file as it was sent in, as what it is.", "content": {kind: {} for kind in TAKEN}}
CONTENT: dict[int | str, dict[str, Any]] = {200: AS_SENT}


@routes.post("/journeys/{journeyId}/files", status_code=201, response_model=shapes.KeptFile, operation_id="sendFile")
async def send(service: ServiceNow, answer: Response, journey: OwnJourney, file: Sent) -> shapes.KeptFile:
    """Send a file in. The same content again is the same file; what becomes no answer within two days is removed."""
    await service.check_may(journey.id, journey.actor, AnswerGiven)
    told = await service.files.receive(journey.id, "file", file.filename or "", await file.read())
    answer.headers["Location"] = f"/v1/journeys/{journey.id}/files/{told['id']}"
    return shapes.KeptFile.model_validate(told)


@routes.get("/journeys/{journeyId}/files/{fileId}", operation_id="readFile", response_class=Response, responses=CONTENT)
async def read(service: ServiceNow, journey: OwnJourney, file: FileId) -> Response:
    """The file as it was sent in."""
    return attachment(await service.files.open(journey.id, file))


@routes.get("/tasks/{taskId}/files/{fileId}", operation_id="readTaskFile", response_class=Response, responses=CONTENT)
async def read_of_task(service: ServiceNow, worker: SignedIn, task_id: TaskId, file: FileId) -> Response:
    """A file of the journey behind a task; that it was looked at is recorded."""
    journey = (await service.worklist.open(task_id)).task.journey
    found = await service.files.open(journey, file)
    await service.looked(journey, worker.account, "looked at a file")
    return attachment(found)
