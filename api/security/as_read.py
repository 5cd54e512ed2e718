"""What FastAPI keeps of a route and of a dependency, name by name, as it was when `api.security.straight` was written.

These are FastAPI's own affair: an upgrade may add to them, and what is added may matter to security. So they are held
against these names, and where one is more or less nothing goes straight. After an upgrade: read in FastAPI what the new
name means, teach `api.security.straight` to honour or to refuse it, then name it here. Called by
`api.security.straight`; tests: tests/api/security/test_straight.py.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from fastapi.routing import APIRoute

OF_DEPENDANT = frozenset(
    (
        *(
            "path_params",
            "query_params",
            "header_params",
            "cookie_params",
            "body_params",
            "dependencies",
            "name",
            "call",
        ),
        *("request_param_name", "websocket_param_name", "http_connection_param_name", "response_param_name"),
        *("background_tasks_param_name", "security_scopes_param_name", "own_oauth_scopes", "parent_oauth_scopes"),
        *("use_cache", "path", "scope", "concurrency"),
    )
)
"""All that FastAPI keeps of a dependency, as far as it was read here."""
OF_ROUTE = frozenset(
    (
        *("_embed_body_fields", "app", "body_field", "callbacks", "dependant", "dependencies", "deprecated", "path"),
        *("dependency_overrides_provider", "description", "endpoint", "form_limits", "generate_unique_id_function"),
        *("include_in_schema", "is_json_stream", "is_sse_stream", "max_body_size", "methods", "name", "openapi_extra"),
        *("operation_id", "param_convertors", "path_format", "path_regex", "response_class", "response_description"),
        *("response_field", "response_fields", "response_model", "response_model_by_alias", "response_model_exclude"),
        *("response_model_exclude_defaults", "response_model_exclude_none", "response_model_exclude_unset"),
        *("response_model_include", "responses", "status_code", "stream_item_field", "stream_item_type"),
        *("strict_content_type", "summary", "tags", "unique_id"),
    )
)
"""And of a route."""


def is_as_read(route: APIRoute) -> bool:
    """Whether FastAPI keeps of a route what was read here, no more and no less."""
    dependant = getattr(route, "dependant", None)
    of_dependant = {own.name for own in fields(dependant)} if is_dataclass(dependant) else set()
    return vars(route).keys() == OF_ROUTE and of_dependant == OF_DEPENDANT
