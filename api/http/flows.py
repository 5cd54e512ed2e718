"""/v1/flows: the citizens' questions that can be asked here, and the JSON Schemas of what the API sends."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from pydantic import JsonValue
from starlette.responses import JSONResponse

from api.http import shapes
from api.http.asking import ServiceNow
from api.security.routes import router
from engine.graph.graph import Graph
from ui_schema.export import page_schema

routes = router(prefix="/v1", tags=["flows"])


@routes.get("/flows", response_model=shapes.Flows, operation_id="listFlows")
async def flows(service: ServiceNow) -> shapes.Flows:
    """Every flow, by its current version."""
    return shapes.Flows(results=tuple(_flow(graph) for graph in service.library.current.values()))


@routes.get("/flows/{flow}", response_model=shapes.FlowNow, operation_id="readFlow")
async def flow(service: ServiceNow, flow: Annotated[str, Path(pattern=shapes.SLUG, max_length=64)]) -> shapes.FlowNow:
    """One flow, by its slug."""
    return _flow(service.library.by_slug(flow))


@routes.get("/schemas/page", operation_id="readPageSchema")
async def schema() -> JSONResponse:
    """JSON Schema 2020-12 of a page."""
    described: JsonValue = page_schema()
    return JSONResponse(described)


def _flow(graph: Graph) -> shapes.FlowNow:
    return shapes.FlowNow(
        flow=graph.flow.flow,
        version=graph.version,
        question=dict(graph.flow.question.each()),
        languages=graph.flow.languages or (graph.flow.language,),
        owner=graph.flow.owner,
    )
