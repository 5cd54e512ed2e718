"""JSON Schema 2020-12 of the pages themselves, for clients of the HTTP API and for other renderers."""

from __future__ import annotations

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaValue

from ui_schema.page import Page
from ui_schema.work import WorkPage

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def page_schema() -> JsonSchemaValue:
    """The schema of a citizen's page as `GET /v1/journeys/{id}/page` sends it."""
    return _schema(Page, "urn:wegwijzer:page:1")


def work_page_schema() -> JsonSchemaValue:
    """The schema of a worker's page."""
    return _schema(WorkPage, "urn:wegwijzer:work-page:1")


def _schema(model: type[BaseModel], urn: str) -> JsonSchemaValue:
    body = model.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": DIALECT, "$id": urn, **body}
