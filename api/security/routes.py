"""Routers whose requests are read strictly. Every router of `api.http` and `api.web` is made by `router()`.

JSON        `strict_json`, numbers as Decimal; another content type on a JSON route is 415
forms       fields must be UTF-8 without NUL, at most FIELDS of them, at most FILES files; files go by size elsewhere
files       stay in memory until the store seals them
both        the body is already here and bounded when a route runs: `api.security.front` saw to that
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser

from api.problems import Fault, Refusal
from api.security import strict_json

FIELDS = 500
FILES = 20
MultiPartParser.spool_max_size = 0  # never to a temporary file: it would lie there in clear; the front door bounds it


logging.getLogger("python_multipart").setLevel(logging.ERROR)  # it warns of each malformed form, with bytes of it


class StrictRequest(Request):
    """A request whose JSON and forms are strict."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            self._json = strict_json.parse(await self.body())
        return self._json

    async def _get_form(self, **limits: Any) -> FormData:
        try:
            form = await super()._get_form(**{**limits, "max_files": FILES, "max_fields": FIELDS})
        except (MultiPartException, ValueError, RuntimeError) as error:
            raise Refusal("invalid", faults=[Fault("body", "", "form.syntax", "The form cannot be read.")]) from error
        try:
            for name, value in form.multi_items():
                strict_json.check_text(name)
                strict_json.check_text(value if isinstance(value, str) else value.filename or "")
        except Refusal:
            await form.close()
            raise
        return form


class StrictRoute(APIRoute):
    """A route that reads its requests strictly and refuses content that it would not read at all."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()
        reads_body = self.body_field is not None
        kinds = _kinds(self)

        async def strictly(request: Request) -> Response:
            strict = StrictRequest(request.scope, request.receive)
            if reads_body and _kind(strict) not in kinds and await strict.body():
                raise Refusal("media_type", headers={"Accept": ", ".join(kinds)})
            try:
                return await answer(strict)
            finally:
                await strict.close()  # files of a form that nobody asked for would stay open

        return strictly


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _kinds(route: APIRoute) -> tuple[str, ...]:
    """What a route reads, from the body it declares: a form or JSON."""
    declared = getattr(route.body_field, "field_info", None)
    kind = str(getattr(declared, "media_type", "application/json"))
    if kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        return ("application/x-www-form-urlencoded", "multipart/form-data")
    return ("application/json",)


def router(**options: Any) -> APIRouter:
    """An APIRouter whose routes read strictly."""
    return APIRouter(route_class=StrictRoute, **options)
