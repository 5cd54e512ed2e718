"""Small files of every kind that is taken in, and some that are not."""

from __future__ import annotations

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 17
JPEG = b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00" + b"\x00" * 20
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8 " + b"\x00" * 10
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def zipped(**parts: bytes) -> bytes:
    """A zip with these parts; `_` in a name stands for `/`."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        for name, content in parts.items():
            into.writestr(name.replace("_", "/"), content)
    return packed.getvalue()


def word(**more: bytes) -> bytes:
    """A Word document, as far as anybody looks."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as into:
        into.writestr("[Content_Types].xml", "<Types/>")
        into.writestr("word/document.xml", "<document/>")
        for name, content in more.items():
            into.writestr(f"word/{name}.bin", content)
    return packed.getvalue()


OPEN_TEXT = zipped(mimetype=b"application/vnd.oasis.opendocument.text", content=b"<x/>")
