"""The description of the HTTP API at /v1/openapi.json, as the NL API Design Rules want it.

FastAPI makes the description; this mends what it gets wrong: invalid input is 400 and not 422, every refusal is
application/problem+json, every answer carries API-Version, and contact, licence and server are named. Called by
`api.app`.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.problems import PROBLEM_JSON
from api.security.headers import API_VERSION

PATH = "/v1/openapi.json"
CONTACT = {"name": "Wegwijzer", "url": "https://example.org/wegwijzer", "email": "wegwijzer@example.org"}
LICENCE = {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}
DESCRIPTION = (
    "Journeys of citizens through small public-service processes, and the work that they bring to civil servants. "
    "Writes take `Idempotency-Key` and `If-Match`; refusals are problem+json (RFC 9457) and never echo what was sent."
)
METHODS = ("get", "put", "post", "delete", "options", "head", "patch")

REFUSALS = {
    "400": "Something in the request cannot be accepted; all faults are named.",
    "401": "Nobody is known to ask: the journey's secret or a worker's token is missing.",
    "403": "Known, but not allowed to do this.",
    "404": "Not there, or not yours: both look the same.",
    "409": "Fine, but not now: the journey does not allow it in its present state.",
    "412": "If-Match names a version that is no longer the current one.",
    "413": "The body is too large.",
    "415": "This kind of content is not read here.",
    "422": "The Idempotency-Key was used before with another body.",
    "429": "Too many requests; Retry-After says when to come back.",
    "503": "Not available at the moment; Retry-After says when to come back.",
}
ALWAYS = ("400", "403", "429", "503")
WITH_BODY = ("413", "415")
ON_WRITE = ("409", "412", "422")
SECURITY_SCHEMES: dict[str, Any] = {
    "journeySecret": {
        "type": "http",
        "scheme": "bearer",
        "description": "A journey's secret, shown once, or a token from /v1/tokens. It opens that journey only.",
    },
    "worker": {
        "type": "http",
        "scheme": "bearer",
        "description": "A worker's token. Pages use the same session in a cookie.",
    },
}

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "RFC 9457 problem details.",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "instance": {"type": "string", "format": "uri-reference"},
        "code": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["in", "pointer", "code", "detail"],
                "properties": {name: {"type": "string"} for name in ("in", "pointer", "code", "detail")},
            },
        },
    },
}
VERSION_HEADER: dict[str, Any] = {
    "description": "Version of this API.",
    "schema": {"type": "string", "examples": [API_VERSION]},
}


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document of the app; made once."""
    if app.openapi_schema is None:
        document = get_openapi(
            title="Wegwijzer",
            version=API_VERSION,
            description=DESCRIPTION,
            routes=app.routes,
            servers=[{"url": app.state.settings.public_url or "http://127.0.0.1:8000"}],
            license_info=LICENCE,
        )
        document["info"]["contact"] = CONTACT
        components = document.setdefault("components", {})
        components.setdefault("headers", {})["API-Version"] = VERSION_HEADER
        schemas = components.setdefault("schemas", {})
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schemas["Problem"] = PROBLEM
        components["securitySchemes"] = SECURITY_SCHEMES
        for path, item in document.get("paths", {}).items():
            for method in METHODS:
                if method in item:
                    _mend(path, method, item[method])
        app.openapi_schema = document
    return app.openapi_schema


def _opened_by(path: str) -> str:
    """The security scheme of a path, or "" for what anybody may ask."""
    if path.startswith("/v1/journeys/"):
        return "journeySecret"
    return "worker" if path.startswith("/v1/tasks") else ""


def _mend(path: str, method: str, operation: dict[str, Any]) -> None:
    """Name who may ask, the refusals of one operation, and the version header of all its answers."""
    responses = operation["responses"]
    responses.pop("422", None)
    found = list(ALWAYS)
    if scheme := _opened_by(path):
        operation["security"] = [{scheme: []}]
        found.append("401")
    if "{" in path or method == "post":
        found.append("404")
    if method == "post":
        found.extend(ON_WRITE)
    if "requestBody" in operation:
        found.extend(WITH_BODY)
    for status in sorted(found):
        responses.setdefault(status, {"description": REFUSALS[status]})
    for status, answer in responses.items():
        answer.setdefault("headers", {})["API-Version"] = {"$ref": "#/components/headers/API-Version"}
        if status >= "400":
            answer["content"] = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def names(app: FastAPI) -> frozenset[str]:
    """Every name in our own description: what a refusal may point at without echoing."""
    found: set[str] = set()
    document = described(app)
    for schema in document["components"]["schemas"].values():
        found |= set(schema.get("properties", ()))
    for path in document.get("paths", {}).values():
        for method in METHODS:
            found |= {parameter["name"] for parameter in path.get(method, {}).get("parameters", ())}
    return frozenset(found)
