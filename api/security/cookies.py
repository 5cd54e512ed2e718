"""Cookies: HttpOnly, SameSite=Lax, for this host alone; Secure and with the `__Host-` prefix where there is TLS.

Called by `api.security.sessions` and by the pages, which keep a citizen's journey secret in JOURNEY.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from api.settings import Settings

JOURNEY = "wegwijzer-journey"
WORKER = "wegwijzer-worker"
LANGUAGE = "wegwijzer-language"


def name(settings: Settings, cookie: str) -> str:
    """The cookie's name as it travels."""
    return f"__Host-{cookie}" if settings.production else cookie


def read(settings: Settings, request: Request, cookie: str) -> str:
    """The cookie's value, or ""."""
    return request.cookies.get(name(settings, cookie), "")


def put(settings: Settings, answer: Response, cookie: str, value: str, minutes: int | None = None) -> None:
    """Send a cookie with an answer; without `minutes` it goes when the browser is closed."""
    answer.set_cookie(
        name(settings, cookie),
        value,
        max_age=None if minutes is None else minutes * 60,
        path="/",
        secure=settings.production,
        httponly=True,
        samesite="lax",
    )


def drop(settings: Settings, answer: Response, cookie: str) -> None:
    """Take a cookie back."""
    answer.delete_cookie(name(settings, cookie), path="/", secure=settings.production, httponly=True, samesite="lax")
