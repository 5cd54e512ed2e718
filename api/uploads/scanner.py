"""Looks for viruses before a file is kept. Fails closed: a scanner that is away means that nothing is taken in.

    WEGWIJZER_SCANNER    host:port of clamd        asked about every file
                         none                      nothing is looked for: for who scans elsewhere, and says so
                         (not set)                 demo: as none; production: no file is taken in at all

ClamAV's own protocol (clamd(8), INSTREAM): chunks with their length before them, an empty one at the end; the answer
is `stream: OK` or `stream: NAME FOUND`. Tests: tests/api/uploads/test_scanner.py, against a clamd of their own.
"""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass
from typing import Final, Protocol

from engine.errors import WegwijzerError

CHUNK: Final = 64 * 1024
SECONDS: Final = 8.0
NONE: Final = "none"


@dataclass(eq=False)
class ScannerAway(WegwijzerError):
    """No opinion was to be had: the file is not taken in (HTTP 503)."""


class Scanner(Protocol):
    """Says whether content is harmful."""

    @property
    def takes(self) -> bool:
        """Whether files are taken in here at all."""
        ...

    async def harmful(self, content: bytes) -> bool:
        """Raise ScannerAway when it cannot say."""
        ...


@dataclass(frozen=True, slots=True)
class NoScanner:
    """Looks for nothing; `takes` False takes nothing in either."""

    takes: bool = True

    async def harmful(self, content: bytes) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Clamd:
    """A clamd over TCP."""

    host: str
    port: int
    takes: bool = True

    async def harmful(self, content: bytes) -> bool:
        try:
            async with asyncio.timeout(SECONDS):
                said = await self._ask(content)
        except (OSError, TimeoutError) as away:
            raise ScannerAway from away
        if said.endswith(b"FOUND"):
            return True
        if not said.endswith(b"OK"):  # "INSTREAM size limit exceeded. ERROR", a broken line
            raise ScannerAway
        return False

    async def _ask(self, content: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(self.host, self.port)
        try:
            writer.write(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                chunk = content[start : start + CHUNK]
                writer.write(struct.pack(">I", len(chunk)) + chunk)
                await writer.drain()
            writer.write(struct.pack(">I", 0))
            return (await reader.read(1024)).rstrip(b"\0\n ")
        finally:
            writer.close()


def scanner_of(setting: str, production: bool) -> Scanner:
    """The scanner that the settings name. `setting` is `host:port`, `none`, or ""."""
    if setting in ("", NONE):
        return NoScanner(takes=setting == NONE or not production)
    host, _, port = setting.rpartition(":")
    return Clamd(host.strip("[]"), int(port))
