"""An upload as an HTTP answer: a download under its own name, that no browser runs and no cache keeps."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from api.store.port import Upload


def attachment(upload: Upload) -> Response:
    """The file (RFC 6266, RFC 8187 for its name)."""
    plain = "".join(sign if (sign.isascii() and sign.isalnum()) or sign in "._- " else "_" for sign in upload.name)
    named = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(upload.name, safe='')}"
    headers = {"Content-Disposition": named}
    return Response(upload.content, media_type=upload.kind, headers=headers)
