"""What a file really is, by its first bytes: never by its name, never by what the sender says it is.

    begins with                              is
    FF D8 FF                                 image/jpeg
    89 P N G CR LF 1A LF                     image/png
    R I F F ....  W E B P                    image/webp
    .... f t y p heic heix mif1 msf1         image/heic
    % P D F -                                application/pdf
    a zip with [Content_Types].xml, word/    a Word document
    a zip whose mimetype is OpenDocument     an OpenDocument text
    UTF-8 without control characters         text/plain

An allow-list: all else is refused. A zip is only listed, never unpacked, so that one that would fill a disk does no
harm here; documents with macros are another type and are refused with the rest. Tests: tests/api/uploads/test_kinds.py.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
WEBP: Final = "image/webp"
HEIC: Final = "image/heic"
PDF: Final = "application/pdf"
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_TEXT: Final = "application/vnd.oasis.opendocument.text"
TEXT: Final = "text/plain"
TAKEN: Final = (JPEG, PNG, WEBP, HEIC, PDF, WORD, OPEN_TEXT, TEXT)
MOST_PARTS: Final = 2_000  # of a document; more is no letter that somebody wrote
_HEIC: Final = (b"heic", b"heix", b"mif1", b"msf1")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MARKUP: Final = re.compile(r"\s*<(?:!doctype|html|svg|script|\?xml|head|body)", re.IGNORECASE)


def kind_of(content: bytes) -> str | None:
    """The media type of this content; None when it is nothing that is taken in."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return HEIC
    if content.startswith(b"%PDF-"):
        return PDF
    return _document(content) if content.startswith(b"PK\x03\x04") else _text(content)


def _document(content: bytes) -> str | None:
    """A Word or OpenDocument text; None for any other zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist()[:MOST_PARTS])
            if len(packed.infolist()) > MOST_PARTS or any(name.endswith(".bin") and "vba" in name for name in names):
                return None
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return WORD
            if "mimetype" in names and packed.getinfo("mimetype").file_size == len(OPEN_TEXT):
                return OPEN_TEXT if packed.read("mimetype") == OPEN_TEXT.encode() else None
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, RuntimeError, EOFError):
        return None
    return None


def _text(content: bytes) -> str | None:
    """Plain text; None when it is none, or is a page that a browser could run."""
    try:
        words = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if not words.strip() or _CONTROL.search(words) or _MARKUP.match(words) else TEXT
