"""Who signed on with the organisation's own sign-on, as the proxy in front says: two headers, and a secret to believe.

    Wegwijzer-Subject   whom the journey is about, as registers know them (a BSN): 1 to 64 of A-Z a-z 0-9 . _ -
    Wegwijzer-Sign-On   WEGWIJZER_SIGN_ON_SECRET, which only the proxy knows

Without the setting nobody is signed on, whatever a request says. With a wrong secret nobody is either, and the log says
so once a request: the proxy must overwrite both headers (docs/registers.md). The same secret lets a program of the
organisation say what registers know when it starts a journey (`prefill`); in production nobody else may.
Called by the doors that start a journey; tests: tests/api/registers/test_wired.py.
"""

from __future__ import annotations

import hmac
import logging
import re
from typing import Annotated

from fastapi import Depends, Request

from api.security import tokens
from api.settings import Settings

SUBJECT, SECRET = "wegwijzer-subject", "wegwijzer-sign-on"
_SUBJECT = re.compile(r"[A-Za-z0-9._-]{1,64}")
log = logging.getLogger("wegwijzer.sign_on")


async def subject_of(request: Request) -> str:  # async: FastAPI hands others to a thread
    """The subject who signed on, or ""."""
    settings: Settings = request.app.state.settings
    expected = settings.sign_on_secret.get_secret_value()
    given = request.headers.get(SUBJECT, "")
    if not expected or not given:
        return ""
    if not _is_ours(request, expected):
        log.warning("somebody was said to be signed on, without the right secret: not believed")
        return ""
    return given if _SUBJECT.fullmatch(given) and given != "citizen" else ""


SignedOn = Annotated[str, Depends(subject_of)]


async def may_prefill(request: Request) -> bool:
    """Whether who asks may say what registers know: in production only who has the sign-on's secret."""
    settings: Settings = request.app.state.settings
    return settings.demo or _is_ours(request, settings.sign_on_secret.get_secret_value())


MayPrefill = Annotated[bool, Depends(may_prefill)]


def _is_ours(request: Request, expected: str) -> bool:
    """Whether the request carries the sign-on's secret, in constant time; never when there is none."""
    given = request.headers.get(SECRET, "")
    return bool(expected) and hmac.compare_digest(given.encode(), expected.encode())


def known_as(pepper: bytes, subject: str) -> str:
    """The subject in what is hashed and kept of a request: nobody finds a BSN back by trying them all."""
    return tokens.peppered(pepper, f"subject {subject}").hex()
