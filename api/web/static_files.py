"""/static/FINGERPRINT/NAME: the built files, cached for ever under their own fingerprint."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from fastapi import Path
from starlette.responses import Response

from api.problems import Refusal
from api.security.routes import router
from api.web.drawing import STATIC, static

KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "woff2": "font/woff2",
    "txt": "text/plain; charset=utf-8",
}
FOR_EVER = "public, max-age=31536000, immutable"
A_MINUTE = "public, max-age=60"

routes = router(include_in_schema=False)


@cache
def _files() -> dict[str, bytes]:
    """All files, read once: they are few and small, and no name that is asked for reaches the disk."""
    found = (path for path in STATIC.iterdir() if path.is_file())
    return {path.name: path.read_bytes() for path in found if path.suffix.removeprefix(".") in KINDS}


@routes.get("/static/{fingerprint}/{name}")
async def static_file(
    fingerprint: Annotated[str, Path(pattern=r"^[0-9a-f]{10}$")],
    name: Annotated[str, Path(pattern=r"^[a-zA-Z0-9._-]{1,60}$")],
) -> Response:
    """One file; an old fingerprint gets the file as it is now, for a minute."""
    content = _files().get(name)
    if content is None:
        raise Refusal("not_found")
    current = static(name).split("/")[2] == fingerprint
    kind = KINDS[name.rsplit(".", 1)[-1]]
    return Response(content, media_type=kind, headers={"Cache-Control": FOR_EVER if current else A_MINUTE})
