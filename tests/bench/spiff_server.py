"""The peer of a whole journey: ten user tasks in SpiffWorkflow, kept as a blob in PostgreSQL after every step.

    python -m tests.bench.spiff_server PORT postgresql://...

As its documentation shows it: deserialise, complete the task, run on, serialise, write. FastAPI, pydantic and asyncpg
as in `tests.bench.bare_server`; no encryption, no row-level security, no idempotency, no audit line.
"""

from __future__ import annotations

import io
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from typing import Any

import asyncpg
from fastapi import FastAPI
from lxml import etree
from pydantic import BaseModel
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from api.clock import SystemClock
from tests.bench.bare_server import Answer, serve

STEPS = 10
TABLE = "CREATE TABLE spiff (id text PRIMARY KEY, version integer, state text)"
CLOCK = SystemClock()
SERIALIZER = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())


class Kept(BaseModel):
    """What is told."""

    id: str
    version: int
    next: str


def bpmn() -> bytes:
    """A process of ten user tasks in a row."""
    names = ["start", *(f"t{number}" for number in range(STEPS)), "end"]
    nodes = "".join(f'<bpmn:userTask id="{name}" name="{name}"/>' for name in names[1:-1])
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{number}" sourceRef="{one}" targetRef="{other}"/>'
        for number, (one, other) in enumerate(pairwise(names))
    )
    return (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">'
        f'<bpmn:process id="ten" isExecutable="true"><bpmn:startEvent id="start"/>{nodes}<bpmn:endEvent id="end"/>'
        f"{flows}</bpmn:process></bpmn:definitions>"
    ).encode()


def new_workflow() -> BpmnWorkflow:
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(bpmn())))
    return BpmnWorkflow(parser.get_spec("ten"))


def served(url: str) -> FastAPI:
    @asynccontextmanager
    async def opened(app: FastAPI) -> AsyncIterator[None]:
        async with asyncpg.create_pool(url, min_size=16, max_size=16) as pool:
            app.state.pool = pool
            yield

    app = FastAPI(lifespan=opened)
    template = SERIALIZER.serialize_json(new_workflow())

    def told(identity: str, version: int, workflow: Any) -> Kept:
        ready = workflow.get_tasks(state=TaskState.READY)
        return Kept(id=identity, version=version, next=ready[0].task_spec.name if ready else "")

    @app.post("/journeys", response_model=Kept)
    async def start() -> Kept:
        identity, workflow = CLOCK.new_id(), SERIALIZER.deserialize_json(template)
        workflow.do_engine_steps()
        state = SERIALIZER.serialize_json(workflow)
        await app.state.pool.execute("INSERT INTO spiff VALUES ($1, 1, $2)", identity, state)
        return told(identity, 1, workflow)

    @app.post("/journeys/{identity}/steps", response_model=Kept)
    async def step(identity: str, asked: Answer) -> Kept:
        version, state = await app.state.pool.fetchrow("SELECT version, state FROM spiff WHERE id = $1", identity)
        workflow = SERIALIZER.deserialize_json(state)
        ready = workflow.get_tasks(state=TaskState.READY)[0]
        ready.data[asked.fact] = asked.value
        ready.run()
        workflow.do_engine_steps()
        after = SERIALIZER.serialize_json(workflow)
        statement = "UPDATE spiff SET version = $2 + 1, state = $3 WHERE id = $1 AND version = $2"
        await app.state.pool.execute(statement, identity, version, after)
        return told(identity, version + 1, workflow)

    return app


if __name__ == "__main__":
    serve(served(sys.argv[2]), int(sys.argv[1]))
